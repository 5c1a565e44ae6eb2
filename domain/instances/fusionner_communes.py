"""Fusionner des communes : the one that keeps its INSEE code takes a new name, SIREN and population."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.errors import DejaFait, RegleViolee
from domain.instances.events import CommuneInscrite, CommuneRattachee, CommunesFusionnees
from domain.instances.inscrire_commune import chiffres_verifies, flux_commune
from domain.instances.rattacher_commune import CommuneNonInscrite
from domain.instances.regles import FUSION
from domain.ledger.event import Event
from domain.texte import ligne


class RattachementManquant(RegleViolee):
    fondement = FUSION
    conseil = "Rattachez d'abord chaque commune absorbée à celle-ci, à la même date."


class FusionDejaInscrite(DejaFait):
    fondement = FUSION


@dataclass
class FusionnerCommunes(ActeDeFonction):
    """`absorbees` are INSEE codes, each attached before to `insee` from the same day `depuis`."""

    DROIT = "fusionner_communes"

    insee: str
    nom: str
    siren: str
    absorbees: tuple[str, ...]
    population_municipale: int
    population_annee: int
    depuis: date
    source: str
    inscrite: bool = field(default=False, init=False)
    rattachees: dict[str, CommuneRattachee] = field(default_factory=dict, init=False)
    fusions: set[str] = field(default_factory=set, init=False)

    def reads(self) -> list[str]:
        absorbed = [flux_commune(insee, "absorbees") for insee in self.absorbees]
        return list(dict.fromkeys([flux_commune(self.insee), *absorbed, flux_personne(self.acteur)]))

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case CommuneInscrite(insee=self.insee):
                self.inscrite = True
            case CommuneRattachee():
                self.rattachees[event.insee] = event
            case CommunesFusionnees(insee=self.insee):
                self.fusions.update(event.absorbees)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if not self.inscrite:
            raise CommuneNonInscrite("Cette commune n'est pas dans le registre.", field="insee")
        if self.fusions.intersection(self.absorbees):
            raise FusionDejaInscrite("Cette fusion est déjà inscrite.", field="absorbees")
        absorbed = sorted(set(self.absorbees))
        ready = [found for insee in absorbed if (found := self.rattachees.get(insee)) is not None]
        fits = [found for found in ready if found.a == self.insee and found.le == self.depuis]
        if not absorbed or len(fits) != len(absorbed):
            raise RattachementManquant("Une commune absorbée n'est pas rattachée à celle-ci.", field="absorbees")
        chiffres_verifies(self.siren, self.population_municipale, self.population_annee)
        yield CommunesFusionnees(
            survenu_le=self.depuis,
            regle=FUSION.id,
            insee=self.insee,
            nom=ligne(self.nom, "nom", "Le nom"),
            siren=self.siren,
            absorbees=absorbed,
            population_municipale=self.population_municipale,
            population_annee=self.population_annee,
            le=self.depuis,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
