"""What was asked of the API, read with limits: JSON bodies, idempotency keys, numbers in addresses."""

import hashlib
import re
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.exceptions import ClientException

from domain.ledger.store import Once
from web.forms import WrongType, check_origin, read_body

T = TypeVar("T")

_KEY = re.compile(r"[!-~]{1,200}")

FRENCH: tuple[tuple[str, str], ...] = (
    (r"Object missing required field `(\w+)`", "Le champ « {0} » manque."),
    (r"Object contains unknown field `(.*)`", "Le champ « {0} » n’existe pas ici."),
    (r"Invalid enum value '?(.*?)'?(?: -.*)?$", "« {0} » n’est pas une des valeurs possibles."),
    (r"Expected `([^`]*)`, got `([^`]*)`", "Il faut ici une valeur de type « {0} », pas « {1} »."),
    (r"Expected `str` of length <= (\d+)", "Ce texte dépasse {0} signes : il est trop long."),
)


async def read_json(request: Request[Any, Any, Any], kind: type[T]) -> T:
    """The body, decoded. Raises 400 on what is not JSON or not of this form, 403, 413, 415."""
    check_origin(request)
    if request.content_type[0] != "application/json":
        raise WrongType
    body = await read_body(request)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise ClientException(explained(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ClientException("Ce corps n’est pas du JSON lisible, en UTF-8.") from error


def explained(message: str) -> str:
    """In French, with the place: « Le champ « texte » manque. »."""
    place = re.search(r" - at `\$\.?(.*)`$", message)
    where = f" (champ « {place[1]} »)" if place and place[1] else ""
    for pattern, french in FRENCH:
        if found := re.search(pattern, message):
            return french.format(*found.groups()) + where
    return f"Ce document n’a pas la forme attendue{where}."


def read_once(request: Request[Any, Any, Any], scope: str, content: object) -> Once:
    """The idempotency key of a writing, as the ledger keeps it. Raises 400 when the header is missing."""
    key = idempotency_key(request)
    digest = hashlib.sha256(f"api\0{scope}\0{key}".encode()).digest()
    body = msgspec.json.encode(content, order="sorted")
    return Once(digest, hashlib.sha256(f"api\0{key}\0".encode() + body).digest())


def idempotency_key(request: Request[Any, Any, Any]) -> str:
    """The header, 1 to 200 printable ASCII signs. Raises 400."""
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise ClientException("Il manque l’en-tête Idempotency-Key : une valeur à vous, nouvelle pour chaque acte.")
    return key


def read_number(request: Request[Any, Any, Any], name: str, default: int, least: int, most: int) -> int:
    """A number of the address, between two limits. Raises 400."""
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 16 and least <= int(text) <= most):
        raise ClientException(f"« {name} » doit être un nombre entier, de {least} à {most}.")
    return int(text)
