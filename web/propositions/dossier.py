"""A proposition as everyone may read it, today or as of a past date or position: page, JSON and feed share it."""

import re
from datetime import date, datetime
from typing import Any

import msgspec
from litestar.exceptions import ClientException, HTTPException

from domain.calendrier import PARIS, date_longue
from domain.ledger.event import Event, Recorded
from projections.instances import InstanceRow
from projections.propositions import PropositionRow
from web.propositions.flux import Flux, fold, read_flux, until
from web.propositions.instances import Annuaire, annuaire
from web.services import Services

REFERENCE = re.compile(r"[A-Z]{2,8}-[0-9]{4}-[0-9]{4,9}")


class Acte(msgspec.Struct):
    """One event of a dossier: `position` from 1 (« acte n° »), `feuille` the leaf hash in hex, dates as recorded."""

    position: int
    version: int
    feuille: str
    evenement: Event
    survenu_le: date | None
    enregistre_le: datetime | None

    @property
    def index(self) -> int:
        """Leaf index, as `/journal` and `/recu` name it."""
        return self.position - 1

    @property
    def nom(self) -> str:
        """Name of the event, as the register has it (`SuiteDonnee`)."""
        return type(self.evenement).__name__


class Dossier(msgspec.Struct):
    """A proposition. `etat` holds its dates and deadlines; `texte` and `prenom` only while they are public.

    `au` is the day or the position that was asked for; `annuaire` names instances and services.
    """

    reference: str
    etat: PropositionRow
    actes: list[Acte]
    instance: InstanceRow
    annuaire: Annuaire
    texte: str | None = None
    prenom: str | None = None
    au: int | date | None = None

    def derniers(self, kind: type[Event]) -> Event | None:
        """The last event of this kind, or None."""
        return next((acte.evenement for acte in reversed(self.actes) if isinstance(acte.evenement, kind)), None)


class PasEncore(HTTPException):
    """The dossier did not exist on that day, or at that position."""

    status_code = 404


def read_au(text: str | None) -> int | date | None:
    """`2026-03-15` as a day, `1842` as a position. Raises 400 on anything else."""
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{1,15}", text):
            return int(text)
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ClientException("Cette date n’est pas lisible. Écrivez ?au=2026-03-15 pour un jour, ?au=1842 pour un acte.")


async def load_dossier(services: Services, reference: str, au: int | date | None = None) -> Dossier | None:
    """The dossier as everyone may read it, or None. Raises PasEncore when `au` is before its first event."""
    flux = await read_flux(services, reference) if REFERENCE.fullmatch(reference) else None
    return None if flux is None else public(services, flux, await annuaire(services), au)


def public(services: Services, flux: Flux, names: Annuaire, au: int | date | None = None) -> Dossier:
    """What of these events everyone may read. What is private or erased today stays so in every past state."""
    faits = flux.faits if au is None else until(flux.faits, au)
    if not faits or faits[0].version != 1:
        raise PasEncore(_debut(flux))
    etat, champs = fold(faits)
    if au is not None:
        champs &= fold(flux.faits)[1]
    values = flux.valeurs(services.vault, etat.depot) if champs else {}
    shown: dict[str, Any] = {champ: values.get(champ) for champ in champs}
    actes = [acte(flux, fait) for fait in faits]
    return Dossier(flux.reference, etat, actes, names.instance(etat.instance), names, au=au, **shown)


def acte(flux: Flux, fait: Recorded) -> Acte:
    """The event as pages show it."""
    feuille = flux.feuilles[fait.position]
    return Acte(fait.position, fait.version, feuille, fait.event, fait.event.survenu_le, fait.recorded_at)


def _debut(flux: Flux) -> str:
    first = flux.faits[0]
    at = first.event.survenu_le or first.recorded_at
    day = at.astimezone(PARIS).date() if isinstance(at, datetime) else at
    when = f"le {date_longue(day)}" if day else "plus tard"
    return f"Le dossier {flux.reference} commence {when}, à l’acte n° {first.position}. Avant, il n’existe pas."
