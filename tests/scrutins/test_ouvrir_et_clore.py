"""The bureau opens at two and closes at the hour; the urn is read, and holds what the register says."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.acte import EmpreinteIllisible, EtapeAVenir, EtapePassee
from domain.scrutins.annoncer_depouillement import AnnoncerDepouillement, DepouillementAvantLaFin
from domain.scrutins.clore_scrutin import (
    AvantLHeure,
    CloreScrutin,
    PeutClore,
    PlusDeBulletinsQueDeBillets,
    UrneDifferente,
    UrnePasRelevee,
)
from domain.scrutins.consigner_incident import ConsignerIncident
from domain.scrutins.ouvrir_scrutin import BureauIncomplet, HorsDesDates, OuvrirScrutin, PasEncorePret
from domain.scrutins.relever_urne import LOT_MAX, ReleveImpossible, ReleverUrne
from domain.texte import TexteTropLong, TexteVide
from tests.scrutins import vote as v
from tests.spec import Decision, given

PRET = v.histoire("pret")
MEMBRES = ("Direction", "Élève")


def ouvrir(facts: list[Event] = PRET, acteur: str = v.DIRECTION, **others: Any) -> Decision:
    values = {"membres": MEMBRES, "moment": v.OUVRE, **others}
    return v.scrutin(facts, acteur).when(v.acte(OuvrirScrutin, acteur, date(2027, 3, 8), **values))


def test_le_bureau_ouvre_a_deux_a_l_heure_dite() -> None:
    ouvrir().then(v.ouvert)
    (found,) = ouvrir(acteur=v.BUREAU, membres=("CPE", "Parent élu"), moment=v.FERME - timedelta(seconds=1)).decided()
    assert isinstance(found, e.ScrutinOuvert) and found.par == v.PAR_BUREAU


@pytest.mark.parametrize("membres", [(), ("Direction",), ("Élève", "Élève"), ("Élève",)])
def test_deux_adultes_ou_un_adulte_et_un_eleve(membres: tuple[str, ...]) -> None:
    ouvrir(membres=membres).refused(BureauIncomplet)


def test_les_roles_sont_des_mots() -> None:
    ouvrir(membres=("Direction", " ")).refused(TexteVide)
    ouvrir(membres=("Direction", "x" * 61)).refused(TexteTropLong)


def test_ni_avant_ni_apres() -> None:
    ouvrir(moment=v.OUVRE - timedelta(seconds=1)).refused(HorsDesDates, "8 mars 2027 à 8\u00a0h")
    ouvrir(moment=v.FERME).refused(HorsDesDates, "12 mars 2027 à 17\u00a0h")


def test_sans_les_deux_cles_et_les_billets_rien_n_ouvre() -> None:
    confirme = v.histoire("confirme")
    ouvrir(confirme).refused(PasEncorePret, "Métropole", "bureau", "billets")
    ouvrir([*confirme, v.cle_metropole, v.crees]).refused(PasEncorePret, "la clé du bureau de vote.")
    ouvrir([*confirme, v.cle_metropole, v.cle_bureau]).refused(PasEncorePret, "Il manque les billets.")
    ouvrir(v.histoire("prepare")).refused(EtapeAVenir)
    ouvrir(v.histoire("ouvert")).refused(EtapePassee)


def relever(facts: list[Event], lot: int, empreintes: tuple[str, ...]) -> Decision:
    return given(v.FLUX, *facts).when(ReleverUrne(v.REF, lot=lot, empreintes=empreintes))


OUVERT = v.histoire("ouvert")
RELEVE = v.histoire("releve")


def test_un_releve_n_a_ni_heure_ni_ordre() -> None:
    relever(OUVERT, 1, v.empreintes(12)).then(v.relevee(12))
    relever(RELEVE, 2, v.empreintes(3, 12)).then(v.relevee(3, 2, 12))
    (found,) = relever(OUVERT, 1, v.empreintes(LOT_MAX)).decided()
    assert found.survenu_le is None and not type(found).DATED


@pytest.mark.parametrize(
    ("lot", "empreintes"),
    [
        (2, v.empreintes(3)),
        (0, v.empreintes(3)),
        (1, ()),
        (1, tuple(reversed(v.empreintes(3)))),
        (1, v.empreintes(LOT_MAX + 1)),
    ],
)
def test_un_releve_est_trie_et_a_son_tour(lot: int, empreintes: tuple[str, ...]) -> None:
    relever(OUVERT, lot, empreintes).refused(ReleveImpossible)


def test_un_releve_se_fait_tant_que_le_vote_est_ouvert() -> None:
    # A ballot copied under another slip has the same digest: it is read too, and fails at the opening.
    relever(RELEVE, 2, v.empreintes(12)).then(v.relevee(12, 2))
    relever(OUVERT, 1, ("pas une empreinte",)).refused(EmpreinteIllisible)
    relever(PRET, 1, v.empreintes(3)).refused(EtapeAVenir)
    relever(v.histoire("clos"), 2, v.empreintes(3, 12)).refused(EtapePassee)


def clore(facts: list[Event] = RELEVE, n: int = 12, kind: Any = CloreScrutin, **others: Any) -> Decision:
    values = {
        "moment": v.FERME,
        "n_urne": n,
        "empreinte_urne": v.empreinte_urne(n),
        "empreinte_utilises": v.PAGE,
        **others,
    }
    return v.scrutin(facts).when(v.acte(kind, v.DIRECTION, date(2027, 3, 12), **values))


def test_la_fermeture_dit_tous_les_comptes() -> None:
    clore().then(v.clos(12))
    clore(v.histoire("ouvert", 0), 0).then(v.clos(0))
    (found,) = clore(v.histoire("releve", echanges=3)).decided()
    assert isinstance(found, e.ScrutinClos) and found.n_echanges == 3 and found.n_utilises == found.n_urne == 12


def test_un_bulletin_retire_ou_remplace_dans_l_urne_se_voit() -> None:
    clore(empreinte_urne=v.PAGE).refused(UrneDifferente)
    clore(n=11).refused(UrnePasRelevee, "11 bulletins", "12")
    clore(n=13).refused(UrnePasRelevee)
    clore(OUVERT, 1).refused(UrnePasRelevee)
    clore(empreinte_utilises="x").refused(EmpreinteIllisible)


def test_il_n_y_a_pas_plus_de_bulletins_que_de_billets() -> None:
    trente = v.histoire("releve", 30)
    assert clore(trente, 30).decided()
    clore(v.histoire("releve", 31), 31).refused(PlusDeBulletinsQueDeBillets, "31", "30")
    clore(v.histoire("releve", 30, 1), 30).refused(PlusDeBulletinsQueDeBillets)


def test_avant_l_heure_il_faut_une_raison_publique() -> None:
    tot: dict[str, Any] = {"moment": v.FERME - timedelta(seconds=1)}
    refus = clore(**tot).refused(AvantLHeure, "12 mars 2027 à 17\u00a0h")
    assert refus.field == "motif"
    clore(**tot, motif="Trop tôt").refused(AvantLHeure, "20 signes")
    incident, ferme = clore(**tot, motif="Le collège ferme à midi, à cause de la neige.").decided()
    assert isinstance(incident, e.IncidentConsigne) and incident.texte.endswith("à cause de la neige.")
    assert isinstance(ferme, e.ScrutinClos)


def test_avant_l_heure_si_tous_les_billets_ont_servi_ou_dans_un_essai() -> None:
    tot: dict[str, Any] = {"moment": v.PENDANT}
    assert len(clore(v.histoire("releve", 30), 30, **tot).decided()) == 1
    assert len(clore(v.histoire("releve", 27, 3), 27, **tot).decided()) == 1
    clore(v.histoire("releve", 27, 2), 27, **tot).refused(AvantLHeure)
    assert len(clore(v.histoire("releve", essai=True), **tot).decided()) == 1


def test_on_peut_demander_si_la_fermeture_est_permise_sans_rien_fermer() -> None:
    asked = v.acte(PeutClore, v.DIRECTION, date(2027, 3, 12), moment=v.FERME, n_urne=3, empreinte_urne="",
                   empreinte_utilises="")  # fmt: skip
    for fact in OUVERT:
        asked.know(fact)
    asked.know(v.direction)
    assert list(asked.decide()) == []
    clore(OUVERT, 3, PeutClore, moment=v.PENDANT).refused(AvantLHeure)
    clore(PRET, 3, PeutClore).refused(EtapeAVenir)


def test_un_incident_est_public() -> None:
    texte = "Le réseau est tombé de 10 h à 10 h 20. Les 5e A ont voté sur papier."
    noter = v.acte(ConsignerIncident, v.BUREAU, date(2027, 3, 9), texte=texte)
    (found,) = v.scrutin(OUVERT, v.BUREAU).when(noter).decided()
    assert isinstance(found, e.IncidentConsigne) and found.texte == texte
    v.scrutin(v.histoire("proclame"), v.BUREAU).when(noter).refused(EtapePassee)
    v.scrutin(OUVERT, v.BUREAU).when(v.acte(ConsignerIncident, v.BUREAU, texte=" ")).refused(TexteVide)


def test_le_depouillement_s_annonce_et_vient_apres_la_fin() -> None:
    quand = v.FERME + timedelta(hours=1)
    annoncer = v.acte(AnnoncerDepouillement, v.BUREAU, date(2027, 3, 9), quand=quand, lieu=" dans le  hall ")
    for phase in ("confirme", "pret", "ouvert", "clos"):
        (found,) = v.scrutin(v.histoire(phase), v.BUREAU).when(annoncer).decided()
        assert isinstance(found, e.DepouillementAnnonce) and (found.quand, found.lieu) == (quand, "dans le hall")
    assert v.etat([*OUVERT, found]).annonce == found
    tot = v.acte(AnnoncerDepouillement, v.BUREAU, quand=v.PENDANT, lieu="dans le hall")
    v.scrutin(OUVERT, v.BUREAU).when(tot).refused(DepouillementAvantLaFin)
    v.scrutin(v.histoire("depouille"), v.BUREAU).when(annoncer).refused(EtapePassee)
