"""Inscrire une commune du territoire, avec ses codes et sa population."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.instances.events import CommuneInscrite, InstanceInscrite
from domain.instances.inscrire_instance import DatesInversees, flux_instance
from domain.instances.regles import CODES_DES_COMMUNES, siren_valide
from domain.ledger.event import Event
from domain.texte import ligne


class CodeInseeFaux(RegleViolee):
    fondement = CODES_DES_COMMUNES
    conseil = "Un code INSEE a cinq signes, par exemple 69149."


class SirenFaux(RegleViolee):
    fondement = CODES_DES_COMMUNES
    conseil = "Recopiez les neuf chiffres : le dernier contrôle les autres."


class PopulationImpossible(RegleViolee):
    fondement = CODES_DES_COMMUNES
    conseil = "Prenez la population municipale publiée par l'INSEE, et son année."


class CtmInconnue(Introuvable):
    fondement = CODES_DES_COMMUNES
    conseil = "Inscrivez d'abord la conférence territoriale des maires."


class CommuneDejaInscrite(DejaFait):
    fondement = CODES_DES_COMMUNES


def flux_commune(insee: str, champ: str = "insee") -> str:
    """Stream of a commune. Raises CodeInseeFaux."""
    if not re.fullmatch("[0-9][0-9AB][0-9]{3}", insee):
        raise CodeInseeFaux("Ce code INSEE n'est pas bien formé.", field=champ)
    return f"communes/{insee}"


def chiffres_verifies(siren: str, population: int, annee: int) -> None:
    """Raises SirenFaux or PopulationImpossible."""
    if not siren_valide(siren):
        raise SirenFaux("Ce SIREN n'est pas bien formé.", field="siren")
    if population <= 0 or not 1800 <= annee <= 2200:
        raise PopulationImpossible("Cette population, ou son année, n'est pas possible.", field="population_municipale")


@dataclass
class InscrireCommune(ActeDeFonction):
    """`ctm` is the slug of its conference, inscribed before; in force from `du` to `au` included."""

    DROIT = "inscrire_commune"

    insee: str
    nom: str
    siren: str
    ctm: str
    population_municipale: int
    population_annee: int
    du: date
    source: str
    au: date | None = None
    inscrite: bool = field(default=False, init=False)
    conference: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        return [flux_commune(self.insee), flux_personne(self.acteur), flux_instance(self.ctm)]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case CommuneInscrite():
                self.inscrite = True
            case InstanceInscrite(type="ctm"):
                self.conference = True

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.inscrite:
            raise CommuneDejaInscrite("Cette commune est déjà inscrite.", field="insee")
        if not self.conference:
            raise CtmInconnue("Cette conférence territoriale n'est pas dans le registre.", field="ctm")
        if self.au is not None and self.au < self.du:
            raise DatesInversees("La fin vient avant le début.", field="au")
        chiffres_verifies(self.siren, self.population_municipale, self.population_annee)
        yield CommuneInscrite(
            survenu_le=self.du,
            regle=CODES_DES_COMMUNES.id,
            insee=self.insee,
            nom=ligne(self.nom, "nom", "Le nom"),
            siren=self.siren,
            ctm=self.ctm,
            population_municipale=self.population_municipale,
            population_annee=self.population_annee,
            du=self.du,
            au=self.au,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
