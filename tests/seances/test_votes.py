"""Votes of a meeting: counts that hold, the chair's voice, names, secrecy; and the real numbers of 2017-2275."""

from typing import Any

import pytest

from domain.ledger.event import Event
from domain.majorites.suffrages import SuffragesIncoherents
from domain.seances import events as e
from domain.seances.appeler_point import PointPasAppele
from domain.seances.compter_vote import (
    CompterVoixNominatives,
    CompterVote,
    NoterIssue,
    ScrutinSecret,
    VoixEnTrop,
)
from domain.seances.inscrire_point import PointDejaVote
from tests.seances.monde import (
    JOUR,
    SEA,
    SECRETARIAT,
    appele,
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


def en_vote(presents: int, n: int, *more: Event, slug: str = "conseil", sorte: str = "conseil") -> given:
    facts = (planifiee(slug), point(1), convoquee, ouverte, arrivee(elus(1, presents)), *more, appele())
    return assemblee(n, *facts, slug=slug, sorte=sorte)


def compter(pour: int, contre: int, abst: int = 0, nuls: int = 0, chair: Any = None, slug: str = "conseil") -> Any:
    return CompterVote(SECRETARIAT, JOUR, SEA, slug, 1, pour, contre, abst, nuls, chair)


def vote(world: given, order: Any) -> e.VoteCompte:
    fact = world.when(order).decided()[-1]
    assert isinstance(fact, e.VoteCompte)
    return fact


@pytest.mark.parametrize(
    ("chair", "issue"),
    [("pour", "favorable"), ("contre", "defavorable"), ("abstention", "sans_avis"), (None, "sans_avis")],
)
def test_quatre_contre_quatre_en_ctm(chair: Any, issue: str) -> None:
    world = en_vote(9, 9, slug="ctm-x", sorte="ctm")
    fact = vote(world, compter(4, 4, 1, chair=chair, slug="ctm-x"))
    assert (fact.issue, fact.regle, fact.preponderante) == (issue, "majorite-ctm-2021", chair in ("pour", "contre"))


def test_les_quatre_nombres() -> None:
    proxy = e.PouvoirDonne(mandant="m9", mandataire="m1", recu_a=h(9, 10), par="x")
    fact = vote(en_vote(6, 10, proxy), compter(4, 2, 1))
    assert (fact.presents, fact.pouvoirs, fact.pour, fact.contre, fact.abstentions) == (6, 1, 4, 2, 1)
    en_vote(6, 10, proxy).when(compter(5, 2, 1)).refused(SuffragesIncoherents, "8 voix", "7 votants")


def test_un_vote_par_point() -> None:
    done = vote(en_vote(6, 10), compter(6, 0))
    en_vote(6, 10).and_given(f"seances/{SEA}", done).when(compter(6, 0)).refused(PointDejaVote)
    uncalled = assemblee(10, planifiee(), point(), convoquee, ouverte, arrivee(elus(1, 6)))
    uncalled.when(compter(6, 0)).refused(PointPasAppele)


def test_un_vote_rectifie_se_recompte() -> None:
    wrong = vote(en_vote(6, 10), compter(6, 0))
    fixed = e.RectificationEnregistree(version=7, motif="Voix inversées", par="x")
    world = en_vote(6, 10).and_given(f"seances/{SEA}", wrong, fixed)
    assert vote(world, compter(0, 6)).issue == "defavorable"


def nommer(voix: dict[str, Any]) -> CompterVoixNominatives:
    return CompterVoixNominatives(SECRETARIAT, JOUR, SEA, "conseil", 1, voix)


def test_le_vote_par_nom_de_150_membres() -> None:
    voices = {f"m{n}": "pour" if n % 3 else "contre" for n in range(1, 150)} | {"m150": "ne_prend_pas_part"}
    facts = en_vote(150, 150).when(nommer(voices)).decided()
    lots = [fact for fact in facts if isinstance(fact, e.VoixNominatives)]
    assert [len(lot.voix) for lot in lots] == [100, 50]
    count = facts[-1]
    assert isinstance(count, e.VoteCompte) and (count.pour, count.contre) == (100, 49)


def test_le_nom_du_mandant_porte_sa_voix() -> None:
    proxy = e.PouvoirDonne(mandant="m9", mandataire="m1", recu_a=h(9, 10), par="x")
    facts = en_vote(6, 10, proxy).when(nommer({"m1": "pour", "m9": "contre"})).decided()
    assert isinstance(facts[0], e.VoixNominatives)
    assert facts[0].voix == (e.Voix(elu="m1", sens="pour"), e.Voix(elu="m1", sens="contre", pouvoir_de="m9"))
    count = facts[-1]
    assert isinstance(count, e.VoteCompte) and count.preponderante and count.issue == "favorable"
    en_vote(6, 10, proxy).when(nommer({"m8": "pour"})).refused(VoixEnTrop, "m8")


def test_le_scrutin_secret_n_a_pas_de_nom_ni_de_voix_preponderante() -> None:
    secret = e.ScrutinDemande(rang=1, mode="secret", demandeurs=(), accorde=True, seuil=0, par="x")
    world = en_vote(6, 10).and_given(f"seances/{SEA}", secret)
    world.when(nommer({"m1": "pour"})).refused(ScrutinSecret)
    fact = vote(world, compter(3, 3, chair="pour"))
    assert fact.issue == "defavorable" and not fact.preponderante


def test_les_nombres_reels_de_la_deliberation_2017_2275() -> None:
    proxies = [
        e.PouvoirDonne(mandant=f"m{149 + n}", mandataire=f"m{n}", recu_a=h(9, 10), par="x") for n in range(1, 16)
    ]
    fact = vote(en_vote(149, 165, *proxies), NoterIssue(SECRETARIAT, JOUR, SEA, "conseil", 1, True))
    assert (fact.presents, fact.pouvoirs, fact.detail, fact.pour) == (149, 15, "non_porte_a_l_extrait", None)
