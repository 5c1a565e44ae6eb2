"""Paper ballots: lots of 30, typed twice by two persons, differences settled by a third look."""

from datetime import date
from typing import Any

from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.acte import EtapeAVenir, EtapePassee, MemePersonne, NombreImpossible
from domain.scrutins.contre_saisir_lot_papier import ContreSaisirLotPapier, EcartsImpossibles
from domain.scrutins.ouvrir_couche import LotsEnAttente, OuvrirCouche
from domain.scrutins.saisir_lot_papier import (
    LotDejaContreSaisi,
    LotInattendu,
    LotTropGrand,
    PlusDePapierQueDEchanges,
    SaisirLotPapier,
)
from domain.scrutins.valider_lot_papier import AutreLot, EcartsATrancher, LotDejaValide, ValiderLotPapier
from tests import monde
from tests.scrutins import vote as v
from tests.spec import Decision

JOUR = date(2027, 3, 12)
CLOS = [*v.histoire("releve", 0, 40)[:-40], v.clos(0, 40)]
UN, DEUX, TROIS = "11" * 32, "22" * 32, "33" * 32
PAPIER = {"survenu_le": JOUR, "regle": "bulletins-papier-2026"}
saisi = e.LotPapierSaisi(lot=1, n=30, empreinte=UN, par=v.PAR_DIRECTION, **PAPIER)  # type: ignore[arg-type]


def contre(ecarts: int = 0, n: int = 30) -> e.LotPapierContreSaisi:
    return e.LotPapierContreSaisi(lot=1, n=n, empreinte=DEUX, ecarts=ecarts, par=v.PAR_BUREAU, **PAPIER)  # type: ignore[arg-type]


def quand(kind: Any, facts: list[Event], acteur: str = v.DIRECTION, *titres: Any, **others: Any) -> Decision:
    return v.scrutin(facts, acteur, *titres).when(v.acte(kind, acteur, JOUR, **{"lot": 1, "n": 30, **others}))


def test_un_lot_est_saisi_deux_fois_par_deux_personnes() -> None:
    quand(SaisirLotPapier, CLOS, empreinte=UN).then(saisi)
    quand(ContreSaisirLotPapier, [*CLOS, saisi], v.BUREAU, empreinte=DEUX, ecarts=0).then(contre())
    both = (v.direction, monde.confiee(v.DIRECTION, "bureau_de_vote", v.COLLEGE))
    quand(ContreSaisirLotPapier, [*CLOS, saisi], v.DIRECTION, *both, empreinte=DEUX, ecarts=0).refused(MemePersonne)
    quand(ContreSaisirLotPapier, CLOS, v.BUREAU, empreinte=DEUX, ecarts=0).refused(LotInattendu)


def test_un_lot_a_trente_bulletins_au_plus() -> None:
    quand(SaisirLotPapier, CLOS, n=31, empreinte=UN).refused(LotTropGrand)
    quand(SaisirLotPapier, CLOS, n=0, empreinte=UN).refused(NombreImpossible)


def test_pas_plus_de_papier_que_de_billets_echanges() -> None:
    assert quand(SaisirLotPapier, [*CLOS, saisi], lot=2, n=10, empreinte=TROIS).decided()
    refus = quand(SaisirLotPapier, [*CLOS, saisi], lot=2, n=11, empreinte=TROIS)
    refus.refused(PlusDePapierQueDEchanges, "41 bulletins papier", "40 billets échangés")


def test_les_lots_se_suivent_et_une_premiere_saisie_se_refait_jusqu_a_la_seconde() -> None:
    quand(SaisirLotPapier, CLOS, lot=2, empreinte=UN).refused(LotInattendu, "numéro 1")
    quand(SaisirLotPapier, CLOS, lot=0, empreinte=UN).refused(LotInattendu)
    assert quand(SaisirLotPapier, [*CLOS, saisi], n=29, empreinte=TROIS).decided()
    quand(SaisirLotPapier, [*CLOS, saisi, contre()], n=29, empreinte=TROIS).refused(LotDejaContreSaisi)
    quand(ContreSaisirLotPapier, [*CLOS, saisi, contre()], v.BUREAU, empreinte=UN, ecarts=0).refused(LotDejaContreSaisi)


def test_les_ecarts_sont_possibles() -> None:
    for n, ecarts in ((30, -1), (30, 31), (28, 1), (28, 31)):
        quand(ContreSaisirLotPapier, [*CLOS, saisi], v.BUREAU, n=n, empreinte=DEUX, ecarts=ecarts).refused(
            EcartsImpossibles
        )
    assert quand(ContreSaisirLotPapier, [*CLOS, saisi], v.BUREAU, n=28, empreinte=DEUX, ecarts=2).decided()


def test_sans_difference_le_lot_valide_est_un_des_deux_saisis() -> None:
    for empreinte in (UN, DEUX):
        assert quand(ValiderLotPapier, [*CLOS, saisi, contre()], empreinte=empreinte, ecarts_tranches=0).decided()
    quand(ValiderLotPapier, [*CLOS, saisi, contre()], empreinte=TROIS, ecarts_tranches=0).refused(AutreLot)
    quand(ValiderLotPapier, [*CLOS, saisi, contre()], n=29, empreinte=UN, ecarts_tranches=0).refused(AutreLot)
    quand(ValiderLotPapier, [*CLOS, saisi], empreinte=UN, ecarts_tranches=0).refused(LotInattendu)


def test_un_troisieme_regard_tranche_chaque_difference() -> None:
    differ = [*CLOS, saisi, contre(3, 29)]
    quand(ValiderLotPapier, differ, empreinte=TROIS, ecarts_tranches=2).refused(EcartsATrancher, "3 différences")
    (found,) = quand(ValiderLotPapier, differ, n=29, empreinte=TROIS, ecarts_tranches=3).decided()
    assert isinstance(found, e.LotPapierValide) and found.n == 29
    quand(ValiderLotPapier, [*differ, found], n=29, empreinte=TROIS, ecarts_tranches=3).refused(LotDejaValide)
    assert v.etat([*differ, found]).n_papier == 29 and v.etat(differ).n_papier == 0


def ouvrir(facts: list[Event]) -> Decision:
    layer = v.acte(
        OuvrirCouche, v.EDUCATION, JOUR, couche="metropole", n_entrees=0, n_sorties=0, rejets={}, empreinte=UN
    )
    return v.scrutin(facts, v.EDUCATION).when(layer)


def test_chaque_lot_est_valide_avant_d_ouvrir_une_couche() -> None:
    valide = e.LotPapierValide(lot=1, n=30, empreinte=UN, ecarts_tranches=0, par=v.PAR_DIRECTION, **PAPIER)  # type: ignore[arg-type]
    ouvrir([*CLOS, saisi]).refused(LotsEnAttente, "1")
    ouvrir([*CLOS, saisi, contre()]).refused(LotsEnAttente)
    assert ouvrir([*CLOS, saisi, contre(), valide]).decided()
    opened = [*CLOS, v.couche("metropole", 0)]
    quand(SaisirLotPapier, opened, empreinte=UN).refused(EtapePassee)
    quand(SaisirLotPapier, v.histoire("ouvert"), empreinte=UN).refused(EtapeAVenir)
