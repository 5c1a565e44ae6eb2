"""The steps of an operation, as the Confluence draws them."""

from typing import Any

from projections.argent_rows import OperationRow
from web.argent.mots import ABANDONS
from web.pages import date_longue
from web.propositions.instances import Annuaire


def etapes(row: OperationRow, names: Annuaire) -> list[dict[str, Any]]:
    """In order; what will not come is not shown once it is abandoned."""
    decided = f"{names.nom(row.instance)}, acte {row.acte}." if row.acte else ""
    opinion = f"{'Favorable' if row.avis else 'Défavorable'} : {row.avis_motif}" if row.avis_le else ""
    steps = [
        ("Proposée", row.proposee_le, f"Par : {row.proposee_par}.", "saone"),
        ("Avis technique des services", row.avis_le, opinion, "rhone"),
        ("Décidée", row.decidee_le, decided, "confluence"),
        ("Crédit engagé", row.engagee_le, "", "suite"),
        ("Travaux commencés", row.commencee_le, "", "suite"),
        ("Travaux finis", row.receptionnee_le, "", "suite"),
        ("Comptes soldés", row.soldee_le, "", "suite"),
    ]
    stopped = row.abandonnee_le is not None
    shown = [_etape(*step) for step in steps if step[1] is not None or not stopped]
    if stopped:
        reason = f"Motif : {ABANDONS[row.abandon or 'autre']}. {row.explication}"
        shown.append(_etape("Abandonnée", row.abandonnee_le, reason, "suite") | {"etat": "retire", "mot": "Abandonnée"})
    return shown


def _etape(titre: str, le: Any, texte: str, voie: str) -> dict[str, Any]:
    done = le is not None
    return {
        "titre": titre,
        "etat": "fait" if done else "a-venir",
        "voie": voie,
        "date": date_longue(le) if done else "",
        "texte": texte,
    }
