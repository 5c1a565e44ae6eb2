"""Dépouiller le scrutin : the ballots that count, the null ones by reason, the winners by the rule of the register."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, pluriel
from domain.scrutins.bulletins import MOTIFS_NULS
from domain.scrutins.depouillement import Depouillement, evenements
from domain.scrutins.events import ScrutinDepouille
from domain.scrutins.ouvrir_couche import CompteFaux
from domain.scrutins.regles import DEPOUILLEMENT


class AutreRegle(RegleViolee):
    fondement = DEPOUILLEMENT
    conseil = "Comptez à nouveau, avec les règles de ce vote."


class MotifDeNulliteInconnu(RegleViolee):
    fondement = DEPOUILLEMENT
    conseil = "Un bulletin nul l'est pour une des raisons de la liste."


@dataclass
class DepouillerScrutin(ActeSurScrutin):
    """`compte` was made by `depouillement.preparer`. Of a null ballot nothing is written but its reason."""

    DROIT = "depouiller_scrutin"

    compte: Depouillement

    def decide(self) -> Iterable[Event]:
        par, compte = self.agit("couches_ouvertes"), self.compte
        n = self._equations()
        yield from evenements(compte)
        yield ScrutinDepouille(
            survenu_le=self.le,
            regle=DEPOUILLEMENT.id,
            n=n,
            n_bulletins=len(compte.bulletins),
            n_papier=self.etat.n_papier,
            n_blancs=sum(not bulletin.c for bulletin in compte.bulletins),
            nuls=compte.nuls,
            voix=compte.voix,
            gagnants=compte.resultat.gagnants,
            cout_total_cents=compte.resultat.cout_total,
            empreinte_bulletins=compte.empreinte,
            empreinte_trace=compte.empreinte_trace,
            liste="publiee" if compte.publiee else "bureau",
            par=par,
        )

    def _equations(self) -> int:
        """Ballots of the last layer and of paper, which are those that count and the null ones."""
        own, counted = (msgspec.structs.replace(rule, survenu_le=None) for rule in (self.cree, self.compte.cree))
        if own != counted:
            raise AutreRegle("Ces bulletins n'ont pas été comptés avec la règle de ce vote.")
        if set(self.compte.nuls) - set(MOTIFS_NULS) or any(n < 1 for n in self.compte.nuls.values()):
            raise MotifDeNulliteInconnu("Cette raison de nullité n'existe pas.")
        found = len(self.compte.bulletins) + sum(self.compte.nuls.values())
        n = self.etat.couches["bureau"].n_sorties + self.etat.n_papier
        if found != n:
            raise CompteFaux(f"{pluriel(found, 'bulletin')} dans le compte, il en faut {n}.")
        return n
