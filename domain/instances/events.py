"""Facts of the instances and of the communes. Lines are added, never changed."""

from datetime import date
from typing import ClassVar, Literal

from domain.ledger.event import Event

TypeInstance = Literal[
    "participation",
    "jeunes",
    "developpement",
    "conseil",
    "conseil_municipal",
    "commission",
    "comite",
    "ctm",
    "service",
    "college",
]


class InstanceInscrite(Event, frozen=True, kw_only=True):
    """A body or a service exists from `du` to `au` included. `serie` numbers the propositions it receives.

    `instance` is its slug; `repondant` the slug of the service that answers for it; `par` a function.
    """

    TOPIC: ClassVar[str] = "instances/InstanceInscrite/1"
    instance: str
    nom: str
    sigle: str
    type: TypeInstance
    du: date
    source: str
    par: str
    serie: str | None = None
    au: date | None = None
    repondant: str | None = None
    adresse: str | None = None
    telephone: str | None = None
    courriel: str | None = None


class AppellationInscrite(Event, frozen=True, kw_only=True):
    """Another name of an instance, with its dates where they are known."""

    TOPIC: ClassVar[str] = "instances/AppellationInscrite/1"
    nom: str
    source: str
    par: str
    sigle: str | None = None
    du: date | None = None
    au: date | None = None


class CommuneInscrite(Event, frozen=True, kw_only=True):
    """A commune of the territory. `ctm` is the slug of its conference; populations as INSEE publishes them."""

    TOPIC: ClassVar[str] = "instances/CommuneInscrite/1"
    insee: str
    nom: str
    siren: str
    ctm: str
    population_municipale: int
    population_annee: int
    du: date
    source: str
    par: str
    au: date | None = None


class CommuneRattachee(Event, frozen=True, kw_only=True):
    """The commune `insee` ends; `a` is the INSEE code of the one that takes its place from `le` on."""

    TOPIC: ClassVar[str] = "instances/CommuneRattachee/1"
    insee: str
    a: str
    le: date
    source: str
    par: str


class CommunesFusionnees(Event, frozen=True, kw_only=True):
    """The commune of this stream becomes another one from `le` on, with those that `absorbees` names."""

    TOPIC: ClassVar[str] = "instances/CommunesFusionnees/1"
    insee: str
    nom: str
    siren: str
    absorbees: list[str]
    population_municipale: int
    population_annee: int
    le: date
    source: str
    par: str
