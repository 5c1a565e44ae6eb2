"""Donner suite : one answer out of five, with its reasons. The first one given stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.coordonnees import lien, telephone
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import Suite, SuiteDonnee
from domain.propositions.regles import DROIT_DE_SUITE
from domain.texte import SIGNES_MOTIF, ligne, propre


class MotifTropCourt(RegleViolee):
    fondement = DROIT_DE_SUITE
    conseil = "Dites pourquoi, en une phrase au moins : quoi, quand, ou ce qui l'empêche."


class OrientationManquante(RegleViolee):
    fondement = DROIT_DE_SUITE
    conseil = "Donnez le téléphone ou le lien de ceux qui peuvent répondre."


class ReponseDejaDonnee(DejaFait):
    fondement = DROIT_DE_SUITE


@dataclass
class DonnerSuite(ActeSurProposition):
    """`motif` is public, at least 20 signs. For `pas_nous`: `qui`, with a telephone or a link."""

    DROIT = "donner_suite"

    suite: Suite
    motif: str
    qui: str | None = None
    telephone: str | None = None
    lien: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.dossier.lue()
        if self.dossier.suite is not None:
            raise ReponseDejaDonnee("Une réponse a déjà été donnée à cette proposition.")
        motif = propre(self.motif, SIGNES_MOTIF, "motif", "La raison")
        least = int(DROIT_DE_SUITE.parametres["motif_signes_minimum"])
        if len(motif) < least:
            raise MotifTropCourt(f"La raison est trop courte : {least} signes au moins.", field="motif")
        qui, phone, link = self._ailleurs() if self.suite == "pas_nous" else (None, None, None)
        yield SuiteDonnee(
            survenu_le=self.le,
            regle=DROIT_DE_SUITE.id,
            suite=self.suite,
            motif=motif,
            qui=qui,
            telephone=phone,
            lien=link,
            par=par,
        )

    def _ailleurs(self) -> tuple[str, str | None, str | None]:
        qui = ligne(self.qui, "qui", "« Ce n'est pas nous, c'est… »")
        if not (self.telephone or self.lien):
            raise OrientationManquante(f"Comment joindre : {qui} ?", field="telephone")
        phone = telephone(self.telephone, service=True) if self.telephone else None
        return qui, phone, lien(self.lien) if self.lien else None
