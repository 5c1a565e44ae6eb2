"""Chains: milestones with their line, links once, holes said."""

from datetime import date

import pytest

from domain.chaines.events import JalonConstate, LienEtabli, PieceAbsente
from domain.chaines.tisser_chaine import (
    ConstaterJalon,
    DatesInversees,
    DejaTisse,
    EtablirLien,
    ReferenceIllisible,
    SignalerPieceAbsente,
)
from tests.monde import AGENT, coordination, flux
from tests.spec import given

NUMERO, JOUR = "2017-2275", date(2026, 4, 20)
FLUX = f"chaines/{NUMERO}"


def world() -> given:
    return given(flux(AGENT), coordination)


def jalon(au: date | None = date(2016, 5, 31)) -> ConstaterJalon:
    return ConstaterJalon(
        AGENT, JOUR, NUMERO, "participation", "État des lieux", "Partenaires", "B:111", date(2016, 1, 1), au, "mois"
    )


def test_un_jalon_cite_sa_ligne_et_n_est_note_qu_une_fois() -> None:
    [fact] = world().when(jalon()).decided()
    assert isinstance(fact, JalonConstate) and (fact.source, fact.survenu_le) == ("B:111", date(2016, 1, 1))
    world().and_given(FLUX, fact).when(jalon()).refused(DejaTisse)
    world().when(jalon(date(2015, 12, 31))).refused(DatesInversees)


def test_un_lien_va_vers_un_autre_dossier() -> None:
    link = EtablirLien(AGENT, JOUR, NUMERO, "GEPI-2026-0003", "vient_de")
    [fact] = world().when(link).decided()
    assert isinstance(fact, LienEtabli)
    world().and_given(FLUX, fact).when(link).refused(DejaTisse)
    world().when(EtablirLien(AGENT, JOUR, NUMERO, NUMERO, "cite")).refused(ReferenceIllisible)
    world().when(EtablirLien(AGENT, JOUR, NUMERO, "../x", "cite")).refused(ReferenceIllisible)
    with pytest.raises(ReferenceIllisible):
        EtablirLien(AGENT, JOUR, "x/y", NUMERO, "cite").reads()


def test_une_piece_absente_se_dit() -> None:
    hole = SignalerPieceAbsente(AGENT, JOUR, NUMERO, "Procès-verbal de la séance", "proces-verbal-cgct")
    [fact] = world().when(hole).decided()
    assert isinstance(fact, PieceAbsente) and fact.regle == "proces-verbal-cgct"
    world().and_given(FLUX, fact).when(hole).refused(DejaTisse)
