"""The road map of one vote, and the list of the votes of one's collèges."""

from datetime import UTC, datetime
from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from domain.scrutins import events as e
from web.acces.persons import Person, today
from web.access import require_person
from web.pages import date_longue, page
from web.propositions.instances import annuaire
from web.resultats.vue import participation
from web.scrutins import mots
from web.scrutins.acte import entete, fil
from web.scrutins.couches import RAFRAICHIR, ouverture
from web.scrutins.feuille import APRES_CLOTURE, Lien, etapes
from web.scrutins.vue import LECTEURS, Vue, lire
from web.services import Services, services

SCRUTINS: LiteralString = """SELECT reference, titre, phase, essai, ouvre_le, ferme_le, college, dossier FROM scrutins
    WHERE NOT importe AND college IS NOT NULL AND (%s::text[] IS NULL OR college = ANY(%s))
    ORDER BY essai, reference DESC LIMIT 200"""
DOSSIERS: LiteralString = """SELECT reference, college, edition, liste_le, scrutin FROM budgets
    WHERE (%s::text[] IS NULL OR college = ANY(%s)) ORDER BY reference DESC LIMIT 200"""
COLLEGES: LiteralString = (
    "SELECT slug, nom FROM colleges WHERE %s::text[] IS NULL OR slug = ANY(%s) ORDER BY nom LIMIT 200"
)
PHASES = {
    "prepare": ("en-cours", "Règles à confirmer"),
    "confirme": ("en-cours", "À imprimer"),
    "pret": ("en-cours", "Prêt à ouvrir"),
    "ouvert": ("en-cours", "Vote ouvert"),
    "clos": ("en-cours", "Clos, à dépouiller"),
    "premiere_couche": ("en-cours", "Dépouillement en cours"),
    "couches_ouvertes": ("en-cours", "À compter"),
    "depouille": ("en-cours", "À proclamer"),
    "proclame": ("fait", "Proclamé"),
    "efface": ("fait", "Terminé"),
    "annule": ("retire", "Annulé"),
}
PHRASES = {
    "prepare": "Une seconde personne doit relire et confirmer les règles.",
    "confirme": "Il reste à fabriquer les deux clés et à imprimer les billets.",
    "pret": "Tout est prêt. Distribuez les billets, puis ouvrez le bureau.",
    "ouvert": "Le vote est ouvert.",
    "clos": "Le vote est clos. Saisissez le papier s’il y en a, puis ouvrez les deux couches.",
    "premiere_couche": "La première couche est ouverte. Il manque la clé du bureau de vote.",
    "couches_ouvertes": "Les deux couches sont ouvertes. Il reste à compter.",
    "depouille": "Les bulletins sont comptés. Il reste à proclamer le résultat.",
    "proclame": "Le résultat est proclamé.",
    "efface": "Le vote est terminé. L’urne est détruite.",
    "annule": "Ce vote est annulé.",
}


@get("/bureau/scrutins")
async def lister_scrutins(request: Request[Any, Any, Any]) -> Response[str]:
    """The votes of this person's collèges, and what may begin there."""
    person, found = await require_person(request), services(request)
    return page(
        request,
        "scrutins/liste.html",
        titre="Les votes des collèges",
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": "/bureau/scrutins", "label": "Les votes"}],
        colleges=await _colleges(found, person),
    )


@get("/bureau/scrutins/{reference:str}")
async def suivre_feuille(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The road map."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    vue, person = await lire(request, reference), await require_person(request)
    return _feuille(request, vue, person, not waited)


def _feuille(request: Request[Any, Any, Any], vue: Vue, person: Person, waiting: bool) -> Response[str]:
    opening = ouverture(request, vue)
    answer = page(
        request,
        "scrutins/feuille.html",
        titre="Feuille de route",
        fil=fil(vue),
        vue=entete(vue),
        fenetre=mots.fenetre(vue.cree),
        phrase=phrase(vue),
        participation=participation(vue.lu).phrase + "." if vue.depuis("ouvert", *APRES_CLOTURE) else "",
        annule=vue.lu.annule.motif if vue.lu.annule else "",
        pas=etapes(vue, person),
        autres=autres(vue, person),
        ouverture=opening,
        en_attente=waiting,
    )
    if opening:
        answer.headers["Refresh"] = RAFRAICHIR
    return answer


def phrase(vue: Vue) -> str:
    """Where it stands, in a sentence or two."""
    cree, said = vue.cree, PHRASES[vue.phase]
    if vue.phase == "ouvert":
        return f"{said} Il ferme le {mots.moment(cree.ferme_le)}."
    if vue.phase == "pret" and cree.ouvre_le > datetime.now(UTC):
        return f"{said} Il ouvre le {mots.moment(cree.ouvre_le)}."
    proclaimed = vue.lu.dernier(e.ResultatProclame)
    if vue.phase == "proclame" and proclaimed is not None:
        until = f"jusqu’au {date_longue(proclaimed.reclamations_jusqu_au)} inclus"
        if today() > proclaimed.reclamations_jusqu_au:
            return f"{said} Les réclamations étaient reçues {until}. Il reste à détruire l’urne et les clés."
        return f"{said} Les réclamations sont reçues {until}."
    return said


def autres(vue: Vue, person: Person) -> list[Lien]:
    """Acts that one hopes not to need."""
    if vue.depuis("annule", "efface", "proclame"):
        return []
    root, found = f"/bureau/scrutins/{vue.reference}", []
    if vue.depuis("confirme", "pret", "ouvert") and vue.billets["crees"]:
        found.append(Lien(f"{root}/perdus", "Annuler des billets perdus ou abîmés", "annuler_billets"))
    if not vue.depuis("prepare"):
        found.append(Lien(f"{root}/annuler", "Annuler ce vote (clé perdue, erreur)", "annuler_scrutin"))
    return [link for link in found if person.peut(link.droit, vue.cree.college)]


async def _colleges(services: Services, person: Person) -> list[dict[str, Any]]:
    places = _places(person)
    slugs = None if places is None else sorted(places)
    votes = await services.fetch(SCRUTINS, (slugs, slugs))
    dossiers = await services.fetch(DOSSIERS, (slugs, slugs))
    names = dict(await services.fetch(COLLEGES, (slugs, slugs)))
    directory = await annuaire(services)
    shown = {vote[6] for vote in votes} | {dossier[1] for dossier in dossiers} | set(names if slugs is not None else ())
    return [
        {
            "slug": slug,
            "nom": names.get(slug) or directory.nom(slug),
            "cree": person.peut("creer_scrutin", slug),
            "scrutins": [_vote(*vote[:6]) for vote in votes if vote[6] == slug],
            "dossiers": [_dossier(*dossier) for dossier in dossiers if dossier[1] == slug],
        }
        for slug in sorted(shown)
    ]


def _places(person: Person) -> set[str] | None:
    found: set[str] = set()
    for droit in LECTEURS:
        places = person.instances(droit)
        if places is None:
            return None
        found |= places
    return found


def _vote(reference: str, titre: str, phase: str, essai: bool, ouvre: datetime, ferme: datetime) -> dict[str, Any]:
    sorte, mot = PHASES[phase]
    dates = f"du {date_longue(ouvre)} au {date_longue(ferme)}"
    return {"reference": reference, "titre": titre, "essai": essai, "sorte": sorte, "mot": mot, "dates": dates}


def _dossier(reference: str, college: str, edition: str, liste_le: Any, scrutin: str | None) -> dict[str, Any]:
    said = (
        f"vote {scrutin}." if scrutin else "la liste est arrêtée." if liste_le else "la liste n’est pas encore arrêtée."
    )
    return {"reference": reference, "edition": edition, "phrase": said, "pret": bool(liste_le) and not scrutin}
