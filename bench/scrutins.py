"""Votes: sealed ballots accepted over HTTP against a bare handler; both layers opened and the ballots counted.

Slips, keys and choices are drawn anew; ten projects, up to three choices, as a collège votes.
"""

import asyncio
import itertools
import os
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Final
from urllib.parse import urlencode

import msgspec

from bench.bare import create_bare
from bench.classe import seconds
from bench.client import post, rate
from bench.measure import Measure, measured
from bench.pages import csrf_token, rest
from bench.server import serving
from domain.fonctions.events import FonctionConfiee
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.bulletins import clair, lire, longueur
from domain.scrutins.depouillement import preparer
from domain.scrutins.traceurs import OCTETS, traceur
from web.access import Acteur
from web.app import create_app
from web.commands.projector import projecting
from web.propositions.jetons import seal
from web.services import Services, open_services
from web.settings import Settings
from web.urne import closing, counting, layers, store
from web.urne.keys import lire_feuille, nouvelle_cle, point
from web.urne.sealing import longueur_scellee, sceller
from web.vote.session import BALLOT, isoloir

REFERENCE: Final = "SC-2026-0001"
COLLEGE: Final = "college-mesure"
DAY: Final = date(2026, 3, 9)
OPENED, VOTES, ROUNDS, CONNECTIONS = 10_000, 2000, 3, 32
SECONDS_MAX: Final = 6
CLASS, CLASS_SECONDS_MAX = 30, 60
FUNCTIONS: Final = {"direction": COLLEGE, "bureau_de_vote": COLLEGE, "education": None}
PEOPLE: Final = {name: f"00000000-0000-4000-8000-00000000000{n}" for n, name in enumerate(FUNCTIONS, start=1)}


@dataclass
class Facts(Command):
    """Events as they stand: what is measured comes after."""

    stream: str
    facts: tuple[Event, ...]

    def reads(self) -> list[str]:
        return [self.stream]

    def know(self, event: Event) -> None:
        """Nothing."""

    def decide(self) -> Iterable[Event]:
        return self.facts


def rules() -> e.ScrutinCree:
    """Ten projects, up to three choices, the greedy rule; open now."""
    now = datetime.now(UTC).replace(microsecond=0)
    projects = tuple(e.ProjetAuVote(id=f"p{n}", titre=f"Projet {n}", cout_cents=100_000 * n) for n in range(1, 11))
    found = e.ScrutinCree(
        titre="Mesure", projets=projects, budget_cents=2_000_000, type_vote="approval", choix_max=3,
        regle_comptage="glouton", parametres={"score": "votes"}, departage=("cout",),
        ouvre_le=now - timedelta(hours=1), ferme_le=now + timedelta(hours=8), k_min=10, jours_reclamation=15,
        longueur=0, empreinte_page="00" * 32, par=f"direction:{COLLEGE}", college=COLLEGE, essai=True,
    )  # fmt: skip
    return msgspec.structs.replace(found, longueur=longueur(found))


@dataclass
class Vote:
    """A scrutin that is open, its rule, its sheets and public keys, the credentials of its slips."""

    cree: e.ScrutinCree
    sheets: dict[e.Couche, str]
    keys: dict[e.Couche, str]
    slips: list[bytes]
    codes: list[str] = field(default_factory=list)


def fresh_keys() -> tuple[dict[e.Couche, str], dict[e.Couche, str]]:
    """Sheets and public keys of both layers."""
    bureau, metropole = nouvelle_cle(), nouvelle_cle()
    return {"bureau": bureau[0], "metropole": metropole[0]}, {"bureau": bureau[1], "metropole": metropole[1]}


async def open_vote(services: Services, slips: int) -> Vote:
    """In the register and in the urn."""
    cree, par = rules(), f"direction:{COLLEGE}"
    vote = Vote(cree, *fresh_keys(), [])
    for function, place in FUNCTIONS.items():
        who = PEOPLE[function]
        given = FonctionConfiee(personne=who, fonction=function, instance=place, du=date(2026, 1, 1), par="mesure")
        await services.ledger.execute(Facts(f"personnes/{who}", (given,)))
    vote.codes, digest = await store.tirer_billets(services, REFERENCE, cree, slips)
    facts = (
        cree,
        e.ReglesConfirmees(par=f"bureau_de_vote:{COLLEGE}"),
        *(e.ClesDuScrutinPubliees(couche=layer, cle=key, par=par) for layer, key in vote.keys.items()),
        e.BilletsCrees(n=slips, empreinte=digest, par=par),
        e.BilletsRemis(groupe="6e A", n=slips, par=par),
        e.ScrutinOuvert(membres=("Direction", "Élève"), par=par),
    )
    await services.ledger.execute(Facts(f"scrutins/{REFERENCE}", facts))
    await closing.accorder(services, REFERENCE)
    async with services.pool.connection() as connection:
        await connection.execute("UPDATE urne.billets SET etat = 'libre'")
        rows = await (await connection.execute("SELECT billet FROM urne.billets")).fetchall()
    vote.slips = [bytes(slip) for (slip,) in rows]
    return vote


def seal_ballots(vote: Vote, slips: list[bytes]) -> list[tuple[bytes, bytes]]:
    """(credential, sealed ballot) of each slip; choices always the same for the same rank."""
    draw, ids = Random(1), [project.id for project in vote.cree.projets]
    keys = point(vote.keys["bureau"]), point(vote.keys["metropole"])

    def one(slip: bytes) -> tuple[bytes, bytes]:
        text = clair(draw.sample(ids, 3), [], traceur(os.urandom(OCTETS)), vote.cree.longueur)
        return slip, sceller(text, *keys, REFERENCE, slip)

    return [one(slip) for slip in slips]


async def opening(url: str, settings: Settings) -> list[Measure]:
    """10,000 ballots: closed, then timed from the first key to the winners, the register written."""
    async with open_services(settings, url) as services:
        vote = await open_vote(services, OPENED)
        ballots = await asyncio.to_thread(seal_ballots, vote, vote.slips)
        async with services.pool.connection() as connection:
            deposit = "SELECT urne.deposer(%s, b, s) FROM unnest(%s::bytea[], %s::bytea[]) AS t (b, s)"
            await connection.execute(deposit, (REFERENCE, *map(list, zip(*ballots, strict=True))))
        await closing.clore(services, _who("direction"), REFERENCE)
        start = time.perf_counter()
        for layer, function in (("metropole", "education"), ("bureau", "bureau_de_vote")):
            await counting.ouvrir_couche(services, _who(function), REFERENCE, layer, vote.sheets[layer])  # type: ignore[index, arg-type]
        await counting.depouiller(services, _who("direction"), REFERENCE)
        spent = time.perf_counter() - start
    return [measured("opening both layers and counting 10,000 ballots / 6 s", spent, SECONDS_MAX, "s")]


def _who(function: str) -> Acteur:
    place = FUNCTIONS[function]
    return Acteur(PEOPLE[function], f"{function}:{place}" if place else function, DAY)


async def growing(url: str, settings: Settings) -> list[Measure]:
    """The cost of one ballot, both layers and the count, when there are a hundred times more."""
    del url, settings  # neither a database nor a server
    vote = Vote(rules(), *fresh_keys(), [sha256(b"%d" % n).digest() for n in range(100_000)])
    ballots = seal_ballots(vote, vote.slips)
    few = min(_cost(vote, ballots[:1000]) for _ in range(5))
    return [measured("cost of opening and counting a ballot, 100,000 / 1,000", _cost(vote, ballots), few, "µs")]


def _cost(vote: Vote, ballots: list[tuple[bytes, bytes]]) -> float:
    """Microseconds of processor a ballot: other work of the machine, which long runs always meet, is left out."""
    outer, inner = (lire_feuille(vote.sheets[layer], vote.keys[layer]) for layer in ("metropole", "bureau"))
    start = time.process_time()
    first = layers.premiere_couche(ballots, outer, REFERENCE)
    second = layers.seconde_couche(first.sorties, inner, REFERENCE)
    preparer(vote.cree, [lire(text, vote.cree) for text in second.sorties], bytes(16))
    return (time.process_time() - start) / len(ballots) * 1e6


async def voting(url: str, settings: Settings) -> list[Measure]:
    """Sealed ballots dropped by form on 32 connections, against a bare handler that inserts as many bytes."""
    async with open_services(settings, url) as services:
        vote = await open_vote(services, ROUNDS * VOTES)
    environment = os.environ | {"REGISTRE_DIR": str(settings.directory)}
    with (
        serving(create_bare, url) as reference_server,
        projecting(url, environment),
        serving(create_app, settings, url, True) as server,
    ):
        csrf, slips, plain, mine = await csrf_token(server.port), iter(vote.slips), 0.0, 0.0
        await rest(server.port)
        for _ in range(ROUNDS):
            forms = list(_forms(server.port, settings, vote, itertools.islice(slips, VOTES), csrf))
            bare = [post(reference_server.port, "/", urlencode({"texte": "x" * 900})) for _ in forms]
            plain = max(plain, await rate(reference_server.port, CONNECTIONS, bare, 303))
            mine = max(mine, await rate(server.port, CONNECTIONS, forms, 303))
    return [measured("sealed ballots by form, 32 connections / bare handler, one INSERT", mine, plain, "req/s")]


async def together(url: str, settings: Settings) -> list[Measure]:
    """A class of 30 on one slow link that loses messages, as the page's script votes."""
    async with open_services(settings, url) as services:
        vote = await open_vote(services, CLASS)
    environment = os.environ | {"REGISTRE_DIR": str(settings.directory)}
    with projecting(url, environment), serving(create_app, settings, url, True) as server:
        await rest(server.port)
        spent = await seconds(f"http://127.0.0.1:{server.port}", vote.codes, ["p1", "p3"])
    return [measured("class of 30 votes at once, 1 Mbit/s, 300 ms, losses / 60 s", spent, CLASS_SECONDS_MAX, "s")]


def _forms(port: int, settings: Settings, vote: Vote, slips: Iterable[bytes], csrf: str) -> Iterator[bytes]:
    """The read-back page's form, in the session of each slip. The urn looks at the length: any bytes will do."""
    secret, size = settings.secret(), longueur_scellee(vote.cree.longueur)
    for slip in slips:
        ticket = seal(secret, BALLOT, msgspec.msgpack.encode(isoloir(REFERENCE, slip)))
        sealed = urlsafe_b64encode(os.urandom(size)).rstrip(b"=").decode()
        form = {"csrf": csrf, "billet": ticket, "scelle": sealed, "numero": traceur(os.urandom(OCTETS))}
        yield post(port, "/vote/urne", urlencode(form), f"Cookie: vote={ticket}\r\n")
