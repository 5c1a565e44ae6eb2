"""`/instances`: every body by kind, with its validity, its seats and who presides; today or on a past day."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery

from projections.instances import InstanceRow
from projections.recherche import fold
from web.acces.persons import today
from web.mandats.histoire import existe, nom_du_jour, quand, validite
from web.mandats.lecture import Assemblees, assemblees, presidence
from web.mandats.mots import PARTIES
from web.pages import date_longue, page
from web.propositions.dossier import read_au
from web.propositions.instances import annuaire
from web.services import services

FIL = [{"href": "/", "label": "Accueil"}, {"href": "/instances", "label": "Instances"}]


@get("/instances")
async def voir_instances(request: Request[Any, Any, Any], au: FromQuery[str] = "") -> Response[str]:
    """Every instance; those that receive propositions first. `au`: a legal day, or an act's number; else 400."""
    when, found = read_au(au or None), services(request)
    names, known = await annuaire(found), await assemblees(found)
    counts = dict(await found.fetch("SELECT instance, count(*) FROM propositions GROUP BY instance"))
    rows = sorted(names.par_slug.values(), key=lambda row: fold(row.nom))
    day = when if isinstance(when, date) else today()
    if isinstance(when, int):
        known, rows = known.jusqu_a(when), [row for row in rows if row.position <= when]
    shown = [row for row in rows if existe(row, day)]
    open_to = [{"row": row, "nombre": counts.get(row.slug, 0)} for row in shown if row.serie and when is None]
    return page(request, "mandats/instances.html", titre=f"Instances {quand(when)}".rstrip(), fil=FIL,
                ouvertes=open_to, quand=quand(when),
                jour=date_longue(day), choisi=day.isoformat(), nombre_=len(shown), parties=parties(shown, known, day),
                finies=[_finie(row) for row in rows if when is None and row.au and row.au < day])  # fmt: skip


def parties(rows: list[InstanceRow], known: Assemblees, day: date) -> list[dict[str, Any]]:
    """The bodies of that day, kind by kind."""
    return [
        {"sorte": kind, "titre": title, "lignes": lines}
        for kind, title in PARTIES.items()
        if (lines := [_ligne(row, known, day) for row in rows if row.type == kind])
    ]


def _ligne(row: InstanceRow, known: Assemblees, day: date) -> dict[str, Any]:
    body = known.de(row.slug)
    return {
        "slug": row.slug,
        "nom": nom_du_jour(row, day),
        "depuis": date_longue(row.du),
        "au": date_longue(row.au) if row.au else "",
        "sieges": body.nombre_de_sieges(day),
        "membres": len(body.en_exercice(day)),
        "president": presidence(body, day),
    }


def _finie(row: InstanceRow) -> dict[str, str]:
    return {"slug": row.slug, "nom": row.nom, "validite": validite(row)}


ROUTES = (voir_instances,)
