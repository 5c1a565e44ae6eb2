"""Constater un projet de territoire : its deliberation opens the credits « projets » of the conférence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import flux_personne
from domain.enveloppes.actes import ActeDelibere, flux_deliberation
from domain.enveloppes.events import ProjetDeTerritoireDelibere
from domain.enveloppes.regles import PROJET_DE_TERRITOIRE
from domain.errors import DejaFait, Introuvable
from domain.ledger.event import Event


class ConferenceInconnue(Introuvable):
    fondement = PROJET_DE_TERRITOIRE


class ProjetDejaConstate(DejaFait):
    fondement = PROJET_DE_TERRITOIRE


@dataclass
class ConstaterProjetDeTerritoire(ActeDelibere):
    """`ctm` is the slug of the conférence."""

    DROIT = "constater_projet_de_territoire"

    ctm: str
    constate: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        if not re.fullmatch("ctm(-[a-z0-9]+)+", self.ctm):
            raise ConferenceInconnue("Cette conférence n'est pas dans le registre.", field="ctm")
        return [f"territoires/{self.ctm}", flux_deliberation(self.deliberation), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.constate = self.constate or isinstance(event, ProjetDeTerritoireDelibere)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.constate:
            raise ProjetDejaConstate("Ce projet de territoire est déjà inscrit.")
        yield ProjetDeTerritoireDelibere(
            survenu_le=self.le, regle=PROJET_DE_TERRITOIRE.id, ctm=self.ctm, deliberation=self.deliberee(), par=par
        )
