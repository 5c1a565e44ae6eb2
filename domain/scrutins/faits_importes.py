"""Facts of imported elections, read from `domain.scrutins.events` like the others."""

from typing import ClassVar, Literal

from domain.ledger.event import Event

TypeVote = Literal["approval", "choose-1", "cumulative", "ordinal"]


class ScrutinImporte(Event, frozen=True, kw_only=True):
    """An election held elsewhere, from a Pabulib file: already counted, by a rule that is named.

    Costs and budget are in the smallest unit of the file, `unite` of them to one unit. `meta` keeps the short lines of
    the file's own. `empreinte` is the sha256 of the file, whose bytes follow in `LignesImportees`. `note`: what to know
    of the choice of the rule, when the file does not name one of ours.
    """

    TOPIC: ClassVar[str] = "scrutins/ScrutinImporte/1"
    titre: str
    source: str
    meta: dict[str, str]
    type_vote: TypeVote
    budget: int
    unite: int
    longueur_max: int
    n_projets: int
    n_bulletins: int
    regle_comptage: str
    parametres: dict[str, str | int]
    gagnants: tuple[str, ...]
    empreinte: str
    par: str
    codage: Literal["texte", "base64"] = "texte"
    note: str = ""


class LignesImportees(Event, frozen=True, kw_only=True):
    """One lot of the file's own lines, line ends included (a long one in pieces): all lots, joined, are the file.

    `base64` on `ScrutinImporte`: the pieces are base64 of bytes, for a file whose text is not in normal form C.
    """

    TOPIC: ClassVar[str] = "scrutins/LignesImportees/1"
    lot: int
    lots: int
    lignes: tuple[str, ...]
