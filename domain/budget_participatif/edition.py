"""What the commands know of an edition, and the act of the Métropole on one."""

import re
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.budget_participatif import events as faits
from domain.budget_participatif.regles import EDITION
from domain.calendrier import jour
from domain.errors import Introuvable, RegleViolee
from domain.ledger.event import Event

ETAPES = (
    "lancee", "intentions", "candidatures", "instruction", "jury", "deliberation", "elaboration", "travaux", "bilan",
)  # fmt: skip
NOMS = {
    "lancee": "annonce",
    "intentions": "intentions des collèges",
    "candidatures": "candidatures",
    "instruction": "examen technique",
    "jury": "jury",
    "deliberation": "vote du Conseil",
    "elaboration": "préparation des travaux",
    "travaux": "travaux",
    "bilan": "bilan",
}
_EDITION = re.compile(r"(20[0-9]{2})-(20[0-9]{2})")


class EditionIntrouvable(Introuvable):
    fondement = EDITION
    conseil = "Choisissez une édition de la liste."


class PasACetteEtape(RegleViolee):
    fondement = EDITION
    conseil = "Attendez cette étape, ou faites avancer l'édition."


class DateAvantLEdition(RegleViolee):
    fondement = EDITION
    conseil = "Vérifiez la date."


def est_edition(texte: str) -> bool:
    """Whether this names a school year: `2026-2027`."""
    found = _EDITION.fullmatch(texte)
    return found is not None and int(found[2]) == int(found[1]) + 1


def flux_edition(edition: str) -> str:
    """Stream of an edition. Raises EditionIntrouvable on what is not a school year."""
    if not est_edition(edition):
        raise EditionIntrouvable("Cette édition n'existe pas. Exemple : 2026-2027.", field="edition")
    return f"editions/{edition}"


@dataclass
class Edition:
    """What the stream of an edition says. `etape` is one of ETAPES."""

    ouverture: faits.EditionOuverte | None = None
    ouverte_le: date = date.min
    etape: str = "lancee"
    bilan: faits.BilanPublie | None = None

    def know(self, event: Event) -> None:
        match event:
            case faits.EditionOuverte():
                self.ouverture = event
                self.ouverte_le = jour(event.survenu_le) if event.survenu_le else date.min
            case faits.EditionAvancee():
                self.etape = event.etape
            case faits.BilanPublie():
                self.bilan = event

    def ouverte(self, le: date) -> faits.EditionOuverte:
        """Its opening. Raises EditionIntrouvable, DateAvantLEdition."""
        if self.ouverture is None:
            raise EditionIntrouvable("Cette édition n'est pas dans le registre.", field="edition")
        if le < self.ouverte_le:
            raise DateAvantLEdition("Cette date vient avant l'ouverture de l'édition.", field="le")
        return self.ouverture

    def exige(self, *etapes: str) -> None:
        """Raises PasACetteEtape unless the edition is at one of these steps."""
        if self.etape not in etapes:
            asked = " ou ".join(NOMS[etape] for etape in etapes)
            raise PasACetteEtape(f"L'édition en est à l'étape « {NOMS[self.etape]} ». Il faut : {asked}.")


@dataclass
class ActeSurEdition(ActeDeFonction):
    """An act on the edition of this school year."""

    edition: str
    etat: Edition = field(default_factory=Edition, init=False)

    def reads(self) -> list[str]:
        return [flux_edition(self.edition), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.etat.know(event)
