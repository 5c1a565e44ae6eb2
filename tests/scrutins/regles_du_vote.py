"""What the examples of the rules of a vote execute."""

from typing import Any

from domain.scrutins import regle_du_vote
from domain.scrutins.codes import lire_code
from domain.scrutins.events import ProjetAuVote, TypeVote
from domain.scrutins.traceurs import lire_traceur

Execute = dict[str, Any]


def regles(budget: int, couts: list[int]) -> str:
    """Projects at these prices, in euros."""
    projets = tuple(
        ProjetAuVote(id=f"p{n}", titre=f"Projet {n}", cout_cents=cout * 100) for n, cout in enumerate(couts, start=1)
    )
    regle_du_vote.projets(projets, budget * 100)
    return "accepté"


def comptage(regle: str, parametres: dict[str, str | int], type_vote: TypeVote) -> str:
    """A counting rule with these parameters."""
    regle_du_vote.comptage(regle, parametres, type_vote)
    return "acceptée"


EXECUTE: Execute = {
    "billets-de-vote-2026": lire_code,
    "numero-de-verification-2026": lire_traceur,
    "regles-du-vote-2026": regles,
    "regle-de-comptage-2026": comptage,
}
