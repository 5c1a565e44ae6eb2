"""Lines of another authority's open data: every defect named, nothing guessed, each deliberation recorded once."""

from datetime import date

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from domain.deliberations.events import DeliberationImportee, ProjetDepose
from domain.deliberations.importer_deliberation import ImporterDeliberation
from domain.deliberations.matieres import DIVISIONS, nom_de_matiere
from domain.deliberations.scdl import COLONNES, DejaImportee, LigneScdl, lire_ligne
from domain.identifiers import est_numero
from tests.spec import given

BONNE = {
    "COLL_NOM": "Ville de l'Essai",
    "COLL_SIRET": "20004697700019",
    "DELIB_ID": "2019/12-b",
    "DELIB_DATE": "2019-03-04",
    "DELIB_MATIERE_CODE": "8.3",
    "DELIB_MATIERE_NOM": "Domaines de compétences par thèmes/voirie",
    "DELIB_OBJET": "Réfection d'une rue",
    "PREF_ID": "PREF069",
    "PREF_DATE": "2019-03-06",
    "VOTE_EFFECTIF": "43",
    "VOTE_REEL": "40",
    "VOTE_POUR": "38",
    "VOTE_CONTRE": "1",
    "VOTE_ABSTENTION": "1",
    "DELIB_URL": "https://exemple.fr/12.pdf",
}
FLUX = "deliberations/200046977-2019_12_b"


def lue(**autres: str) -> LigneScdl:
    found, faults = lire_ligne(BONNE | autres)
    assert found is not None, faults
    return found


@pytest.mark.parametrize(
    ("autres", "champs"),
    [
        ({"COLL_NOM": "  "}, {"COLL_NOM"}),
        ({"COLL_SIRET": "20004697700018"}, {"COLL_SIRET"}),
        ({"COLL_SIRET": "20004697800019"}, {"COLL_SIRET"}),
        ({"COLL_SIRET": "200046977"}, {"COLL_SIRET"}),
        ({"DELIB_ID": "///"}, {"DELIB_ID"}),
        ({"DELIB_ID": "1" * 41}, {"DELIB_ID"}),
        ({"DELIB_DATE": "04/03/2019"}, {"DELIB_DATE"}),
        ({"DELIB_DATE": "2019-02-30"}, {"DELIB_DATE"}),
        ({"DELIB_MATIERE_CODE": ""}, {"DELIB_MATIERE_CODE"}),
        ({"DELIB_MATIERE_CODE": "voirie"}, {"DELIB_MATIERE_CODE"}),
        ({"DELIB_OBJET": "x" * 4_001}, {"DELIB_OBJET"}),
        ({"DELIB_OBJET": "\0\x01"}, {"DELIB_OBJET"}),
        ({"DELIB_OBJET": "😀" * 4_000}, {""}),
        ({"BUDGET_ANNEE": "2019"}, {"BUDGET_NOM"}),
        ({"BUDGET_NOM": "Budget principal"}, {"BUDGET_ANNEE"}),
        ({"BUDGET_ANNEE": "2019/2018", "BUDGET_NOM": "Budget"}, {"BUDGET_ANNEE"}),
        ({"PREF_DATE": "2019-03-03"}, {"PREF_DATE"}),
        ({"VOTE_REEL": "44", "VOTE_POUR": "42"}, {"VOTE_REEL"}),
        ({"VOTE_POUR": "41", "VOTE_CONTRE": "0", "VOTE_ABSTENTION": "0"}, {"VOTE_POUR", "VOTE_REEL"}),
        ({"VOTE_POUR": ""}, {"VOTE_POUR"}),
        ({"VOTE_POUR": "trente"}, {"VOTE_POUR"}),
        ({"VOTE_POUR": "-1"}, {"VOTE_POUR"}),
        ({"VOTE_POUR": "37"}, {"VOTE_REEL"}),
        ({"DELIB_URL": "javascript:alert(1)"}, {"DELIB_URL"}),
        ({"DELIB_URL": "12.pdf"}, {"DELIB_URL"}),
        ({"COLL_SIRET": "", "DELIB_DATE": "hier", "VOTE_POUR": "?"}, {"COLL_SIRET", "DELIB_DATE", "VOTE_POUR"}),
    ],
)
def test_une_ligne_refusee_dit_chaque_champ(autres: dict[str, str], champs: set[str]) -> None:
    found, faults = lire_ligne(BONNE | autres)
    assert found is None and {fault.champ for fault in faults} == champs
    assert all(fault.raison.endswith(".") for fault in faults)


def test_une_ligne_sans_vote_ni_prefecture_est_bonne() -> None:
    votes = dict.fromkeys(("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION"), "")
    found = lue(**votes, PREF_ID="", PREF_DATE="", DELIB_URL="")
    assert (found.reel, found.pref_date, found.url) == (None, None, None)
    assert est_numero(found.numero) and found.numero == "200046977-2019_12_b"


def test_un_nom_de_matiere_hors_nomenclature_est_remarque() -> None:
    for autres, champ in (({"DELIB_MATIERE_NOM": "Voirie"}, "DELIB_MATIERE_NOM"), ({"DELIB_MATIERE_CODE": "8.10"},
                                                                                   "DELIB_MATIERE_CODE")):  # fmt: skip
        found, remarks = lire_ligne(BONNE | autres)
        assert found is not None and [remark.champ for remark in remarks] == [champ]


def test_la_nomenclature_a_les_bornes_du_schema() -> None:
    assert [len(DIVISIONS[kind]) for kind in "123456789"] == [7, 3, 6, 5, 8, 5, 10, 9, 4]
    assert nom_de_matiere("8.2") == "domaines de compétences par thèmes/aide sociale"
    assert [nom_de_matiere(code) for code in ("8.0", "8.10", "0.1", "8", "", "8.²")] == [None] * 6
    assert not any({",", "(", ")"} & set(name) for names in DIVISIONS.values() for name in names)


@having(st.dictionaries(st.sampled_from(COLONNES), st.text(max_size=30)))
def test_aucune_ligne_n_arrete_la_lecture(valeurs: dict[str, str]) -> None:
    found, faults = lire_ligne(BONNE | valeurs)
    assert (found is None) == bool(faults) or found is not None
    assert found is None or est_numero(found.numero)


def test_une_deliberation_importee() -> None:
    decision = given(FLUX).when(ImporterDeliberation(lue(), "essai.csv"))
    [fact] = decision.decided()
    assert isinstance(fact, DeliberationImportee)
    assert (fact.survenu_le, fact.numero, fact.identifiant) == (date(2019, 3, 4), "200046977-2019_12_b", "2019/12-b")
    assert (fact.effectif, fact.reel, fact.pour, fact.contre, fact.abstentions) == (43, 40, 38, 1, 1)
    assert fact.source == "essai.csv" and fact.par == "installation"
    again = given(FLUX, fact).when(ImporterDeliberation(lue(DELIB_OBJET="Une autre rue"), "essai.csv"))
    again.refused(DejaImportee)


def test_une_deliberation_votee_ici_ne_s_importe_pas() -> None:
    projet = ProjetDepose(
        numero="2017-2275", instance="conseil", siren="200046977", objet="Un projet", matiere_code="8.2",
        matiere_nom="Aide sociale", par="secretariat:conseil",
    )  # fmt: skip
    ours = lue(DELIB_ID="2017-2275")
    known = given(f"deliberations/{ours.numero}").and_given("deliberations/2017-2275", projet)
    known.when(ImporterDeliberation(ours, "essai.csv")).refused(DejaImportee)
    elsewhere = lue(DELIB_ID="2017-2275", COLL_SIRET="21690149600010")
    other = given(f"deliberations/{elsewhere.numero}").and_given("deliberations/2017-2275", projet)
    assert len(other.when(ImporterDeliberation(elsewhere, "essai.csv")).decided()) == 1
