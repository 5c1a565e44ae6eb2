"""Consulter la commission, adresser le rapport, inscrire à une séance : what comes before the vote."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.deliberations.deliberation import ActeSurDeliberation, EtapeManquante
from domain.deliberations.events import CommissionConsultee, InscriteALaSeance, RapportAdresse
from domain.deliberations.regles import ETAPES_DE_DELIBERATION
from domain.identifiers import est_reference
from domain.ledger.event import Event
from domain.seances.events import PointInscrit, SeancePlanifiee
from domain.texte import ligne, ligne_ou_rien


@dataclass
class ConsulterCommission(ActeSurDeliberation):
    """`sens` where the text says it (« avis favorable »)."""

    DROIT = "preparer_deliberation"

    commission: str
    sens: str | None = None
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit("ProjetDepose")
        self.une_fois("DeliberationVotee")
        yield CommissionConsultee(
            survenu_le=self.le_fait,
            regle=ETAPES_DE_DELIBERATION.id,
            commission=ligne(self.commission, "commission", "La commission"),
            sens=ligne_ou_rien(self.sens, "sens", "Le sens de l'avis"),
            source=self.source or None,
            par=par,
        )


@dataclass
class AdresserRapport(ActeSurDeliberation):
    """The report is sent to the members."""

    DROIT = "preparer_deliberation"

    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit("ProjetDepose")
        self.une_fois("RapportAdresse")
        yield RapportAdresse(
            survenu_le=self.le_fait, regle=ETAPES_DE_DELIBERATION.id, source=self.source or None, par=par
        )


@dataclass
class InscrireALaSeance(ActeSurDeliberation):
    """The item of that rank in `seance` must be this draft's."""

    DROIT = "preparer_deliberation"

    seance: str
    rang: int
    points: dict[int, str | None] = field(default_factory=dict, init=False)
    corps: str = field(default="", init=False)

    def reads(self) -> list[str]:
        if not est_reference(self.seance) or not self.seance.startswith("SEA-"):
            raise EtapeManquante("Cette séance n'est pas dans le registre.", field="seance")
        return [*super().reads(), f"seances/{self.seance}"]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case SeancePlanifiee():
                self.corps = event.instance
            case PointInscrit():
                self.points[event.rang] = event.dossier

    def decide(self) -> Iterable[Event]:
        par = self.agit("ProjetDepose")
        self.une_fois("DeliberationVotee")
        if self.corps != self.instance or self.points.get(self.rang) != self.numero:
            raise EtapeManquante("Ce point de l'ordre du jour n'est pas cette délibération.", field="rang")
        yield InscriteALaSeance(
            survenu_le=self.le_fait, regle=ETAPES_DE_DELIBERATION.id, seance=self.seance, rang=self.rang, par=par
        )
