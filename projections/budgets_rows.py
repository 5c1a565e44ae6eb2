"""Rows of the participatory budget of the collèges. Amounts are cents, `…_le` legal days in Paris."""

from datetime import date
from typing import Any, ClassVar

from projections.rows import Row


class EditionRow(Row, kw_only=True):
    """An edition. `etape` is the present one; `etapes`: those passed, `{etape, le}` with ISO days."""

    TABLE: ClassVar[str] = "editions"
    KEY: ClassVar[str] = "edition"
    edition: str
    titre: str
    enveloppe_cents: int
    plafond_cents: int
    intentions_jusqu_au: date
    candidatures_jusqu_au: date
    source: str
    etape: str = "lancee"
    ouverte_le: date
    etapes: list[dict[str, Any]]
    bilan: str | None = None
    bilan_le: date | None = None
    position: int


class CollegeRow(Row, kw_only=True):
    """A collège, and its last description at a rentrée."""

    TABLE: ClassVar[str] = "colleges"
    KEY: ClassVar[str] = "slug"
    slug: str
    nom: str
    commune: str | None = None
    effectif: int | None = None
    rentree: int | None = None
    uai: str | None = None
    du: date
    au: date | None = None
    position: int


class BudgetRow(Row, kw_only=True):
    """A collège's dossier in one edition. `etat` is the furthest of ETATS; `liste` and `candidats` name projects."""

    TABLE: ClassVar[str] = "budgets"
    KEY: ClassVar[str] = "reference"
    reference: str
    college: str
    edition: str
    adoptee_par: str
    budget_cents: int
    etat: str = "intention"
    depose_le: date
    ouvertes_le: date | None = None
    idees_jusqu_au: date | None = None
    closes_le: date | None = None
    liste_le: date | None = None
    liste: list[str]
    scrutin: str | None = None
    rattache_le: date | None = None
    candidature_le: date | None = None
    candidats: list[str]
    montant_cents: int | None = None
    alloue_cents: int = 0
    depot: int
    position: int
    evenements: int = 0


class IdeeRow(Row, kw_only=True):
    """An idea without its words. `titre` and `resume` are an adult's; `groupe`: the ideas that have joined it."""

    TABLE: ClassVar[str] = "idees"
    KEY: ClassVar[str] = "reference"
    reference: str
    dossier: str
    canal: str
    lieu: str | None = None
    etat: str = "recue"
    deposee_le: date
    lue_le: date | None = None
    titre: str | None = None
    resume: str | None = None
    motif: str | None = None
    dans: str | None = None
    motif_groupe: str | None = None
    groupe: list[str]
    avis: str | None = None
    raison: str | None = None
    cout_cents: int | None = None
    repondue_le: date | None = None
    projet: str | None = None
    depot: int
    position: int


class ProjetRow(Row, kw_only=True):
    """A project of a dossier, its whole life. `cle` is `BPC-2026-0001/p1`; what is None has not happened.

    `image` is the sha256 of its ballot card's picture, `photo` of what was built: None once taken away.
    """

    TABLE: ClassVar[str] = "projets"
    KEY: ClassVar[str] = "cle"
    cle: str
    dossier: str
    projet: str
    etat: str = "propose"
    titre: str
    phrase: str
    cout_cents: int
    comparaison: str
    lieu: str
    avis: str
    idees: list[str]
    arrete_le: date
    liste_le: date | None = None
    candidat_le: date | None = None
    examen: str | None = None
    examen_motif: str | None = None
    examen_cents: int | None = None
    examen_le: date | None = None
    jury: str | None = None
    jury_motif: str | None = None
    jury_le: date | None = None
    deliberation: str | None = None
    finance_le: date | None = None
    commande_le: date | None = None
    prevu_pour: date | None = None
    realise_le: date | None = None
    cout_reel_cents: int | None = None
    description: str | None = None
    photo: str | None = None
    inaugure_le: date | None = None
    abandonne_le: date | None = None
    abandon_motif: str | None = None
    image: str | None = None
    image_texte: str | None = None
    depot: int
    position: int
