"""After the complaints: nothing is left of the urn, then of its secret; a crash between is finished by itself."""

import asyncio

import pytest

from domain.errors import RegleViolee
from domain.scrutins.events import ClesDetruites, ScrutinAnnule, UrneEffacee
from domain.scrutins.urne import UrneEffaceeDeja
from tests.urne.monde import REF, BureauDeVote
from web.urne import closing, erasing, store, tasks
from web.urne.secrets import secret


async def to_the_end(bureau: BureauDeVote, n: int = 12) -> None:
    for rank in range(n):
        await bureau.voter(rank)
    await bureau.clore()
    await bureau.ouvrir_couche("metropole")
    await bureau.ouvrir_couche("bureau")
    await bureau.depouiller()


async def left(bureau: BureauDeVote) -> dict[str, int]:
    tables = ("billets", "bulletins", "couches", "papier", "gestes", "secrets")
    counts = {}
    for table in tables:
        [(counts[table],)] = await bureau.services.fetch(f"SELECT count(*) FROM urne.{table}")
    return counts


async def test_nothing_is_left(bureau: BureauDeVote) -> None:
    await to_the_end(bureau)
    with pytest.raises(RegleViolee):
        await erasing.effacer(bureau.services, bureau.bureau, REF)
    assert (await left(bureau))["bulletins"] == 12, "a refused erasure erases nothing"
    await bureau.proclamer()
    with pytest.raises(RegleViolee):
        await erasing.detruire_cles(bureau.services, bureau.bureau, REF)
    assert (await left(bureau))["secrets"] == 1
    voix = bureau.voix[0]
    await erasing.effacer(bureau.services, bureau.bureau, REF)
    assert await left(bureau) == dict.fromkeys(await left(bureau), 0) | {"secrets": 1}
    assert await bureau.deposer(voix) == "ferme"
    assert await store.etat_billet(bureau.services, REF, voix.credential) is None
    await erasing.detruire_cles(bureau.services, bureau.bureau, REF)
    assert set((await left(bureau)).values()) == {0}
    with pytest.raises(UrneEffaceeDeja):
        await secret(bureau.services, REF)
    assert await store.trouver_scrutin(bureau.services, bureau.codes[0]) is None
    events = await bureau.events()
    assert [event.n for event in events if isinstance(event, UrneEffacee)] == [12]
    assert sum(isinstance(event, ClesDetruites) for event in events) == 1
    assert await closing.etat_urne(bureau.services, REF) == closing.EtatUrne("effacee", 12)
    with pytest.raises(RegleViolee):
        await bureau.ouvrir_couche("metropole")


async def test_an_erasure_cut_by_a_crash_finishes_itself(bureau: BureauDeVote, monkeypatch: pytest.MonkeyPatch) -> None:
    await to_the_end(bureau)
    await bureau.proclamer()

    async def killed(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    for act, kind in ((erasing.effacer, UrneEffacee), (erasing.detruire_cles, ClesDetruites)):
        with monkeypatch.context() as patch:
            patch.setattr(bureau.services.ledger, "execute", killed)
            with pytest.raises(asyncio.CancelledError):
                await act(bureau.services, bureau.bureau, REF)
        assert not any(isinstance(event, kind) for event in await bureau.events())
        await tasks.veiller(bureau.services)
        assert sum(isinstance(event, kind) for event in await bureau.events()) == 1
        await act(bureau.services, bureau.bureau, REF)  # the form is sent again
        assert sum(isinstance(event, kind) for event in await bureau.events()) == 1
    assert set((await left(bureau)).values()) == {0}


async def test_an_old_copy_of_the_urn_is_erased_again(bureau: BureauDeVote) -> None:
    """Restored beside a register that says that it was destroyed."""
    await to_the_end(bureau)
    await bureau.ecrire(UrneEffacee(n=12, par=bureau.cree.par))
    await tasks.veiller(bureau.services)
    assert (await left(bureau))["bulletins"] == (await left(bureau))["billets"] == 0


async def test_a_cancelled_vote_shuts_its_urn(bureau: BureauDeVote) -> None:
    await bureau.voter(0)
    await bureau.ecrire(ScrutinAnnule(motif="Les deux exemplaires d’une clé sont perdus.", par=bureau.cree.par))
    await tasks.veiller(bureau.services)
    assert await bureau.voter(1) == "ferme"


async def test_the_round_opens_reads_and_goes_on_when_one_urn_fails(
    pret: BureauDeVote, caplog: pytest.LogCaptureFixture
) -> None:
    assert await pret.voter(0) == "pas_ouvert"
    await pret.services.ledger.execute(pret.ouverture())
    async with pret.services.pool.connection() as connection:  # an urn without a scrutin, before ours
        await connection.execute(
            "INSERT INTO urne.scrutins (reference, ouvre_le, ferme_le, longueur, k_min)"
            " VALUES ('SC-2025-0001', now(), now(), 1, 1)"
        )
    await tasks.veiller(pret.services)
    assert await pret.voter(0) == "accepte"
    assert "SC-2025-0001 waits: UrneInconnue" in caplog.text
