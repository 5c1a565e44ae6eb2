"""Déposer une saisine : a body asks another one, under a procedure whose rule gives the delay, or none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.avis.events import Procedure, SaisineDeposee
from domain.avis.regles import AVIS_COMMUNAL_MEL, ETAPES_DE_SAISINE
from domain.avis.saisine import EtapeManquante, SaisineInconnue, regle_de, terme_de
from domain.choix import verifie_choix
from domain.composition import Composition, flux_assemblee, verifie_presidence
from domain.errors import RegleViolee
from domain.identifiers import est_numero, suite_annuelle
from domain.instances.events import CommuneInscrite, InstanceInscrite
from domain.ledger.event import Event
from domain.texte import ligne


class SourceManquante(RegleViolee):
    fondement = ETAPES_DE_SAISINE
    conseil = "Dites quel document le montre, et à quelle ligne."


class SilenceHorsDeLyon(RegleViolee):
    fondement = AVIS_COMMUNAL_MEL
    conseil = "Ici, le silence ne vaut jamais un avis favorable : choisissez l'avis sans délai."


class MauvaiseProcedure(RegleViolee):
    fondement = ETAPES_DE_SAISINE
    conseil = "Choisissez la procédure de ces deux instances."


_COMMUNE = re.compile(r"-([0-9][0-9AB][0-9]{3})\Z")  # conseil-municipal-69149

# Who is asked, by kind of instance: a conférence, the Métropole, a municipal council, the Conseil de développement.
ASKED = {
    "avis_ctm": ("ctm",),
    "saisine_ecrite": ("conseil",),
    "contribution": ("conseil",),
    "avis_communal": ("conseil_municipal",),
    "conseil_developpement": ("developpement",),
}


@dataclass
class DeposerSaisine(ActeDeFonction):
    """`de` asks `a` about `objet`, on the day `le_fait`. `mutualisation`: under L5211-39-1, never in Lyon.

    `au_plus_tard`: the day is not known, it was that one at the latest: no term is counted from it.
    """

    DROIT = "deposer_saisine"

    procedure: Procedure
    de: str
    a: str
    objet: str
    le_fait: date
    projet: str | None = None
    mutualisation: bool = False
    source: str | None = None
    au_plus_tard: bool = False
    du_territoire: bool = field(default=False, init=False)
    types: dict[str, str] = field(default_factory=dict, init=False)
    composition: Composition = field(default_factory=Composition, init=False)

    def series(self) -> str:
        return suite_annuelle("AV", self.le_fait.year)

    def reads(self) -> list[str]:
        places = dict.fromkeys((f"instances/{self.de}", f"instances/{self.a}"))
        insee = _COMMUNE.search(self.a) if self.mutualisation else None
        commune = [f"communes/{insee[1]}"] if insee else []
        own = (f"saisines/{self.reference}", flux_personne(self.acteur))
        return [*own, *places, flux_assemblee(self.de), *commune]

    def know(self, event: Event) -> None:
        super().know(event)
        self.composition.retenir(event)
        if isinstance(event, InstanceInscrite):
            self.types[event.instance] = event.type
        elif isinstance(event, CommuneInscrite):
            self.du_territoire = True

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(self.de)
        verifie_presidence(self.composition, self.titres, par, self.le)
        for place in (self.de, self.a):
            if place not in self.types:
                raise SaisineInconnue(f"L'instance « {place[:60]} » n'est pas dans le registre.", field="a")
        if self.types[self.a] not in ASKED[self.procedure]:
            raise MauvaiseProcedure("Cette instance n'est pas saisie par cette procédure.", field="a")
        if self.du_territoire:
            raise SilenceHorsDeLyon("Cette commune est de la Métropole de Lyon.", field="mutualisation")
        if self.le_fait > self.le:
            raise EtapeManquante("Cette date n'est pas encore passée.", field="le_fait")
        if self.au_plus_tard and not self.source:
            raise SourceManquante("Un jour qui n'est pas connu demande une source.", field="source")
        if self.projet and not est_numero(self.projet):
            raise EtapeManquante("Ce numéro n'est pas celui d'un projet de délibération.", field="projet")
        rule = regle_de(self.procedure, self.mutualisation)
        yield SaisineDeposee(
            survenu_le=self.le_fait,
            regle=rule.id,
            procedure=self.procedure,
            de=self.de,
            a=self.a,
            objet=ligne(self.objet, "objet", "L'objet", 500),
            projet=self.projet or None,
            terme=None if self.au_plus_tard else terme_de(rule, self.le_fait),
            engagement="engagement_jours" in rule.parametres,
            source=self.source or None,
            au_plus_tard=self.au_plus_tard,
            par=par,
        )
