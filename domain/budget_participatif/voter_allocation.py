"""Voter l'allocation : the Council's deliberation, its number, and the sum that it gives to retained projects."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.budget_participatif.dossier import ActeDeLEdition, Budget, EtapePrecedente, flux_budget
from domain.budget_participatif.events import AllocationVotee, IntentionDeposee
from domain.budget_participatif.montants import montant
from domain.budget_participatif.regles import JURY, PLAFOND
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.money import euros_ronds

_NUMERO = re.compile(r"(?:20[0-9]{2}-[0-9]{1,5}|CP-20[0-9]{2}-[0-9]{1,5})")


class NumeroDeDeliberationIllisible(RegleViolee):
    fondement = JURY
    conseil = "Recopiez le numéro de la délibération : 2025-1234, ou CP-2025-1234."


class AllocationDejaVotee(DejaFait):
    fondement = JURY


class PlafondDepasse(RegleViolee):
    fondement = PLAFOND
    conseil = "Vérifiez la somme dans la délibération."


class EnveloppeDepassee(RegleViolee):
    fondement = PLAFOND
    conseil = "Vérifiez la somme, et celles déjà votées dans cette édition."


@dataclass
class VoterAllocation(ActeDeLEdition):
    """`autres` are the other dossiers of the edition, as lists show them: their allocations count too."""

    DROIT = "voter_allocation"
    ETAPES = ("deliberation",)

    deliberation: str
    montant_cents: int
    projets: tuple[str, ...]
    autres: tuple[str, ...] = ()
    voisins: list[Budget] = field(default_factory=list, init=False)

    def reads(self) -> list[str]:
        others = [flux_budget(autre) for autre in dict.fromkeys(self.autres) if autre != self.dossier]
        return [*super().reads(), *others]

    def know(self, event: Event) -> None:
        if isinstance(event, IntentionDeposee) and self.budget.intention is not None:
            self.voisins.append(Budget())  # streams are read one after the other: its own comes first
        if self.voisins:
            self.voisins[-1].know(event)
        else:
            super().know(event)

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        number = self.deliberation.strip().upper()
        if not _NUMERO.fullmatch(number):
            raise NumeroDeDeliberationIllisible("Ce numéro de délibération n'est pas lisible.", field="deliberation")
        yield AllocationVotee(
            survenu_le=self.le,
            regle=JURY.id,
            deliberation=number,
            montant_cents=self._montant(),
            projets=self._projets(),
            par=par,
        )

    def _projets(self) -> tuple[str, ...]:
        asked = tuple(dict.fromkeys(self.projets))
        if not asked:
            raise EtapePrecedente("Choisissez au moins un projet retenu par le jury.", field="projets")
        for projet in asked:
            self.budget.candidat(projet)
            if projet in self.budget.finances:
                raise AllocationDejaVotee("Ce projet a déjà son financement.", field="projets")
            if projet not in self.budget.jury or self.budget.jury[projet].decision != "retenu":
                raise EtapePrecedente("Le jury n'a pas retenu ce projet.", field="projets")
        return asked

    def _montant(self) -> int:
        asked, edition = montant(self.montant_cents, "montant"), self.etat.ouverte(self.le)
        if self.budget.alloue_cents + asked > edition.plafond_cents:
            raise PlafondDepasse(
                f"La limite d'un collège est de {euros_ronds(edition.plafond_cents)}.", field="montant"
            )
        same = (b for b in self.voisins if b.intention is not None and b.intention.edition == self.edition)
        left = edition.enveloppe_cents - self.budget.alloue_cents - sum(b.alloue_cents for b in same)
        if asked > left:
            raise EnveloppeDepassee(
                f"Il reste {euros_ronds(max(left, 0))} dans l'enveloppe de l'édition.", field="montant"
            )
        return asked
