"""The private key of a layer, on paper: 14 groups of 5 signs, each with its own check; the same text in its QR code.

A sheet is 56 signs in base 30: the P-256 scalar (53 signs, most significant first), then 3 signs of its SHA-256;
cut in fours, each four followed by their Luhn sign. Shown once to who will hold it, never stored.
"""

import hashlib
import unicodedata
from base64 import b64decode, b64encode
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.scrutins.codes import ALPHABET as SIGNES
from domain.scrutins.urne import FeuilleDeLAutreCouche, FeuilleDUnAutreScrutin, FeuilleIncomplete, FeuilleMalCopiee

BASE: Final = len(SIGNES)
CLE, CONTROLE, GROUPE = 53, 3, 4
GROUPES: Final = (CLE + CONTROLE) // GROUPE
ORDRE: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def nouvelle_cle() -> tuple[str, str]:
    """A sheet to print twice and forget, and the public half to publish (base64 of the uncompressed point)."""
    key = generate_private_key(SECP256R1())
    return feuille(key), publique(key)


def publique(key: EllipticCurvePrivateKey) -> str:
    """The public half, as `ClesDuScrutinPubliees` writes it."""
    return b64encode(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()


def point(publique_b64: str) -> bytes:
    """The 65 bytes of a published key, as `sceller` takes them."""
    return b64decode(publique_b64, validate=True)


def feuille(key: EllipticCurvePrivateKey) -> str:
    """The sheet of this key: groups joined by hyphens, capitals and digits only, which suits a QR code."""
    secret = key.private_numbers().private_value
    signs = _signs(secret, CLE) + _control(secret)
    groups = (signs[at : at + GROUPE] for at in range(0, len(signs), GROUPE))
    return "-".join(group + _luhn(group) for group in groups)


def lignes(texte: str, par_ligne: int = 7) -> list[str]:
    """The sheet as printed: lines of groups, each group after its number (« 1:K7MF3 »)."""
    groups = [f"{rank}:{group}" for rank, group in enumerate(texte.split("-"), start=1)]
    return ["  ".join(groups[at : at + par_ligne]) for at in range(0, len(groups), par_ligne)]


def lire_feuille(texte: str, publique_b64: str, autre_b64: str | None = None) -> EllipticCurvePrivateKey:
    """The private key of a sheet, typed or scanned: capitals, spaces, hyphens and line breaks do not matter.

    `autre_b64` is the public key of the other layer, to say so when the sheets were mixed up. Raises
    FeuilleIncomplete, FeuilleMalCopiee (which says in which group), FeuilleDeLAutreCouche, FeuilleDUnAutreScrutin.
    """
    secret = _secret(_groups(texte))
    key = derive_private_key(secret, SECP256R1())
    if (found := publique(key)) == publique_b64:
        return key
    if found == autre_b64:
        raise FeuilleDeLAutreCouche("Cette feuille est celle de l’autre clé de ce scrutin.", field="feuille")
    raise FeuilleDUnAutreScrutin("Cette feuille est bien copiée, mais elle est d’un autre scrutin.", field="feuille")


def _groups(texte: str) -> list[str]:
    text = unicodedata.normalize("NFKC", texte).upper()
    strange = sorted({sign for sign in text if sign.isalnum() and sign not in SIGNES})
    if strange:
        raise FeuilleMalCopiee(
            f"Le signe « {strange[0]} » n’existe pas sur une feuille : ni 0, ni O, ni 1, ni I, ni L, ni U.",
            field="feuille",
        )
    signs = "".join(sign for sign in text if sign in SIGNES)
    if (found := len(signs)) != GROUPES * (GROUPE + 1):
        raise FeuilleIncomplete(
            f"La feuille a {GROUPES * (GROUPE + 1)} signes, et vous en avez copié {found}.", field="feuille"
        )
    return [signs[at : at + GROUPE + 1] for at in range(0, len(signs), GROUPE + 1)]


def _secret(groups: list[str]) -> int:
    wrong = [rank for rank, group in enumerate(groups, start=1) if _luhn(group[:GROUPE]) != group[GROUPE]]
    if wrong:
        raise FeuilleMalCopiee(
            f"Il y a une erreur de copie dans le groupe {wrong[0]} : {groups[wrong[0] - 1]}.", field="feuille"
        )
    signs = "".join(group[:GROUPE] for group in groups)
    secret = 0
    for sign in signs[:CLE]:
        secret = secret * BASE + SIGNES.index(sign)
    if not 0 < secret < ORDRE or signs[CLE:] != _control(secret):
        raise FeuilleMalCopiee(
            "Les groupes sont justes, mais pas leur ordre : l’un d’eux est ailleurs.", field="feuille"
        )
    return secret


def _control(secret: int) -> str:
    digest = hashlib.sha256(b"registre/feuille/1\0" + secret.to_bytes(32, "big")).digest()
    return _signs(int.from_bytes(digest[:4], "big") % BASE**CONTROLE, CONTROLE)


def _signs(number: int, count: int) -> str:
    signs = ""
    for _ in range(count):
        number, sign = divmod(number, BASE)
        signs = SIGNES[sign] + signs
    return signs


def _luhn(group: str) -> str:
    """The check sign: Luhn modulo 30, which sees one wrong sign and nearly every exchange of two neighbours."""
    total = 0
    for place, sign in enumerate(reversed(group)):
        value = SIGNES.index(sign) * (2 - place % 2)
        total += value // BASE + value % BASE
    return SIGNES[-total % BASE]
