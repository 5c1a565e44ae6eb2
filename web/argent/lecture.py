"""Rows of the money read for pages; names and addresses of beneficiaries; what is read again only after a new act."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from domain.enveloppes import events as e
from domain.ledger.entry import recorded
from domain.ledger.event import stream_id
from projections.instances import CommuneRow
from projections.watcher import Watcher
from web.propositions.instances import Annuaire, annuaire
from web.services import Services
from web.territoire.communes import Communes, read_communes, slug

T = TypeVar("T")
READ = """SELECT notification_id, state FROM ledger.stored_events WHERE originator_id = %s ORDER BY notification_id"""
PREFIXE = "ctm-"
AU_PLUS = 500  # readings kept between two acts

_known: WeakKeyDictionary[Watcher, tuple[int, dict[str, Any]]] = WeakKeyDictionary()


async def une_fois(services: Services, nom: str, lire: Callable[[Services], Awaitable[T]]) -> T:
    """What `lire` gives, read again only when the projections have moved on."""
    position = services.watcher.projected
    known = _known.get(services.watcher)
    if known is None or known[0] != position:
        known = _known[services.watcher] = position, {}
    if nom not in known[1]:
        if len(known[1]) >= AU_PLUS:
            known[1].clear()
        known[1][nom] = await lire(services)
    found: T = known[1][nom]
    return found


class Lieux(msgspec.Struct, frozen=True):
    """Communes and conférences, by what accounts call them: an INSEE code, or a slug."""

    communes: Communes
    annuaire: Annuaire

    def nom(self, code: str, annee: int | None = None) -> str:
        """Its name, that of the year for a commune that merged."""
        row = self.communes.rows.get(code)
        if row is None:
            return self.annuaire.nom(code)
        return _nom_de_l_annee(row, annee) if annee else row.nom

    def adresse(self, code: str) -> str:
        """What addresses call it: `bron`, `ctm-villeurbanne`."""
        row = self.communes.rows.get(code)
        return slug(row.nom) if row else code

    def page(self, code: str) -> str:
        """Its own page, or nothing."""
        if code in self.communes.rows:
            return f"/communes/{self.adresse(code)}"
        return f"/ctm/{code.removeprefix(PREFIXE)}" if code.startswith(PREFIXE) else ""

    def code(self, adresse: str) -> str:
        """What accounts call what this address names."""
        row = self.communes.find(adresse)
        return row.insee if row else adresse

    def ctm(self, code: str) -> str:
        """Its conférence."""
        row = self.communes.rows.get(code)
        return row.ctm if row else code


async def lieux(services: Services) -> Lieux:
    """All of them."""
    return await une_fois(services, "lieux", _lieux)


async def _lieux(services: Services) -> Lieux:
    return Lieux(await read_communes(services), await annuaire(services))


def _nom_de_l_annee(row: CommuneRow, annee: int) -> str:
    for former in row.precedents:
        if date.fromisoformat(former["au"]).year >= annee:
            return str(former["nom"])
    return row.nom


class Partage(msgspec.Struct, frozen=True):
    """A split with the inputs that it was computed from. `position`: of the act that adopts it."""

    donnees: e.DonneesArretees
    adoptee: e.RepartitionAdoptee
    position: int


class Enveloppe(msgspec.Struct):
    """An envelope and its splits, in order."""

    reference: str
    ouverte: e.EnveloppeOuverte
    position: int
    partages: list[Partage]

    def en_vigueur(self, annee: int) -> Partage | None:
        """The split that rules this year."""
        return next((one for one in reversed(self.partages) if one.adoptee.annee_debut <= annee), None)


async def read_enveloppe(services: Services, reference: str) -> Enveloppe | None:
    """The envelope, or None."""
    return await une_fois(services, f"enveloppe {reference}", lambda found: _enveloppe(found, reference))


async def _enveloppe(services: Services, reference: str) -> Enveloppe | None:
    rows = await services.fetch(READ, (stream_id(f"enveloppes/{reference}"),))
    found: Enveloppe | None = None
    given: e.DonneesArretees | None = None
    for position, state in rows:
        event = recorded(position, bytes(state)).event
        match event:
            case e.EnveloppeOuverte():
                found = Enveloppe(reference, event, position, [])
            case e.DonneesArretees():
                given = event
            case e.RepartitionAdoptee() if found is not None and given is not None:
                found.partages.append(Partage(given, event, position))
    return found
