"""The contracts of the tree, as an ordinary test."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain
import projections
import web
from domain.errors import RegleViolee
from domain.law import REGLES
from domain.ledger.event import TOPICS

ROOT = Path(__file__).parent.parent
LONGEST = 300
EXEMPT = {"web/journal/verifier.py"}  # one file that people download (TRACE §1)
INIT_LINES = 12
HANDLER_LINES = 15
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def modules(top: str) -> list[Path]:
    return [path for path in tracked(f"{top}/**/*.py", f"{top}/*.py") if path.is_file()]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def load_everything() -> None:
    for package in (domain, projections, web):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not found.name.startswith("web.commands.worker") and "verifier" not in found.name:
                importlib.import_module(found.name)


def test_files_are_short() -> None:
    long = [
        f"{name(path)}: {count}"
        for path in tracked("*.py")
        if name(path) not in EXEMPT and (count := len(path.read_text().splitlines())) > LONGEST
    ]
    assert not long


def test_packages_say_what_they_are_and_nothing_more() -> None:
    for top in ("domain", "projections", "web"):
        for path in modules(top):
            if path.name == "__init__.py":
                text = path.read_text()
                assert len(text.splitlines()) <= INIT_LINES, name(path)
                assert ast.get_docstring(ast.parse(text)), f"{name(path)} says nothing"
                assert not list(imports(path)), f"{name(path)} re-exports"


def test_arrows_go_one_way() -> None:
    for top, forbidden in (("domain", ("projections", "web", "tests", "bench")), ("projections", ("web", "tests"))):
        for path in modules(top):
            assert not [i for i in imports(path) if i.split(".")[0] in forbidden], name(path)


def test_the_domain_knows_no_http_no_database() -> None:
    kept = {"eventsourcing", "psycopg", "psycopg_pool", "litestar", "httpx", "minijinja", "cryptography"}
    for path in modules("domain"):
        if "ledger" not in path.parts:
            assert not [i for i in imports(path) if i.split(".")[0] in kept], name(path)


def test_the_library_is_imported_in_the_ledger_only() -> None:
    for top in ("domain", "projections", "web"):
        for path in modules(top):
            uses = any(i.split(".")[0] == "eventsourcing" for i in imports(path))
            assert not uses or name(path).startswith("domain/ledger/"), name(path)


def test_the_domain_has_no_clock_and_no_randomness() -> None:
    for path in modules("domain"):
        if "ledger" in path.parts:
            continue
        assert not {"random", "secrets", "uuid4", "time"} & set(imports(path)), name(path)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                assert not ast.unparse(node.func.value).endswith(("datetime", "date", "time")), name(path)


def test_a_feature_imports_only_the_events_of_another() -> None:
    features = {path.name for path in (ROOT / "domain").iterdir() if path.is_dir()} - {
        "ledger",
        "comptage",
        "majorites",
        "__pycache__",
    }
    for path in modules("domain"):
        own = path.relative_to(ROOT / "domain").parts[0]
        if own not in features or own == "reactions":  # reactions join features
            continue
        for imported in imports(path):
            parts = imported.split(".")
            if parts[0] == "domain" and len(parts) > 1 and parts[1] in features - {own}:
                assert parts[2:3] in (["events"], ["regles"]), f"{name(path)} imports {imported}"


def test_every_refusal_stands_on_a_published_rule() -> None:
    load_everything()
    pending, refusals = [RegleViolee], []
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if not kind.__subclasses__() and not kind.__module__.startswith("tests"):
            refusals.append(kind)
    assert refusals
    for kind in refusals:
        assert REGLES.get(kind.fondement.id) is kind.fondement, kind.__qualname__
        assert kind.conseil and kind.status in (403, 404, 409, 422), kind.__qualname__


def test_every_topic_names_its_feature_and_version() -> None:
    load_everything()
    for topic, kind in TOPICS.items():
        assert re.fullmatch(rf"[a-z_]+/{kind.__name__}/[1-9][0-9]*", topic), topic
        if kind.__module__.startswith("domain."):
            assert kind.__module__.split(".")[1] == topic.split("/")[0], topic


def test_handlers_are_thin() -> None:
    fat = []
    for path in modules("web"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and any(
                re.match(r"(get|post|head|put|delete|route)\(", ast.unparse(d)) for d in node.decorator_list
            ):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0
                if lines > HANDLER_LINES:
                    fat.append(f"{name(path)}:{node.name} ({lines})")
    assert not fat


@pytest.mark.parametrize("word", ["/work/", "/root/", "\u202f", "TODO", "FIXME"])
def test_nothing_of_this_machine_and_nothing_unfinished(word: str) -> None:
    found = [
        name(path)
        for path in tracked("*.py", "*.html", "*.md", "*.sql", "*.css", "bin/*", ".ci/*", "*.toml", "*.json", "*.txt")
        if "vendor" not in path.parts and path != Path(__file__) and path.name != "LICENSE"
        if word in path.read_text(errors="ignore")
    ]
    assert not found


def test_public_functions_of_the_domain_say_what_they_are() -> None:
    load_everything()
    silent = []
    for path in modules("domain"):
        if path.name == "__init__.py":
            continue
        module = importlib.import_module(name(path).removesuffix(".py").replace("/", "."))
        for label, thing in vars(module).items():
            own = inspect.isfunction(thing) and thing.__module__ == module.__name__
            if own and not label.startswith("_") and not inspect.getdoc(thing):
                silent.append(f"{name(path)}:{label}")
    assert not silent
