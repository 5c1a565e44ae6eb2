"""Chains read again only when the projections have moved on; the last ones that were asked for are kept."""

from collections import OrderedDict
from datetime import date, datetime
from weakref import WeakKeyDictionary

from domain.calendrier import PARIS
from projections.watcher import Watcher
from web.chaine.lecture import Chaine, charger
from web.services import Services

GARDEES = 64
Cle = tuple[str, int | date | None, date]

_known: WeakKeyDictionary[Watcher, tuple[int, OrderedDict[Cle, Chaine | None]]] = WeakKeyDictionary()


async def chaine(services: Services, reference: str, au: int | date | None = None) -> Chaine | None:
    """The chain, as `charger` reads it. Raises PasEncore when `au` is before its first act."""
    position, known = services.watcher.projected, _known.get(services.watcher)
    if known is None or known[0] != position:
        known = _known[services.watcher] = position, OrderedDict()
    kept, key = known[1], (reference, au, datetime.now(PARIS).date())
    if key not in kept:
        kept[key] = await charger(services, reference, au)
        if len(kept) > GARDEES:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
