"""A number that somebody pasted: where it leads, when it is the number of something."""

import re
import unicodedata

from domain.identifiers import lire_reference
from projections.merkle import HASH, WIDTH
from web.services import Services

LEVEL = 1 << 48  # tiles of level 0 come before (projections/tiles.sql)

_ACTE = re.compile(
    r"(?:(?:acte|evenement|event)s?\s*)?(?:n\s*[°ºo.]?\s*|#\s*)?([1-9][0-9]{0,2}(?:[ .]?[0-9]{3})*|[0-9]{1,15})"
)
_EMPREINTE = re.compile(r"[0-9a-f]{64}")

# A stamp is the number of a deliberation (`deliberations.id_actes`) or of a municipal avis.
NUMEROS = """SELECT '/dossiers/' || reference FROM recherche
        WHERE reference = %s AND genre IN ('proposition', 'budget', 'idee')
    UNION ALL SELECT '/scrutins/' || reference FROM scrutins WHERE reference = %s
    UNION ALL SELECT '/seances/' || reference FROM seances WHERE reference = %s
    UNION ALL SELECT '/dossiers/' || reference FROM saisines WHERE reference = %s OR id_actes = %s
    UNION ALL SELECT '/operations/' || reference FROM operations WHERE reference = %s
    UNION ALL SELECT '/dossiers/' || reference FROM enveloppes WHERE reference = %s
    LIMIT 1"""

DELIBERATION = "SELECT numero FROM deliberations WHERE numero = %s OR id_actes = %s LIMIT 1"
# Two at most: a number that several authorities gave leads nowhere.
IMPORTEE = "SELECT numero FROM deliberations_importees WHERE numero = %s OR identifiant = %s LIMIT 2"

TUILE = """SELECT number, place FROM (SELECT number, position(%s::bytea IN hashes) AS place FROM tiles
    WHERE number < %s) t WHERE place > 0 ORDER BY number"""


async def destination(services: Services, text: str) -> str | None:
    """The page of the thing that has this number: a dossier, an act of the register, a leaf hash; else None."""
    bare = unicodedata.normalize("NFKD", text.strip().lower())
    typed = " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())
    if not any(sign.isdigit() for sign in typed):
        return None
    if _EMPREINTE.fullmatch(found := typed.replace(" ", "")):
        return await _leaf(services, bytes.fromhex(found))
    if (page := await _dossier(services, text.strip())) is not None:
        return page
    if act := _ACTE.fullmatch(typed):
        return await _act(services, int(re.sub(r"\D", "", act[1])))
    return None


async def _dossier(services: Services, text: str) -> str | None:
    known = lire_reference(text)
    if known is None and sum(map(str.isalpha, text)) > sum(map(str.isdigit, text)):
        return None  # words: no number of ours has more letters than figures, but for a reference
    wanted = str(known) if known else text.upper()
    found = await services.fetch(NUMEROS, [wanted] * 7)
    return str(found[0][0]) if found else await _deliberation(services, text)


async def _deliberation(services: Services, text: str) -> str | None:
    """By its number, or by the @CTES identifier of its stamp."""
    wanted = text.replace(" ", "").replace("–", "-").replace("\0", "")
    found = await services.fetch(DELIBERATION, (wanted, wanted.upper()))
    found = found or await services.fetch(IMPORTEE, (wanted, text))
    return f"/deliberations/{found[0][0]}" if len(found) == 1 else None


async def _act(services: Services, number: int) -> str | None:
    [(size,)] = await services.fetch("SELECT size FROM ledger.head")
    return f"/journal/{number - 1}" if 1 <= number <= size else None


async def _leaf(services: Services, leaf: bytes) -> str | None:
    for number, place in await services.fetch(TUILE, (leaf, LEVEL)):
        if (place - 1) % HASH == 0:
            return f"/journal/{number * WIDTH + (place - 1) // HASH}"
    return None
