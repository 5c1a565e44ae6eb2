"""Saisines and avis as JSON: every fact that the page shows; the news of one as Atom."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.avis import events as e
from projections.avis import SaisineRow
from web.acces.persons import today
from web.api.lecture import read_number
from web.api.operations import Operation, Parametre, answer, declared
from web.avis import mots
from web.avis.frise import ou_en_est_on
from web.avis.lecture import Dossier, load
from web.avis.listes import clause, compte
from web.avis.page import vote
from web.colleges.lecture import read
from web.flux.feeds import feed_of
from web.propositions.dossier import read_au
from web.propositions.listes import PAR_PAGE
from web.services import services


class Saisine(msgspec.Struct, kw_only=True):
    """One line of a list. `…_le` are legal days; `terme` the last day, where one exists (`engagement`: a promise)."""

    reference: str
    procedure: str
    de: str
    a: str
    objet: str
    etat: str
    deposee_le: date
    au_plus_tard: bool
    terme: date | None
    engagement: bool
    en_retard: bool
    sens: str | None
    rendu_le: date | None
    id_actes: str | None
    projet: str | None
    regle: str | None
    lien: str


class Saisines(msgspec.Struct):
    """Fifty a page."""

    total: int
    page: int
    saisines: list[Saisine]


class Reserve(msgspec.Struct, kw_only=True):
    """A reservation word for word; `suite` is None until its follow-up is told."""

    rang: int
    texte: str
    suite: str | None = None
    motif: str | None = None
    deliberation: str | None = None


class ActeDeSaisine(msgspec.Struct, kw_only=True):
    """One event: its number in the register, its leaf hash, its legal day, a sentence."""

    acte: int
    feuille: str
    evenement: str
    survenu_le: date | None
    phrase: str


class SaisineComplete(msgspec.Struct, kw_only=True):
    """A saisine whole."""

    saisine: Saisine
    au: str | None
    ou_en_est_on: str
    a_faire: str
    phrase_du_vote: str | None
    motivation: str | None
    reserves: list[Reserve]
    presentateur: str | None
    presente_le: date | None
    suite: str | None
    reponse: str | None
    destinataires: list[str]
    actes: list[ActeDeSaisine]


def _read(name: str, path: str, summary: str, form: Any, *parameters: Parametre) -> dict[str, Any]:
    return declared(
        Operation(
            id=name,
            chemin=path,
            resume=summary,
            rubrique="Avis",
            reponse=form,
            parametres=parameters,
            refus=(400, 404) if "{" in path else (400,),
        )
    )


PAGE = Parametre("page", "le numéro de la page, à partir de 1", "integer")
ETAT = Parametre("etat", "attendu, retard, suite ou fini")
AU = Parametre("au", "un jour (2026-03-15) ou un acte (1842)")


@get("/api/saisines", opt=_read("saisines", "/api/saisines", "Les saisines, les plus récentes d’abord", Saisines,
                                ETAT, PAGE))  # fmt: skip
async def saisines(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Fifty a page; a state that is not in the list keeps nothing out."""
    number, found = read_number(request, "page", 1, 1, 1_000_000), services(request)
    asked = request.query_params.get("etat", "")
    where, values = clause({"etat": asked if asked in ("attendu", "retard", "suite", "fini") else ""}, today())
    total = await compte(found, where, values)
    limits = (*values, PAR_PAGE, PAR_PAGE * (number - 1))
    rows = await read(found, SaisineRow, f"{where} ORDER BY deposee_le DESC, depot DESC LIMIT %s OFFSET %s", limits)
    return answer(Saisines(total, number, [_ligne(row, today()) for row in rows]))


@get(
    "/api/saisines/{reference:str}",
    opt=_read("saisine", "/api/saisines/{reference}", "Une saisine, son avis, ses suites", SaisineComplete, AU),
)
async def saisine(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    """As of now, or of `au`; 404 before its first act."""
    return await saisine_json(request, reference)


async def saisine_json(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The same at `/dossiers/AV-2026-0001.json`."""
    found = await load(services(request), reference, read_au(request.query_params.get("au")))
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    return answer(complete(found))


async def saisine_atom(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The news of a saisine, the last one first."""
    found = await load(services(request), reference)
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    title = f"{reference} : {found.row.objet}"
    return await feed_of(services(request), f"/dossiers/{reference}", title, [f"saisines/{reference}"])


def complete(found: Dossier) -> SaisineComplete:
    """All that the register says of it."""
    row, counted = found.row, vote(found)
    where, then, _ = ou_en_est_on(found)
    given, answered, sent = (found.dernier(kind) for kind in (e.AvisRendu, e.ReponseSignee, e.ReponseTransmise))
    return SaisineComplete(
        saisine=_ligne(row, found.jour),
        au=None if found.au is None else str(found.au),
        ou_en_est_on=where,
        a_faire=then,
        phrase_du_vote=counted["phrase"] if counted else None,
        motivation=getattr(given.event, "motivation", None) if given else None,
        reserves=_reserves(found),
        presentateur=row.presentateur,
        presente_le=row.presente_le,
        suite=row.suite,
        reponse=getattr(answered.event, "texte", None) if answered else None,
        destinataires=list(getattr(sent.event, "destinataires", ())) if sent else [],
        actes=[
            ActeDeSaisine(
                acte=fait.fact.position,
                feuille=fait.feuille,
                evenement=type(fait.event).__name__,
                survenu_le=fait.event.survenu_le,
                phrase=mots.phrase(fait.event, found.annuaire),
            )
            for fait in found.faits
        ],
    )


def _reserves(found: Dossier) -> list[Reserve]:
    told = {fait.event.rang: fait.event for fait in found.faits if isinstance(fait.event, e.ReserveSuivie)}
    return [
        Reserve(
            rang=rank,
            texte=text,
            suite=told[rank].suite if rank in told else None,
            motif=told[rank].motif if rank in told else None,
            deliberation=told[rank].deliberation if rank in told else None,
        )
        for rank, text in enumerate(found.reserves, start=1)
    ]


def _ligne(row: SaisineRow, day: date) -> Saisine:
    names = [name for name in Saisine.__struct_fields__ if name not in ("en_retard", "lien")]
    known = {name: getattr(row, name) for name in names}
    return Saisine(**known, en_retard=row.en_retard(day), lien=f"/dossiers/{row.reference}")
