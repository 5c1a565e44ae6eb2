"""Instances, services and communes, as tables for lists and receipts."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from domain.instances.events import (
    AppellationInscrite,
    CommuneInscrite,
    CommuneRattachee,
    CommunesFusionnees,
    InstanceInscrite,
)
from domain.ledger.event import Recorded
from projections.rows import Key, Projection, Row, Rows, handles


class InstanceRow(Row):
    """A body or a service. `appellations`: its other names, `{nom, sigle, du, au}` with ISO dates or None."""

    TABLE: ClassVar[str] = "instances"
    KEY: ClassVar[str] = "slug"
    slug: str
    nom: str
    sigle: str
    type: str
    serie: str | None
    repondant: str | None
    adresse: str | None
    telephone: str | None
    courriel: str | None
    du: date
    au: date | None
    appellations: list[dict[str, Any]]
    position: int


class CommuneRow(Row):
    """A commune. `devient`: the INSEE code of what took its place; `precedents`: what it was before a merger."""

    TABLE: ClassVar[str] = "communes"
    KEY: ClassVar[str] = "insee"
    insee: str
    nom: str
    siren: str
    ctm: str
    population_municipale: int
    population_annee: int
    du: date
    au: date | None
    devient: str | None
    precedents: list[dict[str, Any]]
    position: int


class Instances(Projection):
    """Tables `instances` and `communes`."""

    NAME = "instances"
    ROWS = (InstanceRow, CommuneRow)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if type(fact.event) not in self.handlers:
            return
        feature, _, key = fact.stream.partition("/")
        yield (CommuneRow if feature == "communes" else InstanceRow), key
        if isinstance(fact.event, CommunesFusionnees):
            yield CommuneRow, fact.event.insee

    @handles(InstanceInscrite)
    def on_instance(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, InstanceInscrite)
        former = rows.get(InstanceRow, event.instance)
        shared = {name: getattr(event, name) for name in InstanceRow.__struct_fields__ if hasattr(event, name)}
        appellations = former.appellations if former else []
        rows.put(InstanceRow(slug=event.instance, appellations=appellations, position=fact.position, **shared))

    @handles(AppellationInscrite)
    def on_appellation(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, AppellationInscrite)
        row = rows.get(InstanceRow, fact.stream.partition("/")[2])
        if row is None:
            return
        name = {"nom": event.nom, "sigle": event.sigle, "du": _iso(event.du), "au": _iso(event.au)}
        row.appellations = [*row.appellations, name]
        rows.put(row)

    @handles(CommuneInscrite)
    def on_commune(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, CommuneInscrite)
        shared = {name: getattr(event, name) for name in CommuneRow.__struct_fields__ if hasattr(event, name)}
        rows.put(CommuneRow(devient=None, precedents=[], position=fact.position, **shared))

    @handles(CommuneRattachee)
    def on_rattachee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, CommuneRattachee)
        row = rows.get(CommuneRow, fact.stream.partition("/")[2])
        if row is not None:
            row.au, row.devient = event.le - timedelta(days=1), event.a
            rows.put(row)

    @handles(CommunesFusionnees)
    def on_fusion(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, CommunesFusionnees)
        former = rows.get(CommuneRow, fact.stream.partition("/")[2])
        if former is None:
            return
        last = event.le - timedelta(days=1)
        before = {"nom": former.nom, "siren": former.siren, "du": former.du.isoformat(), "au": last.isoformat()}
        if event.insee != former.insee:
            former.au, former.devient = last, event.insee
            rows.put(former)
        rows.put(
            CommuneRow(
                insee=event.insee,
                nom=event.nom,
                siren=event.siren,
                ctm=former.ctm,
                population_municipale=event.population_municipale,
                population_annee=event.population_annee,
                du=event.le,
                au=None,
                devient=None,
                precedents=[*former.precedents, before],
                position=fact.position,
            )
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
