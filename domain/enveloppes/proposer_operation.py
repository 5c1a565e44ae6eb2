"""Proposer une opération : what, where, how much, and why when it is above the threshold."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.actes import ActeDeFonction, flux_personne
from domain.choix import verifie_choix
from domain.enveloppes.compte import Compte
from domain.enveloppes.events import NomEnveloppe, OperationProposee
from domain.enveloppes.regles import AXES, QUI_DECIDE, SEUILS
from domain.errors import RegleViolee
from domain.identifiers import suite_annuelle
from domain.ledger.event import Event
from domain.money import verifie_montant
from domain.texte import ligne, ligne_ou_rien


class AxeInconnu(RegleViolee):
    fondement = AXES
    conseil = "Choisissez un des sept axes."


class OperationHorsEnveloppe(RegleViolee):
    fondement = QUI_DECIDE
    conseil = "Choisissez l'enveloppe qui convient à cette opération."


class RaisonDuSeuil(RegleViolee):
    fondement = SEUILS
    conseil = "Dites pourquoi cette opération dépasse le seuil : c'est permis, et c'est public."


@dataclass
class ProposerOperation(ActeDeFonction):
    """`beneficiaire`: INSEE code (FIC, suites) or slug of a conférence. `communes`: INSEE codes where it happens."""

    DROIT = "proposer_operation"

    nom: NomEnveloppe
    beneficiaire: str
    titre: str
    nature: str
    cout_cents: int
    communes: tuple[str, ...]
    proposee_par: str
    axe: str | None = None
    competence: str | None = None
    origine: str | None = None
    motif_seuil: str | None = None

    def series(self) -> str:
        return suite_annuelle("OP", self.le.year)

    def reads(self) -> list[str]:
        return [f"operations/{self.reference}", flux_personne(self.acteur)]

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par = self.par(f"conseil-municipal-{self.beneficiaire}")
        cents = verifie_montant(self.cout_cents, "cout_cents")
        _ = Compte(self.nom, self.beneficiaire, self.le.year).flux  # the beneficiary is a possible one
        self._projets()
        if depasse(self.nom, cents) and not (self.motif_seuil or "").strip():
            raise RaisonDuSeuil("Cette opération dépasse le seuil de son enveloppe.", field="motif_seuil")
        yield OperationProposee(
            survenu_le=self.le,
            regle=SEUILS.id if depasse(self.nom, cents) else QUI_DECIDE.id,
            nom=self.nom,
            beneficiaire=self.beneficiaire,
            titre=ligne(self.titre, "titre", "Le titre"),
            nature=ligne(self.nature, "nature", "La nature"),
            cout_cents=cents,
            communes=self.communes,
            proposee_par=ligne(self.proposee_par, "proposee_par", "Qui propose"),
            axe=self.axe,
            competence=self.competence,
            origine=self.origine or None,
            motif_seuil=ligne_ou_rien(self.motif_seuil, "motif_seuil", "La raison"),
            par=par,
        )

    def _projets(self) -> None:
        if len(set(self.communes)) != len(self.communes) or not self.communes:
            raise OperationHorsEnveloppe("Une opération dit dans quelles communes elle se fait.", field="communes")
        if self.nom != "projets":
            if self.nom == "fic" and self.communes != (self.beneficiaire,):
                raise OperationHorsEnveloppe("Le FIC d'une commune sert dans cette commune.", field="communes")
            return
        if self.axe not in AXES.parametres:
            raise AxeInconnu("Cet axe n'est pas dans le Pacte.", field="axe")
        if len(self.communes) < 2:
            raise OperationHorsEnveloppe(
                "Une opération de cette enveloppe sert au moins deux communes.", field="communes"
            )
        if self.competence != "metropole":
            raise OperationHorsEnveloppe("Elle doit relever des compétences de la Métropole.", field="competence")


def depasse(nom: str, cents: int) -> bool:
    """Whether an operation of this envelope is above its threshold (exactly on it is not)."""
    seuil = SEUILS.parametres.get(f"{nom}_cents")
    return seuil is not None and cents > int(seuil)
