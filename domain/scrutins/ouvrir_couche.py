"""Ouvrir une couche : the métropole's key first, then the bureau's; what goes in comes out, or is rejected and told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, empreinte
from domain.scrutins.events import Couche, CoucheOuverte
from domain.scrutins.publier_cle import tenants
from domain.scrutins.regles import DEPOUILLEMENT, PAPIER

_MOTIF = re.compile("[a-z_]{1,40}")


class LotsEnAttente(RegleViolee):
    fondement = PAPIER
    status = 409
    conseil = "Saisissez chaque lot une seconde fois, tranchez les différences et validez-le."


class CompteFaux(RegleViolee):
    fondement = DEPOUILLEMENT
    conseil = "N'ouvrez rien d'autre. Notez l'incident et prévenez la personne qui tient le registre."


@dataclass
class OuvrirCouche(ActeSurScrutin):
    """`rejets`: how many by reason; `empreinte`: digest of the sorted output. The bureau's holder opens the second."""

    DROIT = "ouvrir_couche"

    couche: Couche
    n_entrees: int
    n_sorties: int
    rejets: dict[str, int]
    empreinte: str

    def decide(self) -> Iterable[Event]:
        self.agit("clos" if self.couche == "metropole" else "premiere_couche")
        par = self.au_titre_de(*tenants(self.couche, essai=self.cree.essai))
        waiting = [str(number) for number, lot in sorted(self.etat.lots.items()) if not lot.valide]
        if waiting:
            raise LotsEnAttente(f"Des lots de bulletins papier ne sont pas validés : {', '.join(waiting)}.")
        self._equations()
        yield CoucheOuverte(
            survenu_le=self.le,
            regle=DEPOUILLEMENT.id,
            couche=self.couche,
            n_entrees=self.n_entrees,
            n_sorties=self.n_sorties,
            rejets=dict(sorted(self.rejets.items())),
            empreinte=empreinte(self.empreinte),
            par=par,
        )

    def _equations(self) -> None:
        first, closed = self.etat.couches.get("metropole"), self.etat.clos
        before = first.n_sorties if first is not None else closed.n_urne if closed is not None else 0
        if self.n_entrees != before:
            raise CompteFaux(f"{self.n_entrees} bulletins entrent, il en faut {before}.", field="n_entrees")
        known = all(_MOTIF.fullmatch(motif) and n > 0 for motif, n in self.rejets.items())
        if not known or self.n_sorties < 0 or self.n_sorties + sum(self.rejets.values()) != self.n_entrees:
            said = f"Il sort {self.n_sorties} bulletins et {sum(self.rejets.values())} sont rejetés"
            raise CompteFaux(f"{said}, pour {self.n_entrees} qui entrent.", field="n_sorties")
