"""The picture of what was built, drawn: benches under trees. No photograph is needed, and nobody is on it."""

import io
from typing import Final

from PIL import Image, ImageDraw

SIZE: Final = (1200, 800)
SKY, GRASS, PATH = "#bcdff2", "#8fb56a", "#e3d6b8"
ASPHALT = "#8a8d91"
WALL, WINDOW, TRUNK, LEAVES, WOOD, IRON = "#e9e2d3", "#6f93ad", "#7a5a3c", "#4f7d45", "#b5803f", "#4a4a4a"


def benches() -> bytes:
    """A PNG: the yard of a collège, three plane trees, benches in their shade."""
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    _school(draw)
    draw.rectangle((0, 460, 1200, 800), fill=GRASS)
    draw.polygon([(0, 700), (1200, 640), (1200, 800), (0, 800)], fill=PATH)
    for left in (230, 600, 970):
        _tree(draw, left)
    for left in range(60, 1100, 270):
        _bench(draw, left, 610)
    return _png(picture)


def asphalt() -> bytes:
    """A PNG: the same yard before the works, bare."""
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    _school(draw)
    draw.rectangle((0, 460, 1200, 800), fill=ASPHALT)
    draw.line([(0, 700), (1200, 640)], fill=WALL, width=6)
    return _png(picture)


def _school(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 170, 1200, 460), fill=WALL)
    for left in range(60, 1200, 150):
        for top in (210, 330):
            draw.rectangle((left, top, left + 80, top + 75), fill=WINDOW)


def _png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _tree(draw: ImageDraw.ImageDraw, middle: int) -> None:
    draw.rectangle((middle - 18, 330, middle + 18, 600), fill=TRUNK)
    for across, up, wide in ((-95, 300, 100), (95, 300, 100), (0, 210, 120), (0, 320, 110)):
        draw.ellipse((middle + across - wide, up - wide, middle + across + wide, up + wide), fill=LEAVES)


def _bench(draw: ImageDraw.ImageDraw, left: int, top: int) -> None:
    for down in (0, 22, 60):
        draw.rounded_rectangle((left, top + down - 40, left + 200, top + down - 26), 5, fill=WOOD)
    for leg in (left + 20, left + 170):
        draw.rectangle((leg, top + 32, leg + 10, top + 80), fill=IRON)
        draw.rectangle((leg, top - 40, leg + 8, top + 34), fill=IRON)
