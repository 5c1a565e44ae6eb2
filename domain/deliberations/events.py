"""Facts of a deliberation. Lines are added, never changed. `par` is a function; amounts are cents."""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

Issue = Literal["adoptee", "rejetee", "ajournee", "retiree"]
DetailDuVote = Literal["porte", "non_porte_a_l_extrait"]
ModeDeScrutin = Literal["ordinaire", "public", "secret"]


class ProjetDepose(Event, frozen=True, kw_only=True):
    """A draft is filed. `avis_requis` names the saisines (`AV-2026-0014`) without which the body cannot vote.

    `matiere_code` is the code of the national nomenclature (`8.2`); `source` a text and its line, for an act taken up
    from paper; `siren` the authority.
    """

    TOPIC: ClassVar[str] = "deliberations/ProjetDepose/1"
    numero: str
    instance: str
    siren: str
    objet: str
    matiere_code: str
    matiere_nom: str
    par: str
    rapporteur: str | None = None
    service: str | None = None
    commission: str | None = None
    communes: tuple[str, ...] = ()
    avis_requis: tuple[str, ...] = ()
    dossier: str | None = None
    source: str | None = None


class CommissionConsultee(Event, frozen=True, kw_only=True):
    """The commission was heard (« Ouï l'avis »). `sens` where the text says it."""

    TOPIC: ClassVar[str] = "deliberations/CommissionConsultee/1"
    commission: str
    par: str
    sens: str | None = None
    source: str | None = None


class RapportAdresse(Event, frozen=True, kw_only=True):
    """The report is sent to the members, on its legal date."""

    TOPIC: ClassVar[str] = "deliberations/RapportAdresse/1"
    par: str
    source: str | None = None


class InscriteALaSeance(Event, frozen=True, kw_only=True):
    """On the agenda of a meeting, at that rank."""

    TOPIC: ClassVar[str] = "deliberations/InscriteALaSeance/1"
    seance: str
    rang: int
    par: str


class DeliberationVotee(Event, frozen=True, kw_only=True):
    """The vote, as the minutes have it. Présents, pouvoirs, votants and exprimés are four numbers.

    `detail` says whether the counts are known: an extract may carry none, and then they are absent, never guessed.
    `decide` is what the body decides, word for word.
    """

    TOPIC: ClassVar[str] = "deliberations/DeliberationVotee/1"
    seance: str
    rang: int
    issue: Issue
    mode: ModeDeScrutin
    en_exercice: int
    presents: int
    pouvoirs: int
    detail: DetailDuVote
    par: str
    decide: str = ""
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None
    nuls: int | None = None
    preponderante: bool = False
    source: str | None = None


class ActeSigne(Event, frozen=True, kw_only=True):
    """Signed, by a role."""

    TOPIC: ClassVar[str] = "deliberations/ActeSigne/1"
    qualite: str
    par: str


class ActeTransmis(Event, frozen=True, kw_only=True):
    """Sent to the prefect under its @CTES identifier."""

    TOPIC: ClassVar[str] = "deliberations/ActeTransmis/1"
    par: str
    id_actes: str | None = None
    source: str | None = None


class ActeRecu(Event, frozen=True, kw_only=True):
    """Received by the prefect: the date of the acknowledgement."""

    TOPIC: ClassVar[str] = "deliberations/ActeRecu/1"
    par: str
    source: str | None = None


class ActePublie(Event, frozen=True, kw_only=True):
    """Posted or put online. `empreinte` is the sha256 of the published file, absent for a paper posting."""

    TOPIC: ClassVar[str] = "deliberations/ActePublie/1"
    mode: Literal["affichage", "en_ligne"]
    par: str
    empreinte: str | None = None
    source: str | None = None


class ObservationsPrefet(Event, frozen=True, kw_only=True):
    """The prefect asks for a correction or a withdrawal."""

    TOPIC: ClassVar[str] = "deliberations/ObservationsPrefet/1"
    motif: str
    par: str


class RecoursForme(Event, frozen=True, kw_only=True):
    """Somebody appeals: to the authority (`gracieux`) or to the judge."""

    TOPIC: ClassVar[str] = "deliberations/RecoursForme/1"
    nature: Literal["gracieux", "contentieux", "defere"]
    par: str


class RecoursJuge(Event, frozen=True, kw_only=True):
    """How an appeal ended."""

    TOPIC: ClassVar[str] = "deliberations/RecoursJuge/1"
    issue: Literal["rejete", "annulee", "annulee_en_partie", "desistement"]
    motif: str
    par: str


class DeliberationRetiree(Event, frozen=True, kw_only=True):
    """Withdrawn by its author; its page stays."""

    TOPIC: ClassVar[str] = "deliberations/DeliberationRetiree/1"
    motif: str
    par: str
    remplacee_par: str | None = None


class DeliberationRectifiee(Event, frozen=True, kw_only=True):
    """A material error is corrected: what was written, what should be read, why. Nothing is erased."""

    TOPIC: ClassVar[str] = "deliberations/DeliberationRectifiee/1"
    champ: str
    avant: str
    apres: str
    motif: str
    par: str


class DeliberationImportee(Event, frozen=True, kw_only=True):
    """A deliberation of another authority, taken from its open data (SCDL): nothing of it happened here.

    `numero` is the SIREN and the identifier in plain signs, `identifiant` that of the file, `source` the file.
    `reel` is how many voted; the five numbers of the vote are all there or none.
    """

    TOPIC: ClassVar[str] = "deliberations/DeliberationImportee/1"
    numero: str
    collectivite: str
    siret: str
    identifiant: str
    objet: str
    matiere_code: str
    matiere_nom: str
    source: str
    par: str
    budget_annee: str | None = None
    budget_nom: str | None = None
    pref_id: str | None = None
    pref_date: date | None = None
    effectif: int | None = None
    reel: int | None = None
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None
    url: str | None = None
