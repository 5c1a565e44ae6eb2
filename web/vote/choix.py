"""What the pupil chose, read from the plain form, and what is wrong with it. `js/choix.js` says the same."""

import re
from collections.abc import Sequence

import msgspec

from domain.scrutins.events import ScrutinCree
from web.forms import Form
from web.vote.refus import BulletinMalRempli

NBSP = "\u00a0"
NUMBER = re.compile(r"[0-9]{1,4}")


class Choix(msgspec.Struct, frozen=True):
    """Projects by id, in the ballot's own order (of preference when they are ranked), and their points if any."""

    ids: tuple[str, ...] = ()
    points: tuple[int, ...] = ()


def read_choices(cree: ScrutinCree, fields: Form) -> Choix:
    """The choices of a form; "Voter blanc" is none. Raises BulletinMalRempli, with the exact text to show."""
    if fields.get("blanc") == "oui":
        return Choix()
    match cree.type_vote:
        case "cumulative":
            return _points(cree, fields)
        case "ordinal":
            return _ranks(cree, fields)
        case "choose-1":
            ids = tuple(projet.id for projet in cree.projets if fields.get("choix") == projet.id)
        case _:
            ids = tuple(projet.id for projet in cree.projets if fields.get(f"choix-{projet.id}") == "oui")
    _count(cree, ids)
    return Choix(ids)


def typed(cree: ScrutinCree, fields: Form) -> dict[str, str]:
    """What each project's control holds, by id: to show the form again as it was filled."""
    if cree.type_vote == "choose-1":
        return {fields["choix"]: "oui"} if fields.get("choix") else {}
    name = {"cumulative": "points", "ordinal": "rang"}.get(cree.type_vote, "choix")
    found = {projet.id: fields.get(f"{name}-{projet.id}", "") for projet in cree.projets}
    return {key: value[:8] for key, value in found.items() if value}


def back_fields(cree: ScrutinCree, choix: Choix) -> list[tuple[str, str]]:
    """The form's fields that say these choices: for « Changer »."""
    match cree.type_vote:
        case "cumulative":
            return [(f"points-{key}", str(n)) for key, n in zip(choix.ids, choix.points, strict=True)]
        case "ordinal":
            return [(f"rang-{key}", str(place)) for place, key in enumerate(choix.ids, 1)]
        case "choose-1":
            return [("choix", key) for key in choix.ids]
    return [(f"choix-{key}", "oui") for key in choix.ids]


def _points(cree: ScrutinCree, fields: Form) -> Choix:
    given = [(projet.id, _number(fields.get(f"points-{projet.id}", ""))) for projet in cree.projets]
    if any(n < 0 for _, n in given):
        raise BulletinMalRempli(f"Les points sont des nombres entiers{NBSP}: 1, 2, 3…", field="projets")
    taken = [(key, n) for key, n in given if n]
    if not taken:
        raise BulletinMalRempli(
            f"Tu n’as donné aucun point. Donnes-en, ou appuie sur «{NBSP}Voter blanc{NBSP}».", field="projets"
        )
    _count(cree, [key for key, _ in taken])
    total, most = sum(n for _, n in taken), cree.points_max or 0
    if total > most:
        message = f"Tu as donné {total} points. Le maximum est {most}. Enlèves-en {_over(total - most)}."
        raise BulletinMalRempli(message, field="projets")
    return Choix(tuple(key for key, _ in taken), tuple(n for _, n in taken))


def _ranks(cree: ScrutinCree, fields: Form) -> Choix:
    given = [(_number(fields.get(f"rang-{projet.id}", "")), projet.id) for projet in cree.projets]
    taken = sorted((rank, key) for rank, key in given if rank > 0)
    ranks = [rank for rank, _ in taken]
    if len(set(ranks)) < len(ranks):
        message = "Deux projets sont à la même place. Donne une place à chacun."
        raise BulletinMalRempli(message, field="projets")
    _count(cree, [key for _, key in taken])
    if ranks != list(range(1, len(ranks) + 1)):
        raise BulletinMalRempli("Il manque une place. Commence par la place 1.", field="projets")
    return Choix(tuple(key for _, key in taken))


def _count(cree: ScrutinCree, ids: Sequence[str]) -> None:
    if not ids:
        message = f"Tu n’as choisi aucun projet. Choisis, ou appuie sur «{NBSP}Voter blanc{NBSP}»."
        raise BulletinMalRempli(message, field="projets")
    most = choices(cree)
    if len(ids) > most:
        message = f"Tu as choisi {len(ids)} projets. Le maximum est {most}. Enlèves-en {_over(len(ids) - most)}."
        raise BulletinMalRempli(message, field="projets")


def choices(cree: ScrutinCree) -> int:
    """How many projects a ballot of this scrutin may name."""
    return 1 if cree.type_vote == "choose-1" else cree.choix_max


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if NUMBER.fullmatch(text) else 0 if not text else -1


def _over(n: int) -> str:
    return "un" if n == 1 else str(n)
