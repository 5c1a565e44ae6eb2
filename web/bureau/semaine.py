"""« Ma semaine »: what waits for this agent, late first."""

from datetime import date, timedelta
from typing import Any, LiteralString

import msgspec
from litestar import Request, Response, get
from litestar.params import FromQuery

from projections.propositions import PropositionRow
from web.acces.persons import Person, today
from web.access import require_person
from web.avis.semaine import attentes as saisines
from web.bureau_argent.semaine import attentes as argent
from web.bureau_deliberations.semaine import attentes as deliberations
from web.pages import date_longue, page
from web.propositions.listes import RETARD, carte, read_rows
from web.scrutins.semaine import attentes
from web.seances.semaine import attentes as seances
from web.services import Services, services

LIMITE = 12
SEMAINE = timedelta(days=7)
LIRE = "qualifier_proposition"


class Liste(msgspec.Struct, frozen=True):
    """One list of the week: the right that its act needs, the rows that it chooses (`%s`: today, then a week on)."""

    nom: str
    titre: str
    droit: str
    clause: LiteralString
    jours: int = 0  # how many of (today, in a week) the clause asks for
    ordre: LiteralString = "depot"


OUVERTE: LiteralString = "retiree_le IS NULL AND close_le IS NULL"
EN_COURS: LiteralString = OUVERTE + " AND lue_le IS NOT NULL AND repondue_le IS NULL"

LISTES = (
    Liste("retards", "En retard", LIRE, RETARD, 2, "least(suite_avant, lecture_avant), depot"),
    Liste(
        "echeances",
        "À faire dans les 7 jours",
        LIRE,
        OUVERTE
        + """ AND repondue_le IS NULL AND suite_avant >= %s
        AND (lue_le IS NOT NULL OR lecture_avant >= %s)
        AND (suite_avant <= %s OR lue_le IS NULL AND lecture_avant <= %s)""",
        4,
        "least(suite_avant, lecture_avant), depot",
    ),
    Liste("rappels", "Personnes à rappeler", "noter_rappel", "rappel_le IS NOT NULL", ordre="rappel_le, depot"),
    Liste("a-lire", "À lire", LIRE, OUVERTE + " AND lue_le IS NULL"),
    Liste(
        "a-publier",
        "Publication à décider",
        "moderer_publication",
        OUVERTE + " AND lecture <> 'equipe' AND publication IS NULL AND effacee_le IS NULL",
    ),
    Liste("ajouts", "La personne a ajouté quelque chose", LIRE, OUVERTE + " AND ajout_le IS NOT NULL"),
    Liste("a-discuter", "À discuter en groupe", "mettre_en_discussion", EN_COURS + " AND discutee_le IS NULL"),
    Liste(
        "a-adopter",
        "Discutées : le groupe les porte-t-il ?",
        "adopter_proposition",
        EN_COURS + " AND discutee_le IS NOT NULL AND adoptee_le IS NULL",
    ),
    Liste(
        "a-transmettre",
        "À envoyer aux responsables",
        "transmettre_proposition",
        EN_COURS + " AND adoptee_le IS NOT NULL AND transmise_le IS NULL",
    ),
    Liste("a-repondre", "Réponses à donner", "donner_suite", EN_COURS + " AND transmise_le IS NOT NULL"),
    Liste(
        "a-rendre",
        "Réponses à rendre aux personnes",
        "restituer_proposition",
        OUVERTE + " AND repondue_le IS NOT NULL AND restituee_le IS NULL",
    ),
    Liste(
        "a-clore",
        "À terminer",
        "clore_proposition",
        OUVERTE + " AND restituee_le IS NOT NULL AND rappel_le IS NULL",
    ),
    Liste(
        "effacements",
        "Effacements souhaités par les personnes",
        "demander_effacement",
        "effacement_souhaite_le IS NOT NULL",
        ordre="effacement_souhaite_le, depot",
    ),
)


@get("/bureau")
async def ma_semaine(
    request: Request[Any, Any, Any], liste: FromQuery[str] = "", vu: FromQuery[int | None] = None
) -> Response[str]:
    """Every list that this person's functions concern; `?liste=` shows one of them whole."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return page(request, "bureau/semaine.html", **await contexte(request, await require_person(request), liste))


async def contexte(request: Request[Any, Any, Any], person: Person, liste: str) -> dict[str, Any]:
    """The lists with something in them, late first."""
    day = today()
    wanted = [found for found in LISTES if found.nom == liste] or LISTES
    held = [(found, person.instances(found.droit)) for found in wanted]
    shown = [
        await _liste(services(request), found, places, day, 500 if liste else LIMITE)
        for found, places in held
        if places is None or places
    ]
    if not liste:
        for source in (saisines, seances, deliberations, attentes, argent):
            shown += await source(services(request), person, day)
        shown.sort(key=lambda found: "retard" not in found["nom"])
    return {
        "titre": "Ma semaine",
        "jour": date_longue(day),
        "liens": liens(person),
        "listes": [found for found in shown if found["cartes"]],
        "entiere": bool(liste),
    }


async def _liste(
    services: Services, liste: Liste, places: frozenset[str] | None, day: date, limit: int
) -> dict[str, Any]:
    days = (day, day, day + SEMAINE, day + SEMAINE)[: liste.jours]
    where: LiteralString = (
        "(" + liste.clause + ") AND (%s::text[] IS NULL OR instance = ANY(%s)) ORDER BY " + liste.ordre + " LIMIT %s"
    )
    slugs = sorted(places) if places is not None else None
    rows = await read_rows(services, where, (*days, slugs, slugs, limit + 1))
    return {
        "nom": liste.nom,
        "titre": liste.titre,
        "cartes": [_carte(row, day, liste.nom) for row in rows[:limit]],
        "suite": len(rows) > limit,
    }


def _carte(row: PropositionRow, day: date, liste: str) -> dict[str, str]:
    root = "/bureau/effacements?dossier=" if liste == "effacements" else "/bureau/propositions/"
    found = carte(row, day) | {"href": root + row.reference}
    match liste:
        case "rappels":
            found |= {"sorte": "en-cours", "mot": "À rappeler", "date": f"Demandé le {date_longue(row.rappel_le)}"}
        case "ajouts":
            found |= {"sorte": "en-cours", "mot": "Ajout à lire", "date": f"Ajouté le {date_longue(row.ajout_le)}"}
    return found


def liens(person: Person) -> list[dict[str, str]]:
    """What else this person may do, by her functions."""
    possible = (
        ("/bureau/budgets", "Budgets participatifs", "voter", "moderer_idee"),
        ("/bureau/budgets", "Budgets participatifs", "voter", "rendre_faisabilite"),
        ("/bureau/saisines", "Saisines et avis", "envoyer", "rendre_avis"),
        ("/bureau/saisines", "Saisines et avis", "envoyer", "deposer_saisine"),
        ("/bureau/seances", "Saisir une séance", "groupe", "mettre_en_discussion"),
        ("/bureau/seances-assemblees", "Séances des assemblées", "calendrier", "planifier_seance"),
        ("/bureau/deliberations", "Délibérations", "document", "deposer_projet"),
        ("/bureau/mandats", "Sièges et mandats", "groupe", "ouvrir_mandat"),
        ("/bureau/regles", "Proposer une règle", "ecrire", "proposer_jeu"),
        ("/bureau/regles", "Règles à publier", "ecrire", "publier_jeu"),
        ("/bureau/reunions", "Annoncer une réunion", "calendrier", "annoncer_reunion"),
        ("/bureau/cartes", "Saisir une carte", "ecrire", "deposer_proposition"),
        ("/bureau/effacements", "Effacer des données", "cadenas", "demander_effacement"),
        ("/bureau/scrutins", "Feuille de route du vote", "voter", "publier_cle"),
        ("/bureau/argent", "L’argent", "journal", "proposer_operation"),
        ("/bureau/argent", "L’argent", "journal", "rendre_avis_technique"),
    )
    links: dict[str, dict[str, str]] = {}
    for href, label, icone, droit in possible:
        if person.instances(droit) is None or person.instances(droit):
            links.setdefault(href, {"href": href, "label": label, "icone": icone})
    return list(links.values())
