"""The screen of the hall: a jar that fills while people vote, then the public count, one project a page.

Nothing moves by itself but the jar's page, which asks again every minute by an HTTP header and can be paused.
"""

import math
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from web.pages import page
from web.propositions.instances import annuaire
from web.resultats import vue
from web.resultats.compte import Compte
from web.resultats.images import images
from web.resultats.lecture import Scrutin
from web.resultats.listes import scrutin_du_college
from web.resultats.page_scrutin import compter, trouver
from web.scrutins.mots import moment
from web.services import services

SECONDES = "60"
PERLES = 60
RANGEE = 7


@get("/c/{slug:str}/ecran")
async def ecran(
    request: Request[Any, Any, Any], slug: FromPath[str], etape: FromQuery[int] = 0, pause: FromQuery[int] = 0
) -> Response[str]:
    """The screen of this collège's present vote. 404 while it has none."""
    commun = await _du_college(request, slug)
    scrutin: Scrutin = commun["s"]
    if scrutin.depouille is not None:
        compte = await compter(services(request), scrutin)
        commun["images"] = await images(services(request), scrutin)
        return page(request, "resultats/ecran.html", **commun, **depouillement(scrutin, compte, etape))
    answer = page(request, "resultats/ecran.html", **commun, **attente(scrutin), pause=bool(pause))
    if not pause:
        answer.headers["Refresh"] = SECONDES
    return answer


async def _du_college(request: Request[Any, Any, Any], slug: str) -> dict[str, Any]:
    reference = await scrutin_du_college(services(request), slug)
    if reference is None:
        raise NotFoundException("Ce collège n’a pas de vote à montrer.")
    scrutin = await trouver(request, reference)
    nom = (await annuaire(services(request))).nom(slug)
    return {"titre": f"Écran – {scrutin.titre}", "s": scrutin, "slug": slug, "college": nom}


def attente(scrutin: Scrutin) -> dict[str, Any]:
    """Before the count: when it opens or ends, and the level of turnout."""
    ou, cree = vue.phase(scrutin), scrutin.cree
    assert cree is not None  # only our own votes have a collège
    phrases = {
        "avant": f"Le vote ouvre {moment(cree.ouvre_le)}.",
        "ouvert": f"Vote jusqu’au {moment(cree.ferme_le)}.",
        "clos": _apres(scrutin),
    }
    niveau = vue.participation(scrutin)
    return {
        "vue": "bocal",
        "phrase": phrases.get(ou, ""),
        "participation": niveau.phrase if ou != "avant" else "",
        "perles": perles(niveau.part if ou != "avant" else 0.0),
    }


def _apres(scrutin: Scrutin) -> str:
    announced = scrutin.etat.annonce
    when = f"On dépouille {moment(announced.quand)}, {announced.lieu}" if announced else "Le dépouillement va commencer"
    return f"Le vote est fini. {when}."


def perles(part: float) -> list[dict[str, int]]:
    """Places of the beads in the jar, from the bottom: as many as the level says, never one by one."""
    combien = math.ceil(min(100.0, part) / 100 * PERLES)
    places = []
    for n in range(combien):
        rangee, rang = divmod(n, RANGEE)
        decale = 10 if rangee % 2 else 0
        places.append({"x": 49 + 20 * rang + decale, "y": 270 - 18 * rangee, "n": (n * 7 + rangee) % 3})
    return places


def depouillement(scrutin: Scrutin, compte: Compte | None, etape: int) -> dict[str, Any]:
    """Step 0 announces, then one project a step from the last to the first, then the result."""
    lignes = list(reversed(vue.lignes(scrutin, compte)))
    derniere = len(lignes) + 1
    ici = max(0, min(etape, derniere))
    ligne = lignes[ici - 1] if 0 < ici < derniere else None
    gagnants = [ligne for ligne in reversed(lignes) if ligne.retenu]
    return {
        "vue": "annonce" if ici == 0 else "projet" if ligne else "resultat",
        "etape": ici,
        "derniere": derniere,
        "nombre_": len(lignes),
        "ligne": ligne,
        "rang": len(lignes) - ici + 1,
        "participation": vue.participation(scrutin).phrase,
        "gagnants": gagnants,
        "serre": len(gagnants) > 7,
        "somme": vue.somme(scrutin, compte),
        "enveloppe": vue.enveloppe(scrutin),
    }
