"""Each document as a PDF, and its twin as a page: the same words, and the digest of the file."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.deliberations.events import ActePublie
from domain.identifiers import est_numero
from web.access import current_person
from web.actes_pdf.dossier import Dossier, dossier
from web.actes_pdf.extrait import extrait, moment
from web.actes_pdf.liste import liste_des_deliberations
from web.actes_pdf.presse import Imprime, imprimer
from web.actes_pdf.proces_verbal import proces_verbal
from web.deliberations.lecture import Acte, load
from web.deliberations.pages import ABSENT
from web.pages import date_longue, page
from web.propositions.dossier import read_au
from web.services import services

SANS_EXTRAIT = "Ce projet n’est pas voté : il n’a pas encore d’extrait."
SANS_LISTE = "Cette séance n’est pas levée : sa liste n’existe pas encore."
SANS_PV = "Le procès-verbal de cette séance n’est pas encore arrêté. Il l’est à la séance suivante."

Req = Request[Any, Any, Any]


@get("/deliberations/{numero:str}/extrait")
async def voir_extrait(request: Req, numero: FromPath[str], au: FromQuery[str | None] = None) -> Response[str]:
    """The extract as a page; as of `au` (a day, an act). 400 on a bad `au`, 404."""
    acte, donnees = await _extrait(request, numero, au)
    made = await imprimer("extrait", donnees, moment(acte))
    fil = [("/deliberations", "Délibérations"), (f"/deliberations/{numero}", numero), (request.url.path, "Extrait")]
    shown = _commun(donnees, made, fil)
    shown["titre"] += f", état au {au}" if au else ""
    return page(request, "actes_pdf/extrait.html", **shown, publie=await _publie(request, acte),
                fichier=f"/deliberations/{numero}/extrait.pdf" + (f"?au={au}" if au else ""))  # fmt: skip


@get("/deliberations/{numero:str}/extrait.pdf")
async def extrait_pdf(request: Req, numero: FromPath[str], au: FromQuery[str | None] = None) -> Response[bytes]:
    """The extract: PDF/A-2a, tagged."""
    acte, donnees = await _extrait(request, numero, au)
    return reponse(await imprimer("extrait", donnees, moment(acte)), f"extrait-{numero}")


@get("/seances/{reference:str}/liste-des-deliberations")
async def voir_liste(request: Req, reference: FromPath[str]) -> Response[str]:
    """The list of a meeting as a page. 404 before the meeting has ended."""
    found, donnees = await _liste(request, reference)
    made = await imprimer("liste", donnees, found.moment)
    return page(request, "actes_pdf/liste.html", **_commun(donnees, made, _fil(found, request)),
                fichier=f"{request.url.path}.pdf")  # fmt: skip


@get("/seances/{reference:str}/liste-des-deliberations.pdf")
async def liste_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """The list: PDF/A-2a, tagged."""
    found, donnees = await _liste(request, reference)
    return reponse(await imprimer("liste", donnees, found.moment), f"liste-{reference}")


@get("/seances/{reference:str}/proces-verbal")
async def voir_proces_verbal(request: Req, reference: FromPath[str]) -> Response[str]:
    """The minutes as a page. 404 until they are written."""
    found, donnees = await _proces_verbal(request, reference)
    made = await imprimer("proces_verbal", donnees, found.moment)
    return page(request, "actes_pdf/proces_verbal.html", **_commun(donnees, made, _fil(found, request)),
                fichier=f"{request.url.path}.pdf")  # fmt: skip


@get("/seances/{reference:str}/proces-verbal.pdf")
async def proces_verbal_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """The minutes: PDF/A-2a, tagged."""
    found, donnees = await _proces_verbal(request, reference)
    return reponse(await imprimer("proces_verbal", donnees, found.moment), f"proces-verbal-{reference}")


def reponse(made: Imprime, name: str) -> Response[bytes]:
    """A PDF that the browser shows; its tag is its sha256."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "ETag": f'"{made.empreinte}"'}
    return Response(made.octets, media_type="application/pdf", headers=headers)


async def _extrait(request: Req, numero: str, au: str | None) -> tuple[Acte, dict[str, Any]]:
    found = services(request)
    acte = await load(found, numero, read_au(au)) if est_numero(numero) else None
    if acte is None:
        raise NotFoundException(ABSENT)
    donnees = extrait(acte, found.demonstration)
    if donnees is None:
        raise NotFoundException(SANS_EXTRAIT)
    return acte, donnees


async def _liste(request: Req, reference: str) -> tuple[Dossier, dict[str, Any]]:
    found = await dossier(services(request), reference)
    if not found.reunion.seance.levee:
        raise NotFoundException(SANS_LISTE)
    return found, liste_des_deliberations(found, services(request).demonstration)


async def _proces_verbal(request: Req, reference: str) -> tuple[Dossier, dict[str, Any]]:
    found = await dossier(services(request), reference)
    if found.reunion.seance.pv not in ("arrete", "publie"):  # a draft is for who writes it: L3121-13
        person = await current_person(request)
        if not found.reunion.seance.pv or person is None or not person.peut("rediger_pv", found.reunion.row.instance):
            raise NotFoundException(SANS_PV)
    return found, proces_verbal(found, services(request).demonstration)


def _commun(donnees: dict[str, Any], made: Imprime, fil: list[tuple[str, str]]) -> dict[str, Any]:
    """What the three pages share: the words, the digest and the size of the file, where we are."""
    crumbs = [{"href": href, "label": label} for href, label in [("/", "Accueil"), *fil]]
    kilobytes = max(1, round(len(made.octets) / 1000))
    return {"titre": donnees["titre"], "fil": crumbs, "d": donnees, "empreinte_du_fichier": made.empreinte,
            "ko": kilobytes}  # fmt: skip


def _fil(found: Dossier, request: Req) -> list[tuple[str, str]]:
    reference = found.reunion.reference
    label = "Procès-verbal" if request.url.path.endswith("proces-verbal") else "Liste des délibérations"
    return [("/seances", "Séances"), (f"/seances/{reference}", reference), (request.url.path, label)]


async def _publie(request: Req, acte: Acte) -> dict[str, Any] | None:
    """The file that was put online, as the register has it: what this page was just before.

    `identique` is false once the model of the document has changed: the digest is then another one, and it is said.
    """
    fait = acte.premier(ActePublie)
    if fait is None or not isinstance(fait.event, ActePublie) or not fait.event.empreinte:
        return None
    au = str(fait.fact.position - 1)
    before, donnees = await _extrait(request, acte.numero, au)
    made = await imprimer("extrait", donnees, moment(before))
    return {
        "le": date_longue(fait.event.survenu_le),
        "empreinte": fait.event.empreinte,
        "lien": f"/deliberations/{acte.numero}/extrait.pdf?au={au}",
        "identique": made.empreinte == fait.event.empreinte,
    }


ROUTES = (voir_extrait, extrait_pdf, voir_liste, liste_pdf, voir_proces_verbal, proces_verbal_pdf)
