"""Exact numbers in and out of text. No float anywhere."""

import re
from fractions import Fraction
from typing import Final

# R writes 1e+05 for 100000; some files use the decimal comma.
FORME: Final = re.compile(r"\s*([+-]?)([0-9]+)(?:[.,]([0-9]*))?(?:[eE]\+?([0-9]{1,2}))?\s*")
CHIFFRES_MAX: Final = 40


def lire_nombre(texte: str) -> Fraction:
    """The exact value of a decimal number; ValueError on anything else (words, NaN, too many digits)."""
    if len(texte) < CHIFFRES_MAX and texte.isascii() and texte.isdigit():
        return Fraction(int(texte))
    forme = FORME.fullmatch(texte)
    if forme is None or len(texte) > CHIFFRES_MAX:
        raise ValueError(texte)
    signe, entier, decimales, exposant = forme.groups(default="")
    valeur = Fraction(int(entier + decimales) * 10 ** int(exposant or 0), 10 ** len(decimales))
    return -valeur if signe == "-" else valeur


def decimales(valeur: Fraction) -> int:
    """Number of digits after the point of an exact decimal."""
    rang = 0
    while valeur.denominator != 1:
        valeur, rang = valeur * 10, rang + 1
    return rang


def decimal(montant: int, unite: int = 1) -> str:
    """`montant / unite` as an exact decimal string without useless zeros; `unite` is a power of ten."""
    valeur = Fraction(montant, unite)
    rang = decimales(valeur)
    chiffres = str(abs(int(valeur * 10**rang))).rjust(rang + 1, "0")
    texte = chiffres if rang == 0 else f"{chiffres[:-rang]}.{chiffres[-rang:]}"
    return f"-{texte}" if valeur < 0 else texte


def fraction(valeur: Fraction) -> str:
    """`a/b`, or `a`, in base 10; in base 16 (0x…) past the digits that Python agrees to print."""
    if max(valeur.numerator.bit_length(), valeur.denominator.bit_length()) > 10_000:
        return f"{valeur.numerator:#x}/{valeur.denominator:#x}"
    return str(valeur)


def arrondi(valeur: Fraction, chiffres: int = 6) -> str:
    """To so many significant digits, half away from zero, for people; the exact value stands beside it."""
    if valeur == 0:
        return "0"
    rang = 0
    while abs(valeur) * 10**rang < 10 ** (chiffres - 1):
        rang += 1
    echelle = 10**rang
    entier = (abs(valeur.numerator) * echelle * 2 + valeur.denominator) // (2 * valeur.denominator)
    texte = decimal(entier, echelle)
    return f"-{texte}" if valeur < 0 else texte
