"""What the README says is what there is: commands, settings, map of the tree, measures."""

import re
from pathlib import Path

from bench.targets import TARGETS
from web.cli import COMMANDS
from web.settings import DOCUMENTATION

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text()


def test_it_opens_with_three_french_lines() -> None:
    lines = [line for line in TEXT.splitlines()[1:] if line][:3]
    assert all(re.search(r"\b(le|la|les|un|une)\b", line) for line in lines)


def test_every_setting_is_documented_as_the_program_says() -> None:
    for name, meaning in DOCUMENTATION.items():
        assert f"| `{name}` | {meaning} |" in TEXT, name


def test_every_command_that_it_names_exists() -> None:
    named = set(re.findall(r"^registre ([a-z]+)", TEXT, re.M)) | set(re.findall(r"`registre ([a-z]+)", TEXT))
    assert named and named <= set(COMMANDS)


def test_every_file_and_folder_that_it_names_exists() -> None:
    for path in re.findall(r"`([a-z_]+/[a-z_/.]*)`", TEXT):
        if path.split("/")[0] in ("domain", "projections", "web", "migrations", "tests", "bench", "bin"):
            assert (ROOT / path).exists(), path


def test_every_picture_is_there_and_small() -> None:
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT):
        assert 0 < (ROOT / path).stat().st_size < 1_000_000, path


def test_decisions_are_numbered_and_tell_their_cost() -> None:
    found = re.findall(r"^\*\*D([0-9]+)\.(.*?)(?=^\*\*D|\Z)", TEXT, re.M | re.S)
    assert [int(number) for number, _ in found] == list(range(1, len(found) + 1))
    assert all("*Cost:*" in text and "*Why:*" in text for _, text in found)


def test_every_measure_is_told_with_its_target() -> None:
    for name in TARGETS:
        assert name in TEXT, name
