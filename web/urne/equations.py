"""The equations of the minutes: what anyone checks with the register alone, and what one pupil checks with a number."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from domain.ledger.event import Event
from domain.scrutins.bulletins import cle
from domain.scrutins.compte import empreinte_bulletins
from domain.scrutins.etat import Scrutin, retenir
from domain.scrutins.events import BulletinDepouille, BulletinsDepouilles, UrneRelevee


def ecarts(events: Iterable[Event]) -> list[str]:
    """Every equation that does not hold, in words; nothing when all do. Those that are not due yet are left out."""
    scrutin, readings, ballots = Scrutin(), list[str](), list[BulletinDepouille]()
    for event in events:
        retenir(scrutin, event)
        if isinstance(event, UrneRelevee):
            readings += event.empreintes
        elif isinstance(event, BulletinsDepouilles):
            ballots += event.bulletins
    found = _urne(scrutin, readings) + _couches(scrutin) + _liste(scrutin, ballots)
    return [words for holds, words in found if not holds]


def absents(traceurs: Iterable[str], events: Iterable[Event]) -> list[str]:
    """Numbers of verification that no published ballot carries: their ballots were dropped, replaced, or null."""
    published = {b.t for event in events if isinstance(event, BulletinsDepouilles) for b in event.bulletins}
    return sorted(set(traceurs) - published)


def _urne(scrutin: Scrutin, readings: list[str]) -> list[tuple[bool, str]]:
    closed = scrutin.clos
    if closed is None:
        return []
    digest = sha256(b"".join(sorted(map(bytes.fromhex, readings)))).hexdigest()
    handed = closed.n_crees - closed.n_annules - closed.n_echanges
    return [
        (closed.n_urne == closed.n_utilises, "bulletins dans l’urne = billets utilisés"),
        (closed.n_urne == len(readings), "bulletins dans l’urne = bulletins relevés"),
        (closed.empreinte_urne == digest, "empreinte de l’urne = empreinte des relevés"),
        (closed.n_utilises <= handed, "billets utilisés <= billets créés, ni annulés ni échangés"),
    ]


def _couches(scrutin: Scrutin) -> list[tuple[bool, str]]:
    before, found = scrutin.clos.n_urne if scrutin.clos else 0, list[tuple[bool, str]]()
    for nom in ("metropole", "bureau"):
        if layer := scrutin.couches.get(nom):
            found += [
                (layer.n_entrees == before, f"entrées de la couche {nom} = ce qui y arrive"),
                (layer.n_sorties + sum(layer.rejets.values()) == layer.n_entrees, f"couche {nom} : sorties + rejets"),
            ]
            before = layer.n_sorties
    return found


def _liste(scrutin: Scrutin, ballots: list[BulletinDepouille]) -> list[tuple[bool, str]]:
    count, last = scrutin.depouille, scrutin.couches.get("bureau")
    if count is None or last is None:
        return []
    found = [
        (count.n == last.n_sorties + count.n_papier, "bulletins = sorties de la dernière couche + papier"),
        (count.n_bulletins + sum(count.nuls.values()) == count.n, "bulletins qui comptent + nuls = bulletins"),
    ]
    if count.liste == "publiee":
        found += [
            (len(ballots) == count.n_bulletins, "bulletins publiés = bulletins qui comptent"),
            (max(Counter(b.t for b in ballots).values(), default=1) == 1, "numéros de vérification tous différents"),
            (ballots == sorted(ballots, key=cle), "bulletins publiés triés"),
            (empreinte_bulletins(ballots) == count.empreinte_bulletins, "empreinte des bulletins publiés"),
        ]
    return found
