"""Codes of slips: what people type is understood, and every usual typing error is caught before it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scrutins.codes import ALPHABET, OCTETS, CodeMalCopie, affiche_code, code, empreinte_code, lire_code

hasards = st.binary(min_size=OCTETS, max_size=OCTETS)
codes = hasards.map(code)
K = b"\x01" * 32


def refuse(texte: str) -> CodeMalCopie:
    with pytest.raises(CodeMalCopie) as found:
        lire_code(texte)
    return found.value


@given(codes)
def test_un_code_se_lit_comme_il_s_affiche(signes: str) -> None:
    assert len(signes) == 12 and set(signes) <= set(ALPHABET)
    assert lire_code(affiche_code(signes)) == signes
    assert lire_code(f"  {affiche_code(signes).lower().replace('-', ' – ')} ") == signes


@given(codes, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_un_seul_signe_faux_se_voit(signes: str, place: int, autre: str) -> None:
    faux = signes[:place] + autre + signes[place + 1 :]
    if faux != signes:
        refuse(faux)


@given(codes, st.integers(0, 10))
def test_deux_signes_voisins_inverses_se_voient(signes: str, place: int) -> None:
    faux = signes[:place] + signes[place + 1] + signes[place] + signes[place + 2 :]
    if faux != signes:
        refuse(faux)


@given(st.text(max_size=40))
def test_n_importe_quoi_est_lu_ou_refuse(texte: str) -> None:
    try:
        assert len(lire_code(texte)) == 12
    except CodeMalCopie as refus:
        assert refus.field == "code"


def test_le_refus_cite_le_code_entier_et_dit_quels_signes_n_existent_pas() -> None:
    said = str(refuse("k7mf 3qwt 9pxo"))
    assert "K7MF-3QWT-9PXO" in said and said.startswith("Il y a une erreur de copie dans le code. Relis")
    assert said.endswith("(Il n'y a jamais de O ni de zéro.)")
    assert "12 signes" in str(refuse("  - "))
    assert "<" not in str(refuse("<script>alert(1)</script>"))


@pytest.mark.parametrize("texte", ["K7MF-3QWT", "K7MF-3QWT-9PXQ-2", "K7MF-3QWT-9PX0", "ÉÉÉÉÉÉÉÉÉÉÉÉ", "0" * 400])
def test_ce_qui_n_est_pas_un_code_est_refuse(texte: str) -> None:
    refuse(texte)


def test_le_meme_hasard_donne_le_meme_code_et_un_autre_nombre_d_octets_est_une_faute() -> None:
    assert code(bytes(OCTETS)) == code(bytes(OCTETS)) != code(bytes(OCTETS - 1) + b"\x01")
    with pytest.raises(ValueError):
        code(b"court")


def test_les_signes_sont_tires_egalement() -> None:
    drawn = "".join(code(k.to_bytes(OCTETS))[:11] for k in range(3_000))
    counts = [drawn.count(sign) for sign in ALPHABET]
    assert sum(counts) == 33_000 and min(counts) > 900 and max(counts) < 1_300


def test_aucun_code_ne_porte_la_paire_que_le_controle_ne_voit_pas() -> None:
    assert not any("2Z" in found or "Z2" in found for found in (code(k.to_bytes(OCTETS)) for k in range(5_000)))


@given(codes, codes)
def test_l_empreinte_depend_du_code_et_du_secret(un: str, autre: str) -> None:
    assert len(empreinte_code(un, K)) == 32
    assert (empreinte_code(un, K) == empreinte_code(autre, K)) == (un == autre)
    assert empreinte_code(un, K) != empreinte_code(un, b"\x02" * 32)
