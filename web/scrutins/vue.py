"""One scrutin as its office sees it: what the register says of it, and of the collège's dossier behind it."""

from collections import Counter
from functools import cached_property
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import NotFoundException

from domain.budget_participatif.dossier import Budget
from domain.identifiers import est_reference
from domain.ledger import store
from domain.ledger.entry import recorded
from domain.scrutins import events as e
from domain.scrutins.etat import Scrutin, retenir
from web.access import require_person
from web.propositions.instances import Annuaire, annuaire
from web.resultats import lecture
from web.services import Services, services

COUCHES: tuple[tuple[e.Couche, str, str], ...] = (
    ("bureau", "Clé du bureau de vote", "bureau_de_vote"),
    ("metropole", "Clé de la Métropole", "education"),
)
LECTEURS = ("creer_scrutin", "confirmer_regles", "publier_cle")


class Groupe(msgspec.Struct):
    """Slips of a class: numbers only."""

    nom: str
    remis: int = 0
    rendus: int = 0


class Vue:
    """What pages of the office need. `budget` is the dossier's state, None in a rehearsal without one."""

    def __init__(self, lu: lecture.Scrutin, noms: Annuaire, budget: Budget | None) -> None:
        self.lu, self.noms, self.budget = lu, noms, budget
        self.reference = lu.reference
        self.etat = Scrutin()
        for fait in lu.faits:
            retenir(self.etat, fait.event)

    @property
    def cree(self) -> e.ScrutinCree:
        """Its rule; pages of the office are for our own scrutins only."""
        assert self.lu.cree is not None
        return self.lu.cree

    @property
    def phase(self) -> str:
        """How far it is, as the domain says it."""
        return self.etat.phase

    @property
    def college(self) -> str:
        """What people call the collège."""
        return self.noms.nom(self.cree.college)

    def depuis(self, *phases: str) -> bool:
        """Whether it is in one of these phases."""
        return self.phase in phases

    @cached_property
    def groupes(self) -> list[Groupe]:
        """Slips by class, in the order of the alphabet."""
        found: dict[str, Groupe] = {}
        for given in self.lu.tous(e.BilletsRemis):
            found.setdefault(given.groupe, Groupe(given.groupe)).remis += given.n
        for back in self.lu.tous(e.BilletsRendus):
            found.setdefault(back.groupe, Groupe(back.groupe)).rendus += back.n
        return [found[nom] for nom in sorted(found)]

    @cached_property
    def billets(self) -> Counter[str]:
        """Slips: crees, remis, rendus, annules, echanges; from the register alone."""
        count: Counter[str] = Counter()
        count["crees"] = sum(event.n for event in self.lu.tous(e.BilletsCrees))
        count["remis"] = sum(event.n for event in self.lu.tous(e.BilletsRemis))
        count["rendus"] = sum(event.n for event in self.lu.tous(e.BilletsRendus))
        count["annules"] = sum(event.n for event in self.lu.tous(e.BilletsAnnules))
        count["echanges"] = len(self.lu.tous(e.BilletEchangeContrePapier))
        return count

    @cached_property
    def cles(self) -> dict[str, e.ClesDuScrutinPubliees]:
        """The published key of each layer."""
        return {event.couche: event for event in self.lu.tous(e.ClesDuScrutinPubliees)}

    @cached_property
    def papier(self) -> int:
        """How many paper ballots are in settled lots."""
        return sum(event.n for event in self.lu.tous(e.LotPapierValide))

    @cached_property
    def reclamations(self) -> list[tuple[e.ReclamationDeposee, e.ReclamationTranchee | None, int]]:
        """Each complaint, what was decided, and the position of its entry."""
        settled = {event.rang: event for event in self.lu.tous(e.ReclamationTranchee)}
        return [
            (fait.event, settled.get(fait.event.rang), fait.position)
            for fait in self.lu.faits
            if isinstance(fait.event, e.ReclamationDeposee)
        ]


async def lire(request: Request[Any, Any, Any], reference: str) -> Vue:
    """The scrutin, for the people of its office. Raises 401, 403 (by `require`), 404."""
    person, found = await require_person(request), services(request)
    lu = await lecture.read_scrutin(found, reference)
    if lu is None or lu.cree is None:
        raise NotFoundException(f"Aucun scrutin ne porte le numéro {reference[:40]}.")
    if not any(person.peut(droit, lu.cree.college) for droit in LECTEURS):
        raise NotFoundException(f"Aucun scrutin ne porte le numéro {reference[:40]}.")
    return Vue(lu, await annuaire(found), await lire_budget(found, lu.cree.dossier))


async def lire_budget(services: Services, dossier: str | None) -> Budget | None:
    """The collège's dossier, or None."""
    if not dossier or not (est_reference(dossier) and dossier.startswith("BPC-")):
        return None
    stream = f"budgets/{dossier}"
    async with services.pool.connection() as connection:
        rows = (await store.read(connection, [stream]))[stream]
    budget = Budget()
    for position, state in rows:
        budget.know(recorded(position, state).event)
    return budget if budget.intention else None
