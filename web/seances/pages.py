"""`/seances` and `/seances/{reference}`: what everybody reads of a meeting, before, during and after."""

from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.composition import Membre
from domain.seances import events as e
from projections.seances import SeanceRow
from web.acces.persons import today
from web.colleges.lecture import read
from web.ics import MEDIA_TYPE, evenement
from web.pages import date_heure, date_longue, nombre, page
from web.propositions.dossier import PasEncore, read_au
from web.propositions.instances import Annuaire, annuaire
from web.seances import mots
from web.seances.actes import echeance_du_pv
from web.seances.lecture import ABSENTE, Reunion, load
from web.seances.planifier import carte
from web.seances.vue import bandeau, ligne_de_point
from web.services import Services, services

PAR_PAGE = 50
DE_QUI: LiteralString = "(%s = '' OR instance = %s)"
OUVRABLE: LiteralString = "etat IN ('planifiee', 'convoquee', 'ouverte') AND prevue_le >= %s"
A_VENIR: LiteralString = f"{DE_QUI} AND {OUVRABLE}"
PASSEES: LiteralString = f"{DE_QUI} AND NOT ({OUVRABLE})"
FIL = ({"href": "/", "label": "Accueil"}, {"href": "/seances", "label": "Séances"})


@get("/seances")
async def voir_seances(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "", p: FromQuery[int] = 1
) -> Response[str]:
    """Those to come, the next one first; then those that were held, the latest first, 50 a page."""
    at = max(1, min(p, 10_000))
    context = await listes(services(request), instance, at)
    return page(request, "seances/liste.html", titre="Séances", fil=list(FIL), p=at, **context)


async def listes(found: Services, instance: str, at: int) -> dict[str, Any]:
    """Those to come, on the first page; the page of those that are past."""
    names = await annuaire(found)
    values = (instance, instance, today())
    where = f"{PASSEES} ORDER BY prevue_le DESC LIMIT {PAR_PAGE + 1} OFFSET %s"
    rows = await read(found, SeanceRow, where, (*values, (at - 1) * PAR_PAGE))
    coming = await read(found, SeanceRow, f"{A_VENIR} ORDER BY prevue_le LIMIT 50", values) if at == 1 else []
    return {
        "a_venir": [publique(names, row) for row in coming],
        "passees": [publique(names, row) for row in rows[:PAR_PAGE]],
        "suite": len(rows) > PAR_PAGE,
        "instance": names.par_slug.get(instance),
    }


def publique(names: Annuaire, row: SeanceRow) -> dict[str, Any]:
    """One line of a list: which body, when."""
    body = names.par_slug.get(row.instance)
    title = f"{body.sigle if body else row.instance}, {mots.quand(row.prevue_le)}"
    return carte(row, f"/seances/{row.reference}", title)


@get("/seances/{reference:str}")
async def voir_seance(
    request: Request[Any, Any, Any],
    reference: FromPath[str],
    au: FromQuery[str | None] = None,
    vu: FromQuery[int | None] = None,
) -> Response[Any]:
    """A meeting now, or as of a day or an act. 400 on a bad `au`, 404."""
    when = read_au(au)
    waited = vu is None or await services(request).watcher.wait_for(vu)
    try:
        reunion = await load(services(request), reference, when)
    except PasEncore as early:
        return page(request, "propositions/pas_encore.html", status=404, titre=reference, message=early.detail,
                    reference=reference)  # fmt: skip
    if reunion is None:
        raise NotFoundException(ABSENTE)
    return page(request, "seances/seance.html", en_attente=not waited, **contexte(reunion))


async def seance_ics(request: Request[Any, Any, Any], reference: str) -> Response[bytes]:
    """The same at `/seances/{reference}.ics`: when and where, for an agenda. 404."""
    reunion = await load(services(request), reference)
    if reunion is None:
        raise NotFoundException(ABSENTE)
    row, host = reunion.row, services(request).settings.public_url.partition("://")[2]
    body = reunion.annuaire.instance(row.instance)
    objects = "\n".join(point["objet"] for point in row.points)
    cancelled = "Annulée : " if row.etat == "annulee" else ""
    title = f"{cancelled}{body.nom}"
    text = evenement(f"{reference}@{host}", "Seance", row.prevue_le, None, title, row.lieu, objects)
    headers = {"Content-Disposition": f'attachment; filename="{reference}.ics"'}
    return Response(text.encode(), media_type=MEDIA_TYPE, headers=headers)


def contexte(reunion: Reunion) -> dict[str, Any]:
    """All that the page says."""
    row = reunion.row
    body = reunion.annuaire.instance(row.instance)
    sorte, mot = mots.ETATS[row.etat]
    return {
        "titre": f"{body.sigle}, séance du {date_longue(row.prevue_le)}",
        "fil": [*FIL, {"href": f"/seances/{row.reference}", "label": row.reference}],
        "reunion": row,
        "instance": body,
        "quand": mots.quand(row.prevue_le),
        "sorte": sorte,
        "mot": mot,
        "phrase": ou_en_est_on(reunion),
        "suite": echeance_du_pv(reunion),
        "points": [_point(reunion, rang) for rang in reunion.ordre],
        "bandeau": bandeau(reunion),
        "faits": identite(reunion),
        "quorum": quorum(reunion),
        "assistance": assistance(reunion),
        "debats": debats(reunion),
        "rectifies": [mots.phrase(reunion, f.event) for f in reunion.faits
                      if isinstance(f.event, e.RectificationEnregistree)],
        "journal": [_ligne(reunion, fait) for fait in reversed(reunion.faits)],
        "au": _quand(reunion),
        "precision": "état enregistré" if isinstance(reunion.au, int) else "à la fin de ce jour",
    }  # fmt: skip


def ou_en_est_on(reunion: Reunion) -> str:
    """Where it stands, in a sentence."""
    row = reunion.row
    when = mots.quand(row.prevue_le)
    match row.etat:
        case "annulee":
            return "Cette séance n’aura pas lieu."
        case "ouverte":
            return "La séance est en cours."
        case "levee":
            many = mots.nombre(len(reunion.seance.votes), "point")
            short = " Le quorum n’était pas atteint." if row.sans_quorum else ""
            return (
                f"Séance tenue le {date_longue(reunion.jour)}\u00a0: {many} voté{'s' if row.votes > 1 else ''}.{short}"
            )
        case "convoquee":
            return f"Les membres sont convoqués pour le {when}."
    return f"La séance est prévue le {when}."


def _point(reunion: Reunion, rang: int) -> dict[str, Any]:
    """An item, where it leads, and how each voted when it was by name."""
    line = ligne_de_point(reunion, rang)
    dossier = line["dossier"] or ""
    heard = [f.event.qualite for f in reunion.faits if isinstance(f.event, e.AuditionTenue) and f.event.rang == rang
             and f.fact.version not in reunion.seance.rectifies]  # fmt: skip
    return line | {"href": f"/dossiers/{dossier}" if dossier else "", "entendus": heard, "voix": voix(reunion, rang)}


def voix(reunion: Reunion, rang: int) -> list[dict[str, str]]:
    """Who voted what, in a vote by name: the minutes carry it (L3121-15)."""
    if rang not in reunion.seance.votes:
        return []
    by: dict[str, list[str]] = {}
    for vote in reunion.seance.voix.get(rang, ()):
        who = reunion.nom(vote.pouvoir_de or vote.elu)
        by.setdefault(vote.sens, []).append(f"{who} (par {reunion.nom(vote.elu)})" if vote.pouvoir_de else who)
    return [{"sens": mots.SENS[sens], "noms": ", ".join(by[sens])} for sens in mots.SENS if sens in by]


def identite(reunion: Reunion) -> list[dict[str, str]]:
    """Who, when, where."""
    row, seance = reunion.row, reunion.seance
    planned, opened, sent = seance.connue(), seance.ouverte, seance.convocation
    closed = next((f.event.heure for f in reversed(reunion.faits) if isinstance(f.event, e.SeanceLevee)), None)
    pairs = (
        ("Avec", ", ".join(reunion.annuaire.nom(slug) for slug in planned.associees)),
        ("Lieu", row.lieu),
        ("Ouverte au public", "Oui" if row.publique else "Non"),
        ("À l’initiative de", mots.ORIGINES[planned.a_l_initiative_de]),
        ("Convocation", _convocation(sent) if sent else ""),
        ("Présidence", reunion.nom(opened.president) if opened else ""),
        ("Secrétaire de séance", reunion.nom(seance.secretaire) if seance.secretaire else ""),
        ("Ouverture", mots.heure(opened.heure) if opened else ""),
        ("Fin", mots.heure(closed) if closed and seance.levee else ""),
        ("Procès-verbal", mots.PV[row.pv] if row.etat == "levee" else ""),
        ("Source", planned.source or ""),
    )  # fmt: skip
    return [{"nom": name, "valeur": value} for name, value in pairs if value]


def _convocation(sent: e.ConvocationEnvoyee) -> str:
    return f"{mots.nombre(sent.jours, 'jour')} avant{', en urgence' if sent.urgence else ''}"


def quorum(reunion: Reunion) -> dict[str, str] | None:
    """The first count, its threshold and its rule."""
    counts = reunion.seance.quorums
    if not counts:
        return None
    first = counts[-1] if not counts[-1].atteint else counts[0]
    if first.regle is None:
        return {"phrase": f"{mots.nombre(first.presents, 'présent')} sur {first.en_exercice}. Aucun texte ne fixe de "
                "quorum ici.", "regle": ""}  # fmt: skip
    word = "atteint" if first.atteint else "pas atteint"
    counted = f"{mots.nombre(first.presents, 'présent')} sur {first.en_exercice}"
    text = f"Quorum {word}\u00a0: {counted}, {mots.nombre(first.seuil, 'exigé')}."
    return {"phrase": text, "regle": first.regle}


def assistance(reunion: Reunion) -> dict[str, list[str]] | None:
    """Who came, who gave a proxy to whom, who was away."""
    seance, sitting = reunion.seance, reunion.membres
    if not seance.venus:
        return None
    away = [elu for elu in sitting if elu not in seance.venus and elu not in seance.pouvoirs]
    return {
        "presents": [reunion.nom(elu) for elu in sitting if elu in seance.venus],
        "pouvoirs": [f"{reunion.nom(who)} (pouvoir à {reunion.nom(by)})" for who, by in seance.pouvoirs.items()],
        "excuses": [reunion.nom(elu) for elu in away if elu in seance.excuses],
        "absents": [reunion.nom(elu) for elu in away if elu not in seance.excuses],
    }


def debats(reunion: Reunion) -> list[str]:
    """What was said, once the minutes are adopted."""
    if reunion.row.pv not in ("arrete", "publie"):
        return []
    drafts = [f.event for f in reunion.faits if isinstance(f.event, e.PvRedige)]
    return [part for part in drafts[-1].debats.split("\n") if part.strip()] if drafts else []


def membre_public(membre: Membre, nom: str) -> dict[str, str]:
    """A member of a body, for its page."""
    return {"nom": nom, "precision": membre.commune or membre.groupe or "", "depuis": date_longue(membre.du)}


def _ligne(reunion: Reunion, fait: Any) -> dict[str, Any]:
    event, at = fait.event, fait.fact.recorded_at
    return {
        "numero": nombre(fait.fact.position),
        "index": fait.fact.position - 1,
        "phrase": mots.phrase(reunion, event),
        "fonction": reunion.annuaire.fonction(event.par) if getattr(event, "par", None) else "",
        "survenu": mots.quand(event.survenu_le),
        "enregistre": date_heure(at) if at else "",
        "feuille": "",
    }


def _quand(reunion: Reunion) -> str:
    if reunion.au is None:
        return ""
    return f"à l’acte n° {reunion.au}" if isinstance(reunion.au, int) else f"le {date_longue(reunion.au)}"
