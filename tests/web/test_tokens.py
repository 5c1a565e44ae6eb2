"""The colour tokens of base.css: the chosen values, and the contrast that they promise (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "web/static/base.css").read_text("utf-8")
LIGHT = dict(re.findall(r"--([\w-]+):(#[0-9A-F]{6})", CSS[: CSS.index("prefers-color-scheme:dark")]))
DARK = LIGHT | dict(
    re.findall(r"--([\w-]+):(#[0-9A-F]{6})", CSS[CSS.index("prefers-color-scheme:dark") : CSS.index("main.saone{")])
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("blanc", "papier", "surface")


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, two: str) -> float:
    """Contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def check(theme: dict[str, str], fronts: tuple[str, ...], grounds: tuple[str, ...], least: float) -> None:
    ratios = {(f, g): round(contrast(theme[f], theme[g]), 2) for f in fronts for g in grounds}
    assert {pair: r for pair, r in ratios.items() if r < least} == {}


def test_the_chosen_values() -> None:
    assert LIGHT | {
        "blanc": "#FFFFFF", "papier": "#FBF9F5", "surface": "#F1EEE7", "filet": "#D8D3C8",
        "encre": "#1C1D22", "encre-2": "#4B4D57", "rhone": "#0B4A6F", "rhone-fonce": "#07344F",
        "visite": "#5B2A86", "saone": "#1B6144", "brique": "#A32A1B", "ambre": "#7A4D00", "gris": "#6E6F7A",
        "f-info": "#E4F0F7", "f-ok": "#E3F2EA", "f-err": "#FCE9E6", "f-att": "#FFF1D0", "focus": "#FFC533",
    } == LIGHT  # fmt: skip
    assert DARK | {
        "blanc": "#1A1F29", "papier": "#10131A", "surface": "#1A1F29", "encre": "#F3F1EC", "encre-2": "#BFC3CC",
        "rhone": "#8CC8F0", "saone": "#6FD3A0", "brique": "#FF9B8A", "ambre": "#FFD27A", "gris": "#8A90A0",
        "filet": "#2B3240",
    } == DARK  # fmt: skip


@THEMES
def test_text_reaches_seven(theme: dict[str, str]) -> None:
    check(theme, ("encre", "encre-2", "rhone", "rhone-fonce", "visite", "brique", "ambre"), ("blanc",), 7)
    check(theme, ("encre", "encre-2", "rhone", "rhone-fonce", "visite"), GROUNDS, 7)


@THEMES
def test_no_text_is_under_the_legal_ratio(theme: dict[str, str]) -> None:
    texts = ("encre", "encre-2", "rhone", "rhone-fonce", "visite", "saone", "saone-fonce", "brique", "ambre")
    check(theme, texts, GROUNDS, 4.5)
    check(theme, ("encre", "encre-2", "visite"), ("f-info", "f-ok", "f-err", "f-att"), 4.5)
    check(theme, ("rhone", "rhone-fonce"), ("f-info",), 4.5)
    check(theme, ("saone", "saone-fonce"), ("f-ok",), 4.5)
    check(theme, ("brique",), ("f-err",), 4.5)
    check(theme, ("ambre", "rhone"), ("f-att",), 4.5)
    check(theme, ("sur-action",), ("rhone", "rhone-fonce", "saone", "saone-fonce", "brique"), 4.5)
    check(theme, ("gris",), ("papier",), 4.5)


@THEMES
def test_graphics_and_borders(theme: dict[str, str]) -> None:
    check(theme, ("gris", "rhone", "saone", "brique", "ambre"), GROUNDS, 3)
    check(theme, ("encre",), (*GROUNDS, "f-info", "f-ok", "f-err", "f-att"), 3)


@pytest.mark.parametrize(("theme", "joint"), [(LIGHT, "focus"), (DARK, "papier")], ids=["light", "dark"])
def test_focus_shows_on_both_sides(theme: dict[str, str], joint: str) -> None:
    """A thin joint, a ring of ink, yellow around: the joint parts the ring from a filled button, and ink or
    yellow parts it from the ground."""
    check(theme, (joint,), ("encre", "rhone", "saone", "brique"), 3)
    for ground in (*GROUNDS, "f-info", "f-ok", "f-err", "f-att"):
        assert max(contrast(theme[ring], theme[ground]) for ring in ("encre", "focus")) >= 3


def test_no_size_under_sixteen_pixels() -> None:
    for size, unit in re.findall(r"font-size:([\d.]+)(rem|px|pt)", CSS[: CSS.index("@media print")]):
        assert float(size) >= {"rem": 1, "px": 16, "pt": 12}[unit]
    assert "font-size:max(1rem,.9em)" in CSS
    assert "body{" in CSS and "font-size:var(--t-0)" in CSS and "--t-0:1.125rem" in CSS
