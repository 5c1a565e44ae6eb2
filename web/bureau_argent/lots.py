"""Many acts at once, each on its own account: done or refused one by one, sent again without harm."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec

from domain.ledger.command import Command
from web.bureau.formulaire import Illisible
from web.bureau_argent.formulaires import REFUSES, faute_de
from web.forms import Form, once
from web.pages import nombre
from web.services import Services

LIGNES_MAX = 1_000
SEPARATEURS = ("\t", ";")


class Ligne(msgspec.Struct, frozen=True):
    """One act of a batch: what people call it, its key in the batch, its command, what was typed for it."""

    quoi: str
    cle: str
    commande: Command | None
    champs: Form = {}
    erreur: Exception | None = None


class Lot(msgspec.Struct):
    """What became of a batch. `position`: of its last act."""

    total: int
    position: int
    refuses: list[dict[str, str]]
    restent: list[str]

    @property
    def phrase(self) -> str:
        """« 58 actes sur 59 sont enregistrés »."""
        done = self.total - len(self.refuses)
        return (
            f"{nombre(done)} acte{'s' if done > 1 else ''} sur {nombre(self.total)} enregistré{'s' if done > 1 else ''}"
        )


async def tout_faire(services: Services, key: str, scope: str, lignes: Sequence[Ligne]) -> Lot:
    """Every act, in one go through the ledger; what a rule refuses does not stop the others."""
    results = await asyncio.gather(*(_faire(services, key, scope, one) for one in lignes))
    refused = [(one, found) for one, found in zip(lignes, results, strict=True) if isinstance(found, Exception)]
    position = max((found for found in results if isinstance(found, int)), default=0)
    return Lot(len(lignes), position, [_refus(*one) for one in refused], [one.cle for one, _ in refused])


async def _faire(services: Services, key: str, scope: str, ligne: Ligne) -> int | Exception:
    if ligne.commande is None:
        return ligne.erreur or Illisible("lignes", "Cette ligne n’est pas lisible.")
    try:
        act = await services.ledger.execute(ligne.commande, once(f"{key}/{ligne.cle}", scope, ligne.champs))
    except REFUSES as error:
        return error
    return act.position


def _refus(ligne: Ligne, error: Exception) -> dict[str, str]:
    faute = faute_de(error)
    told = {"quoi": ligne.quoi, "message": faute.message, "conseil": faute.advice}
    return told | {"regle": faute.fondement or ""}


def tableau(texte: str, colonnes: int) -> list[tuple[int, list[str]]]:
    """The lines of a pasted table (tabs or semicolons), with their numbers; empty lines are left out.

    Raises Illisible on more lines than can be, or on a line with too few columns.
    """
    found = []
    for number, line in enumerate(texte.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.replace(SEPARATEURS[0], SEPARATEURS[1]).split(SEPARATEURS[1])]
        if len(cells) < colonnes:
            raise Illisible("lignes", f"Ligne {number} : il faut {colonnes} colonnes, séparées par « ; ».")
        found.append((number, cells))
    if len(found) > LIGNES_MAX:
        raise Illisible("lignes", f"Il y a plus de {LIGNES_MAX} lignes : faites plusieurs envois.")
    return found


def contexte(lot: Lot | None) -> dict[str, Any] | None:
    """A batch as the template takes it."""
    return None if lot is None else {"phrase": lot.phrase, "refuses": lot.refuses}
