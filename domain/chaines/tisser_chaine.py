"""Constater un jalon, établir un lien, signaler une pièce absente : what ties a chain together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.actes import ActeDeFonction, flux_personne
from domain.chaines.events import JalonConstate, LienEtabli, Ligne, NatureDuLien, PieceAbsente
from domain.chaines.regles import CHAINE
from domain.choix import verifie_choix
from domain.errors import DejaFait, RegleViolee
from domain.identifiers import est_numero, est_reference
from domain.ledger.event import Event
from domain.texte import SIGNES_MOTIF, ligne, propre


class ReferenceIllisible(RegleViolee):
    fondement = CHAINE
    conseil = "Donnez le numéro d'un dossier, comme 2017-2275 ou AV-2026-0014."


class DejaTisse(DejaFait):
    fondement = CHAINE


class DatesInversees(RegleViolee):
    fondement = CHAINE
    conseil = "Vérifiez les deux dates."


def flux_chaine(reference: str) -> str:
    """The stream of a dossier's chain. Raises ReferenceIllisible."""
    if not est_reference(reference) and not est_numero(reference):
        raise ReferenceIllisible("Ce numéro n'est pas celui d'un dossier.")
    return f"chaines/{reference}"


@dataclass
class ActeSurChaine(ActeDeFonction):
    """An act on the chain of `dossier`."""

    DROIT = "tisser_chaine"

    dossier: str
    faits: list[Event] = field(default_factory=list, init=False)

    def reads(self) -> list[str]:
        return [flux_chaine(self.dossier), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        if type(event).TOPIC.startswith("chaines/"):
            self.faits.append(event)


@dataclass
class ConstaterJalon(ActeSurChaine):
    """A milestone from `du` to `au`, known to the day, the month or the year; `source` names the text and its line."""

    branche: Ligne
    titre: str
    qui: str
    source: str
    du: date
    au: date | None = None
    precision: Literal["jour", "mois", "annee"] = "jour"
    texte: str = ""

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par()
        if self.au is not None and self.au < self.du:
            raise DatesInversees("La fin vient avant le début.", field="au")
        titre = ligne(self.titre, "titre", "Le titre")
        if any(isinstance(f, JalonConstate) and (f.titre, f.survenu_le) == (titre, self.du) for f in self.faits):
            raise DejaTisse("Ce jalon est déjà dans la chaîne.")
        yield JalonConstate(
            survenu_le=self.du,
            regle=CHAINE.id,
            ligne=self.branche,
            titre=titre,
            qui=ligne(self.qui, "qui", "Qui"),
            source=ligne(self.source, "source", "La source"),
            texte=propre(self.texte, SIGNES_MOTIF, "texte", "Le texte") if self.texte else "",
            au=self.au,
            precision=self.precision,
            par=par,
        )


@dataclass
class EtablirLien(ActeSurChaine):
    """This dossier is tied to `vers`; both pages show it."""

    vers: str
    nature: NatureDuLien
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par()
        flux_chaine(self.vers)
        if self.vers == self.dossier:
            raise ReferenceIllisible("Un dossier ne se lie pas à lui-même.", field="vers")
        if any(isinstance(f, LienEtabli) and (f.vers, f.nature) == (self.vers, self.nature) for f in self.faits):
            raise DejaTisse("Ce lien est déjà dans la chaîne.")
        yield LienEtabli(
            survenu_le=self.le, regle=CHAINE.id, vers=self.vers, nature=self.nature, source=self.source or None, par=par
        )


@dataclass
class SignalerPieceAbsente(ActeSurChaine):
    """A document that the rule expects and nobody has. `fondement` is the id of that rule."""

    attendu: str
    fondement: str = CHAINE.id

    def decide(self) -> Iterable[Event]:
        par = self.par()
        attendu = ligne(self.attendu, "attendu", "La pièce attendue")
        if any(isinstance(f, PieceAbsente) and f.attendu == attendu for f in self.faits):
            raise DejaTisse("Cette absence est déjà signalée.")
        yield PieceAbsente(survenu_le=self.le, regle=self.fondement, attendu=attendu, par=par)
