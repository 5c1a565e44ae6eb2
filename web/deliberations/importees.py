"""Deliberations of other authorities, taken from their open data: the list, and the page of one."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery

from domain.deliberations.scdl import SCDL
from projections.importees import ImporteeRow
from web.colleges.lecture import read
from web.pages import date_longue, nombre, page
from web.services import Services, services

PAR_PAGE = 50
TITRE = "Délibérations d’autres collectivités"
FIL = (("/", "Accueil"), ("/deliberations", "Délibérations"), ("/deliberations/autres", "Autres collectivités"))
VOTES = (
    ("Membres en exercice", "effectif"),
    ("Votants", "reel"),
    ("Pour", "pour"),
    ("Contre", "contre"),
    ("Abstentions", "abstentions"),
)


@get("/deliberations/autres")
async def voir_importees(
    request: Request[Any, Any, Any], siret: FromQuery[str] = "", p: FromQuery[int] = 1
) -> Response[str]:
    """The list, the latest first; `siret` keeps one authority's."""
    at = max(1, min(p, 10_000))
    rows = await read(services(request), ImporteeRow,
                      f"%s IN ('', siret) ORDER BY votee_le DESC, numero LIMIT {PAR_PAGE + 1} OFFSET %s",
                      (siret, (at - 1) * PAR_PAGE))  # fmt: skip
    return page(
        request,
        "deliberations/importees.html",
        titre=TITRE,
        fil=[{"href": href, "label": label} for href, label in FIL],
        cartes=[_carte(row) for row in rows[:PAR_PAGE]],
        p=at,
        suite=len(rows) > PAR_PAGE,
        siret=siret if rows else "",
    )


def _carte(row: ImporteeRow) -> dict[str, str]:
    date = f"{row.collectivite}, {date_longue(row.votee_le)}"
    return {"numero": row.numero, "identifiant": row.identifiant, "objet": row.objet, "date": date}


async def page_importee(request: Request[Any, Any, Any], numero: str, absente: str) -> Response[str]:
    """The page of one. Raises 404 with these words."""
    found = await lire_importee(services(request), numero)
    if found is None:
        raise NotFoundException(absente)
    crumbs = (*FIL, (f"/deliberations/{numero}", found.identifiant))
    return page(
        request,
        "deliberations/importee.html",
        titre=f"{found.objet[:120]} – {found.collectivite}, {found.identifiant}",
        fil=[{"href": href, "label": label} for href, label in crumbs],
        acte=found,
        faits=[{"nom": name, "valeur": value} for name, value in _faits(found) if value],
        vote=[] if found.reel is None else [(name, nombre(getattr(found, field))) for name, field in VOTES],
        regle=SCDL.id,
    )


async def lire_importee(services: Services, numero: str) -> ImporteeRow | None:
    """By its number here."""
    found = await read(services, ImporteeRow, "numero = %s", (numero,))
    return found[0] if found else None


def _faits(row: ImporteeRow) -> list[tuple[str, str | None]]:
    budget = f"{row.budget_nom}, {row.budget_annee}" if row.budget_nom else None
    return [
        ("Collectivité", row.collectivite),
        ("SIRET", row.siret),
        ("Numéro donné par la collectivité", row.identifiant),
        ("Votée le", date_longue(row.votee_le)),
        ("Matière", f"{row.matiere_code} {row.matiere_nom}"),
        ("Budget", budget),
        ("Reçue par la préfecture le", date_longue(row.pref_date)),
        ("Source", row.source),
    ]
