"""`/regles` and `/regles/{id}`: the rules of the book, and those that the register sets."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.jeux_de_regles import Jeu
from domain.law import Regle
from domain.majorites.moteurs import MOTEURS
from web.acces.persons import today
from web.pages import date_longue, page
from web.propositions.instances import annuaire
from web.regles import bureau
from web.regles.essai import Calcul, calcul_de, essayer, exemples, mots
from web.regles.jeux import Registre, etat, portee, read_jeux
from web.regles.livre import book, examples, is_choice, refusals, written
from web.services import Services, services

ACCUEIL = {"href": "/", "label": "Accueil"}
REGLES = {"href": "/regles", "label": "Règles"}


@get("/regles")
async def regles(request: Request[Any, Any, Any]) -> Response[str]:
    """Every rule: those that the register sets, those of a text of law, the project's choices."""
    rules, found = list(book().values()), await read_jeux(services(request))
    parts: dict[str, Any] = {
        "jeux": [ligne(jeu) for jeu in found.jeux.par_id.values() if jeu.etat != "ecarte"],
        "lois": [regle for regle in rules if not is_choice(regle)],
        "choix": [regle for regle in rules if is_choice(regle)],
    }
    return page(request, "regles/regles.html", titre="Le livre des règles", fil=[ACCUEIL, REGLES], **parts)


@get("/regles/{regle_id:str}")
async def regle(request: Request[Any, Any, Any], regle_id: FromPath[str]) -> Response[str]:
    """One rule, and « Essayer » with the numbers of the query; 404 when there is none of that name."""
    found, registre = book().get(regle_id), await read_jeux(services(request))
    jeu = registre.jeux.par_id.get(regle_id)
    if found is None and jeu is None:
        raise NotFoundException("Cette règle n’existe pas dans ce registre.")
    context = _regle(found) if jeu is None and found else await _jeu(services(request), registre, jeu)
    calcul: Calcul | None = context["calcul"]
    essai = essayer(calcul, dict(request.query_params.items())) if calcul else None
    shown: Regle = context["regle"]
    fil = [ACCUEIL, REGLES, {"href": f"/regles/{shown.id}", "label": shown.titre}]
    return page(request, "regles/regle.html", status=essai.status if essai else 200,
                titre=f"Règle : {shown.titre}", fil=fil, **context, essai=essai)  # fmt: skip


def _regle(found: Regle) -> dict[str, Any]:
    calcul = calcul_de(found)
    return {
        "regle": found,
        "jeu": None,
        "choix": is_choice(found),
        "calcul": calcul,
        "calculs": exemples(calcul, found) if calcul and found.exemples else [],
        "exemples": examples(found),
        "refus": refusals(found),
        "parametres": [(name.replace("_", " "), written(value)) for name, value in found.parametres.items()],
    }


async def _jeu(found: Services, registre: Registre, jeu: Jeu | None) -> dict[str, Any]:
    assert jeu is not None
    shown, names = jeu.regle, await annuaire(found)
    calcul = Calcul(MOTEURS[jeu.moteur], shown.parametres)
    sorte, mot = etat(jeu, today())
    acts = [acte | {"par": names.fonction(acte["par"])} for acte in registre.actes(shown.id)]
    return {
        "regle": shown,
        "jeu": {"sorte": sorte, "mot": mot, "portee": portee(jeu), "actes": acts},
        "choix": False,
        "calcul": calcul,
        "calculs": exemples(calcul, shown),
        "exemples": [],
        "refus": [],
        "parametres": mots(calcul.moteur.parametres, shown.parametres),
    }


def ligne(jeu: Jeu) -> dict[str, Any]:
    """A set in a list."""
    sorte, mot = etat(jeu, today())
    until = f" au {date_longue(jeu.au)}" if jeu.au else ""
    p = jeu.propose
    return {
        "id": p.jeu,
        "titre": p.titre,
        "texte": p.texte,
        "source": p.source,
        "sorte": sorte,
        "mot": mot,
        "dates": f"du {date_longue(p.du)}{until}, pour {portee(jeu)}" if until
                 else f"à partir du {date_longue(p.du)}, pour {portee(jeu)}",
    }  # fmt: skip


ROUTES = (regles, regle, *bureau.ROUTES)
