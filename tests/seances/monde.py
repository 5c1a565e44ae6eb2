"""A small assembly: a body with its members, and one meeting at the stage that a test wants."""

from datetime import date, datetime
from typing import Any

from domain.calendrier import PARIS
from domain.ledger.event import Event
from domain.mandats.events import FonctionElue, MandatOuvert, SiegesFixes
from domain.seances import events as e
from tests.monde import confiee, flux, instance
from tests.spec import given

SECRETARIAT = "00000000-0000-4000-8000-000000000031"
SEA = "SEA-2026-0001"
JOUR = date(2026, 3, 16)


def h(heure: int, minute: int = 0, jour: int = 16) -> datetime:
    return datetime(2026, 3, jour, heure, minute, tzinfo=PARIS)


def membres(n: int, du: date = date(2020, 7, 2)) -> list[Event]:
    """Seats and members `m1`…`mn`; `m1` presides."""
    facts: list[Event] = [SiegesFixes(sieges=n, du=du, source="essai", par="administration")]
    facts += [
        MandatOuvert(elu=f"m{rank}", civilite="Mme", nom=f"Nom{rank}", du=du, source="x", par="administration")
        for rank in range(1, n + 1)
    ]
    facts.append(FonctionElue(elu="m1", fonction="president", du=du, par="administration"))
    return facts


def elus(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"m{rank}" for rank in range(first, last + 1))


def planifiee(slug: str = "conseil", **others: Any) -> e.SeancePlanifiee:
    values: dict[str, Any] = {"prevue_le": h(9), "lieu": "Salle du conseil", "publique": True, **others}
    return e.SeancePlanifiee(instance=slug, a_l_initiative_de="presidence", par=f"secretariat:{slug}", **values)


def point(rang: int = 1, dossier: str | None = None) -> e.PointInscrit:
    return e.PointInscrit(rang=rang, objet=f"Point {rang}", origine="presidence", dossier=dossier, par="secretariat")


convoquee = e.ConvocationEnvoyee(jours=12, urgence=False, par="secretariat")
ouverte = e.SeanceOuverte(heure=h(9), president="m1", par="secretariat")


def arrivee(elus_: tuple[str, ...], heure: datetime | None = None) -> e.PresencesConstatees:
    return e.PresencesConstatees(elus=elus_, mouvement="arrivee", heure=heure or h(9, 5), par="secretariat")


def appele(rang: int = 1) -> e.PointAppele:
    return e.PointAppele(rang=rang, heure=h(10), par="secretariat")


def assemblee(n: int, *facts: Event, slug: str = "conseil", sorte: Any = "conseil") -> given:
    """The meeting at this stage, its body of `n` members, its secretary."""
    world = given(f"seances/{SEA}", *facts).and_given(f"assemblees/{slug}", *membres(n))
    world.and_given(f"instances/{slug}", instance(slug, sorte, serie=None))
    return world.and_given(flux(SECRETARIAT), confiee(SECRETARIAT, "secretariat", slug))
