#!/usr/bin/env python3
"""Independent verifier of a Registre: one file, standard library only, Python >= 3.9.

It shares no code with the application. It reads an export (a folder) or a site (a URL), trusts neither, and
says what holds, what does not, and what nobody can prove. Exit status: 0 no fault, 1 a fault, 2 wrong use.

Sources: RFC 6962 and RFC 9162 (trees and proofs), RFC 8032 (Ed25519), RFC 8785 (canonical JSON),
RFC 9901 (salted disclosures), C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof and tlog-witness.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import csv
import gc
import hashlib
import http.client
import io
import json
import os
import pickle
import re
import secrets
import sys
import tempfile
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd
from pathlib import Path
from typing import IO, Any, NamedTuple

USAGE = """\
Usage :
  verifier.py (DOSSIER | URL) [options]       vérifie un registre exporté, ou celui d'un site
  verifier.py --preuve FICHIER.tlog-proof     vérifie un récépissé, hors ligne
  verifier.py --coherence FICHIER --ancien POINT
                                              vérifie, hors ligne, une preuve de cohérence (C2SP tlog-witness)
  verifier.py --recompter BULLETINS --regles REGLES.json
                                              recompte un vote, hors ligne, avec ses bulletins (.csv ou .pb)
Options :
  --ancien FICHIER      point de contrôle antérieur que le registre doit prolonger (répétable)
  --promesse FICHIER    promesse d'inscription reçue au dépôt (répétable)
  --audience public|audit
                        audit : tout condensat doit être divulgué ou effacé (par défaut, celle du manifeste)
  --cle FICHIER         clé du registre obtenue ailleurs ; sinon celle du dossier ou du site est crue
  --entree FICHIER      avec --preuve : l'acte, octet pour octet
  --empreinte BASE64    avec --preuve : l'empreinte de l'acte, si l'acte lui-même manque
  --regles FICHIER      avec --recompter : les règles et le résultat annoncés (.json de la page du vote)
  --regle NOM, --param NOM=VALEUR
                        avec --recompter : une autre règle, ses réglages (répétable), pour voir ce qui change
  --json                un seul objet JSON sur la sortie
  -h, --help            cette aide
Code de sortie : 0 aucune faute, 1 au moins une faute, 2 mauvais usage."""

LIMITS = "Le registre prouve que rien n'a été changé ; il ne prouve pas que tout y a été inscrit."

CHECKS = {
    "V1": "point de contrôle : forme et signature",
    "V2": "cohérence avec les points de contrôle antérieurs",
    "V3": "racine recalculée à partir des actes",
    "V4": "tuiles, paquets d'actes et copie ligne à ligne",
    "V5": "forme, schéma et origine de chaque acte",
    "V6": "versions de chaque dossier, de 1 à k, sans trou",
    "V7": "divulgations des données effaçables",
    "V8": "condensats divulgués, effacés ou retenus",
    "V9": "recompte des votes et addition des enveloppes",
    "V10": "promesses d'inscription tenues",
}

NOTE_MAX = 1 << 16
PROOF_MAX = 1 << 18
ENTRY_MAX = 16 * 1024
BUNDLE_MAX = 256 * (2 + 0xFFFF)
DISCLOSURE_MAX = 1 << 20
SIGNATURES_MAX = 100
WORTH_PROCESSES = 1 << 13  # entries, below which starting processes costs more than it saves
NAMED_MAX = 50  # faults named in full for one check; the others are counted
INTEGER_MAX = 2**53 - 1
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Fault(Exception):
    """Something checked does not hold; the message says what, in French."""


class Missing(Fault):
    """A file of the register is not there."""


class WrongUse(Exception):
    """The command line itself is wrong: exit status 2."""


def shown(text: Any, limit: int = 80) -> str:
    """Untrusted text, safe for a terminal: unprintable characters escaped, long text cut."""
    raw = text if isinstance(text, str) else repr(text)[: limit + 1]
    cut = raw[:limit] + ("…" if len(raw) > limit else "")
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def french(text: str) -> str:
    """Non-breaking spaces where French typography wants them."""
    return re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", text)


def entry_name(index: int) -> str:
    return f"entrée {index} (acte n° {index + 1})"


def decimal(text: str, what: str) -> int:
    """A decimal below 2^63 without sign or leading zero, or `Fault`."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text) or int(text) >= 2**63:
        raise Fault(f"{what} : « {shown(text)} » n'est pas un entier décimal bien formé")
    return int(text)


def unbase64(text: str, what: str, size: int | None = None) -> bytes:
    """Standard base64, canonical (padding present, spare bits zero), or `Fault`."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fault(f"{what} : base64 mal formé") from None
    if base64.b64encode(raw).decode() != text:
        raise Fault(f"{what} : base64 non canonique")
    if size is not None and len(raw) != size:
        raise Fault(f"{what} : {len(raw)} octets au lieu de {size}")
    return raw


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


# --- Ed25519 (RFC 8032, section 5.1) ---

Point = tuple[int, int, int, int]  # extended homogeneous coordinates (X, Y, Z, T) modulo P

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def point_add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_decode(raw: bytes) -> Point:
    """A point from its 32 bytes; `Fault` when it is not the one encoding of a point of the curve."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        raise Fault("point Ed25519 non canonique")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P:
        raise Fault("point Ed25519 hors de la courbe")
    if x == 0 and sign:
        raise Fault("point Ed25519 non canonique")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def point_encode(p: Point) -> bytes:
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return int.to_bytes(y | (x & 1) << 255, 32, "little")


IDENTITY: Point = (0, 1, 1, 0)
BASE = point_decode(bytes([0x58]) + bytes([0x66]) * 31)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Ed25519 verification; `Fault` says why not. Refuses S >= L, other encodings and small-order keys."""
    if len(public) != 32 or len(signature) != 64:
        raise Fault("clé ou signature Ed25519 de mauvaise longueur")
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        raise Fault("signature Ed25519 non canonique (S trop grand)")
    key = point_decode(public)
    eighth = key
    for _ in range(3):
        eighth = point_add(eighth, eighth)
    if eighth[0] == 0:
        # With such a key one signature fits many messages: it would bind nobody.
        raise Fault("clé Ed25519 de petit ordre")
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    minus = (P - key[0], key[1], key[2], P - key[3])
    table = (IDENTITY, BASE, minus, point_add(BASE, minus))
    total = IDENTITY
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        total = point_add(total, total)
        step = (s >> bit & 1) | (k >> bit & 1) << 1
        if step:
            total = point_add(total, table[step])
    if point_encode(total) != signature[:32]:
        raise Fault("signature Ed25519 fausse")


# --- Signed notes, keys, checkpoints, promises (C2SP) ---


class Key(NamedTuple):
    """A verifier key `name+hash+base64(0x01 || public key)`."""

    name: str
    key_id: bytes
    public: bytes

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64(bytes([1]) + self.public)}"


class Signature(NamedTuple):
    name: str
    key_id: bytes
    value: bytes


class Note(NamedTuple):
    """The text that is signed, final newline included, and its signature lines."""

    text: bytes
    signatures: list[Signature]


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes


class Promise(NamedTuple):
    label: str
    entry: int
    leaf: bytes
    deadline: str


def bad_name(name: str) -> bool:
    return not name or "+" in name or any(c.isspace() for c in name)


def parse_key(raw: bytes) -> Key:
    """A verifier key file: one line, Ed25519 only."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("la clé n'est pas de l'UTF-8") from None
    parts = (text[:-1] if text.endswith("\n") else text).split("+", 2)
    if len(parts) != 3 or bad_name(parts[0]) or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
        raise Fault("la clé n'a pas la forme nom+empreinte+base64")
    value = unbase64(parts[2], "clé")
    if len(value) != 33 or value[0] != 1:
        raise Fault("la clé n'est pas une clé Ed25519 (type 0x01, 32 octets)")
    key_id = hashlib.sha256(parts[0].encode() + b"\n" + value).digest()[:4]
    if key_id.hex() != parts[1]:
        raise Fault(f"l'empreinte de la clé est {parts[1]}, son contenu donne {key_id.hex()}")
    return Key(parts[0], key_id, value[1:])


def parse_note(raw: bytes) -> Note:
    """A C2SP signed note; grammar only, no signature is verified here."""
    if len(raw) > NOTE_MAX:
        raise Fault(f"note de plus de {NOTE_MAX} octets")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Fault("note précédée d'une marque d'ordre des octets (BOM)")
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("note qui n'est pas de l'UTF-8 valide") from None
    if "\r" in decoded:
        raise Fault("note avec des retours chariot (CRLF)")
    if any(ord(c) < 0x20 and c != "\n" for c in decoded):
        raise Fault("note avec un caractère de contrôle")
    if not decoded.endswith("\n"):
        raise Fault("note sans saut de ligne final")
    text, separator, tail = decoded.rpartition("\n\n")
    if not separator or not tail:
        raise Fault("note sans ligne de signature")
    lines = tail[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise Fault(f"note de plus de {SIGNATURES_MAX} signatures")
    signatures = []
    for line in lines:
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or bad_name(parts[1]):
            raise Fault(f"ligne de signature mal formée : « {shown(line)} »")
        value = unbase64(parts[2], "signature")
        if len(value) < 5:
            raise Fault("signature trop courte")
        signatures.append(Signature(parts[1], value[:4], value[4:]))
    return Note((text + "\n").encode(), signatures)


def verify_note(note: Note, key: Key) -> None:
    """At least one signature by `key`, and every signature in its name and id must hold."""
    known = [s for s in note.signatures if s.name == key.name and s.key_id == key.key_id]
    if not known:
        raise Fault(f"aucune signature de la clé {shown(key.name)}+{key.key_id.hex()}")
    for signature in known:
        ed25519_verify(key.public, note.text, signature.value)


def parse_checkpoint(note: Note) -> Checkpoint:
    """Origin, size and root from a note's text; `Fault` on anything else, extension lines included."""
    lines = note.text.decode().split("\n")
    if len(lines) != 4:
        wrong = "des lignes d'extension" if len(lines) > 4 else "moins de trois lignes"
        raise Fault(f"le point de contrôle a {wrong}")
    if bad_name(lines[0]):
        raise Fault("origine vide, ou avec une espace ou un signe plus")
    return Checkpoint(lines[0], decimal(lines[1], "taille"), unbase64(lines[2], "racine", 32))


def parse_promise(note: Note, label: str, origin: str) -> Promise:
    """A promise of inclusion: name, leaf hash, index, deadline."""
    lines = note.text.decode().split("\n")
    if len(lines) != 5:
        raise Fault("une promesse a exactement quatre lignes")
    if lines[0] != f"{origin}/promesse":
        raise Fault(f"promesse de « {shown(lines[0])} », registre « {shown(origin)} »")
    leaf = unbase64(lines[1], "empreinte promise", 32)
    if not instant(lines[3]):
        raise Fault(f"échéance « {shown(lines[3])} » mal formée")
    return Promise(label, decimal(lines[2], "index promis"), leaf, lines[3])


# --- Merkle trees (RFC 6962 section 2, RFC 9162 section 2.1) ---


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def halve(row: bytes) -> bytes:
    """The row above an even number of concatenated hashes."""
    sha256 = hashlib.sha256
    return b"".join([sha256(b"\x01" + row[i : i + 64]).digest() for i in range(0, len(row), 64)])


def perfect_root(row: bytes) -> bytes:
    """Root over a power of two of concatenated hashes."""
    while len(row) > 32:
        row = halve(row)
    return row


def peaks(row: bytes) -> list[bytes]:
    """Roots of the perfect subtrees that make up a row of concatenated hashes, left to right."""
    found = []
    while row:
        if len(row) // 32 & 1:
            found.append(row[-32:])
            row = row[:-32]
        row = halve(row)
    return found[::-1]


def tree_root(rows: Iterable[bytes]) -> bytes:
    """Root of a tree from its unfinished row at each tile level, lowest first."""
    root = b""
    for row in rows:
        for peak in reversed(peaks(row)):
            root = node_hash(peak, root) if root else peak
    return root or EMPTY_ROOT


def hashes32(values: Iterable[bytes]) -> None:
    if any(len(value) != 32 for value in values):
        raise Fault("preuve avec une empreinte qui n'a pas 32 octets")


def verify_inclusion(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> None:
    """RFC 9162 section 2.1.3.2: `leaf` stands at `index` in the tree of `size` leaves with this `root`."""
    hashes32([leaf, root, *proof])
    if not 0 <= index < size:
        raise Fault(f"index {index} hors d'un registre de taille {size}")
    node, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Fault("preuve d'inclusion trop longue")
        if node & 1 or node == last:
            value = node_hash(sibling, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise Fault("preuve d'inclusion trop courte")
    if value != root:
        raise Fault("la preuve d'inclusion ne mène pas à la racine")


def verify_consistency(size1: int, size2: int, root1: bytes, root2: bytes, proof: list[bytes]) -> None:
    """RFC 9162 section 2.1.4.2: the tree of `size2` leaves begins with the tree of `size1`; never from 0."""
    hashes32([root1, root2, *proof])
    if not 0 < size1 <= size2:
        raise Fault(f"pas de cohérence de la taille {size1} à la taille {size2}")
    if size1 == size2:
        if proof:
            raise Fault("preuve de cohérence non vide entre deux tailles égales")
        if root1 != root2:
            raise Fault("deux racines pour la même taille")
        return
    path = list(proof)
    if size1 & (size1 - 1) == 0:
        path.insert(0, root1)
    if not path:
        raise Fault("preuve de cohérence vide")
    node, last = size1 - 1, size2 - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Fault("preuve de cohérence trop longue")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise Fault("preuve de cohérence trop courte")
    if old != root1:
        raise Fault("la preuve de cohérence ne mène pas à l'ancienne racine")
    if new != root2:
        raise Fault("la preuve de cohérence ne mène pas à la nouvelle racine")


def tile_path(level: int | str, number: int) -> str:
    """`tile/<L>/<N>`, N in groups of three digits: 1234067 is `x001/x234/067`."""
    path = f"{number % 1000:03d}"
    while number >= 1000:
        number //= 1000
        path = f"x{number % 1000:03d}/{path}"
    return f"tile/{level}/{path}"


# --- Where the register is read from ---


class Folder:
    """An export bundle. Only regular files are opened, and never more bytes of them than asked."""

    is_site = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, name: str) -> IO[bytes]:
        path = self.root / name
        try:
            if not path.is_file():
                raise Missing(f"{name} : fichier absent")
            return path.open("rb")
        except (OSError, ValueError) as error:
            raise Fault(f"{name} : illisible ({type(error).__name__})") from None

    def read(self, name: str, limit: int) -> bytes:
        with self.open(name) as file:
            try:
                data = file.read(limit + 1)
            except OSError as error:
                raise Fault(f"{name} : illisible ({type(error).__name__})") from None
        if len(data) > limit:
            raise Fault(f"{name} : plus de {limit} octets")
        return data

    def digest(self, name: str) -> str:
        """The sha256 of a file of any size, in hexadecimal."""
        digest = hashlib.sha256()
        with self.open(name) as file:
            try:
                while block := file.read(1 << 20):
                    digest.update(block)
            except OSError as error:
                raise Fault(f"{name} : illisible ({type(error).__name__})") from None
        return digest.hexdigest()


class Site:
    """The public journal of a running site."""

    is_site = True

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/") + "/journal/"

    def open(self, name: str) -> IO[bytes]:
        headers = {"User-Agent": "registre-verifier/1"}
        try:
            # The caller's own URL, http or https only (see `source_of`).
            request = urllib.request.Request(self.root + name, headers=headers)  # noqa: S310
            response: IO[bytes] = urllib.request.urlopen(request, timeout=30)  # noqa: S310
        except urllib.error.HTTPError as error:
            error.close()
            kind = Missing if error.code == 404 else Fault
            raise kind(f"/journal/{name} : réponse HTTP {error.code}") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Fault(f"/journal/{name} : injoignable ({shown(str(error))})") from None
        return response

    def read(self, name: str, limit: int) -> bytes:
        with self.open(name) as response:
            try:
                data = response.read(limit + 1)
            except (OSError, ValueError, http.client.HTTPException) as error:
                raise Fault(f"/journal/{name} : réponse coupée ({type(error).__name__})") from None
        if len(data) > limit:
            raise Fault(f"/journal/{name} : plus de {limit} octets")
        return data


def source_of(place: str) -> Folder | Site:
    if re.match(r"https?://", place):
        if not urllib.parse.urlsplit(place).netloc:
            raise WrongUse(f"URL sans nom de site : {shown(place)}")
        return Site(place)
    if not Path(place).is_dir():
        raise WrongUse(f"ni un dossier, ni une URL http(s) : {shown(place)}")
    return Folder(Path(place))


class Reading(NamedTuple):
    """What a source gave for one tile: its bytes, or why not; `full` when it is wider than asked."""

    data: bytes
    full: bool
    fault: Fault | None


def read_tile(source: Folder | Site, level: int | str, number: int, width: int) -> Reading:
    """A tile of this width, or the full tile that replaced a partial one."""
    limit = BUNDLE_MAX if level == "entries" else 8192
    path = tile_path(level, number)
    try:
        if width == 256:
            return Reading(source.read(path, limit), True, None)
        try:
            return Reading(source.read(f"{path}.p/{width}", limit), False, None)
        except Missing as missing:
            try:
                return Reading(source.read(path, limit), True, None)
            except Missing:
                return Reading(b"", False, missing)
    except Fault as fault:
        return Reading(b"", False, fault)


def read_leaves(source: Folder | Site, size: int) -> Iterator[tuple[int, int, Reading, Reading]]:
    """(number, width, entry bundle, level 0 tile) for each 256 entries; a site is read a little ahead."""

    def read(number: int) -> tuple[int, int, Reading, Reading]:
        width = min(256, size - 256 * number)
        bundle = read_tile(source, "entries", number, width)
        return number, width, bundle, read_tile(source, 0, number, width)

    numbers = iter(range((size + 255) // 256))
    if not source.is_site:
        yield from map(read, numbers)
        return
    pool = ThreadPoolExecutor(8)
    try:
        yield from ahead(pool, 16, read, numbers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def ahead(pool: Executor, window: int, work: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
    """Results of `work` over `jobs`, in order, at most `window` of them under way; done here if the pool dies."""
    waiting: deque[tuple[Any, Any]] = deque()

    def result() -> Any:
        job, future = waiting.popleft()
        try:
            return future.result()
        except (BrokenExecutor, pickle.PicklingError):
            return work(job)

    for job in jobs:
        try:
            waiting.append((job, pool.submit(work, job)))
        except (BrokenExecutor, OSError):
            while waiting:
                yield result()
            yield work(job)
        if len(waiting) >= window:
            yield result()
    while waiting:
        yield result()


def parse_bundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle: each preceded by its length as a big-endian uint16, nothing after."""
    entries, position, total = [], 0, len(data)
    for number in range(width):
        start = position + 2
        if start > total:
            raise Fault(f"paquet tronqué : {number} entrées au lieu de {width}")
        position = start + (data[start - 2] << 8 | data[start - 1])
        if position > total:
            raise Fault(f"paquet tronqué : sa {number + 1}e entrée annonce {position - start} octets, "
                        f"il en reste {total - start}")  # fmt: skip
        entries.append(data[start:position])
    if position != total:
        raise Fault(f"paquet avec {total - position} octets en trop")
    return entries


# --- The lint of one entry (V5) ---

INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
LEGAL_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
)
EVENT = re.compile(r"[a-z][a-z0-9_]*/[A-Z][A-Za-z0-9]*/[1-9][0-9]{0,8}")
# 43 characters of base64url carry 258 bits: the last two must be zero for the encoding to be the only one.
DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
HEX256 = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(;.*)?")
# A date beside a batch of ballots would help to tell who voted when (TRACE, section 2).
UNDATED = ("UrneRelevee", "BilletEchangeContrePapier", "BulletinsDepouilles")
OPTIONAL_KEYS = ("_sd", "_sd_alg", "enregistre_le", "pj", "r", "survenu_le")
REQUIRED_KEYS = ("d", "e", "n", "o", "s", "v")
ERASURE = "effacements/EffacementExecute/1"


def all_shapes() -> frozenset[tuple[str, ...]]:
    """Every admissible sequence of top-level keys, sorted."""
    shapes = []
    for mask in range(1 << len(OPTIONAL_KEYS)):
        keys = [key for bit, key in enumerate(OPTIONAL_KEYS) if mask >> bit & 1]
        if ("_sd" in keys) == ("_sd_alg" in keys):
            shapes.append(tuple(sorted([*REQUIRED_KEYS, *keys])))
    return frozenset(shapes)


SHAPES = all_shapes()


def no_float(text: str) -> Any:
    raise Fault(f"nombre interdit « {shown(text)} »")


scan = json.JSONDecoder(parse_float=no_float, parse_constant=no_float).raw_decode
# Keys are not sorted here: the order read is kept, so that equality of bytes leaves only the order to check.
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False).encode


def instant(text: Any) -> bool:
    """A recording time `AAAA-MM-JJThh:mm:ssZ` that exists."""
    if not isinstance(text, str) or not INSTANT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        return False
    return True


def legal_date(text: Any) -> bool:
    """A date, or an RFC 3339 date and time, that exists."""
    if not isinstance(text, str) or not LEGAL_DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def parse_entry(entry: bytes) -> Any:
    """The JSON value of one entry, in its only admissible spelling, or `Fault`."""
    try:
        text = entry.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("UTF-8 invalide") from None
    if not unicodedata.is_normalized("NFC", text):
        raise Fault("texte qui n'est pas en NFC")
    try:
        value, end = scan(text, 0)
        if end != len(text) or encode(value) != text:
            raise Fault("JSON non canonique (RFC 8785)")
    except ValueError:
        raise Fault("JSON mal formé") from None
    except RecursionError:
        raise Fault("JSON trop imbriqué") from None
    return value


SEPARATOR = secrets.token_hex(16)


def parse_joined(raws: list[bytes], scan: Callable[[str, int], tuple[Any, int]]) -> tuple[list[Any], str] | None:
    """The JSON values of `raws` read in one go, and the text they make as one list; None when they do not.

    They are joined by a random string that their author could not foresee: if it stands at every second place of
    the one list read, then each of them is exactly one value. None sends the caller to read them one by one.
    """
    try:
        text = (b"[" + f',"{SEPARATOR}",'.encode().join(raws) + b"]").decode("utf-8")
        values, end = scan(text, 0)
    except (Fault, ValueError, RecursionError):
        return None
    if end != len(text) or len(values) != 2 * len(raws) - 1 or any(value != SEPARATOR for value in values[1::2]):
        return None
    return values, text


def parse_entries(entries: list[bytes]) -> list[Any] | None:
    """The values of well-formed entries; None when one of them at least is not."""
    joined = parse_joined(entries, scan)
    if joined is None or encode(joined[0]) != joined[1] or not unicodedata.is_normalized("NFC", joined[1]):
        return None
    return joined[0][::2]


KEYS_SEEN: set[Any] = set()


def remember(seen: set[Any], value: Any) -> None:
    """Adds to a set that never grows large, whatever the register holds."""
    if len(seen) > 4096:
        seen.clear()
    seen.add(value)


def payload_fault(payload: Any) -> str | None:
    """Why a public payload is not one: keys ASCII and sorted, no float, no null, integers within 2^53-1."""
    containers = [payload]
    for container in containers:
        values = container
        if type(container) is dict:
            keys = tuple(container)
            if keys not in KEYS_SEEN:
                if list(keys) != sorted(keys):
                    return "clés non triées"
                if not "".join(keys).isascii():
                    return "clé qui n'est pas en ASCII"
                remember(KEYS_SEEN, keys)
            values = container.values()
        for value in values:
            kind = type(value)
            if kind is str or kind is bool:
                continue
            if kind is dict or kind is list:
                containers.append(value)
            elif kind is not int:
                return "valeur nulle"
            elif not -INTEGER_MAX <= value <= INTEGER_MAX:
                return "entier au-delà de 2^53-1"
    return None


def is_digests(values: Any) -> bool:
    """A list of base64url SHA-256 digests."""
    if type(values) is not list:
        return False
    match = DIGEST.fullmatch
    return all(type(value) is str and match(value) for value in values)


def attachment_fault(attachments: Any) -> str | None:
    """Why `pj` is not a list of {sha256, octets, type}."""
    if type(attachments) is not list:
        return "pj n'est pas une liste"
    for item in attachments:
        if type(item) is not dict or list(item) != ["octets", "sha256", "type"]:
            return "pièce jointe sans octets, sha256 et type"
        if type(item["octets"]) is not int or not 0 <= item["octets"] <= INTEGER_MAX:
            return "pièce jointe de taille mal formée"
        if type(item["sha256"]) is not str or not HEX256.fullmatch(item["sha256"]):
            return "pièce jointe de sha256 mal formé"
        if type(item["type"]) is not str or not MEDIA_TYPE.fullmatch(item["type"]):
            return "pièce jointe de type mal formé"
    return None


def shape_fault(keys: list[str]) -> str:
    """Why a sequence of top-level keys is not admissible."""
    for key in keys:
        if key not in REQUIRED_KEYS and key not in OPTIONAL_KEYS:
            return f"clé inconnue « {shown(key)} »"
    for key in REQUIRED_KEYS:
        if key not in keys:
            return f"clé « {key} » absente"
    if ("_sd" in keys) != ("_sd_alg" in keys):
        return "_sd et _sd_alg vont ensemble"
    return "clés non triées"


class Linter:
    """V5 for one log: remembers a few strings already found well formed, nothing else."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.events: dict[str, bool] = {}  # event name -> must be dated
        self.instants: set[str] = set()
        self.dates: set[str] = set()

    def must_be_dated(self, event: Any) -> bool:
        if type(event) is not str or not EVENT.fullmatch(event):
            raise Fault(f"nom d'événement mal formé « {shown(event)} »")
        if len(self.events) > 4096:
            self.events.clear()
        self.events[event] = event.split("/")[1] not in UNDATED
        return self.events[event]

    def check_dates(self, entry: dict[str, Any], dated: bool) -> None:
        if not dated:
            if "enregistre_le" in entry or "survenu_le" in entry:
                raise Fault("acte sur un lot de bulletins qui porte une date")
            return
        for name, seen, well_formed in (
            ("enregistre_le", self.instants, instant),
            ("survenu_le", self.dates, legal_date),
        ):
            if name not in entry:
                if name == "enregistre_le":
                    raise Fault("enregistre_le absent")
            elif type(entry[name]) is not str or entry[name] not in seen:
                if not well_formed(entry[name]):
                    raise Fault(f"{name} mal formé « {shown(entry[name])} »")
                remember(seen, entry[name])

    def check(self, raw: bytes, entry: Any) -> None:
        """`Fault` says the first thing wrong with one entry."""
        if len(raw) > ENTRY_MAX:
            raise Fault(f"{len(raw)} octets, plus que {ENTRY_MAX}")
        if type(entry) is not dict:
            raise Fault("n'est pas un objet JSON")
        if tuple(entry) not in SHAPES:
            raise Fault(shape_fault(list(entry)))
        if entry["o"] != self.origin:
            raise Fault(f"origine « {shown(entry['o'])} »")
        if type(entry["v"]) is not int or entry["v"] != 1:
            raise Fault(f"version de format inconnue « {shown(entry['v'])} »")
        event = entry["e"]
        dated = self.events.get(event) if type(event) is str else None
        if dated is None:
            dated = self.must_be_dated(event)
        if type(entry["s"]) is not str or not entry["s"]:
            raise Fault("dossier (s) mal formé")
        if type(entry["n"]) is not int or not 1 <= entry["n"] <= INTEGER_MAX:
            raise Fault("version (n) mal formée")
        self.check_dates(entry, dated)
        if type(entry["d"]) is not dict:
            raise Fault("d n'est pas un objet")
        wrong = payload_fault(entry["d"])
        if wrong:
            raise Fault(f"d : {wrong}")
        if "r" in entry and (type(entry["r"]) is not str or not entry["r"]):
            raise Fault("règle (r) mal formée")
        if "_sd" in entry:
            digests = entry["_sd"]
            if entry["_sd_alg"] != "sha-256":
                raise Fault(f"_sd_alg « {shown(entry['_sd_alg'])} » au lieu de « sha-256 »")
            if not is_digests(digests):
                raise Fault("_sd : condensat mal formé")
            if digests != sorted(digests):
                raise Fault("_sd : condensats non triés")
        if "pj" in entry:
            wrong = attachment_fault(entry["pj"])
            if wrong:
                raise Fault(wrong)


class Linted(NamedTuple):
    """What one bundle gives to the rest of the verification."""

    row: bytes  # its leaf hashes
    peak: bytes  # the root over them, when there are 256
    faults: list[tuple[int, str]]
    versions: list[tuple[int, str, int, str | None]]  # index, stream, version, recording time
    digests: dict[str, str]  # see `records`
    acts: list[tuple[int, str, str, dict[str, Any]]]  # index, stream, event, payload, of the events in ACTS
    attachments: list[tuple[int, str, int]]  # index, sha256, octets


LINTERS: dict[str, Linter] = {}


def lint_bundle(job: tuple[str, int, list[bytes]]) -> Linted:
    """Hashes and lints one bundle: (origin of the log, index of its first entry, entries)."""
    origin, start, entries = job
    sha256 = hashlib.sha256
    row = b"".join([sha256(b"\x00" + entry).digest() for entry in entries])
    linter = LINTERS.get(origin)
    if linter is None:
        linter = LINTERS[origin] = Linter(origin)
    found = Linted(row, perfect_root(row) if len(entries) == 256 else b"", [], [], {}, [], [])
    values = parse_entries(entries)
    check, versions, listed = linter.check, found.versions, []
    for index, raw in enumerate(entries, start):
        try:
            entry = None
            entry = parse_entry(raw) if values is None else values[index - start]
            check(raw, entry)
        except Fault as fault:
            found.faults.append((index, str(fault)))
            # The hole that a bad entry would leave in its stream is not another fault.
            if type(entry) is dict and type(entry.get("s")) is str and type(entry.get("n")) is int:
                versions.append((index, entry["s"], entry["n"], None))
            continue
        versions.append((index, entry["s"], entry["n"], entry.get("enregistre_le")))
        if "_sd" in entry:
            listed += [(digest, index) for digest in entry["_sd"]]
        if entry["e"] in ACTS:
            found.acts.append((index, entry["s"], entry["e"], entry["d"]))
        if "pj" in entry:
            found.attachments.extend((index, item["sha256"], item["octets"]) for item in entry["pj"])
    found.digests.update(records(listed, LISTED))
    return found


# --- Digests: listed, disclosed, erased ---

LISTED, DISCLOSED, ERASED = "L", "D", "E"
RECORD = 63  # 43 characters of digest, one of kind, 19 of index


def records(found: Iterable[tuple[str, int]], kind: str) -> dict[str, str]:
    """Fixed-length records of (digest, index) pairs, one after the other, by the digest's first character."""
    drawers: dict[str, list[str]] = defaultdict(list)
    for digest, index in found:
        drawers[digest[0]].append(f"{digest}{kind}{index:019d}")
    return {first: "".join(drawer) for first, drawer in drawers.items()}


class Digests:
    """Every digest met, in 64 temporary files by first character: memory does not grow with the register."""

    def __init__(self) -> None:
        self.files: dict[str, Any] = {}

    def add(self, drawers: dict[str, str]) -> None:
        for first, text in drawers.items():
            if first not in self.files:
                self.files[first] = tempfile.SpooledTemporaryFile(max_size=1 << 19)  # noqa: SIM115  see `close`
            self.files[first].write(text.encode("ascii"))

    def drawers(self) -> Iterator[str]:
        for first in sorted(self.files):
            self.files[first].seek(0)
            yield self.files[first].read().decode("ascii")

    def close(self) -> None:
        for file in self.files.values():
            file.close()


class Explained(NamedTuple):
    """What became of the digests of one drawer."""

    faults: list[tuple[str, str]]  # check, text
    listed: int
    disclosed: int
    erased: int
    withheld: int


def explain(job: tuple[str, bool]) -> Explained:
    """V5, V7 and V8 over one drawer: (its records, whether a digest may not be withheld)."""
    text, strict = job
    faults: list[tuple[str, str]] = []
    listed = disclosed = erased = withheld = position = 0
    drawer = sorted([text[i : i + RECORD] for i in range(0, len(text), RECORD)])
    last = len(drawer)
    drawer += ["", ""]
    while position < last:
        record, start = drawer[position], position
        digest = record[:43]
        position += 1
        while drawer[position].startswith(digest):
            position += 1
        if position == start + 2 and record[43] == DISCLOSED and drawer[start + 1][43:] == LISTED + record[44:]:
            # The common case: listed once, disclosed once, for the same entry.
            listed += 1
            disclosed += 1
            continue
        kinds: dict[str, list[int]] = {LISTED: [], DISCLOSED: [], ERASED: []}
        for record in drawer[start:position]:
            kinds[record[43]].append(int(record[44:]))
        lists, claims, erasures = kinds[LISTED], kinds[DISCLOSED], kinds[ERASED]
        faults += digest_faults(digest, lists, claims, erasures)
        if lists:
            listed += 1
            disclosed += bool(claims)
            erased += bool(erasures)
            if not claims and not erasures:
                withheld += 1
                if strict:
                    faults.append(("V8", f"condensat {digest} de l'{entry_name(lists[0])} ni divulgué ni effacé"))
    return Explained(faults, listed, disclosed, erased, withheld)


def digest_faults(digest: str, lists: list[int], claims: list[int], erasures: list[int]) -> list[tuple[str, str]]:
    """What is wrong with one digest: the entries that list it, that its disclosures name, that erase it."""
    faults = []
    if len(claims) > 1:
        faults.append(("V7", f"condensat {digest} divulgué {len(claims)} fois"))
    if not lists:
        if claims:
            faults.append(("V7", f"condensat {digest} divulgué pour l'{entry_name(claims[0])}, jamais inscrit"))
        if erasures:
            faults.append(("V8", f"condensat {digest} effacé par l'{entry_name(erasures[0])}, jamais inscrit"))
        return faults
    first = entry_name(lists[0])
    if len(lists) > 1:
        faults.append(("V5", f"condensat {digest} inscrit deux fois : {first} et {entry_name(lists[1])}"))
    for claim in set(claims).difference(lists):
        faults += [("V7", f"condensat {digest} divulgué pour l'{entry_name(claim)}, inscrit par l'{first}")]
    if erasures and erasures[0] <= lists[0]:
        faults.append(("V8", f"condensat {digest} effacé par l'{entry_name(erasures[0])} "
                             f"avant d'être inscrit par l'{first}"))  # fmt: skip
    if erasures and claims:
        faults.append(("V8", f"condensat {digest} effacé par l'{entry_name(erasures[0])} et pourtant divulgué"))
    return faults


# --- Votes (V9): counting rules, written again from their definitions and sharing nothing with the application ---


class Ballots(NamedTuple):
    """What a rule counts. `groups`: (utility of each project in the ballot, voters who gave exactly that ballot).

    Costs and budget are integers, `unit` of them make one of the file; an approval has utility 1 here, and is scaled
    by the cost where equal shares want it. A blank ballot is a voter without a project.
    """

    costs: dict[str, int]
    budget: int
    unit: int
    approval: bool
    groups: list[tuple[dict[str, int], int]]

    @property
    def voters(self) -> int:
        return sum(number for _, number in self.groups)

    def votes(self) -> dict[str, int]:
        """Ballots that name each project."""
        found = dict.fromkeys(self.costs, 0)
        for ballot, number in self.groups:
            for project in ballot:
                found[project] += number
        return found

    def points(self) -> dict[str, int]:
        """Points, or ranks, that each project received."""
        found = dict.fromkeys(self.costs, 0)
        for ballot, number in self.groups:
            for project, utility in ballot.items():
                found[project] += number * utility
        return found


def ballots_of(kind: str, costs: dict[str, int], budget: int, unit: int, top: int,
               given: Iterable[tuple[list[str], list[int]]]) -> Ballots:  # fmt: skip
    """Ballots as (choices, points) without repetition; `top` is the rank scale of an ordinal vote."""
    groups: dict[tuple[tuple[str, int], ...], int] = {}
    for choices, points in given:
        if kind == "ordinal":
            points = [max(0, top - rank) for rank in range(len(choices))]
        elif kind != "cumulative":
            points = [1] * len(choices)
        key = tuple(sorted(beside(choices, points)))
        groups[key] = groups.get(key, 0) + 1
    approval = kind in ("approval", "choose-1")
    return Ballots(costs, budget, unit, approval, [(dict(key), number) for key, number in groups.items()])


def beside(one: Iterable[Any], other: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs, up to the shorter one."""
    return zip(one, other)  # noqa: B905 (Python 3.9 has no `strict`)


def number_of(value: Any, what: str) -> Fraction:
    """An exact number, written as an integer or as a decimal string; `Fault` on anything else."""
    if type(value) is int:
        return Fraction(value)
    found = AMOUNT.fullmatch(value) if isinstance(value, str) and len(value) <= 40 else None
    if found is None:
        raise Fault(f"{what} : « {shown(value)} » n'est pas un nombre")
    sign, whole, decimals, power = found.groups(default="")
    exact = Fraction(int(whole + decimals) * 10 ** int(power or 0), 10 ** len(decimals))
    return -exact if sign == "-" else exact


AMOUNT = re.compile(r"\s*([+-]?)([0-9]+)(?:[.,]([0-9]*))?(?:[eE]\+?([0-9]{1,2}))?\s*")
RULES = ("glouton", "glouton_arret", "glouton_seuil", "glouton_par_euro", "parts_egales", "parts_egales_glouton",
         "parts_egales_add1", "parts_egales_add1_glouton")  # fmt: skip


Step = dict[str, Any]  # one step of a count, as the register digests it: amounts are decimal or fraction strings


def decimal_text(amount: int, unit: int) -> str:
    """An amount in the unit of the file, an exact decimal without useless zeros; `unit` is a power of ten."""
    whole, rest = divmod(abs(amount), unit)
    decimals = str(rest).rjust(len(str(unit)) - 1, "0").rstrip("0") if rest else ""
    return f"{'-' if amount < 0 else ''}{whole}{'.' + decimals if decimals else ''}"


def fraction_text(value: Fraction) -> str:
    """`a/b` or `a`; in base 16 when it is too long to be printed in base 10."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 10_000:
        return f"{value.numerator:#x}/{value.denominator:#x}"
    return str(value)


def rounded(value: Fraction) -> str:
    """At least six significant digits, half away from zero, without useless zeros; no value here is negative."""
    if value == 0:
        return "0"
    scale = 1
    while value * scale < 100_000:
        scale *= 10
    return decimal_text((value.numerator * scale * 2 + value.denominator) // (2 * value.denominator), scale)


def tie_of(election: Ballots, chosen: str, others: Iterable[str]) -> dict[str, Any] | None:
    """How a project was put before those exactly level with it: lower cost, more votes, identifier."""
    votes, costs = election.votes(), election.costs
    level = sorted(others, key=lambda p: (costs[p], -votes[p], p))
    if not level:
        return None
    first = level[0]
    why = "cout" if costs[chosen] != costs[first] else "votes" if votes[chosen] != votes[first] else "identifiant"
    return {"critere": why, "ex_aequo": level}


def winners_of(election: Ballots, rule: str, params: dict[str, Any], kind: str,
               steps: list[Step] | None = None) -> list[str]:  # fmt: skip
    """Projects that win under a rule of the register, in the order of selection; `Fault` on a rule unknown here.

    Every step of the count is added to `steps` when it is given.
    """
    if rule not in RULES:
        raise Fault(f"règle de comptage inconnue de ce programme : « {shown(rule)} »")
    score = params.get("score", "votes" if kind in ("approval", "choose-1") else "points")
    if score not in ("votes", "points"):
        raise Fault(f"paramètre score : « {shown(score)} »")
    scores = election.votes() if score == "votes" else election.points()
    if rule.startswith("glouton"):
        floor = number_of(params.get("seuil"), "paramètre seuil") if rule == "glouton_seuil" else None
        return greedy(election, rule, scores, floor, election.budget, set(), steps)
    if rule.startswith("parts_egales_add1"):
        found = growing_shares(election, params, steps)
    else:
        supporters, share = supporters_of(election), Fraction(election.budget, max(1, election.voters))
        found = equal_shares(election, Purses(election, supporters, share), offers_of(election, supporters), steps)
    if rule.endswith("_glouton"):
        left = election.budget - sum(election.costs[project] for project in found)
        found += greedy(election, "glouton", scores, None, left, set(found), steps)
    return found


def greedy(election: Ballots, rule: str, scores: dict[str, int], floor: Fraction | None, left: int,
           without: set[str], steps: list[Step] | None = None) -> list[str]:  # fmt: skip
    """By score, highest first; ties: lower cost, more votes, identifier. Nobody voted: nothing is chosen."""
    if not election.voters:
        return []
    votes, costs = election.votes(), election.costs
    rank: dict[str, Fraction] = {}
    for project, score in scores.items():
        if rule != "glouton_par_euro":
            rank[project] = Fraction(score)
        elif costs[project]:
            rank[project] = Fraction(score, costs[project])
        else:  # free and wanted comes before any ratio
            rank[project] = Fraction(max(scores.values()) + 1 if score else 0)
    chosen: list[str] = []
    stopped = False
    order = [p for p in sorted(costs, key=lambda p: (-rank[p], costs[p], -votes[p], p)) if p not in without]
    for place, project in enumerate(order):
        why = ""
        if floor is not None and scores[project] < floor:
            why = "sous_seuil"
        elif stopped:
            why = "apres_arret"
        elif costs[project] > left:
            why, stopped = ("arret", True) if rule == "glouton_arret" else ("trop_cher", False)
        else:
            chosen.append(project)
            left -= costs[project]
        if steps is not None:
            level = [p for p in order[place + 1 :] if rank[p] == rank[project]]
            by_cost = rule == "glouton_par_euro" and costs[project] > 0
            steps.append({
                "phase": "glouton", "projet": project, "decision": "ecarte" if why else "retenu", "motif": why,
                "score": scores[project], "cout": decimal_text(costs[project], election.unit),
                "reste": decimal_text(left, election.unit), "departage": tie_of(election, project, level),
                "score_par_unite": fraction_text(rank[project] * election.unit) if by_cost else None,
            })  # fmt: skip
    return chosen


Supporter = tuple[int, int, int]  # place of the group, its voters, utility of the project for each of them


class Price(NamedTuple):
    """Each payer gives numerator/denominator for each unit of utility, whoever is worn out all that is left."""

    numerator: int
    denominator: int
    worn_out: list[Supporter]
    payers: list[Supporter]


def supporters_of(election: Ballots) -> dict[str, list[Supporter]]:
    """Who draws a utility from each project."""
    found: dict[str, list[Supporter]] = {project: [] for project in election.costs}
    for place, (ballot, number) in enumerate(election.groups):
        for project, utility in ballot.items():
            if utility > 0:
                found[project].append((place, number, utility))
    return found


class Purses:
    """What each voter still has: one integer for each group of identical ballots, over one common denominator."""

    def __init__(self, election: Ballots, supporters: dict[str, list[Supporter]], share: Fraction) -> None:
        self.costs, self.supporters, self.denominator = election.costs, supporters, share.denominator
        self.left = [share.numerator] * len(election.groups)

    def price(self, project: str) -> Price | None:
        """What its supporters must pay; None when they have not enough together.

        Whoever has least for each unit of utility is worn out first: one pass over them in that order.
        """
        missing = self.costs[project] * self.denominator
        known, left = self.supporters[project], self.left
        utility = sum(number * worth for _, number, worth in known)
        if all(missing * worth <= left[place] * utility for place, _, worth in known):
            return Price(missing, utility * self.denominator, [], known)
        known = self.by_means(known)
        for rank, (place, number, worth) in enumerate(known):
            if missing * worth <= left[place] * utility:
                return Price(missing, utility * self.denominator, known[:rank], known[rank:])
            missing -= left[place] * number
            utility -= number * worth
        return None

    def total(self, project: str) -> Fraction:
        """All that its supporters have left."""
        return Fraction(sum(self.left[place] * number for place, number, _ in self.supporters[project]),
                        self.denominator)  # fmt: skip

    def by_means(self, known: list[Supporter]) -> list[Supporter]:
        """Supporters by what they have for each unit of utility, least first."""
        common, left = 1, self.left
        for worth in {worth for _, _, worth in known}:
            common = common * worth // gcd(common, worth)
        return sorted(known, key=lambda one: left[one[0]] * (common // one[2]))

    def pay(self, price: Price) -> None:
        """Takes a project's cost from its supporters; `price` must be its present one."""
        shared = gcd(price.numerator, price.denominator)
        numerator, denominator = price.numerator // shared, price.denominator // shared
        scale = denominator // gcd(denominator, self.denominator)
        if scale > 1:
            self.left = [amount * scale for amount in self.left]
            self.denominator *= scale
        rate = numerator * (self.denominator // denominator)
        for place, _, _ in price.worn_out:
            self.left[place] = 0
        for place, _, worth in price.payers:
            self.left[place] -= rate * worth


Offer = tuple[Fraction, int, int, str]  # a floor of the rate, then the tie-break: cost, votes, identifier


def offers_of(election: Ballots, supporters: dict[str, list[Supporter]]) -> list[Offer]:
    """The least rate that each project may ever have: all its supporters pay."""
    found, votes = [], election.votes()
    for project, cost in election.costs.items():
        utility = sum(number * worth for _, number, worth in supporters[project])
        if utility:
            scale = cost if election.approval else 1
            floor = Fraction(cost, utility * scale) if cost else Fraction(0)
            found.append((floor, cost, -votes[project], project))
    heapify(found)
    return found


def equal_shares(election: Ballots, purses: Purses, waiting: list[Offer],
                 steps: list[Step] | None = None) -> list[str]:  # fmt: skip
    """Method of Equal Shares: again and again the project whose supporters pay least for each unit of utility.

    Purses only shrink, so that a project's rate only rises: the last one known is a floor, and a project that its
    supporters cannot pay will never be affordable again. `waiting` is a heap, and is consumed.
    """
    chosen: list[str] = []
    today: dict[str, Price] = {}  # prices since the last purchase
    while waiting:
        floor, cost, minus, project = heappop(waiting)
        if not cost:
            chosen.append(project)
            if steps is not None:
                free = Price(0, sum(n * worth for _, n, worth in purses.supporters[project]) * purses.denominator,
                             [], purses.supporters[project])  # fmt: skip
                steps.append(bought(election, purses, chosen, free, [p for _, c, _, p in waiting if not c]))
        elif project in today:
            chosen.append(project)
            if steps is not None:
                level = level_with(election, purses, waiting, floor)
                steps.append(bought(election, purses, chosen, today[project], level))
            purses.pay(today[project])
            today = {}
        else:
            price = purses.price(project)
            if price is not None:
                today[project] = price
                heappush(waiting, (rate_of(election, price, cost), cost, minus, project))
    if steps is not None:
        steps += left_behind(election, purses, chosen)
    return chosen


def rate_of(election: Ballots, price: Price, cost: int) -> Fraction:
    """What each unit of utility costs: an approval has the cost of its project for utility."""
    return Fraction(price.numerator, price.denominator * (cost if election.approval else 1))


def level_with(election: Ballots, purses: Purses, waiting: list[Offer], rate: Fraction) -> list[str]:
    """The projects whose present rate is exactly this one."""
    found = []
    for floor, cost, _, project in waiting:
        price = purses.price(project) if floor == rate and cost else None
        if price is not None and rate_of(election, price, cost) == rate:
            found.append(project)
    return found


def bought(election: Ballots, purses: Purses, chosen: list[str], price: Price, level: list[str]) -> Step:
    """The step of the last project of `chosen`, before it is paid."""
    project, unit = chosen[-1], election.unit
    cost, left = election.costs[project], election.budget - sum(election.costs[p] for p in chosen)
    each = Fraction(price.numerator, price.denominator)
    rate = (each / cost if cost else Fraction(0)) if election.approval else each / unit
    return {
        "phase": "parts_egales", "projet": project, "decision": "retenu", "motif": "", "cout": decimal_text(cost, unit),
        "soutiens": sum(number for _, number, _ in purses.supporters[project]),
        "apport": fraction_text(purses.total(project) / unit), "reste": decimal_text(left, unit),
        "rho": fraction_text(rate), "rho_arrondi": rounded(rate),
        "prix": fraction_text(each / unit), "prix_arrondi": rounded(each / unit),
        "epuises": sum(number for _, number, _ in price.worn_out),
        "apport_epuises": fraction_text((cost - Fraction(price.numerator, purses.denominator)) / unit),
        "utilite_pleine": sum(number * worth for _, number, worth in price.payers),
        "departage": tie_of(election, project, level),
    }  # fmt: skip


def left_behind(election: Ballots, purses: Purses, chosen: list[str]) -> list[Step]:
    """The steps of the projects that nobody could pay, in the order of the tie-break."""
    votes, costs, unit = election.votes(), election.costs, election.unit
    left = election.budget - sum(costs[project] for project in chosen)
    found = []
    for project in sorted(costs.keys() - set(chosen), key=lambda p: (costs[p], -votes[p], p)):
        backers = sum(number for _, number, _ in purses.supporters[project])
        found.append({
            "phase": "parts_egales", "projet": project, "decision": "ecarte",
            "motif": "soutiens_insuffisants" if backers else "aucun_soutien",
            "cout": decimal_text(costs[project], unit), "soutiens": backers,
            "apport": fraction_text(purses.total(project) / unit), "reste": decimal_text(left, unit),
        })  # fmt: skip
    return found


def growing_shares(election: Ballots, params: dict[str, Any], steps: list[Step] | None = None) -> list[str]:
    """Equal shares again with a little more for each voter, while the total stays within the budget.

    The steps: shares in a row that buy the same projects as one line, then every purchase of the last share kept.
    """
    start, stop = params.get("depart"), params.get("arret")
    if start not in ("exact", "entier") or stop not in ("exhaustif", "depassement"):
        raise Fault(f"paramètres depart et arret : « {shown(start)} », « {shown(stop)} »")
    step = number_of(params.get("pas"), "paramètre pas") * election.unit
    if step <= 0:
        raise Fault("paramètre pas nul ou négatif")
    share = Fraction(election.budget, election.voters) if election.voters else Fraction(0)
    if start == "entier":
        share = Fraction(share // election.unit * election.unit)
    supporters = supporters_of(election)
    offers = offers_of(election, supporters)
    kept: list[str] = []
    begun = last = share
    rounds: list[Step] = []

    def tell(first: Fraction, final: Fraction, projects: list[str], after: str) -> None:
        unit, total = election.unit, sum(election.costs[project] for project in projects)
        rounds.append({"phase": "add1", "part": fraction_text(first / unit), "part_fin": fraction_text(final / unit),
                       "gagnants": projects, "cout_total": decimal_text(total, unit), "suite": after})  # fmt: skip

    after = ""
    while not after:
        found = equal_shares(election, Purses(election, supporters, share), offers[:])
        if share != begun and found != kept:
            tell(begun, last, kept, "continue")
            begun = share
        left = election.budget - sum(election.costs[project] for project in found)
        if left < 0:
            after = "depassement"
            tell(share, share, found, after)
            continue
        kept, last = found, share
        if stop == "exhaustif" and all(cost > left for p, cost in election.costs.items() if p not in found):
            after = "exhaustif"
        elif len(found) == len(offers):
            after = "complet"
        if after:
            tell(begun, share, found, after)
        share += step
    if steps is not None:
        steps += rounds
        equal_shares(election, Purses(election, supporters, last), offers[:], steps)
    return kept[:]


# --- Votes (V9): elections from elsewhere, as Pabulib files ---

KINDS_OF_VOTE = {"approval": "approval", "choose-1": "choose-1", "ordinal": "ordinal", "cumulative": "cumulative",
                 "scoring": "cumulative"}  # fmt: skip


def pabulib_tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of META, PROJECTS and VOTES, by column, trimmed."""
    tables: dict[str, list[dict[str, str]]] = {}
    name = ""
    columns: list[str] | None = None
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        cells = [cell.strip() for cell in row]
        if not any(row):
            continue
        title = cells[0].upper()
        if not any(row[1:]) and title in ("META", "PROJECTS", "VOTES") and columns != []:
            name, columns = title, []
            tables[name] = []
        elif columns == []:
            columns = [cell.lower() for cell in cells]
        elif columns is None:
            raise Fault("ne commence pas par META")
        else:
            if name == "META" and len(cells) > len(columns):
                cells = [cells[0], ";".join(row[1:]).rstrip(";").strip()]
            tables[name].append(dict(beside(columns, cells + [""] * len(columns))))
    return tables


def pabulib_election(content: bytes) -> tuple[Ballots, str, int]:
    """(what to count, kind of vote, rank scale) of a file; `Fault` or ValueError when it cannot be read."""
    tables = pabulib_tables(content)
    meta = {row["key"]: row["value"] for row in tables["META"]}
    kind = KINDS_OF_VOTE[meta["vote_type"].lower()]
    amounts = {row["project_id"]: number_of(row["cost"], "coût") for row in tables["PROJECTS"]}
    budget = number_of(meta["budget"], "budget")
    unit = 1
    while any((amount * unit).denominator > 1 for amount in (budget, *amounts.values())):
        unit *= 10
    costs = {project: int(amount * unit) for project, amount in amounts.items()}
    top = int(meta.get("max_length") or len(costs)) if kind == "ordinal" else 0
    given = filter(None, (pabulib_ballot(row, kind, costs) for row in tables["VOTES"]))
    return ballots_of(kind, costs, int(budget * unit), unit, top, given), kind, top


def pabulib_ballot(row: dict[str, str], kind: str, costs: dict[str, int]) -> tuple[list[str], list[int]] | None:
    """(choices, points), a repeated project once; None when the ballot is null."""
    choices = [choice.strip() for choice in row["vote"].split(",")] if row["vote"] else []
    points = [1] * len(choices)
    if kind == "cumulative":
        try:
            values = [number_of(value, "points") for value in row["points"].split(",")] if row["points"] else []
        except Fault:
            return None
        if len(values) != len(choices) or any(value < 0 or value.denominator > 1 for value in values):
            return None
        points = [int(value) for value in values]
    if any(choice not in costs for choice in choices):
        return None
    first = dict(reversed(list(beside(choices, points))))
    kept = list(dict.fromkeys(choices))
    return kept, [first[choice] for choice in kept]


# --- Votes (V9): the equations of one scrutin ---


class Vote:
    """The events of one scrutin of the register, in order, and what they must satisfy together."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.events: list[tuple[int, str, dict[str, Any]]] = []
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.index = 0

    def take(self, index: int, event: str, payload: dict[str, Any]) -> None:
        self.events.append((index, event.split("/")[1], payload))

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [payload for _, name, payload in self.events if name == kind]

    def last(self, kind: str) -> dict[str, Any] | None:
        """The last event of this kind; faults are then located at it."""
        for place in range(len(self.events) - 1, -1, -1):
            if self.events[place][1] == kind:
                self.index = self.events[place][0]
                return self.events[place][2]
        return None

    def must(self, holds: bool, text: str) -> None:
        if not holds:
            reference = shown(self.stream.rpartition("/")[2], 40)
            self.faults.append(f"{reference}, {entry_name(self.index)} : {text}")

    def same(self, what: str, said: Any, found: Any) -> None:
        agree = type(said) is type(found) and said == found
        self.must(agree, f"{what} : {shown(said)} inscrit, {shown(found)} recompté")

    def check(self) -> str:
        """What was done: "recompte", "totaux" (not published, or not counted yet), or "" when there is nothing."""
        try:
            if self.last("ScrutinImporte") is not None:
                return self.check_import()
            if self.last("ScrutinCree") is not None:
                return self.check_scrutin()
            self.must(self.last("ScrutinDepouille") is None, "dépouillé sans règles")
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, UnicodeDecodeError, csv.Error) as error:
            self.must(False, f"acte mal formé ({type(error).__name__})")
        except Fault as fault:
            self.must(False, str(fault))
        return ""

    def check_import(self) -> str:
        said = self.last("ScrutinImporte")
        assert said is not None  # `check` has seen it
        lots = self.all("LignesImportees")
        self.check_lots("lignes", lots, len(lots))
        pieces = [piece for lot in lots for piece in lot["lignes"]]
        if said["codage"] == "base64":
            content = b"".join(unbase64(piece, "lignes") for piece in pieces)
        else:
            content = "".join(pieces).encode()
        self.same("empreinte du fichier", said["empreinte"], hashlib.sha256(content).hexdigest())
        try:
            election, kind, top = pabulib_election(content)
        except (KeyError, ValueError, csv.Error) as error:
            raise Fault(f"fichier illisible ({type(error).__name__})") from None
        for what, found in (("budget", election.budget), ("unite", election.unit), ("type_vote", kind),
                            ("longueur_max", top), ("n_projets", len(election.costs)),
                            ("n_bulletins", election.voters)):  # fmt: skip
            self.same(what, said[what], found)
        self.same("gagnants", said["gagnants"], winners_of(election, said["regle_comptage"], said["parametres"], kind))
        return "recompte"

    def check_lots(self, what: str, lots: list[dict[str, Any]], count: int) -> None:
        whole = [(lot["lot"], lot["lots"]) for lot in lots] == [(n, count) for n in range(1, count + 1)]
        self.must(whole, f"{what} : lots manquants, en double ou en désordre")

    def check_scrutin(self) -> str:
        self.check_order()
        closed = self.last("ScrutinClos")
        if closed is None:
            self.must(not self.all("ScrutinDepouille"), "dépouillé sans être clos")
            return "totaux"
        self.check_urn(closed)
        out = self.check_layers(closed)
        counted = self.last("ScrutinDepouille")
        if counted is None:
            return "totaux"
        done = self.check_count(counted, closed, out)
        proclaimed = self.last("ResultatProclame")
        if proclaimed is not None:
            self.same("gagnants proclamés", proclaimed["gagnants"], counted["gagnants"])
        return done

    def check_order(self) -> None:
        """Rules frozen before, by two; keys and slips before opening; no step after one that it precedes."""
        first = self.events[0]
        self.index = first[0]
        once = first[1] == "ScrutinCree" and len(self.all("ScrutinCree")) == 1
        self.must(once, "règles absentes ou écrites deux fois")
        place = {name: rank for rank, (_, name, _) in reversed(list(enumerate(self.events)))}
        steps = ("ScrutinCree", "ReglesConfirmees", "ScrutinOuvert", "ScrutinClos", "CoucheOuverte", "ScrutinDepouille",
                 "ResultatProclame")  # fmt: skip
        for before, after in beside(steps, steps[1:]):
            late = after in place and place.get(before, len(self.events)) > place[after]
            self.must(not late, f"{after} avant {before}")
        confirmed = self.last("ReglesConfirmees")
        created = self.last("ScrutinCree")
        if confirmed is not None and created is not None and not created.get("essai"):
            self.must(confirmed["par"] != created["par"], "règles écrites et confirmées par la même fonction")
        if "ScrutinOuvert" in place:
            ready = self.events[: place["ScrutinOuvert"]]
            keys = {payload["couche"] for _, name, payload in ready if name == "ClesDuScrutinPubliees"}
            self.must(keys == {"metropole", "bureau"}, "ouvert sans ses deux clés")
            self.must(any(name == "BilletsCrees" for _, name, _ in ready), "ouvert sans billets")
        if "ScrutinClos" in place:
            late = [name for _, name, _ in self.events[place["ScrutinClos"] :]]
            for name in ("BilletsCrees", "BilletsRemis", "UrneRelevee", "BilletEchangeContrePapier"):
                self.must(name not in late, f"{name} après la clôture")

    def check_urn(self, closed: dict[str, Any]) -> None:
        """The readings make up the urn, one ballot a used slip, no more ballots than slips."""
        readings = self.all("UrneRelevee")
        self.must([lot["lot"] for lot in readings] == list(range(1, len(readings) + 1)), "relevés de l'urne manquants")
        for lot in readings:
            digests = lot["empreintes"]
            self.must(lot["n"] == len(digests) and digests == sorted(digests), f"relevé {shown(lot['lot'])} mal formé")
        digests = sorted(bytes.fromhex(digest) for lot in readings for digest in lot["empreintes"])
        self.last("ScrutinClos")
        self.same("n_urne", closed["n_urne"], len(digests))
        self.same("empreinte_urne", closed["empreinte_urne"], hashlib.sha256(b"".join(digests)).hexdigest())
        self.same("n_utilises", closed["n_utilises"], closed["n_urne"])
        for name, kind in (("n_crees", "BilletsCrees"), ("n_remis", "BilletsRemis"), ("n_rendus", "BilletsRendus"),
                           ("n_annules", "BilletsAnnules")):  # fmt: skip
            self.same(name, closed[name], sum(payload["n"] for payload in self.before_closing(kind)))
        self.same("n_echanges", closed["n_echanges"], len(self.before_closing("BilletEchangeContrePapier")))
        used = closed["n_utilises"] + closed["n_echanges"]
        self.must(used <= closed["n_remis"] - closed["n_rendus"], "plus de bulletins que de billets remis")
        self.must(used <= closed["n_crees"], "plus de bulletins que de billets imprimés")

    def before_closing(self, kind: str) -> list[dict[str, Any]]:
        end = next(rank for rank, (_, name, _) in enumerate(self.events) if name == "ScrutinClos")
        return [payload for _, name, payload in self.events[:end] if name == kind]

    def check_layers(self, closed: dict[str, Any]) -> int | None:
        """Each layer: what goes in comes out or is rejected. Ballots out of the last one; None until it is open."""
        entering, opened = closed["n_urne"], []
        for index, name, layer in self.events:
            if name == "CoucheOuverte":
                self.index = index
                opened.append(layer["couche"])
                label, out, refused = (
                    f"couche {shown(layer['couche'])}",
                    layer["n_sorties"],
                    sum(layer["rejets"].values()),
                )
                self.same(f"{label}, n_entrees", layer["n_entrees"], entering)
                whole = out + refused == layer["n_entrees"]
                self.must(whole, f"{label} : {out} sortis et {refused} rejetés, {layer['n_entrees']} entrés")
                entering = out
        self.must(opened == ["metropole", "bureau"][: len(opened)], "couches ouvertes deux fois ou dans le désordre")
        return entering if len(opened) == 2 else None

    def check_paper(self, counted: dict[str, Any], closed: dict[str, Any]) -> None:
        settled = {lot["lot"]: lot["n"] for lot in self.all("LotPapierValide")}
        typed = {lot["lot"] for lot in self.all("LotPapierSaisi")}
        again = {lot["lot"] for lot in self.all("LotPapierContreSaisi")}
        self.must(set(settled) == typed == again, "lot papier sans ses deux saisies et sa validation")
        self.same("n_papier", counted["n_papier"], sum(settled.values()))
        self.must(counted["n_papier"] <= closed["n_echanges"], "plus de bulletins papier que de billets échangés")
        if counted["n_papier"] < closed["n_echanges"]:
            missing = closed["n_echanges"] - counted["n_papier"]
            self.notes.append(f"{missing} billets échangés sans bulletin papier")

    def check_count(self, counted: dict[str, Any], closed: dict[str, Any], out: int | None) -> str:
        self.must(out is not None, "dépouillé sans l'ouverture des deux couches")
        self.last("ScrutinDepouille")
        self.check_paper(counted, closed)
        null = sum(counted["nuls"].values())
        self.must(counted["n"] == counted["n_bulletins"] + null,
                  f"{counted['n']} bulletins, {counted['n_bulletins']} comptés et {null} nuls")  # fmt: skip
        if out is not None:
            self.same("n (dernière couche + papier)", counted["n"], out + counted["n_papier"])
        created = self.all("ScrutinCree")[0]
        costs = {project["id"]: project["cout_cents"] for project in created["projets"]}
        self.must(len(costs) == len(created["projets"]), "deux projets ont le même identifiant")
        strangers = [project for project in counted["gagnants"] if project not in costs]
        if strangers or len(set(counted["gagnants"])) != len(counted["gagnants"]):
            raise Fault(f"projets retenus inconnus ou répétés : {shown(counted['gagnants'])}")
        spent = sum(costs[project] for project in counted["gagnants"])
        self.same("cout_total_cents", counted["cout_total_cents"], spent)
        self.must(spent <= created["budget_cents"], "les projets retenus dépassent l'enveloppe")
        if counted["liste"] == "publiee":
            return self.check_ballots(counted, created, costs)
        return self.check_totals(counted, created, costs)

    def check_ballots(self, counted: dict[str, Any], created: dict[str, Any], costs: dict[str, int]) -> str:
        """The published list is whole, sorted, valid; its digest, its totals and its winners are those written."""
        lots = self.all("BulletinsDepouilles")
        self.check_lots("bulletins", lots, len(lots))
        ballots = [ballot for lot in lots for ballot in lot["bulletins"]]
        self.same("n_bulletins", counted["n_bulletins"], len(ballots))
        self.must(len(ballots) >= created["k_min"], "liste publiée sous k_min")
        digest = hashlib.sha256(encode(ballots).encode()).hexdigest()
        self.same("empreinte_bulletins", counted["empreinte_bulletins"], digest)
        keys = [(ballot.get("t", ""), ballot.get("c", []), ballot.get("p", [])) for ballot in ballots]
        self.must(keys == sorted(keys), "bulletins non triés")
        trackers = [tracker for tracker, _, _ in keys if tracker]
        self.must(len(trackers) == len(set(trackers)), "deux bulletins ont le même numéro de vérification")
        self.must(len(trackers) == len(keys), "bulletin sans numéro de vérification")
        unreadable = False
        for tracker, choices, points in keys:
            wrong = ballot_fault(choices, points, created, costs)
            unreadable = unreadable or wrong != ""
            self.must(wrong == "", f"bulletin « {shown(tracker, 40)} » : {wrong}")
        if unreadable:
            return "recompte"
        self.same("n_blancs", counted["n_blancs"], sum(not choices for _, choices, _ in keys))
        kind, rule = created["type_vote"], created["regle_comptage"]
        election = ballots_of(kind, costs, created["budget_cents"], 100, created["choix_max"],
                              ((choices, points) for _, choices, points in keys))  # fmt: skip
        in_points = rule in SCORED and created["parametres"].get("score", "") == "points"
        self.same("voix", counted["voix"], dict(sorted((election.points() if in_points else election.votes()).items())))
        steps: list[Step] = []
        self.same("gagnants", counted["gagnants"], winners_of(election, rule, created["parametres"], kind, steps))
        self.check_steps(counted, steps)
        return "recompte"

    def check_steps(self, counted: dict[str, Any], steps: list[Step]) -> None:
        """The digest of the steps is that of the same count, made here step by step."""
        ordered = [dict(sorted(step.items())) for step in steps]
        digest = hashlib.sha256(encode(ordered).encode()).hexdigest()
        self.same("empreinte_trace (étapes du comptage)", counted["empreinte_trace"], digest)

    def check_totals(self, counted: dict[str, Any], created: dict[str, Any], costs: dict[str, int]) -> str:
        """Under `k_min`: no list. The greedy rules by votes are counted again from the totals; the others cannot be."""
        self.must(counted["liste"] == "bureau", f"liste « {shown(counted['liste'])} »")
        self.must(not self.all("BulletinsDepouilles"), "bulletins publiés sous k_min")
        self.must(counted["n_bulletins"] < created["k_min"], "liste retenue alors que k_min est atteint")
        votes, rule = counted["voix"], created["regle_comptage"]
        known = set(votes) == set(costs) and all(type(n) is int and n >= 0 for n in votes.values())
        self.must(known, "voix mal formées")
        params, kind = created["parametres"], created["type_vote"]
        by_votes = kind in ("approval", "choose-1") and params.get("score", "votes") == "votes"
        if not (rule.startswith("glouton") and by_votes):
            return "totaux"
        groups = [({project: 1}, number) for project, number in votes.items() if number]
        blank: list[tuple[dict[str, int], int]] = [({}, 1)] if counted["n_bulletins"] else []
        election = Ballots(costs, created["budget_cents"], 100, True, groups + blank)
        steps: list[Step] = []
        self.same("gagnants", counted["gagnants"], winners_of(election, rule, params, kind, steps))
        self.check_steps(counted, steps)
        return "recompte"


def ballot_fault(choices: list[str], points: list[int], created: dict[str, Any], costs: dict[str, int]) -> str:
    """Why a published ballot is not one of this scrutin, or ""."""
    if any(choice not in costs for choice in choices):
        return "projet inconnu"
    if len(set(choices)) != len(choices) or len(choices) > created["choix_max"]:
        return "trop de choix, ou un projet répété"
    if created["type_vote"] != "cumulative":
        return "points hors d'un vote à points" if points else ""
    if len(points) != len(choices) or any(type(value) is not int or value < 1 for value in points):
        return "points mal formés"
    most = created.get("points_max")
    return "trop de points" if most is not None and sum(points) > most else ""


SCORED = ("glouton", "glouton_arret", "glouton_seuil", "glouton_par_euro", "parts_egales_glouton",
          "parts_egales_add1_glouton")  # fmt: skip


def check_vote(vote: Vote) -> tuple[str, list[str], list[str]]:
    """(what was done, faults, notes) of one scrutin: the job of one process."""
    done = vote.check()
    return done, vote.faults, vote.notes


# --- Money (V9): envelopes, splits and accounts, added again from the acts alone ---

MASSES = {"fic": 5_830_000_000, "prox": 5_970_000_000, "projets": 8_200_000_000}  # cents, of 2021 to 2026
FLOOR = 2_500_000  # cents a year for each commune of the FIC


def cents_of(payload: dict[str, Any], name: str = "cents") -> int:
    """An amount above zero. Raises ValueError."""
    found = payload[name]
    if type(found) is not int or found <= 0:
        raise ValueError(name)
    return found


def yearly(cents: int, years: int) -> list[int]:
    """An amount in years, equal to the cent: the earliest take what remains."""
    return [cents // years + (1 if rank < cents % years else 0) for rank in range(years)]


class Share(NamedTuple):
    """One beneficiary of a split, and what it weighs."""

    code: str
    people: int
    roads: int


def weights_of(sharers: list[Share], alpha: Fraction) -> dict[str, Fraction]:
    """`alpha` of its share of the people, the rest of its share of the roads."""
    people, roads = sum(one.people for one in sharers), sum(one.roads for one in sharers) or 1
    return {
        one.code: alpha * Fraction(one.people, people) + (1 - alpha) * Fraction(one.roads, roads) for one in sharers
    }


def shared(cents: int, sharers: list[Share], alpha: Fraction) -> dict[str, int]:
    """`cents` in proportion, by largest remainder, then larger population, then smaller code."""
    return apportioned(cents, sharers, weights_of(sharers, alpha))


def apportioned(cents: int, sharers: list[Share], weights: dict[str, Fraction]) -> dict[str, int]:
    whole = sum(weights[one.code] for one in sharers)
    exact = {one.code: cents * weights[one.code] / whole for one in sharers}
    given = {code: int(part) for code, part in exact.items()}
    first = sorted(sharers, key=lambda one: (given[one.code] - exact[one.code], -one.people, one.code))
    for one in first[: cents - sum(given.values())]:
        given[one.code] += 1
    return given


def shared_above(cents: int, sharers: list[Share], alpha: Fraction, floor: int) -> dict[str, int]:
    """The same with a floor: who would fall below it gets it, the others share the rest, again and again."""
    weights = weights_of(sharers, alpha)
    free = list(sharers)
    while free:
        left = cents - floor * (len(sharers) - len(free))
        whole = sum(weights[one.code] for one in free)
        kept = [one for one in free if left * weights[one.code] >= floor * whole]
        if len(kept) == len(free):
            break
        free = kept
    found = {one.code: floor for one in sharers}
    if free:
        found |= apportioned(cents - floor * (len(sharers) - len(free)), free, weights)
    return found


class Envelope:
    """One envelope: its amount, its years, its splits in order."""

    def __init__(self, opened: dict[str, Any]) -> None:
        self.name = str(opened["enveloppe"])
        self.cents = cents_of(opened, "montant_cents")
        self.first, self.last = int(opened["annee_debut"]), int(opened["annee_fin"])
        self.inputs: dict[str, Any] = {}
        self.splits: list[tuple[int, dict[str, int]]] = []
        self.given = 0

    def due(self, year: int) -> dict[str, int] | None:
        """What the split that rules this year gives each; None before any."""
        ruling = [split for split in self.splits if split[0] <= year]
        if not ruling:
            return None
        start, parts = ruling[-1]
        return {code: yearly(cents, self.last - start + 1)[year - start] for code, cents in parts.items()}

    def split_from(self, year: int, alpha: Fraction) -> dict[str, int]:
        """The split that the inputs give: of the whole, less what the years before `year` receive."""
        before = sum(sum((self.due(past) or {}).values()) for past in range(self.first, year))
        lines, left, years = self.inputs["lignes"], self.cents - before, self.last - year + 1
        if self.name == "fic":
            towns = [Share(line["insee"], line["population"], line["voirie_m2"]) for line in lines]
            return shared_above(left, towns, alpha, FLOOR * years)
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for line in lines:
            sums[line["ctm"]][0] += line["population"]
            sums[line["ctm"]][1] += line["voirie_m2"]
        weight = Fraction(1) if self.name == "projets" else alpha
        return shared(left, [Share(code, *found) for code, found in sums.items()], weight)


class Account:
    """One account: its balance after each act, what each operation holds of it."""

    def __init__(self) -> None:
        self.balance = 0
        self.held: dict[str, int] = defaultdict(int)  # committed, not released, not paid
        self.left = False  # carried over to the next year


class Money:
    """Every act on money, in the order of the register; each must leave the books balanced."""

    def __init__(self) -> None:
        self.envelopes: dict[str, Envelope] = {}
        self.accounts: dict[str, Account] = {}
        self.works: dict[str, tuple[str, str]] = {}
        self.decided: set[str] = set()
        self.faults: list[str] = []
        self.place = ""

    def take(self, index: int, stream: str, event: str, payload: dict[str, Any]) -> None:
        """One act; what does not hold becomes a fault, located."""
        self.place = f"{shown(stream, 80)}, {entry_name(index)}"
        name = stream.partition("/")[2]
        try:
            MONEY[event.split("/")[1]](self, name, payload)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as error:
            self.must(False, f"acte mal formé ({type(error).__name__})")

    def must(self, holds: bool, text: str) -> None:
        if not holds:
            self.faults.append(f"{self.place} : {text}")

    def opened(self, name: str, payload: dict[str, Any]) -> None:
        found = self.envelopes[name] = Envelope(payload)
        expected = MASSES.get(found.name)
        if expected is not None:
            pacte = (found.cents, found.first, found.last) == (expected, 2021, 2026)
            self.must(pacte, f"le Pacte donne {expected} centimes de 2021 à 2026")

    def inputs(self, name: str, payload: dict[str, Any]) -> None:
        codes = [line["insee"] for line in payload["lignes"]]
        self.must(len(set(codes)) == len(codes), "une commune deux fois dans les données")
        self.envelopes[name].inputs = payload

    def split(self, name: str, payload: dict[str, Any]) -> None:
        envelope, year = self.envelopes[name], int(payload["annee_debut"])
        parts = {part["insee"] or part["ctm"]: cents_of(part) for part in payload["parts"]}
        found = envelope.split_from(year, Fraction(payload["alpha"]))
        total = sum(found.values())
        self.must(payload["total_cents"] == total, f"partage de {shown(payload['total_cents'])}, {total} à partager")
        wrong = sorted(code for code in {*parts, *found} if parts.get(code) != found.get(code))
        if wrong or len(parts) != len(payload["parts"]):
            code = wrong[0] if wrong else ""
            self.must(False, f"part de {shown(code)} : {shown(parts.get(code))} inscrit, {found.get(code)} recalculé")
        envelope.splits.append((year, parts))

    def account(self, name: str) -> Account:
        if name not in self.accounts:
            raise KeyError(name)
        return self.accounts[name]

    def granted(self, name: str, payload: dict[str, Any]) -> None:
        envelope, cents = self.envelopes[payload["enveloppe"]], cents_of(payload)
        key = f"{payload['nom']}/{payload['beneficiaire']}/{payload['annee']}"
        self.must(key == name and envelope.name == payload["nom"], "dotation d'un autre compte")
        self.must(name not in self.accounts, "deux dotations sur un compte")
        due = envelope.due(int(payload["annee"]))
        if due is not None:
            expected = due.get(payload["beneficiaire"])
            self.must(cents == expected, f"dotation de {cents}, le partage donne {expected}")
        envelope.given += cents
        self.must(envelope.given <= envelope.cents, f"{envelope.given} donnés, l'enveloppe est de {envelope.cents}")
        self.accounts.setdefault(name, Account()).balance += cents

    def moved(self, name: str, cents: int) -> Account:
        """Adds to the balance, which never falls below zero."""
        found = self.account(name)
        found.balance += cents
        self.must(found.balance >= 0, f"solde de {found.balance} centimes")
        return found

    def corrected(self, name: str, payload: dict[str, Any]) -> None:
        difference = payload["difference_cents"]
        if type(difference) is not int:
            raise ValueError(difference)
        self.moved(name, difference)

    def carried(self, name: str, payload: dict[str, Any]) -> None:
        head, _, year = name.rpartition("/")
        self.must(payload["de_annee"] == int(year) - 1, "reconduit d'une autre année que la précédente")
        before = self.moved(f"{head}/{payload['de_annee']}", -cents_of(payload))
        self.must(not before.left, "une année reconduite deux fois")
        before.left = True
        self.moved(name, cents_of(payload))

    def added(self, name: str, payload: dict[str, Any]) -> None:
        self.must(name.startswith("fic/"), "abondement hors du FIC")
        self.moved(name, cents_of(payload))

    def committed(self, name: str, payload: dict[str, Any]) -> None:
        work = payload["operation"]
        self.must(
            self.works.get(work) == tuple(name.split("/")[:2]), "crédit engagé pour l'opération d'un autre compte"
        )
        self.must(work in self.decided, "crédit engagé avant la décision")
        self.moved(name, -cents_of(payload)).held[work] += cents_of(payload)

    def released(self, name: str, payload: dict[str, Any]) -> None:
        self.freed(self.moved(name, cents_of(payload)), payload, "libéré")

    def paid(self, name: str, payload: dict[str, Any]) -> None:
        self.freed(self.account(name), payload, "payé")

    def freed(self, found: Account, payload: dict[str, Any], what: str) -> None:
        found.held[payload["operation"]] -= cents_of(payload)
        left = found.held[payload["operation"]]
        self.must(left >= 0, f"plus {what} qu'engagé, de {-left} centimes")

    def proposed(self, name: str, payload: dict[str, Any]) -> None:
        self.works[name] = (payload["nom"], payload["beneficiaire"])

    def decision(self, name: str, payload: dict[str, Any]) -> None:
        self.decided.add(name)


MONEY: dict[str, Callable[[Money, str, dict[str, Any]], None]] = {
    "EnveloppeOuverte": Money.opened,
    "DonneesArretees": Money.inputs,
    "RepartitionAdoptee": Money.split,
    "DotationInscrite": Money.granted,
    "DotationRectifiee": Money.corrected,
    "ReconductionAccordee": Money.carried,
    "AbondementInscrit": Money.added,
    "CreditEngage": Money.committed,
    "CreditLibere": Money.released,
    "CreditMandate": Money.paid,
    "OperationProposee": Money.proposed,
    "OperationDecidee": Money.decision,
}


# --- What was found ---


class Report:
    """The outcome of each check, its faults by name, and what is worth knowing beside them."""

    def __init__(self) -> None:
        self.size: int | None = None
        self.root: str | None = None
        self.withheld = 0
        self.unexplained = 0
        self.notes: list[str] = []
        self.done: dict[str, str] = {}
        self.absent: dict[str, str] = {}
        self.named: dict[str, list[str]] = defaultdict(list)
        self.counts: dict[str, int] = defaultdict(int)

    def fault(self, check: str, text: str) -> None:
        self.counts[check] += 1
        if len(self.named[check]) < NAMED_MAX:
            self.named[check].append(text)

    def ok(self, check: str, text: str) -> None:
        """`check` was made on something; it stands unless a fault was named."""
        self.done[check] = text

    def na(self, check: str, text: str) -> None:
        """Nothing of that kind in this register, or nothing was given to compare with."""
        self.absent[check] = text

    def status(self, check: str) -> str:
        if self.counts[check]:
            return "fault"
        return "ok" if check in self.done else "na"

    def faults(self, checks: Iterable[str]) -> list[str]:
        texts = []
        for check in checks:
            texts += [f"{check} : {text}" for text in self.named[check]]
            more = self.counts[check] - len(self.named[check])
            if more:
                texts.append(f"{check} : et {more} autres fautes de cette sorte")
        return [french(text) for text in texts]

    def as_json(self, checks: Iterable[str]) -> dict[str, Any]:
        checks = list(checks)
        faults = self.faults(checks)
        return {
            "ok": not faults,
            "size": self.size,
            "root": self.root,
            "checks": {check: self.status(check) for check in checks},
            "faults": faults,
            "withheld": self.withheld,
            "unexplained": self.unexplained,
        }


class Progress:
    """A bar on stderr, on a terminal only, redrawn at most five times a second."""

    def __init__(self, total: int) -> None:
        self.total, self.next, self.drawn = max(total, 1), 0.0, sys.stderr is not None and sys.stderr.isatty()

    def show(self, done: int) -> None:
        if self.drawn and time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.2
            part = min(done / self.total, 1.0)
            bar = "#" * int(30 * part)
            sys.stderr.write(f"\r[{bar:<30}] {100 * part:3.0f} %  {done} / {self.total} actes ")
            sys.stderr.flush()

    def close(self) -> None:
        if self.drawn:
            sys.stderr.write("\r" + " " * 78 + "\r")
            sys.stderr.flush()


class Lines:
    """`evenements.ndjson`, compared with the entry bundles as they pass."""

    STRIKES = 3

    def __init__(self, file: IO[bytes], report: Report) -> None:
        self.file, self.report = file, report
        self.aligned, self.strikes = True, 0

    def compare(self, start: int, entries: list[bytes]) -> None:
        """V4: the next lines are these entries; names each line that is not."""
        if not self.aligned:
            return
        expected = b"\n".join(entries) + b"\n"
        position = self.file.tell()
        if self.file.read(len(expected)) == expected:
            self.strikes = 0
            return
        self.file.seek(position)
        for index, entry in enumerate(entries, start):
            line = self.file.readline(0xFFFF + 2)
            if line == entry + b"\n":
                self.strikes = 0
                continue
            self.strikes += 1
            if not line:
                self.report.fault("V4", f"evenements.ndjson : s'arrête avant l'{entry_name(index)}")
            else:
                self.report.fault("V4", f"evenements.ndjson, ligne {index + 1} : diffère de l'{entry_name(index)}")
            if not line or self.strikes == self.STRIKES:
                self.aligned = False
                if line:
                    self.report.fault("V4", f"evenements.ndjson : décalé, non comparé après la ligne {index + 1}")
                return

    def take(self, width: int) -> list[bytes] | None:
        """The next entries, when their bundle cannot be read."""
        if not self.aligned:
            return None
        lines = [self.file.readline(0xFFFF + 2) for _ in range(width)]
        if not all(line.endswith(b"\n") for line in lines):
            self.aligned = False
            return None
        return [line[:-1] for line in lines]

    def finish(self, size: int) -> None:
        if self.aligned and self.file.read(1):
            self.report.fault("V4", f"evenements.ndjson : des lignes après la dernière entrée ({size} annoncées)")


# --- The verification of a register ---


class Options(NamedTuple):
    older: tuple[tuple[str, bytes], ...] = ()  # (name, content) of each --ancien
    promises: tuple[tuple[str, bytes], ...] = ()
    audience: str | None = None
    key: bytes | None = None
    workers: int = 1


class Verification:
    """One run of V1 to V10 over one source."""

    def __init__(self, source: Folder | Site, options: Options) -> None:
        self.source, self.options = source, options
        self.report = Report()
        self.key: Key | None = None
        self.checkpoint = Checkpoint("", 0, b"")
        self.roots: dict[int, list[tuple[str, bytes]]] = defaultdict(list)  # older size -> (name, root) to find
        self.leaves: dict[int, bytes | None] = {}  # index -> leaf hash, for the promises
        self.promises: list[Promise] = []
        self.rows: list[bytes] = []  # unfinished tile of each level from 1
        self.tiles: list[int] = []  # how many tiles of that level are full
        self.compared = 0
        self.read = 0
        self.streams: dict[str, tuple[int, str]] = {}
        self.digests = Digests()
        self.attachments = 0
        self.pictures: dict[str, int] = {}  # sha256 -> index of the entry that names it
        self.votes: dict[str, Vote] = {}
        self.money = Money()
        self.pool: ProcessPoolExecutor | None = None

    def run(self) -> Report:
        with contextlib.ExitStack() as stack:
            stack.callback(self.digests.close)
            if self.read_head():
                if self.options.workers > 1 and self.checkpoint.size > WORTH_PROCESSES and not self.source.is_site:
                    with contextlib.suppress(OSError, ImportError, NotImplementedError):  # no semaphores here: alone
                        self.pool = stack.enter_context(ProcessPoolExecutor(self.options.workers))
                self.read_older()
                self.read_promises()
                self.read_entries()
                self.check_files()
                self.check_disclosures()
                self.check_digests()
                self.check_promises()
                self.check_votes()
                self.check_money()
        return self.report

    # V1

    def read_head(self) -> bool:
        """The key and the checkpoint. False when there is no size to go by: nothing else can be checked."""
        report, source = self.report, self.source
        try:
            self.key = parse_key(source.read("cle", NOTE_MAX))
        except Fault as fault:
            report.fault("V1", f"cle : {fault}")
        if self.options.key is not None:
            try:
                given = parse_key(self.options.key)
                if self.key is not None and given != self.key:
                    report.fault("V1", f"cle : le registre donne {shown(str(self.key), 200)}, "
                                       f"la clé attendue est {shown(str(given), 200)}")  # fmt: skip
                self.key = given
            except Fault as fault:
                report.fault("V1", f"--cle : {fault}")
        elif self.key is not None:
            report.notes.append(f"La clé vient du registre lui-même : {shown(str(self.key), 200)}. "
                                "Comparez-la à celle obtenue ailleurs, ou donnez celle-ci avec --cle.")  # fmt: skip
        try:
            note = parse_note(source.read("checkpoint", NOTE_MAX))
            self.checkpoint = parse_checkpoint(note)
        except Fault as fault:
            report.fault("V1", f"checkpoint : {fault}")
            asked = [check for check, files in (("V2", self.options.older), ("V10", self.options.promises)) if files]
            for check in (*asked, "V3", "V4", "V5", "V6", "V7", "V8"):
                report.fault(check, "non faite, faute d'un point de contrôle lisible")
            return False
        report.size, report.root = self.checkpoint.size, b64(self.checkpoint.root)
        self.verify_signature("V1", "checkpoint", note)
        if self.key is not None and self.key.name != self.checkpoint.origin:
            report.fault("V1", f"checkpoint : origine « {shown(self.checkpoint.origin)} », "
                               f"clé « {shown(self.key.name)} »")  # fmt: skip
        report.ok("V1", f"signé par {shown(self.checkpoint.origin)}")
        return True

    def verify_signature(self, check: str, name: str, note: Note) -> None:
        if self.key is None:
            self.report.fault(check, f"{name} : aucune clé lisible pour vérifier la signature")
            return
        try:
            verify_note(note, self.key)
        except Fault as fault:
            self.report.fault(check, f"{name} : {fault}")

    # V2

    def read_older(self) -> None:
        for name, raw in self.options.older:
            name = shown(name, 200)
            try:
                note = parse_note(raw)
                older = parse_checkpoint(note)
                self.verify_signature("V2", name, note)
                if older.origin != self.checkpoint.origin:
                    raise Fault(f"origine « {shown(older.origin)} », registre « {shown(self.checkpoint.origin)} »")
                if older.size == 0:
                    raise Fault("taille 0 : tout registre prolonge un registre vide, cela ne prouve rien")
                if older.size > self.checkpoint.size:
                    raise Fault(f"taille {older.size}, plus que celle du registre ({self.checkpoint.size}) : "
                                "des actes ont disparu")  # fmt: skip
                self.roots[older.size].append((name, older.root))
            except Fault as fault:
                self.report.fault("V2", f"{name} : {fault}")
        if not self.options.older:
            self.report.na("V2", "aucun point de contrôle antérieur donné (--ancien)")

    def check_roots(self, start: int, row: bytes) -> None:
        """V2: the older roots that fall within a bundle, from its leaf hashes and the unfinished tiles above."""
        for size in [size for size in self.roots if start < size <= start + len(row) // 32]:
            found = tree_root([row[: 32 * (size - start)], *self.rows])
            for name, root in self.roots.pop(size):
                if found != root:
                    self.report.fault("V2", f"{name} : à la taille {size} la racine recalculée est {b64(found)}, "
                                            f"ce point de contrôle a signé {b64(root)}")  # fmt: skip

    # V10, first half

    def read_promises(self) -> None:
        report, name = self.report, f"{self.checkpoint.origin}/promesse"
        key = None
        try:
            key = parse_key(self.source.read("cle-promesse", NOTE_MAX))
            if key.name != name:
                raise Fault(f"nom « {shown(key.name)} » au lieu de « {shown(name)} »")
        except Missing as fault:
            if self.options.promises:
                report.fault("V10", str(fault))
        except Fault as fault:
            report.fault("V10", f"cle-promesse : {fault}")
        if not self.options.promises:
            report.na("V10", "aucune promesse donnée (--promesse)")
        elif key is not None:
            for label, raw in self.options.promises:
                try:
                    note = parse_note(raw)
                    promise = parse_promise(note, shown(label, 200), self.checkpoint.origin)
                    verify_note(note, key)
                    self.promises.append(promise)
                    self.leaves[promise.entry] = None
                except Fault as fault:
                    report.fault("V10", f"{shown(label, 200)} : {fault}")

    # V3 to V6: one pass over the entries

    def read_entries(self) -> None:
        report, size = self.report, self.checkpoint.size
        row, tiles = b"", deque[Reading]()
        with contextlib.ExitStack() as stack:
            lines = None
            if not self.source.is_site:
                try:
                    lines = Lines(stack.enter_context(self.source.open("evenements.ndjson")), report)
                except Fault as fault:
                    report.fault("V4", str(fault))
            progress = Progress(size)
            stack.callback(progress.close)
            for linted in self.spread(lint_bundle, self.bundles(lines, tiles)):
                row = self.add_bundle(linted, tiles.popleft())
                self.account(linted)
                progress.show(self.read)
            if lines is not None and self.read == size:
                lines.finish(size)
        for older, names in self.roots.items():
            for name, _ in names:
                report.fault("V2", f"{name} : actes manquants, racine à la taille {older} non recalculée")
        if self.options.older:
            report.ok("V2", f"{len(self.options.older)} points de contrôle antérieurs")
        if self.read == size:
            self.finish_tree(row)
        if size:
            report.ok("V4", f"{self.compared} fichiers égaux à ce que donnent les actes")
            report.ok("V5", f"{self.read} actes conformes, d'origine {shown(self.checkpoint.origin)}")
            report.ok("V6", f"{len(self.streams)} dossiers")
        for check in ("V4", "V5", "V6"):
            report.na(check, "registre vide")

    def add_bundle(self, linted: Linted, tile: Reading) -> bytes:
        """V2, V3, V4: a bundle joins the tree. Returns its leaf hashes when it is the last, not full one."""
        row, start = linted.row, self.read
        self.compare_tile(0, start // 256, row, tile)
        self.check_roots(start, row)
        self.read += len(row) // 32
        for index in self.leaves:
            if start <= index < self.read:
                self.leaves[index] = row[32 * (index - start) :][:32]
        if not linted.peak:
            return row
        self.push(0, linted.peak)
        return b""

    def spread(self, work: Callable[[Any], Any], jobs: Iterator[Any]) -> Iterator[Any]:
        """`work` over `jobs`, in order, on every processor when the register is worth it."""
        if self.pool is None:
            return map(work, jobs)
        return ahead(self.pool, 8 * self.options.workers, work, jobs)

    def bundles(self, lines: Lines | None, tiles: deque[Reading]) -> Iterator[tuple[str, int, list[bytes]]]:
        """The entries, bundle by bundle, for `lint_bundle`; the level 0 tile of each goes to `tiles`."""
        for number, width, bundle, tile in read_leaves(self.source, self.checkpoint.size):
            entries = self.entries_of(number, width, bundle, lines)
            if entries is None:
                self.report.fault("V3", f"les actes manquent à partir de l'{entry_name(256 * number)} : "
                                        "la racine ne peut pas être recalculée")  # fmt: skip
                return
            tiles.append(tile)
            yield self.checkpoint.origin, 256 * number, entries

    def entries_of(self, number: int, width: int, bundle: Reading, lines: Lines | None) -> list[bytes] | None:
        """The entries of a bundle; of `evenements.ndjson` when the bundle is unreadable; None without either."""
        try:
            if bundle.fault is not None:
                raise bundle.fault
            try:
                entries = parse_bundle(bundle.data, 256 if bundle.full else width)[:width]
            except Fault as fault:
                path = tile_path("entries", number) + ("" if bundle.full else f".p/{width}")
                raise Fault(f"{path} : {fault}") from None
        except Fault as fault:
            self.report.fault("V4", str(fault))
            return lines.take(width) if lines is not None else None
        self.compared += 1
        if lines is not None:
            lines.compare(256 * number, entries)
        return entries

    def compare_tile(self, level: int, number: int, row: bytes, tile: Reading) -> None:
        """V4: a tile holds the hashes recomputed from the entries."""
        if tile.fault is not None:
            self.report.fault("V4", str(tile.fault))
            return
        self.compared += 1
        width = len(row) // 32
        path = tile_path(level, number) + ("" if tile.full else f".p/{width}")
        if len(tile.data) != (8192 if tile.full else len(row)):
            self.report.fault("V4", f"{path} : {len(tile.data)} octets au lieu de {8192 if tile.full else len(row)}")
        elif tile.data[: len(row)] != row:
            wrong = [i for i in range(width) if tile.data[32 * i :][:32] != row[32 * i :][:32]]
            covered = 256**level * (256 * number + wrong[0])
            what = f"l'{entry_name(covered)}" if level == 0 else f"{256**level} entrées à partir de {covered}"
            self.report.fault("V4", f"{path} : {len(wrong)} empreintes sur {width} diffèrent, "
                                    f"d'abord celle de {what}")  # fmt: skip

    def push(self, level: int, peak: bytes) -> None:
        """A finished tile gives one hash to the level above."""
        if level == len(self.rows):
            self.rows.append(b"")
            self.tiles.append(0)
        self.rows[level] += peak
        if len(self.rows[level]) == 8192:
            full, number = self.rows[level], self.tiles[level]
            self.compare_tile(level + 1, number, full, read_tile(self.source, level + 1, number, 256))
            self.rows[level] = b""
            self.tiles[level] += 1
            self.push(level + 1, perfect_root(full))

    def finish_tree(self, row: bytes) -> None:
        """V3, and the partial tiles of the levels above the leaves."""
        for level, unfinished in enumerate(self.rows, 1):
            if unfinished:
                number, width = self.tiles[level - 1], len(unfinished) // 32
                self.compare_tile(level, number, unfinished, read_tile(self.source, level, number, width))
        root = tree_root([row, *self.rows])
        if root == self.checkpoint.root:
            self.report.ok("V3", f"{self.read} actes mènent à la racine signée")
        else:
            self.report.fault("V3", f"les actes mènent à la racine {b64(root)}, "
                                    f"le point de contrôle signe {b64(self.checkpoint.root)}")  # fmt: skip

    def account(self, linted: Linted) -> None:
        """What a linted bundle says to V5, V6 and the digests."""
        for index, text in linted.faults:
            self.report.fault("V5", f"{entry_name(index)} : {text}")
        streams = self.streams
        for index, stream, version, recorded in linted.versions:
            last, when = streams.get(stream, (0, ""))
            if version != last + 1:
                self.report.fault("V6", f"{entry_name(index)} : dossier « {shown(stream)} », "
                                        f"version {shown(version)} après la version {shown(last)}")  # fmt: skip
            if recorded is None:
                recorded = when
            elif recorded < when:
                self.report.fault("V5", f"{entry_name(index)} : enregistre_le {recorded} recule dans le dossier "
                                        f"« {shown(stream)} » ({when})")  # fmt: skip
            streams[stream] = (version, recorded)
        self.digests.add(linted.digests)
        for index, stream, event, payload in linted.acts:
            ACTS[event](self, index, stream, event, payload)
        for index, sha256, size in linted.attachments:
            self.check_attachment(index, sha256, size)

    def check_attachment(self, index: int, sha256: str, size: int) -> None:
        """V5: an attachment named by an entry is in the export with its size; `check_files` hashes it once."""
        self.attachments += 1
        if isinstance(self.source, Folder):
            try:
                with self.source.open(f"pj/{sha256}") as file:
                    found = os.fstat(file.fileno()).st_size
                if found != size:
                    raise Fault(f"pj/{sha256} : {found} octets au lieu de {size}")
            except Fault as fault:
                self.report.fault("V5", f"{entry_name(index)} : {fault}")

    def note_vote(self, index: int, stream: str, event: str, payload: dict[str, Any]) -> None:
        """V9: an event of a scrutin, counted once all are read."""
        self.votes.setdefault(stream, Vote(stream)).take(index, event, payload)

    def note_money(self, index: int, stream: str, event: str, payload: dict[str, Any]) -> None:
        """V9: an act on money, added to the books at once."""
        self.money.take(index, stream, event, payload)

    def note_rules(self, index: int, stream: str, event: str, payload: dict[str, Any]) -> None:
        """V9, and V5: the rules of a scrutin name the pictures of its ballot."""
        self.note_vote(index, stream, event, payload)
        projects = payload.get("projets")
        for project in projects if type(projects) is list else []:
            if type(project) is dict:
                self.name_picture(index, project.get("image"))

    def note_picture(self, index: int, _stream: str, event: str, payload: dict[str, Any]) -> None:
        """V5: an entry names a public picture, or says that one was taken away."""
        digest = payload.get(PICTURES[event])
        if event != REMOVAL:
            self.name_picture(index, digest)
        elif type(digest) is str:
            self.pictures.pop(digest, None)

    def name_picture(self, index: int, digest: Any) -> None:
        if digest is None:
            return
        if type(digest) is not str or not HEX256.fullmatch(digest):
            self.report.fault("V5", f"{entry_name(index)} : image de sha256 mal formé")
            return
        self.pictures.setdefault(digest, index)

    def note_erasure(self, index: int, _stream: str, _event: str, payload: dict[str, Any]) -> None:
        """V8: the digests that an erasure names."""
        targets = payload.get("cibles")
        if targets is None or not is_digests(targets):
            self.report.fault("V8", f"{entry_name(index)} : effacement sans liste de condensats bien formés")
            return
        self.digests.add(records(((target, index) for target in targets), ERASED))

    # Files beside the entries

    def check_files(self) -> None:
        """V5: each attachment hashes to its name. V4: narrower tiles left from older checkpoints agree too."""
        if not isinstance(self.source, Folder):
            if cited := self.attachments + len(self.pictures):
                self.report.notes.append(f"{cited} pièces jointes citées : non téléchargées ici, "
                                         "un export les contient.")  # fmt: skip
            return
        for digest, index in self.pictures.items():
            if not (self.source.root / "pj" / digest).is_file():
                self.report.fault("V5", f"{entry_name(index)} : pj/{digest} : image absente, sans acte qui la retire")
        for path in sorted(self.source.root.glob("pj/*")):
            name = f"pj/{path.name}"
            try:
                if self.source.digest(name) != path.name:
                    raise Fault(f"{name} : le contenu n'a pas ce sha256")
            except Fault as fault:
                self.report.fault("V5", shown(str(fault), 200))
        beyond = 0
        for folder, _, names in os.walk(self.source.root / "tile"):
            for name in names:
                path = Path(folder, name).relative_to(self.source.root)
                beyond += not self.check_leftover(path.as_posix())
        if beyond:
            self.report.notes.append(f"{beyond} fichiers sous tile/ que ce point de contrôle ne couvre pas : "
                                     "non vérifiés.")  # fmt: skip

    def check_leftover(self, path: str) -> bool:
        """A file under tile/: True when the pass compared it, or when it is a true narrower copy of a tile."""
        match = re.fullmatch(r"tile/([0-9]{1,2}|entries)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?", path)
        if not match:
            return False
        level = match[1] if match[1] == "entries" else int(match[1])
        number = int(match[2].replace("x", "").replace("/", ""))
        found = int(match[3] or 256)
        width = min(256, self.checkpoint.size // 256 ** (0 if isinstance(level, str) else level) - 256 * number)
        if not 1 <= found <= width or path != tile_path(level, number) + ("" if found == 256 else f".p/{found}"):
            return False
        if found < width:
            try:
                narrow = self.source.read(path, BUNDLE_MAX)
                if isinstance(level, str):
                    parse_bundle(narrow, found)
                elif len(narrow) != 32 * found:
                    raise Fault(f"{len(narrow)} octets au lieu de {32 * found}")
                wide = read_tile(self.source, level, number, width)
                if not wide.data.startswith(narrow):
                    raise Fault(f"n'est pas le début de {tile_path(level, number)}")
            except Fault as fault:
                self.report.fault("V4", f"{path} : {fault}")
        return True

    # V7 and V8

    def audience(self) -> str:
        """public or audit: what was asked, else what the manifest says."""
        if self.options.audience or self.source.is_site:
            return self.options.audience or "public"
        try:
            manifest = json.loads(self.source.read("manifeste.json", NOTE_MAX))
            if manifest["audience"] in ("public", "audit"):
                return str(manifest["audience"])
            raise Fault(f"manifeste.json : audience « {shown(manifest['audience'])} » inconnue")
        except Fault as fault:
            self.report.fault("V8", str(fault))
        except (ValueError, KeyError, TypeError, RecursionError):
            self.report.fault("V8", "manifeste.json : mal formé ou sans audience")
        return "public"

    def check_disclosures(self) -> None:
        """V7, first half: each disclosure is well formed; its digest joins the others."""
        count = later = 0
        try:
            with self.source.open("divulgations.ndjson") as stream:
                for faults, claims in self.spread(lint_disclosures, grouped_lines(stream)):
                    for number, text in faults:
                        self.report.fault("V7", f"divulgations.ndjson, ligne {number} : {text}")
                    known = [(digest, index) for digest, index in claims if index < self.checkpoint.size]
                    if self.source.is_site:
                        later += len(claims) - len(known)
                        claims = known
                    count += len(claims)
                    self.digests.add(records(claims, DISCLOSED))
        except Fault as fault:
            self.report.fault("V7", str(fault))
        if later:
            self.report.notes.append(f"{later} divulgations plus récentes que le point de contrôle : non vérifiées.")
        if count:
            self.report.ok("V7", f"{count} divulgations, chacune d'un condensat inscrit")
        self.report.na("V7", "aucune divulgation")

    def check_digests(self) -> None:
        """V7 and V8: joins the digests listed, disclosed and erased."""
        report, strict = self.report, self.audience() == "audit"
        listed = disclosed = erased = 0
        for drawer in self.spread(explain, ((text, strict) for text in self.digests.drawers())):
            for check, text in drawer.faults:
                report.fault(check, text)
            listed += drawer.listed
            disclosed += drawer.disclosed
            erased += drawer.erased
            report.withheld += drawer.withheld
        report.unexplained = report.withheld if strict else 0
        if listed:
            report.ok("V8", f"{listed} condensats = {disclosed} divulgués + {erased} effacés "
                            f"+ {report.withheld} retenus ; inexpliqué : {report.unexplained}")  # fmt: skip
        report.na("V8", "aucune donnée effaçable ; inexpliqué : 0")

    # V10, second half

    def check_votes(self) -> None:
        """V9: every scrutin is counted again, by rules written for this file alone."""
        report, done = self.report, defaultdict[str, int](int)
        order = sorted(self.votes)
        found = self.spread(check_vote, map(self.votes.__getitem__, order))
        for stream, (what, faults, notes) in beside(order, found):
            done[what] += 1
            for text in faults:
                report.fault("V9", text)
            report.notes += [f"{shown(stream.rpartition('/')[2], 40)} : {note}." for note in notes]
        if done["recompte"] or done["totaux"]:
            report.ok("V9", f"{done['recompte']} votes recomptés, {done['totaux']} sans bulletins publiés")
        report.na("V9", "aucun vote ni aucune enveloppe que ce programme sache recompter")

    def check_money(self) -> None:
        """V9: the books of the envelopes balance at every act."""
        report, money = self.report, self.money
        for text in money.faults:
            report.fault("V9", text)
        if money.envelopes or money.accounts:
            told = f"{len(money.envelopes)} enveloppes et {len(money.accounts)} comptes additionnés"
            report.ok("V9", f"{report.done['V9']}, {told}" if "V9" in report.done else told)

    def check_promises(self) -> None:
        for promise in self.promises:
            leaf = self.leaves[promise.entry]
            if promise.entry >= self.checkpoint.size:
                self.report.fault("V10", f"{promise.label} : index {promise.entry} absent d'un registre de taille "
                                         f"{self.checkpoint.size} (échéance {promise.deadline})")  # fmt: skip
            elif leaf is None:
                self.report.fault("V10", f"{promise.label} : l'{entry_name(promise.entry)} manque")
            elif leaf != promise.leaf:
                self.report.fault("V10", f"{promise.label} : l'{entry_name(promise.entry)} a l'empreinte {b64(leaf)}, "
                                         f"{b64(promise.leaf)} était promise")  # fmt: skip
        if self.promises:
            self.report.ok("V10", f"{len(self.promises)} promesses")


SCRUTIN_EVENTS = (
    "ScrutinCree", "ReglesConfirmees", "ClesDuScrutinPubliees", "BilletsCrees", "BilletsRemis", "BilletsRendus",
    "BilletsAnnules", "BilletEchangeContrePapier", "ScrutinOuvert", "UrneRelevee", "ScrutinClos", "LotPapierSaisi",
    "LotPapierContreSaisi", "LotPapierValide", "CoucheOuverte", "BulletinsDepouilles", "ScrutinDepouille",
    "ResultatProclame", "ScrutinAnnule", "ScrutinImporte", "LignesImportees",
)  # fmt: skip

# Events that name a public picture, and in which field; the last one takes it away.
REMOVAL = "budget_participatif/ImageRetiree/1"
PICTURES = {
    "budget_participatif/ProjetIllustre/1": "image", "budget_participatif/RealisationConstatee/1": "photo",
    "enveloppes/PhotoAjoutee/1": "empreinte", REMOVAL: "image",
}  # fmt: skip

# Events that say something to a check beyond their form.
ACTS: dict[str, Callable[[Verification, int, str, str, dict[str, Any]], None]] = {
    ERASURE: Verification.note_erasure,
    **{f"scrutins/{name}/1": Verification.note_vote for name in SCRUTIN_EVENTS},
    "scrutins/ScrutinCree/1": Verification.note_rules,
    **dict.fromkeys(PICTURES, Verification.note_picture),
    **{f"enveloppes/{name}/1": Verification.note_money for name in MONEY},
}


def grouped_lines(stream: IO[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """(number of the first, from 1, lines) of a stream; a line that is too long comes cut, its rest skipped."""
    number, lines, size = 1, [], 0
    try:
        while True:
            line = stream.readline(DISCLOSURE_MAX + 1)
            rest = line
            while len(rest) > DISCLOSURE_MAX and not rest.endswith(b"\n"):
                rest = stream.readline(DISCLOSURE_MAX + 1)
            if line:
                lines.append(line)
                size += len(line)
            if lines and (not line or len(lines) == 512 or size > DISCLOSURE_MAX):
                yield number, lines
                number, lines, size = number + len(lines), [], 0
            if not line:
                return
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Fault(f"divulgations.ndjson : coupé après la ligne {number - 1} ({type(error).__name__})") from None


def lint_disclosures(job: tuple[int, list[bytes]]) -> tuple[list[tuple[int, str]], list[tuple[str, int]]]:
    """(faults by line, (digest, index) of each good line), each line being {"index": i, "d": D}."""
    start, lines = job
    faults, claims = [], []
    whole = all(line.endswith(b"\n") for line in lines)
    lines_read = parse_joined([line[:-1] for line in lines], json_scan) if whole else None
    if lines_read is not None:
        with contextlib.suppress(Fault):
            return [], disclosures(lines_read[0][::2])
    for number, line in enumerate(lines, start):
        try:
            if not line.endswith(b"\n"):
                raise Fault(f"plus de {DISCLOSURE_MAX} octets" if len(line) > DISCLOSURE_MAX else "sans saut de ligne")
            value = parse_joined([line[:-1]], json_scan)
            if value is None:
                raise Fault("JSON mal formé")
            claims += disclosures(value[0])
        except Fault as fault:
            faults.append((number, str(fault)))
    return faults, claims


def disclosures(values: list[Any]) -> list[tuple[str, int]]:
    """(digest, index) of each disclosure; `Fault` says what is wrong with the first that is not one (RFC 9901)."""
    claims, contents = [], []
    for value in values:
        if type(value) is not dict or value.keys() != DISCLOSURE_KEYS:
            raise Fault("objet sans index et d")
        index, text = value["index"], value["d"]
        if type(index) is not int or not 0 <= index <= INTEGER_MAX:
            raise Fault("index mal formé")
        if type(text) is not str or not text.isascii():
            raise Fault("d : base64url mal formé")
        raw = text.encode()
        contents.append(unbase64url(raw))
        digest = binascii.b2a_base64(hashlib.sha256(raw).digest()).translate(TO_URL)
        claims.append((digest[:43].decode(), index))
    read = parse_joined(contents, json_scan)
    if read is None:
        raise Fault("divulgation dont le contenu n'est pas du JSON")
    for parts in read[0][::2]:
        if type(parts) is not list or len(parts) != 3 or type(parts[1]) is not str:
            raise Fault("divulgation qui n'est pas [sel, champ, valeur]")
        if type(parts[0]) is not str or not SALT.fullmatch(parts[0]):
            raise Fault("sel de moins de 128 bits, ou qui n'est pas du base64url")
    return claims


def unbase64url(text: bytes) -> bytes:
    """Unpadded base64url, canonical, or `Fault`."""
    try:
        raw = binascii.a2b_base64(text.translate(FROM_URL) + b"==")
    except ValueError:
        raise Fault("d : base64url mal formé") from None
    # The decoder drops what is not in its alphabet: the length tells.
    if len(raw) != len(text) * 3 // 4 or (len(text) % 4 and text[-1] not in LAST_SIGNS[len(text) % 4]):
        raise Fault("d : base64url mal formé ou non canonique")
    return raw


DISCLOSURE_KEYS = {"index", "d"}
SALT = re.compile(r"[A-Za-z0-9_-]{22,}")  # 22 characters carry 132 bits
TO_URL = bytes.maketrans(b"+/", b"-_")
FROM_URL = bytes.maketrans(b"-_+/", b"+/!!")
LAST_SIGNS = {1: b"", 2: b"AQgw", 3: b"AEIMQUYcgkosw048"}  # those whose spare bits are zero
json_scan = json.JSONDecoder().raw_decode


# --- Proofs that need no register ---

PROOF_CHECKS = {"signature": "signature du point de contrôle", "preuve": "preuve", "acte": "acte"}


def split_proof(raw: bytes) -> tuple[list[str], bytes]:
    """The lines before the first blank line, and the checkpoint after it."""
    if len(raw) > PROOF_MAX:
        raise Fault(f"plus de {PROOF_MAX} octets")
    head, separator, checkpoint = raw.partition(b"\n\n")
    if not separator:
        raise Fault("pas de point de contrôle après la preuve")
    try:
        return head.decode("ascii").split("\n"), checkpoint
    except UnicodeDecodeError:
        raise Fault("preuve qui n'est pas de l'ASCII") from None


def proof_hashes(lines: list[str]) -> list[bytes]:
    if len(lines) > 63:
        raise Fault("preuve de plus de 63 empreintes")
    return [unbase64(line, "empreinte de la preuve", 32) for line in lines]


def prefixed(lines: list[str], prefix: str) -> str:
    """What follows `prefix` and a space on the next line, which is consumed."""
    if not lines or not lines[0].startswith(prefix + " "):
        raise Fault(f"ligne « {prefix} » absente")
    return lines.pop(0)[len(prefix) + 1 :]


def open_checkpoint(report: Report, raw: bytes, key: Key) -> Checkpoint:
    """A checkpoint whose signature is reported under `signature`."""
    try:
        note = parse_note(raw)
        checkpoint = parse_checkpoint(note)
    except Fault as fault:
        raise Fault(f"point de contrôle : {fault}") from None
    try:
        verify_note(note, key)
        if key.name != checkpoint.origin:
            raise Fault(f"origine « {shown(checkpoint.origin)} », clé « {shown(key.name)} »")
        report.ok("signature", f"signé par {shown(key.name)}")
    except Fault as fault:
        report.fault("signature", str(fault))
    report.size, report.root = checkpoint.size, b64(checkpoint.root)
    return checkpoint


def verify_receipt(raw: bytes, key: Key, entry: bytes | None, leaf: bytes | None) -> Report:
    """A `c2sp.org/tlog-proof@v1` receipt; without entry nor leaf hash, its `extra` line must be the entry."""
    report = Report()
    try:
        lines, signed = split_proof(raw)
        if lines.pop(0) != "c2sp.org/tlog-proof@v1":
            raise Fault("première ligne autre que « c2sp.org/tlog-proof@v1 »")
        extra = unbase64(prefixed(lines, "extra"), "extra") if lines and lines[0].startswith("extra ") else None
        index = decimal(prefixed(lines, "index"), "index")
        proof = proof_hashes(lines)
        checkpoint = open_checkpoint(report, signed, key)
        if entry is None and leaf is None:
            entry = extra
        if entry is not None:
            check_receipt_entry(report, entry, checkpoint.origin)
            leaf = leaf_hash(entry)
        else:
            report.na("acte", "acte non donné, seule son empreinte est vérifiée")
        if leaf is None:
            raise WrongUse("ce récépissé ne porte pas l'acte : donnez-le avec --entree, ou son --empreinte")
        verify_inclusion(index, checkpoint.size, leaf, proof, checkpoint.root)
        report.ok("preuve", f"l'{entry_name(index)}, d'empreinte {b64(leaf)}, est dans le registre")
    except Fault as fault:
        report.fault("preuve", str(fault))
    return report


def check_receipt_entry(report: Report, entry: bytes, origin: str) -> None:
    try:
        Linter(origin).check(entry, parse_entry(entry))
        report.ok("acte", f"forme et origine conformes, {len(entry)} octets")
    except Fault as fault:
        report.fault("acte", str(fault))


def verify_extension(raw: bytes, key: Key, older: bytes) -> Report:
    """A C2SP tlog-witness request (`old N`, proof, blank line, checkpoint) against an older checkpoint."""
    report = Report()
    report.na("acte", "une preuve de cohérence porte sur le registre entier")
    try:
        past = open_checkpoint(report, older, key)
        lines, signed = split_proof(raw)
        size = decimal(prefixed(lines, "old"), "old")
        if size != past.size:
            raise Fault(f"preuve depuis la taille {size}, point de contrôle antérieur de taille {past.size}")
        proof = proof_hashes(lines)
        checkpoint = open_checkpoint(report, signed, key)
        if checkpoint.origin != past.origin:
            raise Fault("origines différentes")
        verify_consistency(past.size, checkpoint.size, past.root, checkpoint.root, proof)
        report.ok("preuve", f"le registre de taille {checkpoint.size} prolonge celui de taille {past.size}")
    except Fault as fault:
        report.fault("preuve", str(fault))
    return report


# --- Recount of one vote from its own downloads ---


class Recounted(NamedTuple):
    """One vote counted again. `said`: what its rules file announces, None where it announces nothing."""

    lines: list[str]
    winners: list[str]
    said: list[str] | None


def recount(path: str, options: dict[str, list[str]]) -> Recounted:
    """The ballots of a `.pb` or `.csv` file under the rule of a `.json` file, or of the command line."""
    content = given_file(path, BALLOTS_MAX)
    rules = read_rules(options["--regles"][0]) if options["--regles"] else {}
    frozen = rules.get("regles_gelees") or {}
    params = dict(rules.get("parametres") or {}) | typed_params(options["--param"])
    rule = options["--regle"][0] if options["--regle"] else rules.get("regle", "")
    if not rule:
        raise WrongUse("donnez la règle : --regles FICHIER.json, ou --regle NOM et ses --param")
    try:
        if path.lower().endswith(".csv"):
            election, kind = csv_election(content, frozen)
            names = {project["id"]: project["titre"] for project in frozen["projets"]}
        else:
            election, kind, _ = pabulib_election(content)
            names = {row["project_id"]: row.get("name", "") for row in pabulib_tables(content)["PROJECTS"]}
        steps: list[Step] = []
        winners = winners_of(election, rule, params, kind, steps)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, csv.Error) as error:
        raise Fault(f"fichier de bulletins ou de règles illisible ({type(error).__name__})") from None
    said = rules.get("gagnants") if options["--regles"] and not options["--regle"] and not options["--param"] else None
    spent = sum(election.costs[project] for project in winners)
    shown_params = ", ".join(f"{name}={shown(value)}" for name, value in sorted(params.items())) or "aucun"
    lines = [
        f"Bulletins : {election.voters}, de type {kind}. Projets : {len(election.costs)}. "
        f"Enveloppe : {decimal_text(election.budget, election.unit)}.",
        f"Règle : {shown(rule)}. Réglages : {shown_params}.",
        "À égalité : le moins cher, puis le plus de voix, puis l'identifiant.",
        "",
        *(f"{number:>3}. {step_text(step, names, election.approval)}" for number, step in enumerate(steps, 1)),
        "",
        f"Projets retenus : {', '.join(map(shown, winners)) or 'aucun'}, pour {decimal_text(spent, election.unit)}.",
    ]
    return Recounted(lines, winners, said)


def read_rules(path: str) -> dict[str, Any]:
    """The `.json` that the page of a vote offers."""
    try:
        rules = json.loads(given_file(path, BALLOTS_MAX))
    except (ValueError, RecursionError):
        raise Fault(f"{shown(path)} : JSON mal formé") from None
    if type(rules) is not dict or type(rules.get("regle")) is not str:
        raise Fault(f"{shown(path)} : ce ne sont pas les règles d'un vote")
    return rules


def typed_params(typed: list[str]) -> dict[str, str]:
    found = {}
    for param in typed:
        name, equals, value = param.partition("=")
        if not equals:
            raise WrongUse(f"--param attend nom=valeur : {shown(param)}")
        found[name] = value
    return found


def csv_election(content: bytes, frozen: dict[str, Any]) -> tuple[Ballots, str]:
    """A ballot a line, a project a column (1, points, or rank), under the rules of a scrutin of the register."""
    if "projets" not in frozen:
        raise WrongUse("un fichier CSV se recompte avec les règles de son vote : --regles FICHIER.json (ou le .pb)")
    costs = {project["id"]: project["cout_cents"] for project in frozen["projets"]}
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    start = int(header[0] == "numero_de_verification")
    columns = [name[1:] if name.startswith("'") else name for name in header[start:]]
    if set(columns) != set(costs) or len(columns) != len(costs):
        raise Fault("les colonnes du fichier ne sont pas les projets de ces règles")
    trackers = [row[0] for row in rows] if start else []
    if len(set(trackers)) != len(trackers):
        raise Fault("deux bulletins ont le même numéro de vérification")
    kind, given = frozen["type_vote"], []
    for number, row in enumerate(rows, 1):
        cells = dict(beside(columns, map(int, row[start:])))
        if len(row) != len(header) or any(value < 0 for value in cells.values()):
            raise Fault(f"ligne {number} du fichier mal formée")
        chosen = [project for project, value in cells.items() if value]
        if kind == "ordinal":
            chosen.sort(key=cells.__getitem__)
        elif kind != "cumulative" and any(value > 1 for value in cells.values()):
            raise Fault(f"ligne {number} du fichier : autre chose que 0 ou 1")
        points = [cells[project] for project in chosen] if kind == "cumulative" else []
        if wrong := ballot_fault(chosen, points, frozen, costs):
            raise Fault(f"ligne {number} du fichier : {wrong}")
        given.append((chosen, points))
    return ballots_of(kind, costs, frozen["budget_cents"], 100, frozen["choix_max"], given), kind


def step_text(step: Step, names: dict[str, str], approval: bool) -> str:
    """One step in words; `approval`: each payer pays the same, whatever the points."""
    if step["phase"] == "add1":
        share = step["part"] if step["part"] == step["part_fin"] else f"{step['part']} à {step['part_fin']}"
        return (f"Part par bulletin, {near(share)} : {len(step['gagnants'])} projets pour {step['cout_total']} ; "
                f"{AFTER_ROUND[step['suite']]}.")  # fmt: skip
    name = names.get(step["projet"], "")
    label = shown(step["projet"], 40) + (f" « {shown(name, 60)} »" if name else "")
    if step["phase"] == "glouton":
        counted = f"score {step['score']}"
    else:
        counted = f"{step['soutiens']} soutiens, qui ont {near(step['apport'])}"
        if step["decision"] == "retenu":
            counted += f", paient {step['prix_arrondi']} {'chacun' if approval else 'par point'}"
            counted += f" ({step['epuises']} donnent tout ce qui leur reste)" if step["epuises"] else ""
    verdict = "retenu" if step["decision"] == "retenu" else f"écarté ({WHY_NOT[step['motif']]})"
    tie = step.get("departage") if step["decision"] == "retenu" else None
    level = f" Égalité avec {', '.join(map(shown, tie['ex_aequo']))} : {TIES[tie['critere']]}." if tie else ""
    return f"{label} : {counted}, coût {step['cout']} : {verdict}, reste {step['reste']}.{level}"


def near(text: str) -> str:
    """Fractions that nobody can read at a glance, rounded."""
    return " à ".join(f"environ {rounded(Fraction(part))}" if "/" in part and "x" not in part else part
                      for part in text.split(" à "))  # fmt: skip


BALLOTS_MAX = 1 << 28
WHY_NOT = {"trop_cher": "trop cher pour ce qui reste", "arret": "trop cher, on s'arrête",
           "apres_arret": "après l'arrêt", "sous_seuil": "sous le minimum",
           "soutiens_insuffisants": "ses soutiens n'ont pas assez", "aucun_soutien": "aucun soutien"}  # fmt: skip
TIES = {"cout": "le moins cher passe", "votes": "le plus de voix passe", "identifiant": "l'identifiant départage"}
AFTER_ROUND = {"continue": "on augmente la part", "exhaustif": "plus rien n'entre dans l'enveloppe, on garde",
               "complet": "tout ce qui a un soutien est retenu, on garde",
               "depassement": "l'enveloppe est dépassée, on garde la part d'avant"}  # fmt: skip


def recounting(options: dict[str, list[str]]) -> int:
    """Runs `--recompter`; returns the exit status."""
    try:
        done = recount(options["--recompter"][0], options)
    except Fault as fault:
        print(french(f"FAUTE : {fault}"))
        return 1
    agree = done.said is None or done.said == done.winners
    if "--json" in options:
        print(json.dumps({"ok": agree, "gagnants": done.winners, "annonces": done.said}, ensure_ascii=False))
        return 0 if agree else 1
    print(french("\n".join(done.lines)))
    if done.said is not None:
        told = ", ".join(map(shown, done.said)) or "aucun"
        verdict = "c'est le résultat annoncé" if agree else "FAUTE : ce n'est pas le résultat annoncé"
        print(french(f"Résultat annoncé : {told}. {verdict.capitalize() if agree else verdict}."))
    return 0 if agree else 1


# --- Command line ---

FLAGS = ("--json",)
VALUED = ("--ancien", "--promesse", "--audience", "--preuve", "--coherence", "--cle", "--entree", "--empreinte",
          "--recompter", "--regles", "--regle", "--param")  # fmt: skip
REPEATED = ("--ancien", "--promesse", "--param")


def parse_arguments(argv: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """(places, options); `WrongUse` when an option is unknown or lacks its value."""
    places: list[str] = []
    options: dict[str, list[str]] = defaultdict(list)
    rest = deque(argv)
    while rest:
        word = rest.popleft()
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            places.append(word)
        elif word in FLAGS:
            options[word].append("")
        elif name not in VALUED:
            raise WrongUse(f"option inconnue : {shown(word)}")
        elif equals:
            options[name].append(value)
        elif rest:
            options[name].append(rest.popleft())
        else:
            raise WrongUse(f"{name} attend une valeur")
    for name, values in options.items():
        if len(values) > 1 and name not in REPEATED:
            raise WrongUse(f"{name} donné plusieurs fois")
    return places, options


def given_file(path: str, limit: int) -> bytes:
    """A file named on the command line; absent is wrong use, too big is left to the parser to refuse."""
    try:
        with Path(path).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError):
        raise WrongUse(f"fichier illisible : {shown(path)}") from None


def key_for_proof(paths: list[str]) -> Key:
    """The key to check a lone proof with: --cle, else the file `cle` beside this program."""
    path = Path(paths[0]) if paths else Path(__file__).with_name("cle")
    if not paths and not path.is_file():
        raise WrongUse("donnez la clé du registre avec --cle")
    try:
        return parse_key(given_file(str(path), NOTE_MAX))
    except Fault as fault:
        raise WrongUse(f"{shown(str(path))} : {fault}") from None


def recount_options(argv: list[str]) -> dict[str, list[str]]:
    places, options = parse_arguments(argv)
    for name in options:
        if name not in ("--recompter", "--regles", "--regle", "--param", "--json"):
            raise WrongUse(f"{name} ne va pas avec --recompter")
    if places:
        raise WrongUse("--recompter ne prend ni dossier ni URL")
    return options


def run(argv: list[str]) -> tuple[Report, dict[str, str], bool]:
    """(report, the checks it is about, JSON wanted); `WrongUse` when the command line is wrong."""
    places, options = parse_arguments(argv)
    alone = [name for name in ("--preuve", "--coherence") if name in options]
    allowed = {
        "--preuve": {"--preuve", "--cle", "--entree", "--empreinte", "--json"},
        "--coherence": {"--coherence", "--ancien", "--cle", "--json"},
    }.get(alone[0] if alone else "", {"--ancien", "--promesse", "--audience", "--cle", "--json"})
    if len(places) != (0 if alone else 1):
        raise WrongUse("donnez un dossier ou une URL" if not alone else f"{alone[0]} ne prend ni dossier ni URL")
    for name in options:
        if name not in allowed:
            raise WrongUse(f"{name} ne va pas avec le reste")
    if alone:
        key = key_for_proof(options["--cle"])
        raw = given_file(options[alone[0]][0], PROOF_MAX)
        if alone[0] == "--coherence":
            if len(options["--ancien"]) != 1:
                raise WrongUse("--coherence demande un point de contrôle --ancien")
            report = verify_extension(raw, key, given_file(options["--ancien"][0], NOTE_MAX))
        else:
            report = verify_receipt(raw, key, *given_leaf(options))
        return report, PROOF_CHECKS, "--json" in options
    audience = options["--audience"][0] if options["--audience"] else None
    if audience not in (None, "public", "audit"):
        raise WrongUse("--audience vaut public ou audit")
    verification = Verification(source_of(places[0]), Options(
        older=tuple((path, given_file(path, NOTE_MAX)) for path in options["--ancien"]),
        promises=tuple((path, given_file(path, NOTE_MAX)) for path in options["--promesse"]),
        audience=audience,
        key=given_file(options["--cle"][0], NOTE_MAX) if options["--cle"] else None,
        workers=processors(),
    ))  # fmt: skip
    return verification.run(), CHECKS, "--json" in options


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def given_leaf(options: dict[str, list[str]]) -> tuple[bytes | None, bytes | None]:
    """(entry, leaf hash) as given beside a receipt; an entry never ends with a newline, a text file often does."""
    if options["--entree"] and options["--empreinte"]:
        raise WrongUse("--entree ou --empreinte, pas les deux")
    if options["--entree"]:
        entry = given_file(options["--entree"][0], PROOF_MAX)
        return (entry[:-1] if entry.endswith(b"\n") else entry), None
    if options["--empreinte"]:
        try:
            return None, unbase64(options["--empreinte"][0], "--empreinte", 32)
        except Fault as fault:
            raise WrongUse(str(fault)) from None
    return None, None


def tell(report: Report, checks: dict[str, str]) -> str:
    """The report for people."""
    lines = []
    if report.size is not None:
        lines += [f"Taille : {report.size} actes", f"Racine : {report.root}", ""]
    words = {"ok": "ok", "fault": "FAUTE", "na": "sans objet"}
    for check, label in checks.items():
        status = report.status(check)
        detail = {"ok": report.done, "na": report.absent}.get(status, {}).get(check, f"{report.counts[check]} fautes")
        lines.append(f"{check:<{max(map(len, checks))}}  {words[status]:<10}  {label} : {detail}")
    faults = report.faults(checks)
    lines += ["", "Fautes :" if faults else "Aucune faute."]
    lines += [f"  - {fault}" for fault in faults]
    lines += ["", *report.notes, f"Ce que ce programme ne peut pas prouver : {LIMITS}"]
    return french("\n".join(lines))


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns its exit status: 0 no fault, 1 a fault, 2 wrong use."""
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if "-h" in arguments or "--help" in arguments:
        print(french(USAGE))
        return 0
    try:
        if any(argument.partition("=")[0] == "--recompter" for argument in arguments):
            return recounting(recount_options(arguments))
        report, checks, as_json = run(arguments)
    except WrongUse as wrong:
        print(french(f"{wrong}\n\n{USAGE}"), file=sys.stderr)
        return 2
    except OSError as error:  # a full or failing disk, while temporary files are written
        print(french(f"Vérification interrompue : {shown(str(error))}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(french("Vérification interrompue."), file=sys.stderr)
        return 130
    answer = report.as_json(checks)
    try:
        print(json.dumps(answer, ensure_ascii=False) if as_json else tell(report, checks), flush=True)
    except BrokenPipeError:  # the reader of a pipe had enough; Python would complain again when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    gc.disable()  # nothing here makes cycles, and counting references is enough for the rest
    sys.exit(main())
