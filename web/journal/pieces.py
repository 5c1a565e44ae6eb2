"""The public files that entries name by their sha256: pictures, kept beside the register, `pj/` and the digest."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from domain.budget_participatif.events import ImageRetiree, ProjetIllustre, RealisationConstatee
from domain.enveloppes.events import PhotoAjoutee
from domain.ledger.entry import recorded
from domain.scrutins.events import ScrutinCree
from web.journal.tree import Connection

NAMED: dict[str, Callable[[Any], Iterable[str | None]]] = {
    ProjetIllustre.TOPIC: lambda event: [event.image],
    RealisationConstatee.TOPIC: lambda event: [event.photo],
    ScrutinCree.TOPIC: lambda event: [projet.image for projet in event.projets],
    PhotoAjoutee.TOPIC: lambda event: [event.empreinte],
}
READ = """SELECT notification_id, state FROM ledger.stored_events
    WHERE topic = ANY(%s) AND notification_id <= %s ORDER BY notification_id"""


def named(connection: Connection, size: int) -> set[str]:
    """What the first `size` entries name and have not taken away since."""
    found: set[str] = set()
    for position, state in connection.execute(READ, ([*NAMED, ImageRetiree.TOPIC], size)):
        event = recorded(position, state).event
        if isinstance(event, ImageRetiree):
            found.discard(event.image)
        else:
            found.update(digest for digest in NAMED[type(event).TOPIC](event) if digest)
    return found


def copy(connection: Connection, size: int, directory: Path, target: Path) -> None:
    """Copies them from `pj/` of the directory of data; one that is missing there is for the verifier to tell."""
    for digest in sorted(named(connection, size)):
        source = directory / "pj" / digest
        if source.is_file():
            shutil.copyfile(source, target / digest)
