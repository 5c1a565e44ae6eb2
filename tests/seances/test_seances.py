"""Meetings: convened in time, opened, who is there at each moment, proxies, quorum at each item, minutes."""

from datetime import date, datetime
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.calendrier import PARIS
from domain.ledger.event import Event
from domain.mandats.events import MandatClos
from domain.seances import events as e
from domain.seances.actes import DateImpossible, HeureQuiRecule, PasEnExercice, SeanceFinie, SeancePasOuverte
from domain.seances.appeler_point import (
    AppelerPoint,
    ConstaterQuorum,
    DeclarerDeport,
    DemanderScrutin,
    PointPasAppele,
    QuorumNonAtteint,
    ScrutinPasDu,
)
from domain.seances.constater_presences import (
    ConstaterPresences,
    DejaConstate,
    DonnerPouvoir,
    ExcuserAbsence,
    PouvoirImpossible,
    PouvoirInconnu,
    RevoquerPouvoir,
)
from domain.seances.convoquer import (
    AnnulerSeance,
    Convoquer,
    DejaConvoquee,
    DelaiTropCourt,
    OrdreDuJourVide,
    ReporterSeance,
)
from domain.seances.inscrire_point import (
    DossierIllisible,
    InscrirePoint,
    OrdreIncomplet,
    PointDejaVote,
    PointInconnu,
    RenvoyerPoint,
    ReordonnerOrdreDuJour,
)
from domain.seances.planifier_seance import PlanifierSeance, SecondeReunion
from domain.seances.quorums import RegleHorsDate
from domain.seances.seance import Seance, SeanceInconnue
from domain.seances.tenir_seance import (
    DeciderHuisClos,
    DejaOuverte,
    ElireSecretaire,
    LeverSeance,
    OuvrirSeance,
    PasConvoquee,
    PasUrgente,
    TenirAudition,
    VoterUrgence,
)
from tests.monde import confiee, flux, instance
from tests.seances.monde import (
    JOUR,
    SEA,
    SECRETARIAT,
    appele,
    arrivee,
    assemblee,
    convoquee,
    elus,
    h,
    membres,
    ouverte,
    planifiee,
    point,
)
from tests.spec import given

ICI: tuple[str, date, str, str] = (SECRETARIAT, JOUR, SEA, "conseil")


def en_seance(presents: int, n: int = 10, *more: Event) -> given:
    return assemblee(n, planifiee(), point(1), point(2), convoquee, ouverte, arrivee(elus(1, presents)), *more)


def test_convoquer_douze_jours_avant() -> None:
    world = assemblee(10, planifiee(), point())

    def order(le: date, **others: Any) -> Convoquer:
        return Convoquer(*ICI, le, **others)

    [fact] = world.when(order(date(2026, 3, 4))).decided()
    assert isinstance(fact, e.ConvocationEnvoyee) and (fact.jours, fact.regle) == (12, "convocation-cgct")
    world.when(order(date(2026, 3, 5))).refused(DelaiTropCourt, "11 jours")
    assert world.when(order(date(2026, 3, 14), urgence=True, motif="Inondation")).refusal() is None
    world.when(order(date(2026, 3, 15), urgence=True, motif="Inondation")).refused(DelaiTropCourt)
    assemblee(10, planifiee()).when(order(date(2026, 3, 1))).refused(OrdreDuJourVide)
    assemblee(10, planifiee(), point(), convoquee).when(order(date(2026, 3, 1))).refused(DejaConvoquee)
    small = assemblee(7, planifiee("ctm-x"), point(), slug="ctm-x", sorte="ctm")
    assert small.when(Convoquer(SECRETARIAT, JOUR, SEA, "ctm-x", date(2026, 3, 15))).refusal() is None
    small.when(Convoquer(SECRETARIAT, JOUR, SEA, "ctm-x", date(2026, 3, 17))).refused(DelaiTropCourt, "part avant")
    second = assemblee(10, planifiee(suite_de="SEA-2026-0009"), point())
    assert second.when(order(date(2026, 3, 13))).refusal() is None  # by right, three days later


@pytest.mark.parametrize(
    "le", [datetime(1, 1, 1, tzinfo=PARIS), datetime(9999, 12, 31, tzinfo=PARIS), datetime(2026, 3, 1)]
)
def test_une_date_impossible(le: datetime) -> None:
    assemblee(10).when(PlanifierSeance(SECRETARIAT, JOUR, "conseil", le, "Salle", True)).refused(DateImpossible)
    assemblee(10, planifiee(), point()).when(ReporterSeance(*ICI, le, "Travaux")).refused(DateImpossible)


def test_l_ordre_du_jour() -> None:
    world = assemblee(10, planifiee(), point(1), point(2))
    [fact] = world.when(InscrirePoint(*ICI, "Un projet", "metropole", "2026-0012")).decided()
    assert isinstance(fact, e.PointInscrit) and fact.rang == 3
    world.when(InscrirePoint(*ICI, "Un projet", dossier="../x")).refused(DossierIllisible)
    assert world.when(ReordonnerOrdreDuJour(*ICI, (2, 1))).refusal() is None
    world.when(ReordonnerOrdreDuJour(*ICI, (2, 2))).refused(OrdreIncomplet)
    en_seance(6).when(ReordonnerOrdreDuJour(*ICI, (2, 1))).refused(SeanceFinie)
    en_seance(6).when(RenvoyerPoint(*ICI, 9, "x")).refused(PointInconnu)
    [gone] = en_seance(6).when(RenvoyerPoint(*ICI, 2, "Dossier incomplet")).decided()
    en_seance(6, 10, gone).when(AppelerPoint(*ICI, 2, h(10))).refused(PointDejaVote)


def test_reporter_annuler_ouvrir() -> None:
    opening = OuvrirSeance(*ICI, h(9), "m1")
    assemblee(10, planifiee(), point()).when(opening).refused(PasConvoquee)
    ready = assemblee(10, planifiee(), point(), convoquee)
    assert ready.when(opening).refusal() is None
    ready.when(OuvrirSeance(*ICI, h(9), "inconnu")).refused(PasEnExercice)
    [put_off] = ready.when(ReporterSeance(*ICI, h(9, 0, 23), "Salle fermée")).decided()
    assemblee(10, planifiee(), point(), convoquee, put_off).when(opening).refused(PasConvoquee)
    [off] = ready.when(AnnulerSeance(*ICI, "Plus d'objet")).decided()
    assemblee(10, planifiee(), point(), convoquee, off).when(opening).refused(SeanceFinie)
    en_seance(6).when(opening).refused(DejaOuverte)
    en_seance(6).when(AnnulerSeance(*ICI, "x")).refused(SeanceFinie)
    en_seance(6).when(ReporterSeance(*ICI, h(9, 0, 23), "x")).refused(SeanceFinie)


def test_une_autre_instance_ne_touche_pas_a_cette_seance() -> None:
    world = assemblee(10, planifiee("conseil"), slug="ctm-x", sorte="ctm")
    world.when(InscrirePoint(SECRETARIAT, JOUR, SEA, "ctm-x", "x")).refused(SeanceInconnue)
    given(f"seances/{SEA}", planifiee()).when(InscrirePoint(*ICI, "x")).refused(FonctionManquante)
    with pytest.raises(SeanceInconnue):
        InscrirePoint(SECRETARIAT, JOUR, "AV-2026-0001", "conseil", "x").reads()


def test_les_heures_ne_reculent_pas() -> None:
    order = ConstaterPresences(*ICI, ("m9",), "arrivee", h(9, 4))
    en_seance(6).when(order).refused(HeureQuiRecule)
    assert en_seance(6).when(ConstaterPresences(*ICI, ("m9",), "arrivee", h(9, 5))).refusal() is None
    naive = h(9, 30).replace(tzinfo=None)
    en_seance(6).when(ConstaterPresences(*ICI, ("m9",), "arrivee", naive)).refused(HeureQuiRecule)


def test_les_presences() -> None:
    world = en_seance(6)
    world.when(ConstaterPresences(*ICI, ("m1",), "arrivee", h(10))).refused(DejaConstate)
    world.when(ConstaterPresences(*ICI, ("m9",), "depart", h(10))).refused(DejaConstate)
    world.when(ConstaterPresences(*ICI, (), "depart", h(10))).refused(DejaConstate)
    world.when(ConstaterPresences(*ICI, ("inconnu",), "arrivee", h(10))).refused(PasEnExercice)
    world.when(ExcuserAbsence(*ICI, "m1")).refused(DejaConstate)
    assert world.when(ExcuserAbsence(*ICI, "m9")).refusal() is None
    assemblee(10, planifiee(), point(), convoquee).when(ConstaterPresences(*ICI, ("m1",), "arrivee", h(10))).refused(
        SeancePasOuverte
    )


def test_un_mandat_fini_la_veille_ne_siege_plus() -> None:
    world = en_seance(6)
    world.and_given("assemblees/conseil", MandatClos(elu="m9", le=JOUR, motif="demission", par="administration"))
    world.when(ConstaterPresences(*ICI, ("m9",), "arrivee", h(10))).refused(PasEnExercice)


def pouvoir(mandant: str, mandataire: str) -> DonnerPouvoir:
    return DonnerPouvoir(*ICI, mandant, mandataire, h(9, 30))


def test_un_pouvoir_par_membre_present() -> None:
    given_ = e.PouvoirDonne(mandant="m8", mandataire="m1", recu_a=h(9, 10), par="secretariat")
    world = en_seance(6, 10, given_)
    assert world.when(pouvoir("m9", "m2")).refusal() is None
    world.when(pouvoir("m9", "m1")).refused(PouvoirImpossible, "m8")
    world.when(pouvoir("m8", "m2")).refused(PouvoirImpossible)
    world.when(pouvoir("m9", "m10")).refused(PouvoirImpossible, "dans la salle")
    world.when(pouvoir("m2", "m3")).refused(PouvoirImpossible, "présent")
    assert world.when(RevoquerPouvoir(*ICI, "m8", h(9, 40))).refusal() is None
    world.when(RevoquerPouvoir(*ICI, "m9", h(9, 40))).refused(PouvoirInconnu)


def test_qui_arrive_reprend_sa_voix_et_qui_part_ne_porte_plus_de_pouvoir() -> None:
    seance = Seance()
    for fact in (planifiee(), ouverte, arrivee(elus(1, 3))):
        seance.retenir(fact)
    for who, by in (("m8", "m1"), ("m9", "m2")):
        seance.retenir(e.PouvoirDonne(mandant=who, mandataire=by, recu_a=h(9, 10), par="x"))
    seance.retenir(arrivee(("m8",), h(9, 20)))
    assert seance.pouvoirs == {"m9": "m2"}
    seance.retenir(e.PresencesConstatees(elus=("m2",), mouvement="depart", heure=h(9, 30), par="x"))
    assert seance.pouvoirs == {} and seance.presents == {"m1", "m3", "m8"}


def test_le_quorum_compte_les_presents_pas_les_pouvoirs() -> None:
    proxies = [e.PouvoirDonne(mandant=f"m{n + 75}", mandataire=f"m{n}", recu_a=h(9, 10), par="x") for n in range(1, 41)]
    world = en_seance(75, 150, *proxies)
    world.when(AppelerPoint(*ICI, 1, h(10))).refused(QuorumNonAtteint, "75 présents", "76 sur 150")
    [count] = world.when(ConstaterQuorum(*ICI)).decided()
    assert isinstance(count, e.QuorumConstate)
    assert (count.presents, count.representes, count.seuil, count.atteint) == (75, 40, 76, False)
    assert en_seance(76, 150).when(AppelerPoint(*ICI, 1, h(10))).refusal() is None


def test_la_meme_seance_sous_deux_regles_a_deux_resultats() -> None:
    past: dict[str, Any] = {"prevue_le": h(9).replace(year=2021, month=2, day=22)}
    opened = e.SeanceOuverte(heure=past["prevue_le"], president="m1", par="x")
    come = arrivee(elus(1, 60), past["prevue_le"])
    world = assemblee(150, planifiee(**past), point(), convoquee, opened, come)
    then = past["prevue_le"].replace(hour=10)
    world.when(AppelerPoint(*ICI, 1, then)).refused(QuorumNonAtteint)
    assert world.when(AppelerPoint(*ICI, 1, then, "quorum-urgence-sanitaire-2020")).refusal() is None
    en_seance(60, 150).when(AppelerPoint(*ICI, 1, h(10), "quorum-urgence-sanitaire-2020")).refused(RegleHorsDate)


def test_sans_quorum_la_seconde_reunion_trois_jours_plus_tard() -> None:
    missing = e.QuorumConstate(presents=3, representes=0, en_exercice=10, seuil=6, atteint=False, par="x")
    before = (planifiee(), point(), convoquee, ouverte, arrivee(elus(1, 3)))

    def order(jour: int) -> PlanifierSeance:
        values: dict[str, Any] = {"instance": "conseil", "prevue_le": h(9, 0, jour), "lieu": "Salle", "publique": True}
        return PlanifierSeance(SECRETARIAT, JOUR, **values, suite_de=SEA)

    def second(*facts: Event) -> given:
        streams = given("assemblees/conseil", *membres(10))
        streams.and_given("instances/conseil", instance("conseil", "conseil", serie=None))
        streams.and_given(flux(SECRETARIAT), confiee(SECRETARIAT, "secretariat", "conseil"))
        return streams.and_given("seances/SEA-2026-0001", *facts)

    # The new meeting takes the next number, the former one is read beside it.
    planned = second(*before, missing).when(order(19)).decided()[0]
    assert isinstance(planned, e.SeancePlanifiee) and planned.suite_de == SEA
    second(*before, missing).when(order(20)).refused(SecondeReunion, "3 jours")
    second(*before).when(order(19)).refused(SecondeReunion)
    after = assemblee(10, planifiee(suite_de="SEA-2026-0009"), point(), convoquee, ouverte, arrivee(elus(1, 2)))
    assert after.when(AppelerPoint(*ICI, 1, h(10))).refusal() is None
    assert assemblee(10, *before).when(ConstaterQuorum(*ICI)).refusal() is None


def test_un_deport_n_est_pas_compte() -> None:
    gone = e.DeportDeclare(elu="m6", rang=1, par="x")
    en_seance(6, 10, gone).when(AppelerPoint(*ICI, 1, h(10))).refused(QuorumNonAtteint, "5 présents")
    assert en_seance(6, 10, gone).when(AppelerPoint(*ICI, 2, h(10))).refusal() is None
    assert en_seance(6).when(DeclarerDeport(*ICI, "m6", 1)).refusal() is None
    en_seance(6).when(DeclarerDeport(*ICI, "m6", 9)).refused(PointInconnu)


def test_un_sixieme_des_presents_demande_le_scrutin_public() -> None:
    world = en_seance(150, 150, appele())
    world.when(DemanderScrutin(*ICI, 1, "public", elus(1, 24))).refused(ScrutinPasDu, "24 demandes pour 150", "25")
    [fact] = world.when(DemanderScrutin(*ICI, 1, "public", elus(1, 25))).decided()
    assert isinstance(fact, e.ScrutinDemande) and fact.accorde
    assert world.when(DemanderScrutin(*ICI, 1, "secret")).refusal() is None
    world.when(DemanderScrutin(*ICI, 2, "public", elus(1, 25))).refused(PointPasAppele)


def test_le_cadre_de_la_seance() -> None:
    world = en_seance(6)
    assert world.when(ElireSecretaire(*ICI, "m2")).refusal() is None
    world.when(ElireSecretaire(*ICI, "m9")).refused(PasEnExercice)
    world.when(VoterUrgence(*ICI, True)).refused(PasUrgente)
    assert world.when(DeciderHuisClos(*ICI, "Situation d'un agent")).refusal() is None
    assert world.when(TenirAudition(*ICI, 1, "Directrice d'un centre social")).refusal() is None
    [closed] = world.when(LeverSeance(*ICI, h(12))).decided()
    en_seance(6, 10, closed).when(LeverSeance(*ICI, h(12))).refused(SeanceFinie)
