"""k_scrutin: what makes credentials of codes, and seals what the urn keeps in clear nowhere. Gone, both are gone."""

import hashlib
import hmac
import os
from typing import Any, Final

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ledger.vault import NONCE_BYTES, WrongMasterKey
from domain.scrutins.urne import UrneEffaceeDeja, UrneInconnue
from web.courrier.seals import seals
from web.services import Services

SECRET_BYTES: Final = 32
FIND = """SELECT x.enveloppe, s.etat FROM urne.scrutins s LEFT JOIN urne.secrets x USING (reference)
    WHERE s.reference = %s"""

Connection = psycopg.AsyncConnection[Any]


class Secret:
    """k_scrutin of one scrutin, and the keys that derive from it."""

    def __init__(self, reference: str, k_scrutin: bytes) -> None:
        self.reference, self.k_scrutin = reference, k_scrutin

    def sceller(self, contenu: bytes, usage: str) -> bytes:
        """The content under a key for this use (`papier/3/1`); it opens for the same use only."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(usage).encrypt(nonce, contenu, usage.encode())

    def ouvrir(self, scelle: bytes, usage: str) -> bytes:
        """The content. Raises WrongMasterKey."""
        try:
            return self._cipher(usage).decrypt(scelle[:NONCE_BYTES], scelle[NONCE_BYTES:], usage.encode())
        except (InvalidTag, ValueError) as error:
            raise WrongMasterKey(self.reference) from error

    def sel(self, usage: str) -> bytes:
        """32 bytes that nobody can guess, always the same: the salt of a digest that two counts compare."""
        return hmac.new(self.k_scrutin, f"registre/scrutin/1\0{usage}".encode(), hashlib.sha256).digest()

    def _cipher(self, usage: str) -> AESGCM:
        return AESGCM(self.sel(f"cle\0{usage}"))


def emballer(services: Services, reference: str, k_scrutin: bytes) -> bytes:
    """k_scrutin as the database keeps it: wrapped under a key that derives from the master key."""
    return seals(services.settings).seal(k_scrutin, _context(reference))


def deballer(services: Services, reference: str, enveloppe: bytes) -> Secret:
    """The secret of this scrutin. Raises WrongMasterKey."""
    return Secret(reference, seals(services.settings).open(enveloppe, _context(reference)))


async def secret(services: Services, reference: str) -> Secret:
    """The secret of this scrutin. Raises UrneInconnue, UrneEffaceeDeja."""
    rows = await services.fetch(FIND, (reference,))
    if not rows:
        raise UrneInconnue("Ce scrutin n’a pas d’urne.")
    enveloppe, etat = rows[0]
    if enveloppe is None or etat == "effacee":
        raise UrneEffaceeDeja("L’urne de ce scrutin a été effacée, et ses clés détruites.")
    return deballer(services, reference, enveloppe)


def _context(reference: str) -> bytes:
    return b"urne/k_scrutin/" + reference.encode()
