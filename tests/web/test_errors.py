"""Refusals and errors, as people and programs read them; nothing of what was written reaches the log."""

import logging

import psycopg
import pytest
from litestar.exceptions import HTTPException
from psycopg_pool import PoolTimeout

from domain.ledger.event import UnknownEvent
from domain.ledger.ledger import Busy, Unavailable
from web.errors import ADVICE, ADVICE_TO_PROGRAMS, TITLES, Fault, fault, problem
from web.limits import TooMany

COME_BACK = [Unavailable("x"), PoolTimeout("x"), psycopg.OperationalError("x"), UnknownEvent("x")]


@pytest.mark.parametrize("error", COME_BACK)
def test_what_comes_back_says_when(error: Exception) -> None:
    answer = problem(fault(error), error)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_programs_are_not_told_about_pages() -> None:
    assert ADVICE_TO_PROGRAMS.keys() == ADVICE.keys() == TITLES.keys()
    for status in TITLES:
        told = problem(fault(HTTPException(status_code=status), ADVICE_TO_PROGRAMS)).content
        for word in ("page", "formulaire", "Rechargez", "la page"):
            assert word not in told["title"] + told["detail"] + told["conseil"], (status, told)


def test_too_many_attempts_say_how_long() -> None:
    assert problem(fault(TooMany(7)), TooMany(7)).headers["Retry-After"] == "7"


def test_the_headers_of_an_error_are_kept() -> None:
    error = HTTPException(status_code=405, headers={"Allow": "GET"})
    assert problem(fault(error), error).headers["Allow"] == "GET"


def test_what_is_not_foreseen_is_logged_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    def written() -> Fault:
        try:
            raise psycopg.errors.UniqueViolation("Key (texte)=(secret)")
        except psycopg.Error as error:
            return fault(error)

    with caplog.at_level(logging.DEBUG):
        assert written().status == 500
        assert fault(Busy()).status == 409
    [record] = caplog.records
    assert "UniqueViolation 23505" in caplog.text and "test_errors.py" in caplog.text
    assert "Key (texte)=(secret)" not in record.getMessage().replace('("Key (texte)=(secret)")', "")
