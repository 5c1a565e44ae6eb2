"""Clear texts: one length whatever the choice, read strictly, null by reason, and nothing of a null one kept."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scrutins.bulletins import MOTIFS_NULS, clair, depouiller_bulletins, lire, lire_papier, longueur
from domain.scrutins.events import BulletinDepouille, ProjetAuVote
from domain.scrutins.traceurs import OCTETS, traceur
from tests.scrutins.vote import PROJETS, bulletin, cree

T = traceur(bytes(OCTETS))
APPROBATION = cree()
RANGS = cree(type_vote="ordinal", parametres={"score": "points"})
POINTS = cree(type_vote="cumulative", points_max=10, parametres={"score": "points"})
UN_SEUL = cree(type_vote="choose-1", choix_max=1)
IDS = [projet.id for projet in PROJETS]


def texte(valeur: Any, regle: Any = APPROBATION) -> bytes:
    """Any JSON, padded as a ballot."""
    raw = valeur if isinstance(valeur, bytes) else json.dumps(valeur, separators=(",", ":")).encode()
    return raw.ljust(regle.longueur)


@given(st.lists(st.sampled_from(IDS), unique=True, max_size=3), st.binary(min_size=OCTETS, max_size=OCTETS))
def test_la_longueur_est_la_meme_quel_que_soit_le_choix(choix: list[str], hasard: bytes) -> None:
    found = clair(choix, [], traceur(hasard), APPROBATION.longueur)
    assert len(found) == APPROBATION.longueur == longueur(APPROBATION) and APPROBATION.longueur % 64 == 0
    lu = lire(found, APPROBATION)
    assert lu == BulletinDepouille(t=traceur(hasard), c=tuple(sorted(choix)))


@given(st.lists(st.sampled_from(IDS), unique=True, max_size=3), st.data())
def test_les_points_et_les_rangs_ont_aussi_leur_longueur(choix: list[str], data: st.DataObject) -> None:
    points = [data.draw(st.integers(1, 3)) for _ in choix]
    found = clair(choix, points, T, POINTS.longueur)
    assert len(found) == POINTS.longueur
    lu = lire(found, POINTS)
    assert isinstance(lu, BulletinDepouille) and dict(zip(lu.c, lu.p, strict=True)) == dict(
        zip(choix, points, strict=True)
    )
    rangs = lire(clair(choix, [], T, RANGS.longueur), RANGS)
    assert isinstance(rangs, BulletinDepouille) and rangs.c == tuple(choix)


@given(st.integers(2, 20), st.integers(1, 20), st.integers(1, 100), st.sampled_from(["approval", "cumulative"]))
def test_le_plus_long_bulletin_tient_dans_la_longueur(n: int, choix: int, points: int, sorte: str) -> None:
    projets = tuple(ProjetAuVote(id=f"p{k}" * (1 + k % 3), titre=f"Projet {k}", cout_cents=0) for k in range(n))
    choix = min(choix, n)
    regle = cree(
        projets=projets, choix_max=choix, type_vote=sorte, points_max=points if sorte == "cumulative" else None
    )
    longest = sorted((projet.id for projet in projets), key=len)[-choix:]
    given_points = [points] * choix if sorte == "cumulative" else []
    assert len(clair(longest, given_points, "banque-banque-banque-banque"[:27], regle.longueur)) == regle.longueur


def test_un_bulletin_trop_long_ne_s_ecrit_pas() -> None:
    with pytest.raises(ValueError, match="longer"):
        clair(IDS * 40, [], T, APPROBATION.longueur)


def test_l_ordre_des_cases_cochees_n_est_pas_garde_celui_d_un_classement_l_est() -> None:
    ordre = ["p3", "p1", "p2"]
    assert lire(clair(ordre, [], T, APPROBATION.longueur), APPROBATION) == BulletinDepouille(t=T, c=("p1", "p2", "p3"))
    assert lire(clair(ordre, [], T, RANGS.longueur), RANGS) == BulletinDepouille(t=T, c=("p3", "p1", "p2"))


def test_un_projet_repete_compte_une_fois_et_zero_point_n_est_pas_un_choix() -> None:
    assert lire(clair(["p1", "p1"], [], T, APPROBATION.longueur), APPROBATION) == BulletinDepouille(t=T, c=("p1",))
    assert lire(texte({"c": ["p2", "p1", "p2"], "p": [3, 0, 9], "t": T}, POINTS), POINTS) == BulletinDepouille(
        t=T, c=("p2",), p=(3,)
    )


def test_un_bulletin_blanc_est_un_choix() -> None:
    for regle in (APPROBATION, RANGS, POINTS, UN_SEUL):
        assert lire(clair([], [], T, regle.longueur), regle) == BulletinDepouille(t=T)


INSULTE = "espèce de patate"
NULS: list[tuple[Any, Any, str]] = [
    (APPROBATION, b"", "longueur"),
    (APPROBATION, b"x" * 4096, "longueur"),
    (APPROBATION, texte(b""), "illisible"),
    (APPROBATION, texte(b"\xff\xfe"), "illisible"),
    (APPROBATION, texte(b"[" * 100), "illisible"),
    (APPROBATION, texte({"c": ["p1"], "p": []}), "illisible"),
    (APPROBATION, texte({"c": ["p1"], "p": [], "t": T, "x": INSULTE}), "illisible"),
    (APPROBATION, texte({"c": [INSULTE], "p": [], "t": T}), "illisible"),  # escaped: no page writes so
    (APPROBATION, texte(msgspec.json.encode({"c": ["p9"], "p": [], "t": T})), "projet_inconnu"),
    (APPROBATION, texte(msgspec.json.encode({"c": [INSULTE], "p": [], "t": T})), "projet_inconnu"),
    (APPROBATION, texte({"c": INSULTE, "p": [], "t": T}), "illisible"),
    (APPROBATION, texte({"c": {"p1": 1}, "p": [], "t": T}), "illisible"),
    (APPROBATION, texte({"c": [["p1"]], "p": [], "t": T}), "illisible"),
    (APPROBATION, texte({"c": [None], "p": [], "t": T}), "illisible"),
    (APPROBATION, texte({"p": [], "c": ["p1"], "t": T}), "illisible"),
    (APPROBATION, texte(b'{"c": ["p1"], "p": [], "t": "%b"}' % T.encode()), "illisible"),
    (APPROBATION, texte(b'{"c":["p1"],"c":["p2"],"p":[],"t":"%b"}' % T.encode()), "illisible"),
    (APPROBATION, texte(["c", "p", "t"]), "illisible"),
    (APPROBATION, texte("c"), "illisible"),
    (APPROBATION, texte({"c": ["p1"], "p": [], "t": ""}), "numero_invalide"),
    (APPROBATION, texte({"c": ["p1"], "p": [], "t": "tu-es-une-patate"}), "numero_invalide"),
    (APPROBATION, texte({"c": ["p1"], "p": [1], "t": T}), "points_invalides"),
    (APPROBATION, texte({"c": ["p1", "p2", "p3", "p4"], "p": [], "t": T}), "trop_de_choix"),
    (UN_SEUL, texte({"c": ["p1", "p2"], "p": [], "t": T}, UN_SEUL), "trop_de_choix"),
    (RANGS, texte({"c": ["p1", "p2", "p3", "p4"], "p": [], "t": T}, RANGS), "trop_de_choix"),
    (POINTS, texte({"c": ["p1"], "p": [], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": [], "p": [3], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": ["p1"], "p": [-1], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": ["p1"], "p": [1.5], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": ["p1"], "p": [1.0], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": ["p1"], "p": [True], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": ["p1"], "p": ["3"], "t": T}, POINTS), "points_invalides"),
    (POINTS, texte({"c": ["p1"], "p": [11], "t": T}, POINTS), "trop_de_points"),
    (POINTS, texte({"c": ["p1", "p2"], "p": [6, 5], "t": T}, POINTS), "trop_de_points"),
    (POINTS, texte({"c": ["p1"], "p": [2**63], "t": T}, POINTS), "trop_de_points"),
    (POINTS, texte(b'{"c":["p1"],"p":[%d],"t":"%b"}' % (2**70, T.encode()), POINTS), "trop_de_points"),
    (POINTS, texte(b'{"c":["p1"],"p":[NaN],"t":"%b"}' % T.encode(), POINTS), "illisible"),
]


@pytest.mark.parametrize(("regle", "contenu", "motif"), NULS)
def test_un_bulletin_nul_dit_son_motif_et_rien_de_son_contenu(regle: Any, contenu: bytes, motif: str) -> None:
    assert lire(contenu, regle) == motif and motif in MOTIFS_NULS
    assert "patate" not in MOTIFS_NULS[motif]


@given(st.binary(max_size=400), st.sampled_from([APPROBATION, RANGS, POINTS, UN_SEUL]))
def test_n_importe_quels_octets_sont_un_bulletin_nul(contenu: bytes, regle: Any) -> None:
    assert lire(contenu, regle) in MOTIFS_NULS
    assert lire(contenu[: regle.longueur].ljust(regle.longueur), regle) in MOTIFS_NULS


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
                 lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("cptx"), inner), max_leaves=8),
    st.sampled_from([APPROBATION, POINTS]),
)  # fmt: skip
def test_n_importe_quel_json_est_un_bulletin_nul(valeur: Any, regle: Any) -> None:
    assert lire(json.dumps(valeur).encode().ljust(regle.longueur), regle) in MOTIFS_NULS


def test_le_papier_suit_les_memes_limites() -> None:
    assert lire_papier(["p2", "p1"], [], T, APPROBATION) == BulletinDepouille(t=T, c=("p1", "p2"))
    assert lire_papier(["p9"], [], T, APPROBATION) == "projet_inconnu"
    assert lire_papier(IDS, [], T, APPROBATION) == "trop_de_choix"
    assert lire_papier(["p1"], [], "sans numéro", APPROBATION) == "numero_invalide"


def test_les_bulletins_sont_tries_et_les_nuls_comptes() -> None:
    un, deux, trois = bulletin(1, "p1"), bulletin(2, "p2"), bulletin(3)
    bons, nuls = depouiller_bulletins([trois, "illisible", un, "trop_de_choix", deux, "illisible"])
    assert set(bons) == {un, deux, trois} and list(bons) == sorted(bons, key=lambda b: b.t)
    assert nuls == {"illisible": 2, "trop_de_choix": 1}


def test_un_numero_porte_deux_fois_rend_nuls_tous_ceux_qui_le_portent() -> None:
    un, double, autre = bulletin(1, "p1"), bulletin(1, "p2"), bulletin(2)
    assert depouiller_bulletins([un, autre, double, un]) == ((autre,), {"numero_en_double": 3})


@given(st.permutations([bulletin(k, "p1") for k in range(6)] + ["illisible"]))
def test_l_ordre_d_arrivee_ne_laisse_aucune_trace(lus: list[Any]) -> None:
    assert depouiller_bulletins(lus) == depouiller_bulletins(list(reversed(lus)))
