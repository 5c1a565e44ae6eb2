"""Annuler des billets : lost, damaged or in excess. With their codes, they no longer open the ballot."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, pluriel, positif
from domain.scrutins.events import BilletsAnnules, MotifAnnulation
from domain.scrutins.regles import BILLETS_COMPTES


class PlusDeBilletsAnnulesQueCrees(RegleViolee):
    fondement = BILLETS_COMPTES
    conseil = "Vérifiez ce nombre."


@dataclass
class AnnulerBillets(ActeSurScrutin):
    """`connus`: their codes were given, and the urn refuses them from now on."""

    DROIT = "annuler_billets"

    n: int
    motif: MotifAnnulation
    connus: bool = False

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret", "ouvert")
        left = self.etat.n_crees - self.etat.n_annules - self.etat.n_echanges
        if positif(self.n) > left:
            raise PlusDeBilletsAnnulesQueCrees(f"Il reste {pluriel(left, 'billet')} qui puisse servir.", field="n")
        yield BilletsAnnules(
            survenu_le=self.le, regle=BILLETS_COMPTES.id, n=self.n, motif=self.motif, connus=self.connus, par=par
        )
