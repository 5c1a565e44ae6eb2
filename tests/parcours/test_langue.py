"""The language of pages: plain, correct, explained; in valid HTML."""

import pytest

from tests.parcours.language import acronym_faults, sentence_faults, typography_faults
from tests.parcours.looking import filled
from tests.parcours.places import Places
from tests.parcours.states import looked_at, visits
from tests.parcours.visit import Visit
from tests.parcours.visitor import Readers
from tests.quality import validate_html

LOOKED_AT = frozenset(looked_at())
READ = [visit for visit in visits() if visit.method == "GET" and not visit.steps]
PLAIN = ("/", "/dire", "/suivi", "/aide", "/recu", "{merci}")  # whom these pages are for reads with difficulty

CITATIONS = ("/regles",)  # the list of the sources, one after the other, without a full stop between them
FOR_PROGRAMS = ("/api", "/journal/")  # the names of fields and of formats, as they are


def _plain(visit: Visit) -> bool:
    return visit.path == "/" or visit.path.startswith(PLAIN[1:])


@pytest.mark.parametrize("visit", READ, ids=str)
def test_language(visit: Visit, readers: Readers, places: Places) -> None:
    text = readers.of(visit.person).get(filled(visit.path, places)).text
    found = [] if visit in LOOKED_AT else validate_html(text)  # the browser's pages are validated there
    found += typography_faults(text)
    found += [] if visit.path.startswith(FOR_PROGRAMS) else acronym_faults(text)
    if visit.path not in CITATIONS:
        found += sentence_faults(text) if _plain(visit) else sentence_faults(text, 40, 20)
    assert found == []
