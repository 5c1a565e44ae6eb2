"""Ouvrir une édition : the sum, the limit of a collège, the two dates, and the text that decides it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.budget_participatif.edition import ActeSurEdition
from domain.budget_participatif.events import EditionOuverte
from domain.budget_participatif.montants import montant
from domain.budget_participatif.regles import EDITION, PLAFOND
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.texte import SIGNES_TITRE, ligne


class EditionDejaOuverte(DejaFait):
    fondement = EDITION


class DatesDansLeDesordre(RegleViolee):
    fondement = EDITION
    conseil = "Les intentions finissent après l'ouverture, et les candidatures après les intentions."


class PlafondTropGrand(RegleViolee):
    fondement = PLAFOND
    conseil = "La limite d'un collège ne dépasse pas la somme de l'édition."


@dataclass
class OuvrirEdition(ActeSurEdition):
    """`edition` is a school year (`2026-2027`); amounts in cents; `source` names the text that decides."""

    DROIT = "ouvrir_edition"

    titre: str
    enveloppe_cents: int
    plafond_cents: int
    intentions_jusqu_au: date
    candidatures_jusqu_au: date
    source: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.etat.ouverture is not None:
            raise EditionDejaOuverte("Cette édition est déjà ouverte.", field="edition")
        enveloppe, plafond = montant(self.enveloppe_cents, "enveloppe"), montant(self.plafond_cents, "plafond")
        if plafond > enveloppe:
            raise PlafondTropGrand("La limite d'un collège dépasse la somme de l'édition.", field="plafond")
        if not self.le <= self.intentions_jusqu_au <= self.candidatures_jusqu_au:
            raise DatesDansLeDesordre("Les dates de l'édition sont dans le désordre.", field="intentions_jusqu_au")
        yield EditionOuverte(
            survenu_le=self.le,
            regle=EDITION.id,
            edition=self.edition,
            titre=ligne(self.titre, "titre", "Le titre", SIGNES_TITRE),
            enveloppe_cents=enveloppe,
            plafond_cents=plafond,
            intentions_jusqu_au=self.intentions_jusqu_au,
            candidatures_jusqu_au=self.candidatures_jusqu_au,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
