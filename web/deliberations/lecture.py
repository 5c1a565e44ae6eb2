"""All that the register says of one deliberation: its own facts, its meeting's, its chain's; now or as of `au`."""

from datetime import date

import msgspec

from domain.chaines.events import JalonConstate, LienEtabli, PieceAbsente
from domain.composition import Composition
from domain.deliberations.deliberation import Deliberation
from domain.deliberations.events import DeliberationImportee
from domain.ledger.entry import leaf_hash, recorded
from domain.ledger.event import TOPICS, Event, Recorded, stream_id
from domain.seances.seance import Seance
from projections.deliberations import DeliberationRow, Deliberations
from projections.rows import Rows
from web.propositions.dossier import PasEncore
from web.propositions.flux import until
from web.propositions.instances import Annuaire, annuaire
from web.services import Services

READ = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = ANY(%s) ORDER BY notification_id"""
KINDS = ("deliberations/", "chaines/", "seances/", "mandats/", "regles_datees/")
DELIBERATIONS = Deliberations()


class Fait(msgspec.Struct):
    """One event, with its leaf hash."""

    fact: Recorded
    feuille: str

    @property
    def event(self) -> Event:
        return self.fact.event


class Acte(msgspec.Struct):
    """A deliberation whole. `faits` are its own, `de_la_seance` those of its meeting, `jalons` those of its chain."""

    row: DeliberationRow
    deliberation: Deliberation
    seance: Seance
    composition: Composition
    faits: list[Fait]
    de_la_seance: list[Fait]
    jalons: list[Fait]
    annuaire: Annuaire
    au: int | date | None = None

    @property
    def numero(self) -> str:
        return self.row.numero

    def premier(self, kind: type[Event]) -> Fait | None:
        """The first event of this kind, its own or its meeting's."""
        return next((f for f in (*self.faits, *self.de_la_seance) if isinstance(f.event, kind)), None)

    def noms(self, elus: list[str]) -> list[str]:
        """« Mme Cochet » for each slug, in order."""
        known = {m.elu: m.appellation for m in self.composition.mandats}
        return [known.get(elu, elu) for elu in elus]


async def load(services: Services, numero: str, au: int | date | None = None) -> Acte | None:
    """The deliberation, or None. Raises PasEncore when `au` is before its first event."""
    own = await lire(services, [f"deliberations/{numero}", f"chaines/{numero}"])
    facts = [f for f in own if f.fact.stream.startswith("deliberations/")]
    if not facts or isinstance(facts[0].event, DeliberationImportee):  # another authority's has no chain here
        return None
    kept = jusqu_a(facts, au)
    if not kept:
        raise PasEncore(
            f"La délibération {numero} commence à l’acte n° {facts[0].fact.position}. Avant, elle n’existe pas."
        )
    row, deliberation = plier(kept)
    meeting = await lire(services, [f"seances/{row.seance}"]) if row.seance else []
    body = await lire(services, [f"assemblees/{row.instance}"])
    chain = jusqu_a([f for f in own if f.fact.stream.startswith("chaines/")], au)
    seance, composition = seance_de(jusqu_a(meeting, au)), composition_de(body)
    names = await annuaire(services)
    return Acte(row, deliberation, seance, composition, kept, jusqu_a(meeting, au), chain, names, au)


def plier(faits: list[Fait]) -> tuple[DeliberationRow, Deliberation]:
    """A deliberation from its own facts, the first of which is its draft."""
    rows, deliberation = Rows(), Deliberation()
    for fait in faits:
        DELIBERATIONS.apply(fait.fact, rows)
        deliberation.retenir(fait.event)
    [row] = rows.all(DeliberationRow)
    return row, deliberation


def seance_de(faits: list[Fait]) -> Seance:
    """A meeting from its facts."""
    seance = Seance()
    for fait in faits:
        seance.retenir(fait.event)
    return seance


def composition_de(faits: list[Fait]) -> Composition:
    """The members of a body from its facts."""
    composition = Composition()
    for fait in faits:
        composition.retenir(fait.event)
    return composition


async def lire(services: Services, streams: list[str]) -> list[Fait]:
    """Every fact of these streams, of the kinds that deliberations and meetings are made of, in order."""
    topics = [topic for topic in TOPICS if topic.startswith(KINDS)]
    rows = await services.fetch(READ, ([stream_id(stream) for stream in streams], topics))
    return [Fait(recorded(at, bytes(state)), leaf_hash(bytes(state)).hex()) for at, state in rows]


def jusqu_a(faits: list[Fait], au: int | date | None) -> list[Fait]:
    """Those that were there on that day (their legal day), or at that position."""
    if au is None:
        return faits
    kept = {fact.position for fact in until([fait.fact for fait in faits], au)}
    return [fait for fait in faits if fait.fact.position in kept]


CHAINE = (JalonConstate, LienEtabli, PieceAbsente)
