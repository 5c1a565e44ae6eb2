"""Paper ballots: typed twice, compared, counted with the others; nothing tells them apart in the list."""

import pytest

from domain.scrutins.contre_saisir_lot_papier import ContreSaisirLotPapier
from domain.scrutins.events import BulletinsDepouilles, ScrutinDepouille
from domain.scrutins.saisir_lot_papier import SaisirLotPapier
from domain.scrutins.traceurs import est_traceur
from domain.scrutins.urne import UrneAlteree
from domain.scrutins.valider_lot_papier import ValiderLotPapier
from tests.urne.monde import REF, BureauDeVote
from web.urne import paper, slips
from web.urne.equations import ecarts
from web.urne.paper import Bulletin
from web.urne.register import une_fois

TYPED = (Bulletin(c=("p2",)), Bulletin(c=("p2", "p1")), Bulletin(nul="dechire"), Bulletin())


async def exchanged(bureau: BureauDeVote, n: int) -> None:
    for rank in range(n):
        await slips.echanger_billet(bureau.services, bureau.bureau, REF, bureau.codes[-1 - rank], une_fois("x", rank))


async def test_paper_counts_with_the_rest(bureau: BureauDeVote) -> None:
    for rank in range(12):
        await bureau.voter(rank, ["p1"])
    await exchanged(bureau, len(TYPED))
    await bureau.clore()
    first = await paper.garder_lot(bureau.services, REF, TYPED)
    await bureau.services.ledger.execute(saisie(bureau, first))
    await paper.garder_lot(bureau.services, REF, TYPED[:1])  # a try that never reached the register
    again = await paper.garder_lot(bureau.services, REF, TYPED)
    one, two = [await paper.lire_lot(bureau.services, REF, digest) for digest in (first, again)]
    assert one is not None and two is not None and paper.ecarts(one, two) == []
    command = ContreSaisirLotPapier(
        bureau.bureau.personne, bureau.bureau.le, REF, lot=1, n=len(TYPED), empreinte=again, ecarts=0
    )
    await bureau.services.ledger.execute(command)
    valid = ValiderLotPapier(
        bureau.bureau.personne, bureau.bureau.le, REF, lot=1, n=len(TYPED), empreinte=again, ecarts_tranches=0
    )
    await bureau.services.ledger.execute(valid)
    await bureau.ouvrir_couche("metropole")
    await bureau.ouvrir_couche("bureau")
    await bureau.depouiller()
    events = await bureau.events()
    [found] = [event for event in events if isinstance(event, ScrutinDepouille)]
    assert (found.n, found.n_papier, found.n_blancs, found.nuls) == (16, 4, 1, {"dechire": 1})
    assert (found.voix["p1"], found.voix["p2"]) == (13, 2)
    published = [ballot for event in events if isinstance(event, BulletinsDepouilles) for ballot in event.bulletins]
    assert len(published) == 15 and all(est_traceur(ballot.t) for ballot in published)
    assert ecarts(events) == []


def saisie(bureau: BureauDeVote, digest: str) -> SaisirLotPapier:
    acteur = bureau.direction
    return SaisirLotPapier(acteur.personne, acteur.le, REF, lot=1, n=len(TYPED), empreinte=digest)


async def test_differences_are_found_by_rank(bureau: BureauDeVote) -> None:
    other = (Bulletin(c=("p2",)), Bulletin(c=("p1",)), Bulletin(nul="dechire"))
    digests = [await paper.garder_lot(bureau.services, REF, typed) for typed in (TYPED, other)]
    one, two = [await paper.lire_lot(bureau.services, REF, digest) for digest in digests]
    assert one is not None and two is not None
    assert paper.ecarts(one, two) == paper.ecarts(two, one) == [2, 4]
    assert digests[0] != await paper.garder_lot(bureau.services, REF, TYPED), "salted"


async def test_what_was_typed_is_in_clear_nowhere_and_a_lost_lot_is_said(bureau: BureauDeVote) -> None:
    digest = await paper.garder_lot(bureau.services, REF, TYPED)
    rows = await bureau.services.fetch("SELECT contenu FROM urne.papier")
    assert all(b"p2" not in bytes(contenu) and b"dechire" not in bytes(contenu) for (contenu,) in rows)
    assert await paper.lire_lot(bureau.services, REF, "0" * 64) is None
    with pytest.raises(UrneAlteree):
        await paper.bulletins_papier(bureau.services, REF, [digest, "0" * 64])
