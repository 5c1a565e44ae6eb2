"""Slips: made, revoked, exchanged. The urn moves first, then the register says so; a crash between is finished.

That order: a slip that the register says revoked must not open the ballot for an instant more.
"""

from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.deciding import Act
from domain.ledger.ledger import Busy
from domain.ledger.store import Once
from domain.scrutins.annuler_billets import AnnulerBillets
from domain.scrutins.codes import empreinte_code, lire_code
from domain.scrutins.declarer_billets import DeclarerBillets
from domain.scrutins.echanger_billet import EchangerBillet
from domain.scrutins.events import BilletsCrees, MotifAnnulation
from domain.scrutins.urne import BilletDejaRetire, BilletDejaUtilise, BilletInconnu, BilletsDejaCrees
from web.access import Acteur
from web.services import Services
from web.urne import register
from web.urne.digests import empreinte
from web.urne.gestes import DONE, IS_NOTED, Geste, noter, notes, rayer
from web.urne.secrets import secret
from web.urne.store import Connection, Tirage, nouveaux_codes, tirer_billets

PREPARED = "SELECT billet FROM urne.billets WHERE reference = %s AND etat = 'prepare'"
DECLARED = "UPDATE urne.billets SET etat = 'libre' WHERE reference = %s AND etat = 'prepare'"
DROPPED = "DELETE FROM urne.billets WHERE reference = %s AND etat = 'prepare'"
MAKING = "SELECT pg_try_advisory_xact_lock(urne.verrou('billets/' || %s))"
ALONE = "SELECT pg_advisory_xact_lock(urne.verrou(%s))"
STATES = """SELECT b.billet, CASE WHEN u.billet IS NOT NULL THEN 'utilise' ELSE b.etat END
    FROM urne.billets b LEFT JOIN urne.bulletins u USING (reference, billet)
    WHERE b.reference = %s AND b.billet = ANY(%s)"""
MARK = "UPDATE urne.billets SET etat = %s WHERE reference = %s AND billet = ANY(%s)"


async def creer_billets(
    services: Services,
    acteur: Acteur,
    reference: str,
    n: int,
    once: Once | None = None,
    tirer: Tirage = nouveaux_codes,
) -> list[str]:
    """`n` new codes: given here, once, to be printed; the urn keeps their credentials and the register a digest.

    `tirer` draws them: the demonstration can draw the same ones again, a real vote cannot.

    Raises RegleViolee; the same `once` again too (BilletsDejaCrees), because what was given then is forgotten.
    """
    registre = await register.lire(services, reference)
    await register.essayer(services, _declaration(acteur, reference, n, "0" * 64))
    async with services.pool.connection() as connection, connection.transaction():
        if not await _making(connection, reference):
            raise Busy("slips of this scrutin are being made")
        await _settle(connection, reference, await register.lire(services, reference))
        codes, digest = await tirer_billets(services, reference, registre.cree, n, tirer)
        try:
            act = await services.ledger.execute(_declaration(acteur, reference, n, digest), once)
        except RegleViolee:
            await _drop(services, reference)
            raise
        await connection.execute(DROPPED if act.replayed else DECLARED, (reference,))
    if act.replayed:
        raise BilletsDejaCrees("Ces billets ont déjà été créés, et leurs codes donnés une fois.")
    return codes


async def _making(connection: Connection, reference: str) -> bool:
    row = await (await connection.execute(MAKING, (reference,))).fetchone()
    return row is not None and bool(row[0])


async def _drop(services: Services, reference: str) -> None:
    async with services.pool.connection() as connection:
        await connection.execute(DROPPED, (reference,))


def _declaration(acteur: Acteur, reference: str, n: int, digest: str) -> DeclarerBillets:
    return DeclarerBillets(acteur.personne, acteur.le, reference, n=n, empreinte=digest)


async def _settle(connection: Connection, reference: str, registre: register.Registre) -> None:
    """What a crash left: slips that the register has, whatever became of their codes, and slips that it has not."""
    rows = await (await connection.execute(PREPARED, (reference,))).fetchall()
    if rows:
        digest = empreinte(bytes(billet) for (billet,) in rows)
        declared = any(isinstance(e, BilletsCrees) and e.empreinte == digest for e in registre.events)
        await connection.execute(DECLARED if declared else DROPPED, (reference,))


async def annuler_billets(
    services: Services, acteur: Acteur, reference: str, codes: list[str], motif: MotifAnnulation, once: Once
) -> Act:
    """Revokes slips whose codes are known. Raises CodeMalCopie, BilletInconnu, BilletDejaUtilise, BilletDejaRetire."""
    key = await secret(services, reference)
    credentials = sorted({empreinte_code(lire_code(code), key.k_scrutin) for code in codes})
    geste = Geste("annule", acteur.personne, acteur.le, len(credentials), motif)
    return await _retirer(services, reference, credentials, geste, once)


async def echanger_billet(services: Services, acteur: Acteur, reference: str, code: str, once: Once) -> Act:
    """Exchanges a slip, before the paper ballot is given. Raises as annuler_billets."""
    key = await secret(services, reference)
    credentials = [empreinte_code(lire_code(code), key.k_scrutin)]
    return await _retirer(services, reference, credentials, Geste("echange", acteur.personne, acteur.le, 1), once)


async def _retirer(services: Services, reference: str, credentials: list[bytes], geste: Geste, once: Once) -> Act:
    command = _command(reference, geste)
    if again := await register.deja_fait(services, reference, once):
        await rayer(services, once)
        return again
    await register.essayer(services, command)
    await _mark(services, reference, credentials, geste, once)
    try:
        act = await services.ledger.execute(command, once)
    except RegleViolee:  # the vote was closed meanwhile: as if nothing had been done
        async with services.pool.connection() as connection, connection.transaction():
            await connection.execute(MARK, ("libre", reference, credentials))
            await connection.execute(DONE, (once.key,))
        raise
    await rayer(services, once)
    return act


def _command(reference: str, geste: Geste) -> Command:
    if geste.acte == "echange":
        return EchangerBillet(geste.personne, geste.le, reference)
    return AnnulerBillets(geste.personne, geste.le, reference, n=geste.n, motif=geste.motif, connus=True)


async def _mark(services: Services, reference: str, credentials: list[bytes], geste: Geste, once: Once) -> None:
    """In the urn, alone with it: no deposit is under way."""
    async with services.pool.connection() as connection, connection.transaction():
        await connection.execute(ALONE, (reference,))
        if await (await connection.execute(IS_NOTED, (once.key,))).fetchone() is not None:
            return  # done before a crash: only the register is missing
        found = await (await connection.execute(STATES, (reference, credentials))).fetchall()
        _usable({bytes(billet): etat for billet, etat in found}, credentials)
        await connection.execute(MARK, (geste.acte, reference, credentials))
        await noter(services, connection, reference, geste, credentials, once)


def _usable(states: dict[bytes, str], credentials: list[bytes]) -> None:
    for credential in credentials:
        match states.get(credential, "prepare"):
            case "prepare":
                raise BilletInconnu("Ce code n’est pas un billet de ce scrutin.", field="code")
            case "utilise":
                raise BilletDejaUtilise("Ce billet a déjà servi.", field="code")
            case "annule" | "echange":
                raise BilletDejaRetire("Ce billet est déjà annulé, ou échangé contre un bulletin papier.", field="code")


async def reprendre_billets(services: Services, reference: str) -> int:
    """Finishes what a crash left between the urn and the register. Returns how many acts were written."""
    async with services.pool.connection() as connection, connection.transaction():
        if await _making(connection, reference):
            await _settle(connection, reference, await register.lire(services, reference))
    waiting = [note for note in await notes(services, reference) if note.billets]
    for note in waiting:
        await _retirer(services, reference, note.billets, note.geste, note.once)
    return len(waiting)
