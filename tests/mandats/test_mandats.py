"""Seats and mandates over time: who sits, who presides, who may follow whom."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.composition import Composition, InstanceSansMembre
from domain.ledger.event import Event
from domain.mandats import events as e
from domain.mandats.clore_mandat import CloreMandat, NeSiegePas
from domain.mandats.elire_fonction import CloreFonctionElue, ElireFonction, PresidenceDejaTenue
from domain.mandats.fixer_sieges import FixerSieges, SiegesImpossibles
from domain.mandats.ouvrir_mandat import EluIllisible, MandatDejaOuvert, OuvrirMandat, PasDeSiege
from domain.mandats.ouvrir_mandat_jeune import OuvrirMandatJeune
from tests.monde import ADMIN, INCONNUE, administration, flux
from tests.spec import given

FLUX = "assemblees/conseil"
DU, JOUR = date(2020, 7, 2), date(2026, 6, 1)


def sieges(n: int = 2, du: date = DU) -> e.SiegesFixes:
    return e.SiegesFixes(sieges=n, du=du, source="A:69", par="administration")


def mandat(elu: str, nom: str = "Nom", civilite: Any = "M.", du: date = DU) -> e.MandatOuvert:
    return e.MandatOuvert(elu=elu, civilite=civilite, nom=nom, du=du, source="essai", par="administration")


def world(*facts: Event) -> given:
    return given(FLUX, *facts).and_given(flux(ADMIN), administration)


def ouvrir(elu: str, **others: Any) -> OuvrirMandat:
    values: dict[str, Any] = {"civilite": "Mme", "nom": "Cochet", "du": DU, "source": "B:35", **others}
    return OuvrirMandat(ADMIN, JOUR, "conseil", elu, **values)


def test_ouvrir_un_mandat_sur_un_siege_libre() -> None:
    [fact] = world(sieges(), mandat("cochet-m", "Cochet")).when(ouvrir("cochet-mme")).decided()
    assert isinstance(fact, e.MandatOuvert) and (fact.civilite, fact.nom, fact.survenu_le) == ("Mme", "Cochet", DU)


def test_pas_plus_de_membres_que_de_sieges() -> None:
    world().when(ouvrir("un")).refused(PasDeSiege)
    world(sieges(1), mandat("a")).when(ouvrir("b")).refused(PasDeSiege)
    world(sieges(1), mandat("a")).when(ouvrir("a")).refused(MandatDejaOuvert)
    world(sieges(2), mandat("a")).when(ouvrir("b", remplace="a")).refused(PasDeSiege)
    closed = e.MandatClos(elu="a", le=date(2022, 1, 1), motif="demission", par="administration")
    after = ouvrir("b", remplace="a", du=date(2022, 1, 1))
    assert world(sieges(1), mandat("a"), closed).when(after).refusal() is None
    world(sieges(1), mandat("a"), closed).when(ouvrir("b", du=date(2021, 12, 31))).refused(PasDeSiege)
    world(sieges()).when(ouvrir("Édith")).refused(EluIllisible)
    world(sieges()).when(ouvrir("x", civilite="Dr")).refused(ChoixInconnu)


def test_les_sieges_d_un_jour() -> None:
    known = Composition()
    for fact in (sieges(165, date(2014, 4, 1)), sieges(150, DU)):
        known.retenir(fact)
    assert [known.nombre_de_sieges(d) for d in (date(2014, 3, 31), date(2017, 11, 6), DU)] == [0, 165, 150]
    world(sieges(3), mandat("a"), mandat("b")).when(FixerSieges(ADMIN, JOUR, "conseil", 1, DU, "x")).refused(
        SiegesImpossibles
    )
    world().when(FixerSieges(ADMIN, JOUR, "conseil", 0, DU, "x")).refused(SiegesImpossibles)


def test_clore_un_mandat_clot_ses_fonctions() -> None:
    elected = e.FonctionElue(elu="a", fonction="president", du=DU, par="administration")
    close = CloreMandat(ADMIN, JOUR, "conseil", "a", JOUR, "demission")
    [fact] = world(sieges(), mandat("a"), elected).when(close).decided()
    known = Composition()
    for one in (sieges(), mandat("a"), elected, fact):
        known.retenir(one)
    assert known.president(date(2026, 5, 31)) == "a" and known.president(JOUR) is None
    assert list(known.en_exercice(date(2026, 5, 31))) == ["a"] and known.en_exercice(JOUR) == {}
    world(sieges(), mandat("a"), fact).when(close).refused(NeSiegePas)


def test_une_seule_presidence() -> None:
    def elect(elu: str, fonction: Any = "president") -> ElireFonction:
        return ElireFonction(ADMIN, JOUR, "conseil", elu, fonction, DU)

    members = (sieges(), mandat("a"), mandat("b"))
    [fact] = world(*members).when(elect("a")).decided()
    world(*members, fact).when(elect("b")).refused(PresidenceDejaTenue)
    world(*members, fact).when(elect("a")).refused(PresidenceDejaTenue)
    assert world(*members, fact).when(elect("b", "vice_president")).refusal() is None
    world(*members).when(elect("c")).refused(NeSiegePas)
    end = CloreFonctionElue(ADMIN, JOUR, "conseil", "a", "president", JOUR)
    [closed] = world(*members, fact).when(end).decided()
    again = ElireFonction(ADMIN, JOUR, "conseil", "b", "president", JOUR)
    assert world(*members, fact, closed).when(again).refusal() is None
    world(*members).when(end).refused(NeSiegePas)


def test_le_nom_d_une_eleve_reste_ferme() -> None:
    def order(elu: str = "elue-1") -> OuvrirMandatJeune:
        return OuvrirMandatJeune(
            ADMIN, JOUR, "conseil", elu, "Collège des Deux-Rives", "Cadre de vie", DU, date(2022, 7, 2), nom="Inès"
        )

    [fact] = world(sieges(30)).when(order()).decided()
    assert isinstance(fact, e.MandatJeuneOuvert) and "nom" in e.MandatJeuneOuvert.PERSONAL
    world(sieges(30)).when(order("ines")).refused(EluIllisible)
    world(sieges(30), fact).when(order()).refused(MandatDejaOuvert)
    world().when(order()).refused(PasDeSiege)


def test_il_faut_la_fonction_et_une_instance() -> None:
    order = OuvrirMandat(INCONNUE, JOUR, "conseil", "a", "M.", "A", DU, "x")
    given(FLUX, sieges()).when(order).refused(FonctionManquante)
    with pytest.raises(InstanceSansMembre):
        ouvrir("a").__class__(ADMIN, JOUR, "../conseil", "a", "M.", "A", DU, "x").reads()


@having(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(1, 9)), max_size=12))
def test_un_membre_siege_de_son_premier_jour_a_la_veille_de_sa_fin(spans: list[tuple[str, int, int]]) -> None:
    known = Composition()
    truth: set[tuple[str, int]] = set()
    base = date(2020, 1, 1).toordinal()
    for elu, start, length in spans:
        days = set(range(start, start + length))
        if any((elu, d) in truth for d in days):
            continue
        if any(who == elu and d >= start for who, d in truth):  # a mandate ends before the next one begins
            continue
        known.retenir(mandat(elu, du=date.fromordinal(base + start)))
        end = date.fromordinal(base + start + length)
        known.retenir(e.MandatClos(elu=elu, le=end, motif="autre", par="x"))
        truth |= {(elu, d) for d in days}
    for d in range(20):
        sitting = set(known.en_exercice(date.fromordinal(base + d)))
        later = {m.elu for m in known.mandats if m.du.toordinal() - base <= d and m.fin is None}
        assert sitting == {who for who, day in truth if day == d} | later


def test_un_mandat_n_en_recouvre_pas_un_autre() -> None:
    later = mandat("a", du=date(2024, 1, 1))
    world(sieges(), later).when(ouvrir("a")).refused(MandatDejaOuvert)
    before = ouvrir("a", fin=date(2024, 1, 1))
    opened, closed = world(sieges(), later).when(before).decided()
    assert isinstance(opened, e.MandatOuvert) and isinstance(closed, e.MandatClos) and closed.le == later.du
    world(sieges(1), mandat("b", du=date(2024, 1, 1))).when(ouvrir("a")).refused(PasDeSiege)
    world(sieges(2), sieges(1, date(2024, 1, 1)), mandat("b")).when(ouvrir("a")).refused(PasDeSiege)
    world(sieges()).when(ouvrir("a", fin=DU)).refused(PasDeSiege)
    fewer = FixerSieges(ADMIN, JOUR, "conseil", 1, DU, "x")
    world(mandat("a"), mandat("b", du=date(2024, 1, 1))).when(fewer).refused(SiegesImpossibles)
    several = (mandat("a"), mandat("b", du=date(2024, 1, 1)), sieges(2, date(2023, 1, 1)))
    assert world(*several).when(fewer).refusal() is None  # the seats change before the second one comes


def test_des_sieges_corriges_le_meme_jour() -> None:
    known = Composition()
    for fact in (sieges(165), sieges(150)):
        known.retenir(fact)
    assert known.nombre_de_sieges(DU) == 150


def test_une_presidence_passee_se_note_apres_coup() -> None:
    members = (sieges(), mandat("a"), mandat("b"))
    now = e.FonctionElue(elu="a", fonction="president", du=date(2024, 1, 1), par="administration")

    def elect(**others: Any) -> ElireFonction:
        return ElireFonction(ADMIN, JOUR, "conseil", "b", "president", DU, **others)

    world(*members, now).when(elect()).refused(PresidenceDejaTenue)
    world(*members, now).when(elect(termine_le=date(2024, 1, 2))).refused(PresidenceDejaTenue)
    world(*members, now).when(elect(termine_le=DU)).refused(NeSiegePas)
    facts = world(*members, now).when(elect(termine_le=date(2024, 1, 1))).decided()
    known = Composition()
    for one in (*members, now, *facts):
        known.retenir(one)
    assert [known.president(day) for day in (DU, date(2023, 12, 31), date(2024, 1, 1))] == ["b", "b", "a"]
    assert [known.fonction_de(elu, DU) for elu in "ab"] == ["", "president"]


def test_comment_on_appelle_un_membre() -> None:
    known = Composition()
    pupil = e.MandatJeuneOuvert(
        elu="elue-1", college="Collège des Deux-Rives", commission="c", du=DU, au=JOUR, autorisation=False, par="x"
    )
    for fact in (mandat("a", "Cochet", "Mme"), mandat("maire-bron", "Maire de Bron", ""), pupil):
        known.retenir(fact)
    assert [m.appellation for m in known.mandats] == [
        "Mme\u00a0Cochet",
        "Maire de Bron",
        "Une élue du collège des Deux-Rives",
    ]
