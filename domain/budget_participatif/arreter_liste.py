"""Arrêter la liste : what will be voted on, closed; every idea that was shown has its answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.budget_participatif.dossier import ActeSurBudget
from domain.budget_participatif.events import ListeArretee
from domain.budget_participatif.idee import Lecteur, flux_idee
from domain.budget_participatif.regles import FAISABILITE, LISTE
from domain.errors import RegleViolee
from domain.ledger.event import Event

MINIMUM = int(LISTE.parametres["projets_minimum"])


class ListeTropCourte(RegleViolee):
    fondement = LISTE
    conseil = "Ajoutez un projet : voter, c'est choisir."


class IdeesSansReponse(RegleViolee):
    fondement = FAISABILITE
    conseil = "Lisez ces idées, ou demandez leur avis aux services."


@dataclass
class ArreterListe(ActeSurBudget):
    """`idees`: every idea of the dossier that has joined no other one, as lists show them."""

    DROIT = "arreter_liste"

    idees: tuple[str, ...] = ()
    lecteur: Lecteur = field(default_factory=Lecteur, init=False)

    def reads(self) -> list[str]:
        return [*super().reads(), *(flux_idee(idee) for idee in dict.fromkeys(self.idees))]

    def know(self, event: Event) -> None:
        super().know(event)
        self.lecteur.know(event)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.liste_ouverte()
        projets = tuple(projet for projet in self.budget.projets if projet not in self.budget.abandonnes)
        if len(projets) < MINIMUM:
            raise ListeTropCourte(f"La liste a {len(projets)} projet. Il en faut {MINIMUM} au moins.")
        self._repondues()
        yield ListeArretee(survenu_le=self.le, regle=LISTE.id, projets=projets, par=par)

    def _repondues(self) -> None:
        known = self.lecteur.toutes(tuple(dict.fromkeys(self.idees)), self.dossier).items()
        waiting = [
            reference
            for reference, idee in known
            if idee.lecture is None or (idee.montree and idee.regroupement is None and idee.reponse is None)
        ]
        if waiting:
            more = f" et {len(waiting) - 3} autres" if len(waiting) > 3 else ""
            raise IdeesSansReponse(f"Sans réponse : {', '.join(waiting[:3])}{more}.")
