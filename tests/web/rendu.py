"""A minimal template environment for the front's own tests: the globals and filters the pages rely on."""

from pathlib import Path
from typing import Any

from minijinja import Environment

from web.sigles import sigles
from web.static_files import static_integrity, static_url

WEB = Path(__file__).parents[2] / "web"


def nombre(value: int) -> str:
    """1398892 → « 1 398 892 », with U+00A0."""
    return f"{value:,}".replace(",", "\u00a0")


def groupes4(value: str) -> str:
    """A hash by groups of four."""
    return " ".join(value[i : i + 4] for i in range(0, len(value), 4))


def environment(**pages: str) -> Environment:
    """Templates of web/, and `pages` by name ("page" is "page.html"); strict on undefined names."""

    def load(name: str) -> str | None:
        if name.removesuffix(".html") in pages:
            return pages[name.removesuffix(".html")]
        path = WEB / name
        return path.read_text("utf-8") if path.is_file() else None

    return Environment(
        loader=load,
        undefined_behavior="strict",
        globals={"static_url": static_url, "static_integrity": static_integrity},
        filters={"nombre": nombre, "groupes4": groupes4, "sigles": sigles},
    )


CONTEXTE: dict[str, Any] = {
    "layout": "base.html",
    "demonstration": True,
    "nav": [
        {"href": "/dire", "label": "Dire", "courant": True},
        {"href": "/suivi", "label": "Suivre", "courant": False},
        {"href": "/recherche", "label": "Chercher", "courant": False},
        {"href": "/journal", "label": "Journal", "courant": False},
    ],
    "fil": [{"href": "/", "label": "Accueil"}, {"href": "/dire", "label": "Dire"}],
    "titre": "Dire",
    "url": "/dire",
    "csrf": "jeton",
    "idempotence": "cle",
    "personne": None,
    "empreinte": {"taille": 1842, "racine": "0123456789abcdef" * 4},
}
