"""The acts of the office on a body's seats and mandates, as data: what each asks, which command it makes."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import msgspec

from domain.composition import Composition
from domain.ledger.command import Command
from domain.mandats.clore_mandat import CloreMandat
from domain.mandats.elire_fonction import CloreFonctionElue, ElireFonction
from domain.mandats.events import Civilite, FonctionElective, MotifFin
from domain.mandats.fixer_sieges import FixerSieges
from domain.mandats.ouvrir_mandat import OuvrirMandat
from domain.mandats.ouvrir_mandat_jeune import OuvrirMandatJeune
from domain.texte import SIGNES_LIGNE
from web.access import Acteur
from web.bureau.formulaire import Champ, entier, jour_du
from web.forms import Form
from web.mandats.reperes import Personne, rang_suivant, repere

CIVILITES = (("Mme", "Mme"), ("M.", "M."), ("", "aucune : le siège va avec une fonction"))
FONCTIONS = (("president", "Présidence"), ("vice_president", "Vice-présidence"))
MOTIFS: dict[str, str] = {
    "fin_de_mandat": "Fin de mandat",
    "demission": "Démission",
    "deces": "Décès",
    "annulation": "Élection annulée",
    "autre": "Autre",
}
SOURCE = Champ("source", "Le texte qui le dit", requis=True, max=SIGNES_LIGNE)
DU = Champ("du", "À partir du", "date", requis=True)


class Demande(msgspec.Struct):
    """One act asked for: by whom, in which body."""

    acteur: Acteur
    instance: str
    composition: Composition
    champs: Form

    @property
    def qui(self) -> tuple[str, date, str]:
        """What every command begins with."""
        return self.acteur.personne, self.acteur.le, self.instance

    def mot(self, nom: str) -> str:
        """What was typed there."""
        return self.champs.get(nom, "").strip()

    def jour(self, nom: str) -> date | None:
        """A day that may be left empty. Raises Illisible."""
        return jour_du(self.champs, nom) if self.mot(nom) else None


class Acte(msgspec.Struct, frozen=True):
    """One act. `champs` depend on who sits on that day."""

    nom: str
    titre: str
    droit: str
    commande: Callable[[Demande], Command]
    champs: Callable[[Composition, date], tuple[Champ, ...]]
    aide: str = ""


def _sieges(d: Demande) -> Command:
    return FixerSieges(*d.qui, entier(d.champs, "sieges") or 0, jour_du(d.champs, "du"), d.mot("source"))


def _ouvrir(d: Demande) -> Command:
    who = Personne(d.mot("civilite"), " ".join(d.mot("nom").split()), " ".join(d.mot("prenom").split()))
    return OuvrirMandat(
        *d.qui,
        elu=repere(who, d.composition),
        civilite=cast(Civilite, who.civilite),
        nom=who.nom,
        du=jour_du(d.champs, "du"),
        source=d.mot("source"),
        prenom=who.prenom or None,
        commune=d.mot("commune") or None,
        groupe=d.mot("groupe") or None,
        remplace=d.mot("remplace") or None,
        fin=d.jour("fin"),
    )


def _ouvrir_jeune(d: Demande) -> Command:
    return OuvrirMandatJeune(
        *d.qui,
        elu=rang_suivant(d.composition, d.mot("accord") == "feminin"),
        college=d.mot("college"),
        commission=d.mot("commission"),
        du=jour_du(d.champs, "du"),
        au=jour_du(d.champs, "fin"),
    )


def _clore(d: Demande) -> Command:
    return CloreMandat(*d.qui, d.mot("elu"), jour_du(d.champs, "le"), cast(MotifFin, d.mot("motif")))


def _elire(d: Demande) -> Command:
    fonction = cast(FonctionElective, d.mot("fonction"))
    return ElireFonction(*d.qui, d.mot("elu"), fonction, jour_du(d.champs, "du"), d.jour("fin"))


def _finir(d: Demande) -> Command:
    elu, _, fonction = d.mot("tenue").partition("/")
    return CloreFonctionElue(*d.qui, elu, cast(FonctionElective, fonction), jour_du(d.champs, "le"))


def membres(composition: Composition, le: date, *, partis: bool = False) -> tuple[tuple[str, str], ...]:
    """Who sits on that day, or who did before, for a list."""
    sitting = composition.en_exercice(le)
    found = {m.elu: m for m in composition.mandats if m.elu not in sitting} if partis else sitting
    rows = sorted(found.values(), key=lambda m: (m.nom or m.elu, m.elu))
    return tuple((m.elu, " ".join(filter(None, (m.appellation, m.prenom, f"({m.elu})")))) for m in rows)


def _tenues(composition: Composition, le: date) -> tuple[tuple[str, str], ...]:
    names = {elu: m.appellation for elu, m in composition.en_exercice(le).items()}
    mots = dict(FONCTIONS)
    return tuple(
        (f"{elu}/{what}", f"{mots[what]} : {names[elu]}")
        for elu in names
        for what in mots
        if composition.tient(elu, what, le)
    )


def _de_mandat(composition: Composition, le: date) -> tuple[Champ, ...]:
    gone = membres(composition, le, partis=True)
    return (
        Champ("civilite", "Civilité", "radios", CIVILITES),
        Champ("nom", "Nom", requis=True, max=SIGNES_LIGNE, aide="Ou la fonction : Maire de Bron."),
        Champ("prenom", "Prénom", max=SIGNES_LIGNE, aide="Il distingue deux personnes du même nom."),
        Champ("commune", "Commune", max=SIGNES_LIGNE),
        Champ("groupe", "Groupe", max=SIGNES_LIGNE),
        *((Champ("remplace", "Prend le siège de", "select", gone),) if gone else ()),
        DU,
        Champ("fin", "Premier jour sans ce mandat", "date", aide="Seulement pour un mandat déjà fini."),
        SOURCE,
    )


ACTES: tuple[Acte, ...] = (
    Acte("sieges", "Fixer le nombre de sièges", "fixer_sieges", _sieges,
         lambda composition, le: (Champ("sieges", "Sièges", "number", requis=True), DU, SOURCE)),
    Acte("mandat", "Ouvrir un mandat", "ouvrir_mandat", _ouvrir, _de_mandat),
    Acte("jeune", "Ouvrir un mandat d’élève", "ouvrir_mandat", _ouvrir_jeune,
         lambda composition, le: (
             Champ("accord", "Élève", "radios", (("feminin", "une élue"), ("masculin", "un élu")), requis=True),
             Champ("college", "Collège", requis=True, max=SIGNES_LIGNE, aide="Exemple : Collège des Deux-Rives"),
             Champ("commission", "Commission", requis=True, max=SIGNES_LIGNE),
             DU, Champ("fin", "Premier jour sans ce mandat", "date", requis=True)),
         "Aucun nom : on lira « une élue du collège »."),
    Acte("clore", "Clore un mandat", "clore_mandat", _clore,
         lambda composition, le: (
             Champ("elu", "Membre", "select", membres(composition, le), requis=True),
             Champ("le", "Premier jour sans ce membre", "date", requis=True),
             Champ("motif", "Pourquoi", "select", tuple(MOTIFS.items()), requis=True))),
    Acte("elire", "Élire à la présidence ou à la vice-présidence", "elire_fonction", _elire,
         lambda composition, le: (
             Champ("elu", "Membre", "select", membres(composition, le), requis=True),
             Champ("fonction", "Fonction", "radios", FONCTIONS, requis=True), DU,
             Champ("fin", "Premier jour sans cette fonction", "date",
                   aide="Seulement pour une fonction déjà finie."))),
    Acte("finir", "Mettre fin à une présidence ou une vice-présidence", "elire_fonction", _finir,
         lambda composition, le: (
             Champ("tenue", "Fonction", "select", _tenues(composition, le), requis=True),
             Champ("le", "Premier jour sans cette fonction", "date", requis=True))),
)  # fmt: skip


def utiles(composition: Composition, le: date, jeunes: bool) -> list[Acte]:
    """The acts that fit this body today, in their usual order."""
    seats, there = composition.nombre_de_sieges(le), composition.en_exercice(le)
    fits: dict[str, Any] = {
        "sieges": True,
        "mandat": seats and not jeunes,
        "jeune": seats and jeunes,
        "clore": there,
        "elire": there,
        "finir": _tenues(composition, le),
    }
    return [acte for acte in ACTES if fits[acte.nom]]
