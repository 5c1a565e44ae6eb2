"""Golden events: the JSON of every event version ever written, for ever readable and never changed.

`python -m tests.test_golden` writes the files of new events, and leaves the others alone. A changed encoding is a
new version: a new TOPIC, and an upcast from the former one in `domain/ledger/event.py`.
"""

import importlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

import domain
from domain.ledger.entry import decode_entry, encode_entry, recorded
from domain.ledger.event import TOPICS, UPCASTS, Event

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 3, 15)
MOMENT = datetime(2026, 3, 15, 7, 0, tzinfo=UTC)


def topics() -> dict[str, type[Event]]:
    """The current version of every event of the domain."""
    for path in sorted(Path(domain.__path__[0]).glob("*/events.py")):
        importlib.import_module(f"domain.{path.parent.name}.events")
    return {topic: kind for topic, kind in TOPICS.items() if kind.__module__.startswith("domain.")}


def sample(kind: type[Event]) -> Event:
    """An event with every field filled, the same at each run."""
    hints = get_type_hints(kind)
    return kind(**{field.name: _value(field.name, hints[field.name]) for field in msgspec.structs.fields(kind)})


def _value(name: str, hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is list:
        return [_value(f"{name}_{n}", get_args(hint)[0]) for n in (1, 2)]
    if get_origin(hint) is tuple:
        return tuple(_value(f"{name}_{n}", get_args(hint)[0]) for n in (1, 2))
    if get_origin(hint) is dict:
        return {name: _value(name, get_args(hint)[1])}
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint)
        return hint(**{field.name: _value(field.name, hints[field.name]) for field in msgspec.structs.fields(hint)})
    parts = [part for part in get_args(hint) if part is not NoneType]
    if parts:
        return _value(name, parts[0])
    known: dict[Any, Any] = {str: f"{name} à l'essai", int: 12, bool: True, date: DAY, datetime: MOMENT}
    return known[hint]


def written(topic: str, kind: type[Event]) -> dict[str, Any]:
    """What the file of this version holds: the bytes of an entry, and what stands beside it."""
    event = sample(kind)
    entry = encode_entry(event, "essai.registre.example/2026", "essais/1", 1, "2026-03-16T08:00:00Z", [])
    personal = {field: {"portee": scope, "valeur": getattr(event, field)} for field, scope in kind.PERSONAL.items()}
    return {"topic": topic, "entry": entry.decode(), "personal": personal}


def file_of(topic: str) -> Path:
    """`propositions/SuiteDonnee/1` has its file `propositions.SuiteDonnee.1.json`."""
    return GOLDEN / f"{topic.replace('/', '.')}.json"


CURRENT = topics()
FILES = sorted(GOLDEN.glob("*.json"))


@pytest.mark.parametrize("topic", sorted({*CURRENT, *(old for old in UPCASTS if not old.startswith("essai/"))}))
def test_every_version_has_its_golden_event(topic: str) -> None:
    assert file_of(topic).exists(), "run: python -m tests.test_golden"


@pytest.mark.parametrize("topic", sorted(CURRENT))
def test_the_encoding_has_not_changed(topic: str) -> None:
    golden = json.loads(file_of(topic).read_text(encoding="utf-8"))
    assert written(topic, CURRENT[topic]) == golden, "what was written once is written so for ever: make a new version"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_whatever_was_written_is_still_read(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    state = golden["entry"].encode()
    assert path == file_of(golden["topic"]) and decode_entry(state).e == golden["topic"]
    event = recorded(1, state).event
    assert type(event).TOPIC in CURRENT, "an event is never forgotten"
    dated = type(event).DATED
    assert event.survenu_le == (DAY if dated else None)
    if golden["topic"] in CURRENT:
        hidden = dict.fromkeys((*type(event).PERSONAL, *(() if dated else ("survenu_le",))))
        assert event == msgspec.structs.replace(sample(type(event)), **hidden)


@pytest.mark.parametrize("topic", sorted(CURRENT))
def test_what_is_personal_is_not_in_the_entry(topic: str) -> None:
    golden = written(topic, CURRENT[topic])
    shown = json.loads(golden["entry"])["d"]
    assert not set(shown) & set(golden["personal"])


def write_missing() -> list[str]:
    """Writes the files of the versions that have none; returns their topics."""
    GOLDEN.mkdir(exist_ok=True)
    new = [topic for topic in sorted(CURRENT) if not file_of(topic).exists()]
    for topic in new:
        text = json.dumps(written(topic, CURRENT[topic]), ensure_ascii=False, indent=1)
        file_of(topic).write_text(text + "\n", encoding="utf-8")
    return new


if __name__ == "__main__":
    print("\n".join(write_missing()) or "nothing new")
