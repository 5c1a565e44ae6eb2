"""Persons of the register: who they are (revealed from the events that name them) and which functions they hold."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from domain.calendrier import PARIS
from domain.droits import FONCTIONS, Titre, donnant
from domain.droits import peut as titre_pour
from domain.ledger import store
from projections.personnes import titres_of
from web.services import Services

PERSONS = "SELECT personne, slug, titres, positions FROM personnes ORDER BY position"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person (a uuid) with the functions in force today. `nom` and `courriel` are empty once erased.

    `fonction` is what pages show under the name: « Animation – GEPI ».
    """

    id: str
    slug: str
    nom: str
    courriel: str
    fonction: str
    titres: tuple[Titre, ...]

    def titre(self, droit: str, instance: str | None = None) -> Titre | None:
        """The function by which she may do this act there today, or None."""
        return titre_pour(self.titres, droit, instance, today())

    def peut(self, droit: str, instance: str | None = None) -> bool:
        """Whether she may do this act there today: to show a button or not (the command decides)."""
        return self.titre(droit, instance) is not None

    def instances(self, droit: str) -> frozenset[str] | None:
        """Slugs of the instances where she may do this act; None for the whole register."""
        places = {titre.instance for titre in self.titres if donnant([titre], droit, titre.instance)}
        return None if None in places else frozenset(place for place in places if place)


def today() -> date:
    """The day in Paris."""
    return datetime.now(PARIS).date()


async def persons(services: Services) -> list[Person]:
    """Every person who holds a function today, oldest first."""
    return await named(services, await services.fetch(PERSONS))


async def named(services: Services, rows: Iterable[tuple[Any, ...]]) -> list[Person]:
    """The persons of these rows (as PERSONS reads them) who hold a function today, with their names."""
    held = [(id_, slug, _in_force(titres), positions) for id_, slug, titres, positions in rows]
    held = [row for row in held if row[2]]
    if not held:
        return []
    slugs = sorted({titre.instance for _, _, titres, _ in held for titre in titres if titre.instance})
    sigles = dict(await services.fetch("SELECT slug, sigle FROM instances WHERE slug = ANY(%s)", (slugs,)))
    async with services.pool.connection() as connection:
        values = await store.reveal(connection, services.vault, [at for _, _, _, found in held for at in found])
    return [_person(id_, slug, titres, sigles, [values.get(at, {}) for at in at_]) for id_, slug, titres, at_ in held]


def _in_force(stored: list[dict[str, Any]]) -> tuple[Titre, ...]:
    return tuple(titre for titre in titres_of(stored) if titre.en_cours(today()))


def _person(
    id_: str, slug: str, titres: tuple[Titre, ...], sigles: dict[str, str], values: list[dict[str, Any]]
) -> Person:
    known: dict[str, Any] = {}
    for found in values:  # the latest event that still says it holds
        known |= found
    return Person(
        id=id_,
        slug=slug,
        nom=known.get("nom") or "Nom effacé",
        courriel=known.get("courriel") or "",
        fonction=", ".join(_label(titre, sigles) for titre in titres),
        titres=titres,
    )


def _label(titre: Titre, sigles: dict[str, str]) -> str:
    name = FONCTIONS[titre.fonction].nom if titre.fonction in FONCTIONS else titre.fonction
    return f"{name} – {sigles.get(titre.instance, titre.instance)}" if titre.instance else name


async def person_of_email(services: Services, courriel: str) -> Person | None:
    """Who signs in with this address. Every address is revealed and compared: none is kept to be looked up."""
    wanted = courriel.casefold()
    found = [person for person in await persons(services) if person.courriel.casefold() == wanted]
    return found[-1] if found else None


async def demonstration_persons(services: Services) -> dict[str, Person]:
    """Those whom a visitor of the demonstration may be, by slug: `animation-gepi`, then `animation-gepi-2`…"""
    found: dict[str, Person] = {}
    for person in await persons(services):
        rank = sum(1 for other in found.values() if other.slug == person.slug) + 1
        found[f"{person.slug}-{rank}" if rank > 1 else person.slug] = person
    return found
