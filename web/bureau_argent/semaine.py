"""What waits for this person in the money: the cards of « Ma semaine », and of the office of the money."""

from datetime import date, timedelta
from typing import Any

from projections.argent_rows import EnveloppeRow, OperationRow, RendezVousRow
from web.acces.persons import Person
from web.argent.mots import ENVELOPPES, OBJETS
from web.bureau_argent.lecture import municipal
from web.colleges.lecture import read
from web.pages import date_longue, nombre
from web.services import Services

LIMITE = 12
BIENTOT = timedelta(days=60)
OUVERTES = "etat NOT IN ('soldee', 'abandonnee') ORDER BY depot LIMIT 500"
MANQUENT = """SELECT e.reference, e.nom, count(c.cle) FROM enveloppes e
    LEFT JOIN comptes c ON c.enveloppe = e.reference AND c.annee = %s
    WHERE e.annee_debut <= %s AND e.annee_fin >= %s GROUP BY e.reference, e.nom HAVING count(c.cle) = 0 ORDER BY 1"""
RESTES = """SELECT c.nom, count(*), sum(c.solde_cents)::bigint FROM comptes c
    JOIN comptes d ON d.nom = c.nom AND d.beneficiaire = c.beneficiaire AND d.annee = c.annee + 1
    WHERE c.annee = %s AND c.solde_cents > 0 AND c.sorti_cents = 0 GROUP BY c.nom ORDER BY c.nom"""

# State -> the right that its next act needs, what a card says.
SUITES = {
    "proposee": ("rendre_avis_technique", "Avis technique à rendre"),
    "etudiee": ("decider_operation", "À décider"),
    "decidee": ("engager_credit", "Crédit à engager"),
    "engagee": ("avancer_operation", "Travaux à lancer"),
    "commencee": ("avancer_operation", "Travaux en cours"),
    "receptionnee": ("solder_operation", "Comptes à solder"),
}


async def attentes(services: Services, person: Person, day: date, limite: int = LIMITE) -> list[dict[str, Any]]:
    """Lists with something in them: operations, payments, what the envelopes and the Pacte wait for."""
    if not any(_quelque_part(person, droit) for droit in ("engager_credit", "rendre_avis_technique")):
        return []
    rows = await read(services, OperationRow, OUVERTES)
    works = [_carte(row) for row in rows if _pour(person, row)]
    lists = [("operations", "Opérations", works)]
    if person.peut("mandater_credit"):
        due = [_carte(row, "À payer") for row in rows if row.commencee_le and row.engage_cents > row.mandate_cents]
        lists += [("paiements", "Paiements", due), ("enveloppes", "Enveloppes", await _enveloppes(services, day))]
        lists.append(("rendez-vous", "Rendez-vous du Pacte", await _rendez_vous(services, day)))
    return [
        {"nom": nom, "titre": titre, "cartes": cartes[:limite], "suite": False}
        for nom, titre, cartes in lists
        if cartes
    ]


def _quelque_part(person: Person, droit: str) -> bool:
    places = person.instances(droit)
    return places is None or bool(places)


def _pour(person: Person, row: OperationRow) -> bool:
    """A commune's operation waits for its commune; the others for whoever may."""
    droit, body = SUITES[row.etat][0], municipal(row.nom, row.beneficiaire)
    titre = person.titre(droit, body)
    return titre is not None and (row.nom != "fic" or titre.instance == body or row.etat not in ("etudiee", "decidee"))


def _carte(row: OperationRow, mot: str = "") -> dict[str, str]:
    return {
        "ref": row.reference,
        "titre": row.titre,
        "href": f"/bureau/argent/operations/{row.reference}",
        "sorte": "en-cours",
        "mot": mot or SUITES[row.etat][1],
        "date": f"Proposée le {date_longue(row.proposee_le)}",
    }


async def _enveloppes(services: Services, day: date) -> list[dict[str, str]]:
    """Allocations of the year that nobody inscribed; what is left of last year."""
    year, found = day.year, []
    for reference, nom, _ in await services.fetch(MANQUENT, (year, year, year)):
        found.append(_ligne(reference, ENVELOPPES.get(nom, nom), f"/bureau/argent/enveloppes/{reference}",
                            f"Dotations {year} à inscrire"))  # fmt: skip
    for nom, count, _ in await services.fetch(RESTES, (year - 1,)):
        told = f"{nombre(count)} reste{'s' if count > 1 else ''} de {year - 1}"
        href = f"/bureau/argent/reconductions?enveloppe={nom}&de={year - 1}"
        found.append(_ligne("", ENVELOPPES.get(nom, nom), href, told))
    return found


async def _rendez_vous(services: Services, day: date) -> list[dict[str, str]]:
    where = "tenu_le IS NULL AND prevu_pour <= %s ORDER BY prevu_pour"
    return [
        _ligne("", f"{OBJETS[row.objet]} {row.cle.rpartition('-')[2]}", "/bureau/argent#suivi-t",
               f"Prévu le {date_longue(row.prevu_pour)}", "en-retard" if row.prevu_pour < day else "en-cours")
        for row in await read(services, RendezVousRow, where, (day + BIENTOT,))
    ]  # fmt: skip


def _ligne(ref: str, titre: str, href: str, mot: str, sorte: str = "en-cours") -> dict[str, str]:
    return {"ref": ref, "titre": titre, "href": href, "sorte": sorte, "mot": mot, "date": ""}


async def enveloppes(services: Services) -> list[EnveloppeRow]:
    """Every envelope, those of the Pacte first."""
    return await read(services, EnveloppeRow, "true ORDER BY hors_pacte, reference")
