"""The office's page of one saisine: what it waits for first, every act on it, the refused form filled."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.deciding import KeyReused
from web.acces.persons import Person
from web.access import require, require_person
from web.avis import mots
from web.avis.actes import ACTES, Acte
from web.avis.formulaires import Vote, champs, votes
from web.avis.frise import etapes, ou_en_est_on
from web.avis.lecture import Dossier, load
from web.avis.page import avis, contribution, identite, ligne, reserves
from web.bureau.formulaire import Illisible, jour_du
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.services import services

FIL = [{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/saisines", "label": "Saisines"}]


class Lu(msgspec.Struct):
    """A saisine, read for somebody of the team, with the votes that meetings gave about it."""

    dossier: Dossier
    personne: Person
    votes: list[Vote]

    def peut(self, acte: Acte) -> bool:
        """Whether she may do this act on one side of the saisine or the other; the command decides."""
        return self.place(acte) is not None

    def place(self, acte: Acte) -> str | None:
        """The body in which she would do it, or None."""
        row = self.dossier.row
        return next((place for place in (row.a, row.de) if self.personne.peut(acte.droit, place)), None)


class Refus(msgspec.Struct, frozen=True):
    """The form that was refused, what was typed in it, why."""

    acte: Acte
    fields: Form
    faute: Fault


@get("/bureau/saisines/{reference:str}")
async def voir_saisine_bureau(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The page, for who may act on one side of this saisine."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return montrer(request, await lire(request, reference), en_attente=not waited)


@post("/bureau/saisines/{reference:str}/{nom:str}", status_code=200)
async def agir_sur_saisine(
    request: Request[Any, Any, Any], reference: FromPath[str], nom: FromPath[str]
) -> Response[Any]:
    """One act; refused, its form comes back filled."""
    fields, lu = await read_form(request), await lire(request, reference)
    if nom not in ACTES:
        raise NotFoundException
    acte, typed = ACTES[nom], {name.removeprefix(f"{nom}-"): value for name, value in fields.items()}
    acteur = await require(request, acte.droit, lu.place(acte) or lu.dossier.row.a)
    key = once(typed.get("idempotence") or new_key(), f"saisines/{reference}/{nom}", typed)
    try:
        command = acte.commande(acteur, lu.dossier, jour_du(typed, "le_fait"), typed)
        done = await services(request).ledger.execute(command, key)
    except (RegleViolee, KeyReused, Illisible) as error:
        return montrer(request, await lire(request, reference), Refus(acte, typed, faute(error)))
    return Redirect(f"/bureau/saisines/{reference}?vu={done.position}", status_code=303)


def faute(error: Exception) -> Fault:
    """What a page says of a refusal, or of what cannot be read."""
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    return fault(error)


async def lire(request: Request[Any, Any, Any], reference: str) -> Lu:
    """The saisine, for who may act on it. Raises 401, 403, 404."""
    person, found = await require_person(request), await load(services(request), reference)
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    lu = Lu(found, person, await votes(services(request), found.row))
    if not any(lu.peut(acte) for acte in ACTES.values()):
        await require(request, "rendre_avis", found.row.a)
    return lu


def montrer(
    request: Request[Any, Any, Any], lu: Lu, refus: Refus | None = None, *, en_attente: bool = False
) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    premiers, autres = formulaires(lu, refus)
    return page(
        request,
        "avis/bureau_saisine.html",
        status=refus.faute.status if refus else 200,
        **contexte(lu.dossier),
        premiers=premiers,
        autres=autres,
        refus=refus,
        en_attente=en_attente,
    )


def formulaires(lu: Lu, refus: Refus | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The forms that this person's functions allow: those that the dossier waits for, then the others."""
    first: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for acte in ACTES.values():
        mine = refus if refus is not None and refus.acte is acte else None
        due = acte.tot(lu.dossier)
        if mine is not None:
            first.insert(0, _formulaire(acte, lu, mine))
        elif due is not None and lu.peut(acte):
            (first if due else others).append(_formulaire(acte, lu, None))
    return first, others


def _formulaire(acte: Acte, lu: Lu, mine: Refus | None) -> dict[str, Any]:
    about = {"nom": acte.nom, "titre": acte.titre, "aide": acte.aide, "version": len(lu.dossier.faits)}
    wrong = {mine.faute.field: mine.faute.message} if mine else {}
    return about | {"champs": champs(acte, lu.dossier, lu.votes, mine.fields if mine else None, wrong), "refus": mine}


def contexte(found: Dossier) -> dict[str, Any]:
    """Where it stands, who asked whom, the avis, the journal."""
    row, (phrase, suite, retard) = found.row, ou_en_est_on(found)
    return {
        "titre": f"{row.objet} – {row.reference}",
        "fil": [*FIL, {"href": f"/bureau/saisines/{row.reference}", "label": row.reference}],
        "row": row,
        "procedure": mots.PROCEDURES[row.procedure],
        "phrase": phrase,
        "suite": suite,
        "retard": retard,
        "etapes": etapes(found),
        "faits": identite(found),
        "avis": avis(found),
        "reserves": reserves(found),
        "contribution": contribution(found),
        "journal": [ligne(found, fait) | {"feuille": ""} for fait in reversed(found.faits)],
    }
