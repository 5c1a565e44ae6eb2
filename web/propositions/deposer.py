"""Filing a proposition, and the receipt that is its legal acknowledgement (CRPA, R112-11-1)."""

import hmac
from datetime import date
from typing import Any, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.calendrier import jour
from domain.errors import RegleViolee
from domain.identifiers import OCTETS_DU_CODE, code_hmac, code_normal, mots
from domain.ledger.deciding import KeyReused
from domain.propositions.deposer_proposition import DeposerProposition
from domain.propositions.events import Lecture, ReponsePar
from web.acces.persons import today
from web.errors import Fault, fault
from web.forms import new_key, once, read_form
from web.pages import date_heure, page
from web.propositions import etapes
from web.propositions.dire import ECRANS, montrer
from web.propositions.dossier import Acte, Dossier, load_dossier
from web.propositions.etapes import CONTACTS, Reponses
from web.propositions.jetons import seal, unseal
from web.propositions.voix import voix
from web.see_other import SeeOther
from web.services import Services, services

RECEIPT_SECONDS = 2 * 3600

DEJA = Fault(
    409,
    "Votre premier message est déjà enregistré. Celui-ci ne l’est pas.",
    "Pour ajouter quelque chose, ouvrez « Suivre » avec votre code. Pour un autre message, ouvrez « Dire ».",
)


class Merci(msgspec.Struct):
    """What a receipt's token holds: the code is drawn again from the key, never stored."""

    reference: str
    cle: str


def code_words(services: Services, key: str) -> list[str]:
    """The four words of the filing that came with this idempotency key: a replay shows the same code."""
    return mots(hmac.digest(services.secret, b"code\0" + key.encode(), "sha256")[:OCTETS_DU_CODE])


@post("/dire/deposer", status_code=200)
async def deposer(request: Request[Any, Any, Any]) -> Response[Any]:
    """Files what was read back; a double click or a replay gets the same receipt."""
    reponses = etapes.lire(await read_form(request))
    if len(reponses["cle"]) < etapes.CLE_MIN:
        reponses["cle"] = new_key()
    if found := etapes.premiere_faute(reponses):
        return await montrer(request, found[0], reponses, found[1], 422)
    command = commande(services(request), reponses)
    try:
        act = await services(request).ledger.execute(command, once(reponses["cle"], "proposition", reponses))
    except (RegleViolee, KeyReused) as refus:
        return await _refuser(request, reponses, DEJA if isinstance(refus, KeyReused) else fault(refus))
    token = seal(services(request).secret, "merci", msgspec.json.encode(Merci(act.reference, reponses["cle"])))
    return SeeOther(f"/dire/merci/{token}?vu={act.position}")


async def _refuser(request: Request[Any, Any, Any], reponses: Reponses, told: Fault) -> Response[str]:
    """The screen of the answer that a rule refused, filled; the last one when it was none in particular."""
    field = CONTACTS.get(reponses["reponse_par"], "") if told.field == "contact" else told.field or ""
    etape = next((etape for etape, (_, fields) in ECRANS.items() if field in fields), "relecture")
    return await montrer(request, etape, reponses, {field: told.message}, told.status, told)


def commande(services: Services, reponses: Reponses) -> DeposerProposition:
    """The command of these answers: clock and code enter here."""
    contact = CONTACTS.get(reponses["reponse_par"])
    code = code_normal(code_words(services, reponses["cle"]))
    return DeposerProposition(
        acteur="",
        le=today(),
        instance=reponses["instance"],
        texte=reponses["texte"],
        code_empreinte=code_hmac(code, services.secret),
        canal="avec_aide" if reponses["avec"] == "aidant" else "ecrit",
        lecture=cast(Lecture, reponses["lecture"]),
        reponse_par=cast(ReponsePar, reponses["reponse_par"]),
        contact=reponses[contact] if contact else None,
        prenom=reponses["prenom"],
        relue=reponses["relu"] == "oui",
        aidant_nom=reponses["aidant_nom"],
        aidant_structure=reponses["aidant_structure"],
    )


# The token is in the address, not in a cookie: « Dire » works without cookies. It opens for two hours, on no other
# page, and gives nothing that the printed receipt does not.
@get("/dire/merci/{jeton:str}")
async def merci(
    request: Request[Any, Any, Any], jeton: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The receipt: number and code, huge; what happens next; the mentions of R112-11-1."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    content = unseal(services(request).secret, "merci", jeton, RECEIPT_SECONDS)
    if content is None:
        return page(request, "propositions/merci_ferme.html", status=404, titre="Ce reçu est fermé")
    known = msgspec.json.decode(content, type=Merci)
    dossier = await load_dossier(services(request), known.reference)
    if dossier is None:
        raise NotFoundException
    code = code_words(services(request), known.cle)
    return page(request, "propositions/merci.html", **accuse(dossier), code=code)


def _recue(first: Acte) -> date | None:
    """With its hour, unless the legal date is another day than the recording."""
    at = first.enregistre_le
    return at if at and jour(at) == first.survenu_le else first.survenu_le


def accuse(dossier: Dossier) -> dict[str, Any]:
    """What the acknowledgement says: reference, date, service with its address and telephone, what comes next."""
    service = dossier.annuaire.service(dossier.instance)
    first = dossier.actes[0]
    mentions = [
        ("Reçue le", date_heure(_recue(first))),
        ("Instance", dossier.instance.nom),
        ("Service chargé du dossier", service.nom),
        ("Adresse", service.adresse or dossier.instance.adresse),
        ("Téléphone", service.telephone or dossier.instance.telephone),
        ("Courriel", service.courriel or dossier.instance.courriel),
        ("Acte du registre", f"n° {first.position}"),
    ]
    t = voix(dossier.instance)
    return {
        "t": t,
        "titre": t("Votre parole est enregistrée"),
        "dossier": dossier,
        "mentions": [{"nom": nom, "valeur": valeur} for nom, valeur in mentions if valeur],
        "feuille": first.feuille,
        "recu_href": f"/recu/{first.index}",
    }
