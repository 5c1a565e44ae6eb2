"""Rendre des billets : slips that a class brings back unused (absent pupils)."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, pluriel, positif
from domain.scrutins.events import BilletsRendus
from domain.scrutins.regles import BILLETS_COMPTES
from domain.scrutins.remettre_billets import SIGNES_GROUPE
from domain.texte import ligne


class PlusDeBilletsQueRemis(RegleViolee):
    fondement = BILLETS_COMPTES
    conseil = "Vérifiez la classe et le nombre."


@dataclass
class RendreBillets(ActeSurScrutin):
    """`groupe` as it was written when they were handed out."""

    DROIT = "rendre_billets"

    groupe: str
    n: int

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret", "ouvert")
        groupe = ligne(self.groupe, "groupe", "La classe ou le groupe", SIGNES_GROUPE)
        out = self.etat.groupes.get(groupe, 0)
        if positif(self.n) > out:
            raise PlusDeBilletsQueRemis(
                f"« {groupe} » a reçu {pluriel(out, 'billet')} de plus qu'elle n'en a rendu.", field="n"
            )
        yield BilletsRendus(survenu_le=self.le, regle=BILLETS_COMPTES.id, groupe=groupe, n=self.n, par=par)
