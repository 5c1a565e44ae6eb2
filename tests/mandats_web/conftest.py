"""The site with the demonstration in it."""

from tests.charge import charge, web

__all__ = ["charge", "web"]
