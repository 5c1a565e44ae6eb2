"""Numbers of dossiers, codes in four words."""

import hashlib
import hmac
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.identifiers import (
    CodeIncomplet,
    MotInconnu,
    affiche_code,
    code_hmac,
    code_normal,
    est_reference,
    lire_code,
    lire_reference,
    liste_de_mots,
    mots,
    normalise_code,
    sans_accent,
    suite_annuelle,
)
from tests.spec import says_all

BARE = [sans_accent(mot) for mot in liste_de_mots()]


def test_la_liste_a_2048_mots_courts_et_distincts() -> None:
    assert len(BARE) == len(set(BARE)) == 2048
    assert sorted(BARE) == BARE
    assert all(3 <= len(mot) <= 8 and mot.isascii() and mot.isalpha() for mot in BARE)
    assert all(mot == mot.lower() for mot in liste_de_mots())


def test_une_lettre_fausse_ne_donne_jamais_un_autre_mot() -> None:
    """Two words never differ by one letter changed, added or left out: a slip is always caught."""
    shapes: dict[str, str] = {}
    known = set(BARE)
    for mot in BARE:
        left_out = {mot[:i] + mot[i + 1 :] for i in range(len(mot))}
        assert not left_out & known, mot
        for shape in {f"{mot[:i]}?{mot[i + 1 :]}" for i in range(len(mot))}:
            assert shapes.setdefault(shape, mot) == mot, (mot, shapes[shape])


@pytest.mark.parametrize(
    "sounds",
    ["mer mere maire", "cent sans sang", "verre vert vers", "pain pin", "cour cours court", "compte conte comte",
     "voix voie", "sel selle", "poids pois", "foi foie fois", "cygne signe", "tante tente", "renne reine"],
)  # fmt: skip
def test_deux_mots_ne_s_entendent_pas_pareil(sounds: str) -> None:
    assert len(set(sounds.split()) & set(BARE)) <= 1


@settings(max_examples=200)
@given(st.binary(min_size=6, max_size=6), st.sampled_from([" · ", "-", " ", ", ", "  ", "·", ".", "\n"]), st.booleans())
def test_un_code_se_relit_comme_on_l_ecrit(hasard: bytes, separator: str, loud: bool) -> None:
    drawn = mots(hasard)
    typed = separator.join(mot.upper() if loud else sans_accent(mot) for mot in drawn)
    assert lire_code(typed) == normalise_code(affiche_code(drawn)) == code_normal(drawn)
    assert code_hmac(typed, b"secret") == code_hmac(affiche_code(drawn), b"secret")


def test_le_hasard_donne_tous_les_mots() -> None:
    drawn = set(chain.from_iterable(mots(n.to_bytes(6)) for n in range(2048)))
    assert drawn == set(liste_de_mots())
    assert len({tuple(mots((n << 11 * place).to_bytes(6))) for place in range(4) for n in range(1, 2048)}) == 4 * 2047
    with pytest.raises(ValueError):
        mots(b"court")


def test_l_empreinte_est_un_hmac_et_depend_du_secret() -> None:
    expected = hmac.new(b"k", b"registre/code/1\0tasse-riviere-marche-lundi", hashlib.sha256).hexdigest()
    assert code_hmac("Tasse · rivière · marché · lundi", b"k") == expected
    assert code_hmac("Tasse · rivière · marché · lundi", b"K") != expected


def test_un_mot_inconnu_est_nomme_et_son_voisin_propose() -> None:
    with pytest.raises(MotInconnu) as caught:
        lire_code("tase rivière marché lundi")
    says_all(caught.value, ["«\u00a0tase\u00a0»", "«\u00a0tasse\u00a0»"])


@pytest.mark.parametrize(("typed", "count"), [("", "0"), ("tasse", "1"), ("tasse rivière marché lundi pomme", "5")])
def test_il_faut_quatre_mots(typed: str, count: str) -> None:
    with pytest.raises(CodeIncomplet) as caught:
        lire_code(typed)
    says_all(caught.value, [count])


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_un_code_illisible_est_refuse_sans_panne(texte: str) -> None:
    normal = normalise_code(texte)
    assert normal.isascii() and normalise_code(normal) == normal
    try:
        assert len(lire_code(texte).split("-")) == 4
    except (CodeIncomplet, MotInconnu) as refusal:
        says_all(refusal)


@settings(max_examples=100)
@given(st.sampled_from(["GEPI", "COMET", "CDD", "AV"]), st.integers(2020, 2099), st.integers(1, 99_999))
def test_un_numero_se_relit(suite: str, annee: int, rang: int) -> None:
    written = f"{suite_annuelle(suite, annee)}-{rang:04d}"
    assert est_reference(written)
    for typed in (written, written.lower(), written.replace("-", " "), f" {suite.lower()}{annee}-{rang} "):
        assert str(lire_reference(typed)) == written


@pytest.mark.parametrize(
    "typed", ["", "GEPI", "2017-2275", "GEPI-1999-0001", "GEPI-2026-0000", "gepi-2026-x", "069-2-DE"]
)
def test_ce_qui_n_est_pas_un_numero(typed: str) -> None:
    assert lire_reference(typed) is None and not est_reference(typed)


@pytest.mark.parametrize("written", ["GEPI-2026-087", "GEPI-2026-00087", "gepi-2026-0087", "GEPI-2026-0087\n"])
def test_un_seul_numero_par_dossier(written: str) -> None:
    assert not est_reference(written)
