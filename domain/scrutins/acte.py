"""What the commands of a scrutin share: its stream, its steps, the second person, reasons, days and hours in words."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from domain.actes import ActeDeFonction, flux_personne
from domain.calendrier import PARIS, date_longue
from domain.droits import FONCTIONS, tenait
from domain.errors import AccesRefuse, DejaFait, Introuvable, RegleViolee
from domain.identifiers import REFERENCES, est_reference
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.scrutins.etat import Geste, Phase, Scrutin, retenir
from domain.scrutins.events import ScrutinCree
from domain.scrutins.regles import ANNULATION, BUREAU_DE_VOTE, DEUX_PERSONNES, REGLES_DU_VOTE, SIGNES_RAISON
from domain.scrutins.urne import DEUX_CLES
from domain.texte import SIGNES_MOTIF, propre

# What a vote is at each phase, in order: « ce vote est ouvert ».
ETAPES: Final[dict[str, str]] = {
    "prepare": "attend qu'une seconde personne confirme ses règles",
    "confirme": "attend ses deux clés et ses billets",
    "pret": "est prêt et n'est pas encore ouvert",
    "ouvert": "est ouvert",
    "clos": "est fermé et n'est pas encore dépouillé",
    "premiere_couche": "attend l'ouverture de la seconde couche",
    "couches_ouvertes": "est prêt à être compté",
    "depouille": "est dépouillé",
    "proclame": "est proclamé",
    "efface": "est terminé, et son urne détruite",
}
_ORDRE: Final = tuple(ETAPES)
_EMPREINTE = re.compile("[0-9a-f]{64}")


class ScrutinIntrouvable(Introuvable):
    fondement = REFERENCES


class EtapeAVenir(RegleViolee):
    fondement = REGLES_DU_VOTE
    status = 409
    conseil = "Suivez la feuille de route du vote, une étape après l'autre."


class EtapePassee(DejaFait):
    fondement = REGLES_DU_VOTE
    conseil = "Rechargez la page pour voir où en est le vote. Cette étape ne se refait pas."


class VoteAnnule(DejaFait):
    fondement = ANNULATION
    conseil = "Un vote annulé ne reprend pas : créez-en un autre."


class VoteImporte(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Cette élection s'est tenue ailleurs : on peut seulement la lire et la recompter."


class MemePersonne(RegleViolee):
    fondement = DEUX_PERSONNES
    conseil = "Demandez à quelqu'un d'autre, qui tient l'autre fonction."


class AutreFonctionRequise(AccesRefuse):
    fondement = DEUX_CLES
    conseil = "La clé de la Métropole est tenue par la Direction de l'éducation, celle du bureau par le bureau de vote."


class EmpreinteIllisible(RegleViolee):
    fondement = BUREAU_DE_VOTE
    conseil = "Recommencez depuis la page du vote : elle calcule cette empreinte."


class NombreImpossible(RegleViolee):
    fondement = BUREAU_DE_VOTE
    conseil = "Donnez un nombre entier, plus grand que zéro."


def flux_scrutin(scrutin: str) -> str:
    """Stream of a scrutin. Raises ScrutinIntrouvable on what is not its number."""
    if not (scrutin.startswith("SC-") and est_reference(scrutin)):
        raise ScrutinIntrouvable("Ce numéro de vote n'existe pas.", field="scrutin")
    return f"scrutins/{scrutin}"


@dataclass
class SurScrutin(Command):
    """Any command on the scrutin of this number."""

    scrutin: str
    etat: Scrutin = field(default_factory=Scrutin, init=False)

    def reads(self) -> list[str]:
        return [flux_scrutin(self.scrutin)]

    def know(self, event: Event) -> None:
        retenir(self.etat, event)

    def cree(self) -> ScrutinCree:
        """Its rule. Raises ScrutinIntrouvable, VoteImporte."""
        return regle_du_vote(self.etat)

    def exige(self, *phases: Phase) -> ScrutinCree:
        """Its rule, in one of these phases. Raises EtapeAVenir, EtapePassee, VoteAnnule."""
        return a_l_etape(self.etat, *phases)


@dataclass
class ActeSurScrutin(ActeDeFonction):
    """An act of the office on the scrutin of this number."""

    scrutin: str
    etat: Scrutin = field(default_factory=Scrutin, init=False)

    def reads(self) -> list[str]:
        return [flux_scrutin(self.scrutin), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        retenir(self.etat, event)

    @property
    def cree(self) -> ScrutinCree:
        """Its rule. Raises ScrutinIntrouvable, VoteImporte."""
        return regle_du_vote(self.etat)

    def agit(self, *phases: Phase) -> str:
        """The function that acts, in one of these phases. Raises FonctionManquante, then what `a_l_etape` raises."""
        par = self.par(self.cree.college)
        a_l_etape(self.etat, *phases)
        return par

    def au_titre_de(self, *fonctions: str) -> str:
        """The function in force among these ones. Raises FonctionManquante, AutreFonctionRequise."""
        self.par(self.cree.college)
        for titre in self.titres:
            if titre.fonction in fonctions and titre.instance in (None, self.cree.college) and titre.en_cours(self.le):
                return titre.id
        names = " ou ".join(FONCTIONS[fonction].nom for fonction in fonctions)
        raise AutreFonctionRequise(f"Cette clé demande une autre fonction : {names}.")

    def autre_que(self, geste: Geste | None, quoi: str) -> None:
        """Raises MemePersonne when the actor held the function of that act, that day: it may have been her own.

        A function taken away that very day counts as held.
        """
        if geste is not None and tenait(self.titres, geste.par, geste.le or self.le):
            raise MemePersonne(f"{quoi} : une autre personne doit le faire, au titre d'une autre fonction.")


def regle_du_vote(etat: Scrutin) -> ScrutinCree:
    """The rule of this scrutin. Raises ScrutinIntrouvable, VoteImporte."""
    if etat.importe is not None:
        raise VoteImporte("Cette élection a été importée.")
    if etat.cree is None:
        raise ScrutinIntrouvable("Ce vote n'est pas dans le registre.", field="scrutin")
    return etat.cree


def a_l_etape(etat: Scrutin, *phases: Phase) -> ScrutinCree:
    """The rule, when the scrutin is in one of these phases. Raises EtapeAVenir, EtapePassee, VoteAnnule."""
    cree, phase = regle_du_vote(etat), etat.phase
    if phase in phases:
        return cree
    if phase == "annule":
        raise VoteAnnule("Ce vote a été annulé.")
    if _ORDRE.index(phase) > max(_ORDRE.index(wanted) for wanted in phases if wanted in ETAPES):
        raise EtapePassee(f"Trop tard : ce vote {ETAPES[phase]}.")
    raise EtapeAVenir(f"Pas encore : ce vote {ETAPES[phase]}.")


def positif(nombre: int, champ: str = "n") -> int:
    """A whole number above zero. Raises NombreImpossible."""
    if type(nombre) is not int or nombre < 1:
        raise NombreImpossible("Ce nombre n'est pas possible.", field=champ)
    return nombre


def empreinte(texte: str, champ: str = "empreinte") -> str:
    """64 lower-case hexadecimal digits. Raises EmpreinteIllisible."""
    if not _EMPREINTE.fullmatch(texte):
        raise EmpreinteIllisible("Cette empreinte n'est pas lisible.", field=champ)
    return texte


def raison(texte: str | None, manque: type[RegleViolee], champ: str = "motif") -> str:
    """A public reason of 20 signs at least. Raises TexteVide, TexteTropLong, and `manque` when it is too short."""
    found = propre(texte, SIGNES_MOTIF, champ, "La raison")
    if len(found) < SIGNES_RAISON:
        raise manque(f"La raison est trop courte : {SIGNES_RAISON} signes au moins.", field=champ)
    return found


def moment_long(moment: datetime) -> str:
    """« 8 mars 2027 à 8 h 30 »."""
    local = moment.astimezone(PARIS)
    minutes = f"\u00a0{local.minute:02d}" if local.minute else ""
    return f"{date_longue(local)} à {local.hour}\u00a0h{minutes}"


def pluriel(nombre: int, mot: str) -> str:
    """« 1 billet », « 2 billets »."""
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"
