"""Saisines and avis: one avis, from the vote; delays where a text gives them; each reservation followed."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.avis import events as e
from domain.avis.deposer_saisine import DeposerSaisine, MauvaiseProcedure
from domain.avis.regles import AVIS_COMMUNAL, AVIS_COMMUNAL_MEL
from domain.avis.rendre_avis import (
    AvisHorsDelai,
    ConstaterSilence,
    RecevoirAvisTardif,
    RendreAvis,
    SensContraireAuVote,
    SilencePasUnAccord,
)
from domain.avis.repondre_saisine import (
    AccuserReception,
    AdopterContribution,
    DeciderPresentation,
    DemanderPresentation,
    DesignerService,
    DestinatairesManquants,
    PasUneContribution,
    PasUneSaisineEcrite,
    SignerReponse,
    TransmettreReponse,
)
from domain.avis.saisine import EtapeDejaFaite, EtapeManquante, SaisineInconnue
from domain.avis.suivre_saisine import (
    CloreSaisine,
    DesignerPresentateur,
    DonnerSuiteALAvis,
    PresenterAvis,
    ProrogerEcheance,
    Relancer,
    ReserveInconnue,
    RetirerSaisine,
    SuitesManquantes,
    SuivreReserve,
    TransmettreAvis,
)
from domain.ledger.event import Event
from domain.seances.events import PointInscrit, SeancePlanifiee, VoteCompte
from domain.texte import TexteVide
from tests.monde import AGENT, confiee, coordination, flux, instance
from tests.seances.monde import SEA, SECRETARIAT, h
from tests.spec import given

AV = "AV-2026-0001"
FLUX = f"saisines/{AV}"
JOUR, FAIT = date(2026, 4, 20), date(2026, 4, 1)
BODIES = {"conseil": "conseil", "ctm-x": "ctm", "cm-y": "conseil_municipal", "cdd": "developpement"}


def deposee(procedure: Any = "avis_ctm", de: str = "conseil", a: str = "ctm-x", **others: Any) -> e.SaisineDeposee:
    values: dict[str, Any] = {"objet": "Un projet", "regle": "saisir-ctm-2021", "par": "coordination", **others}
    return e.SaisineDeposee(procedure=procedure, de=de, a=a, **values)


mel = deposee("avis_communal", a="cm-y", regle=AVIS_COMMUNAL_MEL.id, terme=date(2026, 2, 28))
ecrite = deposee(
    "saisine_ecrite", "ctm-x", "conseil", regle="saisine-ecrite-2021", terme=date(2026, 5, 1), engagement=True
)


def agent(*facts: Event) -> given:
    return given(FLUX, *facts).and_given(flux(AGENT), coordination)


def ctm(*facts: Event, slug: str = "ctm-x") -> given:
    return given(FLUX, *facts).and_given(flux(SECRETARIAT), confiee(SECRETARIAT, "secretariat", slug))


A: tuple[str, date, str, date] = (AGENT, JOUR, AV, FAIT)
S: tuple[str, date, str, date] = (SECRETARIAT, JOUR, AV, FAIT)


def deposer(procedure: Any, de: str, a: str, **others: Any) -> DeposerSaisine:
    return DeposerSaisine(AGENT, JOUR, procedure, de, a, "Un projet", others.pop("le_fait", FAIT), **others)


def bodies() -> given:
    streams = given(flux(AGENT), coordination)
    for slug, kind in BODIES.items():
        streams.and_given(f"instances/{slug}", instance(slug, kind, serie=None))  # type: ignore[arg-type]
    return streams


@pytest.mark.parametrize(
    ("procedure", "de", "a", "terme", "engagement"),
    [
        ("avis_ctm", "conseil", "ctm-x", None, False),
        ("saisine_ecrite", "ctm-x", "conseil", date(2026, 5, 1), True),
        ("contribution", "ctm-x", "conseil", None, False),
        ("avis_communal", "conseil", "cm-y", None, False),
        ("conseil_developpement", "conseil", "cdd", None, False),
    ],
)
def test_chaque_procedure_a_sa_regle_et_son_terme(
    procedure: str, de: str, a: str, terme: date | None, engagement: bool
) -> None:
    world = bodies()
    world.streams = {k: v for k, v in world.streams.items() if k in (flux(AGENT), f"instances/{de}", f"instances/{a}")}
    [fact] = world.when(deposer(procedure, de, a)).decided()
    assert isinstance(fact, e.SaisineDeposee) and (fact.terme, fact.engagement) == (terme, engagement)
    assert fact.regle != AVIS_COMMUNAL_MEL.id


def test_le_silence_ne_vaut_accord_que_pour_un_schema_de_mutualisation() -> None:
    world = bodies()
    for other in ("ctm-x", "cdd"):
        del world.streams[f"instances/{other}"]
    order = deposer("avis_communal", "conseil", "cm-y", mutualisation=True, le_fait=date(2025, 11, 30))
    [fact] = world.when(order).decided()
    assert isinstance(fact, e.SaisineDeposee) and fact.terme == date(2026, 2, 28)
    agent(mel).when(ConstaterSilence(*A)).then(
        e.AvisReputeFavorable(
            survenu_le=date(2026, 2, 28), regle=AVIS_COMMUNAL_MEL.id, terme=date(2026, 2, 28), par="coordination"
        )
    )
    lyon = deposee("avis_communal", a="cm-y", regle=AVIS_COMMUNAL.id)
    agent(lyon).when(ConstaterSilence(*A)).refused(SilencePasUnAccord)
    early = ConstaterSilence(AGENT, date(2026, 2, 28), AV, date(2026, 2, 28))
    agent(mel).when(early).refused(EtapeManquante, "terme")


def test_un_avis_tardif_est_note_et_ne_change_rien() -> None:
    deemed = e.AvisReputeFavorable(terme=date(2026, 2, 28), par="coordination")
    late = RendreAvis(*S, "defavorable")
    ctm(mel, slug="cm-y").when(late).refused(AvisHorsDelai)
    ctm(mel, deemed, slug="cm-y").when(late).refused(EtapeDejaFaite)
    assert agent(mel, deemed).when(RecevoirAvisTardif(*A, "defavorable")).refusal() is None
    agent(mel).when(RecevoirAvisTardif(*A, "defavorable")).refused(EtapeManquante)


def test_la_procedure_va_avec_l_instance() -> None:
    world = bodies()
    for other in ("cm-y", "cdd"):
        del world.streams[f"instances/{other}"]
    world.when(deposer("avis_communal", "conseil", "ctm-x")).refused(MauvaiseProcedure)
    world.when(deposer("avis_ctm", "conseil", "ctm-x", le_fait=date(2026, 4, 21))).refused(EtapeManquante)
    del world.streams["instances/ctm-x"]
    world.when(deposer("avis_ctm", "conseil", "ctm-x")).refused(SaisineInconnue)
    with pytest.raises(SaisineInconnue):
        Relancer(AGENT, JOUR, "GEPI-2026-0001", FAIT).reads()


def votee(issue: Any, dossier: str = AV, corps: str = "ctm-x") -> tuple[Event, ...]:
    planned = SeancePlanifiee(
        instance=corps, prevue_le=h(9), lieu="x", publique=False, a_l_initiative_de="presidence", par="x"
    )
    item = PointInscrit(rang=1, objet="x", origine="metropole", dossier=dossier, par="x")
    count = VoteCompte(
        rang=1, mode="ordinaire", presents=9, pouvoirs=0, issue=issue, detail="porte", pour=4, contre=4,
        abstentions=1, nuls=0, preponderante=True, regle="majorite-ctm-2021", par="x",
    )  # fmt: skip
    return planned, item, count


def test_le_sens_de_l_avis_est_celui_du_vote() -> None:
    world = ctm(deposee()).and_given(f"seances/{SEA}", *votee("favorable"))
    reserves = ("Garder les arbres.", "Phaser les travaux.")
    order = RendreAvis(*S, "favorable_avec_reserves", reserves, "Le projet est utile.", SEA, 1)
    [fact] = world.when(order).decided()
    assert isinstance(fact, e.AvisRendu)
    assert (fact.reserves, fact.pour, fact.contre, fact.preponderante) == (reserves, 4, 4, True)
    assert fact.regle == "majorite-ctm-2021"
    world.when(RendreAvis(*S, "defavorable", seance=SEA, rang=1)).refused(SensContraireAuVote)
    world.when(RendreAvis(*S, "favorable", reserves, seance=SEA, rang=1)).refused(SensContraireAuVote)
    world.when(RendreAvis(*S, "favorable_avec_reserves", seance=SEA, rang=1)).refused(SensContraireAuVote)
    world.when(RendreAvis(*S, "favorable", seance=SEA, rang=2)).refused(EtapeManquante)
    other = ctm(deposee()).and_given(f"seances/{SEA}", *votee("favorable", "AV-2026-0009"))
    other.when(RendreAvis(*S, "favorable", seance=SEA, rang=1)).refused(EtapeManquante)


def test_un_avis_se_rend_une_fois_par_l_instance_saisie() -> None:
    given_ = e.AvisRendu(sens="favorable", par="x")
    ctm(deposee(), given_).when(RendreAvis(*S, "defavorable")).refused(EtapeDejaFaite)
    ctm(deposee(), slug="ctm-z").when(RendreAvis(*S, "favorable")).refused(FonctionManquante)
    ctm(deposee()).when(RendreAvis(*S, "repute_favorable")).refused(SilencePasUnAccord)
    assert ctm(deposee()).when(RendreAvis(*S, "sans_avis")).refusal() is None


rendu = e.AvisRendu(sens="favorable_avec_reserves", reserves=("Une", "Deux"), par="x")


def test_chaque_reserve_recoit_sa_suite_avant_de_clore() -> None:
    def follow(rang: int) -> SuivreReserve:
        return SuivreReserve(*A, rang, "retenue", "Inscrit à l'article 3")

    [first] = agent(deposee(), rendu).when(follow(1)).decided()
    [second] = agent(deposee(), rendu).when(follow(2)).decided()
    agent(deposee(), rendu).when(follow(3)).refused(ReserveInconnue)
    agent(deposee()).when(follow(1)).refused(ReserveInconnue)
    close = CloreSaisine(*A)
    agent(deposee()).when(close).refused(SuitesManquantes)
    agent(deposee(), rendu, first).when(close).refused(SuitesManquantes)
    [closed] = agent(deposee(), rendu, first, second).when(close).decided()
    agent(deposee(), rendu, first, second, closed).when(follow(1)).refused(EtapeDejaFaite)
    plain = e.AvisRendu(sens="favorable", par="x")
    agent(deposee(), plain).when(close).refused(SuitesManquantes)
    whole = DonnerSuiteALAvis(*A, "retenue", "Le Conseil a suivi l'avis")
    [suite] = agent(deposee(), plain).when(whole).decided()
    assert agent(deposee(), plain, suite).when(close).refusal() is None
    agent(deposee()).when(whole).refused(EtapeManquante)


def test_transmettre_designer_presenter() -> None:
    agent(deposee()).when(TransmettreAvis(*A)).refused(EtapeManquante)
    [sent] = agent(deposee(), rendu).when(TransmettreAvis(*A)).decided()
    agent(deposee(), rendu, sent).when(TransmettreAvis(*A)).refused(EtapeDejaFaite)
    agent(deposee(), rendu).when(PresenterAvis(*A)).refused(EtapeManquante, "désigné")
    [named] = ctm(deposee(), rendu).when(DesignerPresentateur(*S, "La présidente de la conférence")).decided()
    [shown] = agent(deposee(), rendu, named).when(PresenterAvis(*A, SEA)).decided()
    agent(deposee(), rendu, named, shown).when(PresenterAvis(*A)).refused(EtapeDejaFaite)
    ctm(deposee()).when(DesignerPresentateur(*S, "x")).refused(EtapeManquante)


def test_proroger_relancer_retirer() -> None:
    agent(deposee()).when(ProrogerEcheance(*A, date(2026, 9, 1), "x")).refused(EtapeManquante)
    longer = ProrogerEcheance(*A, date(2026, 6, 1), "Vacances")
    assert agent(ecrite).when(longer).refusal() is None
    agent(ecrite).when(ProrogerEcheance(*A, date(2026, 5, 1), "x")).refused(EtapeManquante)
    assert agent(deposee()).when(Relancer(*A)).refusal() is None
    agent(deposee(), rendu).when(Relancer(*A)).refused(EtapeDejaFaite)
    [gone] = agent(deposee()).when(RetirerSaisine(*A, "Sans objet")).decided()
    agent(deposee(), gone).when(Relancer(*A)).refused(EtapeDejaFaite, "retirée")
    agent(deposee(), rendu).when(RetirerSaisine(*A, "x")).refused(EtapeDejaFaite)


def test_une_saisine_ecrite_recoit_une_reponse_qui_va_a_tous_les_maires() -> None:
    agent(deposee()).when(AccuserReception(*A)).refused(PasUneSaisineEcrite)
    [receipt] = agent(ecrite).when(AccuserReception(*A)).decided()
    agent(ecrite, receipt).when(AccuserReception(*A)).refused(EtapeDejaFaite)
    assert agent(ecrite).when(DesignerService(*A, "Direction de la voirie")).refusal() is None
    sign = SignerReponse(*A, "Voici la réponse.", "le Président")
    [answer] = agent(ecrite).when(sign).decided()
    agent(ecrite, answer).when(sign).refused(EtapeDejaFaite)
    towns = ("69029", "69290")

    def send(to: tuple[str, ...]) -> TransmettreReponse:
        return TransmettreReponse(*A, to, towns)

    agent(ecrite).when(send(towns)).refused(EtapeManquante)
    agent(ecrite, answer).when(send(towns[:1])).refused(DestinatairesManquants)
    [sent] = agent(ecrite, answer).when(send(towns)).decided()
    agent(ecrite, answer).when(CloreSaisine(*A)).refused(EtapeManquante)
    assert agent(ecrite, answer, sent).when(CloreSaisine(*A)).refusal() is None


def test_une_contribution_est_adoptee_puis_presentee_en_accord() -> None:
    asked = deposee("contribution", "ctm-x", "conseil", regle="contribution-ctm-2021")
    adopt = AdopterContribution(*S, "Nous proposons une navette.")
    [adopted] = ctm(asked).when(adopt).decided()
    ctm(asked, adopted).when(adopt).refused(EtapeDejaFaite)
    ctm(deposee(de="ctm-x")).when(adopt).refused(PasUneContribution)
    request = DemanderPresentation(*S, "une conseillère")
    ctm(asked).when(request).refused(EtapeManquante)
    [requested] = ctm(asked, adopted).when(request).decided()
    agent(asked, adopted).when(DeciderPresentation(*A, True)).refused(EtapeManquante)
    agent(asked, adopted, requested).when(DeciderPresentation(*A, False)).refused(TexteVide)
    [said] = agent(asked, adopted, requested).when(DeciderPresentation(*A, True)).decided()
    agent(asked, adopted, requested, said).when(DeciderPresentation(*A, True)).refused(EtapeDejaFaite)
