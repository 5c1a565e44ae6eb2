"""Facts of a meeting. Lines are added, never changed.

`elu` is a member's slug in the body (`domain.mandats`); hours are legal hours with their offset, entered on the spot
or afterwards; `par` is a function.
"""

from datetime import datetime
from typing import ClassVar, Literal

import msgspec

from domain.ledger.event import Event

Origine = Literal["presidence", "metropole", "membres"]
Mouvement = Literal["arrivee", "depart"]
Mode = Literal["ordinaire", "public", "secret"]
SensVote = Literal["pour", "contre", "abstention", "nul", "ne_prend_pas_part"]


class SeancePlanifiee(Event, frozen=True, kw_only=True):
    """A meeting is planned. `suite_de`: the meeting without quorum that it follows, valid whatever the number."""

    TOPIC: ClassVar[str] = "seances/SeancePlanifiee/1"
    instance: str
    prevue_le: datetime
    lieu: str
    publique: bool
    a_l_initiative_de: Origine
    par: str
    demandeurs: tuple[str, ...] = ()
    suite_de: str | None = None
    associees: tuple[str, ...] = ()
    source: str | None = None


class PointInscrit(Event, frozen=True, kw_only=True):
    """An item of the agenda. `dossier` is what it is about (`2017-2275`, `AV-2026-0014`)."""

    TOPIC: ClassVar[str] = "seances/PointInscrit/1"
    rang: int
    objet: str
    origine: Origine
    par: str
    dossier: str | None = None


class OrdreDuJourReordonne(Event, frozen=True, kw_only=True):
    """The new order of the items, by their ranks."""

    TOPIC: ClassVar[str] = "seances/OrdreDuJourReordonne/1"
    rangs: tuple[int, ...]
    par: str


class ConvocationEnvoyee(Event, frozen=True, kw_only=True):
    """Members are convened. `jours` clear days before the meeting; an urgent one says why."""

    TOPIC: ClassVar[str] = "seances/ConvocationEnvoyee/1"
    jours: int
    urgence: bool
    par: str
    motif: str | None = None
    source: str | None = None


class SeanceReportee(Event, frozen=True, kw_only=True):
    """Put off to another date."""

    TOPIC: ClassVar[str] = "seances/SeanceReportee/1"
    au: datetime
    motif: str
    par: str


class SeanceAnnulee(Event, frozen=True, kw_only=True):
    """It will not be held."""

    TOPIC: ClassVar[str] = "seances/SeanceAnnulee/1"
    motif: str
    par: str


class SeanceOuverte(Event, frozen=True, kw_only=True):
    """The chair opens the meeting."""

    TOPIC: ClassVar[str] = "seances/SeanceOuverte/1"
    heure: datetime
    president: str
    par: str


class SecretaireElu(Event, frozen=True, kw_only=True):
    """The body elects its secretary for the meeting."""

    TOPIC: ClassVar[str] = "seances/SecretaireElu/1"
    elu: str
    par: str


class PresencesConstatees(Event, frozen=True, kw_only=True):
    """Members come or go at that hour; at the opening, all who are there."""

    TOPIC: ClassVar[str] = "seances/PresencesConstatees/1"
    elus: tuple[str, ...]
    mouvement: Mouvement
    heure: datetime
    par: str


class AbsenceExcusee(Event, frozen=True, kw_only=True):
    """A member said that she would not come."""

    TOPIC: ClassVar[str] = "seances/AbsenceExcusee/1"
    elu: str
    par: str


class PouvoirDonne(Event, frozen=True, kw_only=True):
    """`mandant` gives her voice to `mandataire` for this meeting; `recu_a` when the secretary received it."""

    TOPIC: ClassVar[str] = "seances/PouvoirDonne/1"
    mandant: str
    mandataire: str
    recu_a: datetime
    par: str


class PouvoirRevoque(Event, frozen=True, kw_only=True):
    """The proxy ends."""

    TOPIC: ClassVar[str] = "seances/PouvoirRevoque/1"
    mandant: str
    heure: datetime
    par: str


class QuorumConstate(Event, frozen=True, kw_only=True):
    """The count at that moment: at the opening, and at each item. `rang` is the item, none at the opening."""

    TOPIC: ClassVar[str] = "seances/QuorumConstate/1"
    presents: int
    representes: int
    en_exercice: int
    seuil: int
    atteint: bool
    par: str
    rang: int | None = None


class UrgenceVotee(Event, frozen=True, kw_only=True):
    """The body says whether the urgency stands."""

    TOPIC: ClassVar[str] = "seances/UrgenceVotee/1"
    admise: bool
    par: str


class HuisClosDecide(Event, frozen=True, kw_only=True):
    """The public leaves."""

    TOPIC: ClassVar[str] = "seances/HuisClosDecide/1"
    motif: str
    par: str


class PointAppele(Event, frozen=True, kw_only=True):
    """The item begins."""

    TOPIC: ClassVar[str] = "seances/PointAppele/1"
    rang: int
    heure: datetime
    par: str


class DeportDeclare(Event, frozen=True, kw_only=True):
    """An interested member leaves for that item: neither counted nor voting."""

    TOPIC: ClassVar[str] = "seances/DeportDeclare/1"
    elu: str
    rang: int
    par: str


class AuditionTenue(Event, frozen=True, kw_only=True):
    """Somebody outside is heard, by her quality. No vote."""

    TOPIC: ClassVar[str] = "seances/AuditionTenue/1"
    qualite: str
    rang: int
    par: str


class ScrutinDemande(Event, frozen=True, kw_only=True):
    """Members ask for a public ballot; granted or not by the count of those present."""

    TOPIC: ClassVar[str] = "seances/ScrutinDemande/1"
    rang: int
    mode: Mode
    demandeurs: tuple[str, ...]
    accorde: bool
    seuil: int
    par: str


class Voix(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One member's vote; `pouvoir_de` is whose voice she also brings, counted apart."""

    elu: str
    sens: SensVote
    pouvoir_de: str = ""


class VoixNominatives(Event, frozen=True, kw_only=True):
    """One lot of a vote by name."""

    TOPIC: ClassVar[str] = "seances/VoixNominatives/1"
    rang: int
    lot: int
    lots: int
    voix: tuple[Voix, ...]
    par: str


class VoteCompte(Event, frozen=True, kw_only=True):
    """The count of an item. `president` is how the chair voted; `issue` follows from the rule named in `regle`."""

    TOPIC: ClassVar[str] = "seances/VoteCompte/1"
    rang: int
    mode: Mode
    presents: int
    pouvoirs: int
    issue: Literal["favorable", "defavorable", "sans_avis"]
    detail: Literal["porte", "non_porte_a_l_extrait"]
    par: str
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None
    nuls: int | None = None
    president: str | None = None
    preponderante: bool = False


class PointRenvoye(Event, frozen=True, kw_only=True):
    """The item is adjourned or withdrawn from the agenda."""

    TOPIC: ClassVar[str] = "seances/PointRenvoye/1"
    rang: int
    motif: str
    par: str


class SeanceLevee(Event, frozen=True, kw_only=True):
    """The meeting ends; without quorum too."""

    TOPIC: ClassVar[str] = "seances/SeanceLevee/1"
    heure: datetime
    par: str


class PvRedige(Event, frozen=True, kw_only=True):
    """The minutes are drafted: the statutory headings come from the facts, `debats` tells the discussions."""

    TOPIC: ClassVar[str] = "seances/PvRedige/1"
    debats: str
    par: str


class PvArrete(Event, frozen=True, kw_only=True):
    """The minutes are adopted, at the start of the next meeting."""

    TOPIC: ClassVar[str] = "seances/PvArrete/1"
    a_la_seance: str
    par: str


class PvPublie(Event, frozen=True, kw_only=True):
    """The minutes are published; `empreinte` is the sha256 of the file."""

    TOPIC: ClassVar[str] = "seances/PvPublie/1"
    par: str
    empreinte: str | None = None


class RectificationEnregistree(Event, frozen=True, kw_only=True):
    """An entry was wrong: `version` is the event of this stream that it corrects; both stay visible."""

    TOPIC: ClassVar[str] = "seances/RectificationEnregistree/1"
    version: int
    motif: str
    par: str
