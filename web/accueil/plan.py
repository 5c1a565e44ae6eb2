"""The map of the site, made from the application's own routes: a page cannot be forgotten."""

from collections.abc import Iterable, Sequence

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute

# First path that begins with one of these, in order; what fits nowhere is listed last.
PARTIES: Sequence[tuple[str, Sequence[str]]] = (
    ("Dire", ("/dire",)),
    ("Suivre", ("/suivi", "/suivre", "/recherche", "/dossiers", "/retards", "/recu")),
    ("Voter", ("/vote", "/scrutins", "/c")),
    ("Le territoire", ("/instances", "/communes", "/ctm", "/colleges", "/editions")),
    ("Décider", ("/chaines", "/deliberations", "/avis", "/seances", "/actes")),
    ("L’argent", ("/argent", "/operations")),
    ("Vérifier", ("/journal", "/checkpoint", "/tile", "/cle")),
    ("Comprendre", ("/aide", "/regles", "/accessibilite", "/donnees-personnelles", "/plan")),
    ("Réutiliser les données", ("/opendata", "/api")),
    ("Les équipes", ("/connexion", "/bureau")),
)
AUTRES = "Le reste"
# Screens that are reached only from the one before, health, and what is no page.
CACHEES = (
    "/s/",
    "/sante",
    "/api/effacements",
    "/metrics",
    "/colleges/{slug}/idee/merci",
    "/deconnexion",
    "/connexion/",
    "/dire/",
    "/suivi/",
    "/suivre/",
    "/bureau/",
    "/journal/tile",
    "/v/",
    "/vote/agenda/",
    "/vote/bulletin",
    "/vote/fermer",
    "/vote/fini",
    "/vote/tablette/",
)

TITRES = {
    "/": "Accueil",
    "/accessibilite": "Accessibilité",
    "/aide": "Aide",
    "/api": "L’interface pour les programmes",
    "/api/budgets": "Les budgets participatifs des collèges (JSON)",
    "/api/budgets/{reference}": "Le dossier d’un collège (JSON)",
    "/api/colleges": "Les collèges (JSON)",
    "/api/communes": "Les communes (JSON)",
    "/api/dossiers/{reference}": "Un dossier (JSON)",
    "/api/instances": "Les instances (JSON)",
    "/api/instances/{slug}": "Une instance (JSON)",
    "/api/journal": "Le registre, acte par acte (JSON)",
    "/api/openapi.json": "Sa description (OpenAPI 3.1)",
    "/api/propositions": "Les propositions (JSON)",
    "/api/recherche": "Chercher (JSON)",
    "/api/regles": "Les règles (JSON)",
    "/api/regles/{regle_id}": "Une règle (JSON)",
    "/api/argent": "L’argent du Pacte (JSON)",
    "/api/argent/comptes/{nom}/{beneficiaire}/{annee}": "Un compte et son relevé (JSON)",
    "/api/argent/operations/{reference}": "Une opération et ses crédits (JSON)",
    "/api/argent/photographies/{jour}": "Des chiffres figés, recalculés (JSON)",
    "/argent": "L’argent du Pacte",
    "/argent/reconductions": "Les sommes passées d’une année à l’autre",
    "/argent/repartition/{reference}": "Le partage d’une enveloppe",
    "/argent/repartition/{reference}/donnees.csv": "Les données d’un partage (CSV)",
    "/argent/suivi": "Le suivi du Pacte",
    "/argent/{beneficiaire}": "Les comptes d’une commune ou d’une conférence",
    "/argent/{nom}/{annee}/{beneficiaire}": "Un compte, son calcul et son relevé",
    "/api/saisines": "Les saisines et leurs avis (JSON)",
    "/api/saisines/{reference}": "Une saisine et son avis (JSON)",
    "/avis": "Les avis et les saisines",
    "/avis.ics": "Le calendrier des échéances d’avis",
    "/bureau": "Ma semaine",
    "/c/{slug}/ecran": "L’écran du hall d’un collège",
    "/c/{slug}": "Le budget participatif d’un collège, pour les élèves",
    "/colleges": "Les collèges",
    "/colleges/{slug}": "Un collège et ses éditions",
    "/colleges/{slug}/idee": "Donner une idée à son collège",
    "/pj/{empreinte}": "Une photo de ce qui est réalisé",
    "/communes": "Les communes",
    "/communes/{nom}": "Une commune",
    "/connexion": "Espace des équipes",
    "/ctm/{nom}": "Une conférence territoriale des maires",
    "/dire": "Dire ce qui devrait changer",
    "/donnees-personnelles": "Données personnelles",
    "/deliberations": "Les délibérations",
    "/deliberations/autres": "Les délibérations d’autres collectivités",
    "/deliberations/{numero}": "Une délibération et sa chaîne",
    "/deliberations/{numero}/extrait": "Son extrait du registre",
    "/deliberations/{numero}/extrait.pdf": "Son extrait du registre (PDF)",
    "/seances/{reference}/liste-des-deliberations": "La liste des délibérations d’une séance",
    "/seances/{reference}/liste-des-deliberations.pdf": "La liste des délibérations d’une séance (PDF)",
    "/seances/{reference}/proces-verbal": "Le procès-verbal d’une séance",
    "/seances/{reference}/proces-verbal.pdf": "Le procès-verbal d’une séance (PDF)",
    "/actes/{identifiant}": "Un acte par son identifiant @CTES",
    "/api/deliberations": "Les délibérations (JSON)",
    "/api/deliberations/{numero}": "Une délibération (JSON)",
    "/chaines/{reference}": "La chaîne de décision d’un dossier",
    "/api/chaines/{reference}": "La chaîne de décision d’un dossier (JSON)",
    "/dossiers/{reference}": "Un dossier",
    "/editions": "Les éditions du budget participatif des collèges",
    "/editions/{edition}": "Une édition, ses collèges et ses sommes",
    "/instances": "Les instances",
    "/instances/{slug}": "Une instance et ses dossiers",
    "/journal": "Le journal : tous les actes",
    "/journal/checkpoint": "Le dernier point de contrôle signé",
    "/journal/cle": "La clé des points de contrôle",
    "/journal/cle-promesse": "La clé des promesses",
    "/journal/divulgations.ndjson": "Les textes publics, avec leur preuve",
    "/journal/evenements.ndjson": "Tous les actes, en un fichier",
    "/journal/verifier": "Vérifier soi-même",
    "/journal/verifier.py": "Le programme de vérification",
    "/journal/{index}": "Un acte et sa preuve",
    "/operations": "Les opérations",
    "/operations/{reference}": "Une opération, ses étapes et ses crédits",
    "/opendata": "Données ouvertes",
    "/opendata/{fichier}": "Un tableau (CSV)",
    "/plan": "Plan du site",
    "/recherche": "Chercher",
    "/recherche.atom": "Suivre une recherche (Atom)",
    "/recu/{name}": "Un reçu",
    "/regles": "Le livre des règles",
    "/regles/{regle_id}": "Une règle",
    "/retards": "Les réponses en retard",
    "/scrutins": "Les votes",
    "/scrutins/{reference}": "Un vote et son résultat",
    "/scrutins/{reference}/bulletins.csv": "Les bulletins d’un vote (CSV)",
    "/scrutins/{reference}/numero": "Retrouver son numéro de vérification",
    "/scrutins/{reference}/pourquoi": "Un dépouillement pas à pas",
    "/scrutins/{reference}/reclamer": "Contester un vote",
    "/seances": "Les séances des assemblées",
    "/seances/{reference}": "Une séance, ses votes et ses présents",
    "/suivi": "Suivre avec mon code",
    "/suivre": "Recevoir des nouvelles par courriel",
    "/vote": "Voter avec un billet",
    "/vote/tes-droits": "Les droits des élèves qui votent",
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
        title = TITRES.get(path, path)
        parts[_part(path)].append(Lien(path, title, model))
    return [(title, links) for title, links in parts.items() if links]


def _part(path: str) -> str:
    for title, starts in PARTIES:
        if any(path == start or path.startswith((f"{start}/", f"{start}.")) for start in starts):
            return title
    return AUTRES
