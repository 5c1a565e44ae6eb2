"""The map of the site, made from the application's own routes: a page cannot be forgotten."""

from collections.abc import Iterable, Sequence

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute

# First path that begins with one of these, in order; what fits nowhere is listed last.
PARTIES: Sequence[tuple[str, Sequence[str]]] = (
    ("Dire", ("/dire",)),
    ("Suivre", ("/suivi", "/suivre", "/recherche", "/dossiers", "/retards", "/recu")),
    ("Le territoire", ("/instances", "/communes", "/ctm")),
    ("Vérifier", ("/journal", "/checkpoint", "/tile", "/cle")),
    ("Comprendre", ("/aide", "/regles", "/accessibilite", "/donnees-personnelles", "/plan")),
    ("Réutiliser les données", ("/opendata", "/api")),
    ("Les équipes", ("/connexion", "/bureau")),
)
AUTRES = "Le reste"
CACHEES = ("/s/", "/sante", "/metrics", "/deconnexion", "/index.html", "/favicon.ico", "/robots.txt")

TITRES = {
    "/": "Accueil",
    "/accessibilite": "Accessibilité",
    "/aide": "Aide",
    "/api": "L’interface pour les programmes",
    "/api/openapi.json": "La même, décrite en OpenAPI 3.1",
    "/bureau": "Ma semaine",
    "/communes": "Les communes",
    "/connexion": "Espace des équipes",
    "/dire": "Dire ce qui devrait changer",
    "/dire/ecrire": "Écrire",
    "/donnees-personnelles": "Données personnelles",
    "/instances": "Les instances",
    "/journal": "Le journal : tous les actes",
    "/journal/verifier": "Vérifier soi-même",
    "/journal/verifier.py": "Le programme de vérification",
    "/opendata": "Données ouvertes",
    "/opendata/communes.csv": "Les communes (CSV)",
    "/opendata/instances.csv": "Les instances (CSV)",
    "/opendata/propositions.csv": "Les propositions (CSV)",
    "/plan": "Plan du site",
    "/recherche": "Chercher",
    "/recherche.atom": "Suivre une recherche (Atom)",
    "/regles": "Le livre des règles",
    "/retards": "Les réponses en retard",
    "/suivi": "Suivre avec mon code",
}


class Lien(msgspec.Struct, frozen=True):
    """A page of the map; `modele` when its address has a part to fill in."""

    chemin: str
    titre: str
    modele: bool


def paths(app: Litestar) -> list[str]:
    """Every address that answers GET, in order."""
    found = {route.path_format for route in app.routes if isinstance(route, HTTPRoute) and "GET" in route.methods}
    return sorted(path for path in found if not path.startswith(CACHEES))


def site_map(found: Iterable[str]) -> list[tuple[str, list[Lien]]]:
    """The addresses by part of the site."""
    parts: dict[str, list[Lien]] = {title: [] for title in (*(title for title, _ in PARTIES), AUTRES)}
    for path in found:
        model = "{" in path
        title = TITRES.get(path, "" if model else path)
        parts[_part(path)].append(Lien(path, title, model))
    return [(title, links) for title, links in parts.items() if links]


def _part(path: str) -> str:
    for title, starts in PARTIES:
        if any(path == start or path.startswith((f"{start}/", f"{start}.")) for start in starts):
            return title
    return AUTRES
