"""The rules of the functions, as dated data."""

from datetime import date

from domain.law import Regle, publish

FONCTIONS_CONFIEES = publish(
    Regle(
        id="fonctions-confiees-2026",
        titre="Confier et retirer une fonction",
        texte="L'administration du registre confie et retire les fonctions, avec leurs dates ; personne ne s'en confie "
        "à soi-même. La première est inscrite par l'installation du registre. L'animation se tient dans une "
        "instance ; les autres fonctions, dans tout le registre.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)
