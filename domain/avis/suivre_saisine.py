"""Proroger, relancer, transmettre, présenter, suivre chaque réserve, clore : what surrounds an avis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.avis.events import (
    AvisPresente,
    AvisTransmis,
    EcheanceProrogee,
    PresentateurDesigne,
    RelanceEnvoyee,
    ReserveSuivie,
    SaisineClose,
    SaisineRetiree,
    SuiteDonneeALAvis,
    SuiteReserve,
)
from domain.avis.regles import ETAPES_DE_SAISINE, SAISIR_CTM, SUITE_DES_RESERVES
from domain.avis.saisine import ActeSurSaisine, EtapeDejaFaite, EtapeManquante
from domain.choix import verifie_choix
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.texte import SIGNES_MOTIF, ligne, propre


class ReserveInconnue(RegleViolee):
    fondement = SUITE_DES_RESERVES
    conseil = "Donnez le rang d'une réserve de cet avis, à partir de 1."


class SuitesManquantes(RegleViolee):
    fondement = SUITE_DES_RESERVES
    conseil = "Dites ce que chaque réserve est devenue, et pourquoi."


@dataclass
class ProrogerEcheance(ActeSurSaisine):
    """A later term, and why; only where there is one."""

    DROIT = "suivre_saisine"

    terme: date
    motif: str

    def decide(self) -> Iterable[Event]:
        par, filed = self.agit()
        if self.saisine.terme is None or self.saisine.rendu or self.terme <= self.saisine.terme:
            raise EtapeManquante("Cette échéance ne se proroge pas ainsi.", field="terme")
        motif = ligne(self.motif, "motif", "La raison")
        yield EcheanceProrogee(survenu_le=self.le_fait, regle=filed.regle, terme=self.terme, motif=motif, par=par)


@dataclass
class Relancer(ActeSurSaisine):
    """The body is reminded."""

    DROIT = "suivre_saisine"

    def decide(self) -> Iterable[Event]:
        par, filed = self.agit()
        if self.saisine.rendu or self.saisine.reponse or self.saisine.contribution:
            raise EtapeDejaFaite("L'avis, la réponse ou la contribution est déjà là.")
        yield RelanceEnvoyee(survenu_le=self.le_fait, regle=filed.regle, par=par)


@dataclass
class TransmettreAvis(ActeSurSaisine):
    """Sent to whom asked."""

    DROIT = "suivre_saisine"

    def decide(self) -> Iterable[Event]:
        par, filed = self.agit()
        if not self.saisine.rendu and not self.saisine.contribution:
            raise EtapeManquante("L'avis n'est pas rendu.")
        if self.saisine.transmis:
            raise EtapeDejaFaite("L'avis est déjà transmis.")
        yield AvisTransmis(survenu_le=self.le_fait, regle=filed.regle, par=par)


@dataclass
class DesignerPresentateur(ActeSurSaisine):
    """Who presents the avis at the Council."""

    DROIT = "rendre_avis"
    A_LA_PLACE = "a"

    elu: str

    def decide(self) -> Iterable[Event]:
        par, _ = self.agit()
        if not self.saisine.rendu:
            raise EtapeManquante("L'avis n'est pas rendu.")
        if self.saisine.presente:
            raise EtapeDejaFaite("L'avis est déjà présenté.")
        elu = ligne(self.elu, "elu", "Qui présente")
        yield PresentateurDesigne(survenu_le=self.le_fait, regle=SAISIR_CTM.id, elu=elu, par=par)


@dataclass
class PresenterAvis(ActeSurSaisine):
    """Presented at a meeting of the Council."""

    DROIT = "suivre_saisine"

    seance: str | None = None
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par, filed = self.agit()
        s = self.saisine
        if not (s.rendu or s.contribution) or (filed.procedure == "avis_ctm" and not s.presentateur):
            raise EtapeManquante("L'avis n'est pas rendu, ou personne n'est désigné pour le présenter.")
        if filed.procedure == "contribution" and not s.acceptee:
            raise EtapeManquante("La présidence n'a pas accepté la présentation de cette contribution.")
        if s.presente:
            raise EtapeDejaFaite("L'avis est déjà présenté.")
        yield AvisPresente(
            survenu_le=self.le_fait,
            regle=SAISIR_CTM.id if filed.procedure == "avis_ctm" else filed.regle,
            seance=self.seance or None,
            source=self.source or None,
            par=par,
        )


@dataclass
class SuivreReserve(ActeSurSaisine):
    """What became of the reservation of this rank. The last word holds."""

    DROIT = "suivre_reserve"

    rang: int
    suite: SuiteReserve
    motif: str
    deliberation: str | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par, _ = self.agit()
        avis = self.saisine.avis
        if avis is None or not 1 <= self.rang <= len(avis.reserves):
            raise ReserveInconnue("Cet avis n'a pas cette réserve.", field="rang")
        yield ReserveSuivie(
            survenu_le=self.le_fait,
            regle=SUITE_DES_RESERVES.id,
            rang=self.rang,
            suite=self.suite,
            motif=propre(self.motif, SIGNES_MOTIF, "motif", "La raison"),
            deliberation=self.deliberation or None,
            par=par,
        )


@dataclass
class DonnerSuiteALAvis(ActeSurSaisine):
    """What was done with it as a whole."""

    DROIT = "suivre_reserve"

    suite: SuiteReserve
    motif: str

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par, _ = self.agit()
        if not self.saisine.rendu and not self.saisine.contribution:
            raise EtapeManquante("Il n'y a encore ni avis ni contribution.")
        motif = propre(self.motif, SIGNES_MOTIF, "motif", "La raison")
        yield SuiteDonneeALAvis(
            survenu_le=self.le_fait, regle=SUITE_DES_RESERVES.id, suite=self.suite, motif=motif, par=par
        )


@dataclass
class RetirerSaisine(ActeSurSaisine):
    """Withdrawn by who asked."""

    DROIT = "deposer_saisine"
    A_LA_PLACE = "de"

    motif: str

    def decide(self) -> Iterable[Event]:
        par, _ = self.agit()
        if self.saisine.rendu:
            raise EtapeDejaFaite("L'avis est déjà rendu.")
        motif = ligne(self.motif, "motif", "La raison")
        yield SaisineRetiree(survenu_le=self.le_fait, regle=ETAPES_DE_SAISINE.id, motif=motif, par=par)


@dataclass
class CloreSaisine(ActeSurSaisine):
    """Nothing more is awaited."""

    DROIT = "suivre_saisine"

    def decide(self) -> Iterable[Event]:
        par, filed = self.agit()
        s = self.saisine
        if filed.procedure == "saisine_ecrite":
            if not s.reponse_transmise:
                raise EtapeManquante("La réponse n'est pas encore transmise aux maires.")
        elif not s.suite and not s.repute and not self._reserves_suivies():
            raise SuitesManquantes("Une suite manque : celle de l'avis, ou celle d'une réserve.")
        yield SaisineClose(survenu_le=self.le_fait, regle=SUITE_DES_RESERVES.id, par=par)

    def _reserves_suivies(self) -> bool:
        avis = self.saisine.avis
        return avis is not None and bool(avis.reserves) and len(self.saisine.suites) >= len(avis.reserves)
