"""The words of a link, from each of its ends."""

from typing import Any

from domain.calendrier import date_longue
from web.chaine.dossiers import chaine_de, genre
from web.chaine.lecture import Chaine, Voisin

# nature: what it is for the later dossier, what it is for the earlier one.
NATURES = {
    "avis_demande": ("L’avis demandé", "Le projet soumis à cet avis"),
    "avis_exige": ("L’avis exigé avant le vote", "La délibération qui attend cet avis"),
    "dossier": ("Le dossier d’origine", "La délibération qui en vient"),
    "vote": ("Le budget du collège", "Le vote des élèves"),
    "allocation": ("Le budget financé", "La délibération qui vote la somme"),
    "credits": ("La délibération qui ouvre les crédits", "Les crédits ouverts"),
    "partage": ("La délibération qui adopte le partage", "Les crédits partagés"),
    "finance": ("L’enveloppe qui la paie", "L’opération payée"),
    "decision": ("La décision", "L’opération décidée"),
    "origine": ("À l’origine", "L’opération qui en vient"),
    "remplacement": ("Ce qu’elle remplace", "Ce qui la remplace"),
    "seance": ("À l’ordre du jour", "La séance"),
    "presentation": ("Avis présenté", "La séance où l’avis est présenté"),
    "vient_de": ("Vient de", "A conduit à"),
    "a_conduit_a": ("Vient de", "A conduit à"),
    "ouvre_les_credits_de": ("La délibération qui ouvre les crédits", "Les crédits ouverts"),
    "cite": ("Cité ici", "Cité par"),
    "remplace": ("Ce qu’il remplace", "Ce qui le remplace"),
}
SENS = {
    "amont": "Ce qui a conduit ici",
    "aval": "Ce qui en est venu",
    "seance": "En séance",
}


def groupes(chaine: Chaine) -> list[dict[str, Any]]:
    """The linked dossiers: before, after, in which meeting. Direct links first."""
    found = []
    for sens, titre in SENS.items():
        links = sorted((v for v in chaine.voisins if v.sens == sens), key=lambda v: (not v.direct, v.position))
        if links:
            found.append({"sens": sens, "titre": titre, "liens": [lien(v) for v in links]})
    return found


def lien(voisin: Voisin) -> dict[str, Any]:
    """One link, as the page says it."""
    later, earlier = NATURES[voisin.nature]
    return {
        "reference": voisin.reference,
        "genre": genre(voisin.reference),
        "titre": voisin.titre or f"{genre(voisin.reference)} {voisin.reference}",
        "nature": (later if voisin.sens == "amont" else earlier) if voisin.direct else "Plus loin",
        "href": chaine_de(voisin.reference) if voisin.connu else "",
        "date": date_longue(voisin.le) if voisin.le and voisin.sens != "seance" else "",
        "connu": voisin.connu,
    }
