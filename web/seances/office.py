"""A meeting as the secretary sees it: its frame, its items, the strip that is always there."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from domain.identifiers import est_numero
from domain.seances import events as e
from domain.seances.delais import delai_suffisant
from domain.seances.regles import CONVOCATION
from projections.deliberations import DeliberationRow
from projections.seances import SeanceRow
from web.acces.persons import Person, today
from web.access import require, require_person
from web.colleges.lecture import read
from web.forms import new_key
from web.pages import date_heure, date_longue, page
from web.seances import mots
from web.seances.actes import DU_CADRE, DU_POINT, DU_PV, echeance_du_pv
from web.seances.formes import Acte, Lu, Refus, chiffres, formulaire
from web.seances.lecture import ABSENTE, Reunion, load
from web.seances.planifier import SECONDE
from web.seances.vue import bandeau, demandeurs, feuille, ligne_de_point, note, presences, saisie
from web.services import services

LIRE = "tenir_seance"
RACINE = "/bureau/seances-assemblees"
FIL = ({"href": "/bureau", "label": "Ma semaine"}, {"href": RACINE, "label": "Séances des assemblées"})
AUTRES = "instance = %s AND reference <> %s ORDER BY prevue_le"


async def lire(request: Request[Any, Any, Any], reference: str) -> Lu:
    """The meeting, for who may hold it. Raises 401, 403, 404."""
    await require_person(request)
    found = services(request)
    reunion = await load(found, reference)
    if reunion is None:
        raise NotFoundException(ABSENTE)
    await require(request, LIRE, reunion.row.instance)
    others = await read(found, SeanceRow, AUTRES, (reunion.row.instance, reference))
    numbers = [point.dossier for point in reunion.seance.points.values() if point.dossier]
    drafts = await read(found, DeliberationRow, "numero = ANY(%s)", (numbers,)) if numbers else []
    return Lu(reunion, others, {row.numero: tuple(row.avis_requis) for row in drafts})


async def montrer(
    request: Request[Any, Any, Any],
    reference: str,
    refus: Refus | None,
    *,
    corriger: int | None = None,
    en_attente: bool = False,
    modele: str = "seances/bureau_seance.html",
) -> Response[str]:
    """The page of a meeting, with the refused form filled if there is one."""
    lu, person = await lire(request, reference), await require_person(request)
    reunion = lu.reunion
    again = chiffres(refus.champs.get("version", "")) if refus and refus.acte.nom == "rectifier" else 0
    context = commun(lu, refus, en_attente) | {
        "formulaires": _permis(person, lu, (*DU_CADRE, SECONDE), refus),
        "pv": _permis(person, lu, DU_PV, refus),
        "points": [ligne_de_point(reunion, rang) for rang in reunion.ordre],
        "suivant": ligne_de_point(reunion, reunion.a_suivre) if reunion.seance.presents and reunion.a_suivre else None,
        "pret": bool(reunion.seance.secretaire and reunion.seance.quorums),
        "faits": [note(reunion, fait) for fait in reversed(reunion.faits)],
        "correction": _correction(lu, again or corriger, refus),
        "convocation": _delai(reunion),
        "echeance": echeance_du_pv(reunion),
        "pv_mot": mots.PV[reunion.row.pv],
    }
    return _page(request, f"{RACINE}/{reference}", modele, refus, context)


async def montrer_point(
    request: Request[Any, Any, Any], reference: str, rang: int, refus: Refus | None, *, en_attente: bool = False
) -> Response[str]:
    """The page of an item. Raises 404."""
    lu = await lire(request, reference)
    reunion = _avec_point(lu, rang)
    context = commun(lu, refus, en_attente, rang) | {
        "point": ligne_de_point(reunion, rang),
        "formulaires": {acte.nom: formulaire(acte, lu, refus, rang) for acte in DU_POINT},
        "pouvoirs_f": {
            acte.nom: formulaire(acte, lu, refus, rang)
            for acte in DU_CADRE
            if acte.nom in ("pouvoir", "revoquer") and acte.utile(lu)
        },
        "pouvoirs_ouverts": refus is not None and refus.acte.nom in ("pouvoir", "revoquer"),
        "vote": saisie(reunion, rang, refus),
        "suivant": reunion.a_suivre,
        "apres": _apres(reunion, rang),
        "demande": demandeurs(reunion, rang, refus),
    }
    return _page(request, f"{RACINE}/{reference}/points/{rang}", "seances/bureau_point.html", refus, context)


async def montrer_noms(
    request: Request[Any, Any, Any], reference: str, rang: int, refus: Refus | None
) -> Response[str]:
    """Everybody who may vote on this item, by name."""
    lu = await lire(request, reference)
    reunion = _avec_point(lu, rang)
    here, held = reunion.seance.votants(rang)
    typed = refus.champs if refus else {}
    voters = [
        {
            "elu": elu,
            "nom": reunion.nom(elu),
            "par": f"pouvoir à {reunion.nom(held[elu])}" if elu in held else "",
            "sens": typed.get(f"voix-{elu}", "pour"),
        }
        for elu in reunion.membres
        if elu in here or elu in held
    ]
    choix = [{"valeur": valeur, "libelle": libelle} for valeur, libelle in mots.SENS.items()]
    context = commun(lu, refus, False, rang) | {
        "point": ligne_de_point(reunion, rang),
        "votants": voters,
        "choix": choix,
    }
    return _page(request, f"{RACINE}/{reference}/points/{rang}/noms", "seances/bureau_noms.html", refus, context)


def _apres(reunion: Reunion, rang: int) -> dict[str, str] | None:
    """Where the vote of this item goes on: the avis of its referral, or its deliberation."""
    number = reunion.seance.points[rang].dossier or ""
    if rang not in reunion.seance.votes:
        return None
    if number.startswith("AV-"):
        return {"href": f"/bureau/saisines/{number}", "label": f"Rendre l’avis {number}"}
    if est_numero(number):
        return {"href": f"/bureau/deliberations/{number}", "label": f"Reprendre ce vote dans la délibération {number}"}
    return None


def _avec_point(lu: Lu, rang: int) -> Reunion:
    if rang not in lu.reunion.seance.points:
        raise NotFoundException("Ce point n’est pas à l’ordre du jour.")
    return lu.reunion


def _page(
    request: Request[Any, Any, Any], where: str, template: str, refus: Refus | None, context: dict[str, Any]
) -> Response[str]:
    answer = page(request, template, status=refus.faute.status if refus else 200, **context)
    if request.headers.get("hx-request") == "true":
        answer.headers["HX-Push-Url"] = where
    return answer


def _permis(person: Person, lu: Lu, actes: tuple[Acte, ...], refus: Refus | None) -> dict[str, dict[str, Any]]:
    """The forms that fit now and that this person's functions allow, by name; the refused one in any case."""
    instance = lu.reunion.row.instance
    return {
        acte.nom: formulaire(acte, lu, refus)
        for acte in actes
        if person.peut(acte.droit, instance) and (acte.utile(lu) or (refus is not None and refus.acte == acte))
        if acte.nom != "rectifier"
    }


def commun(lu: Lu, refus: Refus | None, en_attente: bool, rang: int | None = None) -> dict[str, Any]:
    """What each page of a meeting shows: the strip, who is there, the refusal."""
    reunion = lu.reunion
    row, sorte_mot = reunion.row, mots.ETATS[reunion.row.etat]
    where = [{"href": f"{RACINE}/{row.reference}", "label": row.reference}]
    if rang is not None:
        where.append({"href": f"{RACINE}/{row.reference}/points/{rang}", "label": f"Point {rang}"})
    return {
        "titre": f"{reunion.annuaire.instance(row.instance).sigle}, {date_longue(row.prevue_le)}",
        "fil": [*FIL, *where],
        "racine": f"{RACINE}/{row.reference}",
        "reunion": row,
        "instance": reunion.annuaire.instance(row.instance),
        "quand": mots.quand(row.prevue_le),
        "sorte": sorte_mot[0],
        "mot": sorte_mot[1],
        "bandeau": bandeau(reunion, rang),
        "rattrapage": reunion.jour < today() and row.etat in ("convoquee", "ouverte"),
        "membres": feuille(reunion, refus),
        "presents": sorted(reunion.seance.presents),
        "pouvoirs": [
            {"de": reunion.nom(who), "a": reunion.nom(by)} for who, by in sorted(reunion.seance.pouvoirs.items())
        ],
        "presences": presences(refus),
        "refus": refus,
        "fait": _deja(reunion, refus),
        "en_attente": en_attente,
        "cle": new_key(),
    }


def _deja(reunion: Reunion, refus: Refus | None) -> str:
    """Who was faster, and the result: two secretaries may hold one item."""
    if refus is None or refus.faute.status != 409:
        return ""
    rang = refus.champs.get("rang", "")
    kinds = (e.VoteCompte, e.PointRenvoye, e.PointAppele)
    done = [f for f in reunion.faits if isinstance(f.event, kinds) and str(f.event.rang) == rang]
    last = done[-1] if done else (reunion.faits[-1] if reunion.faits else None)
    if last is None or last.fact.recorded_at is None:
        return ""
    who = reunion.annuaire.fonction(getattr(last.event, "par", ""))
    return f"{who}, le {date_heure(last.fact.recorded_at)}\u00a0: {mots.phrase(reunion, last.event)}"


def _correction(lu: Lu, version: int | None, refus: Refus | None) -> dict[str, Any] | None:
    """The form that rectifies one fact."""
    chosen = next((f for f in lu.reunion.faits if f.fact.version == version), None)
    if chosen is None:
        return None
    [acte] = [acte for acte in DU_CADRE if acte.nom == "rectifier"]
    return formulaire(acte, lu, refus) | {"version": version, "phrase": mots.phrase(lu.reunion, chosen.event)}


def _delai(reunion: Reunion) -> str:
    """How long before the meeting its convening must go, where a text says it."""
    published = reunion.jeux.en_vigueur("convocation", reunion.type, reunion.jour)
    rule = published or (CONVOCATION if reunion.type == "conseil" else None)
    if rule is None or reunion.seance.connue().suite_de:
        return ""
    days, urgent = rule.parametres["jours"], rule.parametres["jours_urgence"]
    late = "" if delai_suffisant(today(), reunion.jour, False, rule) else " Aujourd’hui, il est trop tard sans urgence."
    return f"La convocation part {days} jours avant\u00a0; en urgence, {urgent} jour franc.{late}"
