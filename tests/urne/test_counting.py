"""Closing, both layers, the count: the same whatever breaks; nothing is opened by a wrong hand."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.bulletins import cle
from domain.scrutins.compte import empreinte_bulletins
from domain.scrutins.events import (
    BulletinDepouille,
    BulletinsDepouilles,
    CoucheOuverte,
    ScrutinClos,
    ScrutinDepouille,
    UrneRelevee,
)
from domain.scrutins.urne import (
    CouchePasEncore,
    FeuilleDeLAutreCouche,
    FeuilleDUnAutreScrutin,
    FeuilleIncomplete,
    FeuilleMalCopiee,
    UrneAlteree,
)
from tests.conftest import Server
from tests.faults.surgery import superuser
from tests.urne.monde import REF, BureauDeVote
from web.embedded import Urls
from web.urne import counting, layers
from web.urne.equations import absents, ecarts
from web.urne.keys import nouvelle_cle
from web.urne.sealing import SUITE, info_metropole, ouvrir_exterieur
from web.urne.secrets import secret

TABLES = """SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1"""


async def vote(bureau: BureauDeVote, choices: Sequence[Sequence[str]]) -> None:
    for rank, choix in enumerate(choices):
        assert await bureau.voter(rank, choix) == "accepte"


async def open_all(bureau: BureauDeVote) -> None:
    await bureau.clore()
    await bureau.ouvrir_couche("metropole")
    await bureau.ouvrir_couche("bureau")


async def counted(bureau: BureauDeVote) -> ScrutinDepouille:
    await bureau.depouiller()
    [found] = [event for event in await bureau.events() if isinstance(event, ScrutinDepouille)]
    return found


async def opened(bureau: BureauDeVote, couche: str) -> CoucheOuverte:
    [found] = [event for event in await bureau.events() if isinstance(event, CoucheOuverte) and event.couche == couche]
    return found


async def test_from_the_last_ballot_to_the_winners(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1", "p2"]] * 9 + [["p4"]] * 6 + [[]] * 2)
    await open_all(bureau)
    found = await counted(bureau)
    assert (found.n, found.n_bulletins, found.n_blancs, found.nuls) == (17, 17, 2, {})
    assert found.voix == {"p1": 9, "p2": 9, "p3": 0, "p4": 6, "p5": 0}
    assert set(found.gagnants) == {"p1", "p2", "p4"}
    events = await bureau.events()
    assert ecarts(events) == []
    assert absents([voix.numero for voix in bureau.voix], events) == []
    assert await bureau.phase() == "depouille"
    rows = await bureau.services.fetch("SELECT couche FROM urne.couches")
    assert rows == [("metropole",)], "what was opened is in the register, and nowhere else"


async def test_nothing_opens_before_its_turn(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1"]] * 12)
    for couche in ("metropole", "bureau"):
        with pytest.raises(CouchePasEncore):
            await bureau.ouvrir_couche(couche)
    await bureau.clore()
    with pytest.raises(CouchePasEncore):
        await bureau.ouvrir_couche("bureau")
    with pytest.raises(RegleViolee):
        await bureau.depouiller()
    assert await bureau.services.fetch("SELECT FROM urne.couches") == []


async def test_a_wrong_or_missing_sheet_changes_nothing(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1"]] * 12)
    await bureau.clore()
    before = await bureau.events()
    good = bureau.feuilles["metropole"]
    for sheet, kind in (
        ("", FeuilleIncomplete),
        (good[:-2], FeuilleIncomplete),
        (("2" if good[0] != "2" else "3") + good[1:], FeuilleMalCopiee),
        (nouvelle_cle()[0], FeuilleDUnAutreScrutin),
        (bureau.feuilles["bureau"], FeuilleDeLAutreCouche),
    ):
        with pytest.raises(kind):
            await counting.ouvrir_couche(bureau.services, bureau.education, REF, "metropole", sheet)
    assert await bureau.events() == before
    assert await bureau.services.fetch("SELECT FROM urne.couches") == []
    await counting.ouvrir_couche(bureau.services, bureau.education, REF, "metropole", good.lower())


async def test_a_copied_ballot_is_rejected_and_counted(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1"]] * 12)
    copied = bureau.voix[3]
    under_another = await bureau.bulletin(bureau.codes[12], ["p1"])
    under_another.scelle = copied.scelle
    assert await bureau.deposer(under_another) == "accepte"
    of_another_scrutin = await bureau.bulletin(bureau.codes[13], ["p1"], reference="SC-2026-0002")
    assert await bureau.deposer(of_another_scrutin) == "accepte"
    garbage = await bureau.bulletin(bureau.codes[14], ["p1"])
    garbage.scelle = bytes(len(garbage.scelle))
    assert await bureau.deposer(garbage) == "accepte"
    await open_all(bureau)
    first = await opened(bureau, "metropole")
    assert (first.n_entrees, first.n_sorties, first.rejets) == (15, 12, {layers.ILLISIBLE: 3})
    assert (await counted(bureau)).n == 12
    assert ecarts(await bureau.events()) == []


async def test_an_inner_layer_sealed_again_by_the_holder_of_the_outer_key_counts_once(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1"]] * 11)
    inner = ouvrir_exterieur(bureau.voix[0].scelle, bureau.cle_privee("metropole"), REF, bureau.voix[0].credential)
    again = await bureau.bulletin(bureau.codes[11], ["p1"])
    outer = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), bureau.cles["metropole"])
    again.scelle = SUITE.encrypt(inner, outer, info_metropole(REF, again.credential))
    assert await bureau.deposer(again) == "accepte"
    await open_all(bureau)
    first = await opened(bureau, "metropole")
    assert (first.n_entrees, first.n_sorties, first.rejets) == (12, 11, {layers.EN_DOUBLE: 1})


async def test_null_texts_are_counted_by_reason_and_their_words_are_nowhere(
    bureau: BureauDeVote, server: Server, database: Urls
) -> None:
    await vote(bureau, [["p1"]] * 11)
    t = bureau.voix[0].numero
    insult = "Zwingelberthe est nulle"
    texts = [
        insult.encode(),
        f'{{"c":["{insult}"],"p":[],"t":"{t}"}}'.encode(),
        b'{"c":["p1","p2","p3","p4"],"p":[],"t":"%s"}' % t.encode(),
        b'{"c":["p1"],"p":[-1],"t":"%s"}' % t.encode(),
        b'{"c":["p1"],"p":[],"t":"%s","x":1}' % t.encode(),
    ]
    for rank, text in enumerate(texts, start=11):
        assert await bureau.voter(rank, ["p1"], texte=text) == "accepte"
    assert await bureau.voter(20, ["p2"], numero=bureau.voix[1].numero) == "accepte"
    await open_all(bureau)
    found = await counted(bureau)
    assert sum(found.nuls.values()) == found.n - found.n_bulletins == len(texts) + 2
    assert found.nuls["numero_en_double"] == 2, "both: nobody can say which is the true one"
    assert ecarts(await bureau.events()) == []
    with superuser(server, database) as connection:
        dumped = "\n".join(
            str(row)
            for (table,) in connection.execute(TABLES).fetchall()
            for row in connection.execute(f"SELECT t::text FROM {table} t".encode()).fetchall()
        )
    assert insult not in dumped and insult.encode().hex() not in dumped


async def test_under_k_min_the_list_is_for_the_bureau_only(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1"], ["p2"], ["p1", "p3"]])
    await open_all(bureau)
    found = await counted(bureau)
    events = await bureau.events()
    assert (found.liste, found.n, found.voix["p1"]) == ("bureau", 3, 2)
    assert not any(isinstance(event, BulletinsDepouilles) for event in events)
    said = "".join(map(repr, events))
    assert not any(voix.numero in said for voix in bureau.voix)
    kept = await counting.liste_du_bureau(bureau.services, REF)
    assert {(b.t, b.c) for b in kept} == {(voix.numero, voix.choix) for voix in bureau.voix}
    salt = (await secret(bureau.services, REF)).sel(counting.SEL_LISTE)
    assert found.empreinte_bulletins == empreinte_bulletins(kept, salt) != empreinte_bulletins(kept)
    assert ecarts(events) == []


@pytest.mark.parametrize("n", [0, 1])
async def test_one_voter_and_none(bureau: BureauDeVote, n: int) -> None:
    await vote(bureau, [["p1"]] * n)
    await open_all(bureau)
    found = await counted(bureau)
    assert (found.n, found.gagnants[:n]) == (n, ("p1",) * n)


async def test_every_step_cut_by_a_crash_is_done_again(bureau: BureauDeVote, monkeypatch: pytest.MonkeyPatch) -> None:
    await vote(bureau, [["p1"]] * 12 + [["p2"]] * 3)

    async def killed(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    async def cut(what: Callable[[], Awaitable[object]]) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(bureau.services.ledger, "execute", killed)
            with pytest.raises(asyncio.CancelledError):
                await what()
        await what()

    await cut(bureau.clore)
    await cut(lambda: bureau.ouvrir_couche("metropole"))
    await cut(lambda: bureau.ouvrir_couche("bureau"))
    await cut(bureau.depouiller)
    events = await bureau.events()
    assert ecarts(events) == [] and absents([voix.numero for voix in bureau.voix], events) == []


async def test_an_urn_that_is_not_what_was_closed_is_not_opened(
    bureau: BureauDeVote, server: Server, database: Urls
) -> None:
    await vote(bureau, [["p1"]] * 12)
    await bureau.clore()
    stranger = await bureau.bulletin(bureau.codes[0], ["p5"])
    with superuser(server, database) as connection:  # a curious administrator, with every right
        connection.execute("ALTER TABLE urne.bulletins DISABLE TRIGGER garder")
        change = "UPDATE urne.bulletins SET scelle = %s WHERE billet = %s"
        connection.execute(change, (stranger.scelle, stranger.credential))
    with pytest.raises(UrneAlteree):
        await bureau.ouvrir_couche("metropole")
    with superuser(server, database) as connection:
        connection.execute(change, (bureau.voix[0].scelle, stranger.credential))
    await bureau.ouvrir_couche("metropole")
    with superuser(server, database) as connection:
        connection.execute("UPDATE urne.couches SET sorties = set_byte(sorties, 90, get_byte(sorties, 90) # 1)")
    with pytest.raises(UrneAlteree):
        await bureau.ouvrir_couche("bureau")


async def test_two_counts_apart_give_one_digest(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1", "p3"]] * 8 + [["p2"]] * 7)
    await open_all(bureau)
    await counted(bureau)
    again = await counting.recompter(bureau.services, REF, bureau.feuilles["metropole"], bureau.feuilles["bureau"])
    assert again == [], "a second count, from the sealed ballots, finds what the register says"


async def test_a_layer_that_drops_or_replaces_a_ballot_is_found(bureau: BureauDeVote) -> None:
    await vote(bureau, [["p1"]] * 14)
    await open_all(bureau)
    await counted(bureau)
    true = list(await bureau.events())
    numbers = [voix.numero for voix in bureau.voix]
    assert ecarts(true) == [] and absents(numbers, true) == []

    def altered(kind: type[Event], **changes: Any) -> list[Event]:
        return [msgspec.structs.replace(e, **changes) if isinstance(e, kind) else e for e in true]

    layer = await opened(bureau, "bureau")
    assert ecarts(altered(ScrutinClos, n_urne=13)) and ecarts(altered(ScrutinClos, n_utilises=15))
    assert ecarts(altered(ScrutinClos, empreinte_urne="0" * 64)) and ecarts(altered(UrneRelevee, empreintes=()))
    assert ecarts(altered(CoucheOuverte, n_sorties=13)) and ecarts(altered(CoucheOuverte, n_entrees=13))
    assert ecarts(altered(CoucheOuverte, n_sorties=layer.n_sorties - 1, rejets={"copie": 1}))
    [lot] = [event for event in true if isinstance(event, BulletinsDepouilles)]
    dropped = lot.bulletins[1:]
    assert ecarts(altered(BulletinsDepouilles, bulletins=dropped))
    twice = tuple(sorted((*dropped, dropped[0]), key=cle))
    assert ecarts(altered(BulletinsDepouilles, bulletins=twice))
    # Replaced with every count and digest made good: only the pupil's own number tells.
    stranger = BulletinDepouille(t="abbaye-acacia-acajou-accent", c=("p5",))
    replaced = tuple(sorted((*dropped, stranger), key=cle))
    forged = [
        msgspec.structs.replace(e, bulletins=replaced)
        if isinstance(e, BulletinsDepouilles)
        else msgspec.structs.replace(e, empreinte_bulletins=empreinte_bulletins(replaced))
        if isinstance(e, ScrutinDepouille)
        else e
        for e in true
    ]
    assert ecarts(forged) == [] and absents(numbers, forged) == [lot.bulletins[0].t]
