"""Relever l'urne : digests of the sealed ballots that came in since the last reading, sorted, without time or order."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import SurScrutin, a_l_etape, empreinte
from domain.scrutins.events import UrneRelevee
from domain.scrutins.regles import BUREAU_DE_VOTE

LOT_MAX = 180  # digests of 64 signs: an entry holds 16 KiB


class ReleveImpossible(RegleViolee):
    fondement = BUREAU_DE_VOTE
    conseil = "Relisez l'urne, puis recommencez."


@dataclass
class ReleverUrne(SurScrutin):
    """By the system. `lot` follows the last one; `empreintes` are sorted, at most 180.

    That a reading holds `k_min` ballots at least while people vote is kept by the urn: it alone knows that it is shut.
    """

    lot: int
    empreintes: tuple[str, ...]

    def decide(self) -> Iterable[Event]:
        a_l_etape(self.etat, "ouvert")
        if self.lot != self.etat.lots_releves + 1:
            raise ReleveImpossible(f"Le relevé attendu est le numéro {self.etat.lots_releves + 1}.", field="lot")
        found = [empreinte(each, "empreintes") for each in self.empreintes]
        # The same digest may come back: a ballot copied under another slip is in the urn, and fails at the opening.
        if not 1 <= len(found) <= LOT_MAX or any(one > other for one, other in pairwise(found)):
            raise ReleveImpossible("Un relevé est trié, et tient en un lot.", field="empreintes")
        yield UrneRelevee(regle=BUREAU_DE_VOTE.id, lot=self.lot, n=len(found), empreintes=tuple(found))
