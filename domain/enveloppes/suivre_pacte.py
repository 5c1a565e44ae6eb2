"""Suivre le Pacte : its promised meetings are planned and held; the figures of a date are frozen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.choix import verifie_choix
from domain.enveloppes.events import ObjetRendezVous, PhotographieArretee, RendezVousPris, RendezVousTenu
from domain.enveloppes.regles import SUIVI_DU_PACTE
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.texte import SIGNES_MOTIF, ligne, propre


class RendezVousManquant(RegleViolee):
    fondement = SUIVI_DU_PACTE
    conseil = "Prenez d'abord ce rendez-vous."


class DejaSuivi(DejaFait):
    fondement = SUIVI_DU_PACTE


class PhotographieImpossible(RegleViolee):
    fondement = SUIVI_DU_PACTE
    conseil = "Une photographie fige une date passée, à une position que le registre a atteinte."


@dataclass
class ActeDeSuivi(ActeDeFonction):
    """An act on one promised meeting: its object, its year."""

    objet: ObjetRendezVous
    annee: int
    pris: bool = field(default=False, init=False)
    tenu: bool = field(default=False, init=False)

    DROIT = "suivre_pacte"

    def reads(self) -> list[str]:
        verifie_choix(self)
        return [f"rendez-vous/{self.objet}-{int(self.annee)}", flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.pris = self.pris or isinstance(event, RendezVousPris)
        self.tenu = self.tenu or isinstance(event, RendezVousTenu)


@dataclass
class PrendreRendezVous(ActeDeSuivi):
    """`prevu_pour` is the day that the text promises."""

    prevu_pour: date
    source: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.pris:
            raise DejaSuivi("Ce rendez-vous est déjà pris.")
        yield RendezVousPris(
            survenu_le=self.le,
            regle=SUIVI_DU_PACTE.id,
            objet=self.objet,
            prevu_pour=self.prevu_pour,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )


@dataclass
class TenirRendezVous(ActeDeSuivi):
    """`conclusions` are public."""

    conclusions: str

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if not self.pris:
            raise RendezVousManquant("Ce rendez-vous n'est pas dans le registre.")
        if self.tenu:
            raise DejaSuivi("Ce rendez-vous est déjà tenu.")
        text = propre(self.conclusions, SIGNES_MOTIF, "conclusions", "Les conclusions")
        yield RendezVousTenu(survenu_le=self.le, regle=SUIVI_DU_PACTE.id, objet=self.objet, conclusions=text, par=par)


@dataclass
class ArreterPhotographie(ActeDeFonction):
    """The figures of `au`, as the register knew them at `position`; `empreinte` of their canonical JSON."""

    DROIT = "arreter_photographie"

    titre: str
    au: date
    position: int
    empreinte: str
    faite: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        return [f"photographies/{self.au.isoformat()}", flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.faite = self.faite or isinstance(event, PhotographieArretee)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.faite:
            raise DejaSuivi("Les chiffres de cette date sont déjà figés.")
        if self.au > self.le or self.position < 1 or not re.fullmatch("[0-9a-f]{64}", self.empreinte):
            raise PhotographieImpossible("Ces chiffres ne peuvent pas être figés.", field="au")
        yield PhotographieArretee(
            survenu_le=self.le,
            regle=SUIVI_DU_PACTE.id,
            titre=ligne(self.titre, "titre", "Le titre"),
            au=self.au,
            position=self.position,
            empreinte=self.empreinte,
            par=par,
        )
