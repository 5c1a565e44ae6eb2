"""What the commands know of a collège's dossier in one edition, and how to act on one."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from domain.actes import ActeDeFonction, flux_personne
from domain.budget_participatif import events as faits
from domain.budget_participatif.edition import Edition, flux_edition
from domain.budget_participatif.regles import CANDIDATURE, COLLEGE, LISTE, REALISATION
from domain.calendrier import jour
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.identifiers import est_reference
from domain.ledger.event import Event

SERIE = "BPC"


class DossierIntrouvable(Introuvable):
    fondement = COLLEGE


class DateAvantLeDossier(RegleViolee):
    fondement = COLLEGE
    conseil = "Vérifiez la date."


class EtapePrecedente(RegleViolee):
    fondement = COLLEGE
    conseil = "Finissez d'abord l'étape d'avant."


class ListeDejaArretee(DejaFait):
    fondement = LISTE
    conseil = "Une liste arrêtée ne change plus."


class AutreEdition(RegleViolee):
    fondement = CANDIDATURE
    conseil = "Rechargez la page du dossier."


class ProjetInconnu(Introuvable):
    fondement = LISTE
    conseil = "Choisissez un projet du dossier."


class ProjetDejaAbandonne(DejaFait):
    fondement = REALISATION


def flux_budget(dossier: str) -> str:
    """Stream of a collège's dossier. Raises DossierIntrouvable on what is not its number."""
    if not est_reference(dossier) or not dossier.startswith(f"{SERIE}-"):
        raise DossierIntrouvable("Ce dossier n'existe pas.", field="dossier")
    return f"budgets/{dossier}"


@dataclass
class Budget:
    """What the stream of a dossier says. Projects are named `p1`, `p2`…"""

    intention: faits.IntentionDeposee | None = None
    depose_le: date = date.min
    idees_jusqu_au: date | None = None
    idees_closes: bool = False
    projets: dict[str, faits.ProjetArrete] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    liste: tuple[str, ...] = ()
    scrutin: str | None = None
    candidature: faits.CandidatureDeposee | None = None
    examens: dict[str, faits.InstructionRendue] = field(default_factory=dict)
    jury: dict[str, faits.JuryDelibere] = field(default_factory=dict)
    allocations: list[faits.AllocationVotee] = field(default_factory=list)
    commandes: set[str] = field(default_factory=set)
    realises: set[str] = field(default_factory=set)
    inaugures: set[str] = field(default_factory=set)
    abandonnes: set[str] = field(default_factory=set)

    def know(self, event: Event) -> None:
        match event:
            case faits.IntentionDeposee():
                self.intention = event
                self.depose_le = jour(event.survenu_le) if event.survenu_le else date.min
            case faits.IdeesOuvertes():
                self.idees_jusqu_au = event.jusqu_au
            case faits.IdeesCloses():
                self.idees_closes = True
            case faits.ProjetArrete():
                self.projets[event.projet] = event
            case faits.ProjetIllustre():
                self.images[event.projet] = event.image
            case faits.ListeArretee():
                self.liste = event.projets
            case faits.ScrutinRattache():
                self.scrutin = event.scrutin
            case faits.CandidatureDeposee():
                self.candidature = event
            case _:
                self._know_afterwards(event)

    def _know_afterwards(self, event: Event) -> None:
        match event:
            case faits.InstructionRendue():
                self.examens[event.projet] = event
            case faits.JuryDelibere():
                self.jury[event.projet] = event
            case faits.AllocationVotee():
                self.allocations.append(event)
            case faits.TravauxCommandes():
                self.commandes.add(event.projet)
            case faits.RealisationConstatee():
                self.realises.add(event.projet)
                if event.photo is not None:
                    self.photos[event.projet] = event.photo
            case faits.ImageRetiree():
                for shown in (self.images, self.photos):
                    if shown.get(event.projet) == event.image:
                        del shown[event.projet]
            case faits.ProjetInaugure():
                self.inaugures.add(event.projet)
            case faits.ProjetAbandonne():
                self.abandonnes.add(event.projet)

    @property
    def finances(self) -> set[str]:
        """The projects that a deliberation pays."""
        return {projet for allocation in self.allocations for projet in allocation.projets}

    @property
    def alloue_cents(self) -> int:
        """What deliberations have given so far."""
        return sum(allocation.montant_cents for allocation in self.allocations)

    def connu(self, le: date) -> faits.IntentionDeposee:
        """Its first fact. Raises DossierIntrouvable, DateAvantLeDossier."""
        if self.intention is None:
            raise DossierIntrouvable("Ce dossier n'est pas dans le registre.", field="dossier")
        if le < self.depose_le:
            raise DateAvantLeDossier("Cette date vient avant l'intention du collège.", field="le")
        return self.intention

    def liste_ouverte(self) -> None:
        """Raises ListeDejaArretee once the list is closed."""
        if self.liste:
            raise ListeDejaArretee("La liste de ce collège est déjà arrêtée.")

    def projet(self, projet: str) -> faits.ProjetArrete:
        """The project, not abandoned. Raises ProjetInconnu, ProjetDejaAbandonne."""
        if projet not in self.projets:
            raise ProjetInconnu("Ce projet n'est pas dans ce dossier.", field="projet")
        if projet in self.abandonnes:
            raise ProjetDejaAbandonne("Ce projet est abandonné.", field="projet")
        return self.projets[projet]

    def candidat(self, projet: str) -> faits.ProjetArrete:
        """A project of the application, not abandoned. Raises EtapePrecedente too."""
        found = self.projet(projet)
        if self.candidature is None or projet not in self.candidature.projets:
            raise EtapePrecedente("Ce projet n'est pas candidat.", field="projet")
        return found


@dataclass
class ActeSurBudget(ActeDeFonction):
    """An act on the collège's dossier of this number."""

    dossier: str
    budget: Budget = field(default_factory=Budget, init=False)

    def reads(self) -> list[str]:
        return [flux_budget(self.dossier), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.budget.know(event)

    def agit(self) -> str:
        """The function that acts, on a dossier that exists that day."""
        intention = self.budget.intention
        if intention is None:
            raise DossierIntrouvable("Ce dossier n'est pas dans le registre.", field="dossier")
        par = self.par(intention.college)
        self.budget.connu(self.le)
        return par


@dataclass
class ActeDeLEdition(ActeSurBudget):
    """An act that its edition allows at some steps only (ETAPES). `edition` is the dossier's own."""

    ETAPES: ClassVar[tuple[str, ...]]

    edition: str
    etat: Edition = field(default_factory=Edition, init=False)

    def reads(self) -> list[str]:
        return [*super().reads(), flux_edition(self.edition)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.etat.know(event)

    def agit(self) -> str:
        par = super().agit()
        if self.budget.connu(self.le).edition != self.edition:
            raise AutreEdition("Ce dossier est d'une autre édition.", field="edition")
        self.etat.ouverte(self.le)
        self.etat.exige(*self.ETAPES)
        return par
