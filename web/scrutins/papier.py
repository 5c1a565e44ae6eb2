"""Paper ballots in lots of at most 30, typed twice by two people; differences shown; a third look settles them."""

from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.scrutins.contre_saisir_lot_papier import ContreSaisirLotPapier
from domain.scrutins.etat import LotPapier
from domain.scrutins.saisir_lot_papier import SaisirLotPapier
from domain.scrutins.valider_lot_papier import ValiderLotPapier
from web.access import require
from web.bureau.formulaire import Illisible
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.scrutins.acte import entete, fil, refuse
from web.scrutins.lecture_papier import affiche, lire_bulletins
from web.scrutins.vue import Vue, lire
from web.services import Services, services
from web.urne.paper import Bulletin, ecarts, garder_lot, lire_lot

PAR_LOT: Final = 30
DROITS: Final = {"saisir": "saisir_lot_papier", "contre": "contre_saisir_lot_papier", "valider": "valider_lot_papier"}
MODES: Final = {
    "saisir": ("Première saisie", "Tapez les bulletins dans l’ordre de la pile. Un bulletin par ligne."),
    "contre": ("Seconde saisie", "Une autre personne tape la même pile, sans voir la première saisie."),
    "valider": ("Comparer et trancher", "Regardez à nouveau chaque bulletin qui diffère. Tapez ce qu’il dit vraiment."),
    "fait": ("Lot validé", "Ce lot compte avec les autres bulletins."),
}


def mode(lot: LotPapier | None) -> str:
    """What this lot waits for."""
    if lot is None:
        return "saisir"
    if lot.contre is None:
        return "contre"
    return "fait" if lot.valide else "valider"


@get("/bureau/scrutins/{reference:str}/papier")
async def voir_papier(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The lots, how far each is, how many ballots are missing."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    return _lots(request, await lire(request, reference))


def _lots(request: Request[Any, Any, Any], vue: Vue) -> Response[str]:
    lots = [
        {"numero": n, "n": lot.n, "mot": MODES[mode(lot)][0], "ecarts": lot.ecarts}
        for n, lot in sorted(vue.etat.lots.items())
    ]
    return page(
        request,
        "scrutins/papier.html",
        titre="Bulletins papier",
        fil=fil(vue, ("papier", "Bulletins papier")),
        vue=entete(vue),
        lots=lots,
        suivant=max(vue.etat.lots, default=0) + 1,
        echanges=vue.billets["echanges"],
        saisis=sum(lot.n for lot in vue.etat.lots.values()),
        valides=vue.papier,
    )


@get("/bureau/scrutins/{reference:str}/papier/{lot:int}")
async def saisir_lot(request: Request[Any, Any, Any], reference: FromPath[str], lot: FromPath[int]) -> Response[str]:
    """The entry that this lot waits for."""
    vue = await lire(request, reference)
    if not 0 < lot <= max(vue.etat.lots, default=0) + 1:
        raise NotFoundException("Ce lot n’existe pas.")
    return await montrer(request, vue, lot, {})


@post("/bureau/scrutins/{reference:str}/papier/{lot:int}", status_code=200)
async def enregistrer_lot(
    request: Request[Any, Any, Any], reference: FromPath[str], lot: FromPath[int]
) -> Response[Any]:
    """Keeps the entry; refused, every line comes back as it was typed."""
    fields, vue = await read_form(request), await lire(request, reference)
    try:
        position = await garder(request, vue, lot, fields)
    except (RegleViolee, KeyReused, Illisible) as error:
        return await montrer(request, vue, lot, fields, refuse(error))
    return Redirect(f"/bureau/scrutins/{reference}/papier?vu={position}", status_code=303)


async def garder(request: Request[Any, Any, Any], vue: Vue, numero: int, fields: Form) -> int:
    """Does what the form was for: a first entry, a second one, a third look."""
    asked, found, reference = fields.get("mode", "saisir"), services(request), vue.reference
    acteur = await require(request, DROITS.get(asked, DROITS["saisir"]), vue.cree.college)
    key = once(fields.get("idempotence") or new_key(), f"scrutins/{reference}/papier/{numero}", fields)
    lot, qui = vue.etat.lots.get(numero), (acteur.personne, acteur.le, reference, numero)
    if asked == "valider" and lot is not None:
        settled, differing = await _tranches(found, vue, lot, fields)
        digest = await garder_lot(found, reference, settled)
        command: Any = ValiderLotPapier(*qui, len(settled), digest, differing)
    else:
        read = lire_bulletins(vue.cree, [fields.get(f"b{n}", "") for n in range(1, PAR_LOT + 1)])
        digest = await garder_lot(found, reference, read)
        if asked == "contre" and lot is not None:
            first = await _saisie(found, reference, lot.empreinte)
            differing = len(_ecarts(first, read))
            command = ContreSaisirLotPapier(*qui, len(read), digest, differing)
        else:
            command = SaisirLotPapier(*qui, len(read), digest)
    return (await found.ledger.execute(command, key)).position


async def _tranches(services: Services, vue: Vue, lot: LotPapier, fields: Form) -> tuple[list[Bulletin], int]:
    """The settled lot: what both read, and the third look where they differ."""
    first = await _saisie(services, vue.reference, lot.empreinte)
    second = await _saisie(services, vue.reference, lot.contre_empreinte)
    ranks = _ecarts(first, second)
    settled = list(first if len(first) >= len(second) else second)
    looked = lire_bulletins(vue.cree, [fields.get(f"b{n}", "") for n in ranks], ranks, absents=True)
    for rank, ballot in zip(ranks, looked, strict=True):
        settled[rank - 1] = ballot
    return [ballot for ballot in settled if ballot.nul != "absent"], len(ranks)


async def _saisie(services: Services, reference: str, digest: str) -> list[Bulletin]:
    found = await lire_lot(services, reference, digest)
    return list(found.bulletins) if found else []


def _ecarts(first: list[Bulletin], second: list[Bulletin]) -> list[int]:
    return ecarts(_Piles(tuple(first)), _Piles(tuple(second)))  # type: ignore[arg-type]  # only their ballots are read


class _Piles(msgspec.Struct, frozen=True):
    bulletins: tuple[Bulletin, ...]


async def montrer(
    request: Request[Any, Any, Any], vue: Vue, numero: int, fields: Form, refus: Fault | None = None
) -> Response[str]:
    """The form of this lot, or the comparison of its two entries."""
    lot = vue.etat.lots.get(numero)
    asked = mode(lot)
    if asked != "fait":
        await require(request, DROITS[asked], vue.cree.college)
    title, text = MODES[asked]
    return page(
        request,
        "scrutins/lot.html",
        status=refus.status if refus else 200,
        titre=f"Lot {numero} : {title[0].lower()}{title[1:]}",
        fil=fil(vue, ("papier", "Bulletins papier"), (f"papier/{numero}", f"Lot {numero}")),
        vue=entete(vue),
        numero=numero,
        mode=asked,
        texte=text,
        refus=refus,
        projets=[{"n": n, "titre": p.titre} for n, p in enumerate(vue.cree.projets, start=1)],
        type_vote=vue.cree.type_vote,
        lignes=[{"n": n, "valeur": fields.get(f"b{n}", "")} for n in range(1, PAR_LOT + 1)],
        comparaison=await _comparaison(services(request), vue, lot, fields) if lot and asked == "valider" else [],
        cle=fields.get("idempotence") or new_key(),
        possible=vue.phase == "clos" or asked == "fait",
    )


async def _comparaison(services: Services, vue: Vue, lot: LotPapier, fields: Form) -> list[dict[str, Any]]:
    first = await _saisie(services, vue.reference, lot.empreinte)
    second = await _saisie(services, vue.reference, lot.contre_empreinte)
    differing = set(_ecarts(first, second))
    return [
        {
            "n": n,
            "un": affiche(vue.cree, first[n - 1]) if n <= len(first) else "rien",
            "deux": affiche(vue.cree, second[n - 1]) if n <= len(second) else "rien",
            "differe": n in differing,
            "valeur": fields.get(f"b{n}", ""),
        }
        for n in range(1, max(len(first), len(second)) + 1)
    ]
