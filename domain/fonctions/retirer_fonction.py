"""Retirer une fonction : from a day on, the person may not act any more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.droits import Titre, retenir
from domain.errors import DejaFait
from domain.fonctions.events import FonctionConfiee, FonctionRetiree, MotifRetrait
from domain.fonctions.regles import FONCTIONS_CONFIEES
from domain.ledger.event import Event


class FonctionNonTenue(DejaFait):
    fondement = FONCTIONS_CONFIEES


@dataclass
class RetirerFonction(ActeDeFonction):
    """`sans_le` is the first day without the function; `personne` the uuid of who held it."""

    DROIT = "retirer_fonction"

    personne: str
    fonction: str
    motif: MotifRetrait
    sans_le: date
    instance: str | None = None
    siens: list[Titre] = field(default_factory=list, init=False)

    def reads(self) -> list[str]:
        return list(dict.fromkeys((flux_personne(self.personne), flux_personne(self.acteur))))

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, FonctionConfiee | FonctionRetiree) and event.personne == self.personne:
            retenir(self.siens, event)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        wanted = Titre(self.fonction, self.instance, self.sans_le).id
        if not any(t.id == wanted and (t.au is None or max(t.du, self.sans_le) <= t.au) for t in self.siens):
            raise FonctionNonTenue("Cette personne ne tient plus cette fonction ce jour-là.", field="fonction")
        yield FonctionRetiree(
            survenu_le=self.sans_le,
            regle=FONCTIONS_CONFIEES.id,
            personne=self.personne,
            fonction=self.fonction,
            instance=self.instance,
            motif=self.motif,
            le=self.sans_le,
            par=par,
        )
