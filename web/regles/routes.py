"""`/regles` and `/regles/{id}`."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from web.pages import page
from web.regles.livre import book, examples, is_choice, refusals, written

ACCUEIL = {"href": "/", "label": "Accueil"}


@get("/regles", sync_to_thread=False)
def regles(request: Request[Any, Any, Any]) -> Response[str]:
    """Every rule, those of a text of law first."""
    rules = list(book().values())
    parts: dict[str, Any] = {
        "lois": [regle for regle in rules if not is_choice(regle)],
        "choix": [regle for regle in rules if is_choice(regle)],
    }
    fil = [ACCUEIL, {"href": "/regles", "label": "Règles"}]
    return page(request, "regles/regles.html", titre="Le livre des règles", fil=fil, **parts)


@get("/regles/{regle_id:str}", sync_to_thread=False)
def regle(request: Request[Any, Any, Any], regle_id: FromPath[str]) -> Response[str]:
    """One rule; 404 when there is none of that name."""
    found = book().get(regle_id)
    if found is None:
        raise NotFoundException("Cette règle n’existe pas dans ce registre.")
    context: dict[str, Any] = {
        "regle": found,
        "choix": is_choice(found),
        "exemples": examples(found),
        "refus": refusals(found),
        "parametres": [(name.replace("_", " "), written(value)) for name, value in found.parametres.items()],
    }
    fil = [ACCUEIL, {"href": "/regles", "label": "Règles"}, {"href": f"/regles/{found.id}", "label": found.titre}]
    return page(request, "regles/regle.html", titre=f"Règle : {found.titre}", fil=fil, **context)


ROUTES = (regles, regle)
