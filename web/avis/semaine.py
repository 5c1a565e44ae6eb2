"""What waits for this person among the saisines: late first, then due, then what the next Council is to hear."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from projections.avis import SaisineRow
from web.acces.persons import Person
from web.avis.frise import attente
from web.avis.listes import carte
from web.colleges.lecture import read
from web.pages import date_longue
from web.services import Services

OUVERTES = "close_le IS NULL AND retiree_le IS NULL ORDER BY terme NULLS LAST, depot LIMIT 2000"
SEMAINE = timedelta(days=7)
LIMITE = 50

Choix = Callable[[SaisineRow, date], bool]


def _a_presenter(row: SaisineRow, day: date) -> bool:
    accepted = row.procedure == "contribution" and bool(row.acceptee)
    return row.presente_le is None and (accepted or (row.procedure == "avis_ctm" and row.rendu_le is not None))


def _dans_la_semaine(row: SaisineRow, day: date) -> bool:
    return row.attendue and row.terme is not None and day <= row.terme <= day + SEMAINE


def _silence(row: SaisineRow, day: date) -> bool:
    return row.attendue and row.silence_vaut_avis and row.terme is not None and row.terme < day


# Name, title, right, what it keeps; a saisine is in the first list that keeps it.
LISTES: tuple[tuple[str, str, str, Choix], ...] = (
    ("saisines-retard", "Saisines en retard", "suivre_saisine", lambda row, day: row.en_retard(day)),
    ("saisines-terme", "Échéances dans les 7 jours", "suivre_saisine", _dans_la_semaine),
    ("saisines-silence", "Silence à constater", "suivre_saisine", _silence),
    ("saisines-conseil", "Avis à présenter au prochain Conseil", "rendre_avis", _a_presenter),
    ("saisines-decision", "Présentations demandées", "suivre_reserve",
     lambda row, day: row.demandee_le is not None and row.acceptee is None),
    ("saisines-transmettre", "À transmettre", "suivre_saisine",
     lambda row, day: (row.repondue_le is not None and row.transmise_le is None)
     or (row.rendu_le is not None and row.transmis_le is None and row.etat == "rendue"
         and row.sens != "non_connu")),
    ("saisines-suite", "Suites à dire, réserve par réserve", "suivre_reserve",
     lambda row, day: row.attend_suite and row.presente_le is not None),
    ("saisines-attendues", "Avis et réponses attendus", "rendre_avis", lambda row, day: row.attendue),
)  # fmt: skip


async def attentes(services: Services, person: Person, day: date) -> list[dict[str, Any]]:
    """The lists with something in them, for the bodies in which this person may do the act."""
    rows = await read(services, SaisineRow, OUVERTES)
    kept: dict[str, list[SaisineRow]] = {name: [] for name, *_ in LISTES}
    for row in rows:
        name, _, droit, _ = next((one for one in LISTES if one[3](row, day)), LISTES[-1])
        if (row.attendue or name != LISTES[-1][0]) and (person.peut(droit, row.a) or person.peut(droit, row.de)):
            kept[name].append(row)
    return [
        {
            "nom": name,
            "titre": title,
            "cartes": [_carte(row, day, name) for row in kept[name][:LIMITE]],
            "suite": False,
        }
        for name, title, *_ in LISTES
        if kept[name]
    ]


def _carte(row: SaisineRow, day: date, liste: str) -> dict[str, str]:
    found = carte(row, day) | {"href": f"/bureau/saisines/{row.reference}"}
    match liste:
        case "saisines-conseil":
            who = f"Par\u00a0: {row.presentateur}" if row.presentateur else f"Rendu le {date_longue(row.rendu_le)}"
            mot = "À présenter" if row.presentateur else "Personne n’est désigné pour le présenter"
            found |= {"sorte": "en-cours" if row.presentateur else "en-retard", "mot": mot, "date": who}
        case "saisines-silence":
            found |= {"sorte": "en-cours", "mot": "Silence à constater", "date": attente(row, day, "l’instance")[0]}
        case "saisines-suite":
            found |= {"sorte": "en-cours", "mot": "Suite à dire"}
    return found
