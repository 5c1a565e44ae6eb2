"""What the commands know of a proposition, and the two ways to act on one: by a function, or with the code."""

import hmac
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.calendrier import jour
from domain.choix import verifie_choix
from domain.errors import AccesRefuse, DejaFait, Introuvable, RegleViolee
from domain.identifiers import REFERENCES, est_reference
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.propositions import events as faits
from domain.propositions.regles import CODE_DE_SUIVI, ETAPES, RAPPEL


class PropositionIntrouvable(Introuvable):
    fondement = REFERENCES


class PropositionDejaRetiree(DejaFait):
    fondement = CODE_DE_SUIVI
    conseil = "Une proposition retirée ne bouge plus. Déposez-en une nouvelle si besoin."


class DossierClos(RegleViolee):
    fondement = ETAPES
    conseil = "Si la personne n'a pas compris la réponse, elle peut le dire : le dossier se rouvre."


class CodeFaux(AccesRefuse):
    fondement = CODE_DE_SUIVI
    conseil = "Vérifiez les quatre mots et le numéro de votre reçu."


class DateAvantLeDepot(RegleViolee):
    fondement = ETAPES
    conseil = "Vérifiez la date."


class PasEncoreLue(RegleViolee):
    fondement = ETAPES
    conseil = "Lisez la proposition, donnez-lui un thème et un titre, puis recommencez."


class PasEncoreDeReponse(RegleViolee):
    fondement = ETAPES
    conseil = "Attendez qu'une réponse soit donnée."


def flux_proposition(reference: str) -> str:
    """Stream of a proposition. Raises PropositionIntrouvable on what is not a number."""
    if not est_reference(reference):
        raise PropositionIntrouvable("Ce numéro n'existe pas.", field="proposition")
    return f"propositions/{reference}"


@dataclass
class Dossier:
    """What the stream of a proposition says, public fields only."""

    depot: faits.PropositionDeposee | None = None
    depose_le: date = date.min
    qualification: faits.PropositionQualifiee | faits.QualificationRectifiee | None = None
    publication: faits.PublicationModeree | None = None
    seances: list[faits.PropositionMiseEnDiscussion] = field(default_factory=list)
    orientations: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    adoptee: bool = False
    suite: faits.SuiteDonnee | None = None
    restituee: bool = False
    rappel_du: bool = False
    essais: int = 0
    comprise: bool = False
    close: bool = False
    retiree: bool = False

    def know(self, event: Event) -> None:
        match event:
            case faits.PropositionDeposee():
                self.depot = event
                self.depose_le = jour(event.survenu_le) if event.survenu_le else date.min
            case faits.PropositionQualifiee() | faits.QualificationRectifiee():
                self.qualification = event
            case faits.PublicationModeree():
                self.publication = event
            case faits.PropositionMiseEnDiscussion():
                self.seances.append(event)
            case faits.SituationOrientee():
                self.orientations.append(event.service)
            case faits.PropositionAdoptee():
                self.adoptee = True
            case faits.PropositionTransmise():
                self.services.append(event.service)
            case faits.SuiteDonnee():
                self.suite = event
            case faits.PropositionRestituee():
                self.restituee = True
            case faits.IncomprehensionSignalee():
                self.rappel_du, self.essais, self.comprise, self.close = True, 0, False, False
            case faits.RappelNote():
                self.essais += 1
                self.rappel_du = event.issue == "absent" and self.essais < int(RAPPEL.parametres["essais"])
            case faits.ComprehensionConfirmee():
                self.comprise, self.rappel_du = True, False
            case faits.PropositionClose():
                self.close = True
            case faits.PropositionRetiree():
                self.retiree = True

    def ouvert(self, le: date, *, meme_clos: bool = False, meme_retire: bool = False) -> faits.PropositionDeposee:
        """The filing, when the dossier may be acted on that day. Raises the refusal that fits."""
        if self.depot is None:
            raise PropositionIntrouvable("Ce numéro n'existe pas dans le registre.")
        if self.retiree and not meme_retire:
            raise PropositionDejaRetiree("Cette proposition a été retirée par son auteur.")
        if self.close and not meme_clos:
            raise DossierClos("Ce dossier est clos.")
        if le < self.depose_le:
            raise DateAvantLeDepot("Cette date vient avant le dépôt de la proposition.", field="le")
        return self.depot

    def lue(self) -> faits.PropositionQualifiee | faits.QualificationRectifiee:
        """Its qualification. Raises PasEncoreLue."""
        if self.qualification is None:
            raise PasEncoreLue("L'équipe n'a pas encore lu et classé cette proposition.")
        return self.qualification

    def repondue(self) -> faits.SuiteDonnee:
        """Its answer. Raises PasEncoreDeReponse."""
        if self.suite is None:
            raise PasEncoreDeReponse("Cette proposition n'a pas encore de réponse.")
        return self.suite


@dataclass
class ActeSurProposition(ActeDeFonction):
    """An act of the office on the proposition of this number."""

    proposition: str
    dossier: Dossier = field(default_factory=Dossier, init=False)

    def reads(self) -> list[str]:
        return [flux_proposition(self.proposition), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.dossier.know(event)

    def agit(self, *, meme_fini: bool = False) -> str:
        """The function that acts, once the dossier is open to it; `meme_fini`: even closed or withdrawn."""
        depot = self.dossier.depot
        if depot is None:
            raise PropositionIntrouvable("Ce numéro n'existe pas dans le registre.")
        par = self.par(depot.instance)
        self.dossier.ouvert(self.le, meme_clos=meme_fini, meme_retire=meme_fini)
        return par


@dataclass
class ActeDeLAuteur(Command):
    """An act of the author, who shows the code: `code_empreinte` is its HMAC, `le` the day in Paris."""

    proposition: str
    code_empreinte: str
    le: date
    dossier: Dossier = field(default_factory=Dossier, init=False)

    def reads(self) -> list[str]:
        return [flux_proposition(self.proposition)]

    def know(self, event: Event) -> None:
        self.dossier.know(event)

    def agit(self, *, meme_clos: bool = False) -> faits.PropositionDeposee:
        """The filing, once the code is right and the dossier open."""
        verifie_choix(self)
        depot = self.dossier.depot
        if depot is None or not hmac.compare_digest(depot.code_empreinte.encode(), self.code_empreinte.encode()):
            raise CodeFaux("Ce numéro et ce code ne vont pas ensemble.", field="code")
        return self.dossier.ouvert(self.le, meme_clos=meme_clos)
