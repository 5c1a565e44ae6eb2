"""A paper card of a session, typed by the facilitator: a proposition like any other, with a receipt to hand over."""

from typing import Any, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.errors import RegleViolee
from domain.identifiers import affiche_code, code_hmac
from domain.ledger.deciding import KeyReused
from domain.propositions.deposer_proposition import DeposerProposition
from domain.propositions.events import Lecture
from web.access import Acteur, require, require_person
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.propositions.deposer import Merci, code_words
from web.propositions.dire import LECTEURS
from web.propositions.instances import annuaire
from web.propositions.jetons import seal
from web.services import Services, services

DROIT = "deposer_proposition"


@get("/bureau/cartes")
async def saisir_carte(request: Request[Any, Any, Any], instance: FromQuery[str] = "") -> Response[str]:
    """The empty form."""
    return await montrer(request, {"instance": instance})


@post("/bureau/cartes", status_code=200)
async def enregistrer_carte(request: Request[Any, Any, Any]) -> Response[Any]:
    """Files the card; the receipt is printed for the person."""
    fields = await read_form(request)
    acteur, found = await require(request, DROIT, fields.get("instance") or None), services(request)
    key = fields.get("idempotence") or new_key()
    try:
        act = await found.ledger.execute(commande(found, acteur, key, fields), once(key, "carte", fields))
    except (RegleViolee, KeyReused) as error:
        return await montrer(request, fields, fault(error))
    token = seal(found.secret, "merci", msgspec.json.encode(Merci(act.reference, key)))
    return Redirect(f"/dire/merci/{token}?vu={act.position}", status_code=303)


def commande(services: Services, acteur: Acteur, key: str, fields: Form) -> DeposerProposition:
    """The card, filed in the name of the function that typed it."""
    return DeposerProposition(
        acteur=acteur.personne,
        le=acteur.le,
        instance=fields.get("instance", ""),
        texte=fields.get("texte", ""),
        code_empreinte=code_hmac(affiche_code(code_words(services, key)), services.secret),
        canal="session",
        lecture=cast(Lecture, fields.get("lecture", "")),
        prenom=fields.get("prenom"),
    )


async def montrer(request: Request[Any, Any, Any], fields: Form, refus: Fault | None = None) -> Response[str]:
    """The form, filled, with what was refused."""
    person, names = await require_person(request), await annuaire(services(request))
    places = person.instances(DROIT)
    possible = sorted(slug for slug, row in names.par_slug.items() if row.serie and (places is None or slug in places))
    asked = fields.get("instance", "")
    chosen = asked if asked in possible else next(iter(possible), "")
    await require(request, DROIT, chosen)
    return page(
        request,
        "bureau/carte.html",
        status=refus.status if refus else 200,
        titre="Saisir une carte",
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/cartes", "label": "Saisir une carte"}],
        instance=names.par_slug[chosen],
        instances=[{"valeur": slug, "libelle": names.par_slug[slug].nom} for slug in possible],
        champs={name: fields.get(name, "") for name in ("texte", "prenom")} | {"lecture": fields.get("lecture")},
        lecteurs=[{"valeur": valeur, "libelle": mot, "icone": icone} for valeur, mot, icone in LECTEURS],
        fautes={refus.field: refus.message} if refus and refus.field else {},
        refus=refus,
        cle=fields.get("idempotence") or new_key(),
    )
