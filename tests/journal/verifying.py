"""Short ways to run the verifier in the tests."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from web.journal import verifier

PROGRAM = Path(verifier.__file__)


def verify(*arguments: str | Path) -> dict[str, Any]:
    """The verifier's JSON answer, computed in this process."""
    report, checks, _ = verifier.run([str(argument) for argument in arguments])
    return report.as_json(checks)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The verifier as a person runs it: isolated, without the project on its path."""
    command = [sys.executable, "-I", "-W", "error", str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def faulty(answer: dict[str, Any]) -> set[str]:
    """The checks that found a fault; asserts that faults, statuses and verdict agree."""
    found = {check for check, status in answer["checks"].items() if status == "fault"}
    assert found == {fault.split("\u00a0")[0] for fault in answer["faults"]}
    assert answer["ok"] is not bool(found)
    return found


def says(answer: dict[str, Any], *parts: str) -> bool:
    """Whether one fault contains all these parts, non-breaking spaces read as spaces."""
    return any(all(part in fault.replace("\u00a0", " ") for part in parts) for fault in answer["faults"])
