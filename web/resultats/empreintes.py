"""Digests that pages print, so that what is on paper can be compared."""

import base64
import hashlib


def empreinte_cle(cle: str) -> str:
    """sha256 of a public key's bytes, hexadecimal; the key itself is in the act."""
    return hashlib.sha256(base64.b64decode(cle)).hexdigest()
