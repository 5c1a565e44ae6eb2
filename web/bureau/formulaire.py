"""The acts of the office as data: what each asks, which command it makes, which event says that it was done."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec

from domain.ledger.event import Event
from domain.propositions.dossier import ActeSurProposition
from web.access import Acteur
from web.forms import Form

Option = dict[str, str]


class Illisible(Exception):
    """A number or a date that cannot be read: the form comes back, filled."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Champ(msgspec.Struct, frozen=True):
    """A field of an act's form. `sorte`: text, textarea, tel, url, number, date, select, radios."""

    nom: str
    label: str
    sorte: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    aide: str = ""
    requis: bool = False
    max: int = 0

    @property
    def choix(self) -> list[Option]:
        """The options, as the components take them."""
        return [{"valeur": valeur, "libelle": libelle} for valeur, libelle in self.options]


class ActeBureau(msgspec.Struct, frozen=True):
    """One act: its name in addresses, its button, its right, its form, its command, the event that it writes."""

    nom: str
    titre: str
    droit: str
    evenement: type[Event] | tuple[type[Event], ...]
    commande: Callable[[Acteur, str, Form], ActeSurProposition]
    champs: tuple[Champ, ...] = ()
    aide: str = ""


def entier(fields: Form, nom: str) -> int | None:
    """A whole number, or None when left empty. Raises Illisible."""
    typed = fields.get(nom, "").strip().replace("\u00a0", "").replace(" ", "")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise Illisible(nom, "Écrivez un nombre, en chiffres.")
    return int(typed)


def jour_du(fields: Form, nom: str) -> date:
    """A day: `2026-04-14`, or `14/04/2026`. Raises Illisible."""
    typed = fields.get(nom, "").strip()
    parts = typed.split("/")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else typed)
    except ValueError as error:
        raise Illisible(nom, "Écrivez une date. Exemple : 14/04/2026") from error


def valeurs(champs: Sequence[Champ], fields: Form) -> dict[str, Any]:
    """What was typed in these fields, to fill the form again."""
    return {champ.nom: fields.get(champ.nom, "") for champ in champs}
