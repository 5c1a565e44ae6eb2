"""The minutes: counts, equations that must hold, result; the same data make the page and the PDF."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.money import euros_ronds
from domain.scrutins import events as e
from web.pages import date_heure, date_longue, nombre, page
from web.resultats.equations import Equation, equations
from web.scrutins import mots
from web.scrutins.acte import entete, fil
from web.scrutins.vue import COUCHES, Vue, lire
from web.services import services


def proces_verbal(vue: Vue) -> dict[str, Any]:
    """Everything that the minutes say, besides what every printable says."""
    proclaimed = vue.lu.dernier(e.ResultatProclame)
    until = (
        f"jusqu’au {date_longue(proclaimed.reclamations_jusqu_au)} inclus" if proclaimed else "après la proclamation"
    )
    projets = resultat(vue)
    spent = vue.lu.depouille.cout_total_cents if vue.lu.depouille else 0
    return {
        "paragraphes": recit(vue),
        "comptes": [{"nom": nom, "nombre": nombre(n)} for nom, n in comptes(vue)],
        "controles": [
            {"phrase": c.phrase, "valeurs": c.calcul, "juste": "Oui" if c.juste else "Non"} for c in controles(vue)
        ],
        "incidents": [event.texte for event in vue.lu.tous(e.IncidentConsigne)],
        "gagnants": [f"{p['titre']}, {p['prix']}, {p['voix']}" for p in projets if p["gagnant"]],
        "projets": projets,
        "total": f"En tout\u00a0: {euros_ronds(spent)} sur {euros_ronds(vue.cree.budget_cents)}.",
        "empreintes": empreintes(vue),
        "reclamation": f"Les réclamations sont reçues {until}.",
    }


def recit(vue: Vue) -> list[str]:
    """What happened, in order."""
    opened, said = vue.lu.dernier(e.ScrutinOuvert), [mots.fenetre(vue.cree)]
    if opened is not None:
        members = ", ".join(membre.lower() for membre in opened.membres)
        said.append(f"Le bureau a ouvert le {date_heure(vue.lu.le(e.ScrutinOuvert))}. Il réunissait\u00a0: {members}.")
    said.append(f"Le vote a été clos le {date_heure(vue.lu.le(e.ScrutinClos))}.")
    for opened_layer in vue.lu.tous(e.CoucheOuverte):
        name = next(name for couche, name, _ in COUCHES if couche == opened_layer.couche)
        said.append(
            f"{name} : {nombre(opened_layer.n_entrees)} bulletins entrés, {nombre(opened_layer.n_sorties)} sortis."
        )
    said.append(f"Le dépouillement a eu lieu le {date_heure(vue.lu.le(e.ScrutinDepouille))}.")
    if vue.lu.dernier(e.ResultatProclame) is not None:
        said.append(f"Le résultat a été proclamé le {date_heure(vue.lu.le(e.ResultatProclame))}.")
    return said


def comptes(vue: Vue) -> list[tuple[str, int]]:
    """Every count, in the order of the vote."""
    closed, count = vue.lu.dernier(e.ScrutinClos), vue.lu.depouille
    if closed is None or count is None:
        return []
    return [
        ("Billets créés", closed.n_crees),
        ("Billets remis", closed.n_remis),
        ("Billets utilisés", closed.n_utilises),
        ("Billets échangés contre du papier", closed.n_echanges),
        ("Billets rendus", closed.n_rendus),
        ("Billets perdus, abîmés ou annulés", closed.n_annules),
        ("Billets remis et jamais revenus", jamais_revenus(closed)),
        ("Bulletins dans l’urne", closed.n_urne),
        ("Bulletins papier", count.n_papier),
        ("Bulletins comptés", count.n_bulletins),
        ("dont bulletins blancs", count.n_blancs),
        ("Bulletins nuls", sum(count.nuls.values())),
    ]


def jamais_revenus(closed: e.ScrutinClos) -> int:
    """Slips handed out of which nothing is known: kept at home, lost without a word."""
    return closed.n_remis - closed.n_utilises - closed.n_echanges - closed.n_rendus - closed.n_annules


def controles(vue: Vue) -> list[Equation]:
    """The equations of the vote, from the slips to the count."""
    closed = vue.lu.dernier(e.ScrutinClos)
    return [billets(closed), *equations(vue.lu)] if closed is not None else []


def billets(closed: e.ScrutinClos) -> Equation:
    """What became of the slips that were handed out."""
    parts = (closed.n_utilises, closed.n_echanges, closed.n_rendus, closed.n_annules)
    holds = closed.n_remis == sum(parts)
    figures = f"{nombre(closed.n_remis)} {'=' if holds else '≠'} {' + '.join(nombre(n) for n in parts)}"
    return Equation("Billets remis = utilisés + échangés + rendus + perdus", figures, holds)


def resultat(vue: Vue) -> list[dict[str, Any]]:
    """Each project with its score; winners first, in the order of selection."""
    count = vue.lu.depouille
    if count is None:
        return []
    by_points = vue.cree.parametres.get("score") == "points" or vue.cree.type_vote in ("cumulative", "ordinal")
    rank = {projet: n for n, projet in enumerate(count.gagnants)}
    rows = sorted(vue.cree.projets, key=lambda p: (rank.get(p.id, len(rank)), -count.voix.get(p.id, 0), p.cout_cents))
    return [
        {
            "titre": p.titre,
            "prix": euros_ronds(p.cout_cents),
            "voix": _score(count.voix.get(p.id, 0), by_points),
            "gagnant": p.id in rank,
            "resultat": "Retenu" if p.id in rank else "Non retenu",
        }
        for p in rows
    ]


def _score(n: int, by_points: bool) -> str:
    return f"{nombre(n)} {'point' if by_points else 'voix'}{'s' if by_points and n > 1 else ''}"


def empreintes(vue: Vue) -> list[dict[str, str]]:
    """The digests that two people compare."""
    closed, count = vue.lu.dernier(e.ScrutinClos), vue.lu.depouille
    if closed is None or count is None:
        return []
    return [
        {"nom": "Urne fermée", "empreinte": closed.empreinte_urne},
        {"nom": "Bulletins dépouillés", "empreinte": count.empreinte_bulletins},
        {"nom": "Étapes du comptage", "empreinte": count.empreinte_trace},
    ]


@get("/bureau/scrutins/{reference:str}/pv")
async def lire_proces_verbal(
    request: Request[Any, Any, Any], reference: FromPath[str], vu: FromQuery[int | None] = None
) -> Response[str]:
    """The minutes as a page."""
    if vu is not None:
        await services(request).watcher.wait_for(vu)
    vue = await lire(request, reference)
    if vue.lu.depouille is None:
        raise NotFoundException("Le procès-verbal vient après le dépouillement.")
    return _page(request, vue)


def _page(request: Request[Any, Any, Any], vue: Vue) -> Response[str]:
    return page(
        request,
        "scrutins/pv.html",
        titre=f"Procès-verbal – {vue.reference}",
        fil=fil(vue, ("pv", "Procès-verbal")),
        vue=entete(vue),
        regles=mots.regles(vue.cree),
        **proces_verbal(vue),
    )
