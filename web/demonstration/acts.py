"""The demonstration's invented propositions, as commands: every one goes through the same rules as a real one."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from domain.identifiers import OCTETS_DU_CODE, code_hmac, mots
from domain.ledger.command import Command
from domain.ledger.store import Once
from domain.propositions.adopter_proposition import AdopterProposition
from domain.propositions.clore_proposition import CloreProposition
from domain.propositions.confirmer_comprehension import ConfirmerComprehension
from domain.propositions.deposer_proposition import DeposerProposition
from domain.propositions.donner_suite import DonnerSuite
from domain.propositions.mettre_en_discussion import MettreEnDiscussion
from domain.propositions.moderer_publication import ModererPublication
from domain.propositions.noter_rappel import NoterRappel
from domain.propositions.orienter_situation import OrienterSituation
from domain.propositions.qualifier_proposition import QualifierProposition
from domain.propositions.restituer_proposition import RestituerProposition
from domain.propositions.retirer_proposition import RetirerProposition
from domain.propositions.signaler_incomprehension import SignalerIncomprehension
from domain.propositions.transmettre_proposition import TransmettreProposition
from domain.reunions.annoncer_reunion import AnnoncerReunion

FILE = Path(__file__).parent / "propositions.json"
READ_AFTER = 5  # days between the filing and its reading by the team
SERVICES = {"gepi": "Direction des solidarités", "comet": "Direction de l'éducation", "cdd": "Direction générale"}
MEETING = "Maison de la Métropole de Vénissieux"

Make = Callable[[str], Command]


class Step(msgspec.Struct, frozen=True):
    """An act to come: the days before today, the proposition (its place in the file), and how to make the command.

    `make` receives the reference that the filing was given; a filing ignores it.
    """

    days: int
    place: int
    name: str
    make: Make

    @property
    def key(self) -> str:
        """What makes the act happen once, whatever happens to the load."""
        return f"demonstration/{self.place}/{self.name}"


def person(slug: str) -> str:
    """The uuid of a demonstration person: always the same."""
    return str(uuid5(NAMESPACE_URL, f"registre/demonstration/{slug}"))


def once(key: str) -> Once:
    """The idempotency key of a demonstration act: loaded again, it is the same act."""
    digest = hashlib.sha256(f"demonstration\0{key}".encode()).digest()
    return Once(digest, digest)


def meetings(today: date) -> list[tuple[str, Command]]:
    """The next meetings of two groups, with a key each."""
    told = (("gepi", 17, MEETING, "14:00"), ("comet", 24, "Collège des Deux-Rives", "17:30"))
    return [
        (
            f"reunion/{slug}",
            AnnoncerReunion(person(f"animation-{slug}"), today, slug, today + timedelta(days), where, at),
        )
        for slug, days, where, at in told
    ]


def code(place: int, secret: bytes) -> str:
    """The four words of a demonstration proposition."""
    drawn = hmac.new(secret, f"demonstration {place}".encode(), hashlib.sha256).digest()
    return " ".join(mots(drawn[:OCTETS_DU_CODE]))


def load() -> list[dict[str, Any]]:
    """The propositions, as the file tells them; days are counted back from today."""
    found: list[dict[str, Any]] = json.loads(FILE.read_text())
    return found


def steps(today: date, secret: bytes) -> list[Step]:
    """Every act, oldest first."""
    found = [step for place, told in enumerate(load()) for step in _steps(place, told, today, secret)]
    return sorted(found, key=lambda step: -step.days)  # stable: the order within one day is that of the story


def _steps(place: int, told: dict[str, Any], today: date, secret: bytes) -> Iterator[Step]:
    instance, filed = told["instance"], told["il_y_a"]
    team, office = person(f"animation-{instance}"), person("coordination")
    hashed = code_hmac(code(place, secret), secret)

    def step(days: int, name: str, make: Callable[[str, date], Command]) -> Step:
        day = today - timedelta(days=days)
        return Step(days, place, name, lambda reference: make(reference, day))

    helped = told.get("canal") == "avec_aide"
    yield step(
        filed,
        "deposer",
        lambda _, le: DeposerProposition(
            le=le,
            instance=instance,
            texte=told["texte"],
            code_empreinte=hashed,
            canal=told.get("canal", "ecrit"),
            lecture=told["lecture"],
            prenom=told.get("prenom"),
            relue=helped,
            aidant_nom="Accueil (démonstration)" if helped else None,
            aidant_structure="Centre social (démonstration)" if helped else None,
            acteur=team if told.get("canal") == "session" else "",
        ),
    )
    if "orienter" in told:
        days, service = told["orienter"]
        yield step(days, "orienter", lambda r, le: OrienterSituation(team, le, r, service, telephone="04 00 00 00 03"))
    if "titre" in told:
        theme, competence, title = told["theme"], told["competence"], told["titre"]
        read = max(filed - READ_AFTER, told.get("session", [0])[0], told.get("suite", [0])[0])
        yield step(read, "qualifier", lambda r, le: QualifierProposition(team, le, r, theme, competence, title))
        if told.get("publier"):
            yield step(read, "moderer", lambda r, le: ModererPublication(team, le, r, "publier"))
    if "retirer" in told:
        yield step(told["retirer"], "retirer", lambda r, le: RetirerProposition(r, hashed, le))
    yield from _discussed(told, team, step)
    yield from _answered(told, team, office, hashed, step)


Stepping = Callable[[int, str, Callable[[str, date], Command]], Step]


def _discussed(told: dict[str, Any], team: str, step: Stepping) -> Iterator[Step]:
    if "session" in told:
        days, place, people = told["session"]
        yield step(days, "discuter", lambda r, le: MettreEnDiscussion(team, le, r, le, place, people))
        if "adopter" in told:
            votes = told.get("voix", [None, None, None])
            yield step(days, "adopter", lambda r, le: AdopterProposition(team, le, r, told["adopter"], *votes))
    if "transmettre" in told:
        service = SERVICES[told["instance"]]
        yield step(told["transmettre"], "transmettre", lambda r, le: TransmettreProposition(team, le, r, service))


def _answered(told: dict[str, Any], team: str, office: str, hashed: str, step: Stepping) -> Iterator[Step]:
    if "suite" in told:
        days, answer, *reasons = told["suite"]
        yield step(days, "repondre", lambda r, le: DonnerSuite(office, le, r, answer, *reasons))
    if "restituer" in told:
        days, mode = told["restituer"]
        place = MEETING if mode == "reunion" else None
        yield step(days, "restituer", lambda r, le: RestituerProposition(team, le, r, mode, place))
    if "incompris" in told:
        yield step(told["incompris"][0], "incompris", lambda r, le: SignalerIncomprehension(r, hashed, le))
    if "rappel" in told:
        days, outcome = told["rappel"]
        yield step(days, "rappel", lambda r, le: NoterRappel(team, le, r, outcome))
    if "compris" in told:
        yield step(told["compris"], "compris", lambda r, le: ConfirmerComprehension(r, hashed, le))
    if "clore" in told:
        yield step(told["clore"], "clore", lambda r, le: CloreProposition(team, le, r))
