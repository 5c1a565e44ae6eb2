"""Ouvrir un mandat : somebody sits from a day on; in the place of another one, where a seat is vacant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.choix import verifie_choix
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.mandats.actes import ActeSurAssemblee
from domain.mandats.events import Civilite, MandatOuvert
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
    """`elu` is the member's slug, unique in the body for ever: homonyms have two."""

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

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.instance)
        if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", self.elu):
            raise EluIllisible("Ce repère n'est pas possible.", field="elu")
        sitting = self.composition.en_exercice(self.du)
        if self.elu in sitting:
            raise MandatDejaOuvert("Ce membre siège déjà à cette date.")
        if len(sitting) >= self.composition.nombre_de_sieges(self.du):
            raise PasDeSiege("Aucun siège n'est libre à cette date.", field="du")
        if self.remplace and self.remplace in sitting:
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
