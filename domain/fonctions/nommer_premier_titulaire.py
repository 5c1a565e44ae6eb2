"""Nommer le premier titulaire : what `registre nommer` records, on the machine itself.

Whoever holds the machine may do it again, for instance when nobody administers any more: the register says
« installation » for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import flux_personne
from domain.coordonnees import courriel
from domain.droits import Titre, retenir
from domain.fonctions.confier_fonction import FonctionDejaConfiee, flux_instance, portee_verifiee
from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.fonctions.regles import FONCTIONS_CONFIEES
from domain.instances.events import InstanceInscrite
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.texte import ligne

INSTALLATION = "installation"


@dataclass
class NommerPremierTitulaire(Command):
    """`personne` is the uuid of the person, new or known; `le` the first day of the function."""

    personne: str
    fonction: str
    nom: str
    courriel: str
    le: date
    instance: str | None = None
    titres: list[Titre] = field(default_factory=list, init=False)
    connue: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        return [flux_personne(self.personne), *flux_instance(self.instance)]

    def know(self, event: Event) -> None:
        match event:
            case InstanceInscrite():
                self.connue = event.type != "service"
            case FonctionConfiee() | FonctionRetiree():
                retenir(self.titres, event)

    def decide(self) -> Iterable[Event]:
        portee_verifiee(self.fonction, self.instance, self.connue)
        wanted = Titre(self.fonction, self.instance, self.le)
        if any(titre.id == wanted.id and titre.en_cours(self.le) for titre in self.titres):
            raise FonctionDejaConfiee("Cette personne tient déjà cette fonction.")
        yield FonctionConfiee(
            survenu_le=self.le,
            regle=FONCTIONS_CONFIEES.id,
            personne=self.personne,
            fonction=self.fonction,
            instance=self.instance,
            du=self.le,
            par=INSTALLATION,
            nom=ligne(self.nom, "nom", "Le nom"),
            courriel=courriel(self.courriel),
        )
