"""The demonstration's frame: real bodies, conferences and communes with their sources; services that are invented."""

import csv
import unicodedata
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from domain.fonctions.confier_fonction import ConfierFonction
from domain.fonctions.nommer_premier_titulaire import NommerPremierTitulaire
from domain.instances.events import TypeInstance
from domain.instances.fusionner_communes import FusionnerCommunes
from domain.instances.inscrire_appellation import InscrireAppellation
from domain.instances.inscrire_commune import InscrireCommune
from domain.instances.inscrire_instance import InscrireInstance
from domain.instances.rattacher_commune import RattacherCommune
from domain.ledger.command import Command
from web.demonstration import instances, regles
from web.demonstration.acts import person

START = date(2026, 1, 1)
METROPOLE = date(2015, 1, 1)
MERGER = date(2024, 1, 1)
INSEE_SOURCE = "INSEE et DGCL, populations légales (Licence Ouverte)"
PACTE = "Pacte de cohérence métropolitain 2021-2026"
PMS = "Projet métropolitain des solidarités, 2023"

SERVICES = (
    ("solidarites", "Direction des solidarités (démonstration)", "04 00 00 00 10"),
    ("education", "Direction de l'éducation (démonstration)", "04 00 00 00 20"),
    ("direction-generale", "Direction générale (démonstration)", "04 00 00 00 30"),
)
ADDRESS = "1 rue de l'Exemple, 69000 Démonstration"

# slug, name, short name, kind, first day, source, service that answers
RECEIVING: tuple[tuple[str, str, str, TypeInstance, date, str, str], ...] = (
    (
        "gepi",
        "Groupe d'Évaluation et de Participation pour l'Inclusion",
        "GEPI",
        "participation",
        date(2019, 1, 1),
        f"{PMS}, D:457",
        "solidarites",
    ),
    ("comet", "COMET Jeunes", "COMET Jeunes", "jeunes", date(2017, 1, 1), f"{PMS}, D:2034", "education"),
    (
        "cdd",
        "Conseil de développement",
        "Conseil de développement",
        "developpement",
        METROPOLE,
        f"{PACTE}, A:249",
        "direction-generale",
    ),
)

# slug, function, instance: who may be chosen at the demonstration's sign-in
PERSONS = (
    ("animation-gepi", "animation", "gepi", "Animation du GEPI"),
    ("animation-comet", "animation", "comet", "Animation de COMET Jeunes"),
    ("animation-cdd", "animation", "cdd", "Animation du Conseil de développement"),
    ("coordination", "coordination", None, "Coordination des réponses"),
    ("secretariat-conseil", "secretariat", "conseil", "Secrétariat du Conseil"),
    ("protection_donnees", "protection_donnees", None, "Protection des données"),
)


def commands() -> Iterator[tuple[str, Command]]:
    """Key and command of each act of the frame, in order."""
    admin = person("administration")
    yield (
        "administration",
        NommerPremierTitulaire(
            admin, "administration", "Administration (démonstration)", _mail("administration"), START
        ),
    )
    yield from _bodies(admin)
    yield from _communes(admin)
    for slug, function, instance, name in PERSONS:
        confided = ConfierFonction(
            admin, START, person(slug), function, f"{name} (démonstration)", _mail(slug), START, instance=instance
        )
        yield f"personnes/{slug}", confided
    yield from _assemblees(admin)


def _assemblees(admin: str) -> Iterator[tuple[str, Command]]:
    """Every other body, who sits in them by function, the rules that they apply."""
    towns = [
        instances.Ville(row["insee"], row["commune"], f"ctm-{_slug(row['ctm'])}", _slug(row["commune"]))
        for row in _read("communes_59.csv")
    ]
    yield from instances.corps(admin, START)
    yield from instances.conseils_municipaux(admin, START, towns)
    yield from instances.conferences(admin, START, towns)
    yield from instances.comet(admin, START)
    people = {slug: (person(slug), _mail(slug)) for slug, *_ in instances.PERSONS}
    yield from instances.personnes(admin, START, people)
    yield from regles.jeux(START)


def _mail(slug: str) -> str:
    return f"{slug.replace('_', '-')}@demonstration.example"


def _bodies(admin: str) -> Iterator[tuple[str, Command]]:
    for slug, name, telephone in SERVICES:
        yield (
            f"services/{slug}",
            InscrireInstance(
                admin,
                START,
                slug,
                name,
                name.split(" (")[0],
                "service",
                START,
                "service inventé pour la démonstration",
                adresse=ADDRESS,
                telephone=telephone,
            ),
        )
    for slug, name, short, kind, since, source, service in RECEIVING:
        body = InscrireInstance(
            admin, START, slug, name, short, kind, since, source, serie=slug.upper(), repondant=service
        )
        yield f"instances/{slug}", body
    yield (
        "instances/gepi/insertion",
        InscrireAppellation(
            admin,
            START,
            "gepi",
            "Groupe d'Évaluation et de Participation pour l'Insertion",
            f"{PMS}, D:1603",
            sigle="GEPI",
        ),
    )
    council = InscrireInstance(
        admin, START, "conseil", "Conseil de la Métropole", "Conseil", "conseil", METROPOLE, f"{PACTE}, A:69"
    )
    yield "instances/conseil", council


def _communes(admin: str) -> Iterator[tuple[str, Command]]:
    rows = _read("communes_59.csv")
    for name in sorted({row["ctm"] for row in rows}):
        body = InscrireInstance(
            admin,
            START,
            f"ctm-{_slug(name)}",
            f"Conférence territoriale des maires {name}",
            f"CTM {name}",
            "ctm",
            instances.since(f"ctm-{_slug(name)}"),
            f"{PACTE}, A:139 à A:153",
        )
        yield f"ctm/{name}", body
    for row in rows:
        inscribed = InscrireCommune(
            admin,
            START,
            row["insee"],
            row["commune"],
            row["siren"],
            f"ctm-{_slug(row['ctm'])}",
            int(row["pop_municipale_2020"]),
            2020,
            METROPOLE,
            INSEE_SOURCE,
        )
        yield f"communes/{row['insee']}", inscribed
    yield from _merger(admin)


def _merger(admin: str) -> Iterator[tuple[str, Command]]:
    """Oullins and Pierre-Bénite, one commune since 1 January 2024; both histories stay."""
    [merged] = [row for row in _read("communes_58.csv") if row["insee"] == "69149"]
    source = "INSEE, code officiel géographique (commune nouvelle au 1er janvier 2024)"
    yield "fusion/69152", RattacherCommune(admin, START, "69152", "69149", MERGER, source)
    joined = FusionnerCommunes(
        admin,
        START,
        "69149",
        merged["commune"],
        merged["siren"],
        ("69152",),
        int(merged["pop_municipale_npm4.0.0"]),
        2021,
        MERGER,
        source,
    )
    yield "fusion/69149", joined


def _read(name: str) -> list[dict[str, str]]:
    text = (files("domain.instances") / "donnees" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _slug(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.lower().replace("'", "-"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).replace(" ", "-")
