"""Slips: made once, printed at once, forgotten. The codes are in the answer, and nowhere else."""

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromPath

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from domain.ledger.ledger import Busy
from domain.scrutins.codes import affiche_code, lire_code
from web.access import require
from web.bureau.formulaire import Illisible, entier
from web.errors import Fault
from web.forms import Form, new_key, once, read_form
from web.impression.compiler import ImpressionImpossible, pdf
from web.pages import page
from web.scrutins.acte import entete, fil, refuse
from web.scrutins.imprimes import adresse_courte, commun, reponse_pdf
from web.scrutins.vue import Vue, lire
from web.services import services
from web.urne.slips import creer_billets

DROIT: Final = "declarer_billets"
PHASES: Final = ("confirme", "pret")
MARGE: Final = 20  # one more slip for twenty pupils: lost, spoilt, newcomers
GRANDS: Final = 4  # enlarged slips that are proposed, for pupils who see little


@get("/bureau/scrutins/{reference:str}/billets")
async def preparer_billets(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """How many, and what to have ready."""
    vue = await lire(request, reference)
    await require(request, DROIT, vue.cree.college)
    return montrer(request, vue, {"n": str(conseil(vue) or ""), "grands": str(GRANDS)})


@post("/bureau/scrutins/{reference:str}/billets", status_code=200)
async def fabriquer_billets(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[Any]:
    """Makes the slips and answers with their PDF, once."""
    fields, vue = await read_form(request), await lire(request, reference)
    acteur = await require(request, DROIT, vue.cree.college)
    try:
        n, large = entier(fields, "n") or 0, entier(fields, "grands") or 0
        if not 0 <= large <= n:
            raise Illisible("grands", f"Écrivez un nombre entre 0 et {n}.")
        key = once(fields.get("idempotence") or new_key(), f"scrutins/{reference}/billets", {"n": str(n)})
        codes = await creer_billets(services(request), acteur, reference, n, key)
    except (RegleViolee, KeyReused, Illisible, Busy) as error:
        return montrer(request, vue, fields, refuse(error))
    return await feuilles(request, vue, codes, large)


async def feuilles(request: Request[Any, Any, Any], vue: Vue, codes: list[str], large: int) -> Response[Any]:
    """The sheets, the first `large` slips enlarged: nothing says which codes those are.

    When they cannot be made, the bare codes rather than slips that are lost.
    """
    public_url = services(request).settings.public_url
    billets = [{"code": affiche_code(lire_code(code)), "qr": f"{public_url}/v/{lire_code(code)}"} for code in codes]
    made = {"grands": billets[:large], "billets": billets[large:], "adresse": adresse_courte(f"{public_url}/vote")}
    donnees = commun(vue, public_url) | made
    try:
        answer: Response[Any] = reponse_pdf(await pdf("billets", donnees), f"billets-{vue.reference}")
        answer.headers["Content-Disposition"] = f'attachment; filename="billets-{vue.reference}.pdf"'
    except (ImpressionImpossible, TimeoutError, OSError):
        answer = Response("\n".join(codes) + "\n", media_type="text/plain; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="billets-{vue.reference}.txt"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def conseil(vue: Vue) -> int:
    """How many slips to make: every pupil, and a few more; nothing when the number of pupils is not known."""
    pupils = vue.cree.electeurs or 0
    return 0 if vue.billets["crees"] else pupils + -(-pupils // MARGE)


def montrer(request: Request[Any, Any, Any], vue: Vue, fields: Form, refus: Fault | None = None) -> Response[str]:
    """The page, with what was typed."""
    made = vue.billets["crees"]
    return page(
        request,
        "scrutins/billets.html",
        status=refus.status if refus else 200,
        titre="Créer les billets",
        fil=fil(vue, ("billets", "Créer les billets")),
        vue=entete(vue),
        refus=refus,
        n=fields.get("n", ""),
        grands=fields.get("grands", ""),
        faits=made,
        electeurs=vue.cree.electeurs or 0,
        possible=vue.depuis(*PHASES),
        cle=fields.get("idempotence") or new_key(),
    )
