"""A meeting, folded from its events: its agenda, who is there at each moment, proxies, quorums, votes."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import Introuvable
from domain.ledger.event import Event
from domain.seances import events as e
from domain.seances.regles import DEROULEMENT


class SeanceInconnue(Introuvable):
    fondement = DEROULEMENT


@dataclass
class Seance:
    """What is known of it. `presents` and `pouvoirs` ({mandant: mandataire}) are those of the last moment noted."""

    planifiee: e.SeancePlanifiee | None = None
    prevue_le: datetime | None = None
    points: dict[int, e.PointInscrit] = field(default_factory=dict)
    ordre: list[int] = field(default_factory=list)
    convocation: e.ConvocationEnvoyee | None = None
    ouverte: e.SeanceOuverte | None = None
    levee: bool = False
    annulee: bool = False
    secretaire: str | None = None
    moment: datetime | None = None
    presents: set[str] = field(default_factory=set)
    venus: set[str] = field(default_factory=set)
    excuses: set[str] = field(default_factory=set)
    pouvoirs: dict[str, str] = field(default_factory=dict)
    quorums: list[e.QuorumConstate] = field(default_factory=list)
    urgence_admise: bool | None = None
    appeles: dict[int, datetime] = field(default_factory=dict)
    point: int | None = None
    deports: dict[int, set[str]] = field(default_factory=dict)
    scrutins: dict[int, e.ScrutinDemande] = field(default_factory=dict)
    votes: dict[int, e.VoteCompte] = field(default_factory=dict)
    voix: dict[int, list[e.Voix]] = field(default_factory=dict)
    renvoyes: set[int] = field(default_factory=set)
    pv: str = ""
    faits: list[Event] = field(default_factory=list)
    rectifies: set[int] = field(default_factory=set)

    def retenir(self, event: Event) -> None:
        """Adds what this event says; ignores what is no fact of a meeting. A rectified fact counts no more."""
        if not type(event).TOPIC.startswith("seances/"):
            return
        self.faits.append(event)
        if isinstance(event, e.RectificationEnregistree):
            self._rectifier(event.version)
        else:
            self._appliquer(event)

    def _rectifier(self, version: int) -> None:
        facts, wrong = self.faits, self.rectifies | {version}
        fresh = Seance()
        for rank, fact in enumerate(facts, start=1):
            if rank not in wrong and not isinstance(fact, e.RectificationEnregistree):
                fresh._appliquer(fact)
        self.__dict__.update(fresh.__dict__ | {"faits": facts, "rectifies": wrong})

    def _appliquer(self, event: Event) -> None:
        self._cadre(event)
        self._assistance(event)
        self._votes(event)

    def _cadre(self, event: Event) -> None:
        match event:
            case e.SeancePlanifiee():
                self.planifiee, self.prevue_le = event, event.prevue_le
            case e.PointInscrit():
                self.points[event.rang] = event
                self.ordre.append(event.rang)
            case e.OrdreDuJourReordonne():
                self.ordre = list(event.rangs)
            case e.ConvocationEnvoyee():
                self.convocation = event
            case e.SeanceReportee():
                self.prevue_le, self.convocation = event.au, None
            case e.SeanceAnnulee():
                self.annulee = True
            case e.SeanceOuverte():
                self.ouverte, self.moment = event, event.heure
            case e.SeanceLevee():
                self.levee, self.moment = True, event.heure
            case e.SecretaireElu():
                self.secretaire = event.elu
            case e.UrgenceVotee():
                self.urgence_admise = event.admise
            case e.PvRedige():
                self.pv = "redige"
            case e.PvArrete():
                self.pv = "arrete"
            case e.PvPublie():
                self.pv = "publie"

    def _assistance(self, event: Event) -> None:
        match event:
            case e.PresencesConstatees():
                self.moment = event.heure
                if event.mouvement == "arrivee":
                    self.presents |= set(event.elus)
                    self.venus |= set(event.elus)
                    for elu in event.elus:  # who arrives takes her voice back
                        self.pouvoirs.pop(elu, None)
                else:
                    self.presents -= set(event.elus)
                    self.pouvoirs = {who: by for who, by in self.pouvoirs.items() if by not in event.elus}
            case e.AbsenceExcusee():
                self.excuses.add(event.elu)
            case e.PouvoirDonne():
                self.pouvoirs[event.mandant] = event.mandataire
            case e.PouvoirRevoque():
                self.pouvoirs.pop(event.mandant, None)
            case e.QuorumConstate():
                self.quorums.append(event)

    def _votes(self, event: Event) -> None:
        match event:
            case e.PointAppele():
                self.appeles[event.rang], self.point, self.moment = event.heure, event.rang, event.heure
            case e.DeportDeclare():
                self.deports.setdefault(event.rang, set()).add(event.elu)
            case e.ScrutinDemande():
                self.scrutins[event.rang] = event
            case e.VoixNominatives():
                self.voix.setdefault(event.rang, []).extend(event.voix)
            case e.VoteCompte():
                self.votes[event.rang] = event
            case e.PointRenvoye():
                self.renvoyes.add(event.rang)

    def connue(self) -> e.SeancePlanifiee:
        """Its planning. Raises SeanceInconnue."""
        if self.planifiee is None:
            raise SeanceInconnue("Cette séance n'est pas dans le registre.")
        return self.planifiee

    def votants(self, rang: int) -> tuple[set[str], dict[str, str]]:
        """Who may vote on this item, present and represented: without those who left for it."""
        away = self.deports.get(rang, set())
        here = self.presents - away
        return here, {who: by for who, by in self.pouvoirs.items() if by in here and who not in away}
