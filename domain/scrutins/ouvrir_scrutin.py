"""Ouvrir le scrutin : the bureau opens, at least two of them, between the dates of the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.acte import ActeSurScrutin, a_l_etape, moment_long
from domain.scrutins.events import ScrutinCree, ScrutinOuvert
from domain.scrutins.regles import BUREAU_DE_VOTE
from domain.texte import ligne

ELEVE = "Élève"
SIGNES_ROLE = 60


class BureauIncomplet(RegleViolee):
    fondement = BUREAU_DE_VOTE
    conseil = "Ouvrez à deux : deux adultes, ou un adulte et un élève. Écrivez des rôles, jamais des noms."


class PasEncorePret(RegleViolee):
    fondement = BUREAU_DE_VOTE
    status = 409
    conseil = "Publiez les deux clés et créez les billets, puis ouvrez."


class HorsDesDates(RegleViolee):
    fondement = BUREAU_DE_VOTE
    conseil = "Les dates ne changent plus. Si elles sont fausses, annulez ce vote et créez-en un autre."


@dataclass
class OuvrirScrutin(ActeSurScrutin):
    """`membres` are roles (« Direction », « Élève »), never names; `moment` is now."""

    DROIT = "ouvrir_scrutin"

    membres: tuple[str, ...]
    moment: datetime

    def decide(self) -> Iterable[Event]:
        par = self.agit("confirme", "pret")
        self._pret()
        cree = a_l_etape(self.etat, "pret")
        self._dans_les_dates(cree)
        membres = tuple(ligne(role, "membres", "Le rôle d'un membre du bureau", SIGNES_ROLE) for role in self.membres)
        if len(membres) < 2 or all(role == ELEVE for role in membres):
            raise BureauIncomplet("Le bureau de vote n'est pas complet.", field="membres")
        yield ScrutinOuvert(survenu_le=self.moment, regle=BUREAU_DE_VOTE.id, membres=membres, par=par)

    def _pret(self) -> None:
        needed = {
            "la clé de la Métropole": "metropole" in self.etat.cles,
            "la clé du bureau de vote": "bureau" in self.etat.cles,
            "les billets": self.etat.n_crees > 0,
        }
        if missing := [name for name, there in needed.items() if not there]:
            raise PasEncorePret(f"Il manque {', '.join(missing)}.")

    def _dans_les_dates(self, cree: ScrutinCree) -> None:
        if self.moment < cree.ouvre_le:
            raise HorsDesDates(f"Le vote ouvre le {moment_long(cree.ouvre_le)}.", field="moment")
        if self.moment >= cree.ferme_le:
            raise HorsDesDates(f"Le vote était prévu jusqu'au {moment_long(cree.ferme_le)}.", field="moment")
