"""Contre-saisir un lot papier : the same lot, typed again by another person who does not see the first entry."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, empreinte
from domain.scrutins.events import LotPapierContreSaisi
from domain.scrutins.regles import PAPIER
from domain.scrutins.saisir_lot_papier import LotDejaContreSaisi, LotInattendu, taille_du_lot


class EcartsImpossibles(RegleViolee):
    fondement = PAPIER
    conseil = "Comparez à nouveau les deux saisies."


@dataclass
class ContreSaisirLotPapier(ActeSurScrutin):
    """`ecarts`: how many ballots the two entries read differently; a missing one differs."""

    DROIT = "contre_saisir_lot_papier"

    lot: int
    n: int
    empreinte: str
    ecarts: int

    def decide(self) -> Iterable[Event]:
        par = self.agit("clos")
        known = self.etat.lots.get(self.lot)
        if known is None:
            raise LotInattendu("Ce lot n'a pas encore été saisi une première fois.", field="lot")
        if known.contre is not None:
            raise LotDejaContreSaisi(f"Le lot {self.lot} a déjà été saisi deux fois.", field="lot")
        self.autre_que(known.saisi, "Saisir ce lot une seconde fois")
        n = taille_du_lot(self.etat, self.lot, self.n)
        if not abs(n - known.n) <= self.ecarts <= max(n, known.n):
            raise EcartsImpossibles("Ce nombre de différences n'est pas possible.", field="ecarts")
        yield LotPapierContreSaisi(
            survenu_le=self.le,
            regle=PAPIER.id,
            lot=self.lot,
            n=n,
            empreinte=empreinte(self.empreinte),
            ecarts=self.ecarts,
            par=par,
        )
