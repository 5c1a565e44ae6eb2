"""A municipal avis known by its stamp only: a sense that is not carried, a day that is not known, the prefect."""

from datetime import date
from typing import Any

from domain.actes import FonctionManquante
from domain.avis import events as e
from domain.avis.deposer_saisine import DeposerSaisine, SilenceHorsDeLyon, SourceManquante
from domain.avis.regles import AVIS_COMMUNAL_MEL
from domain.avis.rendre_avis import ConstaterSilence, NoterReceptionEnPrefecture, RendreAvis, SensContraireAuVote
from domain.avis.repondre_saisine import AdopterContribution
from domain.avis.saisine import EtapeDejaFaite, EtapeManquante
from domain.avis.suivre_saisine import PresenterAvis, Relancer, TransmettreAvis
from domain.ledger.event import decode_event
from tests.argent.histoire import commune
from tests.avis.test_avis import FAIT, JOUR, A, S, agent, ctm, deposee
from tests.monde import AGENT, coordination, flux, instance
from tests.seances.monde import SEA
from tests.spec import given

ID = "069-216901496-20210206-20210206_3-DE"
mel = deposee("avis_communal", a="cm-y", regle=AVIS_COMMUNAL_MEL.id, au_plus_tard=True, source="C:296")


def deposer(**others: Any) -> DeposerSaisine:
    return DeposerSaisine(AGENT, JOUR, "avis_communal", "conseil", "cm-y", "Un schéma", FAIT, **others)


def test_un_jour_inconnu_demande_une_source_et_ne_fait_courir_aucun_terme() -> None:
    world = given(flux(AGENT), coordination)
    world.and_given("instances/conseil", instance("conseil", "conseil", serie=None))
    world.and_given("instances/cm-y", instance("cm-y", "conseil_municipal", serie=None))
    known = deposer(mutualisation=True)
    [fact] = world.when(known).decided()
    assert isinstance(fact, e.SaisineDeposee) and fact.terme == date(2026, 7, 1) and not fact.au_plus_tard
    [fact] = world.when(deposer(mutualisation=True, au_plus_tard=True, source="C:296")).decided()
    assert isinstance(fact, e.SaisineDeposee) and fact.terme is None and fact.au_plus_tard
    world.when(deposer(au_plus_tard=True)).refused(SourceManquante)
    agent(mel).when(ConstaterSilence(*A)).refused(EtapeManquante)


def test_le_silence_ne_vaut_jamais_accord_dans_la_metropole_de_lyon() -> None:
    order = DeposerSaisine(
        AGENT, JOUR, "avis_communal", "conseil", "conseil-municipal-69029", "Un schéma", FAIT, mutualisation=True
    )
    world = given(flux(AGENT), coordination)
    world.and_given("instances/conseil", instance("conseil", "conseil", serie=None))
    world.and_given(
        "instances/conseil-municipal-69029", instance("conseil-municipal-69029", "conseil_municipal", serie=None)
    )
    elsewhere = world.and_given("communes/69029").when(order).decided()
    assert len(elsewhere) == 1
    world.and_given("communes/69029", commune("69029", "Bron")).when(order).refused(SilenceHorsDeLyon)


def test_un_sens_qui_n_est_pas_connu_se_dit_avec_sa_source() -> None:
    [fact] = agent(mel).when(RendreAvis(*A, "non_connu", id_actes=ID, source="A:11")).decided()
    assert isinstance(fact, e.AvisRendu) and (fact.sens, fact.id_actes, fact.pour) == ("non_connu", ID, None)
    agent(mel).when(RendreAvis(*A, "non_connu", id_actes=ID)).refused(SensContraireAuVote, "source")
    voted = RendreAvis(*A, "non_connu", seance=SEA, rang=1, source="A:11")
    agent(mel).and_given(f"seances/{SEA}").when(voted).refused(EtapeManquante)


def test_la_reception_en_prefecture_est_celle_du_tampon() -> None:
    rendu = e.AvisRendu(sens="non_connu", id_actes=ID, par="x")
    stamp = NoterReceptionEnPrefecture(*A, date(2026, 4, 3), source="A:3 et A:5")
    [fact] = agent(mel, rendu).when(stamp).decided()
    assert isinstance(fact, e.AvisRecuEnPrefecture) and (fact.survenu_le, fact.recu_le) == (FAIT, date(2026, 4, 3))
    agent(mel, rendu, fact).when(stamp).refused(EtapeDejaFaite)
    agent(mel).when(stamp).refused(EtapeManquante)
    agent(mel, rendu).when(NoterReceptionEnPrefecture(*A, date(2026, 3, 31))).refused(EtapeManquante)
    agent(mel, rendu).when(NoterReceptionEnPrefecture(*A, date(2026, 4, 21))).refused(EtapeManquante)


def test_les_saisines_deja_inscrites_se_lisent_toujours() -> None:
    former = b'{"procedure":"avis_ctm","de":"conseil","a":"ctm-x","objet":"x","par":"coordination"}'
    event = decode_event("avis/SaisineDeposee/1", former)
    assert isinstance(event, e.SaisineDeposee) and not event.au_plus_tard


def test_une_contribution_acceptee_se_presente_au_conseil() -> None:
    asked = deposee("contribution", "ctm-x", "conseil", regle="contribution-ctm-2021")
    adopted = e.ContributionAdoptee(texte="x", par="x")
    requested = e.PresentationDemandee(elu="une conseillère", par="x")
    refused, agreed = (e.PresentationDecidee(acceptee=ok, motif="x", par="x") for ok in (False, True))
    agent(asked).when(PresenterAvis(*A)).refused(EtapeManquante)
    agent(asked, adopted, requested, refused).when(PresenterAvis(*A)).refused(EtapeManquante, "accepté")
    [shown] = agent(asked, adopted, requested, agreed).when(PresenterAvis(*A, SEA)).decided()
    assert isinstance(shown, e.AvisPresente) and shown.regle == "contribution-ctm-2021"
    assert agent(asked, adopted).when(TransmettreAvis(*A)).refusal() is None
    agent(asked, adopted).when(Relancer(*A)).refused(EtapeDejaFaite)


def test_le_conseil_de_developpement_adopte_la_contribution_qu_on_lui_demande() -> None:
    asked = deposee("conseil_developpement", "conseil", "cdd", regle="conseil-de-developpement-2021")
    adopt = AdopterContribution(*S, "Notre contribution.")
    [adopted] = ctm(asked, slug="cdd").when(adopt).decided()
    ctm(asked, slug="conseil").when(adopt).refused(FonctionManquante)
    assert agent(asked, adopted).when(PresenterAvis(*A)).refusal() is None
