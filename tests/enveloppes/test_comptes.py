"""Accounts: never negative, carried over once, paid only what was committed; each by who may."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from domain.actes import FonctionManquante
from domain.enveloppes import events as e
from domain.enveloppes.accorder_reconduction import AccorderReconduction, AnneePasFinie, ReconductionDejaAccordee
from domain.enveloppes.actes import DeliberationManquante, OperationInconnue, OperationPasPrete
from domain.enveloppes.compte import CompteInconnu, Exercices
from domain.enveloppes.engager_credit import (
    AutreCompte,
    EngagerCredit,
    ProjetDeTerritoireManquant,
    SoldeInsuffisant,
)
from domain.enveloppes.inscrire_abondement import InscrireAbondement, SansAbondement
from domain.enveloppes.inscrire_dotation import (
    AnneePasCommencee,
    DotationDejaInscrite,
    DotationDifferente,
    InscrireDotation,
)
from domain.enveloppes.liberer_credit import LibererCredit, PlusQueLEngage
from domain.enveloppes.mandater_credit import MandaterCredit
from domain.enveloppes.masses import CLE_DE_REPARTITION
from domain.enveloppes.rectifier_dotation import RectifierDotation
from domain.enveloppes.regles import ABONDEMENT, COMPTE_JAMAIS_NEGATIF, RECONDUCTION
from domain.ledger.event import Event
from domain.money import MontantInvalide
from tests.enveloppes.monde import (
    BRON,
    COMPTE,
    CONSEIL_DE_BRON,
    EN,
    FINANCES,
    JOUR,
    MAIRIE,
    NUMERO,
    OP,
    SUIVANT,
    avis,
    decidee,
    dotation,
    engage,
    finances,
    mairie,
    ouverte,
    proposee,
    votee,
)
from tests.monde import INCONNUE, flux
from tests.spec import given


def compte(*facts: Event, operation: tuple[Event, ...] = (proposee(), avis, decidee)) -> given:
    return (
        given(COMPTE, *(facts or (dotation(),)))
        .and_given(f"operations/{OP}", *operation)
        .and_given(flux(MAIRIE), mairie)
        .and_given(flux(FINANCES), finances)
    )


def engager(cents: Any = 60_000_00, acteur: str = MAIRIE, **others: Any) -> EngagerCredit:
    values: dict[str, Any] = {"nom": "fic", "beneficiaire": BRON, "annee": 2023, "operation": OP, **others}
    return EngagerCredit(acteur, JOUR, cents=cents, **values)


def sans(world: given, acteur: str) -> given:
    """Only the stream of who acts: a command sees no other person's."""
    for person in (MAIRIE, FINANCES):
        if person != acteur:
            world.streams.pop(flux(person), None)
    return world


def test_engager_dans_la_limite_du_solde() -> None:
    sans(compte(), MAIRIE).when(engager()).then(
        e.CreditEngage(
            survenu_le=JOUR, regle=COMPTE_JAMAIS_NEGATIF.id, operation=OP, cents=60_000_00,
            par=f"mairie:{CONSEIL_DE_BRON}",
        )
    )  # fmt: skip


def test_jamais_plus_que_ce_qui_reste() -> None:
    world = sans(compte(dotation(), engage(50_000_00)), MAIRIE)
    assert world.when(engager(50_000_00)).refusal() is None
    world.when(engager(50_000_01)).refused(SoldeInsuffisant, "50 000,00 €")


def test_ce_qui_est_reconduit_ne_reste_plus() -> None:
    after = e.ReconductionAccordee(de_annee=2023, cents=70_000_00, deliberation=NUMERO, par="finances")
    world = sans(compte().and_given(SUIVANT, dotation(annee=2024), after), MAIRIE)
    assert world.when(engager(30_000_00)).refusal() is None
    world.when(engager(30_000_01)).refused(SoldeInsuffisant)


@pytest.mark.parametrize("cents", [0, -1, 10**13, 1.5, "1e9", True])
def test_un_montant_impossible(cents: Any) -> None:
    sans(compte(), MAIRIE).when(engager(cents)).refused(MontantInvalide)


def test_il_faut_un_compte_une_operation_decidee_le_bon_compte() -> None:
    sans(given(f"operations/{OP}", proposee(), decidee).and_given(flux(MAIRIE), mairie), MAIRIE).when(
        engager()
    ).refused(CompteInconnu)
    sans(compte(operation=()), MAIRIE).when(engager()).refused(OperationInconnue)
    sans(compte(operation=(proposee(), avis)), MAIRIE).when(engager()).refused(OperationPasPrete)
    other = (proposee(beneficiaire="69266", communes=("69266",)), avis, decidee)
    sans(compte(operation=other), MAIRIE).when(engager()).refused(AutreCompte)
    with pytest.raises(CompteInconnu):
        engager(beneficiaire="../69029").reads()
    with pytest.raises(OperationInconnue):
        engager(operation="OP-1").reads()


def test_la_mairie_d_a_cote_n_engage_rien_ici() -> None:
    world = given(COMPTE, dotation()).and_given(f"operations/{OP}", proposee(), avis, decidee)
    world.when(engager(acteur=INCONNUE)).refused(FonctionManquante)


def test_les_projets_attendent_le_projet_de_territoire() -> None:
    ctm = "ctm-porte-des-alpes"
    planned = proposee(nom="projets", beneficiaire=ctm, communes=(BRON, "69290"), axe="axe_3", competence="metropole")
    world = (
        given(f"comptes/projets/{ctm}/2023", dotation(nom="projets", qui=ctm))
        .and_given(f"operations/{OP}", planned, avis, decidee)
        .and_given(flux(FINANCES), finances)
    )
    order = engager(acteur=FINANCES, nom="projets", beneficiaire=ctm)
    world.when(order).refused(ProjetDeTerritoireManquant)
    adopted = e.ProjetDeTerritoireDelibere(ctm=ctm, deliberation=NUMERO, par="finances")
    assert world.and_given(f"territoires/{ctm}", adopted).when(order).refusal() is None


def test_liberer_et_payer_au_plus_ce_qui_est_engage_et_pas_paye() -> None:
    paid = e.CreditMandate(operation=OP, cents=20_000_00, par="finances")
    world = sans(compte(dotation(), engage(50_000_00), paid), FINANCES)
    for kind in (LibererCredit, MandaterCredit):
        extra = {"motif": "Moins cher que prévu"} if kind is LibererCredit else {}
        good = kind(FINANCES, JOUR, "fic", BRON, 2023, OP, 30_000_00, **extra)
        bad = kind(FINANCES, JOUR, "fic", BRON, 2023, OP, 30_000_01, **extra)
        assert world.when(good).refusal() is None
        world.when(bad).refused(PlusQueLEngage)


def test_reconduire_une_fois_apres_la_fin_de_l_annee() -> None:
    def order(cents: int = 40_000_00, annee: int = 2022) -> AccorderReconduction:
        return AccorderReconduction(FINANCES, JOUR, NUMERO, "fic", BRON, annee, cents)

    before = f"comptes/fic/{BRON}/2022"
    world = (
        given(COMPTE, dotation())
        .and_given(before, dotation(annee=2022), engage(60_000_00))
        .and_given(f"deliberations/{NUMERO}", votee())
        .and_given(flux(FINANCES), finances)
    )
    done = e.ReconductionAccordee(
        survenu_le=JOUR, regle=RECONDUCTION.id, de_annee=2022, cents=40_000_00, deliberation=NUMERO, par="finances"
    )
    world.when(order()).then(done)
    world.when(order(40_000_01)).refused(SoldeInsuffisant)
    world.and_given(COMPTE, done).when(order(1)).refused(ReconductionDejaAccordee)


def test_reconduire_demande_une_annee_finie_et_la_suivante_ouverte() -> None:
    order = AccorderReconduction(FINANCES, JOUR, NUMERO, "fic", BRON, 2023, 1)
    base = given(COMPTE, dotation()).and_given(f"deliberations/{NUMERO}", votee()).and_given(flux(FINANCES), finances)
    base.when(order).refused(CompteInconnu)
    base.and_given(SUIVANT, dotation(annee=2024)).when(order).refused(AnneePasFinie)


def test_abonder_son_fic_sur_son_budget() -> None:
    order = InscrireAbondement(MAIRIE, JOUR, BRON, 2023, 5_000_00, "2023-31")
    world = given(COMPTE, dotation()).and_given(flux(MAIRIE), mairie)
    world.when(order).then(
        e.AbondementInscrit(
            survenu_le=JOUR, regle=ABONDEMENT.id, cents=5_000_00, acte="2023-31", par=f"mairie:{CONSEIL_DE_BRON}"
        )
    )
    given(flux(MAIRIE), mairie).when(order).refused(SansAbondement)


def parts(cents: int = 600_000_03) -> e.RepartitionAdoptee:
    return e.RepartitionAdoptee(
        alpha="1", deliberation=NUMERO, annee_debut=2021, total_cents=cents, par="finances",
        parts=(e.Part(insee=BRON, ctm="Porte des Alpes", cents=cents),),
    )  # fmt: skip


def test_la_dotation_est_le_sixieme_du_partage() -> None:
    def order(annee: int = 2023, cents: int | None = None, qui: str = BRON) -> InscrireDotation:
        day = date(max(annee, 2023), 5, 2)
        return InscrireDotation(FINANCES, day, NUMERO, EN, "fic", qui, "Porte des Alpes", annee, cents)

    def world() -> given:
        streams = given(f"enveloppes/{EN}", ouverte(), parts()).and_given(f"deliberations/{NUMERO}", votee())
        return streams.and_given(flux(FINANCES), finances)

    for annee, due in ((2021, 100_000_01), (2023, 100_000_01), (2024, 100_000_00), (2026, 100_000_00)):
        [fact] = world().when(order(annee)).decided()
        assert isinstance(fact, e.DotationInscrite) and fact.cents == due and fact.regle == CLE_DE_REPARTITION.id
    world().when(order(cents=1)).refused(DotationDifferente)
    world().when(order(qui="69001")).refused(DotationDifferente)
    world().when(order(2027)).refused(DotationDifferente)
    world().and_given(COMPTE, dotation()).when(order()).refused(DotationDejaInscrite)
    early = InscrireDotation(FINANCES, JOUR, NUMERO, EN, "fic", BRON, "Porte des Alpes", 2024)
    world().when(early).refused(AnneePasCommencee, "2024")
    unsplit = given(f"enveloppes/{EN}", ouverte()).and_given(f"deliberations/{NUMERO}", votee())
    unsplit.and_given(flux(FINANCES), finances).when(order()).refused(DeliberationManquante)


@pytest.mark.parametrize("issue", ["rejetee", "ajournee", "retiree"])
def test_une_deliberation_qui_n_est_pas_adoptee_ne_porte_rien(issue: str) -> None:
    streams = given(f"enveloppes/{EN}", ouverte(), parts()).and_given(f"deliberations/{NUMERO}", votee(issue))
    order = InscrireDotation(FINANCES, JOUR, NUMERO, EN, "fic", BRON, "Porte des Alpes", 2023)
    streams.and_given(flux(FINANCES), finances).when(order).refused(DeliberationManquante, NUMERO)


def test_rectifier_sans_rien_effacer_ni_devenir_negatif() -> None:
    def order(cents: int) -> RectifierDotation:
        return RectifierDotation(FINANCES, JOUR, NUMERO, "fic", BRON, 2023, cents, "Population corrigée")

    world = given(COMPTE, dotation(), engage(90_000_00)).and_given(f"deliberations/{NUMERO}", votee())
    world.and_given(flux(FINANCES), finances)
    [fact] = world.when(order(-10_000_00)).decided()
    assert isinstance(fact, e.DotationRectifiee) and fact.difference_cents == -10_000_00
    world.when(order(-10_000_01)).refused(SoldeInsuffisant)
    world.when(order(0)).refused(MontantInvalide)


MOVES = st.lists(st.tuples(st.sampled_from(["engage", "libere", "abonde"]), st.integers(1, 500_00)), max_size=30)


@having(MOVES)
def test_le_solde_est_la_somme_des_faits(moves: list[tuple[str, int]]) -> None:
    years, total = Exercices(), 1_000_000_00
    years.retenir(dotation(total))
    for kind, cents in moves:
        match kind:
            case "engage":
                years.retenir(engage(cents))
                total -= cents
            case "libere":
                years.retenir(e.CreditLibere(operation=OP, cents=cents, motif="x", par="finances"))
                total += cents
            case _:
                years.retenir(e.AbondementInscrit(cents=cents, acte="1", par="mairie"))
                total += cents
    assert years.solde(2023) == total
