"""Texts that people type: cleaned the same way everywhere, kept as they were written, refused when empty or too long.

Markup and emoji are text like any other; pages escape what they show.
"""

import unicodedata
from datetime import date

from domain.errors import RegleViolee
from domain.law import Exemple, Regle, publish

SIGNES_PROPOSITION = 5_000
SIGNES_MOTIF = 3_000
SIGNES_TITRE = 120
SIGNES_LIGNE = 200

_LINES = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
# Marks that reorder what follows would show a text that nobody wrote.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")

TEXTES = publish(
    Regle(
        id="textes-2026",
        titre="Écrire avec ses mots",
        texte="Chacun écrit avec ses mots. Les fautes ne comptent pas. Un texte n'est refusé que s'il est vide "
        "ou trop long ; rien n'y est corrigé ni traduit.",
        source="choix du projet",
        du=date(2026, 1, 1),
        parametres={
            "proposition_signes": SIGNES_PROPOSITION,
            "motif_signes": SIGNES_MOTIF,
            "titre_signes": SIGNES_TITRE,
            "ligne_signes": SIGNES_LIGNE,
        },
        exemples=(
            Exemple(
                donne={"texte": "  Un banc devant la mairie\r\n"},
                attendu="Un banc devant la mairie",
                phrase="Les espaces de trop au début et à la fin disparaissent.",
            ),
            Exemple(donne={"texte": "   "}, attendu="TexteVide", phrase="Un message vide est refusé."),
        ),
    )
)


class TexteVide(RegleViolee):
    fondement = TEXTES
    conseil = "Écrivez quelques mots, puis recommencez."


class TexteTropLong(RegleViolee):
    fondement = TEXTES
    conseil = "Raccourcissez votre texte, ou faites deux envois."


def propre(texte: str | None, max_signes: int, champ: str, nom: str = "Le message") -> str:
    """The text in NFC, lines ended by LF, without control characters or outer space.

    `champ` is the field's name in the form, `nom` what people call it. Raises TexteVide, TexteTropLong.
    """
    found = nettoye(texte or "")
    if not any(_is_seen(sign) for sign in found):
        raise TexteVide(f"{nom} est vide : écrivez au moins quelques mots.", field=champ)
    if len(found) > max_signes:
        signs = f"{_nombre(len(found))} signes, pour {_nombre(max_signes)} au plus"
        raise TexteTropLong(f"{nom} est trop long : {signs}.", field=champ)
    return found


def ligne(texte: str | None, champ: str, nom: str, max_signes: int = SIGNES_LIGNE) -> str:
    """The same, on one line: any run of spaces and line ends is one space."""
    return propre(" ".join(nettoye(texte or "").split()), max_signes, champ, nom)


def ligne_ou_rien(texte: str | None, champ: str, nom: str, max_signes: int = SIGNES_LIGNE) -> str | None:
    """The same, for what may be left empty."""
    return ligne(texte, champ, nom, max_signes) if nettoye(texte or "") else None


def nettoye(texte: str) -> str:
    """NFC, LF, no control character but newline and tab, no lone surrogate, no reordering mark, no outer space."""
    if texte.isascii() and texte.isprintable():
        return texte.strip()
    if not texte.isprintable():  # most lines are: nothing to look for, sign by sign
        lines = texte.replace("\r\n", "\n").translate(_LINES)
        texte = "".join(sign for sign in lines if sign in "\n\t" or _is_kept(sign))
    return unicodedata.normalize("NFC", texte).strip()


def _is_kept(sign: str) -> bool:
    code = ord(sign)
    nobody = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # Unicode's noncharacters
    return not (nobody or sign in _REORDERING or unicodedata.category(sign) in ("Cc", "Cs"))


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS"


def _nombre(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
