"""`/avis`: every saisine, the latest first, with filters; those that are late, for `/retards` too."""

from collections.abc import Sequence
from datetime import date
from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.params import FromQuery

from domain.avis.regles import AVIS_COMMUNAL_MEL
from projections.avis import SaisineRow
from web.acces.persons import today
from web.avis import mots
from web.avis.frise import attente
from web.colleges.lecture import read
from web.pages import date_longue, page
from web.propositions.instances import Annuaire, annuaire
from web.propositions.listes import DERNIERE, PAR_PAGE, pages
from web.services import Services, services

ATTENDUE: LiteralString = """rendu_le IS NULL AND repondue_le IS NULL AND adoptee_le IS NULL AND close_le IS NULL
    AND retiree_le IS NULL"""
EN_RETARD: LiteralString = ATTENDUE + " AND terme < %s AND regle IS DISTINCT FROM %s"
SUITE: LiteralString = """(rendu_le IS NOT NULL OR adoptee_le IS NOT NULL) AND etat <> 'reputee' AND suite IS NULL
    AND sens IS DISTINCT FROM 'non_connu'
    AND close_le IS NULL AND (reserves = 0 OR jsonb_array_length(suivies) < reserves)"""
# What `?etat=` keeps: its words, its clause; the clause of `retard` asks for the day and the rule where silence counts.
CHOIX: dict[str, tuple[str, LiteralString]] = {
    "attendu": ("Avis ou réponse attendus", ATTENDUE),
    "retard": ("En retard", EN_RETARD),
    "suite": ("Suite attendue", SUITE),
    "fini": ("Terminés", "(close_le IS NOT NULL OR retiree_le IS NOT NULL)"),
}


@get("/avis")
async def voir_avis(
    request: Request[Any, Any, Any],
    etat: FromQuery[str] = "",
    procedure: FromQuery[str] = "",
    instance: FromQuery[str] = "",
    numero: FromQuery[int] = 1,
) -> Response[str]:
    """The list. A filter that names nothing keeps nothing out."""
    asked = {"etat": etat if etat in CHOIX else "", "procedure": procedure if procedure in mots.PROCEDURES else ""}
    asked["instance"] = instance if instance in (await annuaire(services(request))).par_slug else ""
    return page(request, "avis/liste.html", **await contexte(services(request), asked, min(max(numero, 1), DERNIERE)))


async def contexte(found: Services, asked: dict[str, str], numero: int) -> dict[str, Any]:
    """A page of the list, its filters, how many are late."""
    day, names = today(), await annuaire(found)
    where, values = clause(asked, day)
    total = await compte(found, where, values)
    limits = (*values, PAR_PAGE, PAR_PAGE * (numero - 1))
    rows = await read(found, SaisineRow, f"{where} ORDER BY deposee_le DESC, depot DESC LIMIT %s OFFSET %s", limits)
    chosen = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    shown = pages("/avis", numero, total)
    for side in ("precedent", "suivant"):
        shown[side] += f"&{chosen}" if shown[side] and chosen else ""
    used = [slug for (slug,) in await found.fetch("SELECT de FROM saisines UNION SELECT a FROM saisines")]
    return shown | {
        "titre": titre(asked, names),
        "fil": [{"href": "/", "label": "Accueil"}, {"href": "/avis", "label": "Avis et saisines"}],
        "cartes": [carte(row, day) for row in rows],
        "asked": asked,
        "retards": await nombre_en_retard(found, day),
        "etats": _choix((value, words) for value, (words, _) in CHOIX.items()),
        "procedures": _choix(mots.PROCEDURES.items()),
        "instances": _choix(sorted(((slug, names.nom(slug)) for slug in used), key=lambda pair: pair[1])),
    }


def titre(asked: dict[str, str], names: Annuaire) -> str:
    """The page's title, with what was chosen."""
    chosen = [CHOIX[asked["etat"]][0]] if asked["etat"] else []
    chosen += [mots.PROCEDURES[asked["procedure"]]] if asked["procedure"] else []
    chosen += [names.nom(asked["instance"])] if asked["instance"] else []
    return f"Avis et saisines\u00a0: {', '.join(chosen)}" if chosen else "Avis et saisines"


def clause(asked: dict[str, str], day: date) -> tuple[LiteralString, list[Any]]:
    """The SQL of these filters, every part a literal, and its parameters."""
    where: LiteralString = "true"
    values: list[Any] = []
    if kept := asked.get("etat"):
        where += f" AND {CHOIX[kept][1]}"
        values += [day, AVIS_COMMUNAL_MEL.id] if kept == "retard" else []
    if kept := asked.get("procedure"):
        where, values = where + " AND procedure = %s", [*values, kept]
    if kept := asked.get("instance"):
        where, values = where + " AND %s IN (de, a)", [*values, kept]
    return where, values


async def compte(found: Services, where: LiteralString, values: Sequence[Any]) -> int:
    """How many saisines this clause keeps."""
    [(total,)] = await found.fetch(f"SELECT count(*) FROM saisines WHERE {where}", values)  # noqa: S608  # literals
    return int(total)


async def nombre_en_retard(found: Services, day: date) -> int:
    """How many saisines are late."""
    return await compte(found, EN_RETARD, (day, AVIS_COMMUNAL_MEL.id))


async def en_retard(found: Services, day: date, limit: int = 200) -> list[SaisineRow]:
    """Those that are late, the oldest term first."""
    where: LiteralString = EN_RETARD + " ORDER BY terme, depot LIMIT %s"
    return await read(found, SaisineRow, where, (day, AVIS_COMMUNAL_MEL.id, limit))


def carte(row: SaisineRow, day: date) -> dict[str, str]:
    """One card: its state, how long it has been, or how late it is."""
    sorte, mot = ("fait" if row.close_le else "en-cours"), mots.sens(row) or mots.etat(row)
    when = f"Demandé le {date_longue(row.deposee_le)}"
    if row.retiree_le:
        sorte, mot = "retire", "Retirée"
    elif row.sens == "repute_favorable":
        sorte = "repute"
    elif row.rendu_le:
        sorte, when = ("fait" if not row.attend_suite else "en-cours"), f"Rendu le {date_longue(row.rendu_le)}"
    elif row.attendue:
        when, late = attente(row, day, "l’instance")
        sorte, mot = ("en-retard", "En retard") if late else (sorte, mot)
    return {
        "ref": row.reference,
        "titre": row.objet,
        "href": f"/dossiers/{row.reference}",
        "sorte": sorte,
        "mot": mot,
        "genre": mots.PROCEDURES[row.procedure],
        "date": when,
    }


def _choix(pairs: Any) -> list[dict[str, str]]:
    return [{"valeur": "", "libelle": "Tout"}, *({"valeur": value, "libelle": words} for value, words in pairs)]
