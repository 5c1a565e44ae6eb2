"""Erasure: the values chosen go everywhere, the others stay, the proofs hold, and a crash is finished at start."""

import pytest

from domain.effacements.events import EffacementDemande
from domain.ledger import erasure
from domain.ledger.erasure import Held, SharedKey
from domain.ledger.store import Once
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from tests import monde
from tests.bureau.equipe import Equipe
from tests.propositions import histoire as h
from web.acces.persons import today
from web.access import Acteur
from web.bureau.effacer import erase, finish_erasures, held, requests

REF, STREAM, DPO = monde.REF, monde.DOSSIER, "protection_donnees"
PAGES = [f"/dossiers/{REF}{form}" for form in ("", ".json", ".atom", "?au=2026-03-20", "?au=99")]
PUBLIC = [*PAGES, "/instances/gepi", "/instances/gepi.atom", "/", "/journal", "/recherche?q=mairie"]
TICKED = {"efface-1-contribution": "oui", "efface-1-auteur": "oui"}


async def vecu(equipe: Equipe) -> None:
    await equipe.vivre(REF, h.deposee(contact="06 12 34 56 78", reponse_par="telephone"), monde.qualifiee, h.publiee)
    await equipe.vivre(REF, h.ajoutee, h.repondue, h.incomprise)


async def everything(equipe: Equipe) -> str:
    """All that the database holds, as text (sealed values are not readable in it), and all public pages."""
    found = equipe.office.services
    tables = await found.fetch(
        "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
        " WHERE schemaname IN ('ledger', 'keys', 'projections', 'web')"
    )
    texts = []
    async with found.pool.connection() as connection:
        for (table,) in tables:
            texts += await (await connection.execute(f"SELECT t::text FROM {table} t")).fetchall()
        leaves = await connection.execute("SELECT convert_from(state, 'UTF8') FROM ledger.stored_events")
        texts += await leaves.fetchall()
    pages = [(await equipe.office.client.get(path)).text for path in PUBLIC]
    return str(texts) + str(pages)


async def test_what_is_chosen_goes_from_every_page_search_feed_and_table(equipe: Equipe) -> None:
    await vecu(equipe)
    before = {path: (await equipe.office.client.get(path)).text for path in PUBLIC}
    assert "Un banc devant" in before[PUBLIC[0]] and REF in before["/recherche?q=mairie"]
    page = await equipe.page(DPO, f"/bureau/effacements?dossier={REF}")
    assert "acte n°" in page and "coordonnées" in page and "banc devant" not in page and "06 12" not in page
    form = TICKED | {"motif": "tiers_nomme"}
    answer = await equipe.poster(DPO, f"/bureau/effacements?dossier={REF}", "/bureau/effacements", **form)
    assert answer.status_code == 303, answer.text
    after = await equipe.page(DPO, answer.headers["location"])
    assert "Effacé le" in after and "une autre personne était nommée" in after
    values = sorted((value.version, value.field) for value in await held(equipe.office.services, STREAM))
    assert values == [(4, "texte"), (6, "demi_journees"), (6, "telephone")]
    everywhere = await everything(equipe)
    for gone in ("banc devant", "Amina", "mairie, s"):
        assert gone not in everywhere, gone
    dossier = (await equipe.get(f"/dossiers/{REF}")).text.replace("\u00a0", " ")
    assert "Effacé le" in dossier and "motif : une autre personne était nommée." in dossier
    assert "Un banc" not in (await equipe.page("animation-gepi", f"/bureau/propositions/{REF}")).replace(
        "Un banc sera", ""
    )
    assert REF not in (await equipe.get("/recherche?q=mairie")).text


async def test_the_leaves_stay_and_the_rebuild_is_equal(equipe: Equipe) -> None:
    await vecu(equipe)
    before = (await equipe.flux(REF)).feuilles
    await equipe.poster(DPO, f"/bureau/effacements?dossier={REF}", "/bureau/effacements", **TICKED, motif="moderation")
    after = await equipe.flux(REF)
    assert {position: after.feuilles[position] for position in before} == before
    asked, done = (fait.event for fait in after.faits[-2:])
    assert getattr(asked, "par", "") == getattr(done, "par", "") == "protection_donnees"
    rebuilt = await rebuild(equipe.office.services.live.url, equipe.office.services.vault, PROJECTIONS)
    assert all(pair.equal for pair in rebuilt.projections.values())
    assert "banc devant" not in await everything(equipe)


async def test_a_crash_after_the_request_is_finished_at_start(equipe: Equipe, monkeypatch: pytest.MonkeyPatch) -> None:
    await vecu(equipe)

    async def killed(*_: object) -> int:
        raise KeyboardInterrupt

    found = equipe.office.services
    person = (await found.fetch("SELECT personne FROM personnes WHERE slug = %s", (DPO,)))[0][0]
    values = [value for value in await held(found, STREAM) if value.version == 1]
    for where in ("forget", "execute"):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            if where == "forget":
                patch.setattr(erasure, "forget", killed)
            else:
                patch.setattr(found.ledger, "execute", killed)
            if where == "execute":
                await finish_erasures(found)
            else:
                acteur = Acteur(person, "protection_donnees", today())
                await erase(found, acteur, STREAM, values, "tiers_nomme", Once(b"k" * 32, b"f" * 32))
    assert await finish_erasures(found) == 1 and await finish_erasures(found) == 0
    assert {value.version for value in await held(found, STREAM)} == {4, 6}
    assert [type(fait.event).__name__ for fait in (await equipe.flux(REF)).faits].count("EffacementExecute") == 1


async def test_only_the_officer_may_and_nothing_ticked_is_refused(equipe: Equipe) -> None:
    await vecu(equipe)
    for slug in ("animation-gepi", "coordination", "administration"):
        await equipe.page(slug, "/bureau/effacements", 403)
        answer = await equipe.poster(slug, "/bureau", "/bureau/effacements", dossier=REF, motif="moderation", **TICKED)
        assert answer.status_code == 403
    page = f"/bureau/effacements?dossier={REF}"
    nothing = {"motif": "moderation"}
    for fields, message in (
        (nothing, "Rien n&#x27;est choisi"),
        (TICKED, "liste"),
        (TICKED | {"motif": "envie"}, "liste"),
    ):
        answer = await equipe.poster(DPO, page, "/bureau/effacements", **fields)
        assert message in equipe.checked(answer, 422).text
    assert len(await held(equipe.office.services, STREAM)) == 6
    assert "Ce n’est pas un numéro" in await equipe.page(DPO, "/bureau/effacements?dossier=abc")
    assert "ne contient plus" in await equipe.page(DPO, "/bureau/effacements?dossier=GEPI-2026-9999")


async def test_one_form_sent_twice_erases_once(equipe: Equipe) -> None:
    await vecu(equipe)
    page = f"/bureau/effacements?dossier={REF}"
    form = await equipe.caches(DPO, page, "/bureau/effacements") | TICKED | {"motif": "moderation"}
    client = await equipe.entrer(DPO)
    first = await client.post("/bureau/effacements", data=form)
    again = await client.post("/bureau/effacements", data=form)
    assert first.status_code == 303 and again.status_code in (303, 409, 422)
    names = [type(fait.event).__name__ for fait in (await equipe.flux(REF)).faits]
    assert names.count("EffacementDemande") == names.count("EffacementExecute") == 1


async def test_a_key_is_not_destroyed_when_it_covers_more(equipe: Equipe) -> None:
    await vecu(equipe)
    [telephone] = [v for v in await held(equipe.office.services, STREAM) if v.field == "telephone"]
    async with equipe.office.services.pool.connection() as connection:
        with pytest.raises(SharedKey):
            await erasure.forget(connection, STREAM, [telephone.digest])
        assert await erasure.forget(connection, "propositions/GEPI-2026-9999", [telephone.digest]) == 0
        assert await erasure.unfinished(connection, EffacementDemande.TOPIC, "x") == []


def test_a_request_names_exactly_what_was_chosen() -> None:
    chosen = [Held(1, 10, "contribution", "texte", "a"), Held(6, 15, "auteur", "telephone", "b"),
              Held(4, 13, "complement", "texte", "c"), Held(7, 16, "auteur", "telephone", "d")]  # fmt: skip
    assert requests(chosen) == [
        (("contribution",), (1,), ("a",)),
        (("complement",), (4,), ("c",)),
        (("auteur",), (6, 7), ("b", "d")),
    ]
