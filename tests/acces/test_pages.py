"""The pages of signing in, of tokens, of mails and of following are valid, in each of their states."""

from pathlib import Path

import html5lib

from tests import monde
from tests.acces.office import Office, open_office, path_of
from tests.quality import validate_html
from tests.suivre.follower import follow
from web.embedded import Urls
from web.suivre.subscriptions import stop_link

WHO = "camille@metropole.example"


async def test_pages_of_signing_in(office: Office) -> None:
    await office.appoint(WHO, fonction="administration")
    await office.post("/connexion", courriel=WHO)
    link = path_of((await office.mails())[0].url)
    pages = {
        "ask": await office.client.get("/connexion?suite=/bureau/jetons"),
        "sent": await office.client.get("/connexion/envoye"),
        "link": await office.client.get(link),
        "mistyped": await office.post("/connexion", courriel="camille@"),
        "entered": await office.post(link),
        "used": await office.client.get(link),
        "again": await office.client.get("/connexion"),
        "none": await office.client.get("/bureau/jetons"),
        "empty": await office.post("/bureau/jetons", usage=""),
        "made": await office.post("/bureau/jetons", usage="Essai <script>"),
        "listed": await office.client.get("/bureau/jetons"),
    }
    await office.services.fetch("UPDATE web.outbox SET state = 'abandonne', kind = 'essai', fault = 'X 5' RETURNING 1")
    pages["mails"] = await office.client.get("/bureau/courriers")
    assert "Réessayer" in pages["mails"].text and "<script>" not in pages["listed"].text
    assert {name: faults for name, page in pages.items() if (faults := validate_html(page.text))} == {}


async def test_pages_of_the_demonstration(demonstration: Office) -> None:
    none = await demonstration.client.get("/bureau/courriers")
    await demonstration.appoint(WHO)
    await demonstration.post("/connexion", courriel=WHO)
    [(id_,)] = await demonstration.services.fetch("SELECT id FROM web.outbox")
    paths = ("/connexion", "/connexion/envoye", "/bureau/courriers", f"/bureau/courriers/{id_}", "/suivre/envoye")
    pages = [none, *[await demonstration.client.get(path) for path in paths]]
    assert [validate_html(page.text) for page in pages] == [[]] * len(pages)


async def test_pages_of_following(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        await office.write("instances/gepi", monde.instance())
        await office.write(monde.DOSSIER, monde.deposee())
        await office.post(f"/suivre/{monde.REF}", courriel=WHO)
        confirm = path_of((await office.mails())[0].url)
        pages = {"asked": await office.client.get(confirm)}
        await follow(office, WHO)
        await office.post("/suivre", courriel=WHO)
        manage = path_of((await office.mails())[0].url)
        [(id_,)] = await office.services.fetch("SELECT id FROM web.subscriptions")
        stop = path_of(stop_link(office.services, id_))
        pages |= {
            "about": await office.client.get("/suivre"),
            "about mistyped": await office.post("/suivre", courriel="x"),
            "form": await office.client.get("/suivre/instances/gepi"),
            "form mistyped": await office.post("/suivre/instances/gepi", courriel="x", rythme="lundi"),
            "confirmed": await office.client.get(confirm),
            "manage": await office.client.get(manage),
            "saved": await office.post(manage),
            "stop": await office.client.get(stop),
            "stopped": await office.post(stop),
            "gone": await office.client.get(confirm),
            "lost": await office.client.get(manage),
        }
        assert [pages[name].status_code for name in ("about mistyped", "stopped", "gone", "lost")] == [
            422,
            200,
            403,
            404,
        ]
        assert {name: faults for name, page in pages.items() if (faults := validate_html(page.text))} == {}


async def test_mails_are_valid_html(office: Office) -> None:
    await office.appoint(WHO)
    await office.post("/connexion", courriel=WHO)
    [mail] = await office.mails()
    html5lib.HTMLParser(strict=True).parse(mail.html)
