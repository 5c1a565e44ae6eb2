"""A session, on one page: a date, a place, a number of people; what was discussed, adopted, brought back. No name."""

from datetime import date
from typing import Any, LiteralString

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.deciding import KeyReused
from domain.propositions.adopter_proposition import AdopterProposition
from domain.propositions.dossier import ActeSurProposition
from domain.propositions.mettre_en_discussion import MettreEnDiscussion
from domain.propositions.restituer_proposition import RestituerProposition
from projections.propositions import PropositionRow
from web.acces.persons import Person
from web.access import Acteur, require, require_person
from web.bureau.formulaire import Illisible, entier, jour_du
from web.errors import fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.instances import annuaire
from web.propositions.listes import read_rows
from web.services import Services, services

DROIT = "mettre_en_discussion"
LIMITE = 100
DISCUTABLES: LiteralString = """instance = %s AND retiree_le IS NULL AND lue_le IS NOT NULL AND repondue_le IS NULL
    ORDER BY discutee_le NULLS FIRST, depot LIMIT %s"""
A_RENDRE: LiteralString = """instance = %s AND retiree_le IS NULL AND close_le IS NULL AND repondue_le IS NOT NULL
    AND restituee_le IS NULL ORDER BY depot LIMIT %s"""


class Seance(msgspec.Struct, frozen=True):
    """A session, as typed."""

    le: date
    lieu: str
    participants: int

    def commande(self, fait: str, acteur: Acteur, reference: str) -> ActeSurProposition:
        """What a box of the form says of a proposition: `parlee`, `portee` or `rendue`."""
        qui = (acteur.personne, acteur.le, reference)
        match fait:
            case "parlee":
                return MettreEnDiscussion(*qui, self.le, self.lieu, self.participants)
            case "portee":
                return AdopterProposition(*qui, "consensus")
        return RestituerProposition(*qui, "reunion", self.lieu)


FAITS = ("parlee", "portee", "rendue")


@get("/bureau/seances")
async def saisir_seance(request: Request[Any, Any, Any], instance: FromQuery[str] = "") -> Response[str]:
    """The empty form, for one of the instances that this person animates."""
    return await montrer(request, {"instance": instance})


@post("/bureau/seances", status_code=200)
async def enregistrer_seance(request: Request[Any, Any, Any]) -> Response[Any]:
    """Notes everything that was ticked; what a rule refused comes back, the rest is done."""
    fields = await read_form(request)
    acteur = await require(request, DROIT, fields.get("instance") or None)
    try:
        people = entier(fields, "participants") or 0
        seance = Seance(jour_du(fields, "session_le"), fields.get("lieu", ""), people)
    except Illisible as error:
        return await montrer(request, fields, {error.field: str(error)}, 422)
    position, refus = await noter(services(request), acteur, seance, fields)
    if refus:
        return await montrer(request, fields, refus, 422)
    return Redirect(f"/bureau?vu={position}", status_code=303)


async def noter(services: Services, acteur: Acteur, seance: Seance, fields: Form) -> tuple[int, dict[str, str]]:
    """Last position, and what was refused: {box: reason}. Each box has its own idempotency key."""
    position, refus = 0, {}
    key = fields.get("idempotence") or new_key()
    ticked = [(fait, name[len(fait) + 1 :]) for fait in FAITS for name in fields if name.startswith(f"{fait}-")]
    said = {"le": str(seance.le), "lieu": seance.lieu, "participants": str(seance.participants)}
    for fait, reference in ticked:
        command: Command = seance.commande(fait, acteur, reference)
        try:
            act = await services.ledger.execute(command, once(key, f"seance/{fait}/{reference}", said))
            position = max(position, act.position)
        except (RegleViolee, KeyReused) as error:
            refus[f"{fait}-{reference}"] = f"{reference} : {fault(error).message}"
    return position, refus if ticked else {"participants": "Cochez au moins une proposition."}


async def montrer(
    request: Request[Any, Any, Any], fields: Form, fautes: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    """The form, filled."""
    person, found = await require_person(request), services(request)
    names = await annuaire(found)
    possible = _instances(person, {slug for slug, row in names.par_slug.items() if row.serie})
    asked = fields.get("instance", "")
    chosen = asked if asked in possible else next(iter(possible), "")
    await require(request, DROIT, chosen)
    return page(
        request,
        "bureau/seance.html",
        status=status,
        titre="Saisir une séance",
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/seances", "label": "Saisir une séance"}],
        instance=names.par_slug[chosen],
        autres=[names.par_slug[slug] for slug in possible if slug != chosen],
        champs={name: fields.get(name, "") for name in ("session_le", "lieu", "participants")},
        cochees=[name for name in fields if fields[name] == "oui"],
        fautes=fautes or {},
        discutables=lignes(await read_rows(found, DISCUTABLES, (chosen, LIMITE))),
        a_rendre=lignes(await read_rows(found, A_RENDRE, (chosen, LIMITE))),
        cle=fields.get("idempotence") or new_key(),
    )


def lignes(rows: list[PropositionRow]) -> list[dict[str, Any]]:
    """What the form shows of each proposition."""
    return [
        {"ref": row.reference, "titre": row.titre or row.reference, "adoptee": row.adoptee_le is not None}
        for row in rows
    ]


def _instances(person: Person, with_series: set[str]) -> list[str]:
    places = person.instances(DROIT)
    return sorted(with_series if places is None else places & with_series)
