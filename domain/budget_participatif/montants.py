"""Amounts of a participatory budget, in cents; reasons that say something."""

from domain.budget_participatif.regles import FAISABILITE, PLAFOND
from domain.errors import RegleViolee
from domain.law import Regle
from domain.texte import SIGNES_MOTIF, propre

MAXIMUM_CENTS = 100_000_000_00


class MontantImpossible(RegleViolee):
    fondement = PLAFOND
    conseil = "Écrivez une somme en euros, plus grande que zéro."


class RaisonTropCourte(RegleViolee):
    fondement = FAISABILITE
    conseil = "Dites pourquoi, en une phrase au moins."


def montant(cents: int, champ: str, *, zero: bool = False) -> int:
    """The amount, positive (or zero when `zero`), at most 100 million euros. Raises MontantImpossible."""
    if isinstance(cents, bool) or not (0 if zero else 1) <= cents <= MAXIMUM_CENTS:
        raise MontantImpossible("Cette somme n'est pas possible.", field=champ)
    return cents


def raison(texte: str | None, champ: str = "motif", regle: Regle = FAISABILITE) -> str:
    """A public reason, as long as `regle` asks at least. Raises TexteVide, TexteTropLong, RaisonTropCourte."""
    found = propre(texte, SIGNES_MOTIF, champ, "La raison")
    least = int(regle.parametres["motif_signes_minimum"])
    if len(found) < least:
        raise RaisonTropCourte(f"La raison est trop courte : {least} signes au moins.", field=champ)
    return found
