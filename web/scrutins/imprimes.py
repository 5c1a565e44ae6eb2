"""What each printable of a vote says, from the register; and the page that gives its PDF."""

from collections.abc import Callable
from typing import Any, Final

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from domain.money import euros_ronds
from domain.scrutins import events as e
from web.impression.compiler import pdf
from web.pages import date_longue, nombre
from web.scrutins import mots
from web.scrutins.proces_verbal import proces_verbal, resultat
from web.scrutins.vue import Vue, lire
from web.services import services

PDF: Final = {"Content-Disposition": 'inline; filename="{}.pdf"', "Cache-Control": "no-store"}


def adresse_courte(public_url: str) -> str:
    """The address as one types it: without https://."""
    return public_url.removeprefix("https://").removeprefix("http://")


def commun(vue: Vue, public_url: str) -> dict[str, Any]:
    """What every printable says."""
    cree = vue.cree
    page = (
        f"{public_url}/scrutins/{vue.reference}" if cree.essai or not cree.college else f"{public_url}/c/{cree.college}"
    )
    return {
        "essai": cree.essai,
        "reference": vue.reference,
        "titre": cree.titre,
        "college": vue.college or "Scrutin",
        "dates": mots.fenetre(cree),
        "adresse": adresse_courte(page),
        "qr": page,
        "regles": mots.regles(cree),
    }


def _affiche(vue: Vue) -> dict[str, Any]:
    cree = vue.cree
    projets = [
        {"titre": p.titre, "prix": euros_ronds(p.cout_cents), "phrase": p.phrase, "comparaison": p.comparaison}
        for p in cree.projets
    ]
    return {
        "question": f"{euros_ronds(cree.budget_cents)} pour améliorer ton collège. {mots.consigne(cree)}",
        "projets": projets,
    }


def _classes(vue: Vue) -> dict[str, Any]:
    return {"groupes": [{"nom": g.nom, "remis": nombre(g.remis), "rendus": nombre(g.rendus)} for g in vue.groupes]}


def _resultats(vue: Vue) -> dict[str, Any]:
    proclaimed, count = vue.lu.dernier(e.ResultatProclame), vue.lu.depouille
    until = f"jusqu’au {date_longue(proclaimed.reclamations_jusqu_au)}" if proclaimed else "après la proclamation"
    projets = resultat(vue)
    return {
        "projets": projets,
        "gagnants": [p for p in projets if p["gagnant"]],
        "autres": [p for p in projets if not p["gagnant"]],
        "participation": participation(count.n if count else 0, vue.cree.electeurs),
        "total": total(vue),
        "reclamation": f"Une réclamation ? Elle se dépose {until}, sur la page du vote.",
    }


def total(vue: Vue) -> str:
    """« En tout : 25 700 € sur 40 000 €. »"""
    count = vue.lu.depouille
    spent = count.cout_total_cents if count else 0
    return f"En tout\u00a0: {euros_ronds(spent)} sur {euros_ronds(vue.cree.budget_cents)}."


def participation(n: int, electeurs: int | None) -> str:
    """« 412 élèves ont voté, sur 540. »"""
    said = f"{nombre(n)} élève{'s ont' if n > 1 else ' a'} voté" if n else "Personne n’a voté"
    return f"{said}, sur {nombre(electeurs)}." if electeurs else f"{said}."


def _rien(vue: Vue) -> dict[str, Any]:
    return {}


# Printable -> its own data, and the phases that it waits for (none: always there).
DOCUMENTS: Final[dict[str, tuple[Callable[[Vue], dict[str, Any]], tuple[str, ...]]]] = {
    "affiche": (_affiche, ()),
    "etiquette": (_rien, ()),
    "classes": (_classes, ()),
    "assesseurs": (_rien, ()),
    "a_vote": (_rien, ()),
    "pv_vierge": (_rien, ()),
    "pv": (proces_verbal, ("depouille", "proclame", "efface")),
    "resultats": (_resultats, ("depouille", "proclame", "efface")),
}


@get("/bureau/scrutins/{reference:str}/imprimer/{fichier:str}")
async def imprimer(
    request: Request[Any, Any, Any], reference: FromPath[str], fichier: FromPath[str]
) -> Response[bytes]:
    """One printable, as PDF."""
    vue, name = await lire(request, reference), fichier.removesuffix(".pdf")
    make, phases = DOCUMENTS.get(name, (_rien, ("",)))
    if not fichier.endswith(".pdf") or (phases and not vue.depuis(*phases)):
        raise NotFoundException("Ce document n’existe pas, ou pas encore.")
    donnees = commun(vue, services(request).settings.public_url) | make(vue)
    return reponse_pdf(await pdf(name, donnees, vue.lu.faits[-1].recorded_at), f"{name}-{reference}")


def reponse_pdf(content: bytes, name: str) -> Response[bytes]:
    """A PDF that the browser shows, and that nobody keeps."""
    headers = {key: value.format(name) for key, value in PDF.items()}
    return Response(content, media_type="application/pdf", headers=headers)
