"""`/bureau/argent/enveloppes/{reference}`: a split tried, then adopted; the allocations of a year."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.enveloppes.adopter_repartition import AdopterRepartition
from domain.enveloppes.inscrire_dotation import InscrireDotation
from domain.enveloppes.masses import MASSES
from domain.money import euros, lire_euros
from web.acces.persons import today
from web.access import Acteur, require
from web.argent.lecture import Enveloppe, Lieux, lieux, read_enveloppe
from web.argent.mots import ENVELOPPES
from web.bureau_argent import partage
from web.bureau_argent.formulaires import REFUSES, Demande, champ, faute_de, recevoir
from web.bureau_argent.lecture import deliberations
from web.bureau_argent.lots import Ligne, Lot, tableau, tout_faire
from web.bureau_argent.lots import contexte as lot_en_mots
from web.bureau_argent.operations import ACCUEIL
from web.colleges.pages import fil
from web.errors import Fault
from web.forms import Form, new_key, once
from web.pages import page
from web.services import Services, services

INSCRITES = "SELECT annee, count(*), sum(dotation_cents)::bigint FROM comptes WHERE enveloppe = %s GROUP BY annee"


@get("/bureau/argent/enveloppes/{reference:str}")
async def voir_enveloppe(
    request: Request[Any, Any, Any],
    reference: FromPath[str],
    vu: FromQuery[int | None] = None,
    faits: FromQuery[int] = 0,
) -> Response[str]:
    """Its split, its years. 403, 404."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    lot = Lot(faits, 0, [], []) if 0 < faits < 10_000 else None
    return await montrer(request, reference, lot=lot, en_attente=not waited)


@post("/bureau/argent/enveloppes/{reference:str}/partage", status_code=200)
async def partager(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[Any]:
    """`essayer`: what the split would give, commune by commune, and nothing is written; otherwise it is adopted."""
    typed, _ = await recevoir(request, "partage")
    acteur, envelope = await require(request, "adopter_repartition"), await find(services(request), reference)
    try:
        asked = Demande(acteur, await lieux(services(request)), typed)
        if typed.get("faire") == "essayer":
            return await montrer(request, reference, typed=typed, essai=partage.essayer(envelope, asked))
        position = await adopter(services(request), reference, asked, typed)
    except REFUSES as error:
        return await montrer(request, reference, typed=typed, faute=faute_de(error))
    return Redirect(f"/bureau/argent/enveloppes/{reference}?vu={position}", status_code=303)


async def adopter(services: Services, reference: str, asked: Demande[Lieux], typed: Form) -> int:
    """Adopts the split that the form holds; returns the position."""
    command = AdopterRepartition(
        *asked.qui, asked.mot("deliberation"), reference, partage.donnees(asked), asked.annee("population_annee"),
        asked.mot("source"), partage.alpha(asked), asked.annee(), asked.mot("motif") or None,
    )  # fmt: skip
    key = once(typed.get("idempotence") or new_key(), f"enveloppes/{reference}/partage", typed)
    return (await services.ledger.execute(command, key)).position


@post("/bureau/argent/enveloppes/{reference:str}/dotations", status_code=200)
async def doter(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[Any]:
    """Every allocation of a year that is missing, one act an account; those that a rule refuses are said."""
    typed, _ = await recevoir(request, "dotations")
    acteur, found = await require(request, "inscrire_dotation"), services(request)
    envelope = await find(found, reference)
    try:
        lines = await dotations(found, envelope, acteur, typed)
    except REFUSES as error:
        return await montrer(request, reference, typed=typed, faute=faute_de(error), ou="dotations")
    key = typed.get("idempotence") or new_key()
    lot = await tout_faire(found, key, f"enveloppes/{reference}/dotations", lines)
    if lot.refuses:
        return await montrer(request, reference, typed=typed, lot=lot)
    return Redirect(f"/bureau/argent/enveloppes/{reference}?vu={lot.position}&faits={lot.total}", status_code=303)


async def dotations(services: Services, envelope: Enveloppe, acteur: Acteur, typed: Form) -> list[Ligne]:
    """One line for each account of this year that has no allocation yet."""
    asked, where = Demande(acteur, None, typed), await lieux(services)
    annee, deliberation, nom = asked.annee(), asked.mot("deliberation"), envelope.ouverte.enveloppe
    done = await services.fetch("SELECT beneficiaire FROM comptes WHERE nom = %s AND annee = %s", (nom, annee))
    known, split = {code for (code,) in done}, envelope.en_vigueur(annee)
    if split is None:
        amounts = _collees(typed, where)
    else:
        amounts = {part.insee or part.ctm: None for part in split.adoptee.parts}
    ctm = {part.insee or part.ctm: part.ctm for part in split.adoptee.parts} if split else {}
    return [
        Ligne(
            where.nom(code, annee), f"{annee}/{code}",
            InscrireDotation(*asked.qui, deliberation, envelope.reference, nom, code, ctm.get(code, code),
                             annee, cents),
            {"deliberation": deliberation, "cents": str(cents)},
        )
        for code, cents in amounts.items() if code not in known
    ]  # fmt: skip


def _collees(typed: Form, where: Lieux) -> dict[str, int | None]:
    """The pasted amounts of an envelope without a key: an address or a code, then an amount. Raises Illisible."""
    rows = tableau(typed.get("lignes", ""), 2)
    return {where.code(cells[0].casefold()): lire_euros(cells[1], "lignes") for _, cells in rows}


async def find(services: Services, reference: str) -> Enveloppe:
    """The envelope. Raises 404."""
    found = await read_enveloppe(services, reference)
    if found is None:
        raise NotFoundException("Cette enveloppe n’est pas dans le registre.")
    return found


async def montrer(
    request: Request[Any, Any, Any],
    reference: str,
    *,
    typed: Form | None = None,
    essai: dict[str, Any] | None = None,
    faute: Fault | None = None,
    ou: str = "partage",
    lot: Lot | None = None,
    en_attente: bool = False,
) -> Response[str]:
    """The page; a refused or tried split comes back filled."""
    await require(request, "adopter_repartition")
    found = services(request)
    envelope, where, known = await find(found, reference), await lieux(found), await deliberations(found)
    opened, split = envelope.ouverte, envelope.ouverte.enveloppe in MASSES
    mine = typed if (faute or essai) and ou == "partage" else None
    return page(
        request,
        "bureau_argent/enveloppe.html",
        status=faute.status if faute else (422 if lot and lot.refuses else 200),
        titre=f"{ENVELOPPES[opened.enveloppe]}, {opened.annee_debut} à {opened.annee_fin}",
        fil=fil(*ACCUEIL, (f"/bureau/argent/enveloppes/{reference}", reference)),
        reference=reference,
        montant=euros(opened.montant_cents),
        a_cle=split,
        partages=[partage.en_mots(envelope, rank) for rank in range(len(envelope.partages))],
        champs=[champ(one, "partage", mine, faute if mine else None) for one in partage.champs(envelope, where, known)]
        if split
        else [],
        essai=essai,
        annees=await annees(found, envelope, where),
        champs_dotations=[champ(one, "dotations", typed if ou == "dotations" else None, faute)
                          for one in partage.champs_dotations(envelope, known, today().year)],
        faute=faute,
        lot=lot_en_mots(lot),
        en_attente=en_attente,
    )  # fmt: skip


async def annees(services: Services, envelope: Enveloppe, where: Lieux) -> list[dict[str, Any]]:
    """Each year: how many accounts have their allocation, out of how many."""
    done = {annee: (count, cents) for annee, count, cents in await services.fetch(INSCRITES, (envelope.reference,))}
    found = []
    for year in range(envelope.ouverte.annee_debut, envelope.ouverte.annee_fin + 1):
        count, cents = done.get(year, (0, 0))
        split = envelope.en_vigueur(year)
        total = len(split.adoptee.parts) if split else count
        state = "fait" if total and count == total else "a-venir"
        found.append({"annee": year, "faites": count, "total": total, "somme": euros(cents), "etat": state})
    return found
