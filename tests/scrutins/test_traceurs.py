"""Trackers: a list that 12-year-olds can copy, and four words that are read back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scrutins.traceurs import (
    MOTS,
    OCTETS,
    MotDeVerificationInconnu,
    NumeroIncomplet,
    est_traceur,
    lire_traceur,
    traceur,
)

hasards = st.binary(min_size=OCTETS, max_size=OCTETS)
INTERDITS = {
    *("arme", "biere", "boche", "bombe", "cafard", "con", "cul", "diable", "enfer", "folle", "fusil", "gland", "gros"),
    *("idiot", "mort", "moule", "nazi", "nul", "obus", "pipe", "porc", "pute", "rat", "sang", "sexe", "singe", "slip"),
    *("tabac", "thon", "truie", "tueur", "vache", "vin", "virus"),
}
_SONS = (
    (r"eaux?|aux?", "o"), ("ph", "f"), ("qu", "k"), ("ch", "H"), ("gn", "N"), ("th", "t"), ("rh", "r"), ("ou", "U"),
    ("oi", "W"), (r"(ain|ein|aim|ym|yn|im|in|un|um)(?![aeiouyUWoh])", "1"), (r"(an|am|en|em)(?![aeiouyUWo])", "2"),
    (r"(on|om)(?![aeiouyUWo])", "3"), (r"ai|ei|et$|er$|ez$", "e"), (r"c(?=[eiy])", "s"), ("[cq]", "k"),
    (r"g(?=[eiy])", "j"), ("y", "i"), ("h", ""), ("[zx]", "s"), ("w", "v"), ("H", "C"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def son(mot: str) -> str:
    """What is heard, more or less."""
    for wanted, heard in _SONS:
        mot = re.sub(wanted, heard, mot)
    return re.sub("[esxtdp]+$", "", mot) if len(mot) > 3 else re.sub("[esxtdp]$", "", mot)


def voisins(mot: str) -> set[str]:
    """The word with one sign left out, at each place: two words that share one differ by a sign at most, or nearly."""
    return {mot[:place] + "." + mot[place + 1 :] for place in range(len(mot))}


def test_la_liste_est_celle_que_les_bulletins_attendent() -> None:
    assert len(MOTS) == len(set(MOTS)) == 1_024 and list(MOTS) == sorted(MOTS)
    assert all(re.fullmatch("[a-z]{4,6}", mot) for mot in MOTS)
    assert not INTERDITS.intersection(MOTS)


def test_un_signe_faux_ne_fait_jamais_un_autre_mot() -> None:
    seen: dict[str, str] = {}
    known = set(MOTS)
    for mot in MOTS:
        for hole in voisins(mot):
            assert seen.setdefault(hole, mot) == mot, f"{mot} et {seen[hole]}"
        assert not known.intersection(mot[:place] + mot[place + 1 :] for place in range(len(mot))), mot


def test_deux_mots_ne_sonnent_pas_pareil() -> None:
    heard: dict[str, str] = {}
    for mot in MOTS:
        assert heard.setdefault(son(mot), mot) == mot, f"{mot} et {heard[son(mot)]}"


@given(hasards, hasards)
def test_quarante_bits_font_quatre_mots_et_se_relisent(un: bytes, autre: bytes) -> None:
    found = traceur(un)
    assert est_traceur(found) and lire_traceur(found.replace("-", " · ").upper()) == found
    assert (traceur(autre) == found) == (un == autre)


def test_un_numero_mal_copie_dit_quel_mot() -> None:
    with pytest.raises(MotDeVerificationInconnu, match=r"tulippe.*Est-ce.*tulipe"):
        lire_traceur("lynx bois bleu tulippe")
    for court in ("", "lynx bois bleu", "lynx bois bleu tulipe lynx"):
        with pytest.raises(NumeroIncomplet):
            lire_traceur(court)
    with pytest.raises(ValueError):
        traceur(b"quatre!")


@pytest.mark.parametrize(
    "texte", ["", "lynx", "lynx-bois-bleu-rameau", "Lynx-bois-bleu-tulipe", "lynx bois bleu tulipe"]
)
def test_un_bulletin_porte_le_numero_exactement(texte: str) -> None:
    assert not est_traceur(texte)
