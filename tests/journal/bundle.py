"""A tiny, naive writer of export bundles, independent of the application and of the verifier it tests."""

import base64
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "registre.example.fr/2026"
ERASURE = "effacements/EffacementExecute/1"


def canonical(value: Any) -> bytes:
    """Canonical JSON of values with ASCII keys (RFC 8785)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text).encode()


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def b64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def root(leaves: list[bytes]) -> bytes:
    """Merkle tree hash as RFC 6962 section 2.1 defines it: split at the largest power of two."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def inclusion(index: int, leaves: list[bytes]) -> list[bytes]:
    """Audit path of RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*inclusion(index, leaves[:half]), root(leaves[half:])]
    return [*inclusion(index - half, leaves[half:]), root(leaves[:half])]


def consistency(old: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    """Consistency proof of RFC 6962 section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return [*consistency(old, leaves[:half], whole), root(leaves[half:])]
    return [*consistency(old - half, leaves[half:], False), root(leaves[:half])]


class Signer:
    """An Ed25519 note key."""

    def __init__(self, name: str, seed: int = 1) -> None:
        self.name = name
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.value = b"\x01" + self.private.public_key().public_bytes_raw()
        self.key_id = hashlib.sha256(name.encode() + b"\n" + self.value).digest()[:4]
        self.vkey = f"{name}+{self.key_id.hex()}+{b64(self.value)}\n"

    def line(self, text: str) -> str:
        return f"— {self.name} {b64(self.key_id + self.private.sign(text.encode()))}\n"

    def note(self, text: str) -> bytes:
        return (text + "\n" + self.line(text)).encode()


LOG = Signer(ORIGIN)
PROMISES = Signer(f"{ORIGIN}/promesse", 2)


def tile_name(level: int | str, number: int, width: int) -> str:
    digits = f"{number:03d}" if number < 1000 else f"x{number // 1000:03d}/{number % 1000:03d}"
    return f"tile/{level}/{digits}" + ("" if width == 256 else f".p/{width}")


@dataclass
class Register:
    """Entries and disclosures to be written as a bundle; every part may be spoiled before or after."""

    entries: list[bytes] = field(default_factory=list)
    disclosures: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    attachments: list[bytes] = field(default_factory=list)

    def add(self, stream: str = "propositions/1", event: str = "propositions/PropositionDeposee/1",
            d: dict[str, Any] | None = None, **keys: Any) -> dict[str, Any]:  # fmt: skip
        """Appends one well-formed entry; `keys` override, a None removes. Returns what was written."""
        self.versions[stream] = self.versions.get(stream, 0) + 1
        entry: dict[str, Any] = {
            "o": ORIGIN, "v": 1, "e": event, "s": stream, "n": self.versions[stream], "d": d or {"objet": "école"},
            "enregistre_le": "2026-01-02T03:04:05Z", "survenu_le": "2026-01-02",
        } | keys  # fmt: skip
        entry = {key: value for key, value in entry.items() if value is not None}
        self.entries.append(canonical(entry))
        return entry

    def add_personal(self, *values: str, disclosed: bool = True) -> list[str]:
        """Appends an entry with erasable values; returns their digests in the order of `values`."""
        texts = [b64url(canonical([b64url(secrets.token_bytes(16)), "texte", value])) for value in values]
        digests = [b64url(hashlib.sha256(text.encode()).digest()) for text in texts]
        if disclosed:
            self.disclosures += [{"index": len(self.entries), "d": text} for text in texts]
        self.add(stream="propositions/p", _sd=sorted(digests), _sd_alg="sha-256")
        return digests

    def erase(self, *digests: str) -> None:
        """Appends an erasure; the disclosures of these digests go."""
        gone = set(digests)
        self.disclosures = [
            line for line in self.disclosures if b64url(hashlib.sha256(line["d"].encode()).digest()) not in gone
        ]
        self.add(stream="effacements/1", event=ERASURE, d={"cibles": list(digests), "motif": "demande"})

    def leaves(self, size: int | None = None) -> list[bytes]:
        return [leaf(entry) for entry in self.entries[:size]]

    def checkpoint_text(self, size: int | None = None) -> str:
        leaves = self.leaves(size)
        return f"{ORIGIN}\n{len(leaves)}\n{b64(root(leaves))}\n"

    def checkpoint(self, size: int | None = None, signer: Signer = LOG) -> bytes:
        return signer.note(self.checkpoint_text(size))

    def promise(self, index: int, signer: Signer = PROMISES, hash_: bytes | None = None) -> bytes:
        digest = hash_ or leaf(self.entries[index])
        return signer.note(f"{ORIGIN}/promesse\n{b64(digest)}\n{index}\n2026-01-02T03:05:05Z\n")

    def receipt(self, index: int, extra: bytes | None = None) -> bytes:
        lines = ["c2sp.org/tlog-proof@v1", *([f"extra {b64(extra)}"] if extra else []), f"index {index}"]
        lines += [b64(value) for value in inclusion(index, self.leaves())]
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint()

    def write(self, folder: Path, audience: str = "public") -> Path:
        """Writes the whole bundle and returns its folder."""
        files = {
            "checkpoint": self.checkpoint(),
            "cle": LOG.vkey.encode(),
            "cle-promesse": PROMISES.vkey.encode(),
            "evenements.ndjson": b"".join(entry + b"\n" for entry in self.entries),
            "divulgations.ndjson": b"".join(canonical(line) + b"\n" for line in self.disclosures),
            "manifeste.json": canonical({"audience": audience}),
        }
        files |= {f"pj/{hashlib.sha256(content).hexdigest()}": content for content in self.attachments}
        for name, content in (files | self.tiles()).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder

    def tiles(self) -> dict[str, bytes]:
        """Every tile and entry bundle of the register at its present size."""
        files = {}
        for start in range(0, len(self.entries), 256):
            chunk = self.entries[start : start + 256]
            data = b"".join(len(entry).to_bytes(2, "big") + entry for entry in chunk)
            files[tile_name("entries", start // 256, len(chunk))] = data
        row, level = self.leaves(), 0
        while row:
            chunks = [row[start : start + 256] for start in range(0, len(row), 256)]
            for number, hashes in enumerate(chunks):
                files[tile_name(level, number, len(hashes))] = b"".join(hashes)
            row, level = [root(hashes) for hashes in chunks if len(hashes) == 256], level + 1
        return files


def small(count: int) -> Register:
    """`count` short entries over a few streams."""
    register = Register()
    for number in range(count):
        register.add(stream=f"propositions/{number % 7}", d={"i": number})
    return register
