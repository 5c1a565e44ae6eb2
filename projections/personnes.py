"""Persons: the functions that the register confides to each, with their dates. Names and addresses stay sealed."""

from collections.abc import Iterable
from typing import Any, ClassVar

import msgspec

from domain.droits import Titre, retenir
from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.ledger.event import Recorded
from projections.rows import Key, Projection, Row, Rows, handles


class PersonneRow(Row):
    """A person (a uuid). `titres`: `{fonction, instance, du, au}` with ISO dates; `positions`: where her name may be.

    `slug` comes from the first function (`animation-gepi`); two persons may share it, in the order of `position`.
    """

    TABLE: ClassVar[str] = "personnes"
    KEY: ClassVar[str] = "personne"
    personne: str
    slug: str
    titres: list[dict[str, Any]]
    positions: list[int]
    position: int


class Personnes(Projection):
    """Table `personnes`."""

    NAME = "personnes"
    ROWS = (PersonneRow,)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if isinstance(fact.event, FonctionConfiee | FonctionRetiree):
            yield PersonneRow, fact.event.personne

    @handles(FonctionConfiee, FonctionRetiree)
    def on_fonction(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, FonctionConfiee | FonctionRetiree)
        row = rows.get(PersonneRow, event.personne)
        titres = titres_of(row.titres) if row else []
        retenir(titres, event)
        named = [fact.position] if isinstance(event, FonctionConfiee) else []
        rows.put(
            PersonneRow(
                personne=event.personne,
                slug=row.slug if row else "-".join(filter(None, (event.fonction, event.instance))),
                titres=msgspec.to_builtins(titres),
                positions=(row.positions if row else []) + named,
                position=row.position if row else fact.position,
            )
        )


def titres_of(stored: list[dict[str, Any]]) -> list[Titre]:
    """The functions of a row."""
    return msgspec.convert(stored, list[Titre])
