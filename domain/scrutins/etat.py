"""What the stream of a scrutin says of it: the state that commands, pages and tables share."""

from datetime import date, datetime
from typing import Literal

import msgspec

from domain.calendrier import jour
from domain.ledger.event import Event
from domain.scrutins import events as e

Phase = Literal[
    "prepare", "confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes", "depouille", "proclame",
    "efface", "annule", "importe",
]  # fmt: skip


class Geste(msgspec.Struct, frozen=True):
    """Who did it (a function) and what day: enough to ask that somebody else does what follows."""

    par: str
    le: date | None


class LotPapier(msgspec.Struct, kw_only=True):
    """A lot of paper ballots. `n` and `empreinte` are those of the first entry, then of the settled lot."""

    n: int
    empreinte: str
    saisi: Geste
    contre: Geste | None = None
    contre_empreinte: str = ""
    ecarts: int = 0
    valide: bool = False


class Reclamation(msgspec.Struct, frozen=True):
    """A complaint: why, when, and what was decided of it (None while it waits)."""

    rang: int
    motif: str
    le: date | None
    decision: str | None = None


class Scrutin(msgspec.Struct, kw_only=True):
    """The state of a scrutin. Counts of slips are running totals: what is handed out again counts twice in `n_remis`.

    `groupes`: slips of each group that are out; `n_papier`: ballots of settled lots; `cree` is None for an import.
    """

    cree: e.ScrutinCree | None = None
    importe: e.ScrutinImporte | None = None
    creation: Geste | None = None
    confirmation: Geste | None = None
    cles: dict[str, str] = {}
    tenues: dict[str, Geste] = {}
    n_crees: int = 0
    n_remis: int = 0
    n_rendus: int = 0
    n_annules: int = 0
    n_echanges: int = 0
    groupes: dict[str, int] = {}
    membres: tuple[str, ...] = ()
    ouvert_le: datetime | None = None
    clos_le: datetime | None = None
    n_releves: int = 0
    lots_releves: int = 0
    incidents: int = 0
    annonce: e.DepouillementAnnonce | None = None
    clos: e.ScrutinClos | None = None
    lots: dict[int, LotPapier] = {}
    couches: dict[str, e.CoucheOuverte] = {}
    depouille: e.ScrutinDepouille | None = None
    proclame: e.ResultatProclame | None = None
    reclamations: dict[int, Reclamation] = {}
    annule: e.ScrutinAnnule | None = None
    efface_le: date | None = None
    cles_detruites: bool = False

    @property
    def phase(self) -> Phase:
        """How far it is. `pret`: both keys are published and slips made, the bureau may open."""
        done: list[tuple[object, Phase]] = [
            (self.importe, "importe"), (self.annule, "annule"), (self.efface_le, "efface"),
            (self.proclame, "proclame"), (self.depouille, "depouille"), ("bureau" in self.couches, "couches_ouvertes"),
            (self.couches, "premiere_couche"), (self.clos, "clos"), (self.membres, "ouvert"),
            (self.confirmation and len(self.cles) == 2 and self.n_crees, "pret"), (self.confirmation, "confirme"),
        ]  # fmt: skip
        return next((phase for reached, phase in done if reached), "prepare")

    @property
    def n_papier(self) -> int:
        """Paper ballots of settled lots."""
        return sum(lot.n for lot in self.lots.values() if lot.valide)

    @property
    def en_main(self) -> int:
        """Slips handed out and not brought back."""
        return self.n_remis - self.n_rendus


def retenir(scrutin: Scrutin, event: Event) -> None:
    """Adds what this event says, in place; an event of another stream says nothing."""
    match event:
        case e.ScrutinCree():
            scrutin.cree, scrutin.creation = event, _geste(event.par, event)
        case e.ScrutinImporte():
            scrutin.importe = event
        case e.ReglesConfirmees():
            scrutin.confirmation = _geste(event.par, event)
        case e.ClesDuScrutinPubliees():
            scrutin.cles[event.couche], scrutin.tenues[event.couche] = event.cle, _geste(event.par, event)
        case e.ScrutinOuvert():
            scrutin.ouvert_le, scrutin.membres = _moment(event), event.membres
        case e.UrneRelevee():
            scrutin.n_releves, scrutin.lots_releves = scrutin.n_releves + event.n, scrutin.lots_releves + 1
        case e.IncidentConsigne():
            scrutin.incidents += 1
        case e.DepouillementAnnonce():
            scrutin.annonce = event
        case e.ScrutinClos():
            scrutin.clos, scrutin.clos_le = event, _moment(event)
        case e.CoucheOuverte():
            scrutin.couches[event.couche] = event
        case e.ScrutinDepouille():
            scrutin.depouille = event
        case e.ResultatProclame():
            scrutin.proclame = event
        case e.ScrutinAnnule():
            scrutin.annule = event
        case e.UrneEffacee():
            scrutin.efface_le = _jour(event) or date.min
        case e.ClesDetruites():
            scrutin.cles_detruites = True
        case _:
            _billets(scrutin, event)
            _papier(scrutin, event)
            _reclamations(scrutin, event)


def _billets(scrutin: Scrutin, event: Event) -> None:
    match event:
        case e.BilletsCrees():
            scrutin.n_crees += event.n
        case e.BilletsRemis():
            scrutin.n_remis += event.n
            scrutin.groupes[event.groupe] = scrutin.groupes.get(event.groupe, 0) + event.n
        case e.BilletsRendus():
            scrutin.n_rendus += event.n
            scrutin.groupes[event.groupe] = scrutin.groupes.get(event.groupe, 0) - event.n
        case e.BilletsAnnules():
            scrutin.n_annules += event.n
        case e.BilletEchangeContrePapier():
            scrutin.n_echanges += 1


def _papier(scrutin: Scrutin, event: Event) -> None:
    match event:
        case e.LotPapierSaisi():
            scrutin.lots[event.lot] = LotPapier(n=event.n, empreinte=event.empreinte, saisi=_geste(event.par, event))
        case e.LotPapierContreSaisi() if lot := scrutin.lots.get(event.lot):
            lot.contre, lot.contre_empreinte = _geste(event.par, event), event.empreinte
            lot.ecarts = event.ecarts
        case e.LotPapierValide() if lot := scrutin.lots.get(event.lot):
            lot.n, lot.empreinte, lot.valide = event.n, event.empreinte, True


def _reclamations(scrutin: Scrutin, event: Event) -> None:
    match event:
        case e.ReclamationDeposee():
            scrutin.reclamations[event.rang] = Reclamation(event.rang, event.motif, _jour(event))
        case e.ReclamationTranchee() if found := scrutin.reclamations.get(event.rang):
            scrutin.reclamations[event.rang] = msgspec.structs.replace(found, decision=event.decision)


def _geste(par: str, event: Event) -> Geste:
    return Geste(par, _jour(event))


def _jour(event: Event) -> date | None:
    return jour(event.survenu_le) if event.survenu_le else None


def _moment(event: Event) -> datetime | None:
    return event.survenu_le if isinstance(event.survenu_le, datetime) else None
