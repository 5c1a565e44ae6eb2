"""Mail: really received over SMTP, tried again after a failure, kept sealed until it leaves, never twice on purpose."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.acces.office import Office, open_office
from web.courrier.outbox import Mail, compose, enqueue
from web.courrier.sender import Sender
from web.courrier.smtp import client, message
from web.embedded import Urls

TO = "camille@metropole.example"


class Post:
    """A mail server that answers what it is told to, then 250."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.received = list(answers), list[EmailMessage]()
        self.arrived = asyncio.Condition()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers and self.answers[0].startswith("RCPT "):
            return self.answers.pop(0)[5:]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage) and found["To"] == envelope.rcpt_tos[0]
        async with self.arrived:
            self.received.append(found)
            self.arrived.notify_all()
        return "250 OK"


@asynccontextmanager
async def posted(office: Office, post: Post, delay: float = 0.05) -> AsyncIterator[Sender]:
    """A sender that reaches this mail server, on loopback, and tries again after `delay` seconds."""
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(post, hostname="essai"), "127.0.0.1", 0)
    url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = msgspec.structs.replace(office.settings, smtp_url=url, mail_sender="registre@metropole.example")
    sender = Sender(office.settings.database_url or "", settings, timedelta(seconds=delay))
    try:
        yield sender
    finally:
        await sender.stop()
        server.close()
        await server.wait_closed()


async def fill(office: Office, *keys: str, recipient: str = TO, life: timedelta = timedelta(days=3)) -> None:
    async with office.services.pool.connection() as connection:
        for key in keys:
            mail = compose(
                office.settings,
                recipient,
                f"[GEPI-2026-0001] Réponse donnée : {key}",
                ("Bonjour,", "Réponse : <on le fait> & c'est écrit."),
                lien=("Voir le dossier", "http://127.0.0.1:8000/dossiers/GEPI-2026-0001"),
                unsubscribe="http://127.0.0.1:8000/suivre/arreter/jeton",
            )
            await enqueue(connection, office.settings, key, "essai", mail, life)


async def states(office: Office) -> list[tuple[Any, ...]]:
    return await office.services.fetch("SELECT state, attempts, fault, sealed IS NULL FROM web.outbox ORDER BY key")


async def test_a_mail_is_received_after_a_first_failure(office: Office) -> None:
    await fill(office, "un")
    post = Post("451 Plus tard")
    async with posted(office, post, 0.5) as sender:
        assert await sender.send_due() == 0
        assert await states(office) == [("attente", 1, "SMTPDataError 451", False)]
        assert await sender.send_due() == 0, "not before its time"
        await asyncio.sleep(0.55)
        assert await sender.send_due() == 1
    assert await states(office) == [("parti", 2, None, True)]
    [mail] = post.received
    assert (mail["From"], mail["To"]) == ("registre@metropole.example", TO)
    assert mail["Subject"] == "[GEPI-2026-0001] Réponse donnée : un"
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8000/suivre/arreter/jeton>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Date"] is not None
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and "Réponse : <on le fait> & c'est écrit." in plain.get_content()
    assert html is not None and "&lt;on le fait&gt; &amp;" in html.get_content()
    assert 'href="http://127.0.0.1:8000/dossiers/GEPI-2026-0001"' in html.get_content()


async def test_the_task_sends_by_itself(office: Office) -> None:
    post = Post("421 Je redémarre")
    async with posted(office, post) as sender:
        await sender.start()
        await fill(office, "un", "deux", "trois")
        async with asyncio.timeout(20), post.arrived:
            await post.arrived.wait_for(lambda: len(post.received) == 3)
        await sender.stop()
    assert {state for state, *_ in await states(office)} == {"parti"}


async def test_each_delay_is_longer(office: Office) -> None:
    await fill(office, "un")
    delays = []
    async with posted(office, Post(*["451 Plus tard"] * 5), delay=10) as sender:
        for _ in range(5):
            await office.services.fetch("UPDATE web.outbox SET next_attempt_at = now() RETURNING 1")
            await sender.send_due()
            [(delay,)] = await office.services.fetch("SELECT next_attempt_at - now() FROM web.outbox")
            delays.append(delay / timedelta(seconds=10))
    assert all(abs(delay - 2**place) < 0.5 for place, delay in enumerate(delays)), delays


async def test_a_mail_sent_again_is_the_same_mail(office: Office) -> None:
    """A crash after the server took it and before it was written down."""
    await fill(office, "un")
    post = Post()
    async with posted(office, post) as sender:
        [(sealed,)] = await office.services.fetch("SELECT sealed FROM web.outbox")
        await sender.send_due()
        await office.services.fetch(
            "UPDATE web.outbox SET state = 'attente', sealed = %b, next_attempt_at = now() RETURNING 1", (sealed,)
        )
        await sender.send_due()
    first, second = post.received
    assert first["Message-ID"] == second["Message-ID"] and first["Date"] == second["Date"]


async def test_a_refused_recipient_is_given_up_and_the_others_are_written_to(office: Office) -> None:
    await fill(office, "a", recipient="inconnue@metropole.example")
    await fill(office, "b")
    post = Post(f"RCPT 550 <{TO}> inconnue")
    async with posted(office, post) as sender:
        assert await sender.send_due() == 1
    assert await states(office) == [
        ("abandonne", 1, "SMTPRecipientsRefused 550", False),
        ("parti", 1, None, True),
    ]
    assert not [fault for _, _, fault, _ in await states(office) if fault and "@" in fault]


async def test_a_refused_sender_is_our_own_fault_and_is_tried_again(office: Office) -> None:
    await fill(office, "a")
    async with posted(office, Post("554 Refuse")) as sender:
        await sender.send_due()
    assert await states(office) == [("attente", 1, "SMTPDataError 554", False)]


async def test_a_mail_that_cannot_be_opened_does_not_stop_the_others(office: Office) -> None:
    await fill(office, "a", "b")
    await office.services.fetch("UPDATE web.outbox SET sealed = '\\x00' WHERE key = 'a' RETURNING 1")
    async with posted(office, Post()) as sender:
        assert await sender.send_due() == 1
    assert [state for state, *_ in await states(office)] == ["abandonne", "parti"]


async def test_no_server_at_all_is_waited_for(office: Office) -> None:
    await fill(office, "un", "deux")
    settings = msgspec.structs.replace(office.settings, smtp_url="smtp://127.0.0.1:9")
    sender = Sender(office.settings.database_url or "", settings)
    assert await sender.send_due() == 0
    await sender.stop()
    assert [(state, attempts) for state, attempts, *_ in await states(office)] == [("attente", 1)] * 2


async def test_it_gives_up_after_its_term_and_the_office_sees_it(office: Office) -> None:
    await office.appoint(TO, fonction="administration")
    await office.sign_in(TO)
    await fill(office, "un", life=timedelta(seconds=-1))
    async with posted(office, Post()) as sender:
        await office.services.fetch("DELETE FROM web.outbox WHERE kind = 'connexion' RETURNING 1")
        assert await sender.send_due() == 0
    page = await office.client.get("/bureau/courriers")
    assert "1 abandonnés" in page.text and "Réponse donnée : un" in page.text and TO not in page.text
    [(id_,)] = await office.services.fetch("SELECT id FROM web.outbox")
    assert (await office.client.get(f"/bureau/courriers/{id_}")).status_code == 404, "nobody reads mails here"
    assert (await office.post("/bureau/jetons", f"/bureau/courriers/{id_}/reessayer")).status_code == 303
    assert (await states(office))[0][0] == "attente"


async def test_one_sender_a_database(office: Office) -> None:
    await fill(office, *map(str, range(10)))
    post = Post()
    async with posted(office, post) as first, posted(office, post) as second:
        assert sorted(await asyncio.gather(first.send_due(), second.send_due())) == [0, 10]
    assert len(post.received) == 10


async def test_what_waits_is_sealed(office: Office) -> None:
    await fill(office, "un", "un")
    [(row,)] = await office.services.fetch("SELECT o::text || encode(sealed, 'escape') FROM web.outbox o")
    assert TO not in row and "metropole.example" not in row and "on le fait" not in row


def test_addresses_travel_as_the_standards_ask() -> None:
    mail = Mail(recipient="zoe@métropole.example", subject="É", text="t", html="<p>t</p>")
    written = message(mail, "registre@exemple.fr", "<1@exemple.fr>", datetime.now(UTC))
    assert written["To"] == "zoe@xn--mtropole-b1a.example" and b"\r\n" in written.as_bytes()


@pytest.mark.parametrize(
    ("scheme", "port", "wrapped", "upgraded"),
    [("smtp", 25, False, None), ("smtp+starttls", 587, False, True), ("smtps", 465, True, False)],
)
def test_the_url_says_how_to_connect(scheme: str, port: int, wrapped: bool, upgraded: bool | None) -> None:
    found = client(f"{scheme}://u%40x:p%2Fw@courriel.example")
    assert (found.hostname, found.port, found.use_tls) == ("courriel.example", port, wrapped)
    assert found._start_tls_on_connect is upgraded and found._login_username == "u@x"
    assert found._login_password == "p/w" and client(f"{scheme}://courriel.example:2525").port == 2525


async def test_the_demonstration_shows_its_mails(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path, demonstration=True) as office:
        await office.appoint(TO)
        await office.post("/connexion", courriel=TO)
        listed = await office.client.get("/bureau/courriers")
        assert "Votre lien pour entrer" in listed.text and TO not in listed.text
        [(id_,)] = await office.services.fetch("SELECT id FROM web.outbox")
        read = await office.client.get(f"/bureau/courriers/{id_}")
        assert "c…@metropole.example" in read.text and TO not in read.text
        [mail] = await office.mails()
        assert mail.url in read.text.replace("&#x2f;", "/")


async def test_elsewhere_mails_are_for_the_office(office: Office) -> None:
    await fill(office, "un")
    answer = await office.client.get("/bureau/courriers")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/connexion")
