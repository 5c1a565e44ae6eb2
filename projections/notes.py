"""Signed notes, checkpoints, promises and proof files (C2SP signed-note, tlog-checkpoint, tlog-proof).

Text is UTF-8 with LF only; base64 is the standard one, canonical; hashes and Ed25519 keys are 32 bytes. Whatever
departs from the one right spelling is refused with NoteRefused, whose message (English) is for logs.
"""

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Self

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MAX_NOTE = 64 * 1024
MAX_SIGNATURES = 100
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
SECONDS = "%Y-%m-%dT%H:%M:%SZ"

_ED25519 = b"\x01"


class NoteRefused(Exception):
    """The bytes are not what they must be, or no known key signed them."""


def encode64(data: bytes) -> str:
    """Standard base64, padded."""
    return b64encode(data).decode()


def decode64(text: str, what: str, size: int | None = None) -> bytes:
    """The bytes of a canonical base64 text, `size` of them when given."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteRefused(f"{what}: not base64") from error
    if encode64(data) != text or (size is not None and len(data) != size):
        raise NoteRefused(f"{what}: not the base64 of {'some' if size is None else size} bytes")
    return data


def decimal(text: str, what: str) -> int:
    """A decimal number below 2^63, without sign or leading zero."""
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text) or int(text) >> 63:
        raise NoteRefused(f"{what}: not a plain decimal")
    return int(text)


def key_name(text: str) -> str:
    """A key's name: not empty, no space, no plus."""
    if not text or "+" in text or any(c.isspace() or c < " " for c in text):
        raise NoteRefused(f"not a key name: {text!r}")
    return text


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key with its name; `str()` is its spelling `name+id+base64`."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """First 4 bytes of SHA-256(name || LF || 0x01 || public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode64(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `name+id+base64`, of one line at most; the id must be the right one."""
        parts = text.removesuffix("\n").split("+", 2)
        if len(parts) != 3:
            raise NoteRefused("a verifier key has three parts")
        data = decode64(parts[2], "key", 33)
        found = cls(key_name(parts[0]), data[1:])
        if data[:1] != _ED25519 or found.key_id.hex() != parts[1]:
            raise NoteRefused("not an Ed25519 key, or not with its own id")
        return found

    def verify(self, text: str, signature: bytes) -> None:
        """Raises NoteRefused when this key did not sign this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError) as error:
            raise NoteRefused(f"bad signature of {self.name}") from error


class SigningKey:
    """A private key with its name; `str()` never shows the secret, `secret` is its spelling in a key file."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = VerifierKey(key_name(name), self._private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str) -> Self:
        """A new key of this name."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def name(self) -> str:
        return self.verifier.name

    @property
    def secret(self) -> str:
        """`PRIVATE+KEY+name+id+base64(0x01 || seed)`, as Go's note package writes it."""
        data = encode64(_ED25519 + self._private.private_bytes_raw())
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{data}"

    @classmethod
    def parse(cls, secret: str) -> Self:
        """Reads a key file; the id must be the right one."""
        parts = secret.removesuffix("\n").split("+", 4)
        if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
            raise NoteRefused("not a private key")
        data = decode64(parts[4], "private key", 33)
        found = cls(parts[2], data[1:])
        if data[:1] != _ED25519 or found.verifier.key_id.hex() != parts[3]:
            raise NoteRefused("not an Ed25519 key, or not with its own id")
        return found

    def sign(self, text: str) -> str:
        """The signed note of this text. Ed25519 is deterministic: the same text gives the same note."""
        signature = self.verifier.key_id + self._private.sign(text.encode())
        return f"{text}\n\u2014 {self.name} {encode64(signature)}\n"


def split_note(note: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Text and signatures (name, key id, signature) of a note; nothing is verified but the form."""
    if len(note) > MAX_NOTE:
        raise NoteRefused("note too long")
    try:
        decoded = note.decode()
    except UnicodeDecodeError as error:
        raise NoteRefused("not UTF-8") from error
    if decoded.startswith("\ufeff") or any(c < " " and c != "\n" for c in decoded):
        raise NoteRefused("byte order mark or control character")
    text, blank, lines = decoded.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteRefused("no signature, or no final newline")
    signatures = [_signature(line) for line in lines[:-1].split("\n")]
    if len(signatures) > MAX_SIGNATURES:
        raise NoteRefused("too many signatures")
    return text + "\n", signatures


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, data = parts if len(parts := line.split(" ")) == 3 else ("", "", "")
    if dash != "\u2014":
        raise NoteRefused("not a signature line")
    value = decode64(data, "signature")
    if len(value) < 5:
        raise NoteRefused("signature too short")
    return key_name(name), value[:4], value[4:]


def open_note(note: bytes, *known: VerifierKey) -> str:
    """Text of a note that at least one known key signed, and on which no known key's signature is wrong."""
    text, signatures = split_note(note)
    keys = {(key.name, key.key_id): key for key in known}
    verified = 0
    for name, key_id, signature in signatures:
        if key := keys.get((name, key_id)):
            key.verify(text, signature)
            verified += 1
    if not verified:
        raise NoteRefused("signed by no known key")
    return text


class Checkpoint(msgspec.Struct, frozen=True):
    """A tree head: origin of the log, number of leaves, root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Exactly three lines: extension lines are refused."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise NoteRefused("a checkpoint has three lines")
        return cls(key_name(lines[0]), decimal(lines[1], "size"), decode64(lines[2], "root", 32))


def open_checkpoint(note: bytes, key: VerifierKey) -> Checkpoint:
    """A checkpoint that this log's key signed; the origin must be the key's name."""
    found = Checkpoint.parse(open_note(note, key))
    if found.origin != key.name:
        raise NoteRefused(f"checkpoint of {found.origin}, key of {key.name}")
    return found


def promise_name(origin: str) -> str:
    """Name of the key of promises: never that of checkpoints, so that neither can be taken for the other."""
    return f"{origin}/promesse"


class Promise(msgspec.Struct, frozen=True):
    """Four lines: this leaf will stand at this index before the deadline (UTC, whole seconds)."""

    origin: str
    leaf: bytes
    index: int
    deadline: datetime

    @property
    def text(self) -> str:
        deadline = self.deadline.astimezone(UTC).strftime(SECONDS)
        return f"{promise_name(self.origin)}\n{encode64(self.leaf)}\n{self.index}\n{deadline}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Exactly four lines."""
        lines = text.split("\n")
        if len(lines) != 5 or lines[4] or not lines[0].endswith("/promesse"):
            raise NoteRefused("a promise has four lines")
        try:
            deadline = datetime.strptime(lines[3], SECONDS).replace(tzinfo=UTC)
        except ValueError as error:
            raise NoteRefused("deadline: not a UTC time in seconds") from error
        origin = key_name(lines[0].removesuffix("/promesse"))
        found = cls(origin, decode64(lines[1], "leaf", 32), decimal(lines[2], "index"), deadline)
        if found.text != text:
            raise NoteRefused("a promise has one spelling")
        return found


class ProofFile(msgspec.Struct, frozen=True):
    """A tlog-proof: index, inclusion path from the leaf's sibling up, the checkpoint's note; `extra` is not trusted."""

    index: int
    path: Sequence[bytes]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """The file's bytes."""
        lines = [PROOF_HEADER]
        if self.extra is not None:
            lines.append(f"extra {encode64(self.extra)}")
        lines += [f"index {self.index}", *map(encode64, self.path)]
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Reads a file; the checkpoint inside is not opened."""
        head, _, note = data.partition(b"\n\n")
        lines = head.decode("utf-8", "replace").split("\n")
        if len(data) > 2 * MAX_NOTE or not note or lines.pop(0) != PROOF_HEADER:
            raise NoteRefused("not a tlog-proof")
        extra = decode64(lines.pop(0)[6:], "extra") if lines and lines[0].startswith("extra ") else None
        if not lines or not lines[0].startswith("index "):
            raise NoteRefused("a tlog-proof gives an index")
        path = [decode64(line, "path", 32) for line in lines[1:]]
        return cls(decimal(lines[0][6:], "index"), path, note, extra)
