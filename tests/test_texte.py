"""What people type: cleaned, never rewritten, refused only when empty or too long."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.choix import ChoixInconnu
from domain.coordonnees import CourrielInvalide, LienInvalide, TelephoneInvalide, courriel, lien, nomme_quelqu_un
from domain.coordonnees import telephone as numero
from domain.errors import RegleViolee
from domain.texte import TexteTropLong, TexteVide, ligne, ligne_ou_rien, nettoye, propre
from tests.spec import says_all

anything = st.text(st.characters(codec=None), max_size=200)  # lone surrogates and control characters included


@settings(max_examples=200)
@given(anything)
def test_un_texte_nettoye_ne_change_plus(texte: str) -> None:
    once = nettoye(texte)
    assert nettoye(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()  # storable
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in once if c not in "\n\t")
    assert once == once.strip()


@settings(max_examples=100)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=100))
def test_les_mots_restent_ceux_de_la_personne(texte: str) -> None:
    assert nettoye(texte) == unicodedata.normalize("NFC", texte).strip()


@pytest.mark.parametrize("texte", ["", "   ", "\r\n\t", "\x00\x07", "\u200b\ufeff", "\u00a0", None])
def test_un_message_vide_est_refuse(texte: str | None) -> None:
    with pytest.raises(TexteVide) as caught:
        propre(texte, 5000, "texte")
    assert str(caught.value) == "Le message est vide\u00a0: écrivez au moins quelques mots."
    assert caught.value.field == "texte"
    says_all(caught.value)


def test_un_message_trop_long_dit_sa_longueur_et_la_limite() -> None:
    assert len(propre("é" * 5000, 5000, "texte")) == 5000
    with pytest.raises(TexteTropLong, match="20\u00a0000 signes, pour 5\u00a0000 au plus"):
        propre("a" * 20_000, 5000, "texte")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cafe\u0301", "café"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("👩‍👧 merci 🙏🏽", "👩‍👧 merci 🙏🏽"),
        ("<script>alert(1)</script> & \"'", "<script>alert(1)</script> & \"'"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("abc\u202edcba", "abcdcba"),
        ("\ud800ok", "ok"),
        ("مرحبا", "مرحبا"),
        ("colonne\tdeux", "colonne\tdeux"),
    ],
)
def test_ce_qui_est_garde(typed: str, kept: str) -> None:
    assert propre(typed, 5000, "texte") == kept


def test_une_ligne_tient_sur_une_ligne() -> None:
    assert ligne(" Maison\r\n de  la\tMétropole ", "lieu", "Le lieu") == "Maison de la Métropole"
    assert ligne_ou_rien("  \n", "lieu", "Le lieu") is None
    assert ligne_ou_rien(None, "lieu", "Le lieu") is None
    with pytest.raises(TexteVide, match="Le lieu est vide"):
        ligne(None, "lieu", "Le lieu")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("06.12-34 56\u00a078", "06 12 34 56 78"),
        ("+33 6 12 34 56 78", "06 12 34 56 78"),
        ("+33 (0)6 12 34 56 78", "06 12 34 56 78"),
    ],
)
def test_un_telephone_s_ecrit_comme_on_veut(typed: str, kept: str) -> None:
    assert numero(typed) == kept


@pytest.mark.parametrize("typed", ["06 12 34 56", "061234567890", "3919", "bonjour", "00 00 00 00 00", "٠٦١٢٣٤٥٦٧٨"])
def test_un_telephone_a_dix_chiffres(typed: str) -> None:
    with pytest.raises(TelephoneInvalide) as caught:
        numero(typed)
    says_all(caught.value, ["10 chiffres"])


def test_un_service_peut_avoir_un_numero_court() -> None:
    assert [numero(n, service=True) for n in ("115", "39 19", "116006", "17")] == ["115", "39 19", "116006", "17"]


@pytest.mark.parametrize("typed", ["a@b.fr", "prenom.nom@EXEMPLE.fr", "é.è@exemple.fr", "a+b@sous.domaine.exemple.fr"])
def test_un_courriel_complet(typed: str) -> None:
    assert courriel(typed).rpartition("@")[2] == typed.rpartition("@")[2].lower()


@pytest.mark.parametrize(
    "typed", ["a", "a@", "@b.fr", "a@b", "a b@c.fr", "a@b..fr", "a@b.fr, c@d.fr", "a@b.fr\nBcc: x@y.fr", "<a@b.fr>"]
)
def test_un_courriel_incomplet(typed: str) -> None:
    with pytest.raises(CourrielInvalide) as caught:
        courriel(typed)
    says_all(caught.value)


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "exemple.fr", "https://", "https://a:b@c.fr", "ftp://a.fr", "https://a.fr:x"]
)
def test_un_lien_complet(typed: str) -> None:
    assert lien("https://www.exemple.fr/page?x=1") == "https://www.exemple.fr/page?x=1"
    with pytest.raises(LienInvalide) as caught:
        lien(typed)
    says_all(caught.value)


def test_un_titre_ne_nomme_personne() -> None:
    assert nomme_quelqu_un("Rappeler le 06 12 34 56 78") and nomme_quelqu_un("écrire à a.b@exemple.fr")
    assert not nomme_quelqu_un("200 logements avant 2027, ligne 12")


@settings(max_examples=100)
@given(anything)
def test_rien_de_ce_que_l_on_tape_ne_fait_tomber(texte: str) -> None:
    for check in (courriel, numero, lien):
        try:
            check(texte)
        except RegleViolee as refusal:
            assert not isinstance(refusal, ChoixInconnu)
