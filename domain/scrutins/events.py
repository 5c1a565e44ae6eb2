"""Facts of a scrutin. Lines are added, never changed.

`par` is a function (`direction:college-des-deux-rives`), never a person. Amounts are cents; digests are lower-case
hexadecimal SHA-256. Events written in one batch about ballots carry no date at all (DATED is False).
"""

from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec

from domain.ledger.event import Event
from domain.scrutins.faits_importes import LignesImportees as LignesImportees
from domain.scrutins.faits_importes import ScrutinImporte as ScrutinImporte
from domain.scrutins.faits_importes import TypeVote as TypeVote
from domain.scrutins.faits_papier import LotPapierContreSaisi as LotPapierContreSaisi
from domain.scrutins.faits_papier import LotPapierSaisi as LotPapierSaisi
from domain.scrutins.faits_papier import LotPapierValide as LotPapierValide

Couche = Literal["metropole", "bureau"]
MotifAnnulation = Literal["perdu", "abime", "doublon", "autre"]
DecisionReclamation = Literal["rejetee", "admise_sans_effet", "scrutin_annule"]
MotifReclamation = Literal["deroulement", "resultat", "secret", "acces", "autre"]


class ProjetAuVote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A project as the ballot shows it. `id` is short (`p1`); `phrase` at most 15 words.

    `comparaison` says the price in things (« le prix de 12 bancs »); `lieu` its place in the collège; `avis` the
    technical opinion in two sentences; `image` the sha256 of a picture that the product serves, or nothing.
    """

    id: str
    titre: str
    cout_cents: int
    phrase: str = ""
    comparaison: str = ""
    lieu: str = ""
    avis: str = ""
    image: str | None = None


class ScrutinCree(Event, frozen=True, kw_only=True):
    """A scrutin and its whole rule, frozen by the confirmation. `essai`: a rehearsal, never mixed with a real one.

    `regle_comptage` and `parametres` are names of COUNTING §1 (`glouton`, `{"score": "votes"}`); `longueur` is the
    fixed length in bytes of a padded ballot; `empreinte_page` the digest of the voting page's script; `college` an
    instance, `dossier` the collège's dossier in its edition (`BPC-2026-0001`); `points_max` the points to share.
    """

    TOPIC: ClassVar[str] = "scrutins/ScrutinCree/1"
    titre: str
    projets: tuple[ProjetAuVote, ...]
    budget_cents: int
    type_vote: TypeVote
    choix_max: int
    regle_comptage: str
    parametres: dict[str, str | int]
    departage: tuple[str, ...]
    ouvre_le: datetime
    ferme_le: datetime
    k_min: int
    jours_reclamation: int
    longueur: int
    empreinte_page: str
    par: str
    college: str | None = None
    dossier: str | None = None
    points_max: int | None = None
    essai: bool = False
    electeurs: int | None = None


class ReglesConfirmees(Event, frozen=True, kw_only=True):
    """A second person has read the rules and confirms them: nothing of ScrutinCree changes any more."""

    TOPIC: ClassVar[str] = "scrutins/ReglesConfirmees/1"
    par: str


class ClesDuScrutinPubliees(Event, frozen=True, kw_only=True):
    """The public key of one layer: base64 of the uncompressed P-256 point. Its private half is on paper only."""

    TOPIC: ClassVar[str] = "scrutins/ClesDuScrutinPubliees/1"
    couche: Couche
    cle: str
    par: str


class BilletsCrees(Event, frozen=True, kw_only=True):
    """`n` slips are printed. `empreinte`: digest of their sorted HMACs (32 bytes each), which only the urn keeps."""

    TOPIC: ClassVar[str] = "scrutins/BilletsCrees/1"
    n: int
    empreinte: str
    par: str


class BilletsRemis(Event, frozen=True, kw_only=True):
    """`n` slips are handed to a class or a group: a number, no name. `groupe` is a word such as « 6e B »."""

    TOPIC: ClassVar[str] = "scrutins/BilletsRemis/1"
    groupe: str
    n: int
    par: str


class BilletsRendus(Event, frozen=True, kw_only=True):
    """`n` slips that were handed out come back unused (absent pupils)."""

    TOPIC: ClassVar[str] = "scrutins/BilletsRendus/1"
    groupe: str
    n: int
    par: str


class BilletsAnnules(Event, frozen=True, kw_only=True):
    """`n` slips are void. `connus`: their codes were given, and can no longer open the ballot."""

    TOPIC: ClassVar[str] = "scrutins/BilletsAnnules/1"
    n: int
    motif: MotifAnnulation
    connus: bool
    par: str


class BilletEchangeContrePapier(Event, frozen=True, kw_only=True):
    """One slip is exchanged for a paper ballot, before the paper ballot is given. Which slip is not written."""

    TOPIC: ClassVar[str] = "scrutins/BilletEchangeContrePapier/1"
    DATED: ClassVar[bool] = False
    par: str


class ScrutinOuvert(Event, frozen=True, kw_only=True):
    """The bureau opens: two adults, or one adult and a pupil. `membres` are roles, never names."""

    TOPIC: ClassVar[str] = "scrutins/ScrutinOuvert/1"
    membres: tuple[str, ...]
    par: str


class UrneRelevee(Event, frozen=True, kw_only=True):
    """Sorted digests of sealed ballots that entered the urn since the last reading: no time, no order, no slip."""

    TOPIC: ClassVar[str] = "scrutins/UrneRelevee/1"
    DATED: ClassVar[bool] = False
    lot: int
    n: int
    empreintes: tuple[str, ...]


class IncidentConsigne(Event, frozen=True, kw_only=True):
    """Something happened during the vote. The words are public and name nobody."""

    TOPIC: ClassVar[str] = "scrutins/IncidentConsigne/1"
    texte: str
    par: str


class DepouillementAnnonce(Event, frozen=True, kw_only=True):
    """When and where the ballots will be counted, in front of everybody. The last one holds."""

    TOPIC: ClassVar[str] = "scrutins/DepouillementAnnonce/1"
    quand: datetime
    lieu: str
    par: str


class ScrutinClos(Event, frozen=True, kw_only=True):
    """The urn is shut. Every count of the minutes, and the digests of the sorted urn and of the used credentials."""

    TOPIC: ClassVar[str] = "scrutins/ScrutinClos/1"
    n_crees: int
    n_remis: int
    n_rendus: int
    n_annules: int
    n_echanges: int
    n_utilises: int
    n_urne: int
    empreinte_urne: str
    empreinte_utilises: str
    par: str


class CoucheOuverte(Event, frozen=True, kw_only=True):
    """One layer of every ballot is opened. `rejets`: how many by reason; `empreinte`: digest of the sorted output."""

    TOPIC: ClassVar[str] = "scrutins/CoucheOuverte/1"
    couche: Couche
    n_entrees: int
    n_sorties: int
    rejets: dict[str, int]
    empreinte: str
    par: str


class BulletinDepouille(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ballot that counts. `t` its tracker (a paper ballot is given one too, so that nothing tells it apart).

    `c` project ids, in the voter's order for a ranking and in the list's otherwise; `p` their points.
    """

    t: str = ""
    c: tuple[str, ...] = ()
    p: tuple[int, ...] = ()


class BulletinsDepouilles(Event, frozen=True, kw_only=True):
    """One lot of the sorted ballots that count, at most 12 KiB; absent under `k_min`. `lot` of `lots`, from 1."""

    TOPIC: ClassVar[str] = "scrutins/BulletinsDepouilles/1"
    DATED: ClassVar[bool] = False
    lot: int
    lots: int
    bulletins: tuple[BulletinDepouille, ...]


class ScrutinDepouille(Event, frozen=True, kw_only=True):
    """The count. `nuls`: null ballots by reason, never their content; `gagnants` in the order of selection.

    `empreinte_bulletins`: digest of the canonical JSON of all sorted ballots (salted under `k_min`, see `liste`);
    `empreinte_trace`: digest of the canonical JSON of the steps. `n` = n_bulletins + the null ones.
    """

    TOPIC: ClassVar[str] = "scrutins/ScrutinDepouille/1"
    n: int
    n_bulletins: int
    n_papier: int
    n_blancs: int
    nuls: dict[str, int]
    voix: dict[str, int]
    gagnants: tuple[str, ...]
    cout_total_cents: int
    empreinte_bulletins: str
    empreinte_trace: str
    liste: Literal["publiee", "bureau"]
    par: str


class ResultatProclame(Event, frozen=True, kw_only=True):
    """The result is proclaimed: complaints are received until `reclamations_jusqu_au` included."""

    TOPIC: ClassVar[str] = "scrutins/ResultatProclame/1"
    gagnants: tuple[str, ...]
    reclamations_jusqu_au: date
    par: str


class ReclamationDeposee(Event, frozen=True, kw_only=True):
    """Somebody contests. The words may name people: erasable, read by the team only."""

    TOPIC: ClassVar[str] = "scrutins/ReclamationDeposee/1"
    PERSONAL: ClassVar[dict[str, str]] = {"texte": "contribution", "contact": "auteur"}
    rang: int
    motif: MotifReclamation
    texte: str | None = None
    contact: str | None = None


class ReclamationTranchee(Event, frozen=True, kw_only=True):
    """A complaint is settled, with a public reason."""

    TOPIC: ClassVar[str] = "scrutins/ReclamationTranchee/1"
    rang: int
    decision: DecisionReclamation
    motif: str
    par: str


class ScrutinAnnule(Event, frozen=True, kw_only=True):
    """The vote is void (both copies of a key lost, a complaint admitted): a new one is needed."""

    TOPIC: ClassVar[str] = "scrutins/ScrutinAnnule/1"
    motif: str
    par: str


class UrneEffacee(Event, frozen=True, kw_only=True):
    """After the complaints: sealed ballots and credentials are destroyed."""

    TOPIC: ClassVar[str] = "scrutins/UrneEffacee/1"
    n: int
    par: str


class ClesDetruites(Event, frozen=True, kw_only=True):
    """The secret of the slips' HMACs is destroyed; the holders declare that their key sheets are too."""

    TOPIC: ClassVar[str] = "scrutins/ClesDetruites/1"
    par: str
