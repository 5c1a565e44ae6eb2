"""The urn's own tables: slips made, recognised, used. What they hold is said in `migrations/0003_urne.sql`."""

import os
import secrets as hasard
from collections.abc import Callable
from typing import Any, Literal, cast

import psycopg

from domain.scrutins.codes import OCTETS, empreinte_code, lire_code
from domain.scrutins.codes import code as code_de
from domain.scrutins.events import ScrutinCree
from web.services import Services
from web.urne.deposits import deposits
from web.urne.digests import empreinte
from web.urne.sealing import longueur_scellee
from web.urne.secrets import SECRET_BYTES, deballer, emballer, secret

Depot = Literal[
    "accepte", "deja_le_meme", "deja_un_autre", "inconnu", "annule", "pas_ouvert", "ferme", "longueur"
]  # "longueur": not the size of a ballot of this scrutin; "annule": revoked or exchanged
Billet = Literal["libre", "utilise", "annule", "echange"]
Connection = psycopg.AsyncConnection[Any]
Tirage = Callable[[int], list[str]]  # so many new codes

NEW = """INSERT INTO urne.scrutins (reference, ouvre_le, ferme_le, longueur, k_min) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING RETURNING 1"""
KEEP = "INSERT INTO urne.secrets (reference, enveloppe) VALUES (%s, %s)"
SLIPS = "INSERT INTO urne.billets (reference, billet) SELECT %s, unnest(%s::bytea[])"
STATE = """SELECT CASE WHEN u.billet IS NOT NULL THEN 'utilise' ELSE b.etat END
    FROM urne.billets b LEFT JOIN urne.bulletins u USING (reference, billet)
    WHERE b.reference = %s AND b.billet = %s AND b.etat <> 'prepare'"""
SECRETS = "SELECT x.reference, x.enveloppe FROM urne.secrets x JOIN urne.scrutins s USING (reference) ORDER BY 1"
FIND = """SELECT b.reference, b.billet FROM urne.billets b
    JOIN unnest(%s::text[], %s::bytea[]) AS t (reference, billet) USING (reference, billet) WHERE b.etat <> 'prepare'"""


async def deposer(services: Services, reference: str, credential: bytes, scelle: bytes) -> Depot:
    """Puts a sealed ballot in the urn, or says why not, once it is committed. Safe to send again at any time."""
    return cast(Depot, await deposits(services).drop(services, (reference, credential, scelle)))


async def etat_billet(services: Services, reference: str, credential: bytes) -> Billet | None:
    """What this slip can still do, or None when this scrutin has no such slip."""
    rows = await services.fetch(STATE, (reference, credential))
    return cast(Billet, rows[0][0]) if rows else None


async def trouver_scrutin(services: Services, code: str) -> tuple[str, bytes] | None:
    """The scrutin that has this slip, and its credential there; None when none has, or its urn is destroyed.

    Raises CodeMalCopie before anything is read.
    """
    signs = lire_code(code)
    wrapped = await services.fetch(SECRETS)
    credentials = [
        empreinte_code(signs, deballer(services, reference, enveloppe).k_scrutin) for reference, enveloppe in wrapped
    ]
    rows = await services.fetch(FIND, ([reference for reference, _ in wrapped], credentials))
    return (rows[0][0], bytes(rows[0][1])) if rows else None


def nouveaux_codes(n: int) -> list[str]:
    """`n` codes that nobody can guess."""
    return [code_de(hasard.token_bytes(OCTETS)) for _ in range(n)]


async def tirer_billets(
    services: Services, reference: str, cree: ScrutinCree, n: int, tirer: Tirage = nouveaux_codes
) -> tuple[list[str], str]:
    """`n` codes, and the digest of their credentials. They open nothing until the register has that digest.

    The urn is made with the first ones. `tirer` draws the codes. Raises UrneEffaceeDeja.
    """
    row = (reference, cree.ouvre_le, cree.ferme_le, longueur_scellee(cree.longueur), cree.k_min)
    async with services.pool.connection() as connection, connection.transaction():
        if await (await connection.execute(NEW, row)).fetchone() is not None:
            wrapped = emballer(services, reference, os.urandom(SECRET_BYTES))
            await connection.execute(KEEP, (reference, wrapped))
    key = (await secret(services, reference)).k_scrutin
    codes = tirer(n)
    credentials = sorted(empreinte_code(code, key) for code in codes)
    async with services.pool.connection() as connection:
        await connection.execute(SLIPS, (reference, credentials))
    return codes, empreinte(credentials)
