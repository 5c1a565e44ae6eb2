"""Saisir un lot papier : at most 30 paper ballots, typed once. What they hold waits, sealed, for the count."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, empreinte, pluriel, positif
from domain.scrutins.etat import Scrutin
from domain.scrutins.events import LotPapierSaisi
from domain.scrutins.regles import LOT_PAPIER, PAPIER


class LotTropGrand(RegleViolee):
    fondement = PAPIER
    conseil = f"Faites des lots de {LOT_PAPIER} bulletins au plus."


class PlusDePapierQueDEchanges(RegleViolee):
    fondement = PAPIER
    conseil = "Recomptez les bulletins papier. S'il y en a vraiment trop, notez l'incident : ce vote est à annuler."


class LotInattendu(RegleViolee):
    fondement = PAPIER
    conseil = "Rechargez la page : elle donne le numéro du lot à saisir."


class LotDejaContreSaisi(DejaFait):
    fondement = PAPIER
    conseil = "Passez au lot suivant, ou comparez les deux saisies."


def taille_du_lot(etat: Scrutin, lot: int, n: int) -> int:
    """So many ballots in this lot. Raises LotTropGrand, PlusDePapierQueDEchanges."""
    if positif(n) > LOT_PAPIER:
        raise LotTropGrand(f"Un lot a {LOT_PAPIER} bulletins au plus.", field="n")
    others = sum(known.n for number, known in etat.lots.items() if number != lot)
    given = etat.clos.n_echanges if etat.clos else 0
    if others + n > given:
        said = f"Cela ferait {pluriel(others + n, 'bulletin')} papier, pour {pluriel(given, 'billet')} échangé"
        raise PlusDePapierQueDEchanges(f"{said}{'s' if given > 1 else ''}.", field="n")
    return n


@dataclass
class SaisirLotPapier(ActeSurScrutin):
    """`lot` from 1, in order; typed again while nobody entered it a second time. `empreinte` is salted."""

    DROIT = "saisir_lot_papier"

    lot: int
    n: int
    empreinte: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("clos")
        if not 1 <= self.lot <= len(self.etat.lots) + 1:
            raise LotInattendu(f"Le prochain lot est le numéro {len(self.etat.lots) + 1}.", field="lot")
        if (known := self.etat.lots.get(self.lot)) is not None and known.contre is not None:
            raise LotDejaContreSaisi(f"Le lot {self.lot} a déjà été saisi deux fois.", field="lot")
        n = taille_du_lot(self.etat, self.lot, self.n)
        digest = empreinte(self.empreinte)
        yield LotPapierSaisi(survenu_le=self.le, regle=PAPIER.id, lot=self.lot, n=n, empreinte=digest, par=par)
