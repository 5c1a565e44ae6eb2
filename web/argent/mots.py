"""The words of the money."""

from projections.argent_rows import MouvementRow, OperationRow

ENVELOPPES = {
    "fic": "Fonds d’initiative communale",
    "prox": "Actions de proximité",
    "projets": "Projets des territoires",
    "suites_permis": "Suites à permis de construire",
    "colleges": "Budget participatif des collèges",
}
PACTE = ("fic", "prox", "projets")
MOUVEMENTS = {
    "dotation": "Dotation de l’année",
    "rectification": "Dotation rectifiée",
    "reconduction": "Reste de l’année d’avant",
    "sortie": "Reste passé à l’année d’après",
    "abondement": "Ajouté par la commune",
    "engagement": "Engagé",
    "liberation": "Libéré",
    "mandatement": "Payé",
}
ETATS = {
    "proposee": "Proposée",
    "etudiee": "Étudiée par les services",
    "decidee": "Décidée",
    "engagee": "Crédit engagé",
    "commencee": "En travaux",
    "receptionnee": "Travaux finis",
    "soldee": "Soldée",
    "abandonnee": "Abandonnée",
}
ABANDONS = {
    "technique": "raison technique",
    "financier": "raison financière",
    "autre_priorite": "une autre priorité",
    "riverains": "demande des riverains",
    "autre": "autre raison",
}
AXES = {
    "axe_1": "Revitalisation des centres-bourgs",
    "axe_2": "Éducation",
    "axe_3": "Modes actifs",
    "axe_4": "Trame verte et bleue",
    "axe_5": "Alimentation",
    "axe_6": "Logement, accueil, hébergement",
    "axe_7": "Développement économique responsable, emploi et insertion",
}
OBJETS = {
    "revoyure": "Clause de revoyure",
    "evaluation": "Évaluation",
    "point_annuel": "Point de l’année",
}
MOMENTS = {"avant": "Avant", "apres": "Après"}


def sorte(row: OperationRow) -> str:
    """How its state is drawn."""
    return {"soldee": "fait", "receptionnee": "fait", "abandonnee": "retire"}.get(row.etat, "en-cours")


def mouvement(row: MouvementRow) -> str:
    """One line of a statement in words."""
    found = MOUVEMENTS[row.sorte]
    return f"{found} : {row.motif}" if row.motif else found


def taux(part: int, tout: int) -> str:
    """« 42 % », rounded down; nothing of nothing."""
    return f"{100 * part // tout}\u00a0%" if tout > 0 else ""


def millions(cents: int) -> str:
    """« 58,3 millions d’euros », rounded to a tenth."""
    tenths = (cents + 5_000_000) // 10_000_000
    whole, tenth = divmod(tenths, 10)
    return f"{whole}{f',{tenth}' if tenth else ''}\u00a0million{'s' if whole > 1 else ''} d’euros"
