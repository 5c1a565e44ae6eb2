"""The voting pages' own files: a sheet with the site's colours, a bundle with the domain's words."""

import json
import re
from pathlib import Path

from domain.scrutins.traceurs import MOTS
from web.static_files import FILES
from web.vote.ballot import script_digest

ROOT = Path(__file__).parents[2]
STATIC, SOURCES = ROOT / "web/static", ROOT / "web/vote/js"
TOKEN = re.compile(r"--([\w-]+):([^;}]+)")
OTHER = {"joint"}  # derived


def tokens(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Of a sheet: in light, in dark."""
    css = (STATIC / name).read_text("utf-8")
    light, dark = re.search(r":root\{color-scheme.*?\}\n", css, re.S), re.search(r"dark\)\{:root\{.*?\}\}", css, re.S)
    assert light and dark
    return dict(TOKEN.findall(light[0])), dict(TOKEN.findall(dark[0]))


def test_tokens_have_the_values_of_the_site() -> None:
    for mine, site in zip(tokens("vote.css"), tokens("base.css"), strict=True):
        assert len(mine) > 15
        assert {name: value for name, value in mine.items() if site.get(name) != value} == {}


def test_the_bundle_draws_from_the_words_of_the_domain() -> None:
    """Both the source that the bundle is made from and the bundle itself."""
    for text in ((SOURCES / "mots.js").read_text("ascii"), (STATIC / "vote.js").read_text("utf-8")):
        found = re.search(r'"((?:\d[a-z]+){900,})"', text)
        assert found
        word, words = "", []
        for shared, rest in re.findall(r"(\d)([a-z]+)", found[1]):
            word = word[: int(shared)] + rest
            words.append(word)
        assert tuple(words) == tuple(MOTS)


def test_the_bundle_is_the_recorded_one() -> None:
    """VENDOR.md, and what a scrutin freezes in its rules."""
    recorded = re.search(r"^\| `vote\.js` .*`([0-9a-f]{64})` \|$", (STATIC / "VENDOR.md").read_text("utf-8"), re.M)
    assert recorded and recorded[1] == script_digest()
    assert FILES["vote.js"].integrity.startswith("sha384-")


def test_the_lockfile_names_no_registry() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text())
    packages = {name: found for name, found in lock["packages"].items() if name}
    assert packages["node_modules/@hpke/core"]["version"] == "1.9.0"
    for name, found in packages.items():
        assert found["integrity"].startswith("sha512-"), name
        assert found.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/"), name


def test_the_bundle_keeps_nothing_and_speaks_to_this_site_only() -> None:
    text = (STATIC / "vote.js").read_text("utf-8")
    assert not re.findall(r"localStorage|sessionStorage|indexedDB|document\.cookie|eval\(|new Function", text)
    assert set(re.findall(r'fetch\("([^"]*)"', text)) == {"/vote/urne", "/vote/encore"}
    assert text.count("fetch(") == 2
