"""Adopting a split: who may, from what, with which weight; and a second one, which leaves the mandate exact."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import settings
from hypothesis import strategies as st

from domain.actes import FonctionManquante
from domain.enveloppes import events as e
from domain.enveloppes.actes import DeliberationManquante
from domain.enveloppes.adopter_repartition import AdopterRepartition, RepartitionDejaAdoptee, SansCle
from domain.enveloppes.enveloppe import Enveloppe, de_l_annee
from domain.enveloppes.masses import ANNEES, CLE_DE_REPARTITION, MASSES, NOUVEAU_PARTAGE, PLANCHER_ANNUEL
from domain.enveloppes.repartition import Beneficiaire, RepartitionImpossible, repartir
from domain.instances.events import CommuneInscrite, CommuneRattachee
from domain.texte import TexteVide
from tests.enveloppes.communes import communes
from tests.enveloppes.monde import EN, FINANCES, MAIRIE, NUMERO, finances, mairie, ouverte, votee
from tests.monde import flux
from tests.spec import given

CTM = "ctm-porte-des-alpes"
JOUR = date(2021, 3, 20)
VILLES = (
    e.DonneeCommune(insee="69029", ctm=CTM, population=42_442, voirie_m2=500_000),
    e.DonneeCommune(insee="69290", ctm=CTM, population=46_000, voirie_m2=700_000),
)


def inscrite(insee: str, ctm: str = CTM) -> CommuneInscrite:
    return CommuneInscrite(
        insee=insee, nom=f"Commune {insee}", siren="216900290", ctm=ctm, population_municipale=1, population_annee=2018,
        du=date(2015, 1, 1), source="essai", par="administration",
    )  # fmt: skip


def world(*facts: Any, envelope: Any = None, **others: Any) -> given:
    streams = given(f"enveloppes/{EN}", envelope or ouverte(), *facts)
    streams.and_given(f"deliberations/{NUMERO}", others.get("vote", votee()))
    for line in VILLES:
        streams.and_given(f"communes/{line.insee}", inscrite(line.insee))
    return streams.and_given(flux(FINANCES), finances)


def adopter(alpha: str = "0.5", annee: int = 2021, le: date = JOUR, **others: Any) -> AdopterRepartition:
    values: dict[str, Any] = {"communes": VILLES, "population_annee": 2018, "source": "INSEE", **others}
    return AdopterRepartition(FINANCES, le, NUMERO, EN, alpha=alpha, annee=annee, **values)


def test_les_donnees_et_le_partage_sont_dans_le_registre() -> None:
    inputs, split = world().when(adopter()).decided()
    assert isinstance(inputs, e.DonneesArretees) and inputs.lignes == VILLES and inputs.population_annee == 2018
    assert isinstance(split, e.RepartitionAdoptee) and split.regle == CLE_DE_REPARTITION.id
    assert split.total_cents == sum(part.cents for part in split.parts) == MASSES["fic"]
    assert (split.alpha, split.deliberation, split.annee_debut, split.motif) == ("0.5", NUMERO, 2021, None)


@pytest.mark.parametrize("alpha", ["0", "1", "0.6", "0.123456", "1.0"])
def test_un_poids_entre_0_et_1(alpha: str) -> None:
    assert world().when(adopter(alpha)).refusal() is None


@pytest.mark.parametrize("alpha", ["", "1.1", "2", "-0.5", "0,6", "1e9", "1e-3", "3/5", "0.1234567", " 1", "un", "٠"])
def test_un_poids_qui_n_est_pas_un_nombre_entre_0_et_1(alpha: str) -> None:
    refusal = world().when(adopter(alpha)).refusal()
    assert isinstance(refusal, RepartitionImpossible) and refusal.field == "alpha"


@pytest.mark.parametrize(
    ("lines", "mots"),
    [
        ((), "aucune commune"),
        ((VILLES[0], VILLES[0]), "deux fois"),
        ((e.DonneeCommune(insee="69029", ctm=CTM, population=0, voirie_m2=1),), "population"),
        ((e.DonneeCommune(insee="69029", ctm=CTM, population=-5, voirie_m2=1),), "population"),
        ((e.DonneeCommune(insee="69029", ctm=CTM, population=5, voirie_m2=-1),), "négative"),
        ((e.DonneeCommune(insee="69029", ctm=CTM, population=5),), "voirie manquent"),
        ((e.DonneeCommune(insee="69999", ctm=CTM, population=5, voirie_m2=1),), "69999"),
        ((e.DonneeCommune(insee="69029", ctm="ctm-villeurbanne", population=5, voirie_m2=1),), "conférence"),
    ],
)
def test_des_donnees_qui_ne_vont_pas(lines: tuple[e.DonneeCommune, ...], mots: str) -> None:
    known = world()
    for stream in [name for name in known.streams if name.startswith("communes/")]:
        if stream.partition("/")[2] not in {line.insee for line in lines}:
            known.streams.pop(stream)
    known.when(adopter(communes=lines)).refused(RepartitionImpossible, mots)


@pytest.mark.parametrize("code", ["../69029", "6902", "69029/", "", "6902a"])
def test_ce_qui_n_est_pas_un_code_de_commune(code: str) -> None:
    with pytest.raises(RepartitionImpossible):
        adopter(communes=(e.DonneeCommune(insee=code, ctm=CTM, population=5),)).reads()


def test_il_faut_une_deliberation_adoptee_une_annee_une_cle_une_source_une_fonction() -> None:
    world(vote=votee("rejetee")).when(adopter()).refused(DeliberationManquante)
    world().when(adopter(annee=2027)).refused(RepartitionImpossible, "pas dans l'enveloppe")
    outside = ouverte(enveloppe="suites_permis", montant_cents=1_000_000_00, hors_pacte=True)
    world(envelope=outside).when(adopter()).refused(SansCle)
    world().when(adopter(source=" ")).refused(TexteVide)
    other = world()
    other.streams.pop(flux(FINANCES))
    order = adopter()
    order.acteur = MAIRIE
    other.and_given(flux(MAIRIE), mairie).when(order).refused(FonctionManquante)


def premier(annee: int = 2021) -> e.RepartitionAdoptee:
    [_, split] = world().when(adopter(annee=annee)).decided()
    assert isinstance(split, e.RepartitionAdoptee)
    return split


def test_un_second_partage_dit_pourquoi_et_ne_touche_pas_une_annee_commencee() -> None:
    known, late = world(premier()), date(2023, 12, 19)
    known.when(adopter(annee=2023, le=late, motif="Fusion")).refused(RepartitionDejaAdoptee)
    known.when(adopter(annee=2024, le=late)).refused(TexteVide)
    _, split = known.when(adopter(annee=2024, le=late, motif="Fusion")).decided()
    assert isinstance(split, e.RepartitionAdoptee) and split.regle == NOUVEAU_PARTAGE.id


def test_une_commune_qui_a_rejoint_une_autre_ne_recoit_plus() -> None:
    gone = CommuneRattachee(insee="69290", a="69029", le=date(2024, 1, 1), source="essai", par="administration")
    order = adopter(annee=2024, le=date(2023, 12, 19), motif="Fusion")
    known = world(premier()).and_given("communes/69290", inscrite("69290"), gone)
    known.when(order).refused(RepartitionImpossible, "n'existe plus en 2024")


def de_l_an(folded: Enveloppe, annee: int) -> int:
    split = folded.en_vigueur(annee)
    assert split is not None
    return sum(de_l_annee(part.cents, split, folded.connue(), annee) for part in split.parts)


def test_une_fusion_en_cours_de_mandat_laisse_l_enveloppe_exacte() -> None:
    """The 59 communes of 2018, then the 58 of 2024: the six years are 58,300,000.00 €, not a cent more."""
    before = communes("pop_municipale_2018")
    merged = [Beneficiaire(b.code, b.ctm, b.population + 1_000) for b in before if b.code != "69152"]
    folded = Enveloppe()
    folded.retenir(ouverte())
    for towns, annee in ((before, 2021), (merged, 2024)):
        cents = folded.a_partager(annee)
        split = repartir("fic", towns, Fraction(1), cents, 2027 - annee)
        assert sum(line.cents for line in split) == cents
        assert min(line.cents for line in split) == PLANCHER_ANNUEL * (2027 - annee)
        folded.retenir(adoptee(split, annee))
    assert len(folded.repartitions[1].parts) == 58
    assert sum(de_l_an(folded, annee) for annee in ANNEES) == MASSES["fic"]


def adoptee(split: list[Any], annee: int) -> e.RepartitionAdoptee:
    return e.RepartitionAdoptee(
        alpha="1", deliberation=NUMERO, annee_debut=annee, total_cents=sum(line.cents for line in split),
        parts=tuple(e.Part(insee=line.insee, ctm=line.ctm, cents=line.cents) for line in split), par="finances",
    )  # fmt: skip


POPULATIONS = st.lists(st.integers(1, 10**6), min_size=1, max_size=12)
SPLITS = st.lists(st.tuples(st.integers(2021, 2026), POPULATIONS), min_size=0, max_size=4)


@settings(max_examples=60)
@having(POPULATIONS, SPLITS)
def test_quels_que_soient_les_partages_le_mandat_est_exact(
    first: list[int], later: list[tuple[int, list[int]]]
) -> None:
    folded = Enveloppe()
    folded.retenir(ouverte())
    for annee, people in [(2021, first), *later]:
        towns = [Beneficiaire(f"{69000 + n}", f"CTM {n % 3}", p) for n, p in enumerate(people)]
        share = Fraction(1)
        folded.retenir(adoptee(repartir("prox", towns, share, folded.a_partager(annee), 2027 - annee), annee))
    assert sum(de_l_an(folded, annee) for annee in ANNEES) == MASSES["fic"]
