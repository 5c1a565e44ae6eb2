"""Names of instances and services for pages, and the lists of dossiers of each instance."""

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException, NotFoundException

from domain.droits import FONCTIONS, fonction_id
from projections.instances import InstanceRow
from projections.watcher import Watcher
from web.services import Services, services

READ = """SELECT slug, nom, sigle, type, serie, repondant, adresse, telephone, courriel, du, au, appellations, position
    FROM instances"""


class NotYetShown(HTTPException):
    """The log names an instance that the projections have not reached: just after a start, for a moment."""

    status_code = 503
    detail = "Registre vient de démarrer et relit ses actes. Revenez dans quelques secondes."


class Annuaire(msgspec.Struct):
    """Every instance and service, by slug."""

    par_slug: dict[str, InstanceRow]

    def instance(self, slug: str) -> InstanceRow:
        """The instance. Raises NotYetShown."""
        if slug not in self.par_slug:
            raise NotYetShown
        return self.par_slug[slug]

    def nom(self, slug: str | None) -> str:
        """What people call it; the slug itself when the register does not have it."""
        return self.par_slug[slug].nom if slug in self.par_slug else slug or ""

    def nom_le(self, slug: str, le: date) -> str:
        """What it was called on that day: a former name, where its dates are known and hold that day."""
        former = self.par_slug[slug].appellations if slug in self.par_slug else []
        known = [name for name in former if name["du"] and name["au"] and name["du"] <= le.isoformat() <= name["au"]]
        return str(known[-1]["nom"]) if known else self.nom(slug)

    def service(self, instance: InstanceRow) -> InstanceRow:
        """The service that answers for this instance: its address and telephone are on the receipt."""
        return self.par_slug.get(instance.repondant or "", instance)

    def fonction(self, par: str | None) -> str:
        """« Animation, GEPI » of `animation:gepi`."""
        fonction, slug = fonction_id(par or "")
        nom = FONCTIONS[fonction].nom if fonction in FONCTIONS else fonction
        return f"{nom}, {self.par_slug[slug].sigle}" if slug in self.par_slug else nom


_known: WeakKeyDictionary[Watcher, tuple[int, Annuaire]] = WeakKeyDictionary()


async def annuaire(services: Services) -> Annuaire:
    """The directory, read again only when the projections have moved on."""
    position, known = services.watcher.projected, _known.get(services.watcher)
    if known is None or known[0] != position:
        rows = await services.fetch(READ)
        found = [InstanceRow(**dict(zip(InstanceRow.__struct_fields__, row, strict=True))) for row in rows]
        known = _known[services.watcher] = position, Annuaire({row.slug: row for row in found})
    return known[1]


async def find_instance(request: Request[Any, Any, Any], slug: str) -> InstanceRow:
    """An instance that receives propositions. Raises 404."""
    found = (await annuaire(services(request))).par_slug.get(slug or "gepi")
    if found is None or found.serie is None:
        raise NotFoundException("Cette instance n’est pas dans le registre.")
    return found
