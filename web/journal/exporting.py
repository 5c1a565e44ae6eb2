"""The register as files: a bundle that proves itself without any server (TRACE §1). Memory does not grow with it."""

import csv
import json
import shutil
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from domain.ledger.entry import decode_entry, leaf_hash
from domain.ledger.vault import Vault, disclosed
from projections.merkle import ENTRIES, FULL, HASH, WIDTH, Tile
from projections.notes import Checkpoint, encode64, open_checkpoint
from projections.tiles import TileGrower
from web.journal import opendata, pieces
from web.journal.keys import promise_key, published_key
from web.journal.signer import open_connection
from web.journal.tree import Connection, one

VERIFIER = Path(__file__).with_name("verifier.py")
PATIENCE_SECONDS = 15.0
COLUMNS = ("numero", "index", "nature", "dossier", "version", "survenu_le", "enregistre_le", "regle", "empreinte")

Audience = Literal["public", "audit"]
Progress = Callable[[int, int], None]


class ExportRefused(Exception):
    """There is nothing that could be proved, or the register contradicts its own checkpoint (French)."""


class Exported(msgspec.Struct, frozen=True):
    """What a bundle holds: `taille` entries under `racine` (base64), and how many disclosures."""

    dossier: str
    audience: Audience
    taille: int
    racine: str
    divulgations: int


def export(
    url: str,
    vault: Vault,
    directory: Path,
    target: Path,
    audience: Audience = "public",
    progress: Progress = lambda done, total: None,
    patience: float = PATIENCE_SECONDS,
) -> Exported:
    """Writes the bundle of the last checkpoint; `target` must be absent or empty, and appears whole or not at all.

    `directory` is REGISTRE_DIR, for the public keys. Raises ExportRefused, FileExistsError, WrongMasterKey.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(f"{target} existe et n'est pas un dossier vide")
    draft = target.with_name(f".{target.name}.partiel")
    shutil.rmtree(draft, ignore_errors=True)
    with open_connection(url) as connection:
        wanted, deadline = _head(connection), time.monotonic() + patience
        while True:
            with connection.transaction():
                why = _not_yet(connection, wanted, audience)
                if why is None:
                    return _write(connection, vault, directory, draft, target, audience, progress)
            if time.monotonic() > deadline:
                raise ExportRefused(why)
            time.sleep(0.2)


def _head(connection: Connection) -> int:
    row = one(connection, "SELECT size FROM ledger.head")
    assert row is not None
    return int(row[0])


def _not_yet(connection: Connection, wanted: int, audience: Audience) -> str | None:
    """Why this snapshot must not be exported: what it shows would not agree with its last checkpoint."""
    row = one(
        connection,
        "SELECT (SELECT max(size) FROM ledger.checkpoints), to_regclass('projections.tracking'),"
        " (SELECT max(notification_id) FROM ledger.stored_events WHERE topic LIKE 'effacements/%'),"
        " (SELECT count(*) FROM ledger.stored_events WHERE topic LIKE 'effacements/EffacementDemande/%')"
        " - (SELECT count(*) FROM ledger.stored_events WHERE topic LIKE 'effacements/EffacementExecute/%'),"
        " (SELECT max(notification_id) FROM ledger.stored_events WHERE topic = 'budget_participatif/ImageRetiree/1')",
    )
    assert row is not None
    size, tracking, erased, pending, removed = row
    if size is None:
        return "Aucun point de contrôle n'est signé : lancez « registre checkpoint »."
    position = one(connection, "SELECT position FROM projections.tracking") if tracking else None
    if position is None or position[0] < wanted:
        return "Les projections n'ont pas rejoint le journal : ce qui est public n'est pas certain."
    if (removed or 0) > size:
        return f"L'acte n° {removed} retire une image et attend un point de contrôle."
    if audience == "audit" and (erased or 0) > size:
        return f"L'acte n° {erased} efface des données et n'est pas encore couvert par un point de contrôle."
    if audience == "audit" and pending:
        return f"{pending} effacement(s) en cours : leurs condensats seraient inexpliqués."
    return None


def _write(
    connection: Connection,
    vault: Vault,
    directory: Path,
    draft: Path,
    target: Path,
    audience: Audience,
    progress: Progress,
) -> Exported:
    row = one(connection, "SELECT note FROM ledger.checkpoints ORDER BY size DESC LIMIT 1")
    key = published_key(directory)
    if row is None or key is None:
        raise ExportRefused(f"La clé publique du signataire manque dans {directory}.")
    note = str(row[0])
    checkpoint = open_checkpoint(note.encode(), key)
    connection.execute("SET LOCAL search_path = projections")
    for name in ("pj", "opendata", "tile/entries"):
        (draft / name).mkdir(parents=True)
    try:
        _write_entries(connection, draft, checkpoint, progress)
        count = _write_disclosures(connection, vault, draft, checkpoint.size, audience)
        pieces.copy(connection, checkpoint.size, directory, draft / "pj")
        opendata.write_tables(connection, draft / "opendata")
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        exported = Exported(str(target), audience, checkpoint.size, encode64(checkpoint.root), count)
        manifest = {"audience": audience, "taille": exported.taille, "racine": exported.racine, "exporte_le": now}
        licence = opendata.LICENCE.format(origine=checkpoint.origin, exporte_le=now[:10])
        (draft / "LICENCE.txt").write_text(licence, encoding="utf-8")
        (draft / "manifeste.json").write_text(json.dumps(manifest) + "\n")
        (draft / "cle").write_text(f"{key}\n")
        (draft / "cle-promesse").write_text(f"{promise_key(directory, checkpoint.origin).verifier}\n")
        (draft / "checkpoint").write_text(note)
        shutil.copyfile(VERIFIER, draft / "verifier.py")
        if target.exists():
            target.rmdir()
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return exported


def _write_entries(connection: Connection, folder: Path, checkpoint: Checkpoint, progress: Progress) -> None:
    """Entries, bundles, tiles and the list of acts, in one pass over exactly what the checkpoint covers."""
    grower = TileGrower()
    with ExitStack() as stack:
        lines = stack.enter_context((folder / "evenements.ndjson").open("wb"))
        acts = csv.writer(stack.enter_context((folder / "opendata/actes.csv").open("w", encoding="utf-8", newline="")))
        acts.writerow(COLUMNS)
        for states in _chunks(connection, checkpoint.size):
            hashes = [leaf_hash(state) for state in states]
            lines.writelines(state + b"\n" for state in states)
            bundle = b"".join(len(state).to_bytes(2) + state for state in states)
            _put(folder, Tile(ENTRIES, grower.size // WIDTH, len(states)), bundle)
            acts.writerows(_row(grower.size + n, *pair) for n, pair in enumerate(zip(states, hashes, strict=True)))
            for (level, index), row in grower.append(hashes).items():
                if len(row) == FULL:
                    _put(folder, Tile(level, index), row)
            progress(grower.size, checkpoint.size)
    for level, row in enumerate(grower.rows):
        if row:
            _put(folder, Tile(level, grower.size >> 8 * (level + 1), len(row) // HASH), row)
    if (grower.size, grower.root()) != (checkpoint.size, checkpoint.root):
        raise ExportRefused(
            f"Les {grower.size} actes lisibles mènent à la racine {encode64(grower.root())},"
            f" le point de contrôle signe {checkpoint.size} actes et {encode64(checkpoint.root)}."
        )


def _chunks(connection: Connection, size: int) -> Iterator[list[bytes]]:
    """Entries in order, 256 at a time, up to this size."""
    with connection.cursor(name="actes", binary=True) as cursor:
        cursor.itersize = WIDTH * 8
        cursor.execute(
            "SELECT state FROM ledger.stored_events WHERE notification_id <= %s ORDER BY notification_id", (size,)
        )
        while found := cursor.fetchmany(WIDTH):
            yield [state for (state,) in found]


def _row(index: int, state: bytes, leaf: bytes) -> list[Any]:
    entry = decode_entry(state)
    dates = entry.survenu_le or "", entry.enregistre_le or ""
    return [index + 1, index, entry.e, entry.s, entry.n, *dates, entry.r or "", b64encode(leaf).decode()]


def _put(folder: Path, tile: Tile, content: bytes) -> None:
    place = folder / "tile" / tile.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


AUDIT = """SELECT d.position, d.key_id, k.wrapped, d.digest, d.sealed, NULL::text[]
    FROM ledger.disclosures d JOIN keys.data_keys k USING (key_id)
    WHERE d.position <= %s ORDER BY d.position, d.digest"""

PUBLIC = """SELECT d.position, d.key_id, k.wrapped, d.digest, d.sealed, p.champs
    FROM (SELECT position, array_agg(champ) AS champs FROM divulgations_publiques GROUP BY position) p
    JOIN ledger.disclosures d USING (position) JOIN keys.data_keys k USING (key_id)
    WHERE d.position <= %s ORDER BY d.position, d.digest"""


def _write_disclosures(connection: Connection, vault: Vault, folder: Path, size: int, audience: Audience) -> int:
    """The disclosures that this audience may read, one a line. Returns how many."""
    count = 0
    with (
        (folder / "divulgations.ndjson").open("wb") as file,
        connection.cursor(name="divulgations", binary=True) as cursor,
    ):
        cursor.execute(AUDIT if audience == "audit" else PUBLIC, (size,))
        for position, key_id, wrapped, digest, sealed, fields in cursor:
            disclosure = vault.open(key_id, wrapped, digest, sealed)
            if fields is None or disclosed(disclosure)[0] in fields:
                file.write(msgspec.json.encode({"index": position - 1, "d": disclosure.decode()}) + b"\n")
                count += 1
    return count
