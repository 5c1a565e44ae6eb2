"""The directory of instances while the projections are behind the log."""

import pytest

from web.errors import fault
from web.propositions.instances import Annuaire, NotYetShown


def test_an_instance_that_the_projections_have_not_reached_is_to_be_asked_again() -> None:
    with pytest.raises(NotYetShown) as refused:
        Annuaire({}).instance("gepi")
    told = fault(refused.value)
    assert told.status == 503 and "quelques secondes" in told.message
