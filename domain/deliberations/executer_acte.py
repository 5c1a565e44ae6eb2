"""Signer, transmettre, recevoir, publier ; observations, recours, retrait, rectification : what follows the vote."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.choix import verifie_choix
from domain.deliberations.actes_ctes import IdentifiantActesFaux, departement_du_siren, lire_identifiant
from domain.deliberations.deliberation import ActeSurDeliberation, EtapeDejaFaite, EtapeManquante, flux_deliberation
from domain.deliberations.events import (
    ActePublie,
    ActeRecu,
    ActeSigne,
    ActeTransmis,
    DeliberationRectifiee,
    DeliberationRetiree,
    ObservationsPrefet,
    RecoursForme,
    RecoursJuge,
)
from domain.deliberations.regles import (
    DELAI_DE_RECOURS,
    ENTREE_EN_VIGUEUR,
    ETAPES_DE_DELIBERATION,
    IDENTIFIANT_ACTES,
)
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.texte import SIGNES_MOTIF, ligne, propre


class EmpreinteIllisible(RegleViolee):
    fondement = ENTREE_EN_VIGUEUR
    conseil = "Publiez le fichier depuis la page de l'acte : son empreinte est calculée."


@dataclass
class SignerActe(ActeSurDeliberation):
    """`qualite` is a role, such as « le Président »."""

    DROIT = "executer_acte"

    qualite: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("DeliberationVotee")
        self.adoptee()
        self.une_fois("ActeSigne")
        qualite = ligne(self.qualite, "qualite", "La qualité")
        yield ActeSigne(survenu_le=self.le_fait, regle=ETAPES_DE_DELIBERATION.id, qualite=qualite, par=par)


@dataclass
class TransmettreActe(ActeSurDeliberation):
    """`id_actes` is the @CTES identifier: this authority's, of the day of the vote. Absent on an old extract."""

    DROIT = "executer_acte"

    id_actes: str | None = None
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit("DeliberationVotee")
        self.adoptee()
        self.une_fois("ActeTransmis")
        yield ActeTransmis(
            survenu_le=self.le_fait,
            regle=IDENTIFIANT_ACTES.id,
            id_actes=self._identifiant(),
            source=self.source or None,
            par=par,
        )

    def _identifiant(self) -> str | None:
        if not self.id_actes:
            return None
        found = lire_identifiant(self.id_actes)
        if found.siren != self.deliberation.connue().siren:
            raise IdentifiantActesFaux("Ce SIREN est celui d'une autre collectivité.", field="id_actes")
        if departement_du_siren(found.siren) not in (None, found.departement):
            raise IdentifiantActesFaux(
                f"Le département {found.departement} n'est pas celui de cette collectivité.", field="id_actes"
            )
        if found.date != self.deliberation.dates["DeliberationVotee"] or found.nature != "DE":
            raise IdentifiantActesFaux("La date ou la nature n'est pas celle de ce vote.", field="id_actes")
        return str(found)


@dataclass
class RecevoirActe(ActeSurDeliberation):
    """The prefect's acknowledgement."""

    DROIT = "executer_acte"

    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit("ActeTransmis")
        self.une_fois("ActeRecu")
        yield ActeRecu(survenu_le=self.le_fait, regle=ENTREE_EN_VIGUEUR.id, source=self.source or None, par=par)


@dataclass
class PublierActe(ActeSurDeliberation):
    """Posted, or put online with the sha256 of its file."""

    DROIT = "executer_acte"

    mode: Literal["affichage", "en_ligne"]
    empreinte: str | None = None
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.agit("DeliberationVotee")
        self.adoptee()
        self.une_fois("ActePublie")
        if self.mode == "en_ligne" and not re.fullmatch("[0-9a-f]{64}", self.empreinte or ""):
            raise EmpreinteIllisible("Un acte mis en ligne a l'empreinte de son fichier.", field="empreinte")
        yield ActePublie(
            survenu_le=self.le_fait,
            regle=ENTREE_EN_VIGUEUR.id,
            mode=self.mode,
            empreinte=self.empreinte or None,
            source=self.source or None,
            par=par,
        )


@dataclass
class NoterObservations(ActeSurDeliberation):
    """The prefect's observations."""

    DROIT = "executer_acte"

    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("ActeRecu")
        motif = propre(self.motif, SIGNES_MOTIF, "motif", "L'observation")
        yield ObservationsPrefet(survenu_le=self.le_fait, regle=DELAI_DE_RECOURS.id, motif=motif, par=par)


@dataclass
class NoterRecours(ActeSurDeliberation):
    """An appeal is formed."""

    DROIT = "executer_acte"

    nature: Literal["gracieux", "contentieux", "defere"]

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.agit("DeliberationVotee")
        if self.deliberation.recours:
            raise EtapeDejaFaite("Un recours est déjà en cours.")
        yield RecoursForme(survenu_le=self.le_fait, regle=DELAI_DE_RECOURS.id, nature=self.nature, par=par)


@dataclass
class NoterJugement(ActeSurDeliberation):
    """How the appeal ended."""

    DROIT = "executer_acte"

    issue: Literal["rejete", "annulee", "annulee_en_partie", "desistement"]
    motif: str

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.agit("DeliberationVotee")
        if not self.deliberation.recours:
            raise EtapeManquante("Aucun recours n'est en cours.")
        motif = propre(self.motif, SIGNES_MOTIF, "motif", "La raison")
        yield RecoursJuge(survenu_le=self.le_fait, regle=DELAI_DE_RECOURS.id, issue=self.issue, motif=motif, par=par)


@dataclass
class RetirerDeliberation(ActeSurDeliberation):
    """Withdrawn by its author; the page stays."""

    DROIT = "executer_acte"

    motif: str
    remplacee_par: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit("ProjetDepose")
        if self.remplacee_par:
            flux_deliberation(self.remplacee_par, "remplacee_par")
        yield DeliberationRetiree(
            survenu_le=self.le_fait,
            regle=ETAPES_DE_DELIBERATION.id,
            motif=propre(self.motif, SIGNES_MOTIF, "motif", "La raison"),
            remplacee_par=self.remplacee_par or None,
            par=par,
        )


@dataclass
class RectifierDeliberation(ActeSurDeliberation):
    """A material error: what was written, what should be read."""

    DROIT = "executer_acte"

    champ: str
    avant: str
    apres: str
    motif: str

    def decide(self) -> Iterable[Event]:
        par = self.agit("ProjetDepose")
        yield DeliberationRectifiee(
            survenu_le=self.le_fait,
            regle=ETAPES_DE_DELIBERATION.id,
            champ=ligne(self.champ, "champ", "Ce qui est corrigé"),
            avant=propre(self.avant, SIGNES_MOTIF, "avant", "Ce qui était écrit"),
            apres=propre(self.apres, SIGNES_MOTIF, "apres", "Ce qu'il faut lire"),
            motif=ligne(self.motif, "motif", "La raison"),
            par=par,
        )
