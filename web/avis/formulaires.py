"""The fields of the forms on a saisine: today's date, the votes of its meetings, its reservations, filled in."""

from collections.abc import Mapping
from typing import Any

import msgspec

from domain.ledger.entry import recorded
from domain.ledger.event import stream_id
from domain.seances.events import VoteCompte
from projections.avis import SaisineRow
from web.acces.persons import today
from web.avis.actes import Acte
from web.avis.lecture import Dossier
from web.bureau.formulaire import Champ
from web.forms import Form
from web.pages import date_longue
from web.services import Services

REUNIONS = """SELECT reference, points FROM seances WHERE instance = %s AND points @> %s::jsonb
    ORDER BY prevue_le DESC LIMIT 20"""
COMPTES = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = %s ORDER BY notification_id"""


class Vote(msgspec.Struct, frozen=True):
    """The vote of a meeting's item about this saisine."""

    seance: str
    compte: VoteCompte

    @property
    def valeur(self) -> str:
        """As the form carries it: `SEA-2026-0001/2`."""
        return f"{self.seance}/{self.compte.rang}"

    @property
    def libelle(self) -> str:
        """« Séance SEA-2026-0001 : 6 pour, 2 contre »."""
        count = self.compte
        voices = f"{count.pour} pour, {count.contre} contre" if count.pour is not None else "détail non porté"
        return f"Séance {self.seance}, point {count.rang}\u00a0: {voices}"


async def votes(services: Services, row: SaisineRow) -> list[Vote]:
    """The votes that the body asked has given about this saisine, while its avis is awaited."""
    if not row.attendue:
        return []
    about = msgspec.json.encode([{"dossier": row.reference}]).decode()
    meetings = await services.fetch(REUNIONS, (row.a, about))
    ranks = {(ref, item["rang"]) for ref, items in meetings for item in items if item["dossier"] == row.reference}
    streams = [stream_id(f"seances/{reference}") for reference, _ in meetings]
    found: dict[tuple[str, int], VoteCompte] = {}
    for position, state in await services.fetch(COMPTES, (streams, VoteCompte.TOPIC)):
        fact = recorded(position, bytes(state))
        reference = fact.stream.partition("/")[2]
        if isinstance(fact.event, VoteCompte) and (reference, fact.event.rang) in ranks:
            found[(reference, fact.event.rang)] = fact.event
    return [Vote(reference, count) for (reference, _), count in found.items()]


def champs(
    acte: Acte, dossier: Dossier, given: list[Vote], typed: Form | None, wrong: Mapping[str | None, str]
) -> list[dict[str, Any]]:
    """The day, then the act's own fields, as the component takes them; `typed` after a refusal."""
    values = typed if typed is not None else connues(acte, dossier, given)
    fields = [*_du_vote(acte, given), *(_champ(champ, dossier) for champ in acte.champs)]
    fields.append(Champ("le_fait", "Le", "date", requis=True))
    return [
        {
            "nom": f"{acte.nom}-{champ.nom}",
            "label": champ.label,
            "sorte": champ.sorte,
            "choix": champ.choix,
            "aide": champ.aide,
            "requis": champ.requis,
            "max": champ.max,
            "valeur": values.get(champ.nom, ""),
            "erreur": wrong.get(champ.nom, ""),
        }
        for champ in fields
    ]


def connues(acte: Acte, dossier: Dossier, given: list[Vote]) -> dict[str, str]:
    """What the register knows already: today, the last vote and its sense, a draft of the reasons."""
    known = {"le_fait": today().isoformat()}
    if acte.nom == "rendre" and given:
        last = given[-1]
        when = last.compte.survenu_le
        known |= {"vote": last.valeur, "sens": last.compte.issue, "motivation": projet_de_texte(dossier, last)}
        known |= {"le_fait": when.isoformat()[:10]} if when else {}
    if acte.nom == "presentateur":
        known["elu"] = f"La présidence, {dossier.annuaire.nom(dossier.row.a)}"
    if acte.nom == "reserve":
        left = [n for n in range(1, dossier.row.reserves + 1) if n not in dossier.row.suivies]
        known |= {"rang": str(left[0])} if left else {}
    return known


def projet_de_texte(dossier: Dossier, vote: Vote) -> str:
    """A draft of the avis's text, from the saisine and the vote; whoever enters it corrects it."""
    row, names = dossier.row, dossier.annuaire
    asked = f"Saisie le {date_longue(row.deposee_le)} par\u00a0: {names.nom(row.de)}"
    return f"{asked}, {names.nom(row.a)} s’est prononcée le {date_longue(vote.compte.survenu_le)}."


def _du_vote(acte: Acte, given: list[Vote]) -> list[Champ]:
    if acte.nom != "rendre" or not given:
        return []
    options = tuple((vote.valeur, vote.libelle) for vote in given)
    return [Champ("vote", "Vote de la séance", "select", options, aide="Il donne le sens et les voix.")]


def _champ(champ: Champ, dossier: Dossier) -> Champ:
    """The field of a reservation's rank lists the reservations."""
    if champ.nom != "rang":
        return champ
    texts = enumerate(dossier.reserves, start=1)
    options = tuple((str(rank), f"{rank}. {text[:80]}{'…' if len(text) > 80 else ''}") for rank, text in texts)
    return Champ("rang", "Quelle réserve\u00a0?", "select", options, requis=True)
