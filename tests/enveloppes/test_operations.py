"""Operations: proposed for the right envelope, decided by the right body, each step after the one before."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.enveloppes import events as e
from domain.enveloppes.abandonner_operation import AbandonnerOperation
from domain.enveloppes.actes import OperationDejaFaite, OperationInconnue, OperationPasPrete
from domain.enveloppes.ajouter_photo import AjouterPhoto, PhotoIllisible
from domain.enveloppes.avancer_operation import AvancerOperation
from domain.enveloppes.constater_projet_de_territoire import (
    ConferenceInconnue,
    ConstaterProjetDeTerritoire,
    ProjetDejaConstate,
)
from domain.enveloppes.decider_operation import DeciderOperation, MauvaiseInstance
from domain.enveloppes.proposer_operation import (
    AxeInconnu,
    OperationHorsEnveloppe,
    ProposerOperation,
    RaisonDuSeuil,
    depasse,
)
from domain.enveloppes.regles import QUI_DECIDE, SEUILS
from domain.enveloppes.rendre_avis_technique import RendreAvisTechnique
from domain.enveloppes.solder_operation import SolderOperation
from domain.enveloppes.suivre_pacte import (
    ArreterPhotographie,
    DejaSuivi,
    PhotographieImpossible,
    PrendreRendezVous,
    RendezVousManquant,
    TenirRendezVous,
)
from domain.ledger.event import Event
from tests.enveloppes.monde import (
    BRON,
    CONSEIL_DE_BRON,
    FINANCES,
    JOUR,
    MAIRIE,
    NUMERO,
    OP,
    TECHNIQUES,
    avis,
    conseil,
    conseil_de_bron,
    decidee,
    finances,
    mairie,
    proposee,
    techniques,
    votee,
)
from tests.monde import flux
from tests.spec import given

FLUX = f"operations/{OP}"
begun = e.OperationAvancee(etape="commencee", par="services_techniques")
accepted = e.OperationAvancee(etape="receptionnee", par="services_techniques")
CTM = "ctm-porte-des-alpes"


def proposer(acteur: str = MAIRIE, **others: Any) -> ProposerOperation:
    values: dict[str, Any] = {
        "nom": "fic", "beneficiaire": BRON, "titre": "Une place ombragée", "nature": "Voirie",
        "cout_cents": 80_000_00, "communes": (BRON,), "proposee_par": "Commune de Bron", **others,
    }  # fmt: skip
    return ProposerOperation(acteur, JOUR, **values)


def projets(**others: Any) -> ProposerOperation:
    values: dict[str, Any] = {
        "nom": "projets", "beneficiaire": CTM, "communes": (BRON, "69290"), "axe": "axe_3",
        "competence": "metropole", **others,
    }  # fmt: skip
    return proposer(FINANCES, **values)


def test_proposer() -> None:
    [fact] = given(flux(MAIRIE), mairie).when(proposer()).decided()
    assert isinstance(fact, e.OperationProposee)
    assert (fact.par, fact.regle, fact.cout_cents) == (f"mairie:{CONSEIL_DE_BRON}", QUI_DECIDE.id, 80_000_00)


def test_au_dessus_du_seuil_on_dit_pourquoi() -> None:
    world = given(flux(MAIRIE), mairie)
    assert world.when(proposer(cout_cents=300_000_00)).refusal() is None
    world.when(proposer(cout_cents=300_000_01)).refused(RaisonDuSeuil)
    [fact] = world.when(proposer(cout_cents=300_000_01, motif_seuil="Toute la rue est refaite")).decided()
    assert fact.regle == SEUILS.id
    assert not depasse("projets", 2_000_000_00) and depasse("projets", 2_000_000_01)
    assert not depasse("prox", 10**11)


def test_le_fic_d_une_commune_sert_dans_cette_commune() -> None:
    world = given(flux(MAIRIE), mairie)
    world.when(proposer(communes=("69266",))).refused(OperationHorsEnveloppe)
    world.when(proposer(communes=())).refused(OperationHorsEnveloppe)
    world.when(proposer(nom="autre")).refused(ChoixInconnu)
    world.when(proposer(beneficiaire="69266", communes=("69266",))).refused(FonctionManquante)


def test_un_projet_est_sur_un_axe_dans_deux_communes_et_metropolitain() -> None:
    world = given(flux(FINANCES), finances)
    assert world.when(projets()).refusal() is None
    world.when(projets(axe="axe_8")).refused(AxeInconnu)
    world.when(projets(axe=None)).refused(AxeInconnu)
    world.when(projets(communes=(BRON,))).refused(OperationHorsEnveloppe)
    world.when(projets(communes=(BRON, BRON))).refused(OperationHorsEnveloppe)
    world.when(projets(competence="commune")).refused(OperationHorsEnveloppe)


def decider(instance: str = CONSEIL_DE_BRON, acteur: str = MAIRIE) -> DeciderOperation:
    return DeciderOperation(acteur, JOUR, OP, instance, "2023-12")


def test_la_commune_decide_son_fic() -> None:
    world = given(FLUX, proposee(), avis).and_given(flux(MAIRIE), mairie)
    world.and_given(f"instances/{CONSEIL_DE_BRON}", conseil_de_bron)
    [fact] = world.when(decider()).decided()
    assert isinstance(fact, e.OperationDecidee) and fact.instance == CONSEIL_DE_BRON
    world.and_given(FLUX, decidee).when(decider()).refused(OperationDejaFaite)


def test_la_mauvaise_instance_ne_decide_pas() -> None:
    fic = given(FLUX, proposee(), avis).and_given(flux(FINANCES), finances).and_given("instances/conseil", conseil)
    fic.when(decider("conseil", FINANCES)).refused(MauvaiseInstance)
    prox = given(FLUX, proposee(nom="prox", beneficiaire=CTM), avis).and_given(flux(FINANCES), finances)
    prox.when(decider("conseil", FINANCES)).refused(MauvaiseInstance)  # not in the register
    assert prox.and_given("instances/conseil", conseil).when(decider("conseil", FINANCES)).refusal() is None
    with pytest.raises(MauvaiseInstance):
        decider("../x").reads()


def test_decider_apres_l_avis_technique() -> None:
    world = given(FLUX, proposee()).and_given(flux(MAIRIE), mairie)
    world.and_given(f"instances/{CONSEIL_DE_BRON}", conseil_de_bron).when(decider()).refused(OperationPasPrete)


def after(*facts: Event) -> given:
    return given(FLUX, *facts).and_given(flux(TECHNIQUES), techniques)


def avancer(etape: Any) -> AvancerOperation:
    return AvancerOperation(TECHNIQUES, JOUR, OP, etape)


def test_les_etapes_dans_l_ordre() -> None:
    assert after(proposee()).when(RendreAvisTechnique(TECHNIQUES, JOUR, OP, True, "Faisable")).refusal() is None
    after(proposee(), avis, decidee).when(RendreAvisTechnique(TECHNIQUES, JOUR, OP, True, "x")).refused(
        OperationDejaFaite
    )
    after().when(avancer("commencee")).refused(OperationInconnue)
    after(proposee(), avis).when(avancer("commencee")).refused(OperationPasPrete)
    after(proposee(), avis, decidee).when(avancer("receptionnee")).refused(OperationPasPrete)
    assert after(proposee(), avis, decidee).when(avancer("commencee")).refusal() is None
    after(proposee(), avis, decidee, begun).when(avancer("commencee")).refused(OperationDejaFaite)
    after(proposee(), avis, decidee, begun).when(avancer("finie")).refused(ChoixInconnu)
    solder = SolderOperation(TECHNIQUES, JOUR, OP, 79_000_00)
    after(proposee(), avis, decidee, begun).when(solder).refused(OperationPasPrete)
    [fact] = after(proposee(), avis, decidee, begun, accepted).when(solder).decided()
    assert isinstance(fact, e.OperationSoldee)
    after(proposee(), avis, decidee, begun, accepted, fact).when(solder).refused(OperationDejaFaite)


def test_abandonner_dit_pourquoi_et_avant_la_reception() -> None:
    order = AbandonnerOperation(MAIRIE, JOUR, OP, "technique", "Un réseau passe dessous")

    def world(*facts: Event) -> given:
        return given(FLUX, *facts).and_given(flux(FINANCES), finances)

    order.acteur = FINANCES
    [fact] = world(proposee(), avis, decidee).when(order).decided()
    assert isinstance(fact, e.OperationAbandonnee)
    world(proposee(), fact).when(order).refused(OperationDejaFaite)
    world(proposee(), avis, decidee, begun, accepted).when(order).refused(OperationDejaFaite)


def test_une_mairie_abandonne_chez_elle_seulement() -> None:
    order = AbandonnerOperation(MAIRIE, JOUR, OP, "riverains", "Un passage plutôt")
    own = given(FLUX, proposee(), avis, decidee).and_given(flux(MAIRIE), mairie)
    [fact] = own.when(order).decided()
    assert isinstance(fact, e.OperationAbandonnee) and fact.par == f"mairie:{CONSEIL_DE_BRON}"
    other = given(FLUX, proposee(beneficiaire="69266", communes=("69266",))).and_given(flux(MAIRIE), mairie)
    other.when(order).refused(FonctionManquante)


def test_une_photo_se_decrit() -> None:
    def order(empreinte: str = "ab" * 32) -> AjouterPhoto:
        return AjouterPhoto(TECHNIQUES, JOUR, OP, "avant", empreinte, "Une place sans arbre")

    assert after(proposee()).when(order()).refusal() is None
    after(proposee()).when(order("x")).refused(PhotoIllisible)
    after().when(order()).refused(OperationInconnue)


def test_le_projet_de_territoire_est_delibere_une_fois() -> None:
    order = ConstaterProjetDeTerritoire(FINANCES, JOUR, NUMERO, CTM)
    world = given(f"deliberations/{NUMERO}", votee()).and_given(flux(FINANCES), finances)
    [fact] = world.when(order).decided()
    world.and_given(f"territoires/{CTM}", fact).when(order).refused(ProjetDejaConstate)
    with pytest.raises(ConferenceInconnue):
        ConstaterProjetDeTerritoire(FINANCES, JOUR, NUMERO, "ailleurs").reads()


def test_les_rendez_vous_du_pacte() -> None:
    plan = PrendreRendezVous(FINANCES, JOUR, "revoyure", 2023, date(2023, 12, 31), "Pacte, A:769")
    hold = TenirRendezVous(FINANCES, JOUR, "revoyure", 2023, "Les deux volets sont maintenus.")
    world = given(flux(FINANCES), finances)
    world.when(hold).refused(RendezVousManquant)
    [planned] = world.when(plan).decided()
    world.and_given("rendez-vous/revoyure-2023", planned).when(plan).refused(DejaSuivi)
    [held] = world.when(hold).decided()
    world.and_given("rendez-vous/revoyure-2023", held).when(hold).refused(DejaSuivi)


def test_une_photographie_fige_une_date_passee() -> None:
    def order(au: date = date(2022, 12, 31), position: int = 7, empreinte: str = "cd" * 32) -> ArreterPhotographie:
        return ArreterPhotographie(FINANCES, JOUR, "Fin 2022", au, position, empreinte)

    world = given(flux(FINANCES), finances)
    [fact] = world.when(order()).decided()
    world.when(order(au=date(2023, 5, 3))).refused(PhotographieImpossible)
    world.when(order(position=0)).refused(PhotographieImpossible)
    world.when(order(empreinte="x")).refused(PhotographieImpossible)
    world.and_given("photographies/2022-12-31", fact).when(order()).refused(DejaSuivi)
