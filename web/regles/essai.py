"""Rules that compute: their examples executed now, and « Essayer », with one's own numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from domain.errors import RegleViolee
from domain.law import Regle
from domain.majorites import calculs
from domain.majorites.double import DoubleMajorite
from domain.majorites.entrees import Entree, Valeurs, lire
from domain.majorites.moteurs import MOTEURS, Moteur
from domain.texte import nettoye
from web.pages import nombre
from web.regles.livre import written

SIMPLE: dict[str, int | str] = {"base": "exprimes", "seuil": "majorite", "voix_preponderante": "oui"}
# Rules of the book that one of these also executes.
DU_LIVRE: dict[str, tuple[str, dict[str, int | str]]] = {
    "majorite-ctm-2021": ("majorite", SIMPLE | {"sans_majorite": "sans_avis"}),
    "majorite-conseil-cgct": ("majorite", SIMPLE | {"sans_majorite": "defavorable"}),
    "scrutin-public-cgct": ("scrutin_public", {"une_part_sur": 6}),
    "un-tiers-des-maires-2021": ("un_tiers", {"une_part_sur": 3}),
    "double-majorite-2021": (
        "double_majorite",
        {"base": "exprimes", "comparaison": ">=", "arrondissements_votent": "non"},
    ),
}
PAR_PARAMETRES = {
    "quorum-conseil-cgct": "quorum",
    "quorum-commission-permanente-cgct": "quorum",
    "quorum-urgence-sanitaire-2020": "quorum",
    "convocation-cgct": "convocation",
    "pouvoirs-cgct": "pouvoirs",
}


class Calcul(msgspec.Struct, frozen=True):
    """A rule that computes: which one, with which parameters."""

    moteur: Moteur
    parametres: dict[str, int | str]


def calcul_de(regle: Regle) -> Calcul | None:
    """How this rule of the book computes, or None."""
    if regle.id in DU_LIVRE:
        name, parametres = DU_LIVRE[regle.id]
        return Calcul(MOTEURS[name], parametres)
    if name := PAR_PARAMETRES.get(regle.id, ""):
        known = {entree.nom for entree in MOTEURS[name].parametres}
        return Calcul(MOTEURS[name], {nom: v for nom, v in regle.parametres.items() if nom in known})
    return None


def mots(entrees: Sequence[Entree], valeurs: Valeurs) -> list[tuple[str, str]]:
    """These values in words, with their labels."""
    return [(e.label, _mot(e, valeurs[e.nom])) for e in entrees if e.nom in valeurs]


def _mot(entree: Entree, valeur: int | str) -> str:
    return entree.options.get(str(valeur), written(valeur))


class Essai(msgspec.Struct):
    """« Essayer »: what was typed, what is wrong with it, what the rule answers."""

    champs: list[dict[str, Any]]
    status: int = 200
    phrase: str = ""
    reponse: str = ""
    erreur: str = ""
    barres: dict[str, Any] | None = None


def essayer(calcul: Calcul, typed: Mapping[str, str]) -> Essai:
    """The form, filled; with an answer when something was typed."""
    asked = [entree for entree in calcul.moteur.donnees if entree.nom in typed]
    wrong: dict[str, str] = {}
    given: dict[str, int | str] = {}
    for entree in calcul.moteur.donnees:
        try:
            given[entree.nom] = lue(entree, typed.get(entree.nom, ""))
        except ValueError:
            wrong[entree.nom] = "Écrivez un nombre entier, en chiffres."
    found = Essai([])
    if asked and not wrong:
        try:
            answer = calcul.moteur.executer(calcul.parametres, given)
            found.phrase, found.reponse = answer.phrase, calcul.moteur.reponses[answer.valeur]
            found.barres = barres(calcul, given)
        except RegleViolee as refusal:
            found.erreur = str(refusal)
            wrong = {refusal.field: str(refusal)} if refusal.field else {}
    if asked and (wrong or found.erreur):
        found.status = 422
        found.erreur = found.erreur or next(iter(wrong.values()))
    found.champs = [champ(e, typed.get(e.nom), wrong.get(e.nom, "") if asked else "") for e in calcul.moteur.donnees]
    return found


def lue(entree: Entree, texte: str) -> int | str:
    """What was typed there. Raises ValueError on what is no number."""
    bare = "".join(texte.split())
    if not bare:
        if entree.defaut == "" and entree.sorte == "nombre":
            raise ValueError
        return entree.defaut
    if entree.sorte != "nombre":
        return texte.strip()[:40]
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 10):
        raise ValueError
    return int(bare)


def champ(entree: Entree, typed: str | None, erreur: str = "", prefixe: str = "") -> dict[str, Any]:
    """A field as `regles/champs.html` takes it."""
    return {
        "nom": f"{prefixe}{entree.nom}",
        "label": entree.label,
        "sorte": {"nombre": "text", "jour": "date", "choix": "select"}[entree.sorte],
        "choix": [{"valeur": valeur, "libelle": mot} for valeur, mot in entree.options.items()],
        "valeur": nettoye(typed)[:40] if typed is not None else str(entree.defaut),
        "erreur": erreur,
    }


def barres(calcul: Calcul, donne: Valeurs) -> dict[str, Any] | None:
    """The two bars of a double majority, or None for any other rule."""
    if calcul.moteur.id != "double_majorite":
        return None
    m = calcul.moteur
    return dessin(calculs.double(lire(m.parametres, calcul.parametres), lire(m.donnees, donne)))


def dessin(d: DoubleMajorite) -> dict[str, Any]:
    """A double majority as `components/majorites.html` draws it."""
    cast = d.maires if d.parametres.base == "tous" else d.maires_pour + d.maires_contre
    who = "Maires" if d.parametres.base == "tous" else "Maires qui votent"
    return {
        "phrase": d.phrase,
        "adoptee": d.adoptee,
        "lignes": [
            _barre(who, d.maires_pour, d.maires_contre, cast, d.maires_requis, d.des_maires),
            _barre("Population", d.population_pour, None, d.population, d.population_requise, d.de_la_population),
        ],
    }


def _barre(nom: str, pour: int, contre: int | None, total: int, requis: int, atteint: bool) -> dict[str, Any]:
    return {
        "nom": nom,
        "pour": nombre(pour),
        "contre": nombre(contre) if contre is not None else nombre(total - pour),
        "total": nombre(total),
        "requis": nombre(requis),
        "atteint": atteint,
        "largeur": _largeur(pour, total),
        "reste": _largeur(contre if contre is not None else total - pour, total),
    }


def _largeur(part: int, total: int) -> str:
    """A share in percent, to the hundredth, rounded down: a half is drawn on the line."""
    hundredths = part * 10_000 // total if total else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def exemples(calcul: Calcul, regle: Regle) -> list[dict[str, Any]]:
    """The examples of a rule that computes, executed now."""
    shown = []
    for exemple in regle.exemples:
        given = du_livre(calcul, exemple.donne)
        answer = calcul.moteur.executer(calcul.parametres, given)
        expected = attendu(exemple.attendu)
        shown.append({
            "phrase": exemple.phrase,
            "donne": mots(calcul.moteur.donnees, given),
            "calcul": answer.phrase,
            "reponse": calcul.moteur.reponses[answer.valeur],
            "juste": answer.valeur == expected,
            "barres": barres(calcul, given),
        })  # fmt: skip
    return shown


def attendu(valeur: Any) -> str:
    """The answer of a rule of the book, as rule-sets write it."""
    return {True: "oui", False: "non"}.get(valeur, str(valeur)) if isinstance(valeur, bool) else str(valeur)


def du_livre(calcul: Calcul, donne: Mapping[str, Any]) -> dict[str, int | str]:
    """What an example of the book gives, as rule-sets write it."""
    words: dict[Any, str] = {True: "oui", False: "non"}
    given = {nom: words[v] if isinstance(v, bool) else "absent" if v is None else v for nom, v in donne.items()}
    return given | {e.nom: e.defaut for e in calcul.moteur.donnees if e.nom not in given}
