"""What the page of a chain says: its nodes fifty a page, its links, its money, a comparison of two dates."""

from datetime import date
from typing import Any

import msgspec

from domain.calendrier import PARIS, date_longue
from domain.law import REGLES
from domain.money import euros
from web.chaine.argent import sommes
from web.chaine.dossiers import adresse, chaine_de
from web.chaine.lecture import Chaine
from web.chaine.liens import groupes
from web.chaine.noeuds import Noeud, Place, noeuds, places
from web.pages import nombre
from web.regles.livre import book

PAR_PAGE = 50
MOTS_D_ETAT = {
    "fait": "Fait",
    "absente": "Pièce absente du journal",
    "a-venir": "À venir",
    "en-retard": "En retard",
    "retire": "Rectifié depuis",
}


def contexte(chaine: Chaine, au: str, number: int) -> dict[str, Any]:
    """The chain as of now, or of `au`."""
    found = places(chaine)
    pages = max(1, -(-len(found) // PAR_PAGE))
    at = min(number, pages)
    if at not in chaine.pages:
        shown = noeuds(chaine, found[PAR_PAGE * (at - 1) : PAR_PAGE * at])
        chaine.pages[at] = commun(chaine) | {"noeuds": [ecrit(node) for node in shown], "bilan": bilan(found)}
    base = chaine_de(chaine.reference)
    query = f"&au={au}" if au else ""
    return chaine.pages[at] | {
        "page": at,
        "pages": pages,
        "precedent": f"{base}?p={at - 1}{query}" if at > 1 else "",
        "suivant": f"{base}?p={at + 1}{query}" if at < pages else "",
        "quand": quand(chaine.au),
        "precision": "état enregistré" if isinstance(chaine.au, int) else "à la fin de ce jour",
    }


def resume(chaine: Chaine) -> dict[str, Any]:
    """The first nodes, for the page of the dossier itself."""
    whole = contexte(chaine, "", 1)
    return {name: whole[name] for name in ("noeuds", "bilan", "pages", "groupes")}


def commun(chaine: Chaine) -> dict[str, Any]:
    """What both pages say of the dossier."""
    money = [{"nom": nom, "valeur": euros(cents)} for nom, cents in sommes(chaine)]
    base = chaine_de(chaine.reference)
    return {
        "titre": f"{chaine.titre} – la chaîne de {chaine.reference}",
        "intitule": chaine.titre,
        "reference": chaine.reference,
        "genre": chaine.serie.genre,
        "fil": [
            {"href": "/", "label": "Accueil"},
            {"href": "/recherche", "label": "Chercher"},
            {"href": base, "label": chaine.reference},
        ],
        "base": base,
        "dossier": adresse(chaine.reference),
        "groupes": groupes(chaine),
        "argent": money,
        "atom": f"{base}.atom",
    }


def bilan(found: list[Place]) -> str:
    """« 15 actes, du 1er janvier 2016 au 8 novembre 2017. 2 pièces absentes. »"""
    days = [place.fait.le for place in found if place.fait]
    holes = sum(place.etat == "absente" for place in found)
    late = sum(place.etat == "en-retard" for place in found)
    acts = f"{nombre(len(days))} acte{'s' if len(days) > 1 else ''}"
    span = f", du {date_longue(min(days))} au {date_longue(max(days))}" if len(set(days)) > 1 else ""
    absent = f" {holes} pièce{'s' if holes > 1 else ''} absente{'s' if holes > 1 else ''} du journal." if holes else ""
    return f"{acts}{span}.{absent}{f' {late} en retard.' if late else ''}"


def ecrit(node: Noeud) -> dict[str, Any]:
    """A node with its dates written out and its rule's own words."""
    rules = dict.fromkeys((node.regle_du_delai, node.regle))
    return msgspec.structs.asdict(node) | {
        "mot": MOTS_D_ETAT[node.etat],
        "numero": nombre(node.acte) if node.acte else "",
        "enregistre": date_longue(node.enregistre_le.astimezone(PARIS)) if node.enregistre_le else "",
        "regles": [told for one in rules if (told := regle(one))],
        "href": chaine_de(node.dossier) if node.dossier else "",
    }


def regle(identifiant: str | None) -> dict[str, str] | None:
    """What « Pourquoi ? » unfolds."""
    if identifiant is None:
        return None
    rule = REGLES.get(identifiant) or book().get(identifiant)
    if rule is None:
        return {"id": identifiant, "titre": "La règle de cet acte", "texte": "", "source": ""}
    return {"id": rule.id, "titre": rule.titre, "texte": rule.texte, "source": rule.source}


def comparaison(avant: Chaine | None, apres: Chaine, dates: tuple[str, str]) -> dict[str, Any]:
    """The chain at two dates: what was added, what is no longer there. `avant` is None before the first act."""
    before = {place.cle: (avant, place) for place in places(avant)} if avant else {}
    after = {place.cle: (apres, place) for place in places(apres)}
    every = sorted({**before, **after}.items(), key=lambda item: item[1][1].ordre)
    told = []
    for key, (chaine, place) in every:
        sorte = "pareil" if key in before and key in after else "ajout" if key in after else "retrait"
        [node] = noeuds(chaine, [place]) if chaine else []
        told.append(ecrit(node) | {"sorte": sorte})
    counts = {sorte: sum(one["sorte"] == sorte for one in told) for sorte in ("pareil", "ajout", "retrait")}
    return commun(apres) | {"compares": told, "comptes": counts, "dates": dates}


def quand(au: int | date | None) -> str:
    """« le 15 mars 2021 », « à l’acte n° 1842 », or nothing."""
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n° {au}"
