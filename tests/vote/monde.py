"""A small vote: a collège, four projects, slips whose codes are known, two keys whose private halves are known."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.bulletins import longueur
from domain.scrutins.codes import affiche_code
from tests.acces.office import Office
from web.services import Services
from web.urne.sealing import ouvrir_exterieur, ouvrir_interieur
from web.urne.store import tirer_billets
from web.vote.ballot import script_digest

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
DIRECTION = "direction:college-des-deux-rives"
BUREAU, METROPOLE = (derive_private_key(n, SECP256R1()) for n in (2026, 2027))
PROJETS = (
    e.ProjetAuVote(id="p1", titre="Des bancs sous les tilleuls", cout_cents=600_000, phrase="Pour parler à l’ombre.",
                   comparaison="le prix de 12 bancs", lieu="Cour nord",
                   avis="C’est possible avant l’été. Il faut protéger les racines."),
    e.ProjetAuVote(id="p2", titre="Une fontaine à eau", cout_cents=450_050, lieu="Préau"),
    e.ProjetAuVote(id="p3", titre="Un garage à vélos", cout_cents=1_200_000),
    e.ProjetAuVote(id="p4", titre="Un coin lecture", cout_cents=300_000),
)  # fmt: skip


@dataclass(frozen=True)
class Election:
    """A scrutin in the register and in the urn, with the codes of its slips, as they are printed."""

    reference: str
    cree: e.ScrutinCree
    codes: list[str]


def cree(**others: Any) -> e.ScrutinCree:
    values: dict[str, Any] = {
        "survenu_le": NOW.date(), "titre": "Budget participatif du collège", "projets": PROJETS,
        "budget_cents": 4_000_000, "type_vote": "approval", "choix_max": 3, "regle_comptage": "glouton",
        "parametres": {"score": "votes"}, "departage": ("cout_croissant",), "ouvre_le": NOW - HOUR,
        "ferme_le": NOW + 8 * HOUR, "k_min": 10, "jours_reclamation": 15, "longueur": 0,
        "empreinte_page": script_digest(), "college": "college-des-deux-rives", "par": DIRECTION, **others,
    }  # fmt: skip
    found = e.ScrutinCree(**values)
    return e.ScrutinCree(**values | {"longueur": longueur(found)})


@lru_cache
def public(key: EllipticCurvePrivateKey) -> str:
    """Base64 of the uncompressed point."""
    return b64encode(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()


def events(created: e.ScrutinCree, opened: bool = True) -> list[Event]:
    """The life of a scrutin up to its opening."""
    day = {"survenu_le": NOW.date()}
    found: list[Event] = [
        created,
        e.ReglesConfirmees(par="bureau_de_vote:college-des-deux-rives", **day),  # type: ignore[arg-type]
        e.ClesDuScrutinPubliees(couche="bureau", cle=public(BUREAU), par=DIRECTION, **day),  # type: ignore[arg-type]
        e.ClesDuScrutinPubliees(couche="metropole", cle=public(METROPOLE), par="education", **day),  # type: ignore[arg-type]
        e.BilletsCrees(n=3, empreinte="00" * 32, par=DIRECTION, **day),  # type: ignore[arg-type]
    ]
    membres = ("la principale", "une élève")
    return [*found, e.ScrutinOuvert(membres=membres, par=DIRECTION, **day)] if opened else found  # type: ignore[arg-type]


async def college(office: Office, slug: str = "college-des-deux-rives", nom: str = "Collège des Deux-Rives") -> None:
    """The collège as an instance."""
    event = InstanceInscrite(
        survenu_le=date(2026, 1, 1), instance=slug, type="college", nom=nom, sigle="", du=date(2020, 1, 1),
        source="essai", par="administration",
    )  # fmt: skip
    await office.write(f"instances/{slug}", event)


async def scrutin(
    office: Office, reference: str = "SC-2026-0001", *, slips: int = 3, opened: bool = True, **others: Any
) -> Election:
    """A scrutin, open in the register and in the urn unless it is said otherwise."""
    created = cree(**others)
    await office.write(f"scrutins/{reference}", *events(created, opened))
    codes, _ = await tirer_billets(office.services, reference, created, slips)
    found = office.services
    await execute(found, "UPDATE urne.billets SET etat = 'libre' WHERE reference = %s", reference)
    if opened:
        await execute(found, "UPDATE urne.scrutins SET etat = 'ouverte' WHERE reference = %s", reference)
    return Election(reference, created, [affiche_code(code) for code in codes])


async def execute(found: Services, query: Any, *parameters: Any) -> None:
    """A statement on the urn's tables, as the counting office would."""
    async with found.pool.connection() as connection:
        await connection.execute(query, parameters)


async def ballots(found: Services, reference: str = "SC-2026-0001") -> list[str]:
    """The clear texts in the urn, opened with both keys."""
    rows = await found.fetch("SELECT billet, scelle FROM urne.bulletins WHERE reference = %s", (reference,))
    texts = []
    for billet, scelle in rows:
        inner = ouvrir_exterieur(bytes(scelle), METROPOLE, reference, bytes(billet))
        texts.append(ouvrir_interieur(inner, BUREAU, reference).decode().rstrip())
    return sorted(texts)
