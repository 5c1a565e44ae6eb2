"""The processes that project know every kind of event, those that no projection handles included."""

import subprocess
import sys
from pathlib import Path

import pytest

import domain


@pytest.mark.parametrize("module", ["projections.catalogue", "web.commands.projector", "web.journal.commands.export"])
def test_every_kind_of_event_is_known_wherever_facts_are_projected(module: str) -> None:
    code = f"import {module}; from domain.ledger.event import TOPICS; print(*{{t.split('/')[0] for t in TOPICS}})"
    known = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    features = {path.parent.name for path in Path(domain.__path__[0]).glob("*/events.py")}
    assert features - set(known) == set()
