"""Élire une présidence ou une vice-présidence ; y mettre fin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.choix import verifie_choix
from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.mandats.actes import ActeSurAssemblee
from domain.mandats.clore_mandat import NeSiegePas
from domain.mandats.events import FonctionElective, FonctionElue, FonctionElueClose
from domain.mandats.regles import PRESIDENCE_ELUE


class PresidenceDejaTenue(DejaFait):
    fondement = PRESIDENCE_ELUE
    conseil = "Mettez d'abord fin à la présidence en cours."


@dataclass
class ElireFonction(ActeSurAssemblee):
    """`elu` presides, or helps to, from `du` on; `termine_le`: the first day without it, when it is over."""

    DROIT = "elire_fonction"

    elu: str
    fonction: FonctionElective
    du: date
    termine_le: date | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.instance)
        if self.elu not in self.composition.en_exercice(self.du):
            raise NeSiegePas("Ce membre ne siège pas à cette date.", field="elu")
        if self.composition.tient(self.elu, self.fonction, self.du):
            raise PresidenceDejaTenue("Ce membre tient déjà cette fonction.")
        if self.termine_le is not None and self.termine_le <= self.du:
            raise NeSiegePas("La fin vient avant le début.", field="termine_le")
        if self.fonction == "president" and self._tenue():
            raise PresidenceDejaTenue("Cette instance a déjà une présidence à ces dates.")
        yield FonctionElue(
            survenu_le=self.du, regle=PRESIDENCE_ELUE.id, elu=self.elu, fonction=self.fonction, du=self.du, par=par
        )
        if self.termine_le is not None:
            yield FonctionElueClose(
                survenu_le=self.termine_le,
                regle=PRESIDENCE_ELUE.id,
                elu=self.elu,
                fonction=self.fonction,
                le=self.termine_le,
                par=par,
            )

    def _tenue(self) -> bool:
        """Somebody else presides on a day of this span."""
        return any(
            what == "president" and since < (self.termine_le or date.max) and self.du < (until or date.max)
            for _, what, since, until in self.composition.fonctions
        )


@dataclass
class CloreFonctionElue(ActeSurAssemblee):
    """`fin` is the first day without it; the member goes on sitting."""

    DROIT = "elire_fonction"

    elu: str
    fonction: FonctionElective
    fin: date

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.instance)
        if not self.composition.tient(self.elu, self.fonction, self.fin):
            raise NeSiegePas("Ce membre ne tient pas cette fonction à cette date.", field="elu")
        yield FonctionElueClose(
            survenu_le=self.fin, regle=PRESIDENCE_ELUE.id, elu=self.elu, fonction=self.fonction, le=self.fin, par=par
        )
