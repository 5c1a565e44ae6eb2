"""The journal has words for everything that it may hold."""

import importlib
import pkgutil
from typing import get_args

import domain
from domain.effacements.events import MotifEffacement
from domain.ledger.event import TOPICS
from web.journal.words import KINDS, REASONS, dossier_page, kind, kinds, streams, topics


def known() -> set[str]:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        if found.name.endswith(".events"):
            importlib.import_module(found.name)
    return {topic for topic, event in TOPICS.items() if event.__module__.startswith("domain.")}


def test_every_kind_of_event_has_words_and_no_word_is_left_over() -> None:
    assert {topic.rpartition("/")[0] for topic in known()} == set(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)


def test_every_reason_of_an_erasure_has_words() -> None:
    assert set(REASONS) == set(get_args(MotifEffacement))


def test_an_unknown_kind_keeps_its_name() -> None:
    assert kind("demain/ActeNouveau/1") == "ActeNouveau"
    assert topics("demain/ActeNouveau") == []
    assert ("propositions/PropositionDeposee", "Proposition déposée") in kinds()


def test_a_reference_may_be_short() -> None:
    known()
    assert "propositions/GEPI-2026-0087" in streams("gepi-2026-0087")
    assert streams("propositions/x") == ["propositions/x"]
    assert dossier_page("propositions/GEPI-2026-0087") == "/dossiers/GEPI-2026-0087"
    assert dossier_page("fonctions/x") is None
