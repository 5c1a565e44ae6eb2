"""Déposer une proposition : one writes it, is helped to, or says it in a session."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.choix import verifie_choix
from domain.coordonnees import courriel, telephone
from domain.errors import Introuvable, RegleViolee
from domain.identifiers import suite_annuelle
from domain.instances.events import CommuneInscrite, CommuneRattachee, CommunesFusionnees, InstanceInscrite
from domain.ledger.event import Event
from domain.propositions.events import Canal, Lecture, PropositionDeposee, ReponsePar
from domain.propositions.regles import (
    ACCUSE_DE_RECEPTION,
    CODE_DE_SUIVI,
    FORMES_DE_PAROLE,
    LECTURE_CHOISIE,
    PRENOM_DES_MINEURS,
    REPONSE_A_LA_PERSONNE,
    delais_en_vigueur,
)
from domain.texte import SIGNES_PROPOSITION, ligne, ligne_ou_rien, propre

SIGNES_PRENOM = 60
SIGNES_ADRESSE = 300

_INSTANCE, _EMPREINTE, _LANGUE = re.compile("[a-z]{2,8}"), re.compile("[0-9a-f]{64}"), re.compile("[a-z]{2,3}")


class InstanceInconnue(Introuvable):
    fondement = ACCUSE_DE_RECEPTION
    conseil = "Choisissez une instance de la liste."


class InstanceFermee(RegleViolee):
    fondement = ACCUSE_DE_RECEPTION
    conseil = "Choisissez une instance qui existe ce jour-là."


class PasDePropositionIci(RegleViolee):
    fondement = ACCUSE_DE_RECEPTION
    conseil = "Choisissez le GEPI, COMET Jeunes ou le Conseil de développement."


class CommuneInconnue(Introuvable):
    fondement = ACCUSE_DE_RECEPTION
    conseil = "Choisissez une commune de la liste, ou n'en choisissez pas."


class RelectureManquante(RegleViolee):
    fondement = FORMES_DE_PAROLE
    conseil = "Relisez le texte à la personne, puis cochez la case."


class PrenomDeMineur(RegleViolee):
    fondement = PRENOM_DES_MINEURS
    conseil = "Choisissez « Tout le monde, sans mon nom » ou « Seulement l'équipe »."


class PrenomAbsent(RegleViolee):
    fondement = LECTURE_CHOISIE
    conseil = "Écrivez votre prénom, ou choisissez « Tout le monde, sans mon nom »."


class PersonneNAide(RegleViolee):
    fondement = REPONSE_A_LA_PERSONNE
    conseil = "Choisissez une autre façon de recevoir la réponse."


class EmpreinteIllisible(RegleViolee):
    fondement = CODE_DE_SUIVI
    conseil = "Rechargez la page pour recevoir un code."


@dataclass
class DeposerProposition(ActeDeFonction):
    """`instance` is a slug, `territoire` an INSEE code, `code_empreinte` 64 hexadecimal digits.

    `acteur` is needed for the channel `session` only, and empty otherwise. With help: `aidant_nom`,
    `aidant_structure`, and `relue`.
    """

    DROIT = "deposer_proposition"

    instance: str
    texte: str
    code_empreinte: str
    canal: Canal = "ecrit"
    lecture: Lecture = "equipe"
    reponse_par: ReponsePar = "code"
    contact: str | None = None
    prenom: str | None = None
    territoire: str | None = None
    langue: str = "fr"
    relue: bool = False
    aidant_nom: str | None = None
    aidant_structure: str | None = None
    acteur: str = field(default="", kw_only=True)
    inscrite: InstanceInscrite | None = field(default=None, init=False)
    commune: bool = field(default=False, init=False)

    def series(self) -> str:
        if not _INSTANCE.fullmatch(self.instance):
            raise InstanceInconnue("Cette instance n'est pas dans le registre.", field="instance")
        if self.territoire and not re.fullmatch("[0-9][0-9AB][0-9]{3}", self.territoire):
            raise CommuneInconnue("Cette commune n'est pas dans le registre.", field="territoire")
        if self.canal == "session":
            flux_personne(self.acteur)
        return suite_annuelle(self.instance.upper(), self.le.year)

    def reads(self) -> list[str]:
        streams = [f"propositions/{self.reference}", f"instances/{self.instance}"]
        if self.territoire:
            streams.append(f"communes/{self.territoire}")
        if self.canal == "session":
            streams.append(flux_personne(self.acteur))
        return streams

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case InstanceInscrite():
                self.inscrite = event
            case CommuneInscrite() | CommunesFusionnees():
                self.commune = True
            case CommuneRattachee():
                self.commune = self.le < event.le

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        instance = self._ouverte()
        par = self.par(self.instance) if self.canal == "session" else None
        if not _EMPREINTE.fullmatch(self.code_empreinte):
            raise EmpreinteIllisible("Le code de suivi n'a pas pu être enregistré.")
        texte = propre(self.texte, SIGNES_PROPOSITION, "texte")
        aidant_nom, aidant_structure = self._aidant()
        yield PropositionDeposee(
            survenu_le=self.le,
            regle=delais_en_vigueur(self.le).id,
            instance=self.instance,
            canal=self.canal,
            lecture=self.lecture,
            reponse_par=self.reponse_par,
            code_empreinte=self.code_empreinte,
            langue=self.langue if _LANGUE.fullmatch(self.langue) else "fr",
            relue=self.canal == "avec_aide",
            territoire=self.territoire or None,
            par=par,
            texte=texte,
            prenom=self._prenom(instance),
            contact=self._contact(),
            aidant_nom=aidant_nom,
            aidant_structure=aidant_structure,
        )

    def _ouverte(self) -> InstanceInscrite:
        instance = self.inscrite
        if instance is None:
            raise InstanceInconnue("Cette instance n'est pas dans le registre.", field="instance")
        if instance.serie is None:
            raise PasDePropositionIci(f"{instance.sigle} ne reçoit pas de propositions.", field="instance")
        if self.le < instance.du or (instance.au is not None and instance.au < self.le):
            raise InstanceFermee(f"{instance.sigle} n'existe pas ce jour-là.", field="instance")
        if self.territoire and not self.commune:
            raise CommuneInconnue("Cette commune n'existe pas ou n'existe plus.", field="territoire")
        return instance

    def _aidant(self) -> tuple[str | None, str | None]:
        if self.canal != "avec_aide":
            return None, None
        if not self.relue:
            raise RelectureManquante("Le texte n'a pas été relu à la personne.", field="relue")
        nom = ligne(self.aidant_nom, "aidant_nom", "Le nom de la personne qui aide")
        return nom, ligne(self.aidant_structure, "aidant_structure", "La structure")

    def _prenom(self, instance: InstanceInscrite) -> str | None:
        prenom = ligne_ou_rien(self.prenom, "prenom", "Le prénom", SIGNES_PRENOM)
        if self.lecture == "tous_avec_prenom":
            if instance.type == "jeunes":
                raise PrenomDeMineur("Le prénom d'un ou d'une élève n'est jamais public.", field="lecture")
            if prenom is None:
                raise PrenomAbsent("Il manque votre prénom pour le montrer.", field="prenom")
        return prenom

    def _contact(self) -> str | None:
        match self.reponse_par:
            case "courriel":
                return courriel(self.contact, "contact")
            case "telephone":
                return telephone(self.contact, "contact")
            case "courrier":
                return propre(self.contact, SIGNES_ADRESSE, "contact", "L'adresse")
            case "aidant" if self.canal != "avec_aide":
                raise PersonneNAide("Personne ne vous a aidé à écrire ce message.", field="reponse_par")
        return None
