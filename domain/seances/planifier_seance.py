"""Planifier une séance : a date, a place, on whose initiative; or the one that follows a lack of quorum."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.actes import ActeDeFonction, flux_personne
from domain.calendrier import jour
from domain.choix import verifie_choix
from domain.composition import Composition, flux_assemblee
from domain.errors import RegleViolee
from domain.identifiers import suite_annuelle
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.majorites.regles import QUORUM_CONSEIL
from domain.seances.actes import PasEnExercice, flux_seance, moment_possible
from domain.seances.delais import moitie
from domain.seances.events import Origine, SeancePlanifiee
from domain.seances.regles import DEROULEMENT, INITIATIVE_CTM
from domain.seances.seance import Seance, SeanceInconnue
from domain.texte import ligne


class DemandeInsuffisante(RegleViolee):
    fondement = INITIATIVE_CTM
    conseil = "Il faut la moitié des membres, ou l'initiative de la présidence."


class SecondeReunion(RegleViolee):
    fondement = QUORUM_CONSEIL
    conseil = "La seconde réunion suit une séance sans quorum, trois jours plus tard, avec le même ordre du jour."


class Associees(RegleViolee):
    fondement = INITIATIVE_CTM
    conseil = "Seules des conférences territoriales se réunissent à plusieurs : choisissez-les parmi les autres."


@dataclass
class PlanifierSeance(ActeDeFonction):
    """`prevue_le` with its offset. `demandeurs` are members, where they ask; `suite_de` the meeting without quorum;
    `associees` the other conferences of an inter-CTM meeting (A:226).
    """

    DROIT = "planifier_seance"

    instance: str
    prevue_le: datetime
    lieu: str
    publique: bool
    a_l_initiative_de: Origine = "presidence"
    demandeurs: tuple[str, ...] = ()
    suite_de: str | None = None
    associees: tuple[str, ...] = ()
    source: str | None = None
    composition: Composition = field(default_factory=Composition, init=False)
    precedente: Seance = field(default_factory=Seance, init=False)
    inscrites: dict[str, InstanceInscrite] = field(default_factory=dict, init=False)

    def series(self) -> str:
        year = self.prevue_le.year if isinstance(self.prevue_le, datetime) else self.le.year
        return suite_annuelle("SEA", year if 2000 <= year <= 2099 else self.le.year)

    def reads(self) -> list[str]:
        first = [f"seances/{self.reference}", flux_personne(self.acteur)]
        bodies = dict.fromkeys((self.instance, *self.associees))
        body = [flux_assemblee(self.instance), *(f"instances/{slug}" for slug in bodies)]
        return [*first, *body, *([flux_seance(self.suite_de)] if self.suite_de else [])]

    def know(self, event: Event) -> None:
        super().know(event)
        self.composition.retenir(event)
        self.precedente.retenir(event)
        if isinstance(event, InstanceInscrite):
            self.inscrites[event.instance] = event

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.instance)
        inscrite = self.inscrites.get(self.instance)
        if inscrite is None:
            raise SeanceInconnue("Cette instance n'est pas dans le registre.", field="instance")
        moment_possible(self.prevue_le, "prevue_le")
        self._demande()
        self._seconde()
        self._associees()
        yield SeancePlanifiee(
            survenu_le=self.le,
            regle=(INITIATIVE_CTM if inscrite.type == "ctm" else DEROULEMENT).id,
            instance=self.instance,
            prevue_le=self.prevue_le,
            lieu=ligne(self.lieu, "lieu", "Le lieu"),
            publique=self.publique,
            a_l_initiative_de=self.a_l_initiative_de,
            demandeurs=tuple(dict.fromkeys(self.demandeurs)),
            suite_de=self.suite_de or None,
            associees=self.associees,
            source=self.source or None,
            par=par,
        )

    def _demande(self) -> None:
        if self.a_l_initiative_de != "membres":
            return
        sitting = self.composition.en_exercice(self.le)
        asking = set(self.demandeurs)
        if not asking <= set(sitting):
            raise PasEnExercice("Une personne qui demande ne siège pas.", field="demandeurs")
        if not moitie(len(sitting), len(asking)):
            raise DemandeInsuffisante(f"{len(asking)} demandes pour {len(sitting)} membres.", field="demandeurs")

    def _associees(self) -> None:
        together = (self.instance, *self.associees)
        kinds = {self.inscrites[slug].type if slug in self.inscrites else "" for slug in together}
        if self.associees and (kinds != {"ctm"} or len(set(together)) < len(together)):
            raise Associees("Une séance commune réunit des conférences différentes.", field="associees")

    def _seconde(self) -> None:
        if not self.suite_de:
            return
        before = self.precedente
        missing = before.quorums and not before.quorums[-1].atteint
        if before.planifiee is None or before.planifiee.instance != self.instance or not missing:
            raise SecondeReunion("Cette séance ne suit pas un défaut de quorum.", field="suite_de")
        assert before.prevue_le is not None
        days = int(QUORUM_CONSEIL.parametres["seconde_reunion_jours"])
        if jour(self.prevue_le) != jour(before.prevue_le) + timedelta(days=days):
            raise SecondeReunion(f"Elle se tient {days} jours plus tard.", field="prevue_le")
