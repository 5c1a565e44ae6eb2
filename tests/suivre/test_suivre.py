"""Following: confirmed by mail, managed and stopped by a signed link, never public."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from tests import monde
from tests.acces.office import Office, path_of
from tests.suivre.follower import WHO, follow
from web.suivre.subscriptions import stop_link
from web.suivre.tokens import read, sign


async def subscriptions(office: Office) -> list[tuple[str, str, bool]]:
    rows = await office.services.fetch(
        "SELECT subject, pace, confirmed_at IS NOT NULL FROM web.subscriptions ORDER BY created_at"
    )
    return [(subject, pace, confirmed) for subject, pace, confirmed in rows]


async def test_nobody_is_told_before_confirming(office: Office) -> None:
    asked = await office.post(f"/suivre/{monde.REF}", courriel=WHO, rythme="decision")
    assert (asked.status_code, asked.headers["location"]) == (303, "/suivre/envoye")
    assert await subscriptions(office) == [(f"dossiers/{monde.REF}", "decision", False)]
    [mail] = await office.mails()
    assert mail.recipient == WHO and monde.REF in mail.subject and not mail.unsubscribe
    for _ in range(2):
        assert "Oui, prévenez-moi" in (await office.client.get(path_of(mail.url))).text
    assert not (await subscriptions(office))[0][2], "looking at the page confirms nothing"
    done = await office.post(path_of(mail.url))
    assert done.status_code == 200 and "Vous suivez le dossier" in done.text
    assert await subscriptions(office) == [(f"dossiers/{monde.REF}", "decision", True)]


async def test_the_form_of_a_dossier_page_is_enough(office: Office) -> None:
    """It has the address only: at once, then."""
    page = await office.client.get(f"/dossiers/{monde.REF}")
    assert f'action="/suivre/{monde.REF}"' in page.text.replace("&#x2f;", "/")
    await office.post(f"/suivre/{monde.REF}", courriel=WHO)
    assert await subscriptions(office) == [(f"dossiers/{monde.REF}", "tout_de_suite", False)]


async def test_an_instance_is_followed_too(office: Office) -> None:
    await follow(office, place="instances/gepi", rythme="lundi")
    assert await subscriptions(office) == [("instances/gepi", "lundi", True)]


@pytest.mark.parametrize("place", ["GEPI-2026-9999", "AV-2026-0001", "instances/inconnue", "instances/%2e%2e"])
async def test_what_does_not_exist_is_not_followed(office: Office, place: str) -> None:
    assert (await office.client.get(f"/suivre/{place}")).status_code == 404
    assert (await office.post("/suivre", f"/suivre/{place}", courriel=WHO)).status_code == 404
    assert not await office.mails() and not await subscriptions(office)


async def test_the_answer_does_not_say_who_follows(office: Office) -> None:
    await follow(office)
    again = await office.post(f"/suivre/{monde.REF}", courriel=WHO.upper(), rythme="lundi")
    other = await office.post(f"/suivre/{monde.REF}", courriel="autre@exemple.fr", rythme="lundi")
    assert (again.status_code, again.content, again.headers) == (other.status_code, other.content, other.headers)
    first, second = await office.mails()
    assert "déjà" in first.subject and "Confirmez" in second.subject
    assert (await subscriptions(office))[0] == (f"dossiers/{monde.REF}", "tout_de_suite", True), (
        "only the link changes it"
    )


@pytest.mark.parametrize("courriel", ["", "voisine", "voisine@exemple", "a\r\nBcc: b@exemple.fr"])
async def test_a_mistyped_address_comes_back_in_the_form(office: Office, courriel: str) -> None:
    answer = await office.post(f"/suivre/{monde.REF}", courriel=courriel, rythme="lundi")
    assert answer.status_code == 422 and "courriel-erreur" in answer.text
    assert 'value="lundi" checked' in answer.text and not await subscriptions(office)


async def test_an_address_is_not_bombed(office: Office) -> None:
    answers = [await office.post(f"/suivre/{monde.REF}", courriel=WHO) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0 and "courriel" in answers[-1].text
    assert len(await office.mails()) == 5


async def test_the_same_form_twice_mails_once(office: Office) -> None:
    fields = {"courriel": WHO, "idempotence": "la même clef"}
    await asyncio.gather(*(office.post(f"/suivre/{monde.REF}", **fields) for _ in range(3)))
    assert len(await office.mails()) == 1


async def unsubscribe_url(office: Office) -> str:
    """What the header List-Unsubscribe of a mail to this follower says."""
    [(id_,)] = await office.services.fetch("SELECT id FROM web.subscriptions")
    return path_of(stop_link(office.services, id_))


async def test_one_click_stops(office: Office) -> None:
    """RFC 8058: a POST from a mail program, with no cookie, no token and a foreign origin."""
    await follow(office)
    url = await unsubscribe_url(office)
    async with office.browser() as robot:
        headers = {"origin": "https://courrier.example", "sec-fetch-site": "cross-site"}
        answer = await robot.post(url, data={"List-Unsubscribe": "One-Click"}, headers=headers)
        assert answer.status_code == 200 and not await subscriptions(office)
        assert (await robot.post(url, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert await office.services.fetch("SELECT count(*) FROM web.subscriptions") == [(0,)], "the address is gone"


async def test_a_link_scanner_does_not_stop(office: Office) -> None:
    await follow(office)
    page = await office.client.get(await unsubscribe_url(office))
    assert page.status_code == 200 and "Arrêter" in page.text and len(await subscriptions(office)) == 1


async def test_a_signed_link_manages_everything(office: Office) -> None:
    await follow(office)
    await follow(office, place="instances/gepi", rythme="lundi")
    await follow(office, courriel="autre@exemple.fr")
    await office.post("/suivre", courriel=WHO)
    [mail] = await office.mails()
    manage = path_of(mail.url)
    page = (await office.client.get(manage)).text
    assert monde.REF in page and "Gepi" in page and WHO not in page and "autre@" not in page
    ids = await office.services.fetch("SELECT id FROM web.subscriptions ORDER BY created_at")
    choices = {f"rythme-{ids[0][0]}": "decision", f"rythme-{ids[1][0]}": "arreter", f"rythme-{ids[2][0]}": "arreter"}
    saved = await office.post(manage, **choices)
    assert saved.status_code == 200 and "enregistrés" in saved.text
    assert await subscriptions(office) == [
        (f"dossiers/{monde.REF}", "decision", True),
        (f"dossiers/{monde.REF}", "tout_de_suite", True),
    ], "another address's subscription is out of reach"


async def test_the_lost_link_is_mailed_to_who_follows_only(office: Office) -> None:
    await follow(office)
    answers = [await office.post("/suivre", courriel=address) for address in (WHO, "inconnu@exemple.fr")]
    assert len({(answer.status_code, answer.headers["location"]) for answer in answers}) == 1
    assert [mail.recipient for mail in await office.mails()] == [WHO]


async def test_links_are_signed(office: Office) -> None:
    await follow(office)
    [(id_,)] = await office.services.fetch("SELECT id FROM web.subscriptions")
    good = sign(office.services.secret, "gerer", id_)
    assert read(office.services.secret, "gerer", good) == id_
    others = sign(b"x" * 32, "gerer", id_), sign(office.services.secret, "confirmer", id_)
    wrong = [*others, good[:-4] + "AAAA", good[:20], sign(office.services.secret, "gerer", uuid4()), "é", "A" * 43]
    for token in wrong:
        assert (await office.client.get(f"/suivre/{token}")).status_code == 404
        assert (await office.post("/suivre", f"/suivre/{token}")).status_code == 404
        assert (await office.post("/suivre", f"/suivre/arreter/{token}")).status_code == 200
    assert len(await subscriptions(office)) == 1
    assert (await office.client.get(f"/suivre/confirmer/{good}")).status_code == 403


@pytest.mark.parametrize("place", [monde.REF, "instances/gepi", ""])
async def test_forged_forms_are_refused(office: Office, place: str) -> None:
    fields = {"courriel": WHO, "csrf": "0" * 32}
    answer = await office.client.post(f"/suivre/{place}".rstrip("/"), data=fields)
    assert answer.status_code == 403
    hidden = (await office.client.get("/suivre")).text.partition('name="csrf" value="')[2][:32]
    foreign = {"origin": "https://ailleurs.example"}
    answer = await office.client.post(f"/suivre/{place}".rstrip("/"), data=fields | {"csrf": hidden}, headers=foreign)
    assert answer.status_code == 403 and not await subscriptions(office)


async def test_the_address_is_sealed(office: Office) -> None:
    await follow(office)
    [(row,)] = await office.services.fetch(
        "SELECT s::text || encode(email_sealed, 'escape') || encode(email_digest, 'escape') FROM web.subscriptions s"
    )
    assert "voisine" not in row and "exemple.fr" not in row


async def test_pages_are_never_stored(office: Office) -> None:
    pages: list[httpx.Response] = [
        await office.client.get(f"/suivre{place}") for place in ("", "/envoye", f"/{monde.REF}")
    ]
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}
