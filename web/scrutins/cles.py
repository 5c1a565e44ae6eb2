"""The key of a layer: made once, shown once, printed twice, published when its holder has her paper."""

import secrets
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.scrutins.events import Couche
from domain.scrutins.publier_cle import PublierCle
from web.access import Acteur, require
from web.bureau.formulaire import Illisible
from web.errors import Fault
from web.forms import Form, once, read_form
from web.impression.compiler import pdf, qr
from web.pages import page
from web.scrutins.acte import entete, fil, refuse
from web.scrutins.imprimes import commun, reponse_pdf
from web.scrutins.vue import COUCHES, Vue, lire
from web.services import services
from web.urne.keys import GROUPES, lignes, lire_feuille, nouvelle_cle

DROIT: Final = "publier_cle"
NOMS: Final = {couche: name for couche, name, _ in COUCHES}


@get("/bureau/scrutins/{reference:str}/cle/{couche:str}")
async def preparer_cle(
    request: Request[Any, Any, Any], reference: FromPath[str], couche: FromPath[str]
) -> Response[str]:
    """What a key is, and the button that makes it."""
    vue, name, _ = await _qui(request, reference, couche)
    return page(request, "scrutins/cle.html", **_page(vue, couche, name), publiee=couche in vue.cles)


@post("/bureau/scrutins/{reference:str}/cle/{couche:str}", status_code=200)
async def fabriquer_cle(
    request: Request[Any, Any, Any], reference: FromPath[str], couche: FromPath[str]
) -> Response[Any]:
    """A new key, on the page only: nothing is published until its holder says that she has printed it."""
    await read_form(request)
    vue, name, _ = await _qui(request, reference, couche)
    feuille, publique = nouvelle_cle()
    return _feuille(request, vue, couche, name, {"feuille": feuille, "publique": publique, "groupe": _rang()})


@post("/bureau/scrutins/{reference:str}/cle/{couche:str}/feuille.pdf", status_code=200)
async def imprimer_cle(
    request: Request[Any, Any, Any], reference: FromPath[str], couche: FromPath[str]
) -> Response[bytes]:
    """The sheet that the page shows, twice, as PDF; it comes from the page and is kept nowhere."""
    fields = await read_form(request)
    vue, name, _ = await _qui(request, reference, couche)
    feuille = fields.get("feuille", "")
    lire_feuille(feuille, fields.get("publique", ""))
    donnees = commun(vue, services(request).settings.public_url) | {
        "cle": name,
        "qr": feuille,
        "lignes": lignes(feuille),
    }
    return reponse_pdf(await pdf("cle", donnees, vue.lu.faits[-1].recorded_at), f"cle-{couche}-{reference}")


@post("/bureau/scrutins/{reference:str}/cle/{couche:str}/publier", status_code=200)
async def publier(request: Request[Any, Any, Any], reference: FromPath[str], couche: FromPath[str]) -> Response[Any]:
    """Publishes the public half, once a group has been copied from the paper."""
    fields = await read_form(request)
    vue, name, acteur = await _qui(request, reference, couche)
    try:
        _recopie(fields)
        command = PublierCle(acteur.personne, acteur.le, reference, couche_de(couche), fields["publique"])
        key = once(fields.get("idempotence", ""), f"cle/{reference}/{couche}", {"publique": fields["publique"]})
        act = await services(request).ledger.execute(command, key)
    except (RegleViolee, KeyReused, Illisible) as error:
        return _feuille(request, vue, couche, name, fields, refuse(error))
    return Redirect(f"/bureau/scrutins/{reference}?vu={act.position}", status_code=303)


def _recopie(fields: Form) -> None:
    """The sheet is whole, and its holder has its paper before her. Raises RegleViolee, Illisible."""
    feuille, rang = fields.get("feuille", ""), fields.get("groupe", "")
    lire_feuille(feuille, fields.get("publique", ""))
    number = int(rang) if rang.isascii() and rang.isdigit() and 0 < int(rang) <= GROUPES else 1
    typed = fields.get("recopie", "").strip().upper().rpartition(":")[2].strip()
    if typed != feuille.split("-")[number - 1]:
        raise Illisible("recopie", f"Ce n’est pas le groupe {number} de la feuille. Imprimez-la, puis recopiez-le.")


def _rang() -> str:
    return str(1 + secrets.randbelow(GROUPES))


def _feuille(
    request: Request[Any, Any, Any], vue: Vue, couche: str, name: str, fields: Form, refus: Fault | None = None
) -> Response[str]:
    feuille = fields.get("feuille", "")
    return page(
        request,
        "scrutins/cle_feuille.html",
        status=refus.status if refus else 200,
        **_page(vue, couche, name),
        refus=refus,
        feuille=feuille,
        publique=fields.get("publique", ""),
        groupe=fields.get("groupe", "1"),
        recopie=fields.get("recopie", ""),
        lignes=lignes(feuille),
        code_qr=qr(feuille),
        cle_formulaire=fields.get("idempotence", ""),
    )


def _page(vue: Vue, couche: str, name: str) -> dict[str, Any]:
    return {"titre": name, "fil": fil(vue, (f"cle/{couche}", name)), "vue": entete(vue), "couche": couche}


async def _qui(request: Request[Any, Any, Any], reference: str, couche: str) -> tuple[Vue, str, Acteur]:
    """The scrutin, the name of the key, its holder. Raises 401, 403, 404."""
    vue = await lire(request, reference)
    if couche not in NOMS:
        raise NotFoundException("Cette clé n’existe pas.")
    return vue, NOMS[couche], await titulaire(request, vue, couche)


async def titulaire(request: Request[Any, Any, Any], vue: Vue, couche: str) -> Acteur:
    """Who holds the key of this layer: `bureau_de_vote` in the collège, `education` at the Métropole. Raises 403."""
    return await require(request, DROIT, vue.cree.college)


def couche_de(nom: str) -> Couche:
    """The layer of this name in an address. Raises 404."""
    for couche, _, _ in COUCHES:
        if couche == nom:
            return couche
    raise NotFoundException("Cette couche n’existe pas.")
