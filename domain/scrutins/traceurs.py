"""Trackers (« numéro de vérification »): four words out of 1,024, drawn for one ballot, never derived from a code."""

import difflib
import re
from datetime import date
from pathlib import Path
from typing import Final

from domain.errors import RegleViolee
from domain.identifiers import sans_accent
from domain.law import Exemple, Regle, publish

NOMBRE: Final = 4
OCTETS: Final = 5  # 40 bits, all used: four words out of 1,024
LISTE: Final = 1_024
# In order, 4 to 6 ASCII letters; two of them always differ by two signs at least, and never sound alike.
MOTS: Final = tuple(Path(__file__).with_name("mots.txt").read_text(encoding="ascii").split())
_CONNUS: Final = frozenset(MOTS)

NUMERO_DE_VERIFICATION = publish(
    Regle(
        id="numero-de-verification-2026",
        titre="Le numéro de vérification",
        texte="Chaque bulletin porte quatre mots tirés au hasard parmi 1 024. Après le dépouillement, ils permettent "
        "à l'élève de retrouver son bulletin dans la liste, donc ses choix : ils se gardent secrets. Un bulletin "
        "papier en reçoit aussi, pour que rien ne le distingue. Des mots portés par deux bulletins rendent ces "
        "bulletins nuls.",
        source="choix du projet",
        du=date(2026, 1, 1),
        parametres={"mots": NOMBRE, "liste": LISTE},
        exemples=(
            Exemple(donne={"texte": "Lynx · FOIN bleu, rameau"}, attendu="MotDeVerificationInconnu",
                    phrase="« rameau » n'est pas dans la liste."),
            Exemple(donne={"texte": "Lynx · BOIS bleu, tulipe"}, attendu="lynx-bois-bleu-tulipe",
                    phrase="Les séparations et les majuscules sont libres."),
            Exemple(donne={"texte": "lynx bois bleu"}, attendu="NumeroIncomplet", phrase="Il manque un mot."),
        ),
    )
)  # fmt: skip


class NumeroIncomplet(RegleViolee):
    fondement = NUMERO_DE_VERIFICATION
    conseil = "Recopie les quatre mots de ton talon, dans l'ordre."


class MotDeVerificationInconnu(RegleViolee):
    fondement = NUMERO_DE_VERIFICATION
    conseil = "Relis ce mot sur ton talon, puis recommence."


def traceur(hasard: bytes) -> str:
    """`lynx-bois-bleu-tulipe` from five random bytes. Raises ValueError on another number of bytes."""
    if len(hasard) != OCTETS:
        raise ValueError(f"{OCTETS} random bytes are needed")
    drawn = int.from_bytes(hasard)
    return "-".join(MOTS[drawn >> 10 * (NOMBRE - 1 - place) & 1_023] for place in range(NOMBRE))


def est_traceur(texte: str) -> bool:
    """Whether this is a tracker exactly as ballots carry it."""
    found = texte.split("-")
    return len(found) == NOMBRE and _CONNUS.issuperset(found)


def lire_traceur(texte: str, champ: str = "t") -> str:
    """The tracker that somebody typed. Raises NumeroIncomplet, MotDeVerificationInconnu."""
    found = re.findall("[a-z]+", sans_accent(texte))
    for mot in found[:NOMBRE]:
        if mot not in _CONNUS:
            close = difflib.get_close_matches(mot, MOTS, n=1)
            hint = f" Est-ce « {close[0]} » ?" if close else ""
            raise MotDeVerificationInconnu(f"« {mot[:20]} » n'est pas un mot de nos numéros.{hint}", field=champ)
    if len(found) != NOMBRE:
        raise NumeroIncomplet(f"Le numéro a quatre mots ; tu en as écrit {len(found)}.", field=champ)
    return "-".join(found)
