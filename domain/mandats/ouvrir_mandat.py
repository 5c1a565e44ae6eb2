"""Ouvrir un mandat : somebody sits from a day on; in the place of another one, where a seat is vacant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendrier import date_longue
from domain.choix import verifie_choix
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.mandats.actes import ActeSurAssemblee
from domain.mandats.events import Civilite, MandatClos, MandatOuvert
from domain.mandats.regles import MANDATS
from domain.texte import ligne, ligne_ou_rien


class PasDeSiege(RegleViolee):
    fondement = MANDATS
    conseil = "Fixez le nombre de sièges, ou closez d'abord le mandat qui laisse la place."


class MandatDejaOuvert(DejaFait):
    fondement = MANDATS


class EluIllisible(RegleViolee):
    fondement = MANDATS
    conseil = "Un repère est fait de lettres sans accent, de chiffres et de tirets : « cochet-mme »."


@dataclass
class OuvrirMandat(ActeSurAssemblee):
    """`elu` is the member's slug, unique in the body for ever: homonyms have two. `fin`: the first day without her,
    of a mandate that is over."""

    DROIT = "ouvrir_mandat"

    elu: str
    civilite: Civilite
    nom: str
    du: date
    source: str
    prenom: str | None = None
    commune: str | None = None
    groupe: str | None = None
    remplace: str | None = None
    fin: date | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.instance)
        if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", self.elu):
            raise EluIllisible("Ce repère n'est pas possible.", field="elu")
        self._place_libre()
        if self.remplace and self.remplace in self.composition.en_exercice(self.du):
            raise PasDeSiege("La personne remplacée siège encore à cette date.", field="remplace")
        yield MandatOuvert(
            survenu_le=self.du,
            regle=MANDATS.id,
            elu=self.elu,
            civilite=self.civilite,
            nom=ligne(self.nom, "nom", "Le nom"),
            du=self.du,
            source=ligne(self.source, "source", "La source"),
            prenom=ligne_ou_rien(self.prenom, "prenom", "Le prénom"),
            commune=self.commune or None,
            groupe=ligne_ou_rien(self.groupe, "groupe", "Le groupe"),
            remplace=self.remplace or None,
            par=par,
        )
        if self.fin is not None:
            yield MandatClos(
                survenu_le=self.fin, regle=MANDATS.id, elu=self.elu, le=self.fin, motif="fin_de_mandat", par=par
            )

    def _place_libre(self) -> None:
        """A seat is free on every day of the mandate, and this member holds no other one."""
        if self.fin is not None and self.fin <= self.du:
            raise PasDeSiege("La fin vient avant le début.", field="fin")
        for day in self.composition.jours_cles(self.du, self.fin):
            sitting = self.composition.en_exercice(day)
            if self.elu in sitting:
                raise MandatDejaOuvert(f"Ce membre siège déjà le {date_longue(day)}.", field="elu")
            if len(sitting) >= self.composition.nombre_de_sieges(day):
                raise PasDeSiege(f"Aucun siège n'est libre le {date_longue(day)}.", field="du")
