"""Small events and commands, for the tests of the ledger itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from domain.errors import RegleViolee
from domain.law import Regle
from domain.ledger.command import Command
from domain.ledger.event import Event

RULE = Regle(id="essai", titre="Essai", texte="", source="choix du projet", du=date(2026, 1, 1))


class Deposited(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "essai/Deposited/1"
    PERSONAL: ClassVar[dict[str, str]] = {"texte": "contribution", "prenom": "auteur"}
    reference: str
    texte: str | None = None
    prenom: str | None = None


class Counted(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "essai/Counted/1"
    n: int
    note: str = ""


class PlafondAtteint(RegleViolee):
    fondement = RULE


@dataclass
class Deposit(Command):
    texte: str
    prenom: str | None = None

    def series(self) -> str:
        return "ESSAI-2026"

    def reads(self) -> list[str]:
        return [f"essais/{self.reference}"]

    def decide(self) -> Iterable[Event]:
        yield Deposited(reference=self.reference, texte=self.texte, prenom=self.prenom)


@dataclass
class Count(Command):
    """Adds one to a stream, between a floor and a ceiling of what it knows; may stand on other streams, only read."""

    stream: str
    ceiling: int = 1_000_000
    others: tuple[str, ...] = ()
    note: str = ""
    floor: int = 0
    n: int = field(default=0, init=False)

    def reads(self) -> list[str]:
        return [self.stream, *self.others]

    def know(self, event: Event) -> None:
        if isinstance(event, Counted):
            self.n += 1

    def decide(self) -> Iterable[Event]:
        if not self.floor <= self.n < self.ceiling:
            raise PlafondAtteint("le plafond est atteint")
        yield Counted(n=self.n + 1, note=self.note)
