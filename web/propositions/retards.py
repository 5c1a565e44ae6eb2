"""`/retards`: what is late, the oldest first; public, because a promise was."""

from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.params import FromQuery

from web.acces.persons import today
from web.avis.listes import carte as carte_de_saisine
from web.avis.listes import en_retard as saisines_en_retard
from web.pages import date_longue, page
from web.propositions.listes import DERNIERE, NOMBRE_DE_RETARDS, PAR_PAGE, RETARD, cartes, pages, read_rows
from web.services import services


@get("/retards")
async def voir_retards(request: Request[Any, Any, Any], numero: FromQuery[int] = 1) -> Response[str]:
    """The answers that are late to people, fifty a page; then those that are late to conferences of mayors."""
    day, numero = today(), min(max(numero, 1), DERNIERE)
    counted = await services(request).fetch(NOMBRE_DE_RETARDS, (day, day))
    clause: LiteralString = f"{RETARD} ORDER BY least(suite_avant, lecture_avant), depot LIMIT %s OFFSET %s"
    rows = await read_rows(services(request), clause, (day, day, PAR_PAGE, PAR_PAGE * (numero - 1)))
    shown = cartes(rows, day) | pages("/retards", numero, counted[0][0])
    late = [carte_de_saisine(row, day) for row in await saisines_en_retard(services(request), day)]
    return page(request, "propositions/retards.html", titre="Réponses en retard", jour=date_longue(day),
                saisines=late, **shown)  # fmt: skip
