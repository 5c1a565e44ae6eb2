"""What a presidency allows in the register: only while its mandate lasts, and only for who was then confided it."""

from datetime import date
from typing import Any

import pytest

from domain.avis.deposer_saisine import DeposerSaisine
from domain.composition import PresidenceFinie
from domain.mandats.events import FonctionElue, FonctionElueClose, MandatClos, MandatOuvert
from tests.monde import INCONNUE, confiee, flux, instance
from tests.spec import given

JOUR, ELECTION, CONFIEE = date(2026, 4, 20), date(2020, 10, 5), date(2026, 1, 1)
PRESIDENT = (
    MandatOuvert(elu="maire-a", civilite="", nom="Maire de A", du=ELECTION, source="x", par="administration"),
    FonctionElue(elu="maire-a", fonction="president", du=ELECTION, par="administration"),
)


def saisine(le: date = JOUR) -> DeposerSaisine:
    return DeposerSaisine(INCONNUE, le, "saisine_ecrite", "ctm-a", "conseil", "Une question", date(2026, 4, 1))


def world(*facts: Any) -> given:
    found = given("instances/ctm-a", instance("ctm-a", "ctm", serie=None))
    found.and_given("instances/conseil", instance("conseil", "conseil", serie=None))
    found.and_given(flux(INCONNUE), confiee(INCONNUE, "presidence", "ctm-a", du=CONFIEE))
    return found.and_given("assemblees/ctm-a", *facts)


def test_la_presidence_d_une_conference_saisit_par_ecrit() -> None:
    [fact] = world(*PRESIDENT).when(saisine()).decided()
    assert getattr(fact, "par", "") == "presidence:ctm-a"


@pytest.mark.parametrize(
    "facts",
    [
        (),
        PRESIDENT[:1],
        (*PRESIDENT, FonctionElueClose(elu="maire-a", fonction="president", le=JOUR, par="administration")),
        (*PRESIDENT, MandatClos(elu="maire-a", le=date(2026, 3, 23), motif="fin_de_mandat", par="administration")),
        (
            *PRESIDENT,
            FonctionElueClose(elu="maire-a", fonction="president", le=date(2026, 3, 1), par="administration"),
            FonctionElue(elu="maire-a", fonction="president", du=date(2026, 3, 1), par="administration"),
        ),
    ],
    ids=["personne", "simple membre", "finie ce jour", "mandat clos", "réélue : à confier à nouveau"],
)
def test_elle_ne_le_peut_plus_sans_mandat(facts: Any) -> None:
    world(*facts).when(saisine()).refused(PresidenceFinie)
