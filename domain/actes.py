"""Acts done in the name of a function: the command stands on the stream of the person who acts."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from domain.calendrier import date_longue
from domain.choix import verifie_choix
from domain.droits import FONCTIONS, Titre, donnant, retenir
from domain.errors import AccesRefuse
from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.law import Regle, publish
from domain.ledger.command import Command
from domain.ledger.event import Event

FONCTION_EN_COURS = publish(
    Regle(
        id="fonction-en-cours-2026",
        titre="Agir au titre d'une fonction",
        texte="Un acte de l'équipe est fait au titre d'une fonction confiée dans ce registre, et en cours le jour de "
        "l'acte. Le registre montre la fonction, jamais le nom.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)

_PERSONNE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class FonctionManquante(AccesRefuse):
    fondement = FONCTION_EN_COURS


class FonctionTerminee(FonctionManquante):
    conseil = "Si votre mission continue, demandez à l'administration du registre de la confier à nouveau."


class FonctionPasEncoreCommencee(FonctionManquante):
    conseil = "Attendez la date de début, ou demandez à une personne dont la fonction est en cours."


def flux_personne(personne: str) -> str:
    """Stream of a person, whose identifier is a uuid. Raises FonctionManquante on anything else."""
    if not _PERSONNE.fullmatch(personne):
        raise FonctionManquante("Nous ne savons pas qui agit : identifiez-vous.")
    return f"personnes/{personne}"


@dataclass
class ActeDeFonction(Command):
    """An act of the office. `acteur` is the uuid of who acts, `le` the day of the act in Paris, DROIT its name."""

    DROIT: ClassVar[str]

    acteur: str
    le: date
    titres: list[Titre] = field(default_factory=list, init=False)

    def know(self, event: Event) -> None:
        if isinstance(event, FonctionConfiee | FonctionRetiree) and event.personne == self.acteur:
            retenir(self.titres, event)

    def par(self, instance: str | None = None) -> str:
        """The function in force by which the actor may act there, as events write it.

        Raises FonctionManquante, and ChoixInconnu on a field out of its list.
        """
        verifie_choix(self)
        found = donnant(self.titres, self.DROIT, instance)
        for titre in found:
            if titre.en_cours(self.le):
                return titre.id
        if ended := [titre.au for titre in found if titre.au is not None and titre.au < self.le]:
            raise FonctionTerminee(f"Votre fonction s'est terminée le {date_longue(max(ended))}.")
        if found:
            begins = min(titre.du for titre in found)
            raise FonctionPasEncoreCommencee(f"Votre fonction commence le {date_longue(begins)}.")
        names = [fonction.nom for fonction in FONCTIONS.values() if self.DROIT in fonction.droits]
        raise FonctionManquante(f"Cet acte demande une autre fonction : {' ou '.join(names)}.")
