"""Arrêter un projet : ideas that can be done become a line of the list, with all that the ballot shows of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.budget_participatif.dossier import ActeSurBudget, EtapePrecedente
from domain.budget_participatif.events import ProjetArrete
from domain.budget_participatif.idee import Lecteur, flux_idee
from domain.budget_participatif.montants import montant
from domain.budget_participatif.regles import FAISABILITE, LISTE, PLAFOND
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.money import euros_ronds
from domain.texte import SIGNES_TITRE, ligne, propre

MOTS = int(LISTE.parametres["phrase_mots"])
SIGNES_AVIS = 600
SIGNES_COURT = 120


class PhraseTropLongue(RegleViolee):
    fondement = LISTE
    conseil = "Un bulletin se lit vite : raccourcissez la phrase."


class ProjetSansIdee(RegleViolee):
    fondement = LISTE
    conseil = "Choisissez au moins une idée jugée possible."


class IdeeSansAvisFavorable(RegleViolee):
    fondement = FAISABILITE
    conseil = "Choisissez des idées que les services ont jugées possibles."


class IdeeDejaDansUnProjet(RegleViolee):
    fondement = LISTE
    conseil = "Une idée va dans un seul projet."
    status = 409


class ProjetTropCher(RegleViolee):
    fondement = PLAFOND
    conseil = "Réduisez le projet, ou retirez-le de la liste."


@dataclass
class ArreterProjet(ActeSurBudget):
    """`phrase` has at most 15 words; `comparaison` says the price in things; `avis` is the services' opinion."""

    DROIT = "arreter_projet"

    titre: str
    phrase: str
    cout_cents: int
    comparaison: str
    lieu: str
    avis: str
    idees: tuple[str, ...]
    lecteur: Lecteur = field(default_factory=Lecteur, init=False)

    def reads(self) -> list[str]:
        return [*super().reads(), *(flux_idee(idee) for idee in dict.fromkeys(self.idees))]

    def know(self, event: Event) -> None:
        super().know(event)
        self.lecteur.know(event)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        self.budget.liste_ouverte()
        if not self.budget.idees_closes:
            raise EtapePrecedente("Les idées de ce collège ne sont pas encore closes.")
        idees = self._idees()
        phrase = ligne(self.phrase, "phrase", "La phrase")
        if (words := len(phrase.split())) > MOTS:
            raise PhraseTropLongue(f"La phrase a {words} mots. Le maximum est {MOTS}.", field="phrase")
        budget = self.budget.connu(self.le).budget_cents
        if montant(self.cout_cents, "cout") > budget:
            raise ProjetTropCher(f"Ce projet coûte plus que le budget du collège, {euros_ronds(budget)}.", field="cout")
        yield ProjetArrete(
            survenu_le=self.le,
            regle=LISTE.id,
            projet=f"p{len(self.budget.projets) + 1}",
            titre=ligne(self.titre, "titre", "Le titre", SIGNES_TITRE),
            phrase=phrase,
            cout_cents=self.cout_cents,
            comparaison=ligne(self.comparaison, "comparaison", "La comparaison", SIGNES_COURT),
            lieu=ligne(self.lieu, "lieu", "Le lieu", SIGNES_COURT),
            avis=propre(self.avis, SIGNES_AVIS, "avis", "L'avis des services"),
            idees=idees,
            par=par,
        )

    def _idees(self) -> tuple[str, ...]:
        asked = tuple(dict.fromkeys(self.idees))
        if not asked:
            raise ProjetSansIdee("Ce projet ne vient d'aucune idée.", field="idees")
        known = self.budget.projets.items()
        taken = {idee for nom, projet in known for idee in projet.idees if nom not in self.budget.abandonnes}
        for reference, idee in self.lecteur.toutes(asked, self.dossier).items():
            idee.vivante()
            if idee.reponse is None or idee.reponse.avis != "recevable":
                raise IdeeSansAvisFavorable(f"{reference} n'est pas jugée possible.", field="idees")
            if reference in taken:
                raise IdeeDejaDansUnProjet(f"{reference} est déjà dans un projet.", field="idees")
        return asked
