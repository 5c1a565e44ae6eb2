"""What waits for a secretary: the cards of « Ma semaine », those with a legal term first."""

from datetime import date, timedelta
from typing import Any, Final

from domain.seances.regles import CONVOCATION
from projections.seances import SeanceRow
from web.acces.persons import Person
from web.colleges.lecture import read
from web.pages import date_longue
from web.propositions.instances import Annuaire, annuaire
from web.seances import mots
from web.seances.actes import terme_du_pv
from web.services import Services

RACINE = "/bureau/seances-assemblees"
EN_COURS = "etat <> 'annulee' AND NOT (etat = 'levee' AND pv = 'publie') ORDER BY prevue_le LIMIT 400"
RECENTES: Final = timedelta(days=400)  # older minutes that are on paper wait for nobody


async def attentes(services: Services, person: Person, day: date) -> list[dict[str, Any]]:
    """One list, when something waits."""
    places = person.instances("tenir_seance")
    if places is not None and not places:
        return []
    names = await annuaire(services)
    rows = [row for row in await read(services, SeanceRow, EN_COURS) if places is None or row.instance in places]
    begun = {(row.instance, row.prevue_le) for row in rows if row.etat in ("ouverte", "levee")}
    cards = []
    for row in rows:
        later = any(body == row.instance and when > row.prevue_le for body, when in begun)
        if (found := suite(row, day, later, names)) is not None:
            cards.append(_carte(row, names, *found))
    cards.sort(key=lambda card: card["sorte"] != "en-retard")
    return [{"nom": "seances", "titre": "Séances des assemblées", "cartes": cards, "suite": False}] if cards else []


def suite(row: SeanceRow, day: date, later: bool, names: Annuaire) -> tuple[str, str, str] | None:
    """Kind, word, date of what this meeting waits for; `later`: another one of its body has begun since."""
    when = mots.quand(row.prevue_le)
    council = row.instance in names.par_slug and names.par_slug[row.instance].type == "conseil"
    match row.etat, row.pv:
        case "planifiee", _:
            term = row.prevue_le.date() - timedelta(days=int(CONVOCATION.parametres["jours"]))
            before = f", à convoquer avant le {date_longue(term)}" if council else ""
            return ("en-retard" if council and term < day else "en-cours"), "À convoquer", f"{when}{before}"
        case "convoquee", _:
            return "en-cours", "À tenir", when
        case "ouverte", _:
            return "en-cours", "Séance en cours", when
        case "levee", "" if row.prevue_le.date() > day - RECENTES:
            return "en-cours", "Procès-verbal à rédiger", when
        case "levee", "redige":
            return "en-cours", f"Procès-verbal à arrêter{'' if later else ' à la prochaine séance'}", when
        case "levee", "arrete" if row.pv_le is not None:
            term = terme_du_pv(row.pv_le)
            late = "en-retard" if term < day else "en-cours"
            return late, "Procès-verbal à publier", f"Avant le {date_longue(term)}"
    return None


def _carte(row: SeanceRow, names: Annuaire, sorte: str, mot: str, when: str) -> dict[str, str]:
    titre = f"Séance, {names.nom(row.instance)}"
    href = f"{RACINE}/{row.reference}"
    return {"ref": row.reference, "titre": titre, "href": href, "sorte": sorte, "mot": mot, "date": when}
