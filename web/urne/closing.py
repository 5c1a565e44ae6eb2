"""The urn opens and shuts with its scrutin. Shut first, under a lock that waits for every deposit, then said.

A crash anywhere leaves an urn that is shut and a scrutin that is not: closing again goes on from there.
"""

from datetime import datetime

import msgspec

from domain.ledger.deciding import Act
from domain.ledger.store import Once
from domain.scrutins.clore_scrutin import CloreScrutin, PeutClore
from domain.scrutins.urne import UrneInconnue
from web.access import Acteur
from web.services import Services
from web.urne import register
from web.urne.digests import empreinte, empreinte_urne
from web.urne.reading import relever
from web.urne.slips import ALONE, reprendre_billets

SHUT = """UPDATE urne.scrutins SET etat = 'fermee' WHERE reference = %s AND etat IN ('attente', 'ouverte', 'fermee')
    RETURNING true"""
OPEN = "UPDATE urne.scrutins SET etat = 'ouverte' WHERE reference = %s AND etat = 'attente'"
ERASE = "SELECT urne.effacer(%s)"
VIDE = "0" * 64
BALLOTS = "SELECT billet, scelle FROM urne.bulletins WHERE reference = %s"
STATE = """SELECT etat, coalesce(n_bulletins, (SELECT count(*) FROM urne.bulletins b WHERE b.reference = s.reference))
    FROM urne.scrutins s WHERE reference = %s"""


class EtatUrne(msgspec.Struct, frozen=True):
    """`etat`: attente, ouverte, fermee, effacee; how many ballots it holds (held, once erased)."""

    etat: str
    n: int


async def etat_urne(services: Services, reference: str) -> EtatUrne | None:
    """The urn of this scrutin, or None when no slip was made yet. For the bureau: never shown while people vote."""
    rows = await services.fetch(STATE, (reference,))
    return EtatUrne(*rows[0]) if rows else None


async def accorder(services: Services, reference: str) -> None:
    """Makes the urn what the register says: open, shut, destroyed. At each start, and after each act."""
    scrutin = (await register.lire(services, reference)).scrutin
    if scrutin.phase in ("prepare", "confirme", "pret"):
        return
    query = ERASE if scrutin.efface_le else OPEN if scrutin.phase == "ouvert" else SHUT
    async with services.pool.connection() as connection:
        await connection.execute(query, (reference,))


async def fermer(services: Services, reference: str) -> list[tuple[bytes, bytes]]:
    """Shuts the urn, whatever the register says; (credential, sealed ballot) of all it holds. Raises UrneInconnue."""
    async with services.pool.connection() as connection, connection.transaction():
        await connection.execute(ALONE, (reference,))
        if await (await connection.execute(SHUT, (reference,))).fetchone() is None:
            raise UrneInconnue("Ce scrutin n’a pas d’urne à fermer.")
        rows = await (await connection.execute(BALLOTS, (reference,))).fetchall()
    return [(bytes(billet), bytes(scelle)) for billet, scelle in rows]


async def clore(
    services: Services,
    acteur: Acteur,
    reference: str,
    once: Once | None = None,
    motif: str | None = None,
    moment: datetime | None = None,
) -> Act:
    """Shuts the urn, reads what was left in it, closes the scrutin; `motif` is why before the hour, `moment` now.

    Raises RegleViolee, before the urn is touched where the register would not close.
    """
    if again := await register.deja_fait(services, reference, once):
        return again
    await reprendre_billets(services, reference)
    before = await etat_urne(services, reference)
    moment = moment or await register.maintenant(services)
    n = before.n if before else 0
    await register.essayer(
        services, PeutClore(acteur.personne, acteur.le, reference, moment, n, VIDE, VIDE, motif=motif)
    )
    ballots = await fermer(services, reference)
    await relever(services, reference, tout=True)
    command = CloreScrutin(
        acteur.personne,
        acteur.le,
        reference,
        moment,
        n_urne=len(ballots),
        empreinte_urne=empreinte_urne(scelle for _, scelle in ballots),
        empreinte_utilises=empreinte(billet for billet, _ in ballots),
        motif=motif,
    )
    return await services.ledger.execute(command, once)
