"""Codes of slips: 12 signs, the last one a checksum. The register and the urn keep an HMAC only.

No name, class or number is in a code: pupils draw their slip from a bag.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import date
from itertools import count
from typing import Final

from domain.errors import RegleViolee
from domain.law import Exemple, Regle, publish

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U
SIGNES: Final = 12
GROUPE: Final = 4
OCTETS: Final = 16
_BASE: Final = len(ALPHABET)
_CORPS: Final = SIGNES - 1
_CONFONDUES: Final = ("2Z", "Z2")  # the one exchange of neighbours that the checksum misses: no code has it
_TIRETS = re.compile(r"[\s\-_./·•‐‑‒–—]+")

BILLETS = publish(
    Regle(
        id="billets-de-vote-2026",
        titre="Le billet et son code",
        texte="Un billet de vote porte un code de 12 signes, tiré au hasard. Le dernier signe contrôle les autres : "
        "une erreur de copie se voit avant tout essai. Il n'y a jamais de O, de zéro, de I, de 1, de L ni de U. "
        "Le billet ne dit pas qui le tient.",
        source="choix du projet",
        du=date(2026, 1, 1),
        parametres={"signes": SIGNES, "alphabet": ALPHABET},
        exemples=(
            Exemple(donne={"texte": "k7mf 3qwt 9pxq"}, attendu="K7MF3QWT9PXQ", phrase="Tapé vite, il est compris."),
            Exemple(donne={"texte": "K7MF-3QWT-9PXB"}, attendu="CodeMalCopie", phrase="Le dernier signe est faux."),
            Exemple(donne={"texte": "K7MF-3QTW-9PXQ"}, attendu="CodeMalCopie", phrase="Deux signes sont inversés."),
            Exemple(donne={"texte": "K7MF-3QWT"}, attendu="CodeMalCopie", phrase="Il manque quatre signes."),
        ),
    )
)


class CodeMalCopie(RegleViolee):
    fondement = BILLETS
    conseil = "Compare chaque signe avec ton billet, puis recommence."


def affiche_code(code: str) -> str:
    """`K7MF-3QWT-9PXQ`: groups of four."""
    return "-".join(code[place : place + GROUPE] for place in range(0, len(code), GROUPE))


def lire_code(texte: str, champ: str = "code") -> str:
    """The 12 signs of a typed or pasted code. Case, spaces and dashes are free. Raises CodeMalCopie."""
    signes = _TIRETS.sub("", unicodedata.normalize("NFKC", texte)).upper()
    if not signes:
        raise CodeMalCopie("Écris le code de ton billet : 12 signes.", field=champ)
    if len(signes) != SIGNES or set(signes) - set(ALPHABET) or _controle(signes[:_CORPS]) != signes[_CORPS]:
        said = affiche_code("".join(sign for sign in signes[: SIGNES + GROUPE] if sign.isalnum()))
        raise CodeMalCopie(
            f"Il y a une erreur de copie dans le code. Relis-le en entier : {said}. (Il n'y a jamais de O ni de zéro.)",
            field=champ,
        )
    return signes


def code(hasard: bytes) -> str:
    """The 12 signs that these 16 random bytes make. Raises ValueError on another number of bytes."""
    if len(hasard) != OCTETS:
        raise ValueError(f"{OCTETS} random bytes are needed")
    for essai in count():
        drawn, corps = int.from_bytes(hashlib.sha256(hasard + bytes([essai])).digest()), ""
        for _ in range(_CORPS):
            drawn, rang = divmod(drawn, _BASE)
            corps += ALPHABET[rang]
        signes = corps + _controle(corps)
        if not any(paire in signes for paire in _CONFONDUES):
            return signes
    raise AssertionError  # the loop above has no end but this return


def _controle(corps: str) -> str:
    """Luhn mod 30: catches one wrong sign, and two neighbours exchanged (but 2 and Z)."""
    somme, facteur = 0, 2
    for signe in reversed(corps):
        produit = facteur * ALPHABET.index(signe)
        somme += produit // _BASE + produit % _BASE
        facteur = 3 - facteur
    return ALPHABET[-somme % _BASE]


def empreinte_code(code: str, k_scrutin: bytes) -> bytes:
    """The credential of a slip: HMAC-SHA256 of its 12 signs, 32 bytes."""
    return hmac.new(k_scrutin, b"registre/billet/1\0" + code.encode(), hashlib.sha256).digest()
