"""Facts of the money. Lines are added, never changed. Amounts are whole cents; `par` is a function.

Streams: `enveloppes/EN-2021-0001`, `comptes/{enveloppe}/{beneficiaire}/{annee}` (one beneficiary, one envelope, one
year), `operations/OP-2026-0001`, `territoires/{ctm}`, `photographies/{au}`, `rendez-vous/{objet}-{annee}`.
"""

from datetime import date
from typing import ClassVar, Literal

import msgspec

from domain.ledger.event import Event

NomEnveloppe = Literal["fic", "prox", "projets", "suites_permis", "colleges"]
MotifAbandon = Literal["technique", "financier", "autre_priorite", "riverains", "autre"]
EtapeOperation = Literal["commencee", "receptionnee"]
ObjetRendezVous = Literal["revoyure", "evaluation", "point_annuel"]
MomentPhoto = Literal["avant", "apres"]


class EnveloppeOuverte(Event, frozen=True, kw_only=True):
    """A deliberation opens an envelope for these years. `hors_pacte`: outside the 200 M€."""

    TOPIC: ClassVar[str] = "enveloppes/EnveloppeOuverte/1"
    enveloppe: NomEnveloppe
    titre: str
    montant_cents: int
    annee_debut: int
    annee_fin: int
    deliberation: str
    hors_pacte: bool
    par: str


class DonneeCommune(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the inputs of a split; road surface in square metres."""

    insee: str
    ctm: str
    population: int
    voirie_m2: int = 0


class DonneesArretees(Event, frozen=True, kw_only=True):
    """The inputs of a split, with their year and source: what anyone needs to compute it again."""

    TOPIC: ClassVar[str] = "enveloppes/DonneesArretees/1"
    lignes: tuple[DonneeCommune, ...]
    population_annee: int
    source: str
    par: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a split. `insee` is empty for a conférence."""

    insee: str
    ctm: str
    cents: int


class RepartitionAdoptee(Event, frozen=True, kw_only=True):
    """The split of the years from `annee_debut` on, with this weight of population (`alpha`, a decimal).

    The first one shares the whole envelope; a later one what the years before it were not given.
    """

    TOPIC: ClassVar[str] = "enveloppes/RepartitionAdoptee/1"
    alpha: str
    deliberation: str
    annee_debut: int
    parts: tuple[Part, ...]
    total_cents: int
    par: str
    motif: str | None = None


class DotationInscrite(Event, frozen=True, kw_only=True):
    """A year's allocation of one account, as its envelope's split gives it. First fact of the account."""

    TOPIC: ClassVar[str] = "enveloppes/DotationInscrite/1"
    enveloppe: str
    nom: NomEnveloppe
    beneficiaire: str
    annee: int
    cents: int
    deliberation: str
    par: str


class DotationRectifiee(Event, frozen=True, kw_only=True):
    """A past allocation was wrong: the difference, and why. The former one stays readable."""

    TOPIC: ClassVar[str] = "enveloppes/DotationRectifiee/1"
    difference_cents: int
    motif: str
    deliberation: str
    par: str


class ReconductionAccordee(Event, frozen=True, kw_only=True):
    """What was not spent the year before is carried over here: a decision, never automatic."""

    TOPIC: ClassVar[str] = "enveloppes/ReconductionAccordee/1"
    de_annee: int
    cents: int
    deliberation: str
    par: str


class AbondementInscrit(Event, frozen=True, kw_only=True):
    """The commune adds its own money: never inside the envelope."""

    TOPIC: ClassVar[str] = "enveloppes/AbondementInscrit/1"
    cents: int
    acte: str
    par: str


class ProjetDeTerritoireDelibere(Event, frozen=True, kw_only=True):
    """The Projet de territoire of this conférence is adopted: its credits « projets » may be committed (A:767)."""

    TOPIC: ClassVar[str] = "enveloppes/ProjetDeTerritoireDelibere/1"
    ctm: str
    deliberation: str
    par: str


class CreditEngage(Event, frozen=True, kw_only=True):
    """So much is committed to an operation. `motif_seuil`: why it is above the threshold."""

    TOPIC: ClassVar[str] = "enveloppes/CreditEngage/1"
    operation: str
    cents: int
    par: str


class CreditLibere(Event, frozen=True, kw_only=True):
    """Committed money comes back: a cheaper work, an abandonment."""

    TOPIC: ClassVar[str] = "enveloppes/CreditLibere/1"
    operation: str
    cents: int
    motif: str
    par: str


class CreditMandate(Event, frozen=True, kw_only=True):
    """Committed money is paid."""

    TOPIC: ClassVar[str] = "enveloppes/CreditMandate/1"
    operation: str
    cents: int
    par: str


class OperationProposee(Event, frozen=True, kw_only=True):
    """An operation. `beneficiaire` is an INSEE code (FIC) or a conférence; `axe` one of seven for « projets ».

    `origine` is the dossier that led to it (a proposition, an avis, a collège's budget).
    """

    TOPIC: ClassVar[str] = "enveloppes/OperationProposee/1"
    nom: NomEnveloppe
    beneficiaire: str
    titre: str
    nature: str
    cout_cents: int
    communes: tuple[str, ...]
    proposee_par: str
    par: str
    axe: str | None = None
    origine: str | None = None
    competence: str | None = None
    motif_seuil: str | None = None


class AvisTechniqueRendu(Event, frozen=True, kw_only=True):
    """The services' opinion."""

    TOPIC: ClassVar[str] = "enveloppes/AvisTechniqueRendu/1"
    favorable: bool
    motif: str
    par: str


class OperationDecidee(Event, frozen=True, kw_only=True):
    """The body that the rule names decides. `acte` is its number."""

    TOPIC: ClassVar[str] = "enveloppes/OperationDecidee/1"
    instance: str
    acte: str
    par: str


class OperationAvancee(Event, frozen=True, kw_only=True):
    """Works begin, or are accepted."""

    TOPIC: ClassVar[str] = "enveloppes/OperationAvancee/1"
    etape: EtapeOperation
    par: str


class OperationSoldee(Event, frozen=True, kw_only=True):
    """The final account: what it really cost."""

    TOPIC: ClassVar[str] = "enveloppes/OperationSoldee/1"
    cout_reel_cents: int
    par: str


class OperationAbandonnee(Event, frozen=True, kw_only=True):
    """It will not be done; what was committed is released on each account."""

    TOPIC: ClassVar[str] = "enveloppes/OperationAbandonnee/1"
    motif: MotifAbandon
    explication: str
    par: str


class PhotoAjoutee(Event, frozen=True, kw_only=True):
    """A picture before or after; `empreinte` is its sha256, `description` what it shows."""

    TOPIC: ClassVar[str] = "enveloppes/PhotoAjoutee/1"
    moment: MomentPhoto
    empreinte: str
    description: str
    par: str


class PhotographieArretee(Event, frozen=True, kw_only=True):
    """The figures of a date, frozen: what the register said at `position`; `empreinte` of their canonical JSON."""

    TOPIC: ClassVar[str] = "enveloppes/PhotographieArretee/1"
    titre: str
    au: date
    position: int
    empreinte: str
    par: str


class RendezVousPris(Event, frozen=True, kw_only=True):
    """A point of follow-up of the Pacte that its text promises: revoyure, evaluation, yearly point. `prevu_pour`."""

    TOPIC: ClassVar[str] = "enveloppes/RendezVousPris/1"
    objet: ObjetRendezVous
    prevu_pour: date
    source: str
    par: str


class RendezVousTenu(Event, frozen=True, kw_only=True):
    """It was held, and what came of it."""

    TOPIC: ClassVar[str] = "enveloppes/RendezVousTenu/1"
    objet: ObjetRendezVous
    conclusions: str
    par: str
