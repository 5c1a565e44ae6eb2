"""Acronyms that pages explain: each is shown as an <abbr> with what it stands for."""

import re
from functools import lru_cache

from minijinja import escape, safe

SIGLES = {
    "CDI": "centre de documentation et d’information",
    "CNIL": "Commission nationale de l’informatique et des libertés",
    "CTM": "Conférence territoriale des maires",
    "CVC": "conseil de la vie collégienne",
    "DGCL": "Direction générale des collectivités locales",
    "FIC": "fonds d’initiative communale",
    "GEPI": "Groupe d’Évaluation et de Participation pour l’Inclusion",
    "INSEE": "Institut national de la statistique et des études économiques",
    "PROX": "actions de proximité",
    "RGPD": "Règlement général sur la protection des données",
    "SCDL": "Socle commun des données locales",
    "SIRET": "Système d’identification du répertoire des établissements",
    "SIREN": "Système d’identification du répertoire des entreprises",
    "UE": "Union européenne",
}
KNOWN = re.compile(rf"\b({'|'.join(SIGLES)})\b(?!-\d)")  # not in a number such as GEPI-2026-0087


@lru_cache(1024, typed=True)  # by type too: a text and the safe HTML of the same signs are equal
def sigles(text: str) -> str:
    """The text as safe HTML, its acronyms explained."""
    return safe(KNOWN.sub(lambda match: f'<abbr title="{SIGLES[match[1]]}">{match[1]}</abbr>', str(escape(text))))
