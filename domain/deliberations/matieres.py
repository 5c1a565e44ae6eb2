"""The national nomenclature of subjects (@CTES): nine classes and their divisions, as open data writes them."""

from domain.deliberations.regles import MATIERES
from domain.identifiers import sans_accent

# As many divisions in each class as the open data schema has; names as prefectures write them.
DIVISIONS: dict[str, tuple[str, ...]] = {
    "1": (
        "marchés publics",
        "délégation de service public",
        "conventions de mandat",
        "autres types de contrats",
        "transactions - protocole d'accord transactionnel",
        "actes relatifs à la maîtrise d'œuvre",
        "actes spéciaux et divers",
    ),
    "2": ("documents d'urbanisme", "actes relatifs au droit d'occupation ou d'utilisation des sols",
          "droit de préemption urbain"),
    "3": ("acquisitions", "aliénations", "locations", "limites territoriales",
          "autres actes de gestion du domaine public", "autres actes de gestion du domaine privé"),
    "4": ("personnels titulaires et stagiaires de la fonction publique territoriale", "personnels contractuels",
          "fonction publique hospitalière", "autres catégories de personnels", "régime indemnitaire"),
    "5": (
        "élection exécutif",
        "fonctionnement des assemblées",
        "désignation de représentants",
        "délégation de fonctions",
        "délégation de signature",
        "exercice des mandats locaux",
        "intercommunalité",
        "décision d'ester en justice",
    ),
    "6": ("police municipale", "pouvoirs du président du conseil départemental",
          "pouvoirs du président du conseil régional", "autres actes réglementaires",
          "actes pris au nom de l'État et soumis au contrôle hiérarchique"),
    "7": (
        "décisions budgétaires",
        "fiscalité",
        "emprunts",
        "interventions économiques",
        "subventions",
        "contributions budgétaires",
        "avances",
        "fonds de concours",
        "prises de participation",
        "divers",
    ),
    "8": (
        "enseignement",
        "aide sociale",
        "voirie",
        "aménagement du territoire",
        "politique de la ville - habitat - logement",
        "emploi - formation professionnelle",
        "transports",
        "environnement",
        "culture",
    ),
    "9": ("autres domaines de compétences des communes", "autres domaines de compétences des départements",
          "autres domaines de compétences des régions", "vœux et motions"),
}  # fmt: skip
CLASSES = frozenset(sans_accent(str(name)) for name in MATIERES.parametres.values())


def nom_de_matiere(code: str) -> str | None:
    """« domaines de compétences par thèmes/aide sociale » of 8.2; None when the nomenclature has no such division."""
    kind, _, rank = code.partition(".")
    divisions = DIVISIONS.get(kind, ())
    if not (rank.isascii() and rank.isdigit() and 1 <= int(rank) <= len(divisions)):
        return None
    return f"{str(MATIERES.parametres[kind]).lower()}/{divisions[int(rank) - 1]}"


def classe_nationale(nom: str) -> bool:
    """Whether this name begins with a class of the nomenclature and a slash; case and accents are free."""
    kind, slash, division = nom.partition("/")
    return bool(slash and division) and sans_accent(kind) in CLASSES
