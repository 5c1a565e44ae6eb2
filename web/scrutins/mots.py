"""The words of a vote: what each choice of its rules means, in sentences for pupils and for the office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.money import euros_ronds
from domain.scrutins.events import DecisionReclamation, MotifAnnulation, ScrutinCree
from web.pages import NBSP, PARIS, date_longue

ADULTES: Final = (
    *("Direction", "Conseil d’éducation", "Professeur ou professeure", "Surveillance"),
    *("Autre adulte du collège", "Parent élu"),
)
MOTIFS: Final[dict[MotifAnnulation, str]] = {
    "perdu": "Perdus",
    "abime": "Abîmés",
    "doublon": "En trop",
    "autre": "Autre raison",
}
DECISIONS: Final[dict[DecisionReclamation, str]] = {
    "rejetee": "La réclamation est rejetée",
    "admise_sans_effet": "Elle est admise, et le résultat ne change pas",
    "scrutin_annule": "Elle est admise, et le vote est annulé",
}
TYPES: Final = {
    "approval": (
        "Choisir plusieurs projets",
        "Chacun coche ses projets préférés, sans ordre. C’est le plus simple. Peu de bulletins sont uniques.",
    ),
    "choose-1": (
        "Choisir un seul projet",
        "Chacun coche un projet. On connaît mal les seconds choix.",
    ),
    "ordinal": (
        "Classer des projets",
        "Chacun met ses projets en ordre. Le premier compte plus. Davantage de bulletins sont uniques.",
    ),
    "cumulative": (
        "Donner des points",
        "Chacun partage ses points. Presque tous les bulletins sont uniques : le secret est plus fragile.",
    ),
}
REGLES: Final = {
    "glouton": (
        "Par ordre de voix",
        "On prend le projet qui a le plus de voix. S’il est trop cher, on le passe et on essaie le suivant.",
    ),
    "glouton_arret": (
        "Par ordre de voix, arrêt au premier trop cher",
        "On prend les projets dans l’ordre. Au premier trop cher, on s’arrête. Il peut rester de l’argent.",
    ),
    "glouton_seuil": (
        "Par ordre de voix, avec un minimum",
        "Comme « par ordre de voix ». Un projet sous le minimum n’est jamais pris.",
    ),
    "glouton_par_euro": (
        "Par voix pour chaque euro",
        "Les projets peu chers passent devant. On en réalise plus, mais plus petits.",
    ),
    "parts_egales": (
        "Parts égales",
        "Chaque bulletin reçoit la même part d’argent. Ses projets sont payés avec. Il peut rester de l’argent.",
    ),
    "parts_egales_glouton": (
        "Parts égales, puis par ordre de voix",
        "Comme « parts égales ». Ce qui reste sert aux projets qui ont le plus de voix.",
    ),
    "parts_egales_add1": (
        "Parts égales agrandies",
        "Comme « parts égales ». Les parts grandissent pas à pas, tant que le total tient dans l’enveloppe.",
    ),
    "parts_egales_add1_glouton": (
        "Parts égales agrandies, puis par ordre de voix",
        "Les parts grandissent d’abord. Puis ce qui reste sert aux projets qui ont le plus de voix.",
    ),
}
SCORES: Final = {"votes": "Le nombre de voix", "points": "Les points, ou le rang"}
DEPARTS: Final = {"exact": "Au centime et au-delà, sans rien arrondir", "entier": "Arrondie en dessous"}
ARRETS: Final = {
    "exhaustif": "Dès que plus aucun projet n’entre dans l’enveloppe",
    "depassement": "Seulement quand l’étape suivante dépasserait l’enveloppe",
}
DEPARTAGE: Final = "À égalité, le moins cher passe devant. Puis celui qui a le plus de voix. Puis l’ordre de la liste."


def moment(at: datetime) -> str:
    """« lundi 8 mars 2027 à 8 h », minutes only when there are some."""
    local = at.astimezone(PARIS)
    minutes = f"{NBSP}{local.minute:02d}" if local.minute else ""
    return f"{date_longue(at)} à {local.hour}{NBSP}h{minutes}"


def fenetre(cree: ScrutinCree) -> str:
    """« Vote du lundi 8 mars 2027 à 8 h au vendredi 12 mars 2027 à 17 h. »"""
    return f"Vote du {moment(cree.ouvre_le)} au {moment(cree.ferme_le)}."


def consigne(cree: ScrutinCree) -> str:
    """What a pupil does: « Tu choisis jusqu’à 3 projets. »"""
    n = cree.choix_max
    match cree.type_vote:
        case "choose-1":
            return "Tu choisis un projet."
        case "ordinal":
            return f"Tu classes jusqu’à {n} projets."
        case "cumulative":
            return f"Tu partages {cree.points_max or 0} points, sur {n} projets au plus."
    return f"Tu choisis jusqu’à {n} projets."


def comptage(regle: str, parametres: Mapping[str, str | int], budget_cents: int) -> list[str]:
    """How winners are chosen, every parameter said, in short sentences."""
    name, effect = REGLES[regle]
    said = [f"Règle : {name.lower()}. {effect} L’enveloppe est de {euros_ronds(budget_cents)}."]
    if "score" in parametres:
        what = "leur nombre de voix" if parametres["score"] == "votes" else "leurs points"
        said.append(f"Les projets sont classés par {what}.")
    if "seuil" in parametres:
        said.append(f"Le minimum est de {parametres['seuil']}. Un projet qui l’atteint juste est pris.")
    if "depart" in parametres:
        start = "exacte" if parametres["depart"] == "exact" else "arrondie en dessous"
        said.append(f"La part de départ est {start}. Elle grandit de {parametres['pas']}{NBSP}€ à chaque pas.")
        ends = "plus aucun projet n’entre" if parametres["arret"] == "exhaustif" else "le pas suivant dépasserait"
        said.append(f"On arrête quand {ends} dans l’enveloppe.".replace("dépasserait dans", "dépasserait"))
    return said


def regles(cree: ScrutinCree) -> list[str]:
    """The whole rule of a scrutin in sentences: poster, minutes, pages. Said to pupils."""
    return [
        "Chaque élève a un billet, tiré au hasard. Il sert une seule fois.",
        "Personne ne sait qui a choisi quoi.",
        f"{consigne(cree)} Tu peux aussi voter blanc.",
        *comptage(cree.regle_comptage, cree.parametres, cree.budget_cents),
        DEPARTAGE,
        f"Moins de {cree.k_min} bulletins : seuls les totaux sont publiés.",
        f"Une réclamation peut être déposée pendant {cree.jours_reclamation} jours après la proclamation.",
    ]
