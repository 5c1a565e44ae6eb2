"""Pictures of projects for the demonstration's ballots, drawn from a few shapes: no photograph, nobody on them."""

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from PIL import Image, ImageDraw

from web.colleges.photos import keep
from web.services import Services

SIZE: Final = (480, 320)
SKY, GRASS, GROUND, WALL = "#bcdff2", "#8fb56a", "#d8d2c4", "#e9e2d3"
WOOD, IRON, LEAVES, RED, BLUE, CREAM, DARK = "#b5803f", "#4a4a4a", "#4f7d45", "#b8402f", "#2f6f9f", "#fbf3df", "#26323c"

Shape = tuple[str, str, tuple[int, ...]]  # kind, colour, coordinates in pixels


def _row(kind: str, colour: str, first: tuple[int, int, int, int], step: int, count: int) -> list[Shape]:
    left, top, right, bottom = first
    return [(kind, colour, (left + n * step, top, right + n * step, bottom)) for n in range(count)]


def _outside(ground: str = GRASS) -> list[Shape]:
    return [("box", SKY, (0, 0, 480, 210)), ("box", ground, (0, 210, 480, 320))]


def _inside(floor: str = WOOD) -> list[Shape]:
    return [("box", WALL, (0, 0, 480, 240)), ("box", floor, (0, 240, 480, 320))]


SCENES: Final[dict[str, list[Shape]]] = {
    "ombre": [
        *_outside(GROUND), *_row("box", WOOD, (60, 150, 72, 250), 340, 2),
        *_row("disc", LEAVES, (16, 70, 116, 170), 340, 2),
        ("path", CREAM, (130, 90, 350, 60, 300, 150)), ("path", RED, (180, 120, 380, 110, 330, 180)),
        *_row("box", IRON, (130, 90, 136, 260), 222, 2),
    ],
    "potager": [
        *_outside(), *_row("box", WOOD, (30, 220, 150, 280), 145, 3),
        *_row("disc", LEAVES, (40, 190, 80, 230), 145, 3),
        *_row("disc", RED, (95, 205, 120, 230), 145, 3), *_row("disc", LEAVES, (118, 195, 146, 225), 145, 3),
    ],
    "tennis": [
        *_outside(GROUND), ("path", BLUE, (70, 200, 410, 200, 450, 240, 30, 240)),
        ("box", CREAM, (236, 170, 244, 240)),
        ("box", IRON, (110, 240, 130, 300)), ("box", IRON, (350, 240, 370, 300)),
        ("disc", CREAM, (180, 130, 200, 150)),
    ],
    "photo": [
        *_inside(), ("box", DARK, (120, 110, 360, 240)), ("box", DARK, (190, 84, 290, 116)),
        ("disc", CREAM, (180, 120, 300, 236)),
        ("disc", BLUE, (200, 140, 280, 216)), ("box", RED, (318, 124, 344, 140)),
    ],
    "casiers": [
        *_inside(GROUND), *_row("box", BLUE, (40, 50, 100, 240), 68, 6),
        *_row("box", DARK, (48, 140, 92, 146), 68, 6),
        *_row("disc", CREAM, (84, 90, 94, 100), 68, 6), *_row("disc", CREAM, (84, 180, 94, 190), 68, 6),
    ],
    "scene": [
        *_inside(GROUND), ("box", WOOD, (60, 200, 420, 260)), ("path", RED, (60, 30, 170, 30, 100, 200, 60, 200)),
        ("path", RED, (420, 30, 310, 30, 380, 200, 420, 200)), ("box", DARK, (50, 20, 430, 36)),
        ("disc", CREAM, (200, 60, 280, 140)),
    ],
    "escalade": [
        *_outside(GROUND), ("box", WALL, (60, 60, 420, 260)), ("box", BLUE, (40, 260, 440, 290)),
        *_row("disc", RED, (90, 90, 118, 118), 90, 4), *_row("disc", LEAVES, (130, 140, 158, 168), 90, 3),
        *_row("disc", BLUE, (90, 200, 118, 228), 90, 4),
    ],
    "abri": [
        *_outside(GROUND), ("path", DARK, (50, 100, 400, 70, 440, 100, 60, 130)),
        *_row("box", IRON, (80, 120, 92, 280), 300, 2),
        ("box", WOOD, (110, 220, 370, 236)), *_row("box", IRON, (130, 236, 140, 280), 200, 2),
    ],
    "velos": [
        *_outside(GROUND), *_row("disc", DARK, (110, 180, 220, 290), 150, 2),
        *_row("disc", GROUND, (126, 196, 204, 274), 150, 2),
        ("path", RED, (165, 235, 215, 165, 290, 165, 315, 235, 225, 240)), ("box", IRON, (300, 120, 310, 240)),
        ("box", IRON, (285, 116, 335, 126)), ("box", DARK, (195, 152, 240, 164)),
    ],
    "livres": [
        *_outside(), ("path", RED, (120, 120, 240, 50, 360, 120)), ("box", WOOD, (140, 120, 340, 280)),
        ("box", CREAM, (160, 140, 320, 200)), *_row("box", BLUE, (166, 150, 178, 200), 38, 4),
        *_row("box", LEAVES, (180, 156, 190, 200), 38, 4), ("box", CREAM, (160, 212, 320, 272)),
        *_row("box", RED, (170, 222, 184, 272), 30, 5),
    ],
    "musique": [
        *_inside(), ("box", DARK, (50, 120, 170, 250)), ("disc", IRON, (70, 150, 150, 230)),
        ("disc", RED, (220, 170, 340, 260)),
        ("disc", CREAM, (236, 184, 324, 248)), ("disc", WOOD, (330, 110, 430, 130)),
        ("box", IRON, (376, 130, 384, 260)),
        ("box", IRON, (200, 70, 206, 250)), ("disc", DARK, (190, 50, 216, 82)),
    ],
    "nature": [
        *_outside(), ("box", WOOD, (90, 90, 106, 280)), ("path", RED, (60, 90, 98, 50, 136, 90)),
        ("box", CREAM, (66, 90, 130, 140)),
        ("disc", DARK, (88, 104, 108, 124)), ("box", WOOD, (240, 130, 420, 280)),
        *_row("disc", DARK, (254, 146, 282, 174), 42, 4),
        *_row("disc", CREAM, (254, 190, 282, 218), 42, 4), *_row("disc", DARK, (254, 234, 282, 262), 42, 4),
    ],
}  # fmt: skip


async def kept(services: Services, projets: Iterable[Mapping[str, Any]]) -> list[str | None]:
    """The picture of each project, stored (its sha256); None for those that the file draws nothing for."""
    named = [projet.get("dessin") for projet in projets]
    return [await keep(services, draw(name), vignette=True) if name else None for name in named]


def draw(name: str) -> bytes:
    """A PNG of this scene."""
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    for kind, colour, at in SCENES[name]:
        {"box": pen.rectangle, "disc": pen.ellipse, "path": pen.polygon}[kind](at, fill=colour)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
