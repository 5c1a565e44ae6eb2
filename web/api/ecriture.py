"""Writing by the API: filing a proposition, the acts of its author (with the code), the acts of the office."""

from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.errors import RegleViolee
from domain.identifiers import affiche_code, code_hmac, lire_code
from domain.propositions.deposer_proposition import DeposerProposition
from domain.propositions.dossier import ActeDeLAuteur, ActeSurProposition, CodeFaux
from web.acces.persons import today
from web.access import require_person
from web.api.actes import ACTES, AGIR, CORPS, DEPOSER
from web.api.formes import Depot
from web.api.lecture import idempotency_key, read_json, read_once
from web.api.operations import declared
from web.api.receipts import written
from web.limits import attempt_code, forgive_code
from web.propositions.deposer import code_words
from web.services import services


@post("/api/propositions", opt=declared(DEPOSER))
async def deposer(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Files a proposition: 201 with its receipt and its code; the same answer (200) when it is sent again."""
    found, body = services(request), await read_json(request, Depot)
    acteur = (await require_person(request)).id if body.canal == "session" else ""
    words = code_words(found, f"api\0{acteur}\0{idempotency_key(request)}")
    command = DeposerProposition(
        acteur=acteur,
        le=today(),
        code_empreinte=code_hmac(affiche_code(words), found.secret),
        **msgspec.structs.asdict(body),
    )
    act = await found.ledger.execute(command, read_once(request, f"proposition\0{acteur}", body))
    return await written(found, act, code=words)


@post("/api/propositions/{reference:str}/{acte:str}", opt=declared(*AGIR))
async def agir(request: Request[Any, Any, Any], reference: FromPath[str], acte: FromPath[str]) -> Response[bytes]:
    """An act on a proposition, by the office (Bearer token) or by its author (code in four words)."""
    if acte not in ACTES:
        raise NotFoundException("Cet acte n’existe pas. La liste est à l’adresse /api.")
    command, _ = ACTES[acte]
    if issubclass(command, ActeDeLAuteur):
        return await _by_author(request, command, reference, acte)
    return await _by_office(request, command, reference, acte)


async def _by_office(
    request: Request[Any, Any, Any], command: type[ActeSurProposition], reference: str, acte: str
) -> Response[bytes]:
    """The command itself checks the function, on the person's own stream."""
    person = await require_person(request)
    body = await read_json(request, CORPS[acte])
    once = read_once(request, f"{reference}\0{acte}\0{person.id}", body)
    given = msgspec.structs.asdict(body)
    done = command(acteur=person.id, le=today(), proposition=reference, **given)
    return await written(services(request), await services(request).ledger.execute(done, once))


async def _by_author(
    request: Request[Any, Any, Any], command: type[ActeDeLAuteur], reference: str, acte: str
) -> Response[bytes]:
    """An attempt is counted before the code is looked at, and taken back when it was right."""
    found, body = services(request), await read_json(request, CORPS[acte])
    given = msgspec.structs.asdict(body)
    code = code_hmac(lire_code(given.pop("code")), found.secret)
    once = read_once(request, f"{reference}\0{acte}", body)
    await attempt_code(request)
    try:
        act = await found.ledger.execute(command(proposition=reference, code_empreinte=code, le=today(), **given), once)
    except CodeFaux:
        raise
    except RegleViolee:
        await forgive_code(request)
        raise
    await forgive_code(request)
    return await written(found, act)


ROUTES = (deposer, agir)
