"""Opening the two layers, each with its holder's sheet, then counting. Between the two, ciphertexts only are kept.

What a layer gives is kept in the urn, then said in the register: a crash between is an opening to do again, with the
same result. A wrong sheet, an urn that is not what the register says: nothing is touched.
"""

import asyncio
from typing import Final

from domain.ledger.deciding import Act
from domain.ledger.store import Once
from domain.scrutins.bulletins import lire, lire_papier
from domain.scrutins.depouillement import Depouillement, preparer
from domain.scrutins.depouiller_scrutin import DepouillerScrutin
from domain.scrutins.events import BulletinDepouille, Couche, ScrutinCree
from domain.scrutins.ouvrir_couche import OuvrirCouche
from domain.scrutins.urne import CouchePasEncore, UrneAlteree
from web.access import Acteur
from web.services import Services
from web.urne import layers, progress, register
from web.urne.closing import BALLOTS
from web.urne.digests import empreinte, empreinte_urne
from web.urne.keys import lire_feuille
from web.urne.paper import Bulletin, bulletins_papier
from web.urne.register import Registre
from web.urne.secrets import Secret, secret

KEEP = """INSERT INTO urne.couches (reference, couche, sorties) VALUES (%s, %s, %s)
    ON CONFLICT (reference, couche) DO UPDATE SET sorties = excluded.sorties"""
KEPT = "SELECT sorties FROM urne.couches WHERE reference = %s AND couche = %s"
DROP = "DELETE FROM urne.couches WHERE reference = %s AND couche = 'bureau'"
AUTRE: Final[dict[Couche, Couche]] = {"metropole": "bureau", "bureau": "metropole"}
SEL_COUCHE, SEL_LISTE = "couche bureau", "liste"


async def ouvrir_couche(
    services: Services, acteur: Acteur, reference: str, couche: Couche, feuille: str, once: Once | None = None
) -> Act:
    """Opens one layer of every ballot with the sheet of its holder, and says what came out.

    Raises RegleViolee: FeuilleMalCopiee and the like, CouchePasEncore, UrneAlteree, those of the command.
    """
    if again := await register.deja_fait(services, reference, once):
        return again
    registre = await register.lire(services, reference)
    sealing = await secret(services, reference)
    opened = await _ouvrir(services, registre, sealing, couche, feuille)
    pieces = b"".join(opened.sorties)
    command = OuvrirCouche(
        acteur.personne,
        acteur.le,
        reference,
        couche=couche,
        n_entrees=opened.entrees,
        n_sorties=len(opened.sorties),
        rejets=opened.rejets,
        empreinte=_digest(sealing, couche, opened.sorties),
    )
    await register.essayer(services, command)
    kept = pieces if couche == "metropole" else sealing.sceller(pieces, SEL_COUCHE)
    async with services.pool.connection() as connection:
        await connection.execute(KEEP, (reference, couche, kept))
    return await services.ledger.execute(command, once)


async def _ouvrir(
    services: Services, registre: Registre, sealing: Secret, couche: Couche, feuille: str
) -> layers.Couche:
    reference, keys = sealing.reference, registre.scrutin.cles
    if couche not in keys:
        raise CouchePasEncore("La clé de cette couche n’a pas été publiée.")
    key = lire_feuille(feuille, keys[couche], keys.get(AUTRE[couche]))
    progres = progress.telling(services, reference)
    try:
        if couche == "metropole":
            ballots = await _urne(services, reference, registre)
            return await asyncio.to_thread(layers.premiere_couche, ballots, key, reference, progres)
        inner = await _interieurs(services, reference, registre)
        return await asyncio.to_thread(layers.seconde_couche, inner, key, reference, progres)
    finally:
        progress.over(services, reference)


def _digest(sealing: Secret, couche: Couche, sorties: list[bytes]) -> str:
    """The padded texts hold 40 bits of chance each: salted, or the digest of a few could be searched for."""
    return empreinte(sorties, b"" if couche == "metropole" else sealing.sel(SEL_COUCHE))


async def _urne(services: Services, reference: str, registre: Registre) -> list[tuple[bytes, bytes]]:
    """The sealed ballots, once closed, as the register says they are."""
    closed = registre.scrutin.clos
    if closed is None:
        raise CouchePasEncore("Le vote n’est pas fermé : rien ne peut être ouvert.")
    if registre.scrutin.phase != "clos":
        raise CouchePasEncore("Cette couche est déjà ouverte, ou le vote est annulé.")
    return await _ballots(services, reference, registre)


async def _ballots(services: Services, reference: str, registre: Registre) -> list[tuple[bytes, bytes]]:
    closed = registre.scrutin.clos
    rows = await services.fetch(BALLOTS, (reference,))
    ballots = [(bytes(billet), bytes(scelle)) for billet, scelle in rows]
    found = empreinte_urne(scelle for _, scelle in ballots), empreinte(billet for billet, _ in ballots)
    if closed is None or found != (closed.empreinte_urne, closed.empreinte_utilises):
        raise UrneAlteree("L’urne n’est plus celle qui a été fermée : son empreinte a changé.")
    return ballots


async def _interieurs(services: Services, reference: str, registre: Registre) -> list[bytes]:
    """What the first layer gave, as the register says it is."""
    opened = registre.scrutin.couches.get("metropole")
    if opened is None:
        raise CouchePasEncore("La clé de la Métropole ouvre d’abord : c’est la couche du dehors.")
    if registre.scrutin.phase != "premiere_couche":
        raise CouchePasEncore("Cette couche est déjà ouverte, ou le vote est annulé.")
    rows = await services.fetch(KEPT, (reference, "metropole"))
    pieces = layers.decouper(bytes(rows[0][0]) if rows else b"", layers.longueur_interieure(registre.cree.longueur))
    if empreinte(pieces) != opened.empreinte:
        raise UrneAlteree("Ce que la première couche a donné a changé depuis : son empreinte n’est plus la même.")
    return pieces


async def depouiller(services: Services, acteur: Acteur, reference: str, once: Once | None = None) -> Act:
    """Counts, with the settled lots of paper. Deterministic; to be asked again after a crash. Raises RegleViolee."""
    if again := await register.deja_fait(services, reference, once):
        return again
    registre = await register.lire(services, reference)
    if registre.scrutin.phase != "couches_ouvertes":
        raise CouchePasEncore("Les deux couches doivent être ouvertes, et le dépouillement se fait une fois.")
    sealing = await secret(services, reference)
    texts = await _clairs(services, registre, sealing)
    compte = await _compter(services, registre, sealing, texts)
    command = DepouillerScrutin(acteur.personne, acteur.le, reference, compte=compte)
    act = await services.ledger.execute(command, once)
    if compte.publiee:  # null ballots are kept nowhere; under k_min the bureau still reads its list
        async with services.pool.connection() as connection:
            await connection.execute(DROP, (reference,))
    return act


async def liste_du_bureau(services: Services, reference: str) -> tuple[BulletinDepouille, ...]:
    """The ballots that count, where there are too few to publish them: for the bureau only, until the urn goes."""
    registre = await register.lire(services, reference)
    sealing = await secret(services, reference)
    texts = await _clairs(services, registre, sealing)
    return (await _compter(services, registre, sealing, texts)).bulletins


async def recompter(services: Services, reference: str, feuille_metropole: str, feuille_bureau: str) -> list[str]:
    """Counts again from the sealed ballots, writing nothing. What differs from the register, in words: nothing, or all.

    Raises RegleViolee on a wrong sheet or an urn that changed.
    """
    registre = await register.lire(services, reference)
    keys, sealing = registre.scrutin.cles, await secret(services, reference)
    outer = lire_feuille(feuille_metropole, keys.get("metropole", ""), keys.get("bureau"))
    inner = lire_feuille(feuille_bureau, keys.get("bureau", ""), keys.get("metropole"))
    ballots = await _ballots(services, reference, registre)
    first = await asyncio.to_thread(layers.premiere_couche, ballots, outer, reference)
    second = await asyncio.to_thread(layers.seconde_couche, first.sorties, inner, reference)
    compte, said = await _compter(services, registre, sealing, second.sorties), registre.scrutin.depouille
    again: dict[Couche, layers.Couche] = {"metropole": first, "bureau": second}
    found = [
        (f"couche {couche}", opened.empreinte, _digest(sealing, couche, layer.sorties))
        for couche, layer in again.items()
        if (opened := registre.scrutin.couches.get(couche))
    ]
    if said is not None:
        found += [
            ("bulletins", said.empreinte_bulletins, compte.empreinte),
            ("étapes du calcul", said.empreinte_trace, compte.empreinte_trace),
        ]
    return [what for what, register_says, count_says in found if register_says != count_says]


async def _clairs(services: Services, registre: Registre, sealing: Secret) -> list[bytes]:
    rows = await services.fetch(KEPT, (sealing.reference, "bureau"))
    opened = registre.scrutin.couches.get("bureau")
    if not rows or opened is None:
        raise CouchePasEncore("Les deux couches ne sont pas ouvertes, ou la liste n’est plus gardée.")
    pieces = layers.decouper(sealing.ouvrir(bytes(rows[0][0]), SEL_COUCHE), registre.cree.longueur)
    if _digest(sealing, "bureau", pieces) != opened.empreinte:
        raise UrneAlteree("Ce que la seconde couche a donné a changé depuis : son empreinte n’est plus la même.")
    return pieces


async def _compter(services: Services, registre: Registre, sealing: Secret, texts: list[bytes]) -> Depouillement:
    settled = [lot.empreinte for _, lot in sorted(registre.scrutin.lots.items()) if lot.valide]
    paper = await bulletins_papier(services, sealing.reference, settled)
    return await asyncio.to_thread(_lire_et_compter, registre.cree, texts, paper, sealing.sel(SEL_LISTE))


def _lire_et_compter(cree: ScrutinCree, texts: list[bytes], paper: list[Bulletin], sel: bytes) -> Depouillement:
    read = [lire(text, cree) for text in texts]
    read += [one.nul or lire_papier(one.c, one.p, one.t, cree) for one in paper]
    return preparer(cree, read, sel)
