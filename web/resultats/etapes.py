"""« Pourquoi ces projets ? »: the steps of a count in words, and the envelope at each of them."""

from fractions import Fraction
from typing import Any

from domain.comptage.election import Election
from domain.comptage.recit import Recit, nombre
from domain.comptage.regles import Resultat
from domain.comptage.trace import Etape, EtapeGlouton, EtapeParts, EtapeTour

DEVISES = {"EUR": "€", "PLN": "zł", "USD": "$"}
MOTIFS = {
    "": "retenu",
    "trop_cher": "trop cher",
    "arret": "trop cher, on s’arrête",
    "apres_arret": "pas examiné",
    "sous_seuil": "sous le minimum",
    "soutiens_insuffisants": "ses soutiens n’ont plus assez",
    "aucun_soutien": "aucune voix",
}


def recit(election: Election, resultat: Resultat, devise: str) -> Recit:
    """How this count is told: names of the projects, « voix » or « points »."""
    noms = {projet.id: projet.nom for projet in election.projets}
    score = "voix" if resultat.parametres.score == "votes" else "points"
    return Recit(noms, election.unite, DEVISES.get(devise, devise), score, numeros=False)


def etapes(election: Election, resultat: Resultat, devise: str) -> list[dict[str, Any]]:
    """Each step: {phrase, retenu, barre?, ligne?}; `barre` in percent of its drawing, `ligne` for the table."""
    dit = recit(election, resultat, devise)
    return [
        {
            "phrase": dit.etape(etape),
            "retenu": isinstance(etape, EtapeTour) or etape.retenu,
            "barre": barre(etape, election.budget),
            "ligne": _ligne(etape, dit),
        }
        for etape in resultat.etapes
    ]


def barre(etape: Etape, budget: int) -> dict[str, Any] | None:
    """The envelope at this step, or None when the step is not about one project, or costs nothing to say."""
    if isinstance(etape, EtapeTour) or etape.motif in ("apres_arret", "sous_seuil", "aucun_soutien"):
        return None
    depense = budget - etape.reste - (etape.cout if etape.retenu else 0)
    total = max(budget, depense + etape.cout)
    return {
        "depense": pourcent(depense, total),
        "projet": pourcent(etape.cout, total),
        "limite": pourcent(budget, total),
        "retenu": etape.retenu,
    }


def pourcent(valeur: int | Fraction, total: int | Fraction) -> float:
    """To a hundredth, from 0 to 100: what a drawing needs, never what decides."""
    return round(min(100.0, max(0.0, float(100 * Fraction(valeur) / Fraction(total)))), 2) if total else 0.0


def _ligne(etape: Etape, dit: Recit) -> dict[str, str] | None:
    if isinstance(etape, EtapeTour):
        return None
    voix = dit.compte(etape.score) if isinstance(etape, EtapeGlouton) else nombre(str(etape.soutiens))
    return {
        "nom": dit.noms.get(etape.projet) or etape.projet,
        "voix": voix,
        "cout": dit.montant(etape.cout),
        "decision": MOTIFS[etape.motif],
        "reste": dit.montant(etape.reste),
    }


def de_soutiens(resultat: Resultat) -> bool:
    """Whether the steps are those of equal shares: their numbers are supporters, not scores."""
    return any(isinstance(etape, EtapeParts) for etape in resultat.etapes)
