"""`/chaines/{reference}`: the chain of any dossier, as of now, of another date, or of two dates compared."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.identifiers import lire_reference
from web.access import current_person
from web.chaine.dossiers import chaine_de, serie
from web.chaine.lecture import Chaine
from web.chaine.memoire import chaine
from web.chaine.vue import comparaison, contexte, quand
from web.pages import page
from web.propositions.dossier import PasEncore, read_au
from web.services import services

DROIT = "tisser_chaine"
ABSENT = "Aucun dossier de ce registre ne porte ce numéro. Il existe peut-être sur papier : demandez une copie."


@get("/chaines/{reference:str}")
async def voir_chaine(
    request: Request[Any, Any, Any],
    reference: FromPath[str],
    au: FromQuery[str | None] = None,
    et: FromQuery[str | None] = None,
    p: FromQuery[int] = 1,
    vu: FromQuery[int | None] = None,
) -> Response[Any]:
    """Nodes fifty a page; with `et`, what changed between the two dates. 400 on a bad date, 404."""
    if serie(reference) is None:
        return ailleurs(reference)
    if et is not None:
        return await comparer(request, reference, au, et)
    waited = vu is None or await services(request).watcher.wait_for(vu)
    try:
        found = await lire(request, reference, au)
    except PasEncore as early:
        return pas_encore(request, reference, early)
    more = {"en_attente": not waited, "peut_tisser": await peut_tisser(request)}
    return page(request, "chaine/chaine.html", **contexte(found, au or "", max(1, min(p, 10_000))), **more)


def ailleurs(reference: str) -> Response[Any]:
    """A number typed freely leads to itself as written; an idea, to the dossier of its collège. 404."""
    known = lire_reference(reference)
    if known is None:
        raise NotFoundException(ABSENT)
    written = str(known)
    return Redirect(f"/dossiers/{written}" if written.startswith("IDEE-") else chaine_de(written), status_code=303)


async def lire(request: Request[Any, Any, Any], reference: str, au: str | None) -> Chaine:
    """The chain as of `au`. Raises 400, 404, PasEncore."""
    found = await chaine(services(request), reference, read_au(au))
    if found is None:
        raise NotFoundException(ABSENT)
    return found


def pas_encore(request: Request[Any, Any, Any], reference: str, early: PasEncore) -> Response[str]:
    """It did not exist yet."""
    return page(
        request,
        "propositions/pas_encore.html",
        status=404,
        titre=reference,
        message=early.detail,
        reference=reference,
    )


async def comparer(request: Request[Any, Any, Any], reference: str, au: str | None, et: str) -> Response[str]:
    """Two dates: what is added, what is no longer there. Before the first act, everything is added."""
    try:
        after = await lire(request, reference, et)
    except PasEncore as early:
        return pas_encore(request, reference, early)
    try:
        before = await lire(request, reference, au)
    except PasEncore:
        before = None
    dates = (quand(read_au(au)) or "aujourd’hui", quand(after.au))
    return page(request, "chaine/comparer.html", **comparaison(before, after, dates))


async def peut_tisser(request: Request[Any, Any, Any]) -> bool:
    """Whether who is asking may add to a chain."""
    person = await current_person(request)
    return person is not None and person.titre(DROIT, None) is not None
