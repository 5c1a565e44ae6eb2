"""The acts of the bodies that this person serves: what each waits for, late first; then those that are done."""

from datetime import date
from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.params import FromQuery

from domain.deliberations.events import ActeSigne
from domain.ledger.event import stream_id
from projections.deliberations import DeliberationRow
from projections.seances import SeanceRow
from web.acces.persons import Person, today
from web.access import require, require_person
from web.bureau_deliberations.lecture import LIRE, manquants, saisines_de
from web.bureau_deliberations.suite import Attente, suite
from web.bureau_deliberations.vue import FIL, RACINE
from web.colleges.lecture import read
from web.deliberations.pages import carte as carte_publique
from web.pages import date_longue, page
from web.propositions.instances import Annuaire, annuaire
from web.services import Services, services

PAR_PAGE: Final = 30
A_SUIVRE = "(%s::text[] IS NULL OR instance = ANY(%s)) AND etat NOT IN ('executoire', 'rejetee', 'retiree') LIMIT 2000"
FINIES = """(%s::text[] IS NULL OR instance = ANY(%s)) AND etat IN ('executoire', 'rejetee', 'retiree')
    ORDER BY position DESC LIMIT %s"""
SIGNES = "SELECT DISTINCT originator_id FROM ledger.stored_events WHERE originator_id = ANY(%s) AND topic = %s"


class Suivi(msgspec.Struct, frozen=True):
    """An act and what it waits for."""

    row: DeliberationRow
    attente: Attente


@get("/bureau/deliberations")
async def voir_deliberations_bureau(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "", vu: FromQuery[int | None] = None
) -> Response[str]:
    """The list; `instance` keeps one body's."""
    person, found = await require_person(request), services(request)
    if vu is not None:
        await found.watcher.wait_for(vu)
    places, day, names = await _corps(request, person), today(), await annuaire(found)
    kept = [instance] if places is None and instance else (sorted(places) if places is not None else None)
    if kept is not None and instance in kept:
        kept = [instance]
    waiting = await suivis(found, kept, names, day)
    done = await read(found, DeliberationRow, FINIES, (kept, kept, PAR_PAGE))
    cartes = [carte(one, day, names) for one in waiting]
    finies = [carte_publique(row) | {"href": f"{RACINE}/{row.numero}", "ref": row.numero} for row in done]
    return page(request, "bureau_deliberations/liste.html", titre="Délibérations à suivre", fil=list(FIL),
                cartes=cartes, finies=finies, corps=_choix(names, places), instance=instance)  # fmt: skip


async def _corps(request: Request[Any, Any, Any], person: Person) -> frozenset[str] | None:
    places = person.instances(LIRE)
    if places is not None and not places:
        await require(request, LIRE)
    return places


def _choix(names: Annuaire, places: frozenset[str] | None) -> list[dict[str, str]]:
    """The bodies to keep one of, when there are several."""
    slugs = sorted(places or ())
    return [{"slug": slug, "nom": names.nom(slug)} for slug in slugs] if len(slugs) > 1 else []


async def suivis(found: Services, slugs: list[str] | None, names: Annuaire, day: date) -> list[Suivi]:
    """Every act of these bodies (None: of all) that still waits for something: late first, then by term."""
    rows = await read(found, DeliberationRow, A_SUIVRE, (slugs, slugs))
    held = sorted({row.seance for row in rows if row.seance})
    meetings = {one.reference: one for one in await read(found, SeanceRow, "reference = ANY(%s)", (held,))}
    signed = {key for (key,) in await found.fetch(SIGNES, ([_flux(row) for row in rows], ActeSigne.TOPIC))}
    avis = await saisines_de(found, rows)
    told = []
    for row in rows:
        body = names.par_slug.get(row.instance)
        awaited = suite(row, meetings.get(row.seance or ""), manquants(row, avis), _flux(row) in signed,
                        body is not None and body.type == "conseil")  # fmt: skip
        if awaited is not None:
            told.append(Suivi(row, awaited))
    return sorted(told, key=lambda one: (one.attente.terme or date.max, one.row.numero))


def _flux(row: DeliberationRow) -> Any:
    return stream_id(f"deliberations/{row.numero}")


def carte(one: Suivi, day: date, names: Annuaire) -> dict[str, str]:
    """One line: what to do, before when."""
    late = one.attente.en_retard(day)
    filed = f"Déposé le {date_longue(one.row.deposee_le)}"
    return {
        "ref": one.row.numero,
        "titre": one.row.objet,
        "href": f"{RACINE}/{one.row.numero}",
        "sorte": "en-retard" if late else "en-cours",
        "mot": f"{one.attente.mot}, en retard" if late else one.attente.mot,
        "genre": names.nom(one.row.instance),
        "date": one.attente.quand or filed,
    }
