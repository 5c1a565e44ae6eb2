"""`/argent/{enveloppe}/{annee}/{beneficiaire}`: what one commune or conférence has this year, and where it went."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.money import euros_ronds
from projections.argent_rows import CompteRow
from web.api.lecture import read_number
from web.argent.compte import Releve, calcul, ligne, load_releve, oeuvre, sommes
from web.argent.lecture import Lieux, lieux, read_enveloppe, une_fois
from web.argent.mots import ENVELOPPES
from web.colleges.lecture import read
from web.colleges.pages import fil
from web.pages import date_longue, page
from web.propositions.dossier import read_au
from web.services import Services, services

ACCUEIL, ARGENT = ("/", "Accueil"), ("/argent", "Argent")
INCONNU = "Ce compte n’est pas dans le registre, ou pas encore à cette date."
DERNIERE = 20_000


@get("/argent/{nom:str}/{annee:int}/{beneficiaire:str}")
async def voir_compte(
    request: Request[Any, Any, Any],
    nom: FromPath[str],
    annee: FromPath[int],
    beneficiaire: FromPath[str],
    au: FromQuery[str | None] = None,
) -> Response[Any]:
    """As of now, or of `au` (a day, a position). An INSEE code leads to the address with the name (303). 404."""
    found, where = services(request), await lieux(services(request))
    code, number = where.code(beneficiaire), read_number(request, "page", 1, 1, DERNIERE)
    if nom not in ENVELOPPES:
        raise NotFoundException(INCONNU)
    if code in where.communes.rows and beneficiaire != where.adresse(code):
        return Redirect(f"/argent/{nom}/{annee}/{where.adresse(code)}", status_code=303)
    return page(request, "argent/compte.html", **await lire(found, f"{nom}/{code}/{annee}", number, read_au(au)))


async def lire(services: Services, cle: str, number: int, au: int | date | None) -> dict[str, Any]:
    """What the page says; as of now, read again only after a new act. Raises 404."""

    async def read_now(found: Services) -> dict[str, Any] | None:
        statement = await load_releve(found, cle, number, au)
        return None if statement is None else await contexte(found, statement, await lieux(found))

    told = await (une_fois(services, f"compte {cle} {number}", read_now) if au is None else read_now(services))
    if told is None:
        raise NotFoundException(INCONNU)
    return told


async def contexte(services: Services, statement: Releve, where: Lieux) -> dict[str, Any]:
    """All that the page says."""
    row = statement.compte
    name, envelope = where.nom(row.beneficiaire, row.annee), ENVELOPPES.get(row.nom, row.nom)
    path = f"/argent/{row.nom}/{row.annee}/{where.adresse(row.beneficiaire)}"
    titles = {work.reference: work.titre for work, _, _ in statement.operations}
    return {
        "titre": f"{name}, {envelope}, {row.annee}",
        "fil": fil(ACCUEIL, ARGENT, (f"/argent/{where.adresse(row.beneficiaire)}", name), (path, str(row.annee))),
        "atom": f"/argent/{where.adresse(row.beneficiaire)}.atom",
        "nom": name,
        "lieu": where.page(row.beneficiaire),
        "ici": f"/argent/{where.adresse(row.beneficiaire)}",
        "enveloppe": envelope,
        "compte": row,
        "chemin": path,
        "a": euros_ronds(row.dotation_cents + row.rectifie_cents + row.reconduit_cents + row.abonde_cents),
        "reste": euros_ronds(row.solde_cents),
        "vide": row.solde_cents == 0,
        "sommes": sommes(row),
        "calcul": calcul(await read_enveloppe(services, row.enveloppe), row, where),
        "oeuvres": [oeuvre(told, statement.au) for told in statement.operations],
        "lignes": [ligne(line, titles) for line in statement.lignes],
        "page": statement.page,
        "pages": statement.pages,
        "precedent": _page(path, statement, -1),
        "suivant": _page(path, statement, 1),
        "annees": await _annees(services, row),
        "quand": _quand(statement.au),
        "precision": "état enregistré" if isinstance(statement.au, int) else "à la fin de ce jour",
    }


def _page(path: str, statement: Releve, step: int) -> str:
    number = statement.page + step
    if not 1 <= number <= statement.pages:
        return ""
    return f"{path}?page={number}{f'&au={statement.au}' if statement.au is not None else ''}"


async def _annees(services: Services, row: CompteRow) -> list[int]:
    where = "nom = %s AND beneficiaire = %s ORDER BY annee"
    return [one.annee for one in await read(services, CompteRow, where, (row.nom, row.beneficiaire))]


def _quand(au: int | date | None) -> str:
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n° {au}"
