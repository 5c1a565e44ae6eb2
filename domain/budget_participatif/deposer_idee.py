"""Déposer une idée : by a class, from the box of the hall, or by the form, without any name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.budget_participatif.dossier import Budget, flux_budget
from domain.budget_participatif.events import CanalIdee, IdeeDeposee
from domain.budget_participatif.idee import SERIE
from domain.budget_participatif.regles import COLLEGE, IDEES
from domain.calendrier import date_longue
from domain.choix import verifie_choix
from domain.coordonnees import nomme_quelqu_un
from domain.errors import RegleViolee
from domain.identifiers import suite_annuelle
from domain.ledger.event import Event
from domain.texte import ligne_ou_rien, nettoye

SIGNES_IDEE = int(IDEES.parametres["idee_signes"])
SIGNES_LIEU = 60


class IdeeVide(RegleViolee):
    fondement = IDEES
    conseil = "Écris ton idée en quelques mots."


class IdeeTropLongue(RegleViolee):
    fondement = IDEES
    conseil = "Raccourcis ton idée, ou donne deux idées."


class IdeeAvecCoordonnees(RegleViolee):
    fondement = IDEES
    conseil = "Enlève le numéro ou l'adresse : ton idée n'en a pas besoin."


class IdeesPasOuvertes(RegleViolee):
    fondement = COLLEGE
    conseil = "Garde ton idée pour l'ouverture, ou parles-en à ton CVC (conseil de la vie collégienne)."


class IdeesFinies(RegleViolee):
    fondement = COLLEGE
    conseil = "Garde ton idée pour la prochaine fois, ou parles-en à ton CVC (conseil de la vie collégienne)."


def texte_d_idee(texte: str | None) -> str:
    """The idea, cleaned. Raises IdeeVide, IdeeTropLongue, IdeeAvecCoordonnees."""
    found = nettoye(texte or "")
    if not any(sign.isalnum() for sign in found):
        raise IdeeVide("Ton idée est vide.", field="texte")
    if len(found) > SIGNES_IDEE:
        raise IdeeTropLongue(f"Ton idée a {len(found)} signes. Le maximum est {SIGNES_IDEE}.", field="texte")
    if nomme_quelqu_un(found):
        raise IdeeAvecCoordonnees("Ton idée montre un numéro de téléphone ou un e-mail.", field="texte")
    return found


@dataclass
class DeposerIdee(ActeDeFonction):
    """`acteur` is empty for the public form; `lieu` is the class or the box (« 6e B »), never a name."""

    DROIT = "deposer_idee"

    dossier: str
    texte: str
    canal: CanalIdee = "formulaire"
    lieu: str | None = None
    acteur: str = field(default="", kw_only=True)
    budget: Budget = field(default_factory=Budget, init=False)

    def series(self) -> str:
        flux_budget(self.dossier)
        if self.canal != "formulaire":
            flux_personne(self.acteur)
        return suite_annuelle(SERIE, self.le.year)

    def reads(self) -> list[str]:
        acteur = [] if self.canal == "formulaire" else [flux_personne(self.acteur)]
        return [f"idees/{self.reference}", flux_budget(self.dossier), *acteur]

    def know(self, event: Event) -> None:
        super().know(event)
        self.budget.know(event)

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        college = self.budget.connu(self.le).college
        formulaire = self.canal == "formulaire"
        par = None if formulaire else self.par(college)
        self._recues()
        yield IdeeDeposee(
            survenu_le=self.le,
            regle=IDEES.id,
            dossier=self.dossier,
            canal=self.canal,
            lieu=None if formulaire else ligne_ou_rien(self.lieu, "lieu", "La classe ou le lieu", SIGNES_LIEU),
            par=par,
            texte=texte_d_idee(self.texte),
        )

    def _recues(self) -> None:
        until = self.budget.idees_jusqu_au
        if until is None:
            raise IdeesPasOuvertes("Ton collège ne reçoit pas encore d'idées.")
        if self.budget.idees_closes or self.le > until:
            raise IdeesFinies(f"Les idées étaient reçues jusqu'au {date_longue(until)}.")
