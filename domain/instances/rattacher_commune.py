"""Rattacher une commune : it ends, another one takes its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.instances.events import CommuneInscrite, CommuneRattachee
from domain.instances.inscrire_commune import flux_commune
from domain.instances.regles import FUSION
from domain.ledger.event import Event
from domain.texte import ligne


class CommuneNonInscrite(Introuvable):
    fondement = FUSION
    conseil = "Inscrivez d'abord la commune."


class RattachementASoiMeme(RegleViolee):
    fondement = FUSION
    conseil = "Nommez la commune qui prend sa place."


class RattachementAvantSonDebut(RegleViolee):
    fondement = FUSION
    conseil = "Vérifiez la date."


class CommuneDejaRattachee(DejaFait):
    fondement = FUSION


@dataclass
class RattacherCommune(ActeDeFonction):
    """From `depuis` on, the commune `insee` is part of the commune `a` (INSEE codes)."""

    DROIT = "rattacher_commune"

    insee: str
    a: str
    depuis: date
    source: str
    debuts: dict[str, date] = field(default_factory=dict, init=False)
    parties: set[str] = field(default_factory=set, init=False)

    def reads(self) -> list[str]:
        streams = (flux_commune(self.insee), flux_commune(self.a, "a"), flux_personne(self.acteur))
        return list(dict.fromkeys(streams))

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case CommuneInscrite():
                self.debuts[event.insee] = event.du
            case CommuneRattachee():
                self.parties.add(event.insee)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if self.insee == self.a:
            raise RattachementASoiMeme("Une commune ne se rattache pas à elle-même.", field="a")
        for insee, champ in ((self.insee, "insee"), (self.a, "a")):
            if insee not in self.debuts:
                raise CommuneNonInscrite("Cette commune n'est pas dans le registre.", field=champ)
            if insee in self.parties:
                raise CommuneDejaRattachee("Cette commune est déjà rattachée à une autre.", field=champ)
        if self.depuis <= self.debuts[self.insee]:
            raise RattachementAvantSonDebut("Cette date vient avant le début de la commune.", field="depuis")
        yield CommuneRattachee(
            survenu_le=self.depuis,
            regle=FUSION.id,
            insee=self.insee,
            a=self.a,
            le=self.depuis,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
