"""Facts of a proposition. Lines are added, never changed.

`par` is the function that acted (`animation:gepi`), never a person. What the person wrote about herself or others
is erasable; the rest is public.
"""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

Canal = Literal["ecrit", "avec_aide", "session"]
Lecture = Literal["equipe", "tous_sans_nom", "tous_avec_prenom"]
ReponsePar = Literal["courriel", "telephone", "courrier", "aidant", "code"]
Competence = Literal["metropole", "commune", "etat", "autre"]
DecisionDePublication = Literal["publier", "garder_prive"]
MotifDeReserve = Literal["donnees_personnelles", "tiers_nomme", "situation_individuelle", "propos_illicites"]
ModeAdoption = Literal["consensus", "vote"]
Suite = Literal["on_le_fait", "en_partie", "deja_prevu", "on_ne_peut_pas", "pas_nous"]
ModeRestitution = Literal["reunion", "courriel", "telephone", "courrier", "aidant", "page"]
IssueRappel = Literal["joint", "absent"]


class PropositionDeposee(Event, frozen=True, kw_only=True):
    """A proposition is filed. `regle` is the dated rule of its delays; `code_empreinte` the HMAC of its code.

    `relue`: the person who was helped heard it read back. `par`: the function, when filed in a session.
    """

    TOPIC: ClassVar[str] = "propositions/PropositionDeposee/1"
    PERSONAL: ClassVar[dict[str, str]] = {
        "texte": "contribution",
        "prenom": "auteur",
        "contact": "auteur",
        "aidant_nom": "aidant",
        "aidant_structure": "aidant",
    }
    instance: str
    canal: Canal
    lecture: Lecture
    reponse_par: ReponsePar
    code_empreinte: str
    langue: str
    relue: bool = False
    territoire: str | None = None
    par: str | None = None
    texte: str | None = None
    prenom: str | None = None
    contact: str | None = None
    aidant_nom: str | None = None
    aidant_structure: str | None = None


class PropositionQualifiee(Event, frozen=True, kw_only=True):
    """The team has read it: its theme, who may decide, a short neutral title."""

    TOPIC: ClassVar[str] = "propositions/PropositionQualifiee/1"
    theme: str
    competence: Competence
    titre: str
    par: str


class QualificationRectifiee(Event, frozen=True, kw_only=True):
    """The qualification is corrected; the former one stays readable."""

    TOPIC: ClassVar[str] = "propositions/QualificationRectifiee/1"
    theme: str
    competence: Competence
    titre: str
    motif: str
    par: str


class SituationOrientee(Event, frozen=True, kw_only=True):
    """Somebody's own situation: a service that can help is named. Nothing of the situation is written."""

    TOPIC: ClassVar[str] = "propositions/SituationOrientee/1"
    service: str
    par: str
    telephone: str | None = None
    lien: str | None = None


class PublicationModeree(Event, frozen=True, kw_only=True):
    """A human read the text whose author wants it public. The last decision holds."""

    TOPIC: ClassVar[str] = "propositions/PublicationModeree/1"
    decision: DecisionDePublication
    avec_prenom: bool
    par: str
    motif: MotifDeReserve | None = None


class PropositionMiseEnDiscussion(Event, frozen=True, kw_only=True):
    """Discussed in a session: a date, a place, a number of people, no name."""

    TOPIC: ClassVar[str] = "propositions/PropositionMiseEnDiscussion/1"
    session_le: date
    lieu: str
    participants: int
    par: str


class PropositionAdoptee(Event, frozen=True, kw_only=True):
    """The group makes it its own, by consensus or by a vote (the three counts)."""

    TOPIC: ClassVar[str] = "propositions/PropositionAdoptee/1"
    mode: ModeAdoption
    par: str
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None


class PropositionTransmise(Event, frozen=True, kw_only=True):
    """Sent to the service that can answer, and to its pilot where there is one (a function or a body)."""

    TOPIC: ClassVar[str] = "propositions/PropositionTransmise/1"
    service: str
    par: str
    pilote: str | None = None


class SuiteDonnee(Event, frozen=True, kw_only=True):
    """The reasoned answer. For `pas_nous`: `qui`, and a telephone or a link."""

    TOPIC: ClassVar[str] = "propositions/SuiteDonnee/1"
    suite: Suite
    motif: str
    par: str
    qui: str | None = None
    telephone: str | None = None
    lien: str | None = None


class PropositionRestituee(Event, frozen=True, kw_only=True):
    """The answer was brought back to the person or to the group."""

    TOPIC: ClassVar[str] = "propositions/PropositionRestituee/1"
    mode: ModeRestitution
    par: str
    lieu: str | None = None


class IncomprehensionSignalee(Event, frozen=True, kw_only=True):
    """« Je n'ai pas compris »: a call-back is owed. Half-days such as `mardi_matin`."""

    TOPIC: ClassVar[str] = "propositions/IncomprehensionSignalee/1"
    PERSONAL: ClassVar[dict[str, str]] = {"telephone": "auteur", "demi_journees": "auteur"}
    telephone: str | None = None
    demi_journees: list[str] | None = None


class RappelNote(Event, frozen=True, kw_only=True):
    """Somebody called back: the person was reached, or not."""

    TOPIC: ClassVar[str] = "propositions/RappelNote/1"
    issue: IssueRappel
    par: str


class ComprehensionConfirmee(Event, frozen=True, kw_only=True):
    """« J'ai compris »."""

    TOPIC: ClassVar[str] = "propositions/ComprehensionConfirmee/1"


class ComplementAjoute(Event, frozen=True, kw_only=True):
    """The person adds something; only the team reads it."""

    TOPIC: ClassVar[str] = "propositions/ComplementAjoute/1"
    PERSONAL: ClassVar[dict[str, str]] = {"texte": "complement"}
    texte: str | None = None


class PropositionClose(Event, frozen=True, kw_only=True):
    """Answered, brought back, no call-back owed. « Je n'ai pas compris » opens it again."""

    TOPIC: ClassVar[str] = "propositions/PropositionClose/1"
    par: str


class PropositionRetiree(Event, frozen=True, kw_only=True):
    """Withdrawn by its author, who may ask at the same time that her words be erased."""

    TOPIC: ClassVar[str] = "propositions/PropositionRetiree/1"
    effacement_souhaite: bool
