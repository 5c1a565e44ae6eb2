"""The list of what a meeting examined: posted, and put online, within a week (L2121-25)."""

from datetime import timedelta
from typing import Any

from domain.calendrier import date_longue as sans_jour
from web.actes_pdf.dossier import Dossier
from web.actes_pdf.extrait import DEMONSTRATION
from web.pages import date_longue, nombre
from web.seances.mots import issue, phrase_du_vote

SEMAINE = timedelta(days=7)


def liste_des_deliberations(dossier: Dossier, demonstration: bool) -> dict[str, Any]:
    """Every item of the agenda in its order, with what became of it."""
    reunion = dossier.reunion
    return {
        "titre": f"Liste des délibérations, {dossier.corps}, {sans_jour(reunion.jour)}",
        "reference": reunion.reference,
        "corps": dossier.corps,
        "le": date_longue(reunion.jour),
        "avant": date_longue(reunion.jour + SEMAINE),
        "points": [_point(dossier, rang) for rang in reunion.ordre],
        "pied": f"Imprimé du registre public, à l’acte n° {nombre(dossier.dernier)}.",
        "essai": False,
        "demonstration": DEMONSTRATION if demonstration else "",
    }


def _point(dossier: Dossier, rang: int) -> dict[str, str]:
    item = dossier.reunion.seance.points[rang]
    return {
        "rang": str(rang),
        "numero": item.dossier or "",
        "lien": f"/deliberations/{item.dossier}" if item.dossier in dossier.deliberations else "",
        "objet": item.objet,
    } | sort(dossier, rang)


def sort(dossier: Dossier, rang: int) -> dict[str, str]:
    """What became of an item: a word, and a sentence."""
    seance = dossier.reunion.seance
    vote = seance.votes.get(rang)
    if rang in seance.renvoyes:
        return {"issue": "Renvoyé", "vote": "Ce point est renvoyé à une autre séance."}
    if vote is None:
        return {"issue": "Sans vote", "vote": "Aucun vote n’est noté pour ce point."}
    return {"issue": issue(dossier.reunion, vote), "vote": phrase_du_vote(vote)}
