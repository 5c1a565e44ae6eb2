"""Identifiers that people read, type and dictate: references of dossiers, follow-up codes in four words.

Randomness is given by the caller; a code is kept as its HMAC only.
"""

import difflib
import hmac
import re
import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from domain.errors import RegleViolee
from domain.law import Exemple, Regle, publish

MOTS_DU_CODE = 4
OCTETS_DU_CODE = 6  # 44 bits are used: 4 words out of 2,048
_SEPARATEUR = " · "

REFERENCES = publish(
    Regle(
        id="references-2026",
        titre="Le numéro d'un dossier",
        texte="Un numéro dit de quelle suite il est, de quelle année, et son rang dans l'année : GEPI-2026-0087. "
        "Il n'est donné qu'une fois, même si le dossier est retiré.",
        source="choix du projet",
        du=date(2026, 1, 1),
        exemples=(
            Exemple(donne={"texte": "gepi 2026 87"}, attendu="GEPI-2026-0087", phrase="Tapé vite, il est compris."),
            Exemple(donne={"texte": "2026-0087"}, attendu=None, phrase="Sans la suite, ce n'est pas un numéro."),
        ),
    )
)

CODE_EN_MOTS = publish(
    Regle(
        id="code-en-mots-2026",
        titre="Un code en quatre mots",
        texte="Le code de suivi est fait de quatre mots tirés au hasard parmi 2 048. Les majuscules, les accents et "
        "la façon de séparer les mots ne comptent pas. Nous n'en gardons qu'une empreinte : nous ne pouvons pas le "
        "retrouver pour vous.",
        source="choix du projet",
        du=date(2026, 1, 1),
        parametres={"mots": MOTS_DU_CODE, "liste": 2_048},
        exemples=(
            Exemple(
                donne={"texte": "Tasse · RIVIÈRE-marché, lundi"},
                attendu="tasse-riviere-marche-lundi",
                phrase="Les accents et les séparations sont libres.",
            ),
            Exemple(donne={"texte": "tasse rivière marché"}, attendu="CodeIncomplet", phrase="Il manque un mot."),
        ),
    )
)


class CodeIncomplet(RegleViolee):
    fondement = CODE_EN_MOTS
    conseil = "Recopiez les quatre mots de votre reçu, dans l'ordre."


class MotInconnu(RegleViolee):
    fondement = CODE_EN_MOTS
    conseil = "Vérifiez ce mot sur votre reçu, puis recommencez."


class Reference(msgspec.Struct, frozen=True, order=True):
    """A dossier's number, in three parts."""

    suite: str
    annee: int
    rang: int

    def __str__(self) -> str:
        return f"{self.suite}-{self.annee}-{self.rang:04d}"


_REFERENCE = re.compile(r"([A-Z]{2,8})[\s\-_./]*(20[0-9]{2})[\s\-_./]+0*([1-9][0-9]{0,8})")
_NUMERO = re.compile(r"[0-9]{4}-[0-9]{4,6}|[0-9]{9}-[0-9A-Za-z_]{1,40}")
_EXACTE = re.compile(r"[A-Z]{2,8}-20[0-9]{2}-(?:[0-9]{4}|[1-9][0-9]{4,8})")


def suite_annuelle(suite: str, annee: int) -> str:
    """The series that numbers the dossiers of a year: `GEPI-2026`."""
    return f"{suite}-{annee}"


def lire_reference(texte: str) -> Reference | None:
    """The number that somebody typed or pasted, or None. Case, dashes, spaces and leading zeros are free."""
    found = _REFERENCE.fullmatch(unicodedata.normalize("NFKC", texte).strip().upper().replace("–", "-"))
    return Reference(found[1], int(found[2]), int(found[3])) if found else None


def est_reference(texte: str) -> bool:
    """Whether this is a number exactly as the register writes it."""
    return _EXACTE.fullmatch(texte) is not None and not texte.endswith("-0000")


def est_numero(texte: str) -> bool:
    """Whether this is a deliberation's number as the register writes it: `2017-2275`, or a SIREN and its number."""
    return _NUMERO.fullmatch(texte) is not None


@lru_cache(maxsize=1)
def liste_de_mots() -> tuple[str, ...]:
    """The 2,048 words, with their accents, in order."""
    return tuple(Path(__file__).with_name("mots.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _connus() -> dict[str, str]:
    return {sans_accent(mot): mot for mot in liste_de_mots()}


def sans_accent(texte: str) -> str:
    """Lower case, ASCII where accents were all that kept it from being so."""
    if texte.isascii():
        return texte.lower()
    bare = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def mots(hasard: bytes) -> list[str]:
    """Four words from six random bytes. Raises ValueError on another number of bytes."""
    if len(hasard) != OCTETS_DU_CODE:
        raise ValueError(f"{OCTETS_DU_CODE} random bytes are needed")
    drawn, liste = int.from_bytes(hasard), liste_de_mots()
    return [liste[drawn >> 11 * place & 2_047] for place in range(MOTS_DU_CODE)]


@lru_cache(maxsize=1)
def _nus() -> dict[str, str]:
    return {mot: nu for nu, mot in _connus().items()}


def code_normal(code: list[str]) -> str:
    """What `normalise_code` makes of these words, which are ours."""
    return "-".join(_nus()[mot] for mot in code)


def affiche_code(code: list[str]) -> str:
    """« tasse · rivière · marché · lundi »."""
    return _SEPARATEUR.join(code)


def normalise_code(texte: str) -> str:
    """The words of a code, without accents or capitals, joined by dashes; whatever is no letter separates them."""
    return "-".join(re.findall("[a-z]+", sans_accent(texte)))


def lire_code(texte: str, champ: str = "code") -> str:
    """The normal form of a typed code. Raises CodeIncomplet or MotInconnu, before any attempt is counted."""
    code = normalise_code(texte)
    typed = code.split("-") if code else []
    for mot in typed[:MOTS_DU_CODE]:
        if mot not in _connus():
            close = [_connus()[near] for near in difflib.get_close_matches(mot, _connus(), n=1)]
            hint = f" Est-ce « {close[0]} » ?" if close else ""
            raise MotInconnu(f"« {mot[:20]} » n'est pas un mot de nos codes.{hint}", field=champ)
    if len(typed) != MOTS_DU_CODE:
        raise CodeIncomplet(f"Le code a quatre mots ; vous en avez écrit {len(typed)}.", field=champ)
    return code


def code_hmac(code: str, secret: bytes) -> str:
    """HMAC-SHA256 of a code, 64 hexadecimal digits: all that is ever kept of it."""
    return hmac.digest(secret, b"registre/code/1\0" + normalise_code(code).encode(), "sha256").hex()
