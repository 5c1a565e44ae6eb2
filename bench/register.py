"""A register to measure on: propositions that are filed, read, published and answered, through the usual commands."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

from domain.ledger.deciding import Act
from domain.ledger.ledger import Ledger
from domain.propositions.deposer_proposition import DeposerProposition
from domain.propositions.donner_suite import DonnerSuite
from domain.propositions.moderer_publication import ModererPublication
from domain.propositions.qualifier_proposition import QualifierProposition
from web.demonstration import frame
from web.demonstration.acts import person

EVENTS_EACH = 4
SUBMITTERS = 256
DAY = date(2026, 3, 2)
TEXT = "Il manque un banc à l'ombre devant la Maison de la Métropole, pour attendre son rendez-vous assis. Numéro {}."
REASON = "Le banc est posé ce printemps, avec un arbre ; l'emplacement {} est sur la carte du quartier."


async def lay_frame(ledger: Ledger) -> None:
    """The bodies, the communes and the functions that the acts need."""
    for _, command in frame.commands():
        await ledger.execute(command)


async def file_propositions(ledger: Ledger, count: int, progress: Callable[[int], None] = lambda done: None) -> None:
    """`count` propositions, EVENTS_EACH events each."""
    pending = iter(range(count))

    async def work() -> None:
        for number in pending:
            await _live(ledger, number)
            progress(number)

    await asyncio.gather(*(work() for _ in range(SUBMITTERS)))


async def _live(ledger: Ledger, number: int) -> None:
    filed = await file_one(ledger)(number)
    team, office, reference = person("animation-gepi"), person("coordination"), filed.reference
    title = f"Un banc à l'ombre, emplacement {number}"
    await ledger.execute(QualifierProposition(team, DAY, reference, "cadre_de_vie", "metropole", title))
    await ledger.execute(ModererPublication(team, DAY, reference, "publier"))
    await ledger.execute(DonnerSuite(office, DAY, reference, "on_le_fait", REASON.format(number)))


def file_one(ledger: Ledger) -> Callable[[int], Awaitable[Act]]:
    """Files proposition number n."""
    return lambda number: ledger.execute(
        DeposerProposition(
            le=DAY,
            instance="gepi",
            texte=TEXT.format(number),
            code_empreinte=f"{number:064x}",
            lecture="tous_sans_nom",
        )
    )
