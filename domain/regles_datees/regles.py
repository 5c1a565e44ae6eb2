"""The rules about rule-sets."""

from datetime import date

from domain.errors import Introuvable
from domain.law import Regle, publish

JEUX_DE_REGLES = publish(
    Regle(
        id="jeux-de-regles-2026",
        titre="Publier une règle",
        texte="Une règle est une donnée datée : un texte, sa source, ses paramètres, des exemples. Une personne la "
        "propose. Une autre la publie, au titre d'une autre fonction. Les exemples sont calculés avant. Un seul "
        "exemple faux, et rien n'est publié. Une séance applique la règle de son jour, et la nomme.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)

DEUX_PERSONNES_REGLES = publish(
    Regle(
        id="publier-une-regle-a-deux-2026",
        titre="Publier à deux",
        texte="Qui publie une règle ne tenait pas, le jour de la proposition, la fonction qui l'a proposée. Chacun "
        "peut le vérifier sans qu'aucun nom soit écrit.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)

VALIDITE = publish(
    Regle(
        id="validite-des-regles-2026",
        titre="Une règle à la fois",
        texte="Pour une sorte d'instance, une seule règle publiée vaut un jour donné. Fermer une validité ne vaut "
        "jamais pour un jour déjà passé.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)


class JeuInconnu(Introuvable):
    fondement = JEUX_DE_REGLES
    conseil = "Vérifiez le nom de la règle dans le livre des règles."
