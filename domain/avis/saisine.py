"""A saisine, folded from its events; its rule and its term."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.actes import ActeDeFonction, flux_personne
from domain.avis import events as e
from domain.avis.regles import (
    AVIS_COMMUNAL,
    AVIS_COMMUNAL_MEL,
    CONSEIL_DE_DEVELOPPEMENT,
    CONTRIBUTION_CTM,
    ETAPES_DE_SAISINE,
    SAISINE_ECRITE,
    SAISIR_CTM,
)
from domain.calendrier import mois_apres
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.identifiers import est_reference
from domain.law import Regle
from domain.ledger.event import Event

REGLE_DE: dict[str, Regle] = {
    "avis_ctm": SAISIR_CTM,
    "saisine_ecrite": SAISINE_ECRITE,
    "contribution": CONTRIBUTION_CTM,
    "avis_communal": AVIS_COMMUNAL,
    "conseil_developpement": CONSEIL_DE_DEVELOPPEMENT,
}


class SaisineInconnue(Introuvable):
    fondement = ETAPES_DE_SAISINE


class EtapeManquante(RegleViolee):
    fondement = ETAPES_DE_SAISINE
    conseil = "Faites d'abord l'étape qui manque."


class EtapeDejaFaite(DejaFait):
    fondement = ETAPES_DE_SAISINE


def terme_de(regle: Regle, depart: date) -> date | None:
    """Last day of the delay that this rule gives, or None where the text gives none."""
    if "mois" in regle.parametres:
        return mois_apres(depart, int(regle.parametres["mois"]))
    if "engagement_jours" in regle.parametres:
        return depart + timedelta(days=int(regle.parametres["engagement_jours"]))
    return None


def regle_de(procedure: str, mutualisation: bool) -> Regle:
    """The rule of a procedure. Silence counts under one only: a mutualisation scheme outside Lyon."""
    return AVIS_COMMUNAL_MEL if procedure == "avis_communal" and mutualisation else REGLE_DE[procedure]


@dataclass
class Saisine:
    """What is known of it."""

    deposee: e.SaisineDeposee | None = None
    terme: date | None = None
    avis: e.AvisRendu | None = None
    recu_en_prefecture: bool = False
    repute: bool = False
    transmis: bool = False
    presentateur: str | None = None
    presente: bool = False
    suites: dict[int, e.ReserveSuivie] = field(default_factory=dict)
    suite: bool = False
    accuse: bool = False
    service: str | None = None
    reponse: bool = False
    reponse_transmise: bool = False
    contribution: bool = False
    demande: str | None = None
    acceptee: bool | None = None
    finie: str = ""

    def retenir(self, event: Event) -> None:
        """Adds what this event says."""
        match event:
            case e.SaisineDeposee():
                self.deposee, self.terme = event, event.terme
            case e.EcheanceProrogee():
                self.terme = event.terme
            case e.AvisRendu():
                self.avis = event
            case e.AvisRecuEnPrefecture():
                self.recu_en_prefecture = True
            case e.AvisReputeFavorable():
                self.repute = True
            case e.AvisTransmis():
                self.transmis = True
            case e.PresentateurDesigne():
                self.presentateur = event.elu
            case e.AvisPresente():
                self.presente = True
            case e.ReserveSuivie():
                self.suites[event.rang] = event
            case e.SuiteDonneeALAvis():
                self.suite = True
            case e.SaisineRetiree():
                self.finie = "retirée"
            case e.SaisineClose():
                self.finie = "close"
            case _:
                self._reponses(event)

    def _reponses(self, event: Event) -> None:
        match event:
            case e.AccuseReceptionEmis():
                self.accuse = True
            case e.ServiceDesigne():
                self.service = event.service
            case e.ReponseSignee():
                self.reponse = True
            case e.ReponseTransmise():
                self.reponse_transmise = True
            case e.ContributionAdoptee():
                self.contribution = True
            case e.PresentationDemandee():
                self.demande = event.elu
            case e.PresentationDecidee():
                self.acceptee = event.acceptee

    def ouverte(self) -> e.SaisineDeposee:
        """Its filing. Raises SaisineInconnue, EtapeDejaFaite once it is over."""
        if self.deposee is None:
            raise SaisineInconnue("Cette saisine n'est pas dans le registre.")
        if self.finie:
            raise EtapeDejaFaite(f"Cette saisine est {self.finie}.")
        return self.deposee

    @property
    def rendu(self) -> bool:
        """An avis is there, express or deemed."""
        return self.avis is not None or self.repute


def flux_saisine(reference: str) -> str:
    """The stream of a saisine. Raises SaisineInconnue on what is no reference."""
    if not est_reference(reference) or not reference.startswith("AV-"):
        raise SaisineInconnue("Cette saisine n'est pas dans le registre.")
    return f"saisines/{reference}"


@dataclass
class ActeSurSaisine(ActeDeFonction):
    """An act on one saisine; `le_fait` is its legal day. `A_LA_PLACE` says which side acts: `a` (asked), `de`, or
    `auteur`, who writes a contribution: the conférence that asks, or the Conseil de développement that is asked.
    """

    A_LA_PLACE = ""

    reference_saisine: str
    le_fait: date
    saisine: Saisine = field(default_factory=Saisine, init=False)

    def reads(self) -> list[str]:
        return [flux_saisine(self.reference_saisine), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.saisine.retenir(event)

    def agit(self) -> tuple[str, e.SaisineDeposee]:
        """The function that acts, in the body whose turn it is, and the filing."""
        filed = self.saisine.ouverte()
        author = filed.a if filed.procedure == "conseil_developpement" else filed.de
        place = {"a": filed.a, "de": filed.de, "auteur": author}.get(self.A_LA_PLACE)
        par = self.par(place)
        if self.le_fait > self.le:
            raise EtapeManquante("Cette date n'est pas encore passée.", field="le_fait")
        return par, filed
