"""Clore le scrutin : the urn is shut. Every count of the minutes, checked against what the register knows."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, empreinte, moment_long, pluriel, raison
from domain.scrutins.events import IncidentConsigne, ScrutinClos, UrneRelevee
from domain.scrutins.regles import BILLETS_COMPTES, BUREAU_DE_VOTE
from domain.scrutins.urne import URNE_SCELLEE


class AvantLHeure(RegleViolee):
    fondement = BUREAU_DE_VOTE
    conseil = "Attendez l'heure de fermeture, ou dites pourquoi vous fermez avant : cette raison sera publique."


class PlusDeBulletinsQueDeBillets(RegleViolee):
    fondement = BILLETS_COMPTES
    conseil = "Notez les remises de billets oubliées, puis fermez à nouveau. L'urne reste fermée en attendant."


class UrnePasRelevee(RegleViolee):
    fondement = URNE_SCELLEE
    status = 409
    conseil = "Fermez à nouveau : l'urne est relevée d'abord."


class UrneDifferente(RegleViolee):
    fondement = URNE_SCELLEE
    status = 409
    conseil = "N'ouvrez rien. Prévenez la personne qui tient le registre, et notez l'incident."


@dataclass
class CloreScrutin(ActeSurScrutin):
    """`n_urne` ballots, one for each used slip; digests as in `ScrutinClos`. `motif`: why before the hour."""

    DROIT = "clore_scrutin"

    moment: datetime
    n_urne: int
    empreinte_urne: str
    empreinte_utilises: str
    motif: str | None = None
    relevees: list[str] = field(default_factory=list, init=False)

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, UrneRelevee):
            self.relevees += event.empreintes

    def decide(self) -> Iterable[Event]:
        par = self.permis()
        self._urne()
        if early := self._avant_l_heure():
            yield IncidentConsigne(survenu_le=self.le, regle=BUREAU_DE_VOTE.id, texte=early, par=par)
        etat = self.etat
        yield ScrutinClos(
            survenu_le=self.moment,
            regle=BUREAU_DE_VOTE.id,
            n_crees=etat.n_crees,
            n_remis=etat.n_remis,
            n_rendus=etat.n_rendus,
            n_annules=etat.n_annules,
            n_echanges=etat.n_echanges,
            n_utilises=self.n_urne,
            n_urne=self.n_urne,
            empreinte_urne=empreinte(self.empreinte_urne, "empreinte_urne"),
            empreinte_utilises=empreinte(self.empreinte_utilises, "empreinte_utilises"),
            par=par,
        )

    def permis(self) -> str:
        """The function that may close now, with these counts. Raises AvantLHeure, PlusDeBulletinsQueDeBillets."""
        par = self.agit("ouvert")
        self._avant_l_heure()
        if self.n_urne + self.etat.n_echanges > self.etat.en_main:
            given, used = pluriel(self.etat.en_main, "billet"), self.n_urne + self.etat.n_echanges
            raise PlusDeBulletinsQueDeBillets(f"{used} billets ont servi, pour {given} remis et gardés.")
        return par

    def _avant_l_heure(self) -> str | None:
        """What to write of an early closing; nothing at the hour, once all slips have served, or in a rehearsal."""
        used = self.n_urne + self.etat.n_echanges
        if self.moment >= self.cree.ferme_le or self.cree.essai or used >= self.etat.en_main > 0:
            return None
        if self.motif is None:
            raise AvantLHeure(f"Le vote ferme le {moment_long(self.cree.ferme_le)}.", field="motif")
        return f"Fermeture avant l'heure. {raison(self.motif, AvantLHeure)}"

    def _urne(self) -> None:
        if self.etat.n_releves != self.n_urne:
            read = f"{self.etat.n_releves} relevés"
            raise UrnePasRelevee(f"L'urne contient {pluriel(self.n_urne, 'bulletin')}, pour {read}.")
        found = hashlib.sha256(b"".join(sorted(map(bytes.fromhex, self.relevees)))).hexdigest()
        if found != self.empreinte_urne:
            raise UrneDifferente("L'urne n'est plus celle qui a été relevée : son empreinte a changé.")


@dataclass
class PeutClore(CloreScrutin):
    """Only asks whether the scrutin may be closed now: decided before the urn is shut, and never written."""

    def decide(self) -> Iterable[Event]:
        self.permis()
        return ()
