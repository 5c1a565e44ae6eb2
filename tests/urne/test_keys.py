"""Key sheets: typed by hand, by somebody in a hurry."""

import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RegleViolee
from domain.scrutins.codes import ALPHABET as SIGNES
from domain.scrutins.urne import (
    FeuilleDeLAutreCouche,
    FeuilleDUnAutreScrutin,
    FeuilleIncomplete,
    FeuilleMalCopiee,
)
from tests.spec import says_all
from web.urne.keys import GROUPE, GROUPES, ORDRE, feuille, lignes, lire_feuille, nouvelle_cle, publique

SHEET, PUBLIC = nouvelle_cle()


def refused(kind: type[RegleViolee], text: str, *words: str, autre: str | None = None) -> None:
    with pytest.raises(kind) as refusal:
        lire_feuille(text, PUBLIC, autre)
    assert type(refusal.value) is kind
    says_all(refusal.value, words)
    assert refusal.value.field == "feuille"


@given(st.integers(1, ORDRE - 1))
def test_every_key_comes_back_from_its_sheet(secret: int) -> None:
    key = derive_private_key(secret, SECP256R1())
    sheet = feuille(key)
    assert re.fullmatch(rf"(?:[{SIGNES}]{{{GROUPE + 1}}}-?){{{GROUPES}}}", sheet)
    assert lire_feuille(sheet, publique(key)).private_numbers().private_value == secret


@pytest.mark.parametrize(
    "typed",
    [SHEET.lower(), SHEET.replace("-", " "), SHEET.replace("-", ""), SHEET.replace("-", "\r\n"), f"  {SHEET} \t"],
    ids=("minuscules", "espaces", "sans tirets", "lignes", "autour"),
)
def test_capitals_spaces_and_lines_do_not_matter(typed: str) -> None:
    assert publique(lire_feuille(typed, PUBLIC)) == PUBLIC


def test_one_wrong_sign_is_seen_and_its_group_named() -> None:
    signs = SHEET.replace("-", "")
    for at, sign in enumerate(signs):
        other = SIGNES[(SIGNES.index(sign) + 7) % len(SIGNES)]
        refused(FeuilleMalCopiee, signs[:at] + other + signs[at + 1 :], f"groupe {at // (GROUPE + 1) + 1} ")


def test_two_neighbours_exchanged_are_seen() -> None:
    signs, seen, tried = SHEET.replace("-", ""), 0, 0
    for at in range(len(signs) - 1):
        if signs[at] != signs[at + 1]:
            tried += 1
            with pytest.raises(FeuilleMalCopiee):
                lire_feuille(signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :], PUBLIC)
            seen += 1
    assert seen == tried > 50


def test_groups_in_another_order_are_seen() -> None:
    groups = SHEET.split("-")
    refused(FeuilleMalCopiee, "-".join([groups[1], groups[0], *groups[2:]]), "ordre")


def test_a_sheet_cut_short_says_how_many_signs() -> None:
    refused(FeuilleIncomplete, SHEET[:-3], "70 signes", "67")
    refused(FeuilleIncomplete, "", "70 signes", "0")


def test_a_sign_that_no_sheet_has_is_named() -> None:
    refused(FeuilleMalCopiee, "O" + SHEET[1:], "« O »")
    refused(FeuilleMalCopiee, "é" + SHEET[1:], "« É »")


def test_the_sheet_of_the_other_layer_and_of_another_scrutin() -> None:
    sheet, public = nouvelle_cle()
    refused(FeuilleDUnAutreScrutin, sheet, "autre scrutin")
    refused(FeuilleDeLAutreCouche, sheet, "autre clé", autre=public)


def test_printed_lines_are_numbered() -> None:
    one, two = lignes(SHEET)
    assert one.startswith(f"1:{SHEET[:5]}  2:") and two.startswith("8:") and two.endswith(SHEET[-5:])
