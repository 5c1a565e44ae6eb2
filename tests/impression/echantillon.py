"""What the printables are given in tests: a collège, nine projects, slips."""

from typing import Any

TITRES = (
    *("Des bancs sous les arbres", "Une fontaine à eau", "Un garage à vélos", "Un coin lecture"),
    *("Des paniers de basket", "Un potager", "Une sono pour le foyer", "Des casiers", "Une table de ping-pong"),
)
PROJETS: list[dict[str, str]] = [
    {
        "titre": titre,
        "prix": "6\u00a0000\u00a0€",
        "phrase": "Pour s’asseoir à l’ombre pendant la récréation.",
        "comparaison": "Le prix de 12 bancs.",
        "voix": "152 voix",
        "resultat": "Retenu",
    }
    for titre in TITRES
]
SIGNES = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def donnees(essai: bool = False, **others: Any) -> dict[str, Any]:
    """Everything that any template asks."""
    return {
        "essai": essai,
        "college": "Collège des Deux-Rives",
        "titre": "Budget participatif 2026-2027",
        "reference": "SC-2026-0001",
        "dates": "Vote du lundi 8 mars 2027 à 8 h au vendredi 12 mars 2027 à 17 h.",
        "adresse": "registre.example/vote",
        "qr": "https://registre.example/c/college-des-deux-rives",
        "question": "40\u00a0000\u00a0€ pour améliorer ton collège.",
        "projets": PROJETS,
        "regles": ["Chaque élève a un billet et vote une seule fois.", "Personne ne sait qui a choisi quoi."],
        "participation": "412 élèves ont voté, sur 540.",
        "gagnants": PROJETS[:3],
        "autres": PROJETS[3:],
        "total": "En tout\u00a0: 18\u00a0000\u00a0€ sur 40\u00a0000\u00a0€.",
        "reclamation": "Une réclamation ? Jusqu’au lundi 29 mars 2027.",
        "groupes": [{"nom": "6e A", "remis": "28", "rendus": "2"}],
        **others,
    }


def codes(n: int) -> list[str]:
    """n different codes of twelve signs."""
    base = len(SIGNES)
    return ["".join(SIGNES[(7 * k + k // base**i + 11 * i) % base] for i in range(12)) for k in range(1, n + 1)]


def billets(n: int, essai: bool = False, site: str = "https://registre.example") -> dict[str, Any]:
    """n slips."""
    made = [{"code": f"{c[:4]}-{c[4:8]}-{c[8:]}", "qr": f"{site}/v/{c}"} for c in codes(n)]
    return donnees(essai, billets=made)
