"""Everything that the register says of one collège's dossier, folded as of now or as of a past day or position."""

from datetime import date, datetime

import msgspec

from domain.budget_participatif import events as e
from domain.ledger.entry import leaf_hash, recorded
from domain.ledger.event import TOPICS, Event, Recorded, stream_id
from domain.scrutins import events as s
from projections.budgets import Budgets
from projections.budgets_rows import BudgetRow, EditionRow, IdeeRow, ProjetRow
from projections.rows import Rows
from web.propositions.dossier import PasEncore
from web.propositions.flux import until
from web.propositions.instances import Annuaire, annuaire
from web.services import Services

DU_VOTE: tuple[type[Event], ...] = (
    s.ScrutinCree,
    s.ReglesConfirmees,
    s.ScrutinOuvert,
    s.DepouillementAnnonce,
    s.ScrutinClos,
    s.ScrutinDepouille,
    s.ResultatProclame,
    s.ScrutinAnnule,
)
READ = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = ANY(%s) ORDER BY notification_id"""
PARTS = """SELECT b.edition, b.scrutin, ARRAY(SELECT i.reference FROM idees i WHERE i.dossier = b.reference)
    FROM budgets b WHERE b.reference = %s"""
BUDGETS = Budgets()


class Vote(msgspec.Struct):
    """What a dossier shows of its scrutin. `phase`: prepare, ouvert, clos, depouille, proclame, annule."""

    reference: str
    phase: str = "prepare"
    ouvre_le: datetime | None = None
    ferme_le: datetime | None = None
    jour: date | None = None
    n: int = 0
    voix: dict[str, int] = {}
    gagnants: list[str] = []
    annonce: s.DepouillementAnnonce | None = None

    def know(self, event: Event) -> None:
        """The next fact of the scrutin."""
        match event:
            case s.ScrutinCree():
                self.ouvre_le, self.ferme_le = event.ouvre_le, event.ferme_le
            case s.DepouillementAnnonce():
                self.annonce = event
            case s.ScrutinOuvert():
                self.phase, self.jour = "ouvert", event.survenu_le
            case s.ScrutinClos():
                self.phase, self.jour, self.n = "clos", event.survenu_le, event.n_urne
            case s.ScrutinDepouille():
                self.phase, self.jour, self.n = "depouille", event.survenu_le, event.n_bulletins
                self.voix = event.voix
            case s.ResultatProclame():
                self.phase, self.jour, self.gagnants = "proclame", event.survenu_le, list(event.gagnants)
            case s.ScrutinAnnule():
                self.phase, self.jour = "annule", event.survenu_le


class Fait(msgspec.Struct):
    """One event of the dossier's journal, with its leaf hash."""

    fact: Recorded
    feuille: str


class Ensemble(msgspec.Struct):
    """A dossier whole: its edition, its ideas, its projects, its vote, its events; `au` as it was asked for."""

    budget: BudgetRow
    edition: EditionRow | None
    idees: list[IdeeRow]
    projets: list[ProjetRow]
    vote: Vote | None
    faits: list[Fait]
    annuaire: Annuaire
    au: int | date | None = None

    @property
    def reference(self) -> str:
        return self.budget.reference

    @property
    def college(self) -> str:
        """What people call the collège."""
        return self.annuaire.nom(self.budget.college)

    def etat(self, projet: ProjetRow) -> str:
        """The project's state, the vote's outcome included."""
        if projet.etat != "au_vote" or self.vote is None or self.vote.phase != "proclame":
            return projet.etat
        return "elu" if projet.projet in self.vote.gagnants else "non_elu"


async def load(services: Services, reference: str, au: int | date | None = None) -> Ensemble | None:
    """The dossier, or None. Raises PasEncore when `au` is before its first event."""
    found = await services.fetch(PARTS, (reference,))
    if not found:
        return None
    edition, scrutin, idees = found[0]
    home = f"budgets/{reference}"
    streams = [home, f"editions/{edition}", *(f"idees/{idee}" for idee in idees)]
    streams += [f"scrutins/{scrutin}"] if scrutin else []
    topics = [topic for topic in TOPICS if topic.startswith("budget_participatif/")] + [k.TOPIC for k in DU_VOTE]
    rows = await services.fetch(READ, ([stream_id(stream) for stream in streams], topics))
    faits = [Fait(recorded(at, bytes(state)), leaf_hash(bytes(state)).hex()) for at, state in rows]
    kept = faits if au is None else _until(faits, au)
    if not any(isinstance(fait.fact.event, e.IntentionDeposee) for fait in kept):
        first = next(fait.fact for fait in faits if fait.fact.stream == home)
        raise PasEncore(f"Le dossier {reference} commence à l’acte n° {first.position}. Avant, il n’existe pas.")
    return fold(kept, await annuaire(services), au)


def _until(faits: list[Fait], au: int | date) -> list[Fait]:
    kept = {fact.position for fact in until([fait.fact for fait in faits], au)}
    return [fait for fait in faits if fait.fact.position in kept]


def fold(faits: list[Fait], names: Annuaire, au: int | date | None = None) -> Ensemble:
    """These events, put together by the projection's own handlers."""
    rows = Rows()
    for fait in faits:
        BUDGETS.apply(fait.fact, rows)
    [budget] = rows.all(BudgetRow)
    vote = Vote(budget.scrutin) if budget.scrutin else None
    for fait in faits:
        if vote is not None and fait.fact.stream == f"scrutins/{vote.reference}":
            vote.know(fait.fact.event)
    ideas = sorted(rows.all(IdeeRow), key=lambda row: row.depot)
    projects = sorted(rows.all(ProjetRow), key=lambda row: row.depot)
    edition = next(iter(rows.all(EditionRow)), None)
    shown = [fait for fait in faits if fait.fact.stream.split("/")[0] != "editions" and _shown(fait, budget)]
    return Ensemble(budget, edition, ideas, projects, vote, shown, names, au)


def _shown(fait: Fait, budget: BudgetRow) -> bool:
    """A scrutin that is not attached (yet) at that time is no part of the dossier."""
    return not fait.fact.stream.startswith("scrutins/") or fait.fact.stream == f"scrutins/{budget.scrutin}"
