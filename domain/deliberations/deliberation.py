"""A deliberation, folded from its events; and what is derived: when it is executory, until when it can be contested."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.actes import ActeDeFonction, flux_personne
from domain.calendrier import jour, mois_apres, prochain_jour_ouvre
from domain.deliberations import events as e
from domain.deliberations.regles import ETAPES_DE_DELIBERATION, NUMERO_DE_DELIBERATION
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.identifiers import est_numero
from domain.ledger.event import Event


class DeliberationInconnue(Introuvable):
    fondement = NUMERO_DE_DELIBERATION


class EtapeManquante(RegleViolee):
    fondement = ETAPES_DE_DELIBERATION
    conseil = "Faites d'abord l'étape qui manque, avec sa date légale."


class EtapeDejaFaite(DejaFait):
    fondement = ETAPES_DE_DELIBERATION


class DateImpossible(RegleViolee):
    fondement = ETAPES_DE_DELIBERATION
    conseil = "Vérifiez la date légale : elle ne vient pas avant l'étape d'avant, ni après aujourd'hui."


def flux_deliberation(numero: str, champ: str = "numero") -> str:
    """The stream of a deliberation. Raises DeliberationInconnue on what is no number."""
    if not est_numero(numero):
        raise DeliberationInconnue("Ce numéro n'est pas celui d'une délibération.", field=champ)
    return f"deliberations/{numero}"


def executoire_le(recue: date | None, publiee: date | None) -> date | None:
    """The day it becomes executory, or None (L3131-1)."""
    return max(recue, publiee) if recue and publiee else None


def contestable_jusqu_au(depart: date) -> date:
    """Last day of two clear months; moved on to the next working day."""
    return prochain_jour_ouvre(mois_apres(depart, 2) + timedelta(days=1))


@dataclass
class Deliberation:
    """What is known of it, with the legal day of each step."""

    projet: e.ProjetDepose | None = None
    votee: e.DeliberationVotee | None = None
    inscrite: e.InscriteALaSeance | None = None
    transmise: e.ActeTransmis | None = None
    retiree: bool = False
    recours: bool = False
    dates: dict[str, date] = field(default_factory=dict)

    def retenir(self, event: Event) -> None:
        """Adds what this event says; ignores what is no fact of a deliberation."""
        if not type(event).TOPIC.startswith("deliberations/"):
            return
        name = type(event).__name__
        if event.survenu_le is not None:
            self.dates.setdefault(name, jour(event.survenu_le))
        match event:
            case e.ProjetDepose():
                self.projet = event
            case e.InscriteALaSeance():
                self.inscrite = event
            case e.DeliberationVotee():
                self.votee = event
                if event.issue == "ajournee":  # it may come back to another meeting
                    self.dates.pop(name, None)
            case e.ActeTransmis():
                self.transmise = event
            case e.RecoursForme():
                self.recours = True
            case e.RecoursJuge():
                self.recours = False
            case e.DeliberationRetiree():
                self.retiree = True

    def connue(self) -> e.ProjetDepose:
        """Its draft. Raises DeliberationInconnue, EtapeDejaFaite when it was withdrawn."""
        if self.projet is None:
            raise DeliberationInconnue("Cette délibération n'est pas dans le registre.")
        if self.retiree:
            raise EtapeDejaFaite("Cette délibération est retirée.")
        return self.projet

    @property
    def executoire(self) -> date | None:
        """The day it becomes executory."""
        return executoire_le(self.dates.get("ActeRecu"), self.dates.get("ActePublie"))


@dataclass
class ActeSurDeliberation(ActeDeFonction):
    """An act on one deliberation; `le_fait` is its legal day."""

    numero: str
    instance: str
    le_fait: date
    deliberation: Deliberation = field(default_factory=Deliberation, init=False)

    def reads(self) -> list[str]:
        return [flux_deliberation(self.numero), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.deliberation.retenir(event)

    def agit(self, *avant: str) -> str:
        """The function that acts for this body; the steps named must be done, and not after this day."""
        par = self.par(self.instance)
        if self.deliberation.connue().instance != self.instance:
            raise DeliberationInconnue("Cette délibération est celle d'une autre instance.")
        if self.le_fait > self.le:
            raise DateImpossible("Cette date n'est pas encore passée.", field="le_fait")
        for step in avant:
            done = self.deliberation.dates.get(step)
            if done is None:
                raise EtapeManquante(f"Il manque une étape : {ETAPES[step]}.")
            if self.le_fait < done:
                raise DateImpossible(f"Cette date vient avant une étape déjà faite : {ETAPES[step]}.", field="le_fait")
        return par

    def une_fois(self, fait: str) -> None:
        """Raises EtapeDejaFaite when this step is done."""
        if fait in self.deliberation.dates:
            raise EtapeDejaFaite(f"Cette étape est déjà faite : {ETAPES[fait]}.")

    def adoptee(self) -> None:
        """Raises EtapeManquante unless the body adopted it."""
        if self.deliberation.votee is None or self.deliberation.votee.issue != "adoptee":
            raise EtapeManquante("Cette délibération n'est pas adoptée.")


ETAPES = {
    "ProjetDepose": "le dépôt du projet",
    "CommissionConsultee": "l'avis de la commission",
    "RapportAdresse": "l'envoi du rapport",
    "InscriteALaSeance": "l'inscription à une séance",
    "DeliberationVotee": "le vote",
    "ActeSigne": "la signature",
    "ActeTransmis": "la transmission au préfet",
    "ActeRecu": "la réception par le préfet",
    "ActePublie": "la publication",
}
