"""Rows of the money. Amounts are cents, `…_le` legal days in Paris."""

from datetime import date
from typing import Any, ClassVar

import msgspec

from projections.rows import Row


class EnveloppeRow(Row, kw_only=True):
    """An envelope. `alpha`, `repartie_le`, `repartition` (its deliberation): the last split that was adopted."""

    TABLE: ClassVar[str] = "enveloppes"
    KEY: ClassVar[str] = "reference"
    reference: str
    nom: str
    titre: str
    montant_cents: int
    annee_debut: int
    annee_fin: int
    deliberation: str
    hors_pacte: bool
    alpha: str | None = None
    repartition: str | None = None
    repartie_le: date | None = None
    repartitions: int = 0
    ouverte_le: date
    position: int


class CompteRow(Row, kw_only=True):
    """An account: one beneficiary, one envelope, one year; `cle` is `fic/69029/2023`. Sums of its movements.

    `engage_cents` is net of what was released. `sorti_cents` went to the next year.
    """

    TABLE: ClassVar[str] = "comptes"
    KEY: ClassVar[str] = "cle"
    cle: str
    enveloppe: str
    nom: str
    beneficiaire: str
    annee: int
    deliberation: str
    dotation_cents: int = 0
    rectifie_cents: int = 0
    reconduit_cents: int = 0
    sorti_cents: int = 0
    abonde_cents: int = 0
    engage_cents: int = 0
    mandate_cents: int = 0
    solde_cents: int = 0
    mouvements: int = 0
    position: int


class MouvementRow(Row, kw_only=True):
    """One line of the statement of the account `compte`, the `rang`-th. `cents` is what it adds to the balance.

    `sorte`: dotation, rectification, reconduction, sortie, abondement, engagement, liberation, mandatement (which pays
    `paye_cents` and leaves the balance). `solde_cents`: the balance after it.
    """

    TABLE: ClassVar[str] = "mouvements"
    KEY: ClassVar[str] = "cle"
    cle: str
    compte: str
    rang: int
    sorte: str
    cents: int
    paye_cents: int
    solde_cents: int
    acte: str | None
    operation: str | None
    motif: str | None
    le: date
    position: int


class OperationRow(Row, kw_only=True):
    """An operation and where it stands. `photos`: `{moment, empreinte, description, le}`, ISO days.

    `etat`: proposee, etudiee, decidee, engagee, commencee, receptionnee, soldee, abandonnee.
    """

    TABLE: ClassVar[str] = "operations"
    KEY: ClassVar[str] = "reference"
    reference: str
    nom: str
    beneficiaire: str
    titre: str
    nature: str
    etat: str
    cout_cents: int
    depasse: bool
    motif_seuil: str | None
    communes: list[str]
    axe: str | None
    competence: str | None
    origine: str | None
    proposee_par: str
    proposee_le: date
    avis: bool | None = None
    avis_motif: str | None = None
    avis_le: date | None = None
    instance: str | None = None
    acte: str | None = None
    decidee_le: date | None = None
    engage_cents: int = 0
    mandate_cents: int = 0
    engagee_le: date | None = None
    commencee_le: date | None = None
    receptionnee_le: date | None = None
    soldee_le: date | None = None
    cout_reel_cents: int | None = None
    abandonnee_le: date | None = None
    abandon: str | None = None
    explication: str | None = None
    photos: list[dict[str, Any]] = msgspec.field(default_factory=list)
    depot: int
    position: int


class TerritoireRow(Row, kw_only=True):
    """The Projet de territoire of a conférence is adopted."""

    TABLE: ClassVar[str] = "territoires"
    KEY: ClassVar[str] = "ctm"
    ctm: str
    deliberation: str
    adopte_le: date
    position: int


class PhotographieRow(Row, kw_only=True):
    """Figures frozen: of the day `jour` (ISO), as the register knew them at `connu`."""

    TABLE: ClassVar[str] = "photographies"
    KEY: ClassVar[str] = "jour"
    jour: str
    titre: str
    connu: int
    empreinte: str
    arretee_le: date
    position: int


class RendezVousRow(Row, kw_only=True):
    """A point of follow-up that the Pacte promises; `cle` is `revoyure-2023`."""

    TABLE: ClassVar[str] = "rendez_vous"
    KEY: ClassVar[str] = "cle"
    cle: str
    objet: str
    prevu_pour: date
    source: str
    tenu_le: date | None = None
    conclusions: str | None = None
    position: int
