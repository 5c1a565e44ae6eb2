"""The press: a template of this folder and its data become a tagged PDF/A-2a (and PDF/UA-1), and its digest.

One compiler stays warm in the process, for one document at a time. Same data and same moment: same bytes.
"""

import asyncio
import hashlib
import json
import threading
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from web.impression.compiler import ImpressionImpossible, fonts

FOLDER = Path(__file__).parent
KEPT = 16

_one_at_a_time = threading.Lock()


class Imprime(msgspec.Struct, frozen=True):
    """A document: its bytes, their sha256 (64 hexadecimal digits), and the values that its template reports."""

    octets: bytes
    empreinte: str
    reperes: tuple[dict[str, Any], ...] = ()


async def imprimer(template: str, donnees: dict[str, Any], moment: datetime) -> Imprime:
    """The document, in a thread. Raises ImpressionImpossible."""
    return await asyncio.to_thread(composer, template, donnees, moment)


def composer(template: str, donnees: dict[str, Any], moment: datetime) -> Imprime:
    """The same, here and now; the last documents asked for are remembered."""
    return _composer(template, msgspec.json.encode(donnees).decode(), moment.astimezone(UTC).replace(microsecond=0))


@lru_cache(maxsize=KEPT)
def _composer(template: str, donnees: str, moment: datetime) -> Imprime:
    with _one_at_a_time:
        try:
            made = _compiler(template).compile(
                sys_inputs={"donnees": donnees}, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=moment
            )
            found = json.loads(_compiler(template).query("<repere>", field="value"))
        except typst.TypstError as error:
            raise ImpressionImpossible(template) from error
    assert isinstance(made, bytes)
    return Imprime(made, hashlib.sha256(made).hexdigest(), tuple(found))


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(FOLDER / f"{template}.typ", root=FOLDER.parent, font_paths=fonts(), ignore_system_fonts=True)
