"""Publier une clé : the public half of one layer; its private half is on the holder's paper only."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin
from domain.scrutins.events import ClesDuScrutinPubliees, Couche
from domain.scrutins.urne import DEUX_CLES

POINT_OCTETS = 65
NON_COMPRESSE = 4


class CleIllisible(RegleViolee):
    fondement = DEUX_CLES
    conseil = "Fabriquez la clé depuis la page du vote, puis recommencez."


class CleDejaPubliee(RegleViolee):
    fondement = DEUX_CLES
    status = 409
    conseil = "Chaque couche a sa propre clé : fabriquez-en une autre."


def tenants(couche: Couche, *, essai: bool) -> tuple[str, ...]:
    """Functions that hold the key of this layer."""
    if couche == "bureau":
        return ("bureau_de_vote",)
    return ("education", "direction") if essai else ("education",)


@dataclass
class PublierCle(ActeSurScrutin):
    """`cle` is base64 of the uncompressed P-256 point. Before the opening, the last one published holds.

    The holders of the two keys are two persons.
    """

    DROIT = "publier_cle"

    couche: Couche
    cle: str

    def decide(self) -> Iterable[Event]:
        self.agit("confirme", "pret")
        par = self.au_titre_de(*tenants(self.couche, essai=self.cree.essai))
        autre: Couche = "bureau" if self.couche == "metropole" else "metropole"
        self.autre_que(self.etat.tenues.get(autre), "Tenir la seconde clé")
        if _point(self.cle)[0] != NON_COMPRESSE:
            raise CleIllisible("Cette clé n'est pas lisible.", field="cle")
        if self.cle in self.etat.cles.values():
            raise CleDejaPubliee("Cette clé est déjà publiée.", field="cle")
        yield ClesDuScrutinPubliees(survenu_le=self.le, regle=DEUX_CLES.id, couche=self.couche, cle=self.cle, par=par)


def _point(cle: str) -> bytes:
    try:
        found = base64.b64decode(cle, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != POINT_OCTETS:
        raise CleIllisible("Cette clé n'est pas lisible.", field="cle")
    return found
