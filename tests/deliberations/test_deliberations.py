"""Deliberations: numbered once, voted with their avis, executory when both received and published."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from domain.avis.events import AvisRendu, SaisineDeposee
from domain.calendrier import mois_apres
from domain.choix import ChoixInconnu
from domain.deliberations import events as e
from domain.deliberations.actes_ctes import IdentifiantActesFaux, departement_du_siren, lire_identifiant
from domain.deliberations.constater_vote import ConstaterVote
from domain.deliberations.deliberation import (
    DateImpossible,
    Deliberation,
    DeliberationInconnue,
    EtapeDejaFaite,
    EtapeManquante,
    contestable_jusqu_au,
)
from domain.deliberations.deposer_projet import CollectiviteInconnue, DeposerProjet, MatiereInconnue
from domain.deliberations.executer_acte import (
    EmpreinteIllisible,
    NoterJugement,
    NoterObservations,
    NoterRecours,
    PublierActe,
    RecevoirActe,
    RectifierDeliberation,
    RetirerDeliberation,
    SignerActe,
    TransmettreActe,
)
from domain.deliberations.preparer_deliberation import AdresserRapport, ConsulterCommission, InscrireALaSeance
from domain.ledger.event import Event
from domain.prealables import AvisManquant
from domain.seances.compter_vote import CompterVote, ProjetNonLu
from domain.seances.events import PointRenvoye, VoteCompte
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
    membres,
    ouverte,
    planifiee,
    point,
)
from tests.spec import given

NUMERO, SIREN, AV = "2026-0012", "200046977", "AV-2026-0003"
FLUX = f"deliberations/{NUMERO}"
secretariat = confiee(SECRETARIAT, "secretariat", "conseil")
APRES = date(2026, 4, 20)


def depose(**others: Any) -> e.ProjetDepose:
    values: dict[str, Any] = {
        "survenu_le": date(2026, 2, 1), "numero": NUMERO, "instance": "conseil", "siren": SIREN, "objet": "Un projet",
        "matiere_code": "8.2", "matiere_nom": "Aide sociale", "par": "secretariat:conseil", **others,
    }  # fmt: skip
    return e.ProjetDepose(**values)


def world(*facts: Event) -> given:
    return given(FLUX, *facts).and_given(flux(SECRETARIAT), secretariat)


def deposer(**others: Any) -> DeposerProjet:
    values: dict[str, Any] = {
        "instance": "conseil", "siren": SIREN, "objet": "Un projet", "matiere_code": "8.2",
        "matiere_nom": "Aide sociale", "le_fait": date(2026, 2, 1), **others,
    }  # fmt: skip
    return DeposerProjet(SECRETARIAT, JOUR, **values)


def base() -> given:
    streams = given("instances/conseil", instance("conseil", "conseil", serie=None))
    return streams.and_given(flux(SECRETARIAT), secretariat)


def test_deposer_un_projet() -> None:
    with pytest.raises(DeliberationInconnue):
        deposer(numero="").reads()
    [typed] = base().when(deposer(numero="2017-2275", le_fait=date(2017, 10, 12))).decided()
    assert isinstance(typed, e.ProjetDepose) and typed.numero == "2017-2275"
    base().and_given("deliberations/2017-2275", depose()).when(deposer(numero="2017-2275")).refused(EtapeDejaFaite)
    base().when(deposer(numero=NUMERO, siren="200046978")).refused(CollectiviteInconnue)
    base().when(deposer(numero=NUMERO, matiere_code="12.1")).refused(MatiereInconnue)
    base().when(deposer(numero=NUMERO, matiere_code="8")).refused(MatiereInconnue)
    base().when(deposer(numero=NUMERO, le_fait=date(2026, 3, 17))).refused(DateImpossible)
    with pytest.raises(DeliberationInconnue):
        deposer(numero="un").reads()
    with pytest.raises(AvisManquant):
        deposer(numero="2026-0009", avis_requis=("x",)).reads()


def test_ce_qui_precede_le_vote() -> None:
    where: tuple[str, date, str, str, date] = (SECRETARIAT, JOUR, NUMERO, "conseil", date(2026, 2, 20))
    assert world(depose()).when(ConsulterCommission(*where, "Finances", "favorable")).refusal() is None
    [sent] = world(depose()).when(AdresserRapport(*where)).decided()
    world(depose(), sent).when(AdresserRapport(*where)).refused(EtapeDejaFaite)
    early = (SECRETARIAT, JOUR, NUMERO, "conseil", date(2026, 1, 1))
    world(depose()).when(AdresserRapport(*early)).refused(DateImpossible, "le dépôt du projet")
    world().when(AdresserRapport(*where)).refused(DeliberationInconnue)
    put = InscrireALaSeance(*where, SEA, 1)
    agenda = world(depose()).and_given(f"seances/{SEA}", planifiee(), point(1, NUMERO))
    assert agenda.when(put).refusal() is None
    other = world(depose()).and_given(f"seances/{SEA}", planifiee(), point(1, "2026-0099"))
    other.when(put).refused(EtapeManquante)


def en_vote(**draft: Any) -> given:
    facts = (planifiee(), point(1, NUMERO), convoquee, ouverte, arrivee(elus(1, 6)), appele())
    return assemblee(10, *facts).and_given(FLUX, depose(**draft))


saisine = SaisineDeposee(procedure="avis_ctm", de="conseil", a="ctm-x", objet="x", par="coordination")
rendu = AvisRendu(sens="favorable", par="secretariat:ctm-x")


def test_le_conseil_ne_vote_pas_sans_l_avis_exige() -> None:
    def order(**others: Any) -> CompterVote:
        return CompterVote(SECRETARIAT, JOUR, SEA, "conseil", 1, 6, 0, **others)

    assert en_vote().when(order(projet=NUMERO)).refusal() is None
    asked = en_vote(avis_requis=(AV,))
    asked.when(order(projet=NUMERO)).refused(AvisManquant)
    asked.and_given(f"saisines/{AV}", saisine)
    asked.when(order(projet=NUMERO, avis_requis=(AV,))).refused(AvisManquant, AV)
    asked.and_given(f"saisines/{AV}", rendu)
    assert asked.when(order(projet=NUMERO, avis_requis=(AV,))).refusal() is None
    unread = assemblee(10, planifiee(), point(1, NUMERO), convoquee, ouverte, arrivee(elus(1, 6)), appele())
    unread.when(order()).refused(ProjetNonLu)


VOTE = VoteCompte(
    rang=1, mode="ordinaire", presents=6, pouvoirs=1, issue="favorable", detail="porte", pour=5, contre=2,
    abstentions=0, nuls=0, regle="majorite-conseil-cgct", par="secretariat",
)  # fmt: skip


def constater(**others: Any) -> ConstaterVote:
    return ConstaterVote(SECRETARIAT, JOUR, NUMERO, "conseil", JOUR, SEA, 1, "Approuve le projet.", **others)


def voted(*seance: Event, **draft: Any) -> given:
    streams = world(depose(**draft)).and_given("assemblees/conseil", *membres(10))
    return streams.and_given(f"seances/{SEA}", planifiee(), point(1, NUMERO), convoquee, ouverte, *seance)


def test_le_vote_de_la_seance_devient_celui_de_la_deliberation() -> None:
    [fact] = voted(VOTE).when(constater()).decided()
    assert isinstance(fact, e.DeliberationVotee)
    assert (fact.issue, fact.en_exercice, fact.presents, fact.pouvoirs) == ("adoptee", 10, 6, 1)
    assert (fact.pour, fact.contre, fact.regle) == (5, 2, "majorite-conseil-cgct")
    voted().when(constater()).refused(EtapeManquante, "noté")
    voted(VOTE, avis_requis=(AV,)).when(constater()).refused(AvisManquant)
    put_off = PointRenvoye(rang=1, motif="x", par="x")
    [later] = voted(put_off).when(constater()).decided()
    assert isinstance(later, e.DeliberationVotee) and later.issue == "ajournee"
    again = Deliberation()
    for one in (depose(), later):
        again.retenir(one)
    assert "DeliberationVotee" not in again.dates  # an adjourned draft may be voted again


votee = e.DeliberationVotee(
    survenu_le=JOUR, seance=SEA, rang=1, issue="adoptee", mode="ordinaire", en_exercice=10, presents=6, pouvoirs=1,
    detail="porte", par="secretariat:conseil",
)  # fmt: skip
ID = f"069-{SIREN}-20260316-2026_0012-DE"
ICI: tuple[str, date, str, str, date] = (SECRETARIAT, APRES, NUMERO, "conseil", date(2026, 3, 20))


def test_transmettre_avec_un_identifiant_juste() -> None:
    sent = world(depose(), votee)
    [fact] = sent.when(TransmettreActe(*ICI, ID)).decided()
    assert isinstance(fact, e.ActeTransmis) and fact.id_actes == ID
    for wrong in (
        ID.replace(SIREN, "216901496"),
        ID.replace("20260316", "20260317"),
        ID.replace("-DE", "-AR"),
        ID.replace(SIREN, "200046978"),
        ID.replace("20260316", "20261316"),
        ID.replace("069-", "042-"),
        "n'importe quoi",
    ):
        sent.when(TransmettreActe(*ICI, wrong)).refused(IdentifiantActesFaux)
    world(depose()).when(TransmettreActe(*ICI, ID)).refused(EtapeManquante, "le vote")
    before = (SECRETARIAT, APRES, NUMERO, "conseil", date(2026, 3, 1))
    sent.when(TransmettreActe(*before, ID)).refused(DateImpossible)


def test_executoire_quand_recue_et_publiee() -> None:
    facts: list[Event] = [depose(), votee]
    for order in (
        SignerActe(*ICI, "le Président"),
        TransmettreActe(*ICI, ID),
        RecevoirActe(SECRETARIAT, APRES, NUMERO, "conseil", date(2026, 3, 23)),
        PublierActe(SECRETARIAT, APRES, NUMERO, "conseil", date(2026, 3, 21), "en_ligne", "ab" * 32),
    ):
        known = Deliberation()
        for fact in facts:
            known.retenir(fact)
        assert known.executoire is None
        facts += world(*facts).when(order).decided()
        world(*facts).when(order).refused(EtapeDejaFaite)
    for fact in facts[-1:]:
        known.retenir(fact)
    assert known.executoire == date(2026, 3, 23)


def test_publier_en_ligne_demande_l_empreinte_du_fichier() -> None:
    world(depose(), votee).when(PublierActe(*ICI, "en_ligne")).refused(EmpreinteIllisible)
    assert world(depose(), votee).when(PublierActe(*ICI, "affichage")).refusal() is None
    world(depose(), votee).when(PublierActe(*ICI, "radio")).refused(ChoixInconnu)  # type: ignore[arg-type]


def test_une_deliberation_rejetee_n_est_ni_signee_ni_transmise() -> None:
    rejected = e.DeliberationVotee(
        survenu_le=JOUR, seance=SEA, rang=1, issue="rejetee", mode="ordinaire", en_exercice=10, presents=6,
        pouvoirs=0, detail="porte", par="x",
    )  # fmt: skip
    world(depose(), rejected).when(SignerActe(*ICI, "le Président")).refused(EtapeManquante)
    world(depose(), rejected).when(TransmettreActe(*ICI, ID)).refused(EtapeManquante)


def test_recours_retrait_rectification() -> None:
    received = e.ActeRecu(survenu_le=date(2026, 3, 20), par="x")
    assert world(depose(), votee, received).when(NoterObservations(*ICI, "Une pièce manque.")).refusal() is None
    [formed] = world(depose(), votee).when(NoterRecours(*ICI, "gracieux")).decided()
    world(depose(), votee, formed).when(NoterRecours(*ICI, "contentieux")).refused(EtapeDejaFaite)
    world(depose(), votee).when(NoterJugement(*ICI, "rejete", "Tardif")).refused(EtapeManquante)
    assert world(depose(), votee, formed).when(NoterJugement(*ICI, "rejete", "Tardif")).refusal() is None
    [gone] = world(depose(), votee).when(RetirerDeliberation(*ICI, "Erreur de numéro")).decided()
    world(depose(), votee, gone).when(SignerActe(*ICI, "le Président")).refused(EtapeDejaFaite, "retirée")
    fix = RectifierDeliberation(*ICI, "objet", "Projte", "Projet", "Faute de frappe")
    assert world(depose(), votee).when(fix).refusal() is None


@pytest.mark.parametrize(
    ("texte", "siren", "numero"),
    [
        ("069-216901496-20210206-20210206_3-DE", "216901496", "20210206_3"),
        ("059-215902990-20221005-DEL2022DG102-DE", "215902990", "DEL2022DG102"),
    ],
)
def test_les_deux_tampons_reels(texte: str, siren: str, numero: str) -> None:
    found = lire_identifiant(f" {texte.lower()} ")
    assert (found.siren, found.numero, found.nature, str(found)) == (siren, numero, "DE", texte)
    for place in range(4, 13):
        digit = str((int(texte[place]) + 1) % 10)
        with pytest.raises(IdentifiantActesFaux):
            lire_identifiant(texte[:place] + digit + texte[place + 1 :])


def test_des_mois_de_date_a_date() -> None:
    assert mois_apres(date(2022, 11, 30), 3) == date(2023, 2, 28)
    assert mois_apres(date(2021, 3, 15), 9) == date(2021, 12, 15)
    assert mois_apres(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert contestable_jusqu_au(date(2017, 11, 8)) == date(2018, 1, 9)


@having(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 60))
def test_le_mois_d_apres_est_dans_le_bon_mois(depart: date, mois: int) -> None:
    found = mois_apres(depart, mois)
    assert found.year * 12 + found.month == depart.year * 12 + depart.month + mois
    assert found.day == depart.day or (found.day < depart.day and mois_apres(found, 0) == found)


@pytest.mark.parametrize(
    ("siren", "departement"),
    [("216901496", "069"), ("226900018", "069"), (SIREN, "069"), ("219711058", "971"), ("212000046", None),
     ("243500139", None)],
)  # fmt: skip
def test_le_departement_se_lit_dans_le_siren(siren: str, departement: str | None) -> None:
    assert departement_du_siren(siren) == departement
