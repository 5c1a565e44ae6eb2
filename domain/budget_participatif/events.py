"""Facts of the participatory budget of the collèges. Lines are added, never changed.

`par` is a function, never a person. Amounts are cents. What a pupil wrote is erasable; what an adult publishes of it
is public.
"""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

EtapeEdition = Literal[
    "intentions", "candidatures", "instruction", "jury", "deliberation", "elaboration", "travaux", "bilan"
]
CanalIdee = Literal["classe", "boite", "formulaire"]
DecisionIdee = Literal["publier", "ecarter"]
MotifEcart = Literal["hors_sujet", "donnees_personnelles", "propos_illicites", "deja_fait", "hors_competence"]
Faisabilite = Literal["recevable", "non_recevable"]
DecisionJury = Literal["retenu", "non_retenu"]


class EditionOuverte(Event, frozen=True, kw_only=True):
    """The Métropole opens an edition. `edition` is its school year (`2026-2027`), `plafond_cents` per project."""

    TOPIC: ClassVar[str] = "budget_participatif/EditionOuverte/1"
    edition: str
    titre: str
    enveloppe_cents: int
    plafond_cents: int
    intentions_jusqu_au: date
    candidatures_jusqu_au: date
    source: str
    par: str


class EditionAvancee(Event, frozen=True, kw_only=True):
    """The edition enters its next step."""

    TOPIC: ClassVar[str] = "budget_participatif/EditionAvancee/1"
    etape: EtapeEdition
    par: str


class BilanPublie(Event, frozen=True, kw_only=True):
    """The assessment of the edition, in public words."""

    TOPIC: ClassVar[str] = "budget_participatif/BilanPublie/1"
    texte: str
    par: str


class CollegeDecrit(Event, frozen=True, kw_only=True):
    """A collège at a rentrée, on its instance's stream: where it is, how many pupils; no `uai` if fictional."""

    TOPIC: ClassVar[str] = "budget_participatif/CollegeDecrit/1"
    commune: str
    effectif: int
    rentree: int
    par: str
    uai: str | None = None


class IntentionDeposee(Event, frozen=True, kw_only=True):
    """A collège enters an edition: its dossier begins."""

    TOPIC: ClassVar[str] = "budget_participatif/IntentionDeposee/1"
    college: str
    edition: str
    adoptee_par: str
    budget_cents: int
    par: str


class IdeesOuvertes(Event, frozen=True, kw_only=True):
    """Ideas are received until that day included."""

    TOPIC: ClassVar[str] = "budget_participatif/IdeesOuvertes/1"
    jusqu_au: date
    par: str


class IdeesCloses(Event, frozen=True, kw_only=True):
    """No more ideas."""

    TOPIC: ClassVar[str] = "budget_participatif/IdeesCloses/1"
    par: str


class IdeeDeposee(Event, frozen=True, kw_only=True):
    """A pupil's idea, without a name: from a class, the box in the hall, or the form. First fact of its stream."""

    TOPIC: ClassVar[str] = "budget_participatif/IdeeDeposee/1"
    PERSONAL: ClassVar[dict[str, str]] = {"texte": "contribution"}
    dossier: str
    canal: CanalIdee
    lieu: str | None = None
    par: str | None = None
    texte: str | None = None


class IdeeModeree(Event, frozen=True, kw_only=True):
    """A human read it: published under a neutral title and summary, or set aside with a reason. The last one holds."""

    TOPIC: ClassVar[str] = "budget_participatif/IdeeModeree/1"
    decision: DecisionIdee
    par: str
    titre: str | None = None
    resume: str | None = None
    motif: MotifEcart | None = None


class IdeeRegroupee(Event, frozen=True, kw_only=True):
    """This idea joins another one (`dans`), which carries its lineage from then on."""

    TOPIC: ClassVar[str] = "budget_participatif/IdeeRegroupee/1"
    dans: str
    motif: str
    par: str


class FaisabiliteRendue(Event, frozen=True, kw_only=True):
    """The services' answer on an idea: can it be done, why, what it costs. On the idea's stream; the last one holds."""

    TOPIC: ClassVar[str] = "budget_participatif/FaisabiliteRendue/1"
    avis: Faisabilite
    motif: str
    par: str
    cout_cents: int | None = None


class ProjetArrete(Event, frozen=True, kw_only=True):
    """A project of the closed list, and the ideas it comes from. `projet` is `p1`, `p2`… ; on the dossier's stream."""

    TOPIC: ClassVar[str] = "budget_participatif/ProjetArrete/1"
    projet: str
    titre: str
    phrase: str
    cout_cents: int
    comparaison: str
    lieu: str
    avis: str
    idees: tuple[str, ...]
    par: str


class ProjetIllustre(Event, frozen=True, kw_only=True):
    """A picture of a project for its ballot card: `image` is its sha256, `description` says what it shows. The last
    one holds."""

    TOPIC: ClassVar[str] = "budget_participatif/ProjetIllustre/1"
    projet: str
    image: str
    description: str
    par: str


class ImageRetiree(Event, frozen=True, kw_only=True):
    """A picture of a project (drawn for the ballot, or taken once built) is no longer shown nor kept, and why."""

    TOPIC: ClassVar[str] = "budget_participatif/ImageRetiree/1"
    projet: str
    image: str
    motif: str
    par: str


class ListeArretee(Event, frozen=True, kw_only=True):
    """The list that will be voted on is closed."""

    TOPIC: ClassVar[str] = "budget_participatif/ListeArretee/1"
    projets: tuple[str, ...]
    par: str


class ScrutinRattache(Event, frozen=True, kw_only=True):
    """The real scrutin of this dossier (never a rehearsal)."""

    TOPIC: ClassVar[str] = "budget_participatif/ScrutinRattache/1"
    scrutin: str
    par: str


class CandidatureDeposee(Event, frozen=True, kw_only=True):
    """The collège sends its winning projects to the Métropole. `montant_cents` is their sum."""

    TOPIC: ClassVar[str] = "budget_participatif/CandidatureDeposee/1"
    projets: tuple[str, ...]
    montant_cents: int
    par: str


class InstructionRendue(Event, frozen=True, kw_only=True):
    """Technical review of one project of the application."""

    TOPIC: ClassVar[str] = "budget_participatif/InstructionRendue/1"
    projet: str
    avis: Faisabilite
    motif: str
    cout_cents: int
    par: str


class JuryDelibere(Event, frozen=True, kw_only=True):
    """The metropolitan jury on one project, with its reason."""

    TOPIC: ClassVar[str] = "budget_participatif/JuryDelibere/1"
    projet: str
    decision: DecisionJury
    motif: str
    par: str


class AllocationVotee(Event, frozen=True, kw_only=True):
    """The Council's deliberation gives an amount. `deliberation` is its number, as it stands (`2025-1234`)."""

    TOPIC: ClassVar[str] = "budget_participatif/AllocationVotee/1"
    deliberation: str
    montant_cents: int
    projets: tuple[str, ...]
    par: str


class TravauxCommandes(Event, frozen=True, kw_only=True):
    """Works or supplies are ordered for one project."""

    TOPIC: ClassVar[str] = "budget_participatif/TravauxCommandes/1"
    projet: str
    par: str
    prevus_pour: date | None = None


class RealisationConstatee(Event, frozen=True, kw_only=True):
    """It is there. `photo` is the sha256 of a public picture, `description` says what it shows."""

    TOPIC: ClassVar[str] = "budget_participatif/RealisationConstatee/1"
    projet: str
    cout_reel_cents: int
    description: str
    par: str
    photo: str | None = None


class ProjetInaugure(Event, frozen=True, kw_only=True):
    """Opened to everybody."""

    TOPIC: ClassVar[str] = "budget_participatif/ProjetInaugure/1"
    projet: str
    par: str


class ProjetAbandonne(Event, frozen=True, kw_only=True):
    """It will not be done, and why: said, never silent."""

    TOPIC: ClassVar[str] = "budget_participatif/ProjetAbandonne/1"
    projet: str
    motif: str
    par: str
