"""`/argent/{beneficiaire}`: every account of a commune or a conférence; its news as `/argent/{beneficiaire}.atom`."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from domain.ledger.entry import recorded
from domain.money import euros
from projections.argent_rows import CompteRow, MouvementRow
from web.argent.lecture import Lieux, lieux
from web.argent.mots import ENVELOPPES, mouvement, taux
from web.argent.operations import comptes_de
from web.atom import NEVER, Entry, answer, feed
from web.colleges.pages import fil
from web.pages import date_longue, page
from web.services import Services, services

LATEST = 50
NEWS = """SELECT m.cle, m.compte, m.rang, m.sorte, m.cents, m.paye_cents, m.solde_cents, m.acte, m.operation, m.motif,
    m.le, m.position, s.state FROM mouvements m JOIN comptes c ON c.cle = m.compte
    JOIN ledger.stored_events s ON s.notification_id = m.position
    WHERE c.beneficiaire = ANY(%s) ORDER BY m.position DESC, m.cle LIMIT %s"""


@get("/argent/{beneficiaire:str}")
async def voir_beneficiaire(request: Request[Any, Any, Any], beneficiaire: FromPath[str]) -> Response[Any]:
    """Its accounts by year, those of the communes that it was included; 303 from an INSEE code. 404."""
    found, where = services(request), await lieux(services(request))
    name, _, kind = beneficiaire.partition(".")
    code = where.code(name)
    rows = await comptes_de(found, codes(where, code))
    if not rows or kind not in ("", "atom"):
        raise NotFoundException("Ce bénéficiaire n’a pas de compte dans le registre.")
    if name != where.adresse(code):
        return Redirect(f"/argent/{where.adresse(code)}{f'.{kind}' if kind else ''}", status_code=303)
    if kind:
        return await nouvelles(found, where, code)
    return page(request, "argent/beneficiaire.html", **contexte(where, code, rows))


def codes(where: Lieux, code: str) -> list[str]:
    """This beneficiary, and the communes that merged into it."""
    row = where.communes.rows.get(code)
    return where.communes.codes(row) if row else [code]


def contexte(where: Lieux, code: str, rows: list[CompteRow]) -> dict[str, Any]:
    """What the page says."""
    name, address = where.nom(code), where.adresse(code)
    return {
        "titre": f"L’argent : {name}",
        "fil": fil(("/", "Accueil"), ("/argent", "Argent"), (f"/argent/{address}", name)),
        "nom": name,
        "atom": f"/argent/{address}.atom",
        "lieu": where.page(code),
        "lignes": [ligne(where, row) for row in rows],
    }


def ligne(where: Lieux, row: CompteRow) -> dict[str, Any]:
    """One account."""
    given = row.dotation_cents + row.rectifie_cents
    return {
        "href": f"/argent/{row.nom}/{row.annee}/{where.adresse(row.beneficiaire)}",
        "annee": row.annee,
        "nom": where.nom(row.beneficiaire, row.annee),
        "enveloppe": ENVELOPPES.get(row.nom, row.nom),
        "dotation": euros(given),
        "engage": euros(row.engage_cents),
        "reste": euros(row.solde_cents),
        "taux": taux(row.engage_cents, given),
    }


async def nouvelles(services: Services, where: Lieux, code: str) -> Response[bytes]:
    """The last movements, the latest first."""
    rows = await services.fetch(NEWS, (codes(where, code), LATEST))
    home, origin = f"/argent/{where.adresse(code)}", services.ledger.origin
    entries = [_entry(where, *row) for row in rows]
    title = f"L’argent : {where.nom(code)}"
    return answer(feed(services.settings.public_url, origin, f"{home}.atom", home, title, entries))


def _entry(where: Lieux, *values: Any) -> Entry:
    row = MouvementRow(**dict(zip(MouvementRow.__struct_fields__, values[:-1], strict=True)))
    nom, code, annee = row.compte.split("/")
    somme = euros(row.paye_cents or abs(row.cents))
    told = f"{ENVELOPPES.get(nom, nom)} {annee}, {mouvement(row)} : {somme}"
    return Entry(
        index=row.position - 1,
        title=told,
        content=f"{told}. Il reste {euros(row.solde_cents)}. Date : {date_longue(row.le)}. Acte n° {row.position}.",
        updated=recorded(row.position, bytes(values[-1])).recorded_at or NEVER,
        links=(
            ("alternate", f"/argent/{nom}/{annee}/{where.adresse(code)}"),
            ("related", f"/recu/{row.position - 1}"),
        ),
    )
