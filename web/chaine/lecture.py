"""All that the register says of one dossier and of those that it is tied to; now, or as of `au`."""

from datetime import date, datetime
from typing import Any, LiteralString

import msgspec

from domain.calendrier import PARIS, date_longue, jour
from domain.deliberations.events import ProjetDepose
from domain.enveloppes.events import CreditEngage, CreditLibere, CreditMandate
from domain.ledger.entry import recorded
from domain.ledger.event import Recorded, stream_id
from domain.propositions.events import PropositionQualifiee
from domain.scrutins.events import ScrutinCree, ScrutinImporte
from domain.seances import events as s
from projections.chaines import LienRow
from web.chaine.dossiers import Serie, flux, intitule, serie
from web.chaine.mot import Contexte, Fait
from web.chaine.mots import decisifs, racontes, sujets
from web.propositions.dossier import PasEncore
from web.propositions.flux import until
from web.propositions.instances import annuaire
from web.services import Services

LIENS: LiteralString = """SELECT cle, de, vers, nature, le, position FROM liens
    WHERE de = ANY(%s) OR vers = ANY(%s) ORDER BY position LIMIT 500"""
FAITS: LiteralString = """SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = ANY(%s)
    UNION ALL SELECT notification_id, state FROM ledger.stored_events
    WHERE originator_id = ANY(%s) AND topic = ANY(%s)
    UNION ALL SELECT notification_id, state FROM ledger.stored_events
    WHERE notification_id IN (SELECT position FROM mouvements WHERE operation = ANY(%s))"""
DE_LA_SEANCE = (
    *(s.SeancePlanifiee, s.ConvocationEnvoyee, s.SeanceOuverte, s.SeanceReportee, s.SeanceAnnulee),
    *(s.QuorumConstate, s.PvArrete, s.PvPublie, s.RectificationEnregistree),
)
INTITULES = (ProjetDepose, ScrutinCree, ScrutinImporte, PropositionQualifiee)
FINANCES: LiteralString = """SELECT c.enveloppe || ' ' || m.operation || ' finance', c.enveloppe, m.operation,
    'finance', min(m.le), min(m.position) FROM mouvements m JOIN comptes c ON c.cle = m.compte
    WHERE m.operation = ANY(%s) OR (m.operation IS NOT NULL AND c.enveloppe = ANY(%s))
    GROUP BY c.enveloppe, m.operation ORDER BY 6 LIMIT 500"""
PLUS_LOIN = 12  # a neighbour with more links than that is a crossroads: its own chain shows them
CREDITS = (CreditEngage, CreditLibere, CreditMandate)


class Voisin(msgspec.Struct):
    """A linked dossier. `sens`: amont (it led here), aval (it comes from here), seance; `le` of the link."""

    reference: str
    sens: str
    nature: str
    le: date | None
    position: int
    titre: str = ""
    connu: bool = False
    direct: bool = True


class Chaine(msgspec.Struct):
    """A dossier, its facts and those of its neighbours in legal order. `jour`: the day as of which pieces are due.

    `places` and `pages` are what was made of them already (`noeuds`, `vue`).
    """

    reference: str
    serie: Serie
    titre: str
    contexte: Contexte
    voisins: list[Voisin]
    jour: date
    au: int | date | None = None
    places: list[Any] | None = None
    pages: dict[int, dict[str, Any]] = {}

    @property
    def faits(self) -> list[Fait]:
        return self.contexte.faits

    @property
    def propres(self) -> list[Fait]:
        """Its own facts."""
        return [fait for fait in self.faits if fait.dossier == self.reference]

    @property
    def seances(self) -> set[str]:
        """The meetings where it was on the agenda."""
        return {v.reference for v in self.voisins if (v.sens, v.nature) == ("seance", "seance")}


async def charger(services: Services, reference: str, au: int | date | None = None) -> Chaine | None:
    """The chain, or None when the register has no such dossier. Raises PasEncore when `au` is before its first act."""
    kind = serie(reference)
    if kind is None:
        return None
    around = await _voisins(services, reference)
    facts = await _faits(services, reference, around)
    own = [f for f in facts if f.fact.stream == f"{kind.flux}/{reference}"]
    if not own:
        return None
    kept = facts if au is None else _jusque(facts, au)
    if not any(f.dossier == reference for f in kept):
        raise PasEncore(_debut(reference, own[0]))
    names = await annuaire(services)
    titles = {}
    for fait in kept:
        if said := intitule(fait.event, names):
            titles[fait.dossier] = said
    shown = [v for v in around if _vu(v, au)]
    known = {fait.dossier for fait in kept}
    for voisin in shown:
        voisin.titre, voisin.connu = titles.get(voisin.reference, ""), voisin.reference in known
    ordered = sorted(kept, key=lambda f: (f.le, f.fact.position))
    title = titles.get(reference) or f"{kind.genre} {reference}"
    return Chaine(reference, kind, title, Contexte(names, ordered), shown, _jour(kept, au), au)


async def _voisins(services: Services, reference: str) -> list[Voisin]:
    """Direct ones; then, in the same direction, those of each neighbour that is no crossroads."""
    near = _sens(reference, await _liens(services, [reference]))
    found = {voisin.reference: voisin for voisin in near}
    further = [v.reference for v in near if v.sens != "seance"][:50]
    rows = await _liens(services, further) if further else []
    for via in near:
        beyond = [v for v in _sens(via.reference, rows) if v.sens == via.sens and v.sens != "seance"]
        if len(beyond) <= PLUS_LOIN:
            for voisin in beyond:
                voisin.direct = False
                found.setdefault(voisin.reference, voisin)
    found.pop(reference, None)
    return list(found.values())


async def _liens(services: Services, references: list[str]) -> list[LienRow]:
    names = LienRow.__struct_fields__
    rows = await services.fetch(LIENS, (references, references))
    if any(reference.startswith(("EN-", "OP-")) for reference in references):
        rows += await services.fetch(FINANCES, (references, references))
    return [LienRow(**dict(zip(names, row, strict=True))) for row in rows]


def _sens(reference: str, rows: list[LienRow]) -> list[Voisin]:
    """The neighbours of this dossier, once each."""
    found: dict[str, Voisin] = {}
    for row in rows:
        if row.de == reference:
            sens = "seance" if row.nature in ("seance", "presentation") else "aval"
            found.setdefault(row.vers, Voisin(row.vers, sens, row.nature, row.le, row.position))
        elif row.vers == reference:
            found.setdefault(row.de, Voisin(row.de, "amont", row.nature, row.le, row.position))
    return list(found.values())


async def _faits(services: Services, reference: str, around: list[Voisin]) -> list[Fait]:
    """Every fact that may be told, in the order of the register."""
    meetings = [v.reference for v in around if v.sens == "seance" and v.nature == "seance"]
    others = [v.reference for v in around if serie(v.reference) and v.reference not in meetings]
    own = [flux(reference), f"chaines/{reference}"]
    streams = [flux(other) for other in (*others, *meetings)]
    operations = [ref for ref in (reference, *others) if ref.startswith("OP-")]
    rows = await services.fetch(FAITS, (
        [stream_id(name) for name in own], racontes(), [stream_id(name) for name in streams],
        [*decisifs(), *sujets((*DE_LA_SEANCE, *INTITULES))], operations,
    ))  # fmt: skip
    found = [Fait(fact, _dossier(fact)) for fact in (recorded(at, bytes(state)) for at, state in sorted(rows))]
    return [fait for fait in found if not fait.fact.stream.startswith("chaines/") or fait.dossier == reference]


def _dossier(fact: Recorded) -> str:
    """The dossier that a fact is part of: an operation, for what happens on an account."""
    return fact.event.operation if isinstance(fact.event, CREDITS) else fact.stream.partition("/")[2]


def _jusque(faits: list[Fait], au: int | date) -> list[Fait]:
    kept = {fact.position for fact in until([fait.fact for fait in faits], au)}
    return [fait for fait in faits if fait.fact.position in kept]


def _vu(voisin: Voisin, au: int | date | None) -> bool:
    if au is None:
        return True
    return voisin.position <= au if isinstance(au, int) else voisin.le is None or voisin.le <= au


def _jour(faits: list[Fait], au: int | date | None) -> date:
    last = max(faits, key=lambda f: f.fact.position).fact.recorded_at
    if isinstance(au, int) and last is not None:
        return jour(last)
    return au if isinstance(au, date) else datetime.now(PARIS).date()


def _debut(reference: str, first: Fait) -> str:
    at = f"le {date_longue(first.le)}, à l’acte n° {first.fact.position}"
    return f"Le dossier {reference} commence {at}. Avant, il n’existe pas."
