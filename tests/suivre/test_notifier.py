"""The notifier: whom it tells, what it says and never says, exactly once whatever happens."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest

from domain.ledger.event import TOPICS, Event
from domain.propositions import events as e
from projections.database import Connection
from tests import monde
from tests.acces.office import Office, Write, path_of
from tests.suivre.conftest import SECRET
from tests.suivre.follower import WHO, empty, follow
from web.courrier.outbox import Mail, enqueue
from web.suivre.annonces import STATES
from web.suivre.notifier import Notifier, monday_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
PAR = "coordination"

LUE = e.PropositionQualifiee(theme="logement", competence="metropole", titre="Des bancs", par="animation:gepi")
REPONSE = e.SuiteDonnee(suite="en_partie", motif="Deux bancs seront posés en juin.", par=PAR)


async def told(office: Office, *events: Event, now: datetime = NOW) -> list[Mail]:
    """Writes these events and lets the notifier run; the mails that it wrote."""
    if events:
        await office.write(monde.DOSSIER, *events)
    while await Notifier(office.services).notify(now):
        pass
    return await office.mails()


async def position(office: Office) -> int:
    [(found,)] = await office.services.fetch("SELECT position FROM web.notifier")
    return int(found)


async def test_a_follower_is_told_at_once(office: Office) -> None:
    await told(office)
    await follow(office)
    [mail] = await told(office, REPONSE)
    assert mail.recipient == WHO
    assert mail.subject == f"[{monde.REF}] Réponse donnée\u00a0: on le fait en partie"
    assert "On le fait en partie" in mail.text and "Deux bancs seront posés en juin." in mail.text
    assert "n°\u00a03" in mail.text and "http://127.0.0.1:8000/recu/2" in mail.text and "/recu/2" in mail.html
    assert mail.url == f"http://127.0.0.1:8000/dossiers/{monde.REF}" and mail.url in mail.html
    assert (await office.client.get(path_of(mail.unsubscribe))).status_code == 200
    assert mail.unsubscribe in mail.text and mail.unsubscribe in mail.html
    assert await told(office) == [mail], "and once"


async def test_each_one_chooses_what_to_be_told(office: Office) -> None:
    await told(office)
    for rythme in ("tout_de_suite", "decision", "lundi"):
        await follow(office, f"{rythme}@exemple.fr".replace("_", "-"), rythme=rythme)
    await follow(office, "instance@exemple.fr", "instances/gepi")
    assert {mail.recipient for mail in await told(office, LUE)} == {"tout-de-suite@exemple.fr", "instance@exemple.fr"}
    await empty(office)
    mails = await told(office, REPONSE)
    assert {mail.recipient for mail in mails} == {
        f"{who}@exemple.fr" for who in ("tout-de-suite", "decision", "instance")
    }


async def test_who_follows_twice_is_told_once(office: Office) -> None:
    await told(office)
    await follow(office)
    await follow(office, place="instances/gepi")
    assert len(await told(office, LUE, REPONSE)) == 2


async def test_other_dossiers_are_not_told(office: Office) -> None:
    await told(office)
    await follow(office)
    await office.write("propositions/GEPI-2026-0002", monde.deposee(), LUE)
    assert await told(office) == []


async def test_the_unconfirmed_and_the_stopped_are_not_told(office: Office) -> None:
    await told(office)
    await office.post(f"/suivre/{monde.REF}", courriel=WHO)
    await empty(office)
    assert await told(office, LUE) == []
    await follow(office)
    await office.services.fetch("DELETE FROM web.subscriptions RETURNING 1")
    assert await told(office, REPONSE) == []


PRIVATE: list[Event] = [
    e.SituationOrientee(service="maison-de-la-metropole", par=PAR),
    e.IncomprehensionSignalee(telephone="06 12 34 56 78", demi_journees=["mardi_matin"]),
    e.RappelNote(issue="joint", par=PAR),
    e.ComprehensionConfirmee(),
    e.ComplementAjoute(texte=SECRET),
    e.PublicationModeree(decision="garder_prive", avec_prenom=False, par=PAR, motif="tiers_nomme"),
]


@pytest.mark.parametrize("event", PRIVATE, ids=lambda event: type(event).__name__)
async def test_what_is_between_the_person_and_the_team_is_told_to_nobody(office: Office, event: Event) -> None:
    await told(office)
    await follow(office)
    assert await told(office, event) == []


async def test_no_mail_holds_a_private_word(office: Office) -> None:
    await follow(office, place="instances/gepi")
    values: dict[type[Event], dict[str, Any]] = {
        e.PropositionMiseEnDiscussion: {"session_le": date(2026, 4, 14), "lieu": "Vénissieux", "participants": 11},
        e.PropositionAdoptee: {"mode": "vote", "pour": 8, "contre": 1, "abstentions": 2},
        e.PropositionTransmise: {"service": "habitat"},
        e.PropositionRestituee: {"mode": "reunion"},
        e.PropositionClose: {},
    }
    events = [kind(par=PAR, **fields) for kind, fields in values.items()]  # type: ignore[call-arg]  # by kind
    withdrawn = e.PropositionRetiree(effacement_souhaite=True)
    await office.services.fetch("UPDATE web.notifier SET position = 0 RETURNING 1")
    mails = await told(office, LUE, *events, REPONSE, withdrawn)
    assert len(mails) == len(STATES) == 9
    for mail in mails:
        for private in (SECRET, "Khadija", "06 12", monde.EMPREINTE):
            assert private not in mail.text + mail.html + mail.subject
        assert mail.text.count(" .") == 0 and "None" not in mail.text


async def test_monday_sums_up_the_week(office: Office) -> None:
    await told(office)
    await follow(office, rythme="lundi")
    await follow(office, place="instances/gepi", rythme="lundi")
    assert await told(office, LUE, REPONSE) == []
    before = datetime(2026, 11, 30, 6, 59, tzinfo=UTC)  # 7:59 in Paris
    assert await told(office, now=before) == []
    [mail] = await told(office, now=before + timedelta(minutes=1))
    assert mail.subject == "Votre résumé du lundi 30 novembre 2026\u00a0: 2 nouvelles"
    assert mail.text.count(f"[{monde.REF}]") == 2 and "/recu/2" in mail.text and "/recu/3" in mail.text
    await empty(office)
    assert await told(office, now=before + timedelta(days=7, minutes=1)) == [], "nothing new, no mail"


async def test_who_stops_before_monday_is_not_summed_up(office: Office) -> None:
    await told(office)
    await follow(office, rythme="lundi")
    await told(office, LUE)
    await office.services.fetch("DELETE FROM web.subscriptions RETURNING 1")
    assert await told(office, now=NOW + timedelta(days=7)) == []
    assert await office.services.fetch("SELECT count(*) FROM web.summary") == [(0,)]


def test_monday_starts_at_eight_in_paris() -> None:
    assert monday_of(datetime(2026, 11, 30, 6, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert monday_of(datetime(2026, 11, 30, 7, 0, tzinfo=UTC)) == date(2026, 11, 30)
    assert monday_of(datetime(2026, 7, 6, 6, 0, tzinfo=UTC)) == date(2026, 7, 6), "summer time"
    assert monday_of(datetime(2026, 12, 6, 22, 0, tzinfo=UTC)) == date(2026, 11, 30)


async def test_a_crash_before_the_commit_tells_later_and_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mails and the position stand or fall together."""
    await told(office)
    await follow(office)
    start = await position(office)
    written: list[bool] = []

    async def crash(connection: Connection, *arguments: Any) -> bool:
        written.append(await enqueue(connection, *arguments))
        if len(written) == 2:
            raise RuntimeError("the power is cut")
        return True

    monkeypatch.setattr("web.suivre.notifier.enqueue", crash)
    await office.write(monde.DOSSIER, LUE, REPONSE)
    with pytest.raises(RuntimeError):
        await Notifier(office.services).notify(NOW)
    assert written == [True, True]
    assert (await office.mails(), await position(office)) == ([], start)
    monkeypatch.setattr("web.suivre.notifier.enqueue", enqueue)
    assert len(await told(office)) == 2 and await position(office) == start + 2


async def test_several_at_once_tell_once(office: Office) -> None:
    await told(office)
    await follow(office)
    await office.write(monde.DOSSIER, *[LUE] * 20)
    await asyncio.gather(*(Notifier(office.services).notify(NOW) for _ in range(6)))
    assert len(await told(office)) == 20


async def test_a_long_absence_is_caught_up_by_steps(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.suivre.notifier.BATCH", 3)
    await told(office)
    await follow(office)
    assert len(await told(office, *[LUE] * 10)) == 10


async def test_a_dossier_that_a_newer_program_began_stops_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    class DossierDuFutur(Event, frozen=True, kw_only=True):
        TOPIC: ClassVar[str] = "propositions/DossierDuFutur/1"

    await told(office)
    await follow(office, place="instances/gepi")
    await office.services.ledger.execute(Write("propositions/GEPI-2026-0009", (DossierDuFutur(), LUE)))
    await office.services.ledger.execute(Write(monde.DOSSIER, (REPONSE,)))
    monkeypatch.delitem(TOPICS, DossierDuFutur.TOPIC)
    monkeypatch.setattr("domain.ledger.event._decoders", {})
    [mail] = await told(office)
    assert monde.REF in mail.subject


async def test_the_task_tells_by_itself_and_ends(office: Office) -> None:
    await follow(office)
    running = Notifier(office.services)
    await running.start()
    await office.write(monde.DOSSIER, REPONSE)
    async with asyncio.timeout(10):
        while not await office.mails():  # noqa: ASYNC110  (a table has no event)
            await asyncio.sleep(0.05)
    await running.stop()
