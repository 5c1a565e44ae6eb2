"""Reading and writing `.pb` files: every dialect, exact costs, errors that say where."""

import re

import pytest

from domain.comptage import pabulib
from domain.comptage.election import Bulletin, Election, Projet
from domain.comptage.election_pabulib import election, fichier
from domain.comptage.nombres import decimal, lire_nombre
from tests.comptage.elections import gagnants

FICHIER = """META
key;value
budget;{budget}
vote_type;{type_vote}{meta}
PROJECTS
project_id;cost;name
{projets}
VOTES
voter_id;vote{colonnes}
{votes}
"""


def pb(
    *votes: str,
    projets: str = "1;10;Banc\n2;20;Jeu",
    type_vote: str = "approval",
    budget: str = "100",
    meta: str = "",
    colonnes: str = "",
) -> str:
    return FICHIER.format(
        projets=projets, votes="\n".join(votes), type_vote=type_vote, budget=budget, meta=meta, colonnes=colonnes
    )


def lue(texte: str) -> Election:
    return election(pabulib.lire(texte.encode()))


def test_un_projet_repete_compte_une_fois() -> None:
    assert lue(pb("a;1,2,1")).lots == ((Bulletin(("1", "2")), 1),)
    points = lue(pb("a;1,2,1;3,1,5", type_vote="cumulative", colonnes=";points"))
    assert points.lots == ((Bulletin(("1", "2"), (3, 1)), 1),)
    assert lue(pb("a;2,2,1", type_vote="ordinal")).lots == ((Bulletin(("2", "1")), 1),)


def test_les_couts_restent_ceux_du_fichier() -> None:
    lu = pabulib.lire(pb("a;1", projets="1;75000.50;x\n2;0,125;y", budget="1e+05").encode())
    assert lu.projets.colonne("cost") == ["75000.50", "0,125"]
    compte = election(lu)
    assert compte.unite == 1000
    assert [decimal(p.cout, compte.unite) for p in compte.projets] == ["75000.5", "0.125"]
    assert decimal(compte.budget, compte.unite) == "100000"


def test_les_limites_du_fichier_n_annulent_rien() -> None:
    assert lue(pb("a;1,2", "b;1,2", meta="\nmax_length;1\nmin_length;1", type_vote="choose-1")).votants == 2
    cumul = pb("a;1;99", type_vote="cumulative", meta="\nmax_sum_points;10\nmax_points;5", colonnes=";points")
    assert lue(cumul).votants == 1


def test_le_rang_se_compte_depuis_max_length() -> None:
    assert lue(pb("a;1,2", type_vote="ordinal", meta="\nmax_length;5")).longueur_max == 5
    assert lue(pb("a;1,2", type_vote="ordinal")).longueur_max == 2


@pytest.mark.parametrize(
    ("vote", "motif"),
    [
        ("a;1,9;1,1", "projet inconnu : « 9 »"),
        ("a;1;-1", "points négatifs ou non entiers"),
        ("a;1;1.5", "points négatifs ou non entiers"),
        ("a;1;beaucoup", "points négatifs ou non entiers"),
        ("a;1,2;1", "des points pour 1 choix, et 2 projets choisis"),
    ],
)
def test_un_bulletin_nul_a_son_motif(vote: str, motif: str) -> None:
    compte = lue(pb("b;1;1.0", vote, type_vote="cumulative", colonnes=";points"))
    assert compte.votants == 1
    assert [(nul.repere, nul.motif.replace("\u00a0", " ")) for nul in compte.nuls] == [("ligne 12", motif)]


def test_un_bulletin_blanc_compte_comme_votant() -> None:
    assert lue(pb("a;", "b;1")).votants == 2
    assert gagnants(lue(pb("a;", "b;1", budget="10")), "parts_egales", {}) == ()


def test_dialectes_d_ecriture() -> None:
    texte = "\ufeff" + pb("a; 1 , 2 ;F", projets='1;10;"Un ""banc""; vert"\n\n2;20;', colonnes=";sex")
    compte = lue(texte.replace("\n", "\r\n").replace("META\r\n", "META;;\r\n"))
    assert [p.nom for p in compte.projets] == ['Un "banc"; vert', ""]
    assert compte.lots == ((Bulletin(("1", "2")), 1),)


def test_les_annonces_fausses_sont_dites() -> None:
    lu = pabulib.lire(pb("a;1", "a;2", meta="\nnum_votes;3\nnum_projects;2").encode())
    assert lu.avertissements == [
        "num_votes annonce 3, le fichier en contient 2",
        "plusieurs bulletins portent le même voter_id\u00a0: tous comptent",
    ]


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("", "il manque la section META"),
        ("id;cost\n", "ligne 1 : le fichier doit commencer par une ligne « META »"),
        (pb("a;1").replace("VOTES", "PROJECTS"), "ligne 9 : deuxième section PROJECTS"),
        (pb("a;1").split("VOTES")[0], "il manque la section VOTES"),
        (pb("a;1").replace("cost", "prix"), "la section PROJECTS n'a pas de colonne « cost »"),
        (pb("a;1").replace(";vote\n", ";choix\n"), "la section VOTES n'a pas de colonne « vote »"),
        (pb("a;1", projets="1;dix;x"), "ligne 7 : coût du projet « 1 » : « dix » n'est pas un nombre"),
        (pb("a;1", projets="1;-3;x"), "ligne 7 : coût du projet « 1 » : « -3 » est négatif"),
        (pb("a;1", projets="1;NaN;x"), "ligne 7 : coût du projet « 1 » : « NaN » n'est pas un nombre"),
        (pb("a;1", projets="1;3;x\n1;4;y"), "ligne 8 : deuxième projet « 1 »"),
        (pb("a;1", projets=";3;x"), "ligne 7 : projet sans identifiant"),
        (pb("a;1", projets="1;3;x;y"), "ligne 7 : 4 champs pour 3 colonnes dans PROJECTS"),
        (pb("a;1", budget=""), "ligne 3 : budget : « » n'est pas un nombre"),
        (pb("a;1", type_vote="foule"), "ligne 4 : vote_type inconnu : « foule »"),
        (pb("a;1", type_vote="cumulative"), "vote_type cumulative : la section VOTES n'a pas de colonne « points »"),
        (pb("a;1", meta="\nmax_length;x", type_vote="ordinal"), "ligne 5 : max_length : « x » n'est pas un entier"),
        (pb("a;1", meta="\ndefault_score;2", type_vote="scoring"), "ligne 5 : default_score doit valoir 0"),
    ],
)  # fmt: skip
def test_une_erreur_dit_la_ligne(texte: str, message: str) -> None:
    with pytest.raises(pabulib.ErreurPabulib) as erreur:
        lue(texte)
    assert re.sub(r"« +»", "« »", str(erreur.value).replace("\u00a0", " ")).startswith(message)


def test_un_fichier_qui_n_est_pas_du_texte() -> None:
    with pytest.raises(pabulib.ErreurPabulib, match=r"^ligne 2.*UTF-8"):
        pabulib.lire(b"META\n\xff\xfe")


def test_un_scrutin_s_ecrit_et_se_relit() -> None:
    projets = [Projet("1", 150_000, "Banc ; vert"), Projet("2", 99_950, 'Un "jeu"')]
    bulletins = [Bulletin(("2", "1"), (3, 1)), Bulletin(())]
    ecrit = fichier(
        {"description": "Collège", "country": "France"}, projets, bulletins,
        unite=100, budget=400_000, type_vote="cumulative",
    )  # fmt: skip
    lu = pabulib.lire(pabulib.ecrire(ecrit).encode())
    assert lu.meta["budget"] == "4000" and lu.projets.colonne("cost") == ["1500", "999.5"]
    compte = election(lu)
    assert not lu.avertissements and compte.votants == 2
    assert compte.lots == tuple((b, 1) for b in bulletins)
    assert [p.nom for p in compte.projets] == [p.nom for p in projets]


@pytest.mark.parametrize("texte", ["", "1 000", "0x10", "1e-3", "inf", "²", "1" * 50, "1.2.3", "--1"])
def test_ce_qui_n_est_pas_un_nombre(texte: str) -> None:
    with pytest.raises(ValueError) as erreur:
        lire_nombre(texte)
    assert str(erreur.value) == texte
