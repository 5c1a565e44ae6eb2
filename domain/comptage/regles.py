"""The rules by their name in the register, their parameters, and the count itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from domain.comptage.completion import Croissance, Suivre, part_initiale, parts_egales_add1
from domain.comptage.election import Election
from domain.comptage.glouton import Reglage, glouton
from domain.comptage.nombres import decimal, decimales, lire_nombre
from domain.comptage.parts_egales import parts_egales
from domain.comptage.profil import Profil, profil
from domain.comptage.trace import Etape

SCORES: Final = ("votes", "points")
DEPARTS: Final = ("exact", "entier")
ARRETS: Final = ("exhaustif", "depassement")

# Rule -> parameters it takes; those in OBLIGATOIRES have no default: each changes who wins.
REGLES: Final[dict[str, tuple[str, ...]]] = {
    "glouton": ("score",),
    "glouton_arret": ("score",),
    "glouton_seuil": ("score", "seuil"),
    "glouton_par_euro": ("score",),
    "parts_egales": (),
    "parts_egales_glouton": ("score",),
    "parts_egales_add1": ("depart", "arret", "pas"),
    "parts_egales_add1_glouton": ("depart", "arret", "pas", "score"),
}
OBLIGATOIRES: Final = ("seuil", "depart", "arret", "pas")


class ParametreInvalide(ValueError):
    """Unknown rule, or a parameter missing, unknown or out of its values; the message is French."""


@dataclass(frozen=True, slots=True)
class Parametres:
    """What a rule needs, each value explicit. `seuil` in score, `pas` in units of the file."""

    score: str = "votes"
    seuil: Fraction | None = None
    depart: str = "exact"
    arret: str = "exhaustif"
    pas: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Resultat:
    """Winners in the order of selection, their total cost (smallest unit) and the steps that lead there."""

    regle: str
    parametres: Parametres
    gagnants: tuple[str, ...]
    cout_total: int
    unite: int
    etapes: tuple[Etape, ...]

    def parametres_utiles(self) -> dict[str, Any]:
        """The parameters that this rule takes, numbers as numbers when they are whole."""
        return {nom: _donnee(getattr(self.parametres, nom)) for nom in REGLES[self.regle]}


def _donnee(valeur: str | Fraction | None) -> str | int | None:
    if not isinstance(valeur, Fraction):
        return valeur
    return int(valeur) if valeur.denominator == 1 else decimal(int(valeur * 10 ** (r := decimales(valeur))), 10**r)


def score_par_defaut(type_vote: str) -> str:
    """Votes for approvals and single choices, points for points and ranks."""
    return "votes" if type_vote in ("approval", "choose-1") else "points"


def lire_parametres(
    regle: str, donnes: Mapping[str, str], type_vote: str, defauts: Mapping[str, str] | None = None
) -> Parametres:
    """The parameters of a rule from text; `defauts` are those that the caller allows to be left out."""
    if regle not in REGLES:
        raise ParametreInvalide(f"règle inconnue : « {regle} » (règles : {', '.join(REGLES)})")
    admis = REGLES[regle]
    for nom in donnes:
        if nom not in admis:
            connus = ", ".join(admis) or "aucun"
            raise ParametreInvalide(f"paramètre sans objet pour {regle} : « {nom} » (admis : {connus})")
    valeurs = {"score": score_par_defaut(type_vote), **(defauts or {}), **donnes}
    for nom in admis:
        if nom in OBLIGATOIRES and nom not in valeurs:
            raise ParametreInvalide(f"paramètre manquant pour {regle} : {nom}={_attendu(nom)}")
    utiles = {nom: valeurs[nom] for nom in admis}
    return Parametres(
        score=_parmi("score", utiles.get("score", valeurs["score"]), SCORES),
        seuil=_nombre("seuil", utiles["seuil"]) if "seuil" in utiles else None,
        depart=_parmi("depart", utiles.get("depart", "exact"), DEPARTS),
        arret=_parmi("arret", utiles.get("arret", "exhaustif"), ARRETS),
        pas=_nombre("pas", utiles["pas"]) if "pas" in utiles else Fraction(1),
    )


def _attendu(nom: str) -> str:
    return {"depart": "|".join(DEPARTS), "arret": "|".join(ARRETS)}.get(nom, "N")


def _parmi(nom: str, valeur: str, admises: tuple[str, ...]) -> str:
    if valeur not in admises:
        raise ParametreInvalide(f"{nom} vaut {' ou '.join(admises)}, pas « {valeur} »")
    return valeur


def _nombre(nom: str, texte: str) -> Fraction:
    try:
        valeur = lire_nombre(texte)
    except ValueError:
        raise ParametreInvalide(f"{nom} est un nombre, pas « {texte} »") from None
    if valeur < 0 or (nom == "pas" and not valeur):
        raise ParametreInvalide(f"{nom} est un nombre positif, pas « {texte} »")
    return valeur


def compter(election: Election, regle: str, parametres: Parametres, suivre: Suivre | None = None) -> Resultat:
    """Count an election under a rule. Same input in any order, same result; never over the budget."""
    vue = profil(election)
    choisis, etapes = _appliquer(vue, regle, parametres, suivre)
    return Resultat(
        regle=regle,
        parametres=parametres,
        gagnants=tuple(vue.projets[p].id for p in choisis),
        cout_total=sum(vue.projets[p].cout for p in choisis),
        unite=election.unite,
        etapes=tuple(etapes),
    )


def _appliquer(vue: Profil, regle: str, parametres: Parametres, suivre: Suivre | None) -> tuple[list[int], list[Etape]]:
    par_votes = parametres.score == "votes"
    choisis: list[int]
    etapes: list[Etape] = []
    match regle:
        case "glouton" | "glouton_arret" | "glouton_seuil" | "glouton_par_euro":
            seuil = parametres.seuil if regle == "glouton_seuil" else None
            reglage = Reglage(par_votes, seuil, regle == "glouton_arret", regle == "glouton_par_euro")
            choisis, examines = glouton(vue, reglage, vue.budget)
            return choisis, [*examines]
        case "parts_egales" | "parts_egales_glouton":
            choisis, payes = parts_egales(vue, part_initiale(vue, entier=False))
            etapes += payes
        case "parts_egales_add1" | "parts_egales_add1_glouton":
            entier, exhaustif = parametres.depart == "entier", parametres.arret == "exhaustif"
            choisis, tours = parts_egales_add1(vue, Croissance(entier, exhaustif, parametres.pas), suivre)
            etapes += tours
        case _:
            raise ParametreInvalide(f"règle inconnue : « {regle} »")
    if regle.endswith("_glouton"):
        reste = vue.budget - sum(vue.projets[p].cout for p in choisis)
        complement, examines = glouton(vue, Reglage(par_votes), reste, set(choisis))
        choisis, etapes = choisis + complement, [*etapes, *examines]
    return choisis, etapes
