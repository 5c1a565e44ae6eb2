"""Déposer la candidature : the collège sends to the Métropole the projects that its vote has chosen, and only these."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.budget_participatif.dossier import ActeDeLEdition
from domain.budget_participatif.events import CandidatureDeposee
from domain.budget_participatif.rattacher_scrutin import flux_scrutin
from domain.budget_participatif.regles import CANDIDATURE, EDITION
from domain.budget_participatif.resultat import Resultat
from domain.calendrier import date_longue
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event


class CandidatureDejaDeposee(DejaFait):
    fondement = CANDIDATURE


class CandidaturesCloses(RegleViolee):
    fondement = EDITION
    conseil = "Parlez-en à la Direction de l'éducation."


class ProjetNonElu(RegleViolee):
    fondement = CANDIDATURE
    conseil = "Envoyez les projets que le vote a choisis, et eux seuls."


class ProjetEluOublie(RegleViolee):
    fondement = CANDIDATURE
    conseil = "Ajoutez ce projet, ou abandonnez-le en disant pourquoi."


@dataclass
class DeposerCandidature(ActeDeLEdition):
    """`scrutin` is the dossier's own; `projets` its winners, those abandoned excepted. Their costs are added here."""

    DROIT = "deposer_candidature"
    ETAPES = ("candidatures",)

    scrutin: str
    projets: tuple[str, ...]
    resultat: Resultat = field(default_factory=Resultat, init=False)

    def reads(self) -> list[str]:
        return [*super().reads(), flux_scrutin(self.scrutin)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.resultat.know(event)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.budget.candidature is not None:
            raise CandidatureDejaDeposee("La candidature de ce collège est déjà déposée.")
        elus = self.resultat.elus(self.scrutin, self.budget.scrutin)
        last = self.etat.ouverte(self.le).candidatures_jusqu_au
        if self.le > last:
            raise CandidaturesCloses(f"Les candidatures étaient reçues jusqu'au {date_longue(last)}.")
        projets = self._projets(elus)
        yield CandidatureDeposee(
            survenu_le=self.le,
            regle=CANDIDATURE.id,
            projets=projets,
            montant_cents=sum(self.budget.projet(projet).cout_cents for projet in projets),
            par=par,
        )

    def _projets(self, elus: tuple[str, ...]) -> tuple[str, ...]:
        asked = tuple(dict.fromkeys(self.projets))
        for projet in asked:
            if projet not in elus:
                raise ProjetNonElu(f"Le projet {projet[:8]} n'a pas été choisi par le vote.", field="projets")
            self.budget.projet(projet)
        waiting = [projet for projet in elus if projet not in asked and projet not in self.budget.abandonnes]
        if waiting or not asked:
            titre = self.budget.projets[waiting[0]].titre if waiting else "aucun"
            raise ProjetEluOublie(f"Il manque un projet choisi par le vote : {titre}.", field="projets")
        return tuple(projet for projet in elus if projet in asked)
