"""Planning a meeting: the next one of a body, or the second one after a lack of quorum."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, cast

from litestar import Request, Response
from litestar.response import Redirect

from domain.calendrier import PARIS
from domain.ledger.command import Command
from domain.majorites.regles import QUORUM_CONSEIL
from domain.seances.events import Origine
from domain.seances.inscrire_point import InscrirePoint
from domain.seances.planifier_seance import PlanifierSeance
from projections.seances import SeanceRow
from web.acces.persons import Person, today
from web.access import require, require_person
from web.bureau.formulaire import jour_du
from web.colleges.lecture import read
from web.forms import Form, new_key, once
from web.pages import page
from web.propositions.instances import annuaire
from web.seances import mots
from web.seances.formes import REFUSES, Acte, Demande, Lu, Refus, coches, lire_heure, refuser
from web.seances.lecture import composition_de, noms
from web.services import services

DROIT = "planifier_seance"
RACINE = "/bureau/seances-assemblees"
LIMITE = 60
PLANIFIER = Acte("planifier", "Planifier la séance", DROIT, lambda d: [])


def _seconde(d: Demande) -> Sequence[Command]:
    """Three days later at the same place; its agenda is that of the first one, entered after it is planned."""
    row = d.reunion.row
    days = int(QUORUM_CONSEIL.parametres["seconde_reunion_jours"])
    when = row.prevue_le.astimezone(PARIS) + timedelta(days=days)
    who, le, reference, instance = d.qui
    return [PlanifierSeance(who, le, instance, when, row.lieu, row.publique, suite_de=reference)]


def _sans_suite(lu: Lu) -> bool:
    row = lu.reunion.row
    planned = any(other.suite_de == row.reference for other in lu.autres)
    return row.etat == "levee" and row.sans_quorum and not planned


SECONDE = Acte(
    "seconde",
    "Planifier la seconde réunion",
    DROIT,
    _seconde,
    _sans_suite,
    aide="Trois jours plus tard, même lieu et même heure. Elle délibère quel que soit le nombre.",
)


def ordre_du_jour(d: Demande, reference: str) -> list[Command]:
    """The items of this meeting, for the one that follows it."""
    who, le, _, instance = d.qui
    points = [d.reunion.seance.points[rang] for rang in d.reunion.ordre]
    return [InscrirePoint(who, le, reference, instance, p.objet, p.origine, p.dossier) for p in points]


async def planifier(request: Request[Any, Any, Any], fields: Form) -> Response[Any]:
    """Plans it, and leads to it; refused, the form comes back filled."""
    acteur = await require(request, DROIT, fields.get("instance") or None)
    try:
        day = jour_du(fields, "jour")
        at = lire_heure(fields.get("heure", ""), "heure", datetime.combine(day, time(12), PARIS))
        command = PlanifierSeance(
            acteur.personne, acteur.le, fields.get("instance", ""), at, fields.get("lieu", ""),
            fields.get("publique") == "oui", cast(Origine, fields.get("initiative") or "presidence"),
            coches(fields, "demande"), associees=coches(fields, "avec"),
        )  # fmt: skip
        key = once(fields.get("idempotence") or new_key(), "seances/planifier", fields)
        act = await services(request).ledger.execute(command, key)
    except REFUSES as error:
        return await montrer_liste(request, fields, refuser(PLANIFIER, fields, error))
    return Redirect(f"{RACINE}/{act.reference}?vu={act.position}", status_code=303)


async def montrer_liste(request: Request[Any, Any, Any], fields: Form, refus: Refus | None = None) -> Response[str]:
    """The meetings of one body, and the form; the other bodies that this person serves."""
    person, found = await require_person(request), services(request)
    names = await annuaire(found)
    possible = _assemblees(person, await found.fetch("SELECT slug, type FROM instances ORDER BY nom"))
    asked = fields.get("instance", "")
    chosen = asked if asked in possible else next(iter(possible), "")
    await require(request, DROIT, chosen)
    rows = await read(found, SeanceRow, f"instance = %s ORDER BY prevue_le DESC LIMIT {LIMITE}", (chosen,))
    body = await composition_de(found, chosen)
    called, asking = noms(body, today()), set(coches(fields, "demande"))
    defaults = {"lieu": rows[0].lieu if rows else "", "heure": "09:00", "publique": "oui", "initiative": "presidence"}
    together = set(coches(fields, "avec"))
    return page(
        request,
        "seances/bureau.html",
        status=refus.faute.status if refus else 200,
        titre="Séances des assemblées",
        fil=[{"href": "/bureau", "label": "Ma semaine"}, {"href": RACINE, "label": "Séances des assemblées"}],
        instance=names.par_slug[chosen],
        autres=[names.par_slug[slug] for slug in possible if slug != chosen],
        cartes=[carte(row, f"{RACINE}/{row.reference}") for row in rows],
        champs={nom: (fields if refus else defaults).get(nom, "") for nom in ("jour", "heure", "lieu", "publique")},
        initiative=(fields if refus else defaults).get("initiative", ""),
        initiatives=[{"valeur": key, "libelle": word} for key, word in mots.ORIGINES.items()],
        demandeurs=[
            {"cle": elu, "nom": called[elu], "coche": elu in asking} for elu in sorted(body.en_exercice(today()))
        ],
        conferences=[
            {"cle": row.slug, "nom": row.nom, "coche": row.slug in together}
            for row in names.par_slug.values()
            if row.type == names.par_slug[chosen].type == "ctm"
            and row.slug != chosen
            and (row.au is None or row.au >= today())
        ],
        refus=refus,
        fautes=refus.fautes if refus else {},
    )


def _assemblees(person: Person, rows: Sequence[tuple[Any, ...]]) -> list[str]:
    places = person.instances(DROIT)
    return [slug for slug, kind in rows if kind != "service" and (places is None or slug in places)]


def carte(row: SeanceRow, href: str, titre: str = "") -> dict[str, Any]:
    """One line of a list of meetings."""
    sorte, mot = mots.ETATS[row.etat]
    many = mots.nombre(len(row.points), "point")
    return {
        "ref": row.reference,
        "titre": titre or mots.quand(row.prevue_le),
        "href": href,
        "sorte": sorte,
        "mot": mot,
        "date": f"{many} à l’ordre du jour" if row.points else "Ordre du jour à venir",
    }
