"""Bad input and faults of the money: the last euro asked for twice, a thousand at once, the wrong body, odd amounts."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.enveloppes import events as e
from domain.enveloppes.accorder_reconduction import AccorderReconduction, ReconductionDejaAccordee
from domain.enveloppes.engager_credit import EngagerCredit, SoldeInsuffisant
from domain.enveloppes.liberer_credit import LibererCredit, PlusQueLEngage
from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.ledger import Ledger
from domain.ledger.store import Once
from tests.acces.office import open_office
from tests.argent import histoire as h
from tests.bureau_argent.equipe import AN, COMPTES, NUMERO, PRIEST, Bureau, proposes
from tests.enveloppes import monde as m
from tests.faults.charge import VAULT
from web.embedded import Urls

CENTS = 100_000_00
MILLE = 1_000
OP = "OP-2020-0001"


@pytest.fixture
async def bureau(database: Urls, tmp_path: Path) -> AsyncIterator[Bureau]:
    async with open_office(database, tmp_path, demonstration=True) as office:
        found = Bureau(office)
        await found.monde()
        await found.nommer()
        await found.comptes(AN - 1, AN, cents=CENTS)
        await found.operation(OP)
        yield found


async def outcomes(ledgers: Sequence[Ledger], commands: Sequence[Command]) -> list[Any]:
    """All at the same instant, turn by turn through each ledger; what each gave, or its refusal."""

    async def one(rank: int, command: Command) -> Any:
        key = uuid4().bytes + uuid4().bytes
        try:
            return await ledgers[rank % len(ledgers)].execute(command, Once(key, key))
        except RegleViolee as error:
            return error

    return await asyncio.gather(*(one(rank, command) for rank, command in enumerate(commands)))


@pytest.fixture
async def ledgers(bureau: Bureau, database: Urls) -> AsyncIterator[list[Ledger]]:
    """The site's own, and another server's on the same register."""
    services = bureau.office.services
    other = Ledger(database.app, services.ledger.origin, VAULT)
    await other.start()
    try:
        yield [services.ledger, other]
    finally:
        await other.stop()


async def finances(bureau: Bureau) -> str:
    [(person,)] = await bureau.office.services.fetch("SELECT personne FROM personnes WHERE slug = 'finances'")
    return str(person)


async def balance(bureau: Bureau, annee: int = AN) -> int:
    services = bureau.office.services
    [(end,)] = await services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
    assert await services.watcher.wait_for(end, 20)
    [(left,)] = await services.fetch("SELECT solde_cents FROM comptes WHERE annee = %s", (annee,))
    return int(left)


def engager(person: str, cents: int) -> EngagerCredit:
    return EngagerCredit(person, date(AN, 6, 1), "fic", m.BRON, AN, OP, cents)


async def test_the_last_euro_is_committed_once(bureau: Bureau, ledgers: list[Ledger]) -> None:
    who = await finances(bureau)
    await outcomes(ledgers, [engager(who, CENTS - 1_00)])
    found = await outcomes(ledgers, [engager(who, 1_00)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Act", "SoldeInsuffisant"]
    assert await balance(bureau) == 0


async def test_a_thousand_commitments_at_once_never_overspend(bureau: Bureau, ledgers: list[Ledger]) -> None:
    """150 € each on 100,000 €: 666 are taken, the others are refused, and the balance is exact."""
    who = await finances(bureau)
    found = await outcomes(ledgers, [engager(who, 150_00) for _ in range(MILLE)])
    taken = [one for one in found if not isinstance(one, RegleViolee)]
    assert all(isinstance(one, SoldeInsuffisant) for one in found if isinstance(one, RegleViolee))
    assert len(taken) == CENTS // 150_00 and await balance(bureau) == CENTS - len(taken) * 150_00


async def test_a_year_is_carried_over_once_even_at_the_same_instant(bureau: Bureau, ledgers: list[Ledger]) -> None:
    who = await finances(bureau)
    order = AccorderReconduction(who, date(AN, 1, 15), NUMERO, "fic", m.BRON, AN - 1, 60_000_00)
    found = await outcomes(ledgers, [order] * 2)
    assert sum(isinstance(one, ReconductionDejaAccordee) for one in found) == 1
    assert (await balance(bureau, AN - 1), await balance(bureau)) == (40_000_00, 160_000_00)


async def test_spending_and_carrying_over_the_same_money(bureau: Bureau, ledgers: list[Ledger]) -> None:
    """The commitment reads what went to the next year, the carry-over what was committed: one of them is refused."""
    who = await finances(bureau)
    spend = EngagerCredit(who, date(AN, 1, 15), "fic", m.BRON, AN - 1, OP, 70_000_00)
    carry = AccorderReconduction(who, date(AN, 1, 15), NUMERO, "fic", m.BRON, AN - 1, 60_000_00)
    found = await outcomes(ledgers, [spend, carry])
    assert sum(isinstance(one, SoldeInsuffisant) for one in found) == 1
    assert await balance(bureau, AN - 1) in (30_000_00, 40_000_00)


async def test_nothing_is_released_that_was_not_committed(bureau: Bureau, ledgers: list[Ledger]) -> None:
    who = await finances(bureau)
    back = LibererCredit(who, date(AN, 6, 2), "fic", m.BRON, AN, OP, 50_00, motif="Essai")
    [refused] = await outcomes(ledgers, [back])
    assert isinstance(refused, PlusQueLEngage)
    found = await outcomes(ledgers, [engager(who, 50_00), back, back])
    assert [isinstance(one, PlusQueLEngage) for one in found].count(True) >= 1 and await balance(bureau) in (
        CENTS, CENTS - 50_00,
    )  # fmt: skip


GOOD = {"12,50": 12_50, "1 000": 1_000_00, "1\u00a0000,5 €": 1_000_50, "1000.05": 1_000_05, "1\u202f000": 1_000_00}
BAD = ("-3", "1e9", "0", "0,00", "", "1,234", "dix", "1 000 000 000 000", "٣", "1,5,5", "1'000", "=1+1", "\x00")


async def test_amounts_as_people_type_them(bureau: Bureau) -> None:
    page, spent = "/bureau/argent/operations/OP-2020-0001", 0
    for typed, cents in GOOD.items():
        await bureau.faire("mairie", page, "engager", montant=typed)
        spent += cents
        assert await balance(bureau) == CENTS - spent, typed
    for typed in BAD:
        said = await bureau.refuse("mairie", page, "engager", "montant", montant=typed)
        assert "Engager le crédit : ce n’est pas enregistré" in said, typed
    assert await balance(bureau) == CENTS - spent


async def test_the_wrong_body_the_wrong_axis_the_wrong_commune(bureau: Bureau) -> None:
    """Through the forms, whatever their lists propose; nothing is written."""
    await bureau.office.write("operations/OP-2020-0002", h.le(m.proposee(), date(2026, 3, 2)), m.avis)
    await bureau.refuse("finances", "/bureau/argent/operations/OP-2020-0002", "decider", "pas à cette instance",
                        instance="conseil", acte="1")  # fmt: skip
    fact = h.le(m.dotation(nom="projets", qui=h.CTM, annee=AN), date(AN, 1, 10))
    await bureau.office.write(f"comptes/projets/{h.CTM}/{AN}", fact)
    page = f"/bureau/argent/operations/nouvelle?pour=projets/{h.CTM}"
    told = {"titre": "Une passerelle", "nature": "Voirie", "montant": "10 000", "competence": "oui"}
    both = {"communes-69029": "69029", f"communes-{PRIEST}": PRIEST}
    await bureau.refuse("finances", page, "", "pas dans le Pacte", axe="axe_8", **told, **both)
    await bureau.refuse(
        "finances", page, "", "au moins deux communes", axe="axe_3", **told, **{"communes-69029": "69029"}
    )
    await bureau.refuse("finances", page, "", "compétences", axe="axe_3", **(told | {"competence": ""}), **both)
    await bureau.refuse(
        "finances", page, "", "dépasse le seuil", axe="axe_3", **(told | {"montant": "2000000,01"}), **both
    )
    assert await bureau.office.services.fetch("SELECT count(*) FROM operations") == [(2,)]
    said = await bureau.faire("finances", page, "", axe="axe_3", **told, **both)
    assert "Une passerelle" in said


TABLES = {
    "69029; Bron; 0; 5\n69290; Saint-Priest; 5; 5": "manque ou est nulle",
    "69029; Bron; ; 5": "nombre entier",
    "69029; Bron; -5; 5": "nombre entier",
    "69029; Bron; 1e9; 5": "nombre entier",
    "69029; Bron; 5; 5\n69029; Bron; 5; 5": "deux fois",
    "69999; Ailleurs; 5; 5": "pas dans le registre",
    "69029": "3 colonnes",
    "": "aucune commune",
    "69029; Bron; 5; 0": "voirie manquent",
}


async def test_a_split_from_a_table_that_cannot_be(bureau: Bureau) -> None:
    page = f"/bureau/argent/enveloppes/{m.EN}"
    for table, words in TABLES.items():
        for how in ("essayer", "adopter"):
            typed = {"alpha": "0,5", "lignes": table, "deliberation": NUMERO, "faire": how}
            said = await bureau.refuse("finances", page, "partage", words, **typed)
            assert table.partition("\n")[0] in said
    odd = {"deliberation": NUMERO, "faire": "essayer"}
    for alpha in ("2", "-1", "nan", "1e9", "", "0,1234567"):
        await bureau.refuse("finances", page, "partage", "entre 0 et 1", alpha=alpha, **odd)
    assert await bureau.office.services.fetch("SELECT repartitions FROM enveloppes") == [(0,)]


async def test_a_pasted_batch_keeps_only_the_lines_that_were_refused(bureau: Bureau) -> None:
    await bureau.faire("mairie", "/bureau/argent/operations/OP-2020-0001", "engager", montant="1 000")
    lines = f"OP-2020-0001 ; {AN} ; 400\nOP-2020-0001 ; {AN} ; 700\nOP-9 ; {AN} ; 1\nOP-2020-0001 ; an ; 1"
    said = await bureau.refuse("finances", "/bureau/argent/paiements", "", "1 acte sur 4", lignes=lines)
    area = said.partition("<textarea")[2].partition("</textarea>")[0]
    assert "; 700" in area and "OP-9" in area and "; 400" not in area
    await balance(bureau)
    rows = await bureau.office.services.fetch("SELECT mandate_cents FROM comptes WHERE annee = %s", (AN,))
    assert rows == [(400_00,)]


async def test_a_rectified_past_stays_readable(bureau: Bureau) -> None:
    """The page of before shows the former allocation; that of after, both; no act is gone."""
    [(before,)] = await bureau.office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
    why = {"montant": "10 000", "motif": "Population corrigée", "deliberation": NUMERO}
    await bureau.faire("finances", f"{COMPTES}/{AN - 1}", "rectifier", **why)
    public = f"/argent/fic/{AN - 1}/bron"
    assert "Il reste 90 000 €" in await bureau.voir("mairie", public)
    assert "Il reste 100 000 €" in await bureau.voir("mairie", f"{public}?au={before}")
    kinds = await bureau.office.services.fetch(
        "SELECT count(*) FROM ledger.stored_events WHERE topic = %s", (e.DotationInscrite.TOPIC,)
    )
    assert kinds == [(2,)]


JUNK = ("%00", "%FF%FE", "-1", "1e999", "9" * 30, "%D9%A3", "%27%20OR%201", "..%2F..", "a" * 3000, "%3Cscript%3E")
ADDRESSES = (
    "/bureau/argent?vu={}", "/bureau/argent/comptes/{}/69029/2026", "/bureau/argent/comptes/fic/{}/2026",
    "/bureau/argent/comptes/fic/69029/{}", "/bureau/argent/enveloppes/{}",
    "/bureau/argent/enveloppes/EN-2021-0001?faits={}",
    "/bureau/argent/operations/{}", "/bureau/argent/operations/nouvelle?pour={}", "/bureau/argent/paiements?faits={}",
    "/bureau/argent/reconductions?enveloppe={}", "/bureau/argent/reconductions?de={}", "/argent/reconductions?page={}",
)  # fmt: skip
FORMS = (
    ("/bureau/argent", ("photographie", "tenir", "rendez-vous", "territoire", "enveloppe", "rien")),
    (f"{COMPTES}/{AN - 1}", ("rectifier", "reconduire", "abonder", "rien")),
    (f"/bureau/argent/enveloppes/{m.EN}", ("partage", "dotations")),
    ("/bureau/argent/operations/OP-2020-0001", ("avis", "decider", "engager", "commencer", "mandater", "receptionner",
                                                "solder", "liberer", "photo", "abandonner")),
    ("/bureau/argent/operations/nouvelle", ("",)), ("/bureau/argent/paiements", ("",)),
    ("/bureau/argent/reconductions", ("",)),
)  # fmt: skip
NASTY = ("", "\x00", "e\u0301 {{ 7*7 }}{% raw %}", "<script>zx", "-1", "9" * 400, "٣", "a;b;c\nd", "\u202e" * 50)


async def test_junk_in_every_address_and_every_field(bureau: Bureau) -> None:
    client = await bureau.entrer("finances")
    for address in ADDRESSES:
        for junk in JUNK:
            answer = await client.get(address.format(junk))
            assert answer.status_code < 500, (address, junk[:20], answer.status_code)
    for page, actions in FORMS:
        text = (await client.get(page)).text
        hidden = {name: value for name, value in proposes(text).items() if name == "csrf"}
        names = set(proposes(text)) - {"csrf", "idempotence"} | {"pour", "photo", "montant-69029", "de", "enveloppe"}
        for action, nasty in product(actions, NASTY):
            target = f"{page}/{action}" if action else page
            answer = await client.post(target, data=dict.fromkeys(names, nasty) | hidden)
            assert answer.status_code < 500, (target, nasty[:20], answer.status_code)
            assert "<script>zx" not in answer.text and "49" not in answer.text.partition("<h1")[2][:200]
