"""Ouvrir un mandat de COMET Jeunes : a pupil sits for two years; her name stays closed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.ledger.event import Event
from domain.mandats.actes import ActeSurAssemblee
from domain.mandats.events import MandatJeuneOuvert
from domain.mandats.ouvrir_mandat import EluIllisible, MandatDejaOuvert, PasDeSiege
from domain.mandats.regles import MANDAT_COMET
from domain.texte import ligne, ligne_ou_rien


@dataclass
class OuvrirMandatJeune(ActeSurAssemblee):
    """`elu` must not tell who she is: a rank such as `elue-12`. `au` is the first day after the mandate."""

    DROIT = "ouvrir_mandat"

    elu: str
    college: str
    commission: str
    du: date
    au: date
    autorisation: bool = False
    nom: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.par(self.instance)
        if not re.fullmatch("elue?-[0-9]{1,3}", self.elu):
            raise EluIllisible("Le repère d'un ou d'une élève est un rang : « elue-12 ».", field="elu")
        sitting = self.composition.en_exercice(self.du)
        if self.elu in sitting:
            raise MandatDejaOuvert("Ce membre siège déjà à cette date.")
        if len(sitting) >= self.composition.nombre_de_sieges(self.du) or self.au <= self.du:
            raise PasDeSiege("Aucun siège n'est libre à ces dates.", field="du")
        yield MandatJeuneOuvert(
            survenu_le=self.du,
            regle=MANDAT_COMET.id,
            elu=self.elu,
            college=ligne(self.college, "college", "Le collège"),
            commission=ligne(self.commission, "commission", "La commission"),
            du=self.du,
            au=self.au,
            autorisation=self.autorisation,
            nom=ligne_ou_rien(self.nom, "nom", "Le nom"),
            par=par,
        )
