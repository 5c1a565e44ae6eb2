"""Constater le quorum ; appeler un point, quorum compté à nouveau ; s'en déporter ; demander un scrutin public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.choix import verifie_choix
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.majorites.regles import QUORUM_CONSEIL, SCRUTIN_PUBLIC
from domain.majorites.seuils import scrutin_public, seuil_scrutin_public
from domain.seances.actes import ActeSurSeance
from domain.seances.events import DeportDeclare, Mode, PointAppele, QuorumConstate, ScrutinDemande
from domain.seances.inscrire_point import PointDejaVote, PointInconnu
from domain.seances.quorums import compter_quorum, regle_de_quorum
from domain.seances.regles import DEPORT, ORDRE_DU_JOUR


class QuorumNonAtteint(RegleViolee):
    fondement = QUORUM_CONSEIL
    conseil = (
        "Levez la séance, et planifiez la seconde réunion trois jours plus tard : elle délibère quel que "
        "soit le nombre."
    )


class PointPasAppele(RegleViolee):
    fondement = ORDRE_DU_JOUR
    conseil = "Appelez d'abord ce point."


class DeportTardif(DejaFait):
    fondement = DEPORT


class ScrutinPasDu(RegleViolee):
    fondement = SCRUTIN_PUBLIC
    conseil = "Le vote se fait au scrutin ordinaire, ou avec assez de demandes."


@dataclass
class ActeDeQuorum(ActeSurSeance):
    """An act that counts who is there. `jeu` names another rule of quorum, in force that day."""

    REGLE = "quorum"

    def quorum(self, par: str, rang: int | None, jeu: str | None, heure: datetime | None = None) -> QuorumConstate:
        """The count at this moment; those who left for the item are not there (L3121-14)."""
        assert self.inscrite is not None
        here, held = self.seance.votants(rang) if rang else (self.seance.presents, self.seance.pouvoirs)
        members = len(self.composition.en_exercice(self.jour))
        rule = regle_de_quorum(self.inscrite.type, self.jour, self.jeux, jeu)
        if self.seance.connue().suite_de:
            rule = None  # the second meeting is valid whatever the number
        found = compter_quorum(rule, members, len(here), len(held))
        return QuorumConstate(
            survenu_le=heure or self.seance.moment,
            regle=rule.id if rule else QUORUM_CONSEIL.id if self.inscrite.type == "conseil" or jeu else None,
            presents=len(here),
            representes=len(held),
            en_exercice=members,
            seuil=found.seuil,
            atteint=found.atteint,
            rang=rang,
            par=par,
        )


@dataclass
class ConstaterQuorum(ActeDeQuorum):
    """The count at the opening. Without quorum, the meeting is closed and a second one is planned."""

    DROIT = "tenir_seance"

    jeu: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        yield self.quorum(par, None, self.jeu)


@dataclass
class AppelerPoint(ActeDeQuorum):
    """The item begins, if the quorum is still there. `deports` leave for it."""

    DROIT = "tenir_seance"

    rang: int
    heure_fait: datetime
    jeu: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.en_seance(self.heure_fait)
        if self.rang not in self.seance.points:
            raise PointInconnu("Ce point n'est pas à l'ordre du jour.", field="rang")
        if self.rang in self.seance.votes or self.rang in self.seance.renvoyes or self.rang in self.seance.appeles:
            raise PointDejaVote("Ce point est déjà appelé, voté ou renvoyé.")
        count = self.quorum(par, self.rang, self.jeu, self.heure_fait)
        if not count.atteint:
            raise QuorumNonAtteint(f"{count.presents} présents ; il en faut {count.seuil} sur {count.en_exercice}.")
        yield PointAppele(
            survenu_le=self.heure_fait, regle=ORDRE_DU_JOUR.id, rang=self.rang, heure=self.heure_fait, par=par
        )
        yield count


@dataclass
class DeclarerDeport(ActeSurSeance):
    """An interested member leaves for an item, before its vote; even before it is called."""

    DROIT = "tenir_seance"

    elu: str
    rang: int

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        if self.rang not in self.seance.points:
            raise PointInconnu("Ce point n'est pas à l'ordre du jour.", field="rang")
        [elu] = self.membres([self.elu], "elu")
        if self.rang in self.seance.votes or elu in self.seance.deports.get(self.rang, set()):
            raise DeportTardif("Ce point est déjà voté, ou ce déport déjà noté.")
        yield DeportDeclare(survenu_le=self.seance.moment, regle=DEPORT.id, elu=elu, rang=self.rang, par=par)


@dataclass
class DemanderScrutin(ActeSurSeance):
    """Members ask for a ballot by name (a sixth of those present); or the body votes in secret on a person."""

    DROIT = "tenir_seance"
    REGLE = "scrutin_public"

    rang: int
    mode: Mode
    demandeurs: tuple[str, ...] = ()

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.en_seance()
        if self.rang not in self.seance.appeles:
            raise PointPasAppele("Ce point n'est pas appelé.", field="rang")
        if self.rang in self.seance.votes:
            raise PointDejaVote("Ce point est déjà voté.")
        asking = self.presents(self.demandeurs, "demandeurs")
        there = len(self.seance.votants(self.rang)[0])
        rule = self.en_vigueur()
        part = int(rule.parametres["une_part_sur"]) if rule else 6
        needed = seuil_scrutin_public(there, part)
        if self.mode == "public" and not scrutin_public(there, len(asking), part):
            raise ScrutinPasDu(
                f"{len(asking)} demandes pour {there} présents ; il en faut {needed}.", field="demandeurs"
            )
        yield ScrutinDemande(
            survenu_le=self.seance.moment,
            regle=(rule or SCRUTIN_PUBLIC).id,
            rang=self.rang,
            mode=self.mode,
            demandeurs=asking,
            accorde=True,
            seuil=needed if self.mode == "public" else 0,
            par=par,
        )
