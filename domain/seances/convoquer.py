"""Convoquer, reporter ou annuler une séance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import DejaFait, RegleViolee
from domain.law import Regle
from domain.ledger.event import Event
from domain.seances.actes import ActeSurSeance, SeanceFinie, moment_possible
from domain.seances.delais import delai_suffisant, jours_avant
from domain.seances.events import ConvocationEnvoyee, SeanceAnnulee, SeanceReportee
from domain.seances.regles import CONVOCATION, DEROULEMENT
from domain.texte import ligne, ligne_ou_rien


class DelaiTropCourt(RegleViolee):
    fondement = CONVOCATION
    conseil = "Convoquez plus tôt, choisissez une autre date, ou demandez l'urgence en disant pourquoi."


class DejaConvoquee(DejaFait):
    fondement = CONVOCATION


class OrdreDuJourVide(RegleViolee):
    fondement = CONVOCATION
    conseil = "Inscrivez d'abord un point à l'ordre du jour."


@dataclass
class Convoquer(ActeSurSeance):
    """`envoyee_le` is the legal day of the sending. An urgent one says why; the body will vote on it."""

    DROIT = "convoquer"
    REGLE = "convocation"

    envoyee_le: date
    urgence: bool = False
    motif: str | None = None
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.ouverte is not None:
            raise SeanceFinie("La séance est déjà ouverte.")
        if self.seance.convocation is not None:
            raise DejaConvoquee("Cette séance est déjà convoquée.")
        if not self.seance.points:
            raise OrdreDuJourVide("L'ordre du jour est vide.")
        if self.envoyee_le > self.jour or self.envoyee_le.year < 2000:
            raise DelaiTropCourt("La convocation part avant la séance.", field="envoyee_le")
        # The delay is the Council's; a conférence has none in its text.
        rule = self._delai_exige()
        if rule and not delai_suffisant(self.envoyee_le, self.jour, self.urgence, rule):
            days = jours_avant(self.envoyee_le, self.jour)
            raise DelaiTropCourt(f"Il y a {days} jours entre l'envoi et la séance.", field="envoyee_le")
        motif = ligne(self.motif, "motif", "La raison de l'urgence") if self.urgence else ligne_ou_rien(
            self.motif, "motif", "La raison"
        )  # fmt: skip
        yield ConvocationEnvoyee(
            survenu_le=self.envoyee_le,
            regle=(rule or CONVOCATION).id,
            jours=jours_avant(self.envoyee_le, self.jour),
            urgence=self.urgence,
            motif=motif,
            source=self.source or None,
            par=par,
        )

    def _delai_exige(self) -> Regle | None:
        """The rule of this body's delay, None where there is none."""
        assert self.inscrite is not None
        if self.seance.connue().suite_de is not None:  # by right, three days later (L3121-14)
            return None
        return self.en_vigueur() or (CONVOCATION if self.inscrite.type == "conseil" else None)


@dataclass
class ReporterSeance(ActeSurSeance):
    """Another date; the convening is to be sent again."""

    DROIT = "convoquer"

    au: datetime
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.ouverte is not None:
            raise SeanceFinie("La séance est déjà ouverte.")
        motif, au = ligne(self.motif, "motif", "La raison"), moment_possible(self.au, "au")
        yield SeanceReportee(survenu_le=self.le, regle=DEROULEMENT.id, au=au, motif=motif, par=par)


@dataclass
class AnnulerSeance(ActeSurSeance):
    """It will not be held, and why."""

    DROIT = "convoquer"

    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.ouverte is not None:
            raise SeanceFinie("La séance est déjà ouverte.")
        motif = ligne(self.motif, "motif", "La raison")
        yield SeanceAnnulee(survenu_le=self.le, regle=DEROULEMENT.id, motif=motif, par=par)
