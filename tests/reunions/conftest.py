"""The office with one person for each function."""

from tests.bureau.conftest import equipe

__all__ = ["equipe"]
