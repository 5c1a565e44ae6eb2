"""`/bureau/argent`: what waits, the envelopes, the accounts of a mairie, the acts on the whole."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.money import euros
from projections.argent_rows import CompteRow
from web.acces.persons import Person, today
from web.access import require, require_person
from web.argent.lecture import lieux
from web.argent.mots import ENVELOPPES
from web.bureau.formulaire import jour_du
from web.bureau_argent.actes_suivi import ACTES, Ensemble, figer, read_ensemble
from web.bureau_argent.formulaires import REFUSES, Refus, faire, formulaire, recevoir, refuser
from web.bureau_argent.operations import ACCUEIL, LIRE
from web.bureau_argent.semaine import attentes, enveloppes
from web.colleges.lecture import read
from web.colleges.pages import fil
from web.forms import Form
from web.pages import page
from web.services import Services, services

PREFIXE = "conseil-municipal-"


@get("/bureau/argent")
async def voir_bureau_argent(request: Request[Any, Any, Any], vu: FromQuery[int | None] = None) -> Response[str]:
    """What this person's functions concern. 403."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    return await montrer(request, None, en_attente=not waited)


@post("/bureau/argent/{nom:str}", status_code=200)
async def agir_ensemble(request: Request[Any, Any, Any], nom: FromPath[str]) -> Response[Any]:
    """One act on the whole; refused, the page comes back with the form filled and the reason."""
    if nom not in ACTES:
        raise NotFoundException
    acte, (typed, photo), found = ACTES[nom], await recevoir(request, nom, ACTES[nom].photo), services(request)
    await require(request, acte.droit)
    try:
        lu = await lire(found, nom, typed)
        position = await faire(request, acte, None, lu, typed, photo, "argent")
    except REFUSES as error:
        return await montrer(request, refuser(acte, typed, error))
    return Redirect(f"/bureau/argent?vu={position}", status_code=303)


async def lire(services: Services, nom: str, typed: Form) -> Ensemble:
    """What the act stands on; the figures of the day for a snapshot. Raises Illisible."""
    lu = await read_ensemble(services, today())
    return await figer(services, lu, jour_du(typed, "au")) if nom == "photographie" else lu


async def montrer(request: Request[Any, Any, Any], refus: Refus | None, *, en_attente: bool = False) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    person, found = await require_person(request), services(request)
    if all(person.instances(droit) == frozenset() for droit in LIRE):
        await require(request, LIRE[0])
    lu = await read_ensemble(found, today())
    shown = [a for a in ACTES.values() if person.peut(a.droit) and (a.utile(lu) or (refus and refus.acte is a))]
    return page(
        request,
        "bureau_argent/accueil.html",
        status=refus.faute.status if refus else 200,
        titre="L’argent",
        fil=fil(*ACCUEIL),
        listes=await attentes(found, person, today(), 200),
        liens=liens(person),
        enveloppes=await _enveloppes(found) if person.peut("adopter_repartition") else [],
        comptes=await _comptes(found, person),
        formulaires=[formulaire(acte, lu, refus) for acte in shown],
        refus=refus,
        en_attente=en_attente,
    )


def liens(person: Person) -> list[dict[str, str]]:
    """Where this person may go from here."""
    possible = (
        ("/bureau/argent/operations/nouvelle", "Proposer une opération", "proposer_operation"),
        ("/bureau/argent/paiements", "Coller des paiements", "mandater_credit"),
        ("/bureau/argent/reconductions", "Reconduire des restes", "accorder_reconduction"),
    )
    return [{"href": href, "label": label} for href, label, droit in possible if person.instances(droit) != frozenset()]


async def _enveloppes(services: Services) -> list[dict[str, str]]:
    return [
        {
            "href": f"/bureau/argent/enveloppes/{row.reference}",
            "nom": ENVELOPPES[row.nom],
            "reference": row.reference,
            "montant": euros(row.montant_cents),
            "annees": f"{row.annee_debut} à {row.annee_fin}",
        }
        for row in await enveloppes(services)
    ]


async def _comptes(services: Services, person: Person) -> list[dict[str, str]]:
    """The accounts of the communes for which this person acts, the latest year first."""
    places = person.instances("inscrire_abondement") or frozenset()
    codes = sorted(slug.removeprefix(PREFIXE) for slug in places)
    where = await lieux(services)
    rows = await read(services, CompteRow, "beneficiaire = ANY(%s) ORDER BY annee DESC, nom", (codes,))
    return [
        {
            "href": f"/bureau/argent/comptes/{row.cle}",
            "nom": f"{where.nom(row.beneficiaire, row.annee)}, {row.annee}",
            "enveloppe": ENVELOPPES.get(row.nom, row.nom),
            "reste": euros(row.solde_cents),
        }
        for row in rows
    ]
