"""Facts of a saisine and of the avis that answers it. Lines are added, never changed. `par` is a function."""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import UPCASTS, Event

Procedure = Literal["avis_ctm", "saisine_ecrite", "contribution", "avis_communal", "conseil_developpement"]
Sens = Literal["favorable", "favorable_avec_reserves", "defavorable", "sans_avis", "repute_favorable", "non_connu"]
SuiteReserve = Literal["retenue", "partielle", "non_retenue"]


class SaisineDeposee(Event, frozen=True, kw_only=True):
    """`de` asks `a` (instances). `projet` is what it is about (a deliberation); `terme` the last day, where one exists.

    `regle` names the delay's rule. `engagement`: the term is a promise of the service, not a legal delay.
    `au_plus_tard`: the source does not carry the day; it was that one at the latest, and no term follows from it.
    """

    TOPIC: ClassVar[str] = "avis/SaisineDeposee/2"
    procedure: Procedure
    de: str
    a: str
    objet: str
    par: str
    projet: str | None = None
    terme: date | None = None
    engagement: bool = False
    source: str | None = None
    au_plus_tard: bool = False


UPCASTS["avis/SaisineDeposee/1"] = lambda former: ("avis/SaisineDeposee/2", former)


class EcheanceProrogee(Event, frozen=True, kw_only=True):
    """More time is given, and why."""

    TOPIC: ClassVar[str] = "avis/EcheanceProrogee/1"
    terme: date
    motif: str
    par: str


class RelanceEnvoyee(Event, frozen=True, kw_only=True):
    """The body is reminded."""

    TOPIC: ClassVar[str] = "avis/RelanceEnvoyee/1"
    par: str


class AvisRendu(Event, frozen=True, kw_only=True):
    """The avis, its reservations word for word. The counts are those of the meeting's item, where there was a vote.

    `id_actes` is the @CTES identifier of a municipal act. `non_connu`: the act exists, its source says no sense.
    """

    TOPIC: ClassVar[str] = "avis/AvisRendu/1"
    sens: Sens
    par: str
    reserves: tuple[str, ...] = ()
    motivation: str = ""
    seance: str | None = None
    rang: int | None = None
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None
    preponderante: bool = False
    phrase: str | None = None
    id_actes: str | None = None
    source: str | None = None


class AvisRecuEnPrefecture(Event, frozen=True, kw_only=True):
    """The stamp of this avis's act: sent to the prefect (`survenu_le`), received; posted, where it is known."""

    TOPIC: ClassVar[str] = "avis/AvisRecuEnPrefecture/1"
    recu_le: date
    par: str
    affiche_le: date | None = None
    source: str | None = None


class AvisReputeFavorable(Event, frozen=True, kw_only=True):
    """Silence until the term, where the law says that it counts (L5211-39-1: never for the Métropole de Lyon)."""

    TOPIC: ClassVar[str] = "avis/AvisReputeFavorable/1"
    terme: date
    par: str


class AvisTardifRecu(Event, frozen=True, kw_only=True):
    """An avis after the term: recorded, changes nothing."""

    TOPIC: ClassVar[str] = "avis/AvisTardifRecu/1"
    sens: Sens
    par: str
    id_actes: str | None = None


class AvisTransmis(Event, frozen=True, kw_only=True):
    """Sent to whom asked."""

    TOPIC: ClassVar[str] = "avis/AvisTransmis/1"
    par: str


class PresentateurDesigne(Event, frozen=True, kw_only=True):
    """Who will present it at the Council: the president of the conférence, or a member that she designates."""

    TOPIC: ClassVar[str] = "avis/PresentateurDesigne/1"
    elu: str
    par: str


class AvisPresente(Event, frozen=True, kw_only=True):
    """Presented at a meeting of the Council (`seance`) or told by a source."""

    TOPIC: ClassVar[str] = "avis/AvisPresente/1"
    par: str
    seance: str | None = None
    source: str | None = None


class ReserveSuivie(Event, frozen=True, kw_only=True):
    """What became of one reservation (its rank, from 1), after the decision. The last one holds."""

    TOPIC: ClassVar[str] = "avis/ReserveSuivie/1"
    rang: int
    suite: SuiteReserve
    motif: str
    par: str
    deliberation: str | None = None


class AccuseReceptionEmis(Event, frozen=True, kw_only=True):
    """The written referral is acknowledged."""

    TOPIC: ClassVar[str] = "avis/AccuseReceptionEmis/1"
    par: str


class ServiceDesigne(Event, frozen=True, kw_only=True):
    """The service that will answer."""

    TOPIC: ClassVar[str] = "avis/ServiceDesigne/1"
    service: str
    par: str


class ReponseSignee(Event, frozen=True, kw_only=True):
    """The answer to a written referral, in full."""

    TOPIC: ClassVar[str] = "avis/ReponseSignee/1"
    texte: str
    qualite: str
    par: str


class ReponseTransmise(Event, frozen=True, kw_only=True):
    """Sent to all the mayors of the conférence: `destinataires` are communes (INSEE)."""

    TOPIC: ClassVar[str] = "avis/ReponseTransmise/1"
    destinataires: tuple[str, ...]
    par: str


class ContributionAdoptee(Event, frozen=True, kw_only=True):
    """A conférence adopts a contribution, in full."""

    TOPIC: ClassVar[str] = "avis/ContributionAdoptee/1"
    texte: str
    par: str
    seance: str | None = None
    rang: int | None = None


class PresentationDemandee(Event, frozen=True, kw_only=True):
    """The conférence asks to present it, by a member of the Council that it designates."""

    TOPIC: ClassVar[str] = "avis/PresentationDemandee/1"
    elu: str
    par: str


class PresentationDecidee(Event, frozen=True, kw_only=True):
    """The president agrees, or says why not."""

    TOPIC: ClassVar[str] = "avis/PresentationDecidee/1"
    acceptee: bool
    par: str
    motif: str | None = None


class SuiteDonneeALAvis(Event, frozen=True, kw_only=True):
    """What was done with the avis or the contribution as a whole."""

    TOPIC: ClassVar[str] = "avis/SuiteDonneeALAvis/1"
    suite: SuiteReserve
    motif: str
    par: str


class SaisineRetiree(Event, frozen=True, kw_only=True):
    """Withdrawn by who asked."""

    TOPIC: ClassVar[str] = "avis/SaisineRetiree/1"
    motif: str
    par: str


class SaisineClose(Event, frozen=True, kw_only=True):
    """Nothing more is awaited. Never before each reservation has its follow-up."""

    TOPIC: ClassVar[str] = "avis/SaisineClose/1"
    par: str
