"""Small elections that are really counted, so that each choice of the rules form shows what it does."""

from collections.abc import Mapping
from typing import Final

from domain.comptage.election import Bulletin, Election, Projet
from domain.comptage.regles import OBLIGATOIRES, REGLES, compter, lire_parametres, score_par_defaut
from web.pages import NBSP, nombre

BUDGET: Final = 10_000
SEUILS: Final = {"votes": "4", "points": "11"}  # six ballots cannot reach the threshold of a real vote
PROJETS: Final = (
    Projet("p1", 7_000, "Garage à vélos"),
    Projet("p2", 4_000, "Bancs"),
    Projet("p3", 3_000, "Fontaine"),
    Projet("p4", 2_000, "Coin lecture"),
)
# What six pupils like, best first: the same six whatever the ballot, cut to what it lets them say.
PREFERENCES: Final = (("p1", "p2"), ("p1", "p2"), ("p1", "p2"), ("p1", "p3"), ("p3", "p4", "p1"), ("p3", "p4", "p2"))
NOMS: Final = {projet.id: projet.nom for projet in PROJETS}
DEFAUTS: Final = {"depart": "exact", "arret": "exhaustif", "pas": "1", "seuil": "4"}


def bulletins(type_vote: str, choix_max: int) -> list[Bulletin]:
    """The six ballots, as this kind of ballot lets them be filled."""
    most = 1 if type_vote == "choose-1" else max(1, choix_max)
    cut = [choix[:most] for choix in PREFERENCES]
    if type_vote != "cumulative":
        return [Bulletin(choix) for choix in cut]
    return [Bulletin(choix, tuple(range(len(choix) + 1, 1, -1))) for choix in cut]


def election(type_vote: str, choix_max: int) -> Election:
    """The small election, in whole euros."""
    filled = bulletins(type_vote, choix_max)
    longest = max(len(bulletin.choix) for bulletin in filled)
    return Election(PROJETS, BUDGET, type_vote, tuple((bulletin, 1) for bulletin in filled), 1, longest)


def retenus(type_vote: str, choix_max: int, regle: str, donnes: Mapping[str, str]) -> str:
    """« Garage à vélos (7 000 €) et Fontaine (3 000 €) », as this rule really chooses. Raises ParametreInvalide."""
    said = {nom: valeur for nom, valeur in (DEFAUTS | dict(donnes)).items() if nom in REGLES[regle] and valeur}
    if "seuil" in said:
        said["seuil"] = SEUILS.get(said.get("score") or score_par_defaut(type_vote), "4")
    found = compter(election(type_vote, choix_max), regle, lire_parametres(regle, said, type_vote)).gagnants
    couts = {projet.id: projet.cout for projet in PROJETS}
    return enumere([f"{NOMS[p]} ({nombre(couts[p])}{NBSP}€)" for p in found]) or "aucun projet"


def comparaison(type_vote: str, choix_max: int, donnes: Mapping[str, str]) -> dict[str, str]:
    """What each rule chooses from the same six ballots; the parameters of the form where the rule takes them."""
    given = {nom: valeur for nom, valeur in donnes.items() if nom in (*OBLIGATOIRES, "score")}
    return {regle: retenus(type_vote, choix_max, regle, given) for regle in REGLES}


def lignes(type_vote: str, choix_max: int) -> list[str]:
    """The six ballots in words."""
    said = []
    for bulletin in bulletins(type_vote, choix_max):
        names = [NOMS[projet] for projet in bulletin.choix]
        if bulletin.points:
            names = [f"{name} {points} points" for name, points in zip(names, bulletin.points, strict=True)]
        elif type_vote == "ordinal":
            names = [f"{rang}. {name}" for rang, name in enumerate(names, start=1)]
        said.append(", ".join(names))
    return said


def enumere(mots: list[str]) -> str:
    """« a, b et c »."""
    return mots[0] if len(mots) == 1 else " et ".join(filter(None, (", ".join(mots[:-1]), *mots[-1:])))
