"""A deliberation as the secretary reads it: the act, its meeting, the meetings to come, its compulsory avis."""

from datetime import date
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.exceptions import NotFoundException

from domain.deliberations.events import ActeSigne, CommissionConsultee
from domain.identifiers import est_numero
from domain.ledger.event import Event
from domain.seances.events import VoteCompte
from projections.avis import SaisineRow
from projections.deliberations import DeliberationRow
from projections.seances import SeanceRow
from web.acces.persons import Person
from web.access import require, require_person
from web.colleges.lecture import read
from web.deliberations.lecture import Acte, load
from web.deliberations.pages import ABSENT
from web.seances.lecture import Reunion
from web.seances.lecture import load as load_seance
from web.services import Services, services

LIRE: Final = "preparer_deliberation"
A_VENIR: Final = ("planifiee", "convoquee", "ouverte")
REUNIONS = """instance = %s AND etat <> 'annulee'
    AND (etat IN ('planifiee', 'convoquee', 'ouverte') OR points @> %s::jsonb) ORDER BY prevue_le LIMIT 100"""


class Lu(msgspec.Struct):
    """`reunion` is the meeting of this draft (on its agenda); `seances` those of its body that are not over."""

    acte: Acte
    personne: Person
    reunion: Reunion | None
    seances: list[SeanceRow]
    saisines: dict[str, SaisineRow]

    @property
    def row(self) -> DeliberationRow:
        return self.acte.row

    @property
    def numero(self) -> str:
        return self.acte.numero

    @property
    def dates(self) -> dict[str, date]:
        """The legal day of each step that is done."""
        return self.acte.deliberation.dates

    @property
    def votee(self) -> bool:
        return "DeliberationVotee" in self.dates

    @property
    def adoptee(self) -> bool:
        return self.row.etat in ("adoptee", "executoire")

    @property
    def inscrite(self) -> bool:
        """On the agenda of a meeting that has not put it off."""
        noted = self.acte.deliberation.inscrite
        return noted is not None and self.reunion is not None and noted.seance == self.reunion.reference

    @property
    def rang(self) -> int:
        """Its item in the agenda of its meeting, 0 when it is on none."""
        points = self.reunion.seance.points if self.reunion else {}
        return max((rang for rang, point in points.items() if point.dossier == self.numero), default=0)

    @property
    def compte(self) -> VoteCompte | None:
        """What its meeting counted."""
        return self.reunion.seance.votes.get(self.rang) if self.reunion else None

    @property
    def renvoyee(self) -> bool:
        return self.reunion is not None and self.rang in self.reunion.seance.renvoyes

    @property
    def manquants(self) -> list[str]:
        """The compulsory avis that are not there."""
        return manquants(self.row, self.saisines)

    def fait(self, kind: type[Event]) -> bool:
        return any(isinstance(fait.event, kind) for fait in self.acte.faits)

    @property
    def signee(self) -> bool:
        return self.fait(ActeSigne)

    @property
    def entendue(self) -> bool:
        return self.fait(CommissionConsultee)


def manquants(row: DeliberationRow, saisines: dict[str, SaisineRow]) -> list[str]:
    """Saisines that this draft names and whose avis is neither given nor reputed given."""
    given = {ref for ref, found in saisines.items() if found.rendu_le or found.etat == "reputee" or found.retiree_le}
    return [ref for ref in row.avis_requis if ref not in given]


async def lire(request: Request[Any, Any, Any], numero: str, seance: str = "") -> Lu:
    """The deliberation, for who may prepare it; `seance` is the meeting to look at first. Raises 401, 403, 404."""
    person, found = await require_person(request), services(request)
    acte = await load(found, numero) if est_numero(numero) else None
    if acte is None:
        raise NotFoundException(ABSENT)
    await require(request, LIRE, acte.row.instance)
    about = msgspec.json.encode([{"dossier": numero}]).decode()
    rows = await read(found, SeanceRow, REUNIONS, (acte.row.instance, about))
    where = seance or _sa_seance(acte, rows)
    reunion = await load_seance(found, where) if where else None
    if reunion is not None and (reunion.row.instance != acte.row.instance or reunion.row.etat == "annulee"):
        reunion = None
    to_come = [row for row in rows if row.etat in A_VENIR and row.reference not in _quittees(acte)]
    return Lu(acte, person, reunion, to_come, await saisines_de(found, [acte.row]))


def _quittees(acte: Acte) -> set[str]:
    """The meeting that put it off."""
    voted = acte.deliberation.votee
    return {voted.seance} if voted is not None and voted.issue == "ajournee" else set()


def _sa_seance(acte: Acte, rows: list[SeanceRow]) -> str:
    """Where it was voted; else where it is to be; a meeting that put it off is no longer its own."""
    noted, voted = acte.deliberation.inscrite, acte.deliberation.votee
    if voted is not None and voted.issue != "ajournee":
        return voted.seance
    left = _quittees(acte)
    if noted is not None and noted.seance not in left and any(row.reference == noted.seance for row in rows):
        return noted.seance
    on = [row for row in rows if any(point["dossier"] == acte.numero for point in row.points)]
    return next((row.reference for row in reversed(on) if row.reference not in left), "")


async def saisines_de(found: Services, rows: list[DeliberationRow]) -> dict[str, SaisineRow]:
    """The saisines that these drafts depend on, by reference."""
    wanted = sorted({reference for row in rows for reference in row.avis_requis})
    kept = await read(found, SaisineRow, "reference = ANY(%s)", (wanted,)) if wanted else []
    return {row.reference: row for row in kept}
