"""An election from elsewhere: which rule counts it, its bytes in lots, the refusals."""

import hashlib
from datetime import date

import pytest
from hypothesis import given as soit
from hypothesis import strategies as st

from domain.comptage import pabulib
from domain.ledger.entry import encode_entry
from domain.scrutins.events import LignesImportees, ScrutinImporte
from domain.scrutins.importer_scrutin import ImporterScrutin
from domain.scrutins.importes import FichierRefuse, choisir_regle, decouper, preparer, recoller, titre_du_fichier
from tests.comptage.elections import DONNEES, sans_donnees
from tests.comptage.test_golden import GOLDEN, OFFICIELS
from tests.comptage.test_pabulib import pb
from tests.spec import ORIGIN, given, says_all

LE = date(2026, 11, 21)


def importer(contenu: bytes, source: str = "essai.pb") -> ImporterScrutin:
    return ImporterScrutin(preparer(contenu), source, LE)


def test_un_fichier_devient_un_scrutin_deja_compte() -> None:
    contenu = pb("a;1", "b;1,2", "c;", budget="25", meta="\nrule;greedy\ndescription;Bancs").encode()
    given().when(importer(contenu)).then(
        ScrutinImporte(
            survenu_le=LE,
            regle="import-pabulib-2026",
            titre="Bancs",
            source="essai.pb",
            meta={"budget": "25", "vote_type": "approval", "rule": "greedy", "description": "Bancs"},
            type_vote="approval",
            budget=25,
            unite=1,
            longueur_max=0,
            n_projets=2,
            n_bulletins=3,
            regle_comptage="glouton",
            parametres={"score": "votes"},
            gagnants=("1",),
            empreinte=hashlib.sha256(contenu).hexdigest(),
            par="installation",
        ),
        LignesImportees(
            survenu_le=LE, lot=1, lots=1, lignes=tuple(ligne + "\n" for ligne in contenu.decode().split("\n")[:-1])
        ),
    )


@pytest.mark.parametrize(
    ("meta", "regle", "params", "note"),
    [
        ({"rule": "greedy"}, "glouton", {}, ""),
        ({"rule": "Greedy", "min_project_score_threshold": "50"}, "glouton_seuil", {"seuil": "50"}, ""),
        ({"rule": "greedy-threshold", "min_project_score_threshold": "91"}, "glouton_seuil", {"seuil": "91"}, ""),
        ({"rule": "greedy-threshold"}, "glouton", {}, "« greedy-threshold », que nous n'avons pas"),
        ({"rule": "greedy-no-skip", "threshold": "50"}, "glouton_arret", {}, "seuil de 50"),
        ({"rule": "equalshares"}, "parts_egales", {}, ""),
        (
            {"rule": "equalshares/add1"},
            "parts_egales_add1",
            {"depart": "entier", "arret": "depassement", "pas": "1"},
            "",
        ),
        ({"rule": "unknown"}, "glouton", {}, "la règle est inconnue"),
        ({}, "glouton", {}, "ne nomme pas de règle"),
    ],
)
def test_la_regle_du_fichier_est_nommee(meta: dict[str, str], regle: str, params: dict[str, str], note: str) -> None:
    trouvee, parametres, dit = choisir_regle(meta)
    assert (trouvee, parametres) == (regle, params)
    assert note in dit.replace("\u00a0", " ") if note else not dit


def test_le_titre_vient_du_fichier() -> None:
    assert titre_du_fichier({"description": "Budget", "subunit": "Nord", "instance": "2024"}) == "Budget, Nord, 2024"
    assert titre_du_fichier({"description": "Budget du Nord", "subunit": "Nord"}) == "Budget du Nord"
    assert titre_du_fichier({}) == "Élection importée"
    assert len(titre_du_fichier({"description": "x" * 999})) == 200


@sans_donnees
@pytest.mark.parametrize("nom", GOLDEN)
def test_chaque_vraie_election_entre_et_ressort_octet_pour_octet(nom: str) -> None:
    contenu = (DONNEES / "files" / nom).read_bytes()
    faits = given().when(importer(contenu)).decided()
    importe, *lots = faits
    assert isinstance(importe, ScrutinImporte)
    lignes = [lot.lignes for lot in lots if isinstance(lot, LignesImportees)]
    assert recoller(importe.codage, lignes) == contenu and len(lignes) == len(faits) - 1
    assert importe.empreinte == hashlib.sha256(contenu).hexdigest()
    if officiel := GOLDEN[nom].get("official"):
        assert importe.regle_comptage == OFFICIELS[officiel["rule_label"]][0]
        assert sorted(importe.gagnants) == sorted(officiel["winners"])


@soit(st.text(max_size=300), st.integers(0, 400))
def test_toute_suite_de_signes_se_recolle(texte: str, fois: int) -> None:
    contenu = (texte * fois).encode(errors="replace")
    codage, lots = decouper(contenu)
    assert recoller(codage, lots) == contenu
    for lot, lignes in enumerate(lots, start=1):
        fait = LignesImportees(survenu_le=LE, lot=lot, lots=len(lots), lignes=lignes)
        state = encode_entry(fait, ORIGIN, "scrutins/SC-2026-0001", lot, "2026-11-21T08:00:00Z", [])
        assert recoller(codage, [lignes]) == recoller(codage, [_relu(state)]), "normal form C changes nothing"


def _relu(state: bytes) -> tuple[str, ...]:
    from domain.ledger.entry import recorded

    event = recorded(1, state).event
    assert isinstance(event, LignesImportees)
    return event.lignes


@pytest.mark.parametrize("piege", ["a\u0301", "\t\u030c", "\ufeffMETA", "\x00\x1f", "é" * 40_000, '"' * 40_000, "\r"])
def test_les_fichiers_difficiles_se_recollent(piege: str) -> None:
    codage, lots = decouper(piege.encode())
    relus = []
    for lignes in lots:
        fait = LignesImportees(survenu_le=LE, lot=1, lots=1, lignes=lignes)
        relus.append(_relu(encode_entry(fait, ORIGIN, "scrutins/SC-2026-0001", 1, "2026-11-21T08:00:00Z", [])))
    assert recoller(codage, relus) == piege.encode()


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"rien", "Fichier illisible : ligne 1"),
        (b"\xff", "UTF-8"),
        (pb("a;1", type_vote="foule").encode(), "vote_type inconnu"),
        (pb("a;1", budget="9" * 30).encode(), "dépasse ce que le registre sait écrire"),
        (
            pb("a;1", meta="\nrule;greedy-threshold\nmin_project_score_threshold;beaucoup").encode(),
            "n'est pas un nombre",
        ),
        (pb("a;1", projets="1\x00;10;Banc").encode(), "identifiant de projet illisible"),
        (b"x" * (32 * 1024 * 1024 + 1), "pèse plus de 32 Mio"),
    ],
)
def test_un_fichier_qui_ne_se_compte_pas_est_refuse(contenu: bytes, dit: str) -> None:
    with pytest.raises(FichierRefuse) as refus:
        preparer(contenu)
    assert dit in str(refus.value).replace("\u00a0", " ")
    says_all(refus.value)


def test_trop_de_gagnants_pour_un_acte() -> None:
    projets = "\n".join(f"projet-{n:05d};0;" for n in range(900))
    with pytest.raises(FichierRefuse, match="trop de projets retenus"):
        preparer(pb("a;projet-00001", projets=projets).encode())


def test_les_lignes_longues_de_meta_sont_coupees_mais_le_fichier_reste_entier() -> None:
    contenu = pb("a;1", meta="\ncomment;" + "x" * 9_000 + "\ncl\u00e9;valeur").encode()
    importe, *lots = given().when(importer(contenu)).decided()
    assert isinstance(importe, ScrutinImporte)
    assert importe.meta["comment"].endswith("…") and "cl\u00e9" not in importe.meta
    assert recoller(importe.codage, [lot.lignes for lot in lots if isinstance(lot, LignesImportees)]) == contenu
    assert pabulib.lire(contenu).meta["cl\u00e9"] == "valeur"
