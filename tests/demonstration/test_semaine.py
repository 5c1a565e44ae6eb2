"""« Ma semaine » of those who hold the votes of the demonstration: what waits for each of them, and nothing else."""

from tests.demonstration.conftest import TODAY, Monde, settings
from web.acces.persons import persons
from web.demonstration.colleges import BUREAU, DIRECTION, EDUCATION
from web.scrutins.semaine import attentes
from web.services import open_services

WAITS = {
    DIRECTION: {
        ("SC-2026-0001", "Urne et clés à détruire"),
        ("SC-2026-0002", "Vote ouvert"),
        ("BPC-2025-0001", "Candidature à envoyer"),
    },
    BUREAU: {("SC-2026-0001", "Urne et clés à détruire"), ("SC-2026-0002", "Vote ouvert")},
    EDUCATION: set(),
}


async def test_each_of_them_sees_what_waits(monde: Monde) -> None:
    async with open_services(settings(monde.database, monde.directory), monde.database.app, True) as services:
        [(size,)] = await services.fetch("SELECT size FROM ledger.head")
        while not await services.watcher.wait_for(size):
            pass
        found = {
            person.id: {
                (card["ref"], card["mot"])
                for listed in await attentes(services, person, TODAY)
                for card in listed["cartes"]
            }
            for person in await persons(services)
        }
    assert {who: found[who] for who in WAITS} == WAITS
    assert not any(cards for who, cards in found.items() if who not in WAITS)
