"""The office's page of a chain: add a milestone that a text tells, a link, a missing piece."""

from collections.abc import Callable
from typing import Any, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from domain.chaines.events import Ligne, NatureDuLien
from domain.chaines.tisser_chaine import ActeSurChaine, ConstaterJalon, EtablirLien, SignalerPieceAbsente
from domain.errors import RegleViolee
from domain.identifiers import lire_reference
from domain.ledger.deciding import KeyReused
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF
from web.access import Acteur, require
from web.bureau.formulaire import Champ, Illisible, jour_du
from web.chaine.attendus import attendus
from web.chaine.dossiers import chaine_de
from web.chaine.pages import DROIT, lire
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.pages import page
from web.services import services

LIGNES = (("institution", "L’institution"), ("participation", "La participation"))
PRECISIONS = (("jour", "Au jour"), ("mois", "Au mois"), ("annee", "À l’année"))
NATURES = (
    ("a_conduit_a", "Ce dossier a conduit à l’autre"),
    ("vient_de", "Ce dossier vient de l’autre"),
    ("ouvre_les_credits_de", "Ce dossier ouvre les crédits de l’autre"),
    ("cite", "Ce dossier cite l’autre"),
    ("remplace", "Ce dossier remplace l’autre"),
)


class Acte(msgspec.Struct, frozen=True):
    """One act on a chain: its button, its fields, its command, what it is for."""

    titre: str
    aide: str
    champs: tuple[Champ, ...]
    commande: Callable[[Acteur, str, Form], ActeSurChaine]


def _jalon(acteur: Acteur, dossier: str, f: Form) -> ConstaterJalon:
    du, au = jour_du(f, "du"), jour_du(f, "au") if f.get("au", "").strip() else None
    precision = cast(Any, f.get("precision") or "jour")
    who = (acteur.personne, acteur.le, dossier)
    words = (f.get("titre", ""), f.get("qui", ""), f.get("source", ""))
    branche, texte = cast(Ligne, f.get("branche", "")), f.get("texte", "")
    return ConstaterJalon(*who, branche, *words, du, au, precision, texte)


def _lien(acteur: Acteur, dossier: str, f: Form) -> EtablirLien:
    typed = f.get("vers", "").strip()
    known = lire_reference(typed)
    nature = cast(NatureDuLien, f.get("nature", ""))
    return EtablirLien(acteur.personne, acteur.le, dossier, str(known) if known else typed, nature, f.get("source"))


def _absente(acteur: Acteur, dossier: str, f: Form) -> SignalerPieceAbsente:
    return SignalerPieceAbsente(acteur.personne, acteur.le, dossier, f.get("attendu", ""))


SOURCE = Champ("source", "Source", max=SIGNES_LIGNE, aide="Le texte et sa ligne, sa page ou son article.")
ACTES = {
    "jalon": Acte(
        "Ajouter un jalon",
        "Un fait d’avant, ou d’ailleurs, que seul un texte raconte.",
        (
            Champ("titre", "Quoi", requis=True, max=SIGNES_LIGNE),
            Champ("branche", "Sur quelle ligne", "radios", LIGNES, requis=True),
            Champ("qui", "Qui", requis=True, max=SIGNES_LIGNE, aide="Une fonction, une instance, un nombre."),
            Champ("du", "Premier jour", "date", requis=True),
            Champ("au", "Dernier jour", "date"),
            Champ("precision", "Date connue", "select", PRECISIONS),
            msgspec.structs.replace(SOURCE, requis=True),
            Champ("texte", "En quelques mots", "textarea", max=SIGNES_MOTIF),
        ),
        _jalon,
    ),
    "lien": Acte(
        "Relier à un autre dossier",
        "Le lien se verra des deux côtés.",
        (
            Champ("vers", "Numéro de l’autre dossier", requis=True, max=70, aide="Comme 2017-2275 ou AV-2026-0014."),
            Champ("nature", "Quel lien", "select", NATURES, requis=True),
            SOURCE,
        ),
        _lien,
    ),
    "absente": Acte(
        "Signaler une pièce absente",
        "Elle devrait être là, et personne ne l’a. La page le dira.",
        (Champ("attendu", "Quelle pièce", requis=True, max=SIGNES_LIGNE),),
        _absente,
    ),
}


class Refus(msgspec.Struct, frozen=True):
    """The act that was refused, what was typed, why."""

    nom: str
    fields: Form
    faute: Fault


@get("/bureau/chaines/{reference:str}")
async def voir_tissage(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """The three forms. 401, 403, 404."""
    await require(request, DROIT)
    return await montrer(request, reference)


@post("/bureau/chaines/{reference:str}/{acte:str}", status_code=200)
async def tisser(request: Request[Any, Any, Any], reference: FromPath[str], acte: FromPath[str]) -> Response[Any]:
    """One act; refused, its form comes back filled."""
    fields, acteur = await read_form(request), await require(request, DROIT)
    if acte not in ACTES:
        raise NotFoundException
    await lire(request, reference, None)
    typed = {name.removeprefix(f"{acte}-"): value for name, value in fields.items()}
    key = fields.get("idempotence") or new_key()
    try:
        command = ACTES[acte].commande(acteur, reference, typed)
        done = await services(request).ledger.execute(command, once(key, f"chaine/{reference}/{acte}", typed))
    except (RegleViolee, KeyReused, Illisible) as error:
        return await montrer(request, reference, Refus(acte, typed, _faute(error)))
    return Redirect(f"{chaine_de(reference)}?vu={done.position}", status_code=303)


def _faute(error: Exception) -> Fault:
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    return fault(error)


async def montrer(request: Request[Any, Any, Any], reference: str, refus: Refus | None = None) -> Response[str]:
    """The page, with the refused form filled if there is one."""
    found = await lire(request, reference, None)
    return page(
        request,
        "chaine/bureau.html",
        status=refus.faute.status if refus else 200,
        titre=f"Compléter la chaîne de {reference}",
        fil=[
            {"href": "/bureau", "label": "Ma semaine"},
            {"href": chaine_de(reference), "label": reference},
            {"href": f"/bureau/chaines/{reference}", "label": "Compléter"},
        ],
        reference=reference,
        intitule=found.titre,
        attendues=[piece.titre for piece in attendus(found.serie.nom, found.propres)],
        formulaires=[_formulaire(nom, refus) for nom in ACTES],
        refus=refus,
    )


def _formulaire(nom: str, refus: Refus | None) -> dict[str, Any]:
    """The form of an act, as the component takes it; ids carry the act's name."""
    here, mine = ACTES[nom], refus if refus and refus.nom == nom else None
    champs = [
        msgspec.structs.asdict(champ)
        | {
            "nom": f"{nom}-{champ.nom}",
            "choix": champ.choix,
            "valeur": mine.fields.get(champ.nom, "") if mine else "",
            "erreur": mine.faute.message if mine and mine.faute.field == champ.nom else "",
        }
        for champ in here.champs
    ]
    shown = {"nom": nom, "titre": here.titre, "aide": here.aide, "version": 0, "champs": champs}
    return shown | {"ouvert": mine is not None or (refus is None and nom == "jalon")}
