"""The rules of erasure, as dated data: why something may go, and on which text that stands."""

from datetime import date

from domain.effacements.events import MotifEffacement
from domain.law import Regle, publish

_RGPD = "règlement (UE) 2016/679 (RGPD)"
_A_CONFIRMER = "Fondement à confirmer par le délégué ou la déléguée à la protection des données."

DEMANDE = publish(
    Regle(
        id="effacement-demande-rgpd",
        titre="La personne demande que l'on efface",
        texte="La personne peut demander que ses mots, son nom et ses coordonnées disparaissent. Le numéro, les "
        "étapes et les réponses restent.",
        source=f"{_RGPD}, article 17",
        du=date(2018, 5, 25),
        note=_A_CONFIRMER,
    )
)
TIERS = publish(
    Regle(
        id="effacement-tiers-rgpd",
        titre="Un texte parle de quelqu'un d'autre",
        texte="Un texte qui permet de reconnaître une autre personne peut être effacé, même si son auteur ne le "
        "demande pas.",
        source=f"{_RGPD}, articles 5 (minimisation) et 17",
        du=date(2018, 5, 25),
        note=_A_CONFIRMER,
    )
)
MODERATION = publish(
    Regle(
        id="effacement-moderation-2026",
        titre="Des mots que la loi interdit",
        texte="Un texte injurieux, haineux ou menaçant est effacé. La raison est montrée, jamais les mots.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)
CONSERVATION = publish(
    Regle(
        id="effacement-conservation-rgpd",
        titre="La durée de conservation est passée",
        texte="Ce qui concerne une personne n'est gardé que le temps utile, puis effacé. Les durées sont à fixer par "
        "la Métropole.",
        source=f"{_RGPD}, article 5 (limitation de la conservation)",
        du=date(2018, 5, 25),
        note=_A_CONFIRMER,
    )
)

BASES: dict[MotifEffacement, Regle] = {
    "demande_de_la_personne": DEMANDE,
    "tiers_nomme": TIERS,
    "moderation": MODERATION,
    "duree_de_conservation": CONSERVATION,
}

DECISION = publish(
    Regle(
        id="effacement-decision-2026",
        titre="Effacer sans casser la preuve",
        texte="La protection des données décide l'effacement de valeurs précises d'un dossier ; il est ensuite "
        "exécuté, une fois. Le registre garde les empreintes, la raison et la date ; plus personne ne peut relire "
        "les valeurs, pas même l'administration.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)
