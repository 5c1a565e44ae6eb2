"""Répondre à une saisine écrite ; adopter et présenter une contribution (P02, P03)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.avis.events import (
    AccuseReceptionEmis,
    ContributionAdoptee,
    PresentationDecidee,
    PresentationDemandee,
    ReponseSignee,
    ReponseTransmise,
    ServiceDesigne,
)
from domain.avis.regles import CONTRIBUTION_CTM, SAISINE_ECRITE
from domain.avis.saisine import ActeSurSaisine, EtapeDejaFaite, EtapeManquante
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.texte import ligne, ligne_ou_rien, propre

SIGNES_REPONSE = 8_000


class PasUneSaisineEcrite(RegleViolee):
    fondement = SAISINE_ECRITE
    conseil = "Cet acte ne vaut que pour une saisine écrite."


class DestinatairesManquants(RegleViolee):
    fondement = SAISINE_ECRITE
    conseil = "La réponse va à tous les maires de la conférence."


class PasUneContribution(RegleViolee):
    fondement = CONTRIBUTION_CTM
    conseil = "Cet acte ne vaut que pour une contribution au Conseil, ou du Conseil de développement."


@dataclass
class ActeDeReponse(ActeSurSaisine):
    """An act of the service that answers a written referral."""

    DROIT = "repondre_saisine"

    def repond(self) -> str:
        """The function that acts. Raises PasUneSaisineEcrite."""
        par, filed = self.agit()
        if filed.procedure != "saisine_ecrite":
            raise PasUneSaisineEcrite("Cette saisine n'est pas une saisine écrite.")
        return par


@dataclass
class AccuserReception(ActeDeReponse):
    """The referral is acknowledged."""

    def decide(self) -> Iterable[Event]:
        par = self.repond()
        if self.saisine.accuse:
            raise EtapeDejaFaite("La réception est déjà accusée.")
        yield AccuseReceptionEmis(survenu_le=self.le_fait, regle=SAISINE_ECRITE.id, par=par)


@dataclass
class DesignerService(ActeDeReponse):
    """The service that will answer."""

    service: str

    def decide(self) -> Iterable[Event]:
        par = self.repond()
        service = ligne(self.service, "service", "Le service")
        yield ServiceDesigne(survenu_le=self.le_fait, regle=SAISINE_ECRITE.id, service=service, par=par)


@dataclass
class SignerReponse(ActeDeReponse):
    """The answer, in full, and the role that signs it."""

    texte: str
    qualite: str

    def decide(self) -> Iterable[Event]:
        par = self.repond()
        if self.saisine.reponse:
            raise EtapeDejaFaite("La réponse est déjà signée.")
        yield ReponseSignee(
            survenu_le=self.le_fait,
            regle=SAISINE_ECRITE.id,
            texte=propre(self.texte, SIGNES_REPONSE, "texte", "La réponse"),
            qualite=ligne(self.qualite, "qualite", "La qualité"),
            par=par,
        )


@dataclass
class TransmettreReponse(ActeDeReponse):
    """`destinataires` are the communes of the conférence (INSEE); `attendus` those that it has that day."""

    destinataires: tuple[str, ...]
    attendus: tuple[str, ...]

    def decide(self) -> Iterable[Event]:
        par = self.repond()
        if not self.saisine.reponse:
            raise EtapeManquante("La réponse n'est pas signée.")
        if self.saisine.reponse_transmise:
            raise EtapeDejaFaite("La réponse est déjà transmise.")
        sent = tuple(sorted(set(self.destinataires)))
        if not sent or set(self.attendus) - set(sent) or not all(re.fullmatch("[0-9][0-9AB][0-9]{3}", s) for s in sent):
            raise DestinatairesManquants("Il manque une commune de la conférence.", field="destinataires")
        yield ReponseTransmise(survenu_le=self.le_fait, regle=SAISINE_ECRITE.id, destinataires=sent, par=par)


@dataclass
class ActeDeContribution(ActeSurSaisine):
    """An act on a contribution."""

    def contribue(self) -> str:
        """The function that acts. Raises PasUneContribution."""
        par, filed = self.agit()
        if filed.procedure not in ("contribution", "conseil_developpement"):
            raise PasUneContribution("Cette saisine n'est pas une contribution.")
        return par


@dataclass
class AdopterContribution(ActeDeContribution):
    """Its text, in full."""

    DROIT = "rendre_avis"
    A_LA_PLACE = "auteur"

    texte: str
    seance: str | None = None
    rang: int | None = None

    def decide(self) -> Iterable[Event]:
        par = self.contribue()
        if self.saisine.contribution:
            raise EtapeDejaFaite("La contribution est déjà adoptée.")
        yield ContributionAdoptee(
            survenu_le=self.le_fait,
            regle=CONTRIBUTION_CTM.id,
            texte=propre(self.texte, SIGNES_REPONSE, "texte", "La contribution"),
            seance=self.seance or None,
            rang=self.rang,
            par=par,
        )


@dataclass
class DemanderPresentation(ActeDeContribution):
    """By a member of the Council that the conférence designates."""

    DROIT = "rendre_avis"
    A_LA_PLACE = "auteur"

    elu: str

    def decide(self) -> Iterable[Event]:
        par = self.contribue()
        if not self.saisine.contribution:
            raise EtapeManquante("La contribution n'est pas encore adoptée.")
        elu = ligne(self.elu, "elu", "Qui présente")
        yield PresentationDemandee(survenu_le=self.le_fait, regle=CONTRIBUTION_CTM.id, elu=elu, par=par)


@dataclass
class DeciderPresentation(ActeDeContribution):
    """The president agrees, or says why not."""

    DROIT = "suivre_reserve"

    acceptee: bool
    motif: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.contribue()
        if self.saisine.demande is None:
            raise EtapeManquante("Aucune présentation n'est demandée.")
        if self.saisine.acceptee is not None:
            raise EtapeDejaFaite("Cette demande a déjà sa réponse.")
        motif = ligne_ou_rien(self.motif, "motif", "La raison") if self.acceptee else ligne(
            self.motif, "motif", "La raison du refus"
        )  # fmt: skip
        yield PresentationDecidee(
            survenu_le=self.le_fait, regle=CONTRIBUTION_CTM.id, acceptee=self.acceptee, motif=motif, par=par
        )
