"""Printables: a typst template and its data become a tagged PDF (PDF/A-2a, PDF/UA-1), or images of its pages.

Nothing is written on disk and nothing is fetched: fonts stand beside the templates. In the data, the value of every
key `qr` is what a QR code says; it is drawn here.
"""

import asyncio
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import segno
import typst

FOLDER = Path(__file__).parent
SECONDS = 120


class Demande(msgspec.Struct, frozen=True):
    """What is to be printed: the name of a template, its data, the date in the file's metadata."""

    template: str
    donnees: dict[str, Any]
    moment: datetime


class ImpressionImpossible(RuntimeError):
    """The compiler refused (a defect of a template): its words are not shown, they may quote the data."""


async def pdf(template: str, donnees: dict[str, Any], moment: datetime | None = None) -> bytes:
    """The PDF of `{template}.typ`, made by a process of its own: 540 slips take seconds, and the site goes on.

    The data go through its standard input: codes are in no file and in no list of arguments.
    """
    demande = msgspec.json.encode(Demande(template, donnees, moment or datetime.now(UTC)))
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "web.impression.child"),
        cwd=FOLDER.parent.parent,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        made, _ = await asyncio.wait_for(child.communicate(demande), SECONDS)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode or not made.startswith(b"%PDF"):
        raise ImpressionImpossible(template)
    return made


def compile_pdf(template: str, donnees: dict[str, Any], moment: datetime) -> bytes:
    """The same, here and now. Same data and date, same bytes."""
    return bytes(
        typst.compile(
            FOLDER / f"{template}.typ",
            root=FOLDER,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=_inputs(donnees),
            pdf_standards=["a-2a", "ua-1"],
            timestamp=moment.astimezone(UTC).replace(microsecond=0),
        )
    )


def compile_images(template: str, donnees: dict[str, Any], ppi: int = 150) -> list[bytes]:
    """Each page as a PNG at this resolution."""
    made = typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
        sys_inputs=_inputs(donnees),
    )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def qr(text: str) -> str:
    """A QR code as SVG, error correction Q (a quarter may be stained), with its quiet zone."""
    made = segno.make_qr(text, error="q", boost_error=False)
    return str(made.svg_inline(border=4, omitsize=True, light="white", svgclass=None, lineclass=None))


@cache
def fonts() -> typst.Fonts:
    """The two fonts of the folder, and those that typst carries (codes are in its DejaVu Sans Mono)."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FOLDER / "polices"])


def _inputs(donnees: dict[str, Any]) -> dict[str, str]:
    return {"donnees": msgspec.json.encode(_drawn(donnees)).decode()}


def _drawn(value: Any) -> Any:
    match value:
        case dict():
            return {k: qr(v) if k == "qr" and v else _drawn(v) for k, v in value.items()}
        case list() | tuple():
            return [_drawn(v) for v in value]
    return value
