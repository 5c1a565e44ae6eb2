"""« Dire »: the doors, then one question per screen, without account, cookie or JavaScript."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from projections.instances import InstanceRow
from web.errors import Fault
from web.forms import new_key, read_form
from web.pages import NBSP, page
from web.propositions import etapes
from web.propositions.etapes import CONTACTS, Fautes, Reponses
from web.propositions.instances import find_instance
from web.propositions.voix import voix

ECRANS = {
    "ecrire": ("Qu’est-ce qui devrait changer ?", {"texte"}),
    "reponse": ("Comment vous répondre ?", {"reponse_par"}),
    "coordonnees": ("Où vous répondre ?", {"courriel", "telephone", "adresse"}),
    "prenom": ("Quel est votre prénom ?", {"prenom"}),
    "lecture": ("Qui peut lire votre message ?", {"lecture"}),
    "relecture": ("C’est bien ça ?", {"aidant_structure", "aidant_nom", "relu"}),
}

MOYENS = (
    ("courriel", "Par e-mail", "courriel"),
    ("telephone", "Par téléphone", "telephone"),
    ("courrier", "Par courrier", "document"),
    ("aidant", "Par la personne qui m’aide", "groupe"),
    ("code", "Je reviendrai voir avec mon code", "cadenas"),
)

LECTEURS = (
    ("equipe", "Seulement l’équipe", "cadenas"),
    ("tous_sans_nom", "Tout le monde, sans mon nom", "groupe"),
    ("tous_avec_prenom", "Tout le monde, avec mon prénom", "personne"),
)


@get("/dire")
async def dire(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "gepi", avec: FromQuery[str] = ""
) -> Response[str]:
    """The doors: write, or with someone. `instance` is a slug; `avec=aidant` opens the helper's screens."""
    if avec == "aidant":
        return await ecrire(request, instance, avec)
    found = await find_instance(request, instance)
    suite = f"?instance={found.slug}"
    return page(request, "propositions/dire.html", titre="Dire", instance=found, suite=suite, t=voix(found))


@get("/dire/ecrire")
async def demander(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "gepi", avec: FromQuery[str] = ""
) -> Response[str]:
    """The first question, with a fresh idempotency key."""
    return await ecrire(request, instance, avec)


async def ecrire(request: Request[Any, Any, Any], instance: str, avec: str) -> Response[str]:
    reponses = etapes.lire({"instance": instance, "avec": avec, "cle": new_key()})
    return await montrer(request, "ecrire", reponses)


@get("/dire/{etape:str}")
async def recommencer(etape: FromPath[str]) -> Redirect:
    """A screen asked for without its answers (its address was copied): back to the doors."""
    if etape not in ECRANS:
        raise NotFoundException
    return Redirect("/dire", status_code=303)


@post(["/dire/ecrire", "/dire/{etape:str}"], status_code=200)
async def avancer(request: Request[Any, Any, Any], etape: FromPath[str] = "ecrire") -> Response[str]:
    """The screen that was asked for, or the first one before it with something to correct (422)."""
    if etape not in ECRANS:
        raise NotFoundException
    reponses = etapes.lire(await read_form(request))
    montree, fautes = etapes.avant(etape, reponses)
    return await montrer(request, montree, reponses, fautes, 422 if fautes else 200)


async def montrer(
    request: Request[Any, Any, Any],
    etape: str,
    reponses: Reponses,
    fautes: Fautes | None = None,
    status: int = 200,
    refus: Fault | None = None,
) -> Response[str]:
    """One screen, filled with the answers so far; `refus` when a rule refused the filing."""
    titre, demandes = ECRANS[etape]
    instance = await find_instance(request, reponses["instance"])
    chemin = etapes.parcours(reponses)
    tues = set(CONTACTS.values()) - {CONTACTS.get(reponses["reponse_par"])}  # asked by this screen another time
    t = voix(instance)
    place = chemin.index(etape) if etape in chemin else 0
    context = {
        "instance": instance,
        "rang": f"étape {place + 1} sur {len(chemin)}",
        "reponses": reponses,
        "t": t,
        "fautes": {champ: t(message) for champ, message in (fautes or {}).items() if champ},
        "refus": refus,
        "caches": {name: value for name, value in reponses.items() if name not in demandes or name in tues},
        "precedente": chemin[place - 1] if place else "",
        "suivante": (*chemin, "deposer")[place + 1],
        "choix": _choix(etape, reponses, instance),
    }
    answer = page(request, f"propositions/{etape}.html", status=status, titre=t(titre), **context)
    # Not `no-store`: browsers then show an error on « back » instead of the screen that was filled.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _choix(etape: str, reponses: Reponses, instance: InstanceRow) -> list[dict[str, str]]:
    if etape == "relecture":
        return _resume(reponses, voix(instance))
    proposes = {"reponse": MOYENS, "lecture": LECTEURS}.get(etape, ())
    avec = reponses["avec"] == "aidant"
    exclus = {"" if avec else "aidant", "tous_avec_prenom" if instance.type == "jeunes" else ""}
    return [{"valeur": v, "libelle": mot, "icone": i} for v, mot, i in proposes if v not in exclus]


def _resume(reponses: Reponses, t: Callable[[str], str]) -> list[dict[str, str]]:
    """The choices, as the person reads them before filing."""
    moyen = next(mot for valeur, mot, _ in MOYENS if valeur == reponses["reponse_par"])
    champ = CONTACTS.get(reponses["reponse_par"])
    contact = reponses[champ].replace(" ", NBSP) if champ == "telephone" else reponses[champ] if champ else ""
    lecteurs = next(mot for valeur, mot, _ in LECTEURS if valeur == reponses["lecture"])
    return [
        {"nom": t("Pour vous répondre"), "valeur": f"{moyen} : {contact}" if champ else moyen},
        {"nom": t("Votre prénom"), "valeur": reponses["prenom"] or "Pas de prénom"},
        {"nom": "Qui peut lire", "valeur": lecteurs},
    ]
