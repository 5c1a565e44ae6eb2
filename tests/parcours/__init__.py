"""Every page and every journey, as people meet them: in a browser, on the demonstration."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"tests.parcours.{name}"
        for name in ("hands", "journeys", "journeys_mail", "journeys_office", "places", "visitor")
    )
)
