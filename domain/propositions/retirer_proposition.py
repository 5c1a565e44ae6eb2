"""Retirer une proposition : its author withdraws it, and may want her words erased as well."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.event import Event
from domain.propositions.dossier import ActeDeLAuteur
from domain.propositions.events import PropositionRetiree
from domain.propositions.regles import CODE_DE_SUIVI


@dataclass
class RetirerProposition(ActeDeLAuteur):
    """`effacement_souhaite` puts the dossier on the list of the data-protection officer."""

    effacement_souhaite: bool = False

    def decide(self) -> Iterable[Event]:
        self.agit(meme_clos=True)
        yield PropositionRetiree(
            survenu_le=self.le, regle=CODE_DE_SUIVI.id, effacement_souhaite=self.effacement_souhaite
        )
