"""All that the register says of one saisine: its own facts, the vote of its meeting; now or as of `au`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, LiteralString

import msgspec

from domain.avis import events as e
from domain.calendrier import PARIS, jour
from domain.identifiers import est_reference
from domain.ledger.entry import leaf_hash, recorded
from domain.ledger.event import Event, Recorded, stream_id
from domain.seances.events import VoteCompte
from projections.avis import Avis, SaisineRow
from projections.instances import CommuneRow
from projections.rows import Rows
from web.colleges.lecture import read
from web.propositions.dossier import PasEncore
from web.propositions.flux import until
from web.propositions.instances import Annuaire, annuaire
from web.services import Services

READ = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = %s ORDER BY notification_id"""
COMPTES = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = %s AND topic = %s ORDER BY notification_id"""
COMMUNES: LiteralString = "ctm = %s AND du <= %s AND (au IS NULL OR au >= %s) ORDER BY nom"
CONNUES = "SELECT numero FROM deliberations WHERE numero = ANY(%s)"
AVIS = Avis()


class Fait(msgspec.Struct):
    """One event, with its leaf hash in hex."""

    fact: Recorded
    feuille: str

    @property
    def event(self) -> Event:
        return self.fact.event


class Dossier(msgspec.Struct):
    """A saisine whole. `communes` are those of its conférence on the day of the saisine; `vote` that of its meeting.

    `deliberations` are those that it names and that the register has.
    """

    row: SaisineRow
    faits: list[Fait]
    annuaire: Annuaire
    communes: list[CommuneRow]
    deliberations: frozenset[str] = frozenset()
    vote: VoteCompte | None = None
    au: int | date | None = None

    @property
    def deposee(self) -> e.SaisineDeposee:
        """Its first event."""
        first = self.faits[0].event
        assert isinstance(first, e.SaisineDeposee)
        return first

    @property
    def conference(self) -> str:
        """The slug of its conférence, or of the body that is asked."""
        return self.row.de if self.row.procedure in ("saisine_ecrite", "contribution") else self.row.a

    @property
    def seule_commune(self) -> str:
        """The only commune of its conférence, or nothing."""
        alone = len(self.communes) == 1 and self.row.procedure == "avis_ctm"
        return self.communes[0].nom if alone else ""

    @property
    def jour(self) -> date:
        """The day from which one looks: that of `au`, or today."""
        if isinstance(self.au, date):
            return self.au
        last = self.faits[-1].fact.recorded_at
        return jour(last) if isinstance(self.au, int) and last else datetime.now(PARIS).date()

    @property
    def reserves(self) -> tuple[str, ...]:
        """The reservations of the avis, word for word."""
        found = self.dernier(e.AvisRendu)
        return found.event.reserves if found and isinstance(found.event, e.AvisRendu) else ()

    def dernier(self, kind: type[Event]) -> Fait | None:
        """The last event of this kind."""
        return next((f for f in reversed(self.faits) if isinstance(f.event, kind)), None)


async def load(services: Services, reference: str, au: int | date | None = None) -> Dossier | None:
    """The saisine, or None. Raises PasEncore when `au` is before its first event."""
    if not (est_reference(reference) and reference.startswith("AV-")):
        return None
    facts = _facts(await services.fetch(READ, (stream_id(f"saisines/{reference}"),)))
    if not facts:
        return None
    kept = facts
    if au is not None:
        known = {fact.position for fact in until([fait.fact for fait in facts], au)}
        kept = [fait for fait in facts if fait.fact.position in known]
    if not kept or not isinstance(kept[0].event, e.SaisineDeposee):
        number = facts[0].fact.position
        raise PasEncore(f"Le dossier {reference} commence à l’acte n° {number}. Avant, il n’existe pas.")
    row = fold(kept)
    found = Dossier(row, kept, await annuaire(services), [], au=au)
    found.communes = await communes_de(services, found.conference, row.deposee_le)
    found.vote = await _vote(services, found)
    found.deliberations = await _deliberations(services, found)
    return found


def fold(faits: Sequence[Fait]) -> SaisineRow:
    """Where the saisine stands after these events."""
    rows = Rows()
    for fait in faits:
        AVIS.apply(fait.fact, rows)
    [row] = rows.all(SaisineRow)
    return row


async def communes_de(services: Services, ctm: str, le: date) -> list[CommuneRow]:
    """The communes of a conférence on that day; none for another body."""
    return await read(services, CommuneRow, COMMUNES, (ctm, le, le))


async def _deliberations(services: Services, found: Dossier) -> frozenset[str]:
    """The numbers that this saisine names, where they lead somewhere."""
    events = [fait.event for fait in found.faits]
    named = {event.deliberation for event in events if isinstance(event, e.ReserveSuivie)} | {found.row.projet}
    numbers = sorted(number for number in named if number)
    rows = await services.fetch(CONNUES, (numbers,)) if numbers else []
    return frozenset(number for (number,) in rows)


async def _vote(services: Services, found: Dossier) -> VoteCompte | None:
    """The count of the meeting's item, where the avis comes from a vote."""
    fait = found.dernier(e.AvisRendu)
    if fait is None or not isinstance(fait.event, e.AvisRendu) or not fait.event.seance:
        return None
    rows = await services.fetch(COMPTES, (stream_id(f"seances/{fait.event.seance}"), VoteCompte.TOPIC))
    counts = [f.event for f in _facts(rows) if isinstance(f.event, VoteCompte) and f.event.rang == fait.event.rang]
    return counts[-1] if counts else None


def _facts(rows: Sequence[tuple[Any, ...]]) -> list[Fait]:
    return [Fait(recorded(at, bytes(state)), leaf_hash(bytes(state)).hex()) for at, state in rows]
