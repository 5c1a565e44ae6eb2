"""What the home page says of the register: the latest acts in one line each, and how many answers are late."""

from datetime import date, datetime, timedelta
from time import monotonic
from weakref import WeakKeyDictionary

import msgspec

from domain.calendrier import jour
from domain.ledger.entry import recorded
from domain.ledger.event import Event
from domain.propositions import events as e
from projections.watcher import Watcher
from web.avis.listes import nombre_en_retard
from web.propositions.instances import Annuaire, annuaire
from web.propositions.listes import NOMBRE_DE_RETARDS
from web.propositions.mots import SUITES, phrase
from web.services import Services

LIGNES = 5
SEMAINE = timedelta(days=7)
LONGUEUR = 120
FRESH_SECONDS = 1.0
MONTRES = (
    e.PropositionDeposee,
    e.PropositionMiseEnDiscussion,
    e.PropositionAdoptee,
    e.PropositionTransmise,
    e.SuiteDonnee,
    e.PropositionRestituee,
)

DERNIERS = """SELECT notification_id, state FROM ledger.stored_events
    WHERE topic = ANY(%s) ORDER BY notification_id DESC LIMIT %s"""
TITRES = "SELECT reference, titre FROM propositions WHERE reference = ANY(%s)"


class Ligne(msgspec.Struct, frozen=True):
    """One act: its legal day in Paris, a sentence, the dossier's page."""

    date: date
    phrase: str
    lien: str


class Semaine(msgspec.Struct, frozen=True):
    """The latest acts, newest first; `retards` counts the dossiers where an answer is late."""

    lignes: list[Ligne]
    retards: int

    def recentes(self, day: date) -> int:
        """How many are of the last seven days."""
        return sum(line.date > day - SEMAINE for line in self.lignes)


_known: WeakKeyDictionary[Watcher, tuple[tuple[int, date], float, Semaine]] = WeakKeyDictionary()


async def semaine(services: Services, day: date) -> Semaine:
    """As of this day; read again when the register has moved on, once a second at most."""
    state, now = (services.watcher.projected, day), monotonic()
    known = _known.get(services.watcher)
    if known is None or (known[0] != state and now > known[1] + FRESH_SECONDS):
        [(late,)] = await services.fetch(NOMBRE_DE_RETARDS, (day, day))
        late += await nombre_en_retard(services, day)
        known = _known[services.watcher] = state, now, Semaine(await _lines(services), late)
    return known[2]


async def _lines(services: Services) -> list[Ligne]:
    rows = await services.fetch(DERNIERS, ([kind.TOPIC for kind in MONTRES], LIGNES))
    facts = [recorded(position, bytes(state)) for position, state in rows]
    references = [fact.stream.partition("/")[2] for fact in facts]
    titles = dict(await services.fetch(TITRES, (references,)))
    names = await annuaire(services)
    lines = []
    for fact, reference in zip(facts, references, strict=True):
        at = fact.event.survenu_le or fact.recorded_at or datetime.min
        title = f"{reference}, « {titles[reference]} »" if titles.get(reference) else reference
        lines.append(Ligne(jour(at), f"{title} : {short(fact.event, names)}", f"/dossiers/{reference}"))
    return lines


def short(event: Event, names: Annuaire) -> str:
    """What happened, on one line."""
    text = f"Réponse : {SUITES[event.suite]}" if isinstance(event, e.SuiteDonnee) else phrase(event, names)
    found = " ".join(text.split()).rstrip(".")
    return found if len(found) <= LONGUEUR else found[:LONGUEUR].rsplit(" ", 1)[0] + "…"
