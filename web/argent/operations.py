"""`/operations` and `/operations/{reference}`: what is built with the money, step by step."""

from datetime import date
from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.enveloppes import events as e
from domain.ledger.entry import recorded
from domain.ledger.event import Recorded, stream_id
from domain.money import euros, euros_ronds
from projections.argent import Argent
from projections.argent_rows import CompteRow, MouvementRow, OperationRow
from projections.rows import Rows
from web.api.lecture import read_number
from web.argent.etapes import etapes
from web.argent.lecture import READ, Lieux, lieux
from web.argent.mots import AXES, ENVELOPPES, ETATS, MOMENTS, MOUVEMENTS, sorte
from web.colleges.lecture import read
from web.colleges.pages import fil
from web.pages import date_longue, nombre, page
from web.propositions.dossier import read_au
from web.propositions.flux import until
from web.propositions.instances import annuaire
from web.services import Services, services

ACCUEIL, ARGENT, OPERATIONS = ("/", "Accueil"), ("/argent", "Argent"), ("/operations", "Opérations")
PAR_PAGE = 50
CONFERENCE = "Conférence territoriale des maires "
PROJECTION = Argent()
CHOIX: LiteralString = """(%s::text IS NULL OR nom = %s) AND (%s::text IS NULL OR etat = %s)
    AND (%s::text IS NULL OR depasse)"""


@get("/operations")
async def voir_operations(request: Request[Any, Any, Any]) -> Response[str]:
    """All of them, the latest first; `enveloppe`, `etat`, `seuil=oui` choose."""
    found, number = services(request), read_number(request, "page", 1, 1, 20_000)
    asked = {name: _asked(request, name) for name in ("enveloppe", "etat", "seuil")}
    nom, etat, seuil = asked.values()
    values = [nom, nom, etat, etat, seuil]
    [(total,)] = await found.fetch("SELECT count(*) FROM operations WHERE " + CHOIX, values)  # noqa: S608  # literals
    limits = [*values, PAR_PAGE, PAR_PAGE * (number - 1)]
    rows = await read(found, OperationRow, CHOIX + " ORDER BY depot DESC LIMIT %s OFFSET %s", limits)
    context = liste(rows, await lieux(found), total, number, asked)
    return page(request, "argent/operations.html", titre="Les opérations", fil=fil(ACCUEIL, ARGENT, OPERATIONS),
                **context)  # fmt: skip


def _asked(request: Request[Any, Any, Any], name: str) -> str | None:
    return request.query_params.get(name) or None


def liste(
    rows: list[OperationRow], where: Lieux, total: int, number: int, asked: dict[str, str | None]
) -> dict[str, Any]:
    """What the list says."""
    pages = max(1, -(-total // PAR_PAGE))
    query = "".join(f"&{name}={value}" for name, value in asked.items() if value)
    return {
        "cartes": [carte(row, where) for row in rows],
        "total": total,
        "page": number,
        "pages": pages,
        "precedent": f"/operations?page={number - 1}{query}" if number > 1 else "",
        "suivant": f"/operations?page={number + 1}{query}" if number < pages else "",
        "demande": {name: value or "" for name, value in asked.items()},
        "enveloppes": [{"valeur": "", "libelle": "Toutes"}, *_choix(ENVELOPPES)],
        "etats": [{"valeur": "", "libelle": "Toutes"}, *_choix(ETATS)],
    }


def _choix(words: dict[str, str]) -> list[dict[str, str]]:
    return [{"valeur": value, "libelle": label} for value, label in words.items()]


def carte(row: OperationRow, where: Lieux) -> dict[str, Any]:
    """One operation in a list."""
    return {
        "ref": row.reference,
        "titre": row.titre,
        "sorte": sorte(row),
        "mot": ETATS[row.etat],
        "ou": where.nom(row.beneficiaire, row.proposee_le.year).removeprefix(CONFERENCE),
        "enveloppe": ENVELOPPES[row.nom],
        "cout": euros_ronds(row.cout_cents),
        "motif": row.motif_seuil if row.depasse else "",
    }


@get("/operations/{reference:str}")
async def voir_operation(
    request: Request[Any, Any, Any], reference: FromPath[str], au: FromQuery[str | None] = None
) -> Response[str]:
    """Its steps, who decided, its money, its pictures; as of now or of `au`. 404."""
    found, when = services(request), read_au(au)
    told = await load_operation(found, reference, when)
    if told is None:
        raise NotFoundException(f"Aucune opération ne porte le numéro {reference[:40]} à cette date.")
    row, lines = told
    return page(request, "argent/operation.html", **await contexte(found, row, lines, when))


async def load_operation(
    services: Services, reference: str, au: int | date | None
) -> tuple[OperationRow, list[MouvementRow]] | None:
    """Its state (its own events folded, then its movements) and its movements, oldest first; None before it began."""
    states = await services.fetch(READ, (stream_id(f"operations/{reference}"),))
    facts = [recorded(position, bytes(state)) for position, state in states]
    facts = facts if au is None else until(facts, au)
    if not facts or not isinstance(facts[0].event, e.OperationProposee):
        return None
    lines = await read(services, MouvementRow, "operation = %s ORDER BY position", (reference,))
    if au is not None:
        lines = [row for row in lines if (row.position if isinstance(au, int) else row.le) <= au]  # type: ignore[operator]  # same kind
    return _fold(facts, lines), lines


def _fold(facts: list[Recorded], lines: list[MouvementRow]) -> OperationRow:
    rows = Rows()
    for fact in facts:
        PROJECTION.apply(fact, rows)
    [row] = rows.all(OperationRow)
    row.engage_cents, row.mandate_cents = -sum(m.cents for m in lines), sum(m.paye_cents for m in lines)
    row.engagee_le = next((m.le for m in lines if m.sorte == "engagement"), None)
    row.etat = "engagee" if row.engagee_le and row.etat == "decidee" else row.etat
    return row


async def contexte(
    services: Services, row: OperationRow, lines: list[MouvementRow], au: int | date | None
) -> dict[str, Any]:
    """All that the page says."""
    where, names = await lieux(services), await annuaire(services)
    name = where.nom(row.beneficiaire, row.proposee_le.year)
    return {
        "titre": f"{row.titre} – {row.reference}",
        "fil": fil(ACCUEIL, ARGENT, OPERATIONS, (f"/operations/{row.reference}", row.reference)),
        "operation": row,
        "enveloppe": ENVELOPPES[row.nom],
        "nom": name,
        "ici": f"/argent/{where.adresse(row.beneficiaire)}",
        "phrase": f"{ETATS[row.etat]}.",
        "etapes": etapes(row, names),
        "sommes": _sommes(row),
        "axe": AXES.get(row.axe or "", ""),
        "communes": [where.nom(code, row.proposee_le.year) for code in row.communes],
        "photos": [{**p, "mot": MOMENTS[p["moment"]]} for p in row.photos],
        "lignes": [_ligne(m, where) for m in lines],
        "index": row.depot - 1,
        "quand": _quand(au),
        "precision": "état enregistré" if isinstance(au, int) else "à la fin de ce jour",
    }


def _sommes(row: OperationRow) -> list[dict[str, str]]:
    told = [
        ("Coût prévu", euros(row.cout_cents)),
        ("Engagé", euros(row.engage_cents)),
        ("Payé", euros(row.mandate_cents)),
        ("Coût réel", euros(row.cout_reel_cents) if row.cout_reel_cents is not None else ""),
    ]
    return [{"nom": nom, "valeur": valeur} for nom, valeur in told if valeur]


def _ligne(row: MouvementRow, where: Lieux) -> dict[str, Any]:
    nom, code, annee = row.compte.split("/")
    return {
        "index": row.position - 1,
        "numero": nombre(row.position),
        "date": date_longue(row.le),
        "mot": MOUVEMENTS[row.sorte],
        "motif": row.motif or "",
        "somme": euros(row.paye_cents or abs(row.cents)),
        "compte": f"/argent/{nom}/{annee}/{where.adresse(code)}",
        "annee": annee,
    }


def _quand(au: int | date | None) -> str:
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n° {au}"


async def comptes_de(services: Services, codes: list[str]) -> list[CompteRow]:
    """Every account of these beneficiaries, the latest year first."""
    return await read(services, CompteRow, "beneficiaire = ANY(%s) ORDER BY annee DESC, nom", (codes,))
