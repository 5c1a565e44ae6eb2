"""Remettre des billets : so many slips go to a class. A number, no name."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, pluriel, positif
from domain.scrutins.events import BilletsRemis
from domain.scrutins.regles import BILLETS_COMPTES
from domain.texte import ligne

SIGNES_GROUPE = 40


class PlusDeBilletsQueCrees(RegleViolee):
    fondement = BILLETS_COMPTES
    conseil = "Vérifiez ce nombre. Avant l'ouverture, la direction peut créer d'autres billets."


@dataclass
class RemettreBillets(ActeSurScrutin):
    """`groupe` is a class (« 6e B »)."""

    DROIT = "remettre_billets"

    groupe: str
    n: int

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret", "ouvert")
        left = self.etat.n_crees - self.etat.en_main
        if positif(self.n) > left:
            raise PlusDeBilletsQueCrees(f"Il reste {pluriel(left, 'billet')} à remettre.", field="n")
        groupe = ligne(self.groupe, "groupe", "La classe ou le groupe", SIGNES_GROUPE)
        yield BilletsRemis(survenu_le=self.le, regle=BILLETS_COMPTES.id, groupe=groupe, n=self.n, par=par)
