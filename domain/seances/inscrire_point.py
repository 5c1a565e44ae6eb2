"""Inscrire un point à l'ordre du jour ; le réordonner ; le renvoyer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.choix import verifie_choix
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.ledger.event import Event
from domain.seances.actes import ActeSurSeance, SeanceFinie
from domain.seances.events import OrdreDuJourReordonne, Origine, PointInscrit, PointRenvoye
from domain.seances.regles import ORDRE_DU_JOUR
from domain.texte import ligne


class PointInconnu(Introuvable):
    fondement = ORDRE_DU_JOUR


class PointDejaVote(DejaFait):
    fondement = ORDRE_DU_JOUR


class OrdreIncomplet(RegleViolee):
    fondement = ORDRE_DU_JOUR
    conseil = "Donnez chaque point de l'ordre du jour, une fois."


class DossierIllisible(RegleViolee):
    fondement = ORDRE_DU_JOUR
    conseil = "Donnez un numéro comme 2026-0012 ou AV-2026-0014."


@dataclass
class InscrirePoint(ActeSurSeance):
    """`dossier` is the number of what the item is about, or nothing."""

    DROIT = "inscrire_point"

    objet: str
    origine: Origine = "presidence"
    dossier: str | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.agit()
        if self.seance.levee:
            raise SeanceFinie("La séance est levée.")
        if self.dossier and not re.fullmatch("[0-9A-Za-z][0-9A-Za-z_-]{3,60}", self.dossier):
            raise DossierIllisible("Ce numéro de dossier n'est pas possible.", field="dossier")
        yield PointInscrit(
            survenu_le=self.le,
            regle=ORDRE_DU_JOUR.id,
            rang=max(self.seance.points, default=0) + 1,
            objet=ligne(self.objet, "objet", "L'objet", 500),
            origine=self.origine,
            dossier=self.dossier or None,
            par=par,
        )


@dataclass
class ReordonnerOrdreDuJour(ActeSurSeance):
    """Every item once, in the order wanted."""

    DROIT = "inscrire_point"

    rangs: tuple[int, ...]

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        if self.seance.ouverte is not None:
            raise SeanceFinie("La séance est ouverte : l'ordre du jour ne change plus d'ordre.")
        if sorted(self.rangs) != sorted(self.seance.points) or not self.rangs:
            raise OrdreIncomplet("Il manque un point, ou il y en a un de trop.", field="rangs")
        yield OrdreDuJourReordonne(survenu_le=self.le, regle=ORDRE_DU_JOUR.id, rangs=tuple(self.rangs), par=par)


@dataclass
class RenvoyerPoint(ActeSurSeance):
    """Adjourned, or withdrawn from the agenda, with a reason."""

    DROIT = "tenir_seance"

    rang: int
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        if self.rang not in self.seance.points:
            raise PointInconnu("Ce point n'est pas à l'ordre du jour.", field="rang")
        if self.rang in self.seance.votes or self.rang in self.seance.renvoyes:
            raise PointDejaVote("Ce point est déjà voté ou renvoyé.")
        motif = ligne(self.motif, "motif", "La raison")
        yield PointRenvoye(survenu_le=self.le, regle=ORDRE_DU_JOUR.id, rang=self.rang, motif=motif, par=par)
