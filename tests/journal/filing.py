"""Acts of propositions and erasures, filed without their rules: what an export and its pages have to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from domain.effacements.events import EffacementDemande, EffacementExecute
from domain.ledger.command import Command
from domain.ledger.entry import decode_entry
from domain.ledger.event import Event
from domain.ledger.ledger import Ledger
from domain.propositions.events import PropositionDeposee, PublicationModeree

TEXT = "Il faudrait des bancs à l'ombre, près de l'école"


@dataclass
class Write(Command):
    """These events, at the end of this stream."""

    stream: str
    events: tuple[Event, ...]

    def reads(self) -> list[str]:
        return [self.stream]

    def decide(self) -> Iterable[Event]:
        return self.events


async def write(ledger: Ledger, stream: str, *events: Event) -> int:
    """Index of the first of these events, once written."""
    return (await ledger.execute(Write(stream, events))).index


def deposit(**fields: Any) -> PropositionDeposee:
    return PropositionDeposee(
        instance="gepi", canal="ecrit", lecture="tous_avec_prenom", reponse_par="code", code_empreinte="0" * 64,
        langue="fr", **({"texte": TEXT, "prenom": "Zoé"} | fields)
    )  # fmt: skip


def moderation(avec_prenom: bool = False) -> PublicationModeree:
    return PublicationModeree(decision="publier", avec_prenom=avec_prenom, par="animation:gepi")


async def erase(ledger: Ledger, url: str, index: int, *scopes: str) -> None:
    """Erases these scopes of one event, as the erasure act does: asked, destroyed, done."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        row = await (
            await connection.execute(
                "SELECT state, (SELECT array_agg(key_id) FROM keys.data_keys k WHERE k.position = e.notification_id"
                " AND scope = ANY(%s)) FROM ledger.stored_events e WHERE notification_id = %s",
                (list(scopes), index + 1),
            )
        ).fetchone()
        assert row is not None
        entry, keys = decode_entry(row[0]), row[1]
        targets = await (
            await connection.execute("SELECT digest FROM ledger.disclosures WHERE key_id = ANY(%s)", (keys,))
        ).fetchall()
        common: dict[str, Any] = {"cibles": [t for (t,) in targets], "motif": "demande_de_la_personne"}
        common |= {"base": "rgpd-17", "par": "delegation:donnees"}
        asked = EffacementDemande(versions=[entry.n], portees=list(scopes), **common)
        version = (await ledger.execute(Write(entry.s, (asked,)))).position
        await connection.execute("SELECT ledger.forget(%s)", (keys,))
        await ledger.execute(Write(entry.s, (EffacementExecute(demande=version, **common),)))
