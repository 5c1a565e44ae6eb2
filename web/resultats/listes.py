"""`/scrutins`: every vote of the register, ours then those from elsewhere; and which one a collège is living."""

from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.params import FromQuery

from projections.scrutins import ScrutinRow
from web.pages import date_longue, page
from web.propositions.instances import annuaire
from web.propositions.listes import PAR_PAGE, pages
from web.resultats.vue import PHASES
from web.services import Services, services

READ: LiteralString = """SELECT reference, titre, phase, importe, college, ferme_le, proclame_le FROM scrutins
    WHERE NOT essai AND phase <> 'prepare' ORDER BY importe, depot DESC LIMIT %s OFFSET %s"""
COLONNES = ("reference", "titre", "phase", "importe", "college", "ferme_le", "proclame_le")
COUNT = "SELECT count(*) FROM scrutins WHERE NOT essai AND phase <> 'prepare'"
# The vote that a collège is living: the last real one that has begun, else the next one.
DU_COLLEGE = """SELECT reference FROM scrutins WHERE college = %s AND NOT essai AND phase NOT IN ('prepare', 'annule')
    ORDER BY ouvert_le IS NULL, depot DESC LIMIT 1"""

ETATS = {
    "avant": ("a-venir", "À venir"),
    "ouvert": ("en-cours", "Vote ouvert"),
    "clos": ("en-cours", "Vote fini, dépouillement"),
    "depouille": ("en-cours", "Dépouillé"),
    "proclame": ("fait", "Résultat proclamé"),
    "annule": ("retire", "Annulé"),
    "importe": ("fait", "Élection d’ailleurs"),
}


@get("/scrutins")
async def voir_scrutins(request: Request[Any, Any, Any], numero: FromQuery[int] = 1) -> Response[str]:
    """The votes of the register (`?numero=` of the page); a rehearsal is in no list."""
    found, noms, numero = services(request), await annuaire(services(request)), max(1, min(numero, 10_000))
    [(total,)] = await found.fetch(COUNT)
    suite = pages("/scrutins", numero, total)
    rows = await found.fetch(READ, (PAR_PAGE, (numero - 1) * PAR_PAGE))
    lignes = [_carte(dict(zip(COLONNES, row, strict=True)), noms.nom) for row in rows]
    fil = [{"href": "/", "label": "Accueil"}, {"href": "/scrutins", "label": "Les votes"}]
    return page(request, "resultats/scrutins.html", titre="Les votes", cartes=lignes, fil=fil, **suite)


def _carte(row: dict[str, Any], nom: Any) -> dict[str, Any]:
    sorte, mot = ETATS[PHASES.get(row["phase"], row["phase"])]
    quand = row["proclame_le"] or row["ferme_le"]
    return row | {
        "sorte": sorte,
        "mot": mot,
        "genre": nom(row["college"]) if row["college"] else "Fichier importé" if row["importe"] else "",
        "date": date_longue(quand) if quand else "",
    }


async def scrutin_du_college(found: Services, slug: str) -> str | None:
    """The number of the vote that this collège is living or lived last; None while it has none."""
    rows = await found.fetch(DU_COLLEGE, (slug,))
    return rows[0][0] if rows else None


def etat_en_mots(row: ScrutinRow) -> str:
    """« Vote ouvert », for cards of other pages."""
    return ETATS[PHASES.get(row.phase, row.phase)][1]
