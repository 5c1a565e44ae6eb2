"""Minutes: their statutory headings, adopted at the next meeting, published; what was noted wrong is rectified."""

from datetime import date

from domain.ledger.event import Event
from domain.seances import events as e
from domain.seances.rediger_pv import (
    ArreterPv,
    PublierPv,
    PvDejaFait,
    PvIncomplet,
    RectificationImpossible,
    RectifierSeance,
    RedigerPv,
    SeanceSuivante,
)
from domain.seances.seance import Seance
from tests.seances.monde import (
    JOUR,
    SEA,
    SECRETARIAT,
    arrivee,
    assemblee,
    convoquee,
    elus,
    h,
    ouverte,
    planifiee,
    point,
)
from tests.spec import given

ICI: tuple[str, date, str, str] = (SECRETARIAT, JOUR, SEA, "conseil")


def en_seance(presents: int, n: int = 10, *more: Event) -> given:
    return assemblee(n, planifiee(), point(1), point(2), convoquee, ouverte, arrivee(elus(1, presents)), *more)


def finished(*more: Event) -> tuple[Event, ...]:
    count = e.QuorumConstate(presents=6, representes=0, en_exercice=10, seuil=6, atteint=True, par="x")
    closed = e.SeanceLevee(heure=h(12), par="x")
    facts = (planifiee(), point(), convoquee, ouverte, arrivee(elus(1, 6)), e.SecretaireElu(elu="m2", par="x"))
    return (*facts, count, closed, *more)


def test_le_proces_verbal_a_ses_mentions_puis_est_arrete_puis_publie() -> None:
    write = RedigerPv(*ICI, "Les débats ont porté sur le budget.")
    en_seance(6).when(write).refused(PvIncomplet, "levée")
    en_seance(6, 10, e.SeanceLevee(heure=h(12), par="x")).when(write).refused(PvIncomplet, "secrétaire", "quorum")
    [drafted] = assemblee(10, *finished()).when(write).decided()
    adopt = ArreterPv(*ICI, "SEA-2026-0002")
    later = (planifiee(prevue_le=h(9, 0, 30)), e.SeanceOuverte(heure=h(9, 0, 30), president="m1", par="x"))

    def world(*facts: Event, following: tuple[Event, ...] = later) -> given:
        return assemblee(10, *facts).and_given("seances/SEA-2026-0002", *following)

    [adopted] = world(*finished(drafted)).when(adopt).decided()
    world(*finished()).when(adopt).refused(PvIncomplet)
    world(*finished(drafted), following=later[:1]).when(adopt).refused(SeanceSuivante)
    world(*finished(drafted), following=(planifiee("ctm-x"), later[1])).when(adopt).refused(SeanceSuivante)
    world(*finished(drafted, adopted)).when(adopt).refused(PvDejaFait)
    publish = PublierPv(*ICI, "ab" * 32)
    assemblee(10, *finished(drafted)).when(publish).refused(PvIncomplet)
    [published] = assemblee(10, *finished(drafted, adopted)).when(publish).decided()
    assemblee(10, *finished(drafted, adopted, published)).when(publish).refused(PvDejaFait)


def test_une_rectification_reste_visible_et_change_la_suite() -> None:
    world = en_seance(6)
    wrong = world.when(RectifierSeance(*ICI, 6, "m6 n'était pas là")).decided()[0]
    assert isinstance(wrong, e.RectificationEnregistree)
    seance = Seance()
    for fact in (planifiee(), point(1), point(2), convoquee, ouverte, arrivee(elus(1, 6)), wrong):
        seance.retenir(fact)
    assert seance.presents == set() and len(seance.faits) == 7 and seance.rectifies == {6}
    seance.retenir(arrivee(elus(1, 5), h(9, 2)))
    assert seance.presents == set(elus(1, 5))
    en_seance(6, 10, wrong).when(RectifierSeance(*ICI, 6, "x")).refused(PvDejaFait)
    world.when(RectifierSeance(*ICI, 1, "x")).refused(RectificationImpossible)
    world.when(RectifierSeance(*ICI, 99, "x")).refused(RectificationImpossible)
