"""`/bureau/argent/reconductions`: what is left of a year, account by account, carried over in one go."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.enveloppes.accorder_reconduction import AccorderReconduction
from domain.errors import RegleViolee
from domain.money import euros, lire_euros
from web.acces.persons import today
from web.access import Acteur, require
from web.argent.lecture import Lieux, lieux
from web.argent.mots import ENVELOPPES
from web.bureau_argent.actes_compte import deliberation
from web.bureau_argent.formulaires import champ, recevoir
from web.bureau_argent.lecture import deliberations, en_saisie
from web.bureau_argent.lots import Ligne, Lot, contexte, tout_faire
from web.bureau_argent.operations import ACCUEIL
from web.colleges.pages import fil
from web.forms import Form, new_key
from web.pages import page
from web.services import Services, services

ICI, DROIT = "/bureau/argent/reconductions", "accorder_reconduction"
RESTES = """SELECT c.nom, c.beneficiaire, c.annee, c.solde_cents FROM comptes c
    JOIN comptes d ON d.nom = c.nom AND d.beneficiaire = c.beneficiaire AND d.annee = c.annee + 1
    WHERE c.nom = %s AND c.annee = %s AND c.solde_cents > 0 AND c.sorti_cents = 0 ORDER BY c.beneficiaire"""
LIGNES = 150  # a form holds at most 200 fields


class Reste(msgspec.Struct, frozen=True):
    """An account of a past year with something left, in cents."""

    nom: str
    beneficiaire: str
    annee: int
    cents: int


@get(ICI)
async def voir_reconductions(
    request: Request[Any, Any, Any],
    enveloppe: FromQuery[str] = "fic",
    de: FromQuery[int | None] = None,
    vu: FromQuery[int | None] = None,
    faits: FromQuery[int] = 0,
) -> Response[str]:
    """The accounts with something left, each with its whole amount proposed."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    lot = Lot(faits, 0, [], []) if 0 < faits < 10_000 else None
    return await montrer(request, enveloppe, de or today().year - 1, None, lot)


@post(ICI, status_code=200)
async def reconduire(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every amount that is not left empty, one act an account; those that a rule refuses are said."""
    typed, _ = await recevoir(request, "reconduire")
    acteur, found = await require(request, DROIT), services(request)
    nom, de = typed.get("enveloppe", ""), typed.get("de", "")
    year = int(de) if de.isascii() and de.isdigit() and len(de) == 4 else 0
    key, lines = typed.get("idempotence") or new_key(), lignes(acteur, nom, year, typed, await lieux(found))
    lot = await tout_faire(found, key, f"reconductions/{nom}/{year}", lines)
    if lot.refuses or not lines:
        await found.watcher.wait_for(lot.position)
        return await montrer(request, nom, year, typed, lot)
    return Redirect(f"{ICI}?enveloppe={nom}&de={year}&vu={lot.position}&faits={lot.total}", status_code=303)


def lignes(acteur: Acteur, nom: str, year: int, typed: Form, where: Lieux) -> list[Ligne]:
    """One line for each amount typed."""
    found = []
    for field, text in typed.items():
        code = field.removeprefix("montant-")
        if code == field or not text.strip():
            continue
        try:
            cents = lire_euros(text)
        except RegleViolee as error:
            found.append(Ligne(where.nom(code, year), code, None, {}, error))
            continue
        order = AccorderReconduction(
            acteur.personne, acteur.le, typed.get("deliberation", "").strip(), nom, code, year, cents
        )
        found.append(Ligne(where.nom(code, year), code, order, {"cents": str(cents)}))
    return found


async def restes(services: Services, nom: str, year: int) -> list[Reste]:
    """The accounts of this year with something left, whose next year is there."""
    return [Reste(*row) for row in await services.fetch(RESTES, (nom, year))]


async def montrer(
    request: Request[Any, Any, Any], nom: str, year: int, typed: Form | None, lot: Lot | None
) -> Response[str]:
    """The page, with what was typed on the lines that were refused."""
    await require(request, DROIT)
    found = services(request)
    where, left = await lieux(found), await restes(found, nom, year) if 2015 <= year <= 2100 else []
    kept = typed or {}
    return page(
        request,
        "bureau_argent/reconductions.html",
        status=422 if lot and (lot.refuses or not lot.total) else 200,
        titre=f"Reconduire les restes de {year}",
        fil=fil(*ACCUEIL, (ICI, "Reconduire des restes")),
        adresse=ICI,
        enveloppe=nom,
        annee=year,
        enveloppes=[{"valeur": value, "libelle": label} for value, label in ENVELOPPES.items()],
        total=euros(sum(one.cents for one in left)),
        nombre_=len(left),
        lignes=[
            {
                "code": one.beneficiaire,
                "nom": where.nom(one.beneficiaire, year),
                "reste": euros(one.cents),
                "valeur": kept.get(f"montant-{one.beneficiaire}", en_saisie(one.cents)),
            }
            for one in left[:LIGNES]
        ],
        champs=[champ(deliberation(await deliberations(found)), "reconduire", typed, None)],
        lot=contexte(lot),
    )
