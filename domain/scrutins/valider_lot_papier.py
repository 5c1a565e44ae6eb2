"""Valider un lot papier : both entries agree, or a third look at each paper settled every difference."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, empreinte, pluriel
from domain.scrutins.events import LotPapierValide
from domain.scrutins.regles import PAPIER
from domain.scrutins.saisir_lot_papier import LotInattendu, taille_du_lot


class EcartsATrancher(RegleViolee):
    fondement = PAPIER
    conseil = "Reprenez chaque bulletin où les deux saisies diffèrent, et tranchez."


class LotDejaValide(DejaFait):
    fondement = PAPIER


class AutreLot(RegleViolee):
    fondement = PAPIER
    conseil = "Sans différence, le lot validé est celui qui a été saisi deux fois."


@dataclass
class ValiderLotPapier(ActeSurScrutin):
    """`empreinte` is that of the entry that stands: one of the two without a difference, else the settled one."""

    DROIT = "valider_lot_papier"

    lot: int
    n: int
    empreinte: str
    ecarts_tranches: int

    def decide(self) -> Iterable[Event]:
        par = self.agit("clos")
        known = self.etat.lots.get(self.lot)
        if known is None or known.contre is None:
            raise LotInattendu("Ce lot n'a pas encore été saisi deux fois.", field="lot")
        if known.valide:
            raise LotDejaValide(f"Le lot {self.lot} est déjà validé.", field="lot")
        if self.ecarts_tranches != known.ecarts:
            raise EcartsATrancher(f"Il y a {pluriel(known.ecarts, 'différence')} à trancher.", field="ecarts_tranches")
        digest = empreinte(self.empreinte)
        agreed = digest in (known.empreinte, known.contre_empreinte) and self.n == known.n
        if not known.ecarts and not agreed:
            raise AutreLot("Ce n'est pas le lot qui a été saisi deux fois.", field="empreinte")
        yield LotPapierValide(
            survenu_le=self.le,
            regle=PAPIER.id,
            lot=self.lot,
            n=taille_du_lot(self.etat, self.lot, self.n),
            empreinte=digest,
            ecarts_tranches=self.ecarts_tranches,
            par=par,
        )
