"""Rows of the participatory budget, read for pages."""

from collections.abc import Sequence
from typing import Any, LiteralString, TypeVar

from litestar.exceptions import NotFoundException

from projections.budgets_rows import BudgetRow, CollegeRow, EditionRow, IdeeRow, ProjetRow
from projections.rows import Row
from web.services import Services

R = TypeVar("R", bound=Row)


async def read(services: Services, kind: type[R], where: LiteralString = "true", values: Sequence[Any] = ()) -> list[R]:
    """The rows that this clause (and its order) chooses."""
    names = kind.__struct_fields__
    columns: LiteralString = ", ".join(names)  # the fields of a class of ours
    query: LiteralString = f"SELECT {columns} FROM {kind.TABLE} WHERE {where}"  # noqa: S608  # literals
    return [kind(**dict(zip(names, row, strict=True))) for row in await services.fetch(query, values)]


async def find_college(services: Services, slug: str) -> CollegeRow:
    """The collège. Raises 404."""
    found = await read(services, CollegeRow, "slug = %s", (slug,))
    if not found:
        raise NotFoundException("Ce collège n’est pas dans le registre.")
    return found[0]


async def find_edition(services: Services, edition: str) -> EditionRow:
    """The edition. Raises 404."""
    found = await read(services, EditionRow, "edition = %s", (edition,))
    if not found:
        raise NotFoundException("Cette édition n’est pas dans le registre.")
    return found[0]


async def find_budget(services: Services, reference: str) -> BudgetRow:
    """The dossier of a collège. Raises 404."""
    found = await read(services, BudgetRow, "reference = %s", (reference,))
    if not found:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    return found[0]


async def budgets_of(services: Services, college: str) -> list[BudgetRow]:
    """Every dossier of a collège, the latest edition first."""
    return await read(services, BudgetRow, "college = %s ORDER BY edition DESC", (college,))


async def idees_of(services: Services, dossier: str) -> list[IdeeRow]:
    """The ideas of a dossier, oldest first."""
    return await read(services, IdeeRow, "dossier = %s ORDER BY depot", (dossier,))


async def projets_of(services: Services, dossier: str) -> list[ProjetRow]:
    """The projects of a dossier, in order."""
    return await read(services, ProjetRow, "dossier = %s ORDER BY depot", (dossier,))
