"""Annuler le scrutin : with a public reason, as long as the urn is not destroyed. A new one is then needed."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, raison
from domain.scrutins.events import ScrutinAnnule
from domain.scrutins.regles import ANNULATION


class RaisonDAnnulationTropCourte(RegleViolee):
    fondement = ANNULATION
    conseil = "Dites ce qui s'est passé, en une phrase au moins : clé perdue, erreur dans les règles."


@dataclass
class AnnulerScrutin(ActeSurScrutin):
    """`motif` is public, at least 20 signs."""

    DROIT = "annuler_scrutin"

    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit(
            "prepare",
            "confirme",
            "pret",
            "ouvert",
            "clos",
            "premiere_couche",
            "couches_ouvertes",
            "depouille",
            "proclame",
        )
        motif = raison(self.motif, RaisonDAnnulationTropCourte)
        yield ScrutinAnnule(survenu_le=self.le, regle=ANNULATION.id, motif=motif, par=par)
