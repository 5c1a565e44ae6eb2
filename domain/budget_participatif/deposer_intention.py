"""Déposer l'intention d'un collège : it enters the edition, with its budget and who adopted the rules."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.budget_participatif.college import college_ouvert, flux_college
from domain.budget_participatif.dossier import SERIE
from domain.budget_participatif.edition import Edition, flux_edition
from domain.budget_participatif.events import IntentionDeposee
from domain.budget_participatif.montants import montant
from domain.budget_participatif.regles import COLLEGE, EDITION, PLAFOND
from domain.calendrier import date_longue
from domain.errors import DejaFait, RegleViolee
from domain.identifiers import est_reference, suite_annuelle
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.money import euros_ronds
from domain.texte import ligne


class IntentionsCloses(RegleViolee):
    fondement = EDITION
    conseil = "Préparez l'édition suivante."


class BudgetTropGrand(RegleViolee):
    fondement = PLAFOND
    conseil = "Choisissez une somme qui ne dépasse pas la limite de l'édition."


class IntentionDejaDeposee(DejaFait):
    fondement = COLLEGE
    conseil = "Un collège a un seul dossier par édition : ouvrez celui qui existe."


class AutreDossierIllisible(RegleViolee):
    fondement = COLLEGE
    conseil = "Rechargez la page du collège."


@dataclass
class DeposerIntention(ActeDeFonction):
    """`adoptee_par` is a body (« conseil de la vie collégienne »), with a date if need be; never a person.

    `autres`: the dossiers that this collège already has, as lists show them: it has one in an edition.
    """

    DROIT = "deposer_intention"

    college: str
    edition: str
    adoptee_par: str
    budget_cents: int
    autres: tuple[str, ...] = ()
    inscrit: InstanceInscrite | None = field(default=None, init=False)
    etat: Edition = field(default_factory=Edition, init=False)
    deja: bool = field(default=False, init=False)

    def series(self) -> str:
        return suite_annuelle(SERIE, self.le.year)

    def reads(self) -> list[str]:
        if not all(est_reference(autre) for autre in self.autres):
            raise AutreDossierIllisible("Un dossier de ce collège n'a pas un numéro lisible.")
        return [
            f"budgets/{self.reference}",
            flux_college(self.college),
            flux_edition(self.edition),
            flux_personne(self.acteur),
            *(f"budgets/{autre}" for autre in dict.fromkeys(self.autres)),
        ]

    def know(self, event: Event) -> None:
        super().know(event)
        self.etat.know(event)
        match event:
            case InstanceInscrite():
                self.inscrit = event
            case IntentionDeposee():
                self.deja = self.deja or (event.college, event.edition) == (self.college, self.edition)

    def decide(self) -> Iterable[Event]:
        par = self.par(self.college)
        college_ouvert(self.inscrit, self.le)
        edition = self.etat.ouverte(self.le)
        if self.deja:
            raise IntentionDejaDeposee("Ce collège participe déjà à cette édition.", field="edition")
        self.etat.exige("intentions")
        if self.le > edition.intentions_jusqu_au:
            raise IntentionsCloses(
                f"Les intentions étaient reçues jusqu'au {date_longue(edition.intentions_jusqu_au)}."
            )
        if montant(self.budget_cents, "budget") > edition.plafond_cents:
            raise BudgetTropGrand(
                f"La limite de l'édition est de {euros_ronds(edition.plafond_cents)}.", field="budget"
            )
        yield IntentionDeposee(
            survenu_le=self.le,
            regle=COLLEGE.id,
            college=self.college,
            edition=self.edition,
            adoptee_par=ligne(self.adoptee_par, "adoptee_par", "Le conseil qui l'a adoptée"),
            budget_cents=self.budget_cents,
            par=par,
        )
