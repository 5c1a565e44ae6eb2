"""The votes of the demonstration's collège: real keys, real slips, ballots really sealed, opened and counted.

Codes, keys and choices come from the installation's secret, so that a load that was cut draws the same ones again.
A real vote draws them at random and forgets them.
"""

import asyncio
import hashlib
import hmac
import random
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from domain.budget_participatif.rattacher_scrutin import RattacherScrutin
from domain.calendrier import PARIS
from domain.ledger.command import Command
from domain.scrutins.bulletins import clair
from domain.scrutins.codes import OCTETS, empreinte_code
from domain.scrutins.codes import code as code_de
from domain.scrutins.confirmer_regles import ConfirmerRegles
from domain.scrutins.consigner_incident import ConsignerIncident
from domain.scrutins.creer_scrutin import CreerScrutin
from domain.scrutins.deposer_reclamation import DeposerReclamation
from domain.scrutins.events import Couche, ProjetAuVote, ScrutinCree
from domain.scrutins.ouvrir_scrutin import OuvrirScrutin
from domain.scrutins.proclamer_resultat import ProclamerResultat
from domain.scrutins.publier_cle import PublierCle
from domain.scrutins.remettre_billets import RemettreBillets
from domain.scrutins.rendre_billets import RendreBillets
from domain.scrutins.traceurs import OCTETS as OCTETS_DU_TRACEUR
from domain.scrutins.traceurs import traceur
from domain.scrutins.trancher_reclamation import TrancherReclamation
from web.access import Acteur
from web.demonstration.acts import once
from web.demonstration.colleges import BUREAU, COLLEGE, DIRECTION, EDUCATION, ELEVES, Dossier
from web.services import Services
from web.urne import counting, register
from web.urne.closing import accorder, clore
from web.urne.erasing import detruire_cles, effacer
from web.urne.keys import ORDRE, feuille, publique
from web.urne.reading import relever
from web.urne.sealing import sceller
from web.urne.secrets import secret
from web.urne.slips import creer_billets, reprendre_billets
from web.vote.ballot import script_digest

CLASSES: Final = tuple(f"{niveau} {lettre}" for niveau in ("6e", "5e", "4e", "3e") for lettre in "ABCDE")
PAR_CLASSE: Final = ELEVES // len(CLASSES)
RESERVE: Final = ELEVES // 20
OUVERTURE, FERMETURE = time(8), time(17)
LAST_UNUSED: Final = 24  # slips printed in the demonstration's folder: those of a class that has not voted yet
TENANTS: Final[dict[Couche, str]] = {"bureau": BUREAU, "metropole": EDUCATION}
FONCTIONS: Final = {
    DIRECTION: f"direction:{COLLEGE}",
    BUREAU: f"bureau_de_vote:{COLLEGE}",
    EDUCATION: "education",
}
# The urn takes ballots between its dates only: those of a past vote are put in now, by the same door.
PUT_IN = "SELECT urne.deposer(%s, %b, %b)"
NOW_OPEN = "UPDATE urne.scrutins SET ouvre_le = now() - interval '1 hour', ferme_le = now() + interval '1 hour'"
AS_RULED = "UPDATE urne.scrutins SET ouvre_le = %s, ferme_le = %s WHERE reference = %s"


class Tirages:
    """What the demonstration draws for the vote of an edition, always the same."""

    def __init__(self, services: Services, name: str) -> None:
        self._key = hmac.new(services.secret, f"demonstration/vote/{name}".encode(), hashlib.sha256).digest()

    def octets(self, what: str, n: int) -> bytes:
        """`n` bytes (32 at most) for this use."""
        return hmac.new(self._key, what.encode(), hashlib.sha256).digest()[:n]

    def codes(self, n: int) -> list[str]:
        """The first `n` codes."""
        return [code_de(self.octets(f"billet/{rank}", OCTETS)) for rank in range(n)]

    def cle(self, couche: Couche) -> tuple[str, str]:
        """The sheet of a layer's key, and its public half."""
        drawn = int.from_bytes(self.octets(f"cle/{couche}", 32))
        key = derive_private_key(1 + drawn % (ORDRE - 1), SECP256R1())
        return feuille(key), publique(key)

    def traceur(self, rank: int) -> str:
        """The tracker of a ballot."""
        return traceur(self.octets(f"traceur/{rank}", OCTETS_DU_TRACEUR))


def moment(day: date, at: time) -> datetime:
    """That hour of that day in Paris."""
    return datetime.combine(day, at, PARIS).astimezone(UTC)


@dataclass
class Vote:
    """The vote of one dossier, as its part `vote` of the file tells it."""

    dossier: Dossier
    tirages: Tirages
    reference: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """Its part of the file."""
        found: dict[str, Any] = self.dossier.told["vote"]
        return found

    @property
    def services(self) -> Services:
        """Those of its dossier."""
        return self.dossier.services

    def le(self, name: str) -> date:
        """The day of this act."""
        return self.dossier.jour(self.told[name])

    def acteur(self, personne: str, name: str) -> Acteur:
        """Who does it, that day."""
        return Acteur(personne, FONCTIONS[personne], self.le(name))

    def cle(self, key: str) -> Any:
        """The idempotency key of one of its acts that the urn does."""
        return once(f"vote/{self.dossier.told['edition']}/{key}")

    async def do(self, key: str, command: Command) -> str:
        """Writes it, once; the reference."""
        return (await self.dossier.do(f"vote/{key}", command)).reference


async def hold(dossier: Dossier) -> Vote:
    """Holds the vote of this dossier as far as the file tells it. Done again after a crash, it goes on."""
    vote = Vote(dossier, Tirages(dossier.services, str(dossier.told["edition"])))
    vote.reference = dossier.scrutin = await vote.do("creer", _creer(vote))
    await _prepare(vote)
    await _vote(vote)
    if "depouille" in vote.told:
        await _count(vote)
        await _afterwards(vote)
    return vote


def _creer(vote: Vote) -> CreerScrutin:
    told, dossier = vote.told, vote.dossier
    projets = tuple(
        ProjetAuVote(
            id=f"p{rank}",
            titre=projet["titre"],
            cout_cents=projet["cout"],
            phrase=projet["phrase"],
            comparaison=projet["comparaison"],
            lieu=projet["lieu"],
            avis=projet["avis"],
            image=dossier.images[rank - 1],
        )
        for rank, projet in enumerate(dossier.told["projets"], start=1)
    )
    return CreerScrutin(
        DIRECTION,
        vote.le("cree"),
        moment(vote.le("cree"), OUVERTURE),
        COLLEGE,
        told["titre"].format(e=dossier.edition),
        projets,
        dossier.told["budget"],
        "approval",
        3,
        told["regle"],
        told["parametres"],
        moment(vote.le("du"), OUVERTURE),
        moment(vote.le("au"), FERMETURE),
        script_digest(),
        dossier=dossier.reference,
        electeurs=ELEVES,
    )


async def _prepare(vote: Vote) -> None:
    """Rules confirmed by the second person, keys, slips handed to classes, the opening."""
    reference = vote.reference
    linked = RattacherScrutin(DIRECTION, vote.le("attache"), vote.dossier.reference, reference)
    await vote.do("rattacher", linked)
    await vote.do("confirmer", ConfirmerRegles(BUREAU, vote.le("confirme"), reference))
    for couche, personne in TENANTS.items():
        _, public = vote.tirages.cle(couche)
        await vote.do(f"cle/{couche}", PublierCle(personne, vote.le("cles"), reference, couche, public))
    await reprendre_billets(vote.services, reference)
    if not (await register.lire(vote.services, reference)).scrutin.n_crees:
        who, n = vote.acteur(DIRECTION, "billets"), ELEVES + RESERVE
        await creer_billets(vote.services, who, reference, n, vote.cle("billets"), vote.tirages.codes)
    await vote.dossier.all(
        [
            (f"vote/remettre/{groupe}", RemettreBillets(BUREAU, vote.le("remis"), reference, groupe, PAR_CLASSE))
            for groupe in CLASSES
        ]
    )
    opened = moment(vote.le("du"), OUVERTURE)
    await vote.do("ouvrir", OuvrirScrutin(DIRECTION, vote.le("du"), reference, ("Direction", "Élève"), opened))


async def _vote(vote: Vote) -> None:
    """Pupils put their ballots in the urn, unless it is shut already."""
    services, reference = vote.services, vote.reference
    found = await register.lire(services, reference)
    if found.scrutin.phase == "ouvert":
        await accorder(services, reference)
        ballots = await asyncio.to_thread(_sealed, vote, found.cree, (await secret(services, reference)).k_scrutin)
        async with services.pool.connection() as connection, connection.transaction():
            await connection.execute(NOW_OPEN + " WHERE reference = %s", (reference,))
            await connection.cursor().executemany(PUT_IN, ballots)
            await connection.execute(AS_RULED, (found.cree.ouvre_le, found.cree.ferme_le, reference))
        await relever(services, reference)
    if words := vote.told.get("incident"):
        await vote.do("incident", ConsignerIncident(BUREAU, vote.le("du"), reference, words))


def _sealed(vote: Vote, cree: ScrutinCree, k_scrutin: bytes) -> list[tuple[str, bytes, bytes]]:
    """Every ballot as the door of the urn takes it."""
    keys = {couche: b64decode(vote.tirages.cle(couche)[1]) for couche in TENANTS}
    codes = vote.tirages.codes(vote.told["bulletins"])
    found = []
    for rank, (code, choix) in enumerate(zip(codes, choices(vote), strict=True)):
        credential = empreinte_code(code, k_scrutin)
        text = clair(choix, [], vote.tirages.traceur(rank), cree.longueur)
        sealed = sceller(text, keys["bureau"], keys["metropole"], vote.reference, credential)
        found.append((vote.reference, credential, sealed))
    return found


def choices(vote: Vote) -> Iterator[list[str]]:
    """What each pupil chooses, invented; the last ones choose too many, which makes a null ballot."""
    told = vote.told
    drawn = random.Random(told["graine"])  # noqa: S311  # invented choices: no secret is drawn here
    weights = [projet["poids"] for projet in vote.dossier.told["projets"]]
    projets = [f"p{rank}" for rank in range(1, len(weights) + 1)]
    nulls = told.get("nuls", 0)
    for rank in range(told["bulletins"]):
        if rank >= told["bulletins"] - nulls:
            yield projets[:4]
            continue
        wanted, left = drawn.choices((0, 1, 2, 3), (2, 12, 30, 56))[0], dict(zip(projets, weights, strict=True))
        chosen = []
        for _ in range(wanted):
            [one] = drawn.choices(list(left), list(left.values()))
            del left[one]
            chosen.append(one)
        yield sorted(chosen)


async def _count(vote: Vote) -> None:
    """Slips of absent pupils come back; the urn is shut, both layers opened, the ballots counted, the result said."""
    services, reference = vote.services, vote.reference
    absent, le = (ELEVES - vote.told["bulletins"]) // len(CLASSES), vote.le("rendus")
    back = [(f"vote/rendre/{groupe}", RendreBillets(BUREAU, le, reference, groupe, absent)) for groupe in CLASSES]
    await vote.dossier.all(back)
    closed = moment(vote.le("au"), FERMETURE)
    await clore(services, vote.acteur(DIRECTION, "au"), reference, vote.cle("clore"), moment=closed)
    for couche in ("metropole", "bureau"):
        who, sheet = vote.acteur(TENANTS[couche], "depouille"), vote.tirages.cle(couche)[0]
        await counting.ouvrir_couche(services, who, reference, couche, sheet, vote.cle(f"couche/{couche}"))
    await counting.depouiller(services, vote.acteur(DIRECTION, "depouille"), reference, vote.cle("depouiller"))
    await vote.do("proclamer", ProclamerResultat(DIRECTION, vote.le("proclame"), reference))


async def _afterwards(vote: Vote) -> None:
    """A complaint and its settlement; the urn and the keys destroyed."""
    told, reference = vote.told, vote.reference
    if "reclamation" in told:
        day, why, words = told["reclamation"]
        await vote.do("reclamer", DeposerReclamation(reference, vote.dossier.jour(day), why, words))
        day, decision, reason = told["tranchee"]
        settled = TrancherReclamation(EDUCATION, vote.dossier.jour(day), reference, 1, decision, reason)
        await vote.do("trancher", settled)
    if "efface" in told:
        await effacer(vote.services, vote.acteur(DIRECTION, "efface"), reference, vote.cle("effacer"))
        await detruire_cles(vote.services, vote.acteur(DIRECTION, "efface"), reference, vote.cle("detruire"))


async def winners(vote: Vote) -> tuple[str, ...]:
    """The projects that the vote chose; nothing before the count."""
    counted = (await register.lire(vote.services, vote.reference)).scrutin.depouille
    return counted.gagnants if counted else ()
