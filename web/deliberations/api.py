"""Deliberations as JSON: every fact that the page shows."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.deliberations.deliberation import contestable_jusqu_au
from domain.identifiers import est_numero
from projections.deliberations import DeliberationRow
from web.api.lecture import read_number
from web.api.operations import Operation, Parametre, answer, declared
from web.chaine.formats import tous
from web.chaine.memoire import chaine as chaine_de
from web.chaine.noeuds import Noeud
from web.colleges.lecture import read
from web.deliberations.lecture import Acte, load
from web.deliberations.pages import ABSENT, PAR_PAGE
from web.propositions.dossier import read_au
from web.services import services


class Deliberation(msgspec.Struct, kw_only=True):
    """One line of a list."""

    numero: str
    instance: str
    objet: str
    etat: str
    votee_le: date | None
    executoire_le: date | None
    id_actes: str | None
    lien: str


class Deliberations(msgspec.Struct):
    """Fifty a page."""

    total: int
    page: int
    deliberations: list[Deliberation]


class Membre(msgspec.Struct):
    """A member of the body, on the day of the vote. `mandataire` holds her proxy."""

    elu: str
    civilite: str
    nom: str
    mandataire: str | None = None


class Vote(msgspec.Struct, kw_only=True):
    """Four numbers; None where the source carries no count."""

    issue: str
    detail: str
    mode: str
    en_exercice: int
    presents: int
    pouvoirs: int
    votants: int
    exprimes: int | None
    pour: int | None
    contre: int | None
    abstentions: int | None
    quorum: int | None


class ActeComplet(msgspec.Struct, kw_only=True):
    """A deliberation whole. Dates are legal days; `chaine` its nodes in order, holes included."""

    deliberation: Deliberation
    au: str | None
    siren: str
    matiere_code: str
    matiere_nom: str
    commission: str | None
    service: str | None
    rapporteur: str | None
    president: str | None
    secretaire: str | None
    seance: str | None
    dates: dict[str, date]
    contestable_jusqu_au: date | None
    decide: str
    vote: Vote | None
    presents: list[Membre]
    pouvoirs: list[Membre]
    absents_non_excuses: list[Membre]
    chaine: list[Noeud]


def _read(name: str, path: str, summary: str, form: Any, *parameters: Parametre) -> dict[str, Any]:
    refused = (400, 404) if "{" in path or parameters else ()
    return declared(
        Operation(
            id=name,
            chemin=path,
            resume=summary,
            rubrique="Délibérations",
            reponse=form,
            parametres=parameters,
            refus=refused,
        )
    )


PAGE = Parametre("page", "le numéro de la page, à partir de 1", "integer")
AU = Parametre("au", "un jour (2026-03-15) ou un acte (1842)")


@get(
    "/api/deliberations",
    opt=_read(
        "deliberations", "/api/deliberations", "Les délibérations, les plus récentes d’abord", Deliberations, PAGE
    ),
)
async def deliberations(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Fifty a page."""
    number, found = read_number(request, "page", 1, 1, 1_000_000), services(request)
    [(total,)] = await found.fetch("SELECT count(*) FROM deliberations")
    where = f"true ORDER BY votee_le DESC NULLS LAST, numero LIMIT {PAR_PAGE} OFFSET %s"
    rows = await read(found, DeliberationRow, where, (PAR_PAGE * (number - 1),))
    return answer(Deliberations(total, number, [_ligne(row) for row in rows]))


@get(
    "/api/deliberations/{numero:str}",
    opt=_read("deliberation", "/api/deliberations/{numero}", "Une délibération et sa chaîne", ActeComplet, AU),
)
async def deliberation(request: Request[Any, Any, Any], numero: FromPath[str]) -> Response[bytes]:
    """As of now, or of `au`; 404 before its first act."""
    return await deliberation_json(request, numero)


async def deliberation_json(request: Request[Any, Any, Any], numero: str) -> Response[bytes]:
    """The same at `/deliberations/{numero}.json`."""
    au = read_au(request.query_params.get("au"))
    acte = await load(services(request), numero, au) if est_numero(numero) else None
    if acte is None:
        raise NotFoundException(ABSENT)
    chain = await chaine_de(services(request), numero, au)
    return answer(complet(acte, tous(chain) if chain else []))


def complet(acte: Acte, chain: list[Noeud]) -> ActeComplet:
    """All that the register says of it."""
    row, projet, seance = acte.row, acte.deliberation.projet, acte.seance
    sitting = acte.composition.en_exercice(row.votee_le) if row.votee_le else {}
    away = set(sitting) - seance.venus - set(seance.pouvoirs) - seance.excuses
    return ActeComplet(
        deliberation=_ligne(row),
        au=None if acte.au is None else str(acte.au),
        siren=row.siren,
        matiere_code=row.matiere_code,
        matiere_nom=row.matiere_nom,
        commission=row.commission,
        service=projet.service if projet else None,
        rapporteur=row.rapporteur,
        president=acte.noms([seance.ouverte.president])[0] if seance.ouverte else None,
        secretaire=acte.noms([seance.secretaire])[0] if seance.secretaire else None,
        seance=row.seance,
        dates=_dates(acte),
        contestable_jusqu_au=contestable_jusqu_au(row.publiee_le) if row.publiee_le else None,
        decide=acte.deliberation.votee.decide if acte.deliberation.votee else "",
        vote=_vote(acte),
        presents=[_membre(acte, elu) for elu in sitting if elu in seance.venus],
        pouvoirs=[_membre(acte, who, by) for who, by in seance.pouvoirs.items()],
        absents_non_excuses=[_membre(acte, elu) for elu in sitting if elu in away and seance.venus],
        chaine=chain,
    )


def _dates(acte: Acte) -> dict[str, date]:
    row = acte.row
    convened = acte.seance.convocation.survenu_le if acte.seance.convocation else None
    found = {
        "projet": row.deposee_le,
        "rapport": row.rapport_le,
        "convocation": convened,
        "vote": row.votee_le,
        "transmission": row.transmise_le,
        "reception": row.recue_le,
        "publication": row.publiee_le,
        "executoire": row.executoire_le,
    }
    return {name: day for name, day in found.items() if day}


def _vote(acte: Acte) -> Vote | None:
    event = acte.deliberation.votee
    if event is None:
        return None
    cast = None if event.pour is None or event.contre is None else event.pour + event.contre
    return Vote(
        issue=event.issue,
        detail=event.detail,
        mode=event.mode,
        en_exercice=event.en_exercice,
        presents=event.presents,
        pouvoirs=event.pouvoirs,
        votants=event.presents + event.pouvoirs,
        exprimes=cast,
        pour=event.pour,
        contre=event.contre,
        abstentions=event.abstentions,
        quorum=acte.seance.quorums[-1].seuil if acte.seance.quorums else None,
    )


def _membre(acte: Acte, elu: str, mandataire: str | None = None) -> Membre:
    member = next(m for m in acte.composition.mandats if m.elu == elu)
    return Membre(elu, member.civilite, member.nom, mandataire)


def _ligne(row: DeliberationRow) -> Deliberation:
    names = ("numero", "instance", "objet", "etat", "votee_le", "executoire_le", "id_actes")
    return Deliberation(**{name: getattr(row, name) for name in names}, lien=f"/deliberations/{row.numero}")
