"""Slips: made once, recognised, revoked, exchanged; the urn and the register agree whatever breaks between them."""

import asyncio

import pytest

from domain.errors import RegleViolee
from domain.scrutins.codes import CodeMalCopie, affiche_code, code
from domain.scrutins.events import BilletEchangeContrePapier, BilletsAnnules, BilletsCrees
from domain.scrutins.urne import BilletDejaRetire, BilletDejaUtilise, BilletInconnu, BilletsDejaCrees, UrneInconnue
from tests.urne.monde import REF, BureauDeVote, ensemble
from web.urne import slips, store
from web.urne.digests import empreinte
from web.urne.register import une_fois

STRANGE = code(bytes(16))  # well formed, and nobody's


async def states(bureau: BureauDeVote) -> list[str]:
    rows = await bureau.services.fetch("SELECT etat FROM urne.billets ORDER BY etat")
    return [etat for (etat,) in rows]


async def test_codes_are_given_once_and_their_digest_is_in_the_register(bureau: BureauDeVote) -> None:
    assert len(set(bureau.codes)) == 30
    credentials = [await bureau.credential(each) for each in bureau.codes]
    [made] = [event for event in await bureau.events() if isinstance(event, BilletsCrees)]
    assert (made.n, made.empreinte) == (30, empreinte(credentials))
    rows = await bureau.services.fetch("SELECT billet FROM urne.billets ORDER BY ctid")
    assert [bytes(billet) for (billet,) in rows] == sorted(credentials), "the order of printing is not kept"


async def test_a_slip_is_recognised_as_typed(bureau: BureauDeVote) -> None:
    given = bureau.codes[0]
    expected = (REF, await bureau.credential(given))
    for typed in (given, affiche_code(given), affiche_code(given).lower(), f" {affiche_code(given)} "):
        assert await store.trouver_scrutin(bureau.services, typed) == expected
    with pytest.raises(CodeMalCopie):
        await store.trouver_scrutin(bureau.services, given[:-1])
    assert await store.trouver_scrutin(bureau.services, STRANGE) is None
    assert await store.etat_billet(bureau.services, *expected) == "libre"
    assert await store.etat_billet(bureau.services, REF, b"x" * 32) is None
    await bureau.voter(0)
    assert await store.etat_billet(bureau.services, *expected) == "utilise"


async def test_slips_made_twice_by_the_same_form_are_made_once(pret: BureauDeVote) -> None:
    await pret.services.fetch("SELECT 1")
    before = await states(pret)
    once = une_fois("essai")
    answers = await ensemble(*(slips.creer_billets(pret.services, pret.direction, REF, 5, once) for _ in range(3)))
    made = [answer for answer in answers if isinstance(answer, list)]
    refused = [answer for answer in answers if not isinstance(answer, list)]
    assert len(made) <= 1 and len(refused) >= 2, answers
    assert len(await states(pret)) == len(before) + 5 * len(made)
    for each in made[0] if made else []:
        assert (await store.trouver_scrutin(pret.services, each)) is not None


async def test_slips_made_and_never_said_open_nothing(pret: BureauDeVote) -> None:
    codes, _ = await store.tirer_billets(pret.services, REF, pret.cree, 4)  # then the server is killed
    assert await store.trouver_scrutin(pret.services, codes[0]) is None
    voix = await pret.bulletin(codes[0], ["p1"])
    assert await pret.deposer(voix) == "inconnu"
    await slips.reprendre_billets(pret.services, REF)
    assert await states(pret) == ["libre"] * 30


async def test_slips_made_and_said_are_those_of_the_register_after_a_crash(pret: BureauDeVote) -> None:
    codes, digest = await store.tirer_billets(pret.services, REF, pret.cree, 4)
    await pret.ecrire(BilletsCrees(n=4, empreinte=digest, par=pret.cree.par))  # then the server is killed
    await slips.reprendre_billets(pret.services, REF)
    assert await states(pret) == ["libre"] * 34
    assert await store.trouver_scrutin(pret.services, codes[0]) is not None


async def test_a_refused_creation_leaves_no_slip(pret: BureauDeVote) -> None:
    with pytest.raises(RegleViolee):
        await slips.creer_billets(pret.services, pret.education, REF, 5)
    with pytest.raises(UrneInconnue):
        await slips.creer_billets(pret.services, pret.direction, "SC-2026-0099", 5)
    assert await states(pret) == ["libre"] * 30


async def test_revoked_slips_open_nothing_and_are_counted(bureau: BureauDeVote) -> None:
    await slips.annuler_billets(bureau.services, bureau.bureau, REF, bureau.codes[:2], "perdu", une_fois("a"))
    assert await bureau.voter(0) == "annule" == await bureau.voter(1)
    assert await bureau.voter(2) == "accepte"
    [said] = [event for event in await bureau.events() if isinstance(event, BilletsAnnules)]
    assert (said.n, said.motif, said.connus) == (2, "perdu", True)
    assert await bureau.services.fetch("SELECT FROM urne.gestes") == []


async def test_a_used_an_unknown_a_revoked_slip(bureau: BureauDeVote) -> None:
    await bureau.voter(0)
    await slips.echanger_billet(bureau.services, bureau.bureau, REF, bureau.codes[1], une_fois("e"))
    for typed, kind in (
        (bureau.codes[0], BilletDejaUtilise),
        (bureau.codes[1], BilletDejaRetire),
        (STRANGE, BilletInconnu),
        ("K7MF", CodeMalCopie),
    ):
        with pytest.raises(kind):
            await slips.echanger_billet(bureau.services, bureau.bureau, REF, typed, une_fois("e", typed))
        with pytest.raises(kind):
            await slips.annuler_billets(
                bureau.services, bureau.bureau, REF, [bureau.codes[2], typed], "perdu", une_fois(typed)
            )
    assert await store.etat_billet(bureau.services, REF, await bureau.credential(bureau.codes[2])) == "libre"
    assert sum(isinstance(event, BilletEchangeContrePapier) for event in await bureau.events()) == 1
    assert not any(isinstance(event, BilletsAnnules) for event in await bureau.events())


async def test_the_same_form_exchanges_once(bureau: BureauDeVote) -> None:
    once = une_fois("le meme")
    acts = [await slips.echanger_billet(bureau.services, bureau.bureau, REF, bureau.codes[0], once) for _ in range(2)]
    assert acts[0].position == acts[1].position
    answers = await ensemble(
        *(
            slips.echanger_billet(bureau.services, bureau.bureau, REF, bureau.codes[1], une_fois("deux", form))
            for form in range(4)
        )
    )
    assert sum(isinstance(answer, BilletDejaRetire) for answer in answers) == 3, answers
    assert sum(isinstance(event, BilletEchangeContrePapier) for event in await bureau.events()) == 2


async def test_an_exchange_cut_by_a_crash_is_finished(bureau: BureauDeVote, monkeypatch: pytest.MonkeyPatch) -> None:
    async def killed(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(bureau.services.ledger, "execute", killed)
        with pytest.raises(asyncio.CancelledError):
            await slips.echanger_billet(bureau.services, bureau.bureau, REF, bureau.codes[0], une_fois("e"))
    assert await bureau.voter(0) == "annule", "at once: the paper ballot may have been given"
    assert await slips.reprendre_billets(bureau.services, REF) == 1
    assert await slips.reprendre_billets(bureau.services, REF) == 0
    assert sum(isinstance(event, BilletEchangeContrePapier) for event in await bureau.events()) == 1


async def test_a_slip_is_voted_or_exchanged_never_both(bureau: BureauDeVote) -> None:
    for rank in range(10):
        voix = await bureau.bulletin(bureau.codes[rank], ["p1"])
        deposit, exchange = await ensemble(
            bureau.deposer(voix),
            slips.echanger_billet(bureau.services, bureau.bureau, REF, bureau.codes[rank], une_fois("x", rank)),
        )
        assert (deposit == "accepte") == isinstance(exchange, BilletDejaUtilise), (deposit, exchange)


async def test_lost_answers_of_a_creation_are_said(pret: BureauDeVote) -> None:
    once = une_fois("perdue")
    await slips.creer_billets(pret.services, pret.direction, REF, 3, once)
    with pytest.raises(BilletsDejaCrees):
        await slips.creer_billets(pret.services, pret.direction, REF, 3, once)
    assert await states(pret) == ["libre"] * 33
