"""The sentences of the journal: one for each event, well cut."""

import re
from typing import get_args

import pytest

from domain.propositions.events import Suite, SuiteDonnee
from web.propositions.instances import Annuaire
from web.propositions.mots import phrase

MOTIF = "Les douze arrêts auront un banc."


@pytest.mark.parametrize("suite", get_args(Suite))
def test_an_answer_and_its_reason_are_two_sentences(suite: Suite) -> None:
    said = phrase(SuiteDonnee(suite=suite, motif=MOTIF, par="coordination"), Annuaire({}))
    assert re.fullmatch(r"Réponse\s: .+[.…] Les douze arrêts auront un banc\.", said), said
