"""Where the numbers of the money lead: `/dossiers/EN-2021-0001`, `/dossiers/OP-2026-0001`."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from web.argent.lecture import read_enveloppe
from web.argent.mots import PACTE
from web.services import services


async def vers_argent(request: Request[Any, Any, Any], reference: str) -> Response[Any]:
    """303 to the page of this operation, or of this envelope's split. 404."""
    if reference.startswith("OP-"):
        return Redirect(f"/operations/{reference}", status_code=303)
    envelope = await read_enveloppe(services(request), reference)
    if envelope is None:
        raise NotFoundException(f"Aucune enveloppe ne porte le numéro {reference}.")
    split = envelope.ouverte.enveloppe in PACTE
    return Redirect(f"/argent/repartition/{reference}" if split else "/argent#enveloppes-t", status_code=303)
