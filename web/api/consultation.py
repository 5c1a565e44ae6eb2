"""Reading by the API: what the pages show, as JSON."""

from typing import Any, LiteralString

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.ledger.entry import leaf_hash
from projections.propositions import PropositionRow
from web.acces.persons import today
from web.api import formes, vues
from web.api.lecture import read_number
from web.api.operations import Operation, Parametre, answer, declared
from web.colleges.api import budget_json
from web.propositions.dossier import load_dossier, read_au
from web.propositions.instances import annuaire
from web.propositions.listes import read_rows
from web.recherche.requete import PAR_PAGE, read
from web.recherche.resultats import find, pages
from web.regles.jeux import read_jeux
from web.regles.livre import book
from web.services import Services, services
from web.territoire.communes import read_communes

ENTRIES = """SELECT notification_id, state FROM ledger.stored_events
    WHERE notification_id > %s ORDER BY notification_id LIMIT %s"""
PAGE = Parametre("page", "le numéro de la page, à partir de 1", "integer")


def _read(name: str, path: str, summary: str, form: Any, *parameters: Parametre, part: str = "Lire") -> dict[str, Any]:
    refused = (400, 404) if "{" in path or parameters else ()
    return declared(
        Operation(
            id=name, chemin=path, resume=summary, rubrique=part, reponse=form, parametres=parameters, refus=refused
        )
    )


FILTRES = (Parametre("instance", "le slug d’une instance"), Parametre("etat", "l’état : recue, lue, repondue…"), PAGE)


@get("/api/propositions", opt=_read("propositions", "/api/propositions", "Les propositions, les plus récentes d’abord",
                                    formes.Propositions, *FILTRES))  # fmt: skip
async def propositions(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Fifty a page."""
    number = read_number(request, "page", 1, 1, 1_000_000)
    asked = [(name, value) for name in ("instance", "etat") if (value := request.query_params.get(name))]
    found = services(request)
    total, rows = await _list(found, asked, number)
    shown = [vues.proposition(row, today()) for row in rows]
    return answer(formes.Propositions(total=total, page=number, pages=pages(total), propositions=shown))


async def _list(found: Services, asked: list[tuple[str, str]], page: int) -> tuple[int, list[PropositionRow]]:
    columns: dict[str, LiteralString] = {"instance": "instance = %s", "etat": "etat = %s"}
    where: LiteralString = " AND ".join(["true", *(columns[name] for name, _ in asked)])
    values = [value for _, value in asked]
    [(total,)] = await found.fetch(f"SELECT count(*) FROM propositions WHERE {where}", values)  # noqa: S608  # literals
    latest: LiteralString = f"{where} ORDER BY depot DESC LIMIT %s OFFSET %s"
    return total, await read_rows(found, latest, [*values, PAR_PAGE, PAR_PAGE * (page - 1)])


AU = Parametre("au", "un jour (2026-03-15 : ce qui valait à la fin de ce jour) ou un acte (1842 : ce qui était connu)")


@get("/api/dossiers/{reference:str}", opt=_read("dossier", "/api/dossiers/{reference}", "Un dossier et ses actes",
                                                formes.Dossier, AU))  # fmt: skip
async def dossier(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    """As of now, or of `au`; 404 before its first act."""
    return await dossier_json(request, reference)


async def dossier_json(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The same at `/dossiers/{ref}.json`."""
    if reference.startswith("BPC-"):
        return await budget_json(request, reference)
    found = await load_dossier(services(request), reference, read_au(request.query_params.get("au")))
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    return answer(vues.dossier(found))


SUITE = (
    Parametre("after", "le dernier acte déjà lu (0 : depuis le début)", "integer"),
    Parametre("limit", "combien d’actes, 1 000 au plus", "integer"),
)


@get("/api/journal", opt=_read("journal", "/api/journal", "Le registre, acte par acte", formes.Journal, *SUITE))
async def journal(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The entries that follow `after`, byte for byte."""
    after = read_number(request, "after", 0, 0, 1 << 53)
    limit = read_number(request, "limit", 100, 1, 1000)
    found = services(request)
    [(size,)] = await found.fetch("SELECT size FROM ledger.head")
    rows = [(position, bytes(state)) for position, state in await found.fetch(ENTRIES, (after, limit))]
    acts = [
        formes.Entree(position=at, index=at - 1, feuille=leaf_hash(state).hex(), entree=msgspec.Raw(state))
        for at, state in rows
    ]
    last = rows[-1][0] if rows else size
    return answer(formes.Journal(taille=size, actes=acts, suivant=last if last < size else None))


@get("/api/instances", opt=_read("instances", "/api/instances", "Les instances et les services", list[formes.Instance],
                                 part="Le territoire"))  # fmt: skip
async def instances(request: Request[Any, Any, Any]) -> Response[bytes]:
    """All of them."""
    names = await annuaire(services(request))
    return answer([vues.instance(row) for row in names.par_slug.values()])


@get("/api/instances/{slug:str}", opt=_read("instance", "/api/instances/{slug}", "Une instance ou un service",
                                            formes.Instance, part="Le territoire"))  # fmt: skip
async def instance(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[bytes]:
    """One of them; 404."""
    return await instance_json(request, slug)


async def instance_json(request: Request[Any, Any, Any], slug: str) -> Response[bytes]:
    """The same at `/instances/{slug}.json`."""
    found = (await annuaire(services(request))).par_slug.get(slug)
    if found is None:
        raise NotFoundException("Cette instance n’est pas dans le registre.")
    return answer(vues.instance(found))


@get("/api/communes", opt=_read("communes", "/api/communes", "Les communes, celles d’avant comprises",
                                list[formes.Commune], part="Le territoire"))  # fmt: skip
async def communes(request: Request[Any, Any, Any]) -> Response[bytes]:
    """All of them, by INSEE code."""
    return answer([vues.commune(row) for row in (await read_communes(services(request))).rows.values()])


@get("/api/regles", opt=_read("regles", "/api/regles", "Le livre des règles", list[formes.Regle]))
async def regles(request: Request[Any, Any, Any]) -> Response[bytes]:
    """All of them: the book's, then those that the register sets."""
    sets = (await read_jeux(services(request))).jeux.par_id.values()
    return answer([vues.regle(found) for found in (*book().values(), *(jeu.regle for jeu in sets))])


@get("/api/regles/{regle_id:str}", opt=_read("regle", "/api/regles/{regle_id}", "Une règle", formes.Regle))
async def regle(request: Request[Any, Any, Any], regle_id: FromPath[str]) -> Response[bytes]:
    """One of them; 404."""
    found = book().get(regle_id)
    jeu = None if found else (await read_jeux(services(request))).jeux.par_id.get(regle_id)
    if found is None and jeu is None:
        raise NotFoundException("Cette règle n’existe pas dans ce registre.")
    return answer(vues.regle(found or jeu.regle))  # type: ignore[union-attr]  # one of the two


MOTS = (
    Parametre("q", "les mots cherchés"),
    Parametre("type", "proposition, instance ou commune"),
    Parametre("instance", "le slug d’une instance"),
    Parametre("commune", "le code INSEE d’une commune"),
    Parametre("etat", "l’état"),
    Parametre("retard", "oui : seulement ce qui est en retard"),
    PAGE,
)


@get("/api/recherche", opt=_read("recherche", "/api/recherche", "Chercher", formes.Resultats, *MOTS))
async def recherche(request: Request[Any, Any, Any]) -> Response[bytes]:
    """As the page does, fifty a page."""
    asked = read(request.query_params)
    results, total = await find(services(request), asked, today())
    shown = [vues.trouve(result) for result in results]
    return answer(formes.Resultats(total=total, page=asked.page, pages=pages(total), resultats=shown))


ROUTES = (propositions, dossier, journal, instances, instance, communes, regles, regle, recherche)
