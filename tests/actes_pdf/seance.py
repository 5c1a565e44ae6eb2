"""A meeting of a small Council from its facts, as its documents read it; no database."""

from domain.jeux_de_regles import Jeux
from domain.ledger.entry import encode_entry, leaf_hash, recorded
from domain.ledger.event import Event
from projections.deliberations import DeliberationRow
from projections.rows import Rows
from projections.seances import SeanceRow
from tests.monde import instance
from tests.seances.monde import SEA, membres
from tests.spec import NOW, ORIGIN
from web.actes_pdf.annee import annuaire_de
from web.actes_pdf.dossier import Dossier, assembler
from web.deliberations.lecture import Fait, composition_de, plier, seance_de
from web.seances.lecture import SEANCES, Reunion


def faits(stream: str, events: list[Event], first: int = 1) -> list[Fait]:
    """These events as the register gives them back, from that position on."""
    found = []
    for version, event in enumerate(events, start=1):
        entry = encode_entry(event, ORIGIN, stream, version, NOW, [])
        found.append(Fait(recorded(first + version - 1, entry), leaf_hash(entry).hex()))
    return found


def dossier(events: list[Event], n: int, projets: dict[str, list[Event]] | None = None) -> Dossier:
    """The meeting of a Council of `n` members, and the deliberations that it examined."""
    rows, own = Rows(), faits(f"seances/{SEA}", events, 1_000)
    for fait in own:
        SEANCES.apply(fait.fact, rows)
    [row] = rows.all(SeanceRow)
    composition = composition_de(faits("assemblees/conseil", membres(n)))
    names = annuaire_de(faits("instances/conseil", [instance("conseil", "conseil", serie=None)]))
    found: dict[str, DeliberationRow] = {
        numero: plier(faits(f"deliberations/{numero}", told))[0] for numero, told in (projets or {}).items()
    }
    return assembler(Reunion(row, seance_de(own), composition, own, names, Jeux()), found)
