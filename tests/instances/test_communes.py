"""Communes: codes that check themselves, and the merger of 1 January 2024."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from domain.instances.events import CommuneInscrite, CommuneRattachee, CommunesFusionnees
from domain.instances.fusionner_communes import FusionDejaInscrite, FusionnerCommunes, RattachementManquant
from domain.instances.inscrire_commune import (
    CodeInseeFaux,
    CommuneDejaInscrite,
    CtmInconnue,
    InscrireCommune,
    PopulationImpossible,
    SirenFaux,
)
from domain.instances.inscrire_instance import DatesInversees
from domain.instances.rattacher_commune import (
    CommuneDejaRattachee,
    CommuneNonInscrite,
    RattachementASoiMeme,
    RattachementAvantSonDebut,
    RattacherCommune,
)
from domain.instances.regles import luhn, siren_valide
from domain.ledger.event import Event
from domain.propositions.deposer_proposition import CommuneInconnue, DeposerProposition
from tests.monde import ADMIN, DEPOT, EMPREINTE, JOUR, administration, commune, flux, instance
from tests.spec import given

LE = date(2024, 1, 1)
OULLINS, PIERRE_BENITE = "communes/69149", "communes/69152"
oullins = commune(survenu_le=date(2015, 1, 1), regle="codes-des-communes-2026")
pierre_benite = commune("69152", nom="Pierre-Bénite", siren="216901520", population_municipale=10_508)
ctm = instance("ctm-lones", "ctm", serie=None, repondant=None)


def inscrire(**others: Any) -> InscrireCommune:
    values: dict[str, Any] = {
        "insee": "69149",
        "nom": "Oullins",
        "siren": "216901496",
        "ctm": "ctm-lones",
        "population_municipale": 26_994,
        "population_annee": 2020,
        "du": date(2015, 1, 1),
        "source": "INSEE",
        **others,
    }
    return InscrireCommune(acteur=ADMIN, le=JOUR, **values)


def registre(stream: str = OULLINS, *facts: Event) -> given:
    return given(flux(ADMIN), administration).and_given("instances/ctm-lones", ctm).and_given(stream, *facts)


def test_une_commune_a_des_codes_et_une_population() -> None:
    registre().when(inscrire()).then(oullins)


@pytest.mark.parametrize("insee", ["", "6914", "691490", "69O49", "٦٩١٤٩"])
def test_un_code_insee_a_cinq_signes(insee: str) -> None:
    given().when(inscrire(insee=insee)).refused(CodeInseeFaux)


@pytest.mark.parametrize("siren", ["216901497", "21690149", "", "000000000", "21690149٦", "216901496\n"])
def test_un_siren_faux_se_voit(siren: str) -> None:
    registre().when(inscrire(siren=siren)).refused(SirenFaux)


@forall(st.sampled_from(["216901496", "215902990", "200102747", "216901520"]), st.integers(0, 8), st.integers(1, 9))
def test_un_chiffre_change_ne_passe_jamais(siren: str, place: int, more: int) -> None:
    wrong = siren[:place] + str((int(siren[place]) + more) % 10) + siren[place + 1 :]
    assert siren_valide(siren) and not luhn(wrong)


@pytest.mark.parametrize(
    "wrong", [{"population_municipale": 0}, {"population_municipale": -1}, {"population_annee": 20}]
)
def test_une_population_possible(wrong: dict[str, int]) -> None:
    registre().when(inscrire(**wrong)).refused(PopulationImpossible)


def test_une_commune_s_inscrit_une_fois_dans_une_conference_connue() -> None:
    registre(OULLINS, oullins).when(inscrire()).refused(CommuneDejaInscrite)
    given(flux(ADMIN), administration).when(inscrire()).refused(CtmInconnue)
    given(flux(ADMIN), administration).and_given("instances/gepi", instance()).when(inscrire(ctm="gepi")).refused(
        CtmInconnue
    )
    registre().when(inscrire(au=date(2014, 1, 1))).refused(DatesInversees)


def rattacher(insee: str = "69152", a: str = "69149", depuis: date = LE) -> RattacherCommune:
    return RattacherCommune(acteur=ADMIN, le=JOUR, insee=insee, a=a, depuis=depuis, source="Arrêté préfectoral")


rattachee = CommuneRattachee(
    survenu_le=LE,
    regle="fusion-de-communes-2026",
    insee="69152",
    a="69149",
    le=LE,
    source="Arrêté préfectoral",
    par="administration",
)


def deux(*facts: Event) -> given:
    found = given(PIERRE_BENITE, pierre_benite, *facts).and_given(OULLINS, oullins)
    return found.and_given(flux(ADMIN), administration)


def test_une_commune_se_rattache_a_une_autre() -> None:
    deux().when(rattacher()).then(rattachee)
    deux(rattachee).when(rattacher()).refused(CommuneDejaRattachee)
    deux().when(rattacher(depuis=date(2015, 1, 1))).refused(RattachementAvantSonDebut)
    given(OULLINS, oullins).and_given(flux(ADMIN), administration).when(rattacher("69149")).refused(
        RattachementASoiMeme
    )
    given(OULLINS, oullins).and_given(flux(ADMIN), administration).when(rattacher()).refused(CommuneNonInscrite)


def fusionner(**others: Any) -> FusionnerCommunes:
    values: dict[str, Any] = {
        "insee": "69149",
        "nom": "Oullins-Pierre-Bénite",
        "siren": "200102747",
        "absorbees": ("69152",),
        "population_municipale": 37_628,
        "population_annee": 2021,
        "depuis": LE,
        "source": "Arrêté préfectoral",
        **others,
    }
    return FusionnerCommunes(acteur=ADMIN, le=JOUR, **values)


fusion = CommunesFusionnees(
    survenu_le=LE,
    regle="fusion-de-communes-2026",
    insee="69149",
    nom="Oullins-Pierre-Bénite",
    siren="200102747",
    absorbees=["69152"],
    population_municipale=37_628,
    population_annee=2021,
    le=LE,
    source="Arrêté préfectoral",
    par="administration",
)


def test_oullins_et_pierre_benite_ne_font_plus_qu_une() -> None:
    deux(rattachee).when(fusionner()).then(fusion)


def test_une_fusion_suit_ses_rattachements() -> None:
    deux().when(fusionner()).refused(RattachementManquant)
    deux(rattachee).when(fusionner(depuis=date(2024, 1, 2))).refused(RattachementManquant)
    alone = given(OULLINS, oullins).and_given(flux(ADMIN), administration)
    alone.when(fusionner(absorbees=())).refused(RattachementManquant)
    deux(rattachee).when(fusionner(siren="200102748")).refused(SirenFaux)
    deux(rattachee).and_given(OULLINS, fusion).when(fusionner()).refused(FusionDejaInscrite)
    given(PIERRE_BENITE, pierre_benite, rattachee).and_given(flux(ADMIN), administration).when(fusionner()).refused(
        CommuneNonInscrite
    )


def test_on_ne_parle_plus_d_une_commune_qui_n_existe_plus() -> None:
    gepi = given("instances/gepi", instance())

    def deposer(insee: str, le: date = DEPOT) -> DeposerProposition:
        return DeposerProposition(instance="gepi", texte="Un banc", code_empreinte=EMPREINTE, le=le, territoire=insee)

    gone = gepi.and_given(PIERRE_BENITE, pierre_benite, rattachee)
    gone.when(deposer("69152")).refused(CommuneInconnue)
    assert gone.when(deposer("69152", date(2023, 12, 31))).decided()
    merged = given("instances/gepi", instance()).and_given(OULLINS, oullins, fusion)
    assert merged.when(deposer("69149")).decided()


def test_les_faits_disent_de_quelle_commune_ils_parlent() -> None:
    for kind in (CommuneInscrite, CommuneRattachee, CommunesFusionnees):
        assert "insee" in kind.__struct_fields__, "a command that reads two communes must tell them apart"
