"""After the complaints: the urn is destroyed, then its secret. Done, then said; a crash between is finished."""

from domain.ledger.command import Command
from domain.ledger.deciding import Act
from domain.ledger.store import Once
from domain.scrutins.detruire_cles import DetruireCles
from domain.scrutins.effacer_urne import EffacerUrne
from domain.scrutins.urne import UrneInconnue
from web.access import Acteur
from web.services import Services
from web.urne import register
from web.urne.closing import ERASE, etat_urne
from web.urne.gestes import IS_NOTED, Geste, noter, notes, rayer

FORGET = "DELETE FROM urne.secrets WHERE reference = %s"


async def effacer(services: Services, acteur: Acteur, reference: str, once: Once | None = None) -> Act:
    """Destroys sealed ballots, credentials, layers and paper entries. Raises RegleViolee before anything goes."""
    urn = await etat_urne(services, reference)
    if urn is None:
        raise UrneInconnue("Ce scrutin n’a pas d’urne.")
    geste = Geste("efface", acteur.personne, acteur.le, urn.n)
    return await _faire(services, reference, geste, once or register.une_fois("efface", reference))


async def detruire_cles(services: Services, acteur: Acteur, reference: str, once: Once | None = None) -> Act:
    """Destroys k_scrutin: no code, not even one found on a slip, leads anywhere any more."""
    geste = Geste("detruit", acteur.personne, acteur.le)
    return await _faire(services, reference, geste, once or register.une_fois("detruit", reference))


async def _faire(services: Services, reference: str, geste: Geste, once: Once) -> Act:
    command = _command(reference, geste)
    again = await register.deja_fait(services, reference, once)
    if again is None:
        await register.essayer(services, command)
        async with services.pool.connection() as connection, connection.transaction():
            if await (await connection.execute(IS_NOTED, (once.key,))).fetchone() is None:
                await noter(services, connection, reference, geste, [], once)
            await connection.execute(ERASE if geste.acte == "efface" else FORGET, (reference,))
        again = await services.ledger.execute(command, once)
    await rayer(services, once)
    return again


def _command(reference: str, geste: Geste) -> Command:
    if geste.acte == "efface":
        return EffacerUrne(geste.personne, geste.le, reference, n=geste.n)
    return DetruireCles(geste.personne, geste.le, reference)


async def reprendre_effacement(services: Services, reference: str) -> int:
    """Finishes what a crash left. Returns how many acts were written."""
    waiting = [note for note in await notes(services, reference) if not note.billets]
    for note in waiting:
        await _faire(services, reference, note.geste, note.once)
    return len(waiting)
