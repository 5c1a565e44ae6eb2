"""The rule-sets of the register, folded from their streams: which one is in force, for which body, on which day."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from domain.law import Exemple, Regle
from domain.ledger.event import Event
from domain.majorites.moteurs import MOTEURS
from domain.regles_datees import events as e
from domain.regles_datees.regles import JeuInconnu

Etat = Literal["propose", "publie", "ecarte"]


@dataclass(frozen=True)
class Jeu:
    """A rule-set: what was proposed of it, whether it is published, its last day."""

    propose: e.JeuDeReglesPropose
    moteur: str
    etat: Etat = "propose"
    au: date | None = None
    motif: str = ""

    def vaut(self, le: date) -> bool:
        """Published, and in force on that day."""
        return self.etat == "publie" and self.propose.du <= le and (self.au is None or le <= self.au)

    def chevauche(self, du: date, au: date | None) -> bool:
        """Whether it shares a day with these ones."""
        return self.propose.du <= (au or date.max) and du <= (self.au or date.max)

    @property
    def regle(self) -> Regle:
        """The set as any rule of the book, its examples executed."""
        p, moteur = self.propose, MOTEURS[self.moteur]
        return Regle(
            id=p.jeu,
            titre=p.titre,
            texte=p.texte,
            source=p.source,
            citation=p.citation,
            lien=p.lien,
            du=p.du,
            au=self.au,
            parametres=p.parametres,
            exemples=tuple(
                Exemple(
                    donne=dict(one.donne),
                    attendu=one.attendu,
                    phrase=moteur.executer(p.parametres, one.donne).phrase,
                )
                for one in p.exemples
            ),
            note=p.note,
        )


@dataclass
class Jeux:
    """Every set, by name."""

    par_id: dict[str, Jeu] = field(default_factory=dict)

    def retenir(self, event: Event) -> None:
        """Adds what this event says."""
        match event:
            case e.JeuDeReglesPropose():
                self.par_id[event.jeu] = Jeu(event, moteur_de(event.jeu), au=event.au)
            case e.JeuDeReglesPublie():
                self.par_id[event.jeu] = replace(self.par_id[event.jeu], etat="publie")
            case e.JeuDeReglesEcarte():
                self.par_id[event.jeu] = replace(self.par_id[event.jeu], etat="ecarte", motif=event.motif)
            case e.ValiditeClose():
                self.par_id[event.jeu] = replace(self.par_id[event.jeu], au=event.au, motif=event.motif)

    def en_vigueur(self, moteur: str, portee: str | None, le: date) -> Regle | None:
        """The published set for this rule and this kind of body on that day, or None."""
        for jeu in self.par_id.values():
            if jeu.moteur == moteur and jeu.propose.portee == portee and jeu.vaut(le):
                return jeu.regle
        return None


def flux_regles(moteur: str) -> str:
    """The stream of the sets of this rule. Raises JeuInconnu."""
    if moteur not in MOTEURS:
        raise JeuInconnu("Cette règle ne se règle pas ici.", field="moteur")
    return f"regles/{moteur}"


def moteur_de(jeu: str) -> str:
    """The rule that this set sets: its name begins with it. Raises JeuInconnu."""
    for moteur in MOTEURS:
        if jeu.startswith(prefixe(moteur)):
            return moteur
    raise JeuInconnu("Ce jeu de règles n'est pas dans le registre.", field="jeu")


def prefixe(moteur: str) -> str:
    """How the names of its sets begin: `double-majorite-`."""
    return f"{moteur.replace('_', '-')}-"
