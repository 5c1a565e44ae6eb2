"""The chain in other forms: JSON, CSV, Atom, and the days to come for an agenda."""

import csv
import io
from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from web.api.operations import Operation, Parametre, answer, declared
from web.atom import NEVER, Entry, feed
from web.atom import answer as atom_answer
from web.chaine.argent import sommes
from web.chaine.dossiers import chaine_de
from web.chaine.lecture import Chaine
from web.chaine.liens import lien
from web.chaine.noeuds import Noeud, noeuds, places
from web.chaine.pages import lire
from web.opendata.tables import cell
from web.services import services

LATEST = 50
COLONNES = ("titre", "etat", "ligne", "le", "quand", "enregistre_le", "texte", "qui", "regle", "delai", "delai_tenu",
            "source", "dossier", "acte")  # fmt: skip


class LienLu(msgspec.Struct, kw_only=True):
    """A linked dossier. `sens`: amont, aval, seance; `connu`: the register has it."""

    reference: str
    sens: str
    nature: str
    titre: str
    connu: bool
    direct: bool


class ChaineLue(msgspec.Struct, kw_only=True):
    """A chain whole: every node in order, holes included; amounts in cents."""

    reference: str
    genre: str
    titre: str
    au: str | None
    jour: date
    absentes: int
    noeuds: list[Noeud]
    liens: list[LienLu]
    argent: dict[str, int]


AU = Parametre("au", "un jour (2026-03-15) ou un acte (1842)")


@get(
    "/api/chaines/{reference:str}",
    opt=declared(
        Operation(
            id="chaine",
            chemin="/api/chaines/{reference}",
            resume="La chaîne de décision d’un dossier",
            rubrique="Lire",
            reponse=ChaineLue,
            parametres=(AU,),
            refus=(400, 404),
        )
    ),
)
async def chaine(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    """As of now, or of `au`; 404 before its first act."""
    return await chaine_json(request, reference)


async def _chaine(request: Request[Any, Any, Any], reference: str) -> Chaine:
    return await lire(request, reference, request.query_params.get("au"))


async def chaine_json(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The same at `/chaines/{reference}.json`."""
    found = await _chaine(request, reference)
    nodes = tous(found)
    return answer(
        ChaineLue(
            reference=reference,
            genre=found.serie.genre,
            titre=found.titre,
            au=None if found.au is None else str(found.au),
            jour=found.jour,
            absentes=sum(node.etat == "absente" for node in nodes),
            noeuds=nodes,
            liens=[
                LienLu(
                    reference=v.reference,
                    sens=v.sens,
                    nature=v.nature,
                    titre=lien(v)["titre"],
                    connu=v.connu,
                    direct=v.direct,
                )
                for v in found.voisins
            ],
            argent=dict(sommes(found)),
        )
    )


def tous(found: Chaine) -> list[Noeud]:
    """Every node."""
    return noeuds(found, places(found))


async def chaine_csv(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """One line a node."""
    found, written = await _chaine(request, reference), io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(COLONNES)
    for node in tous(found):
        lines.writerow([_cell(getattr(node, name)) for name in COLONNES])
    headers = {"Content-Disposition": f'attachment; filename="chaine-{reference}.csv"'}
    return Response(written.getvalue().encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return cell(value)


async def chaine_atom(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """Its acts, the last recorded first."""
    found, site = await _chaine(request, reference), services(request)
    done = sorted((n for n in tous(found) if n.index is not None), key=lambda n: -(n.index or 0))
    where = chaine_de(reference)
    entries = [_entree(node, reference, where) for node in done[:LATEST]]
    title = f"{reference} : la chaîne de la décision"
    return atom_answer(feed(site.settings.public_url, site.ledger.origin, f"{where}.atom", where, title, entries))


def _entree(node: Noeud, reference: str, where: str) -> Entry:
    assert node.index is not None
    return Entry(
        index=node.index,
        title=f"[{reference}] {node.titre}",
        content=f"{node.titre}. {node.texte} Date : {node.quand}. Acte n° {node.acte} du registre.",
        updated=node.enregistre_le or NEVER,
        links=(("alternate", where), ("related", f"/journal/{node.index}")),
    )
