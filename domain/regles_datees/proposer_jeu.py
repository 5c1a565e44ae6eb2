"""Proposer un jeu de règles : a text, its parameters, its examples; nothing is in force yet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.errors import RegleViolee
from domain.instances.events import TypeInstance
from domain.jeux_de_regles import prefixe
from domain.law import REGLES
from domain.ledger.event import Event
from domain.regles_datees.actes import ActeSurJeu, ExempleFaux, JeuDejaDecide, ValiditeImpossible
from domain.regles_datees.events import ExempleDuJeu, JeuDeReglesPropose
from domain.regles_datees.regles import JEUX_DE_REGLES
from domain.texte import SIGNES_MOTIF, SIGNES_TITRE, ligne, propre

EXEMPLES_MAX = 20
SIGNES_CITATION = 1_000


class NomDuJeu(RegleViolee):
    fondement = JEUX_DE_REGLES
    conseil = "Un nom est fait de lettres sans accent, de chiffres et de tirets : quorum-ctm-2027."


class LienIllisible(RegleViolee):
    fondement = JEUX_DE_REGLES
    conseil = "Un lien commence par https://"


@dataclass
class ProposerJeu(ActeSurJeu):
    """`portee` is the kind of bodies that it rules, None for the Conférence métropolitaine. Proposed again, it replaces
    the former proposal."""

    DROIT = "proposer_jeu"

    titre: str
    texte: str
    source: str
    parametres: dict[str, int | str]
    exemples: tuple[ExempleDuJeu, ...]
    du: date
    portee: TypeInstance | None = field(default=None, kw_only=True)
    citation: str = field(default="", kw_only=True)
    lien: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)
    au: date | None = field(default=None, kw_only=True)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        self._nom()
        if self.au is not None and self.au < self.du:
            raise ValiditeImpossible("La fin vient avant le début.", field="au")
        if not 1 <= len(self.exemples) <= EXEMPLES_MAX:
            raise ExempleFaux("Il faut un exemple au moins.", field="exemple1-attendu")
        self.executer(self.parametres, self.exemples)
        if self.lien and not re.fullmatch(r"https://[^\s]{3,300}", self.lien):
            raise LienIllisible("Ce lien n'est pas lisible.", field="lien")
        yield JeuDeReglesPropose(
            survenu_le=self.le,
            regle=JEUX_DE_REGLES.id,
            jeu=self.jeu,
            titre=ligne(self.titre, "titre", "Le titre", SIGNES_TITRE),
            texte=propre(self.texte, SIGNES_MOTIF, "texte", "Le texte de la règle"),
            source=ligne(self.source, "source", "La source"),
            parametres=self.parametres,
            exemples=self.exemples,
            du=self.du,
            portee=self.portee,
            citation=propre(self.citation, SIGNES_CITATION, "citation", "La citation") if self.citation else "",
            lien=self.lien,
            note=propre(self.note, SIGNES_CITATION, "note", "La note") if self.note else "",
            au=self.au,
            par=par,
        )

    def _nom(self) -> None:
        end = self.jeu.removeprefix(prefixe(self.moteur.id))
        if len(self.jeu) > 60 or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", end):
            raise NomDuJeu("Ce nom n'est pas possible.", field="jeu")
        known = self.jeux.par_id.get(self.jeu)
        if self.jeu in REGLES or (known is not None and known.etat == "publie"):
            raise JeuDejaDecide("Ce nom est déjà celui d'une règle.", field="jeu")
