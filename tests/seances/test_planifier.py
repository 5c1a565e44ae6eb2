"""Planning a meeting: asked for by its members, held by several conferences."""

from datetime import date
from typing import Any

from domain.seances import events as e
from domain.seances.actes import PasEnExercice
from domain.seances.planifier_seance import Associees, DemandeInsuffisante, PlanifierSeance
from domain.seances.seance import SeanceInconnue
from tests.monde import confiee, flux, instance
from tests.seances.monde import SECRETARIAT, elus, h, membres
from tests.spec import given


def planifier(**others: Any) -> PlanifierSeance:
    values: dict[str, Any] = {"instance": "ctm-x", "prevue_le": h(9), "lieu": "Mairie", "publique": False, **others}
    return PlanifierSeance(SECRETARIAT, date(2026, 3, 1), **values)


def ctm(n: int = 7) -> given:
    world = given("assemblees/ctm-x", *membres(n)).and_given("instances/ctm-x", instance("ctm-x", "ctm", serie=None))
    return world.and_given(flux(SECRETARIAT), confiee(SECRETARIAT, "secretariat", "ctm-x"))


def test_la_moitie_des_membres_peut_demander_une_reunion() -> None:
    asked = {"a_l_initiative_de": "membres"}
    ctm().when(planifier(**asked, demandeurs=elus(1, 3))).refused(DemandeInsuffisante, "3 demandes pour 7")
    [fact] = ctm().when(planifier(**asked, demandeurs=elus(1, 4))).decided()
    assert isinstance(fact, e.SeancePlanifiee) and fact.regle == "reunion-ctm-2021"
    ctm().when(planifier(**asked, demandeurs=("m1", "m1", "m1", "m1"))).refused(DemandeInsuffisante)
    ctm().when(planifier(**asked, demandeurs=(*elus(1, 4), "inconnu"))).refused(PasEnExercice)
    given(flux(SECRETARIAT), confiee(SECRETARIAT, "secretariat", "ctm-x")).when(planifier()).refused(SeanceInconnue)


def test_des_conferences_se_reunissent_ensemble() -> None:
    world = ctm().and_given("instances/ctm-y", instance("ctm-y", "ctm", serie=None))
    [fact] = world.when(planifier(associees=("ctm-y",))).decided()
    assert isinstance(fact, e.SeancePlanifiee) and fact.associees == ("ctm-y",)
    for wrong in (("ctm-y", "ctm-y"), ("ctm-y", "ctm-x"), ("ctm-y", "ctm-z")):
        world.when(planifier(associees=wrong)).refused(Associees)
    ctm().and_given("instances/gepi", instance("gepi")).when(planifier(associees=("gepi",))).refused(Associees)
