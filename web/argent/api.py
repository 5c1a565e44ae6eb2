"""The money for programs: `/api/argent`, its accounts, its operations, its frozen figures."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from projections.argent_rows import CompteRow, EnveloppeRow, MouvementRow, OperationRow, PhotographieRow
from web.api.lecture import read_number
from web.api.operations import Operation, Parametre, answer, declared
from web.argent.chiffres import chiffres, empreinte
from web.argent.compte import load_releve
from web.argent.operations import load_operation
from web.colleges.lecture import read
from web.propositions.dossier import read_au
from web.services import services

RUBRIQUE = "L’argent du Pacte"
AU = Parametre("au", "un jour (2026-03-15) ou un acte (1842)")
PAGE = Parametre("page", "le numéro de la page, à partir de 1", "integer")


class Argent(msgspec.Struct):
    """Les enveloppes, les comptes, les opérations. Les sommes sont en centimes."""

    enveloppes: list[EnveloppeRow]
    comptes: list[CompteRow]
    operations: list[OperationRow]


class Compte(msgspec.Struct):
    """Un compte et une page de son relevé, le plus récent d’abord."""

    compte: CompteRow
    mouvements: list[MouvementRow]
    page: int
    pages: int
    au: str | None


class OperationDuPacte(msgspec.Struct):
    """Une opération et ses crédits."""

    operation: OperationRow
    mouvements: list[MouvementRow]
    au: str | None


class Photographie(msgspec.Struct):
    """Des chiffres figés, recalculés à l’instant, et les deux empreintes."""

    chiffres: dict[str, Any]
    figee: str
    recalculee: str


def _read(name: str, path: str, summary: str, form: Any, *parameters: Parametre) -> dict[str, Any]:
    refused = (400, 404) if "{" in path else ()
    return declared(
        Operation(id=name, chemin=path, resume=summary, rubrique=RUBRIQUE, reponse=form, parametres=parameters,
                  refus=refused)
    )  # fmt: skip


@get("/api/argent", opt=_read("argent", "/api/argent", "Les enveloppes, les comptes, les opérations", Argent))
async def argent_json(request: Request[Any, Any, Any]) -> Response[bytes]:
    """All of them."""
    found = services(request)
    return answer(
        Argent(
            await read(found, EnveloppeRow, "true ORDER BY reference"),
            await read(found, CompteRow, "true ORDER BY cle"),
            await read(found, OperationRow, "true ORDER BY depot"),
        )
    )


UN_COMPTE = "/api/argent/comptes/{nom}/{beneficiaire}/{annee}"


@get(
    "/api/argent/comptes/{nom:str}/{beneficiaire:str}/{annee:int}",
    opt=_read("compte", UN_COMPTE, "Un compte et son relevé", Compte, AU, PAGE),
)
async def compte_json(
    request: Request[Any, Any, Any], nom: FromPath[str], beneficiaire: FromPath[str], annee: FromPath[int]
) -> Response[bytes]:
    """As of now, or of `au`. 404."""
    au, number = read_au(request.query_params.get("au")), read_number(request, "page", 1, 1, 20_000)
    key = f"{nom}/{beneficiaire}/{annee}"
    found = await load_releve(services(request), key, number, au)
    if found is None:
        raise NotFoundException("Ce compte n’est pas dans le registre, ou pas encore à cette date.")
    return answer(Compte(found.compte, found.lignes, found.page, found.pages, None if au is None else str(au)))


UNE_OPERATION = "/api/argent/operations/{reference}"


@get(
    "/api/argent/operations/{reference:str}",
    opt=_read("operation", UNE_OPERATION, "Une opération et ses crédits", OperationDuPacte, AU),
)
async def operation_json(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    """As of now, or of `au`. 404."""
    au = read_au(request.query_params.get("au"))
    found = await load_operation(services(request), reference, au)
    if found is None:
        raise NotFoundException(f"Aucune opération ne porte le numéro {reference[:40]} à cette date.")
    return answer(OperationDuPacte(*found, None if au is None else str(au)))


UNE_PHOTOGRAPHIE = "/api/argent/photographies/{jour}"


@get(
    "/api/argent/photographies/{jour:str}",
    opt=_read("photographie", UNE_PHOTOGRAPHIE, "Des chiffres figés, recalculés", Photographie),
)
async def photographie_json(request: Request[Any, Any, Any], jour: FromPath[str]) -> Response[bytes]:
    """The canonical figures and both digests. 404."""
    found = await read(services(request), PhotographieRow, "jour = %s", (jour,))
    if not found:
        raise NotFoundException("Aucun chiffre n’est figé à cette date.")
    figures = await chiffres(services(request), date.fromisoformat(found[0].jour), found[0].connu)
    return answer(Photographie(figures, found[0].empreinte, empreinte(figures)))


ROUTES = (argent_json, compte_json, operation_json, photographie_json)
