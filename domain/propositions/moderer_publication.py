"""Modérer la publication : a text that its author wants public is public once a human has read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.events import DecisionDePublication, MotifDeReserve, PublicationModeree
from domain.propositions.regles import LECTURE_CHOISIE


class PublicationNonVoulue(RegleViolee):
    fondement = LECTURE_CHOISIE
    conseil = "Laissez ce texte à l'équipe : le titre neutre suffit pour suivre le dossier."


class RaisonManquante(RegleViolee):
    fondement = LECTURE_CHOISIE
    conseil = "Choisissez la raison dans la liste."


class DejaModeree(DejaFait):
    fondement = LECTURE_CHOISIE


@dataclass
class ModererPublication(ActeSurProposition):
    """`motif` is why the text stays private, and None when it is published. May be decided again otherwise."""

    DROIT = "moderer_publication"

    decision: DecisionDePublication
    motif: MotifDeReserve | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit(meme_fini=self.decision == "garder_prive")  # a text must be able to go at any time
        depot = self.dossier.ouvert(self.le, meme_clos=True, meme_retire=True)
        if depot.lecture == "equipe":
            raise PublicationNonVoulue("L'auteur a choisi que seule l'équipe lise son texte.")
        if self.dossier.publication is not None and self.dossier.publication.decision == self.decision:
            raise DejaModeree("Cette décision est déjà prise.")
        if self.decision == "garder_prive" and self.motif is None:
            raise RaisonManquante("Il manque la raison de ne pas montrer ce texte.", field="motif")
        published = self.decision == "publier"
        yield PublicationModeree(
            survenu_le=self.le,
            regle=LECTURE_CHOISIE.id,
            decision=self.decision,
            avec_prenom=published and depot.lecture == "tous_avec_prenom",
            motif=None if published else self.motif,
            par=par,
        )
