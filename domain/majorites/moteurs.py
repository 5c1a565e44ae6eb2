"""Moteurs: the rules that a dated rule-set can set. Each has parameters, what an example gives, and its answer.

Values are whole numbers and words (days as ISO texts), so that a rule-set is data that anyone can read and execute.
"""

from collections.abc import Callable

import msgspec

from domain.majorites import calculs
from domain.majorites.entrees import Entree, Reponse, Valeurs, lire

OUI_NON = {"oui": "oui", "non": "non"}


class Moteur(msgspec.Struct, frozen=True):
    """One rule that can be set. `reponses`: what it may answer, in words."""

    id: str
    titre: str
    parametres: tuple[Entree, ...]
    donnees: tuple[Entree, ...]
    reponses: dict[str, str]
    calcule: Callable[[Valeurs, Valeurs], Reponse]

    def executer(self, parametres: Valeurs, donne: Valeurs) -> Reponse:
        """The answer. Raises ValeurImpossible, SuffragesIncoherents."""
        return self.calcule(lire(self.parametres, parametres), lire(self.donnees, donne))


_MAIRES = (
    Entree("maires_pour", "Maires pour"),
    Entree("maires_contre", "Maires contre"),
    Entree("maires", "Tous les maires", defaut=58),
    Entree("population_pour", "Habitants des communes pour"),
    Entree("population", "Habitants de toutes les communes", defaut=1_398_892),
    Entree("arrondissements_pour", "Maires d'arrondissement pour", defaut=0),
    Entree("arrondissements_contre", "Maires d'arrondissement contre", defaut=0),
    Entree("arrondissements", "Tous les maires d'arrondissement", defaut=9),
)

MOTEURS: dict[str, Moteur] = {
    moteur.id: moteur
    for moteur in (
        Moteur(
            "majorite",
            "La majorité d'un vote",
            (
                Entree("base", "Les voix qui comptent", "choix",
                       {"exprimes": "les suffrages exprimés", "toutes": "toutes les voix, même blanches"}, "exprimes"),
                Entree("seuil", "Ce qu'il faut", "choix",
                       {"majorite": "plus de la moitié", "deux_tiers": "deux tiers au moins"}, "majorite"),
                Entree("voix_preponderante", "La présidence départage", "choix", OUI_NON, "oui"),
                Entree("sans_majorite", "Si rien ne départage", "choix",
                       {"sans_avis": "pas d'avis", "defavorable": "le texte n'est pas adopté"}, "sans_avis"),
            ),
            (
                Entree("pour", "Voix pour"),
                Entree("contre", "Voix contre"),
                Entree("abstentions", "Abstentions", defaut=0),
                Entree("nuls", "Blancs et nuls", defaut=0),
                Entree("president", "Vote de la présidence", "choix",
                       {"absent": "absente ou secret", "pour": "pour", "contre": "contre",
                        "abstention": "abstention"}, "absent"),
            ),
            {"favorable": "favorable", "defavorable": "défavorable", "sans_avis": "sans avis"},
            calculs.selon_majorite,
        ),
        Moteur(
            "quorum",
            "Le quorum",
            (
                Entree("mode", "Qui compte", "choix",
                       {"presents": "les présents", "presents_ou_representes": "les présents et les représentés"},
                       "presents"),
                Entree("fraction", "Combien", "choix",
                       {"majorite_absolue": "plus de la moitié des membres", "un_tiers": "un tiers des membres"},
                       "majorite_absolue"),
            ),
            (
                Entree("en_exercice", "Membres en exercice"),
                Entree("presents", "Présents"),
                Entree("representes", "Représentés", defaut=0),
            ),
            OUI_NON,
            calculs.selon_quorum,
        ),
        Moteur(
            "pouvoirs",
            "Le nombre de pouvoirs",
            (Entree("par_membre", "Pouvoirs pour un membre, au plus", defaut=1),),
            (Entree("tenus", "Pouvoirs déjà tenus"),),
            OUI_NON,
            calculs.selon_pouvoirs,
        ),
        Moteur(
            "scrutin_public",
            "La demande d'un scrutin public",
            (Entree("une_part_sur", "Une demande pour combien de présents", defaut=6),),
            (Entree("presents", "Présents"), Entree("demandeurs", "Demandes")),
            OUI_NON,
            calculs.selon_scrutin_public,
        ),
        Moteur(
            "convocation",
            "Le délai de convocation",
            (
                Entree("jours", "Jours au moins", defaut=12),
                Entree("jours_urgence", "Jours francs en urgence", defaut=1),
            ),
            (
                Entree("envoyee", "Envoyée le", "jour"),
                Entree("seance", "Séance le", "jour"),
                Entree("urgence", "En urgence", "choix", OUI_NON, "non"),
            ),
            OUI_NON,
            calculs.selon_convocation,
        ),
        Moteur(
            "double_majorite",
            "La double majorité",
            (
                Entree("base", "Les maires qui comptent", "choix",
                       {"exprimes": "ceux qui votent pour ou contre", "tous": "tous les maires"}, "exprimes"),
                Entree("comparaison", "La part de la population", "choix",
                       {">=": "la moitié au moins", ">": "plus de la moitié"}, ">="),
                Entree("arrondissements_votent", "Les maires d'arrondissement votent", "choix", OUI_NON, "non"),
            ),
            _MAIRES,
            OUI_NON,
            calculs.selon_double,
        ),
        Moteur(
            "un_tiers",
            "La demande d'une part des maires",
            (Entree("une_part_sur", "Une part sur", defaut=3),),
            (
                Entree("maires", "Tous les maires", defaut=58),
                Entree("demandeurs", "Maires qui demandent"),
                Entree("population", "Habitants de toutes les communes", defaut=1_398_892),
                Entree("population_demandeurs", "Habitants de leurs communes"),
            ),
            OUI_NON,
            calculs.selon_un_tiers,
        ),
    )
}  # fmt: skip
