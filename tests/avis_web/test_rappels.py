"""Reminders by mail: a week before the term, then each week of lateness, to who follows; each once."""

from datetime import date, timedelta

from tests.acces.office import Office
from web.acces.persons import today
from web.avis.rappels import etape, rappeler


def test_chaque_semaine_a_son_rappel() -> None:
    terme = date(2026, 5, 20)
    told = [etape(terme, terme - timedelta(days=left)) for left in (8, 7, 0, -1, -7, -8)]
    assert told == ["", "avant", "avant", "retard-0", "retard-0", "retard-1"]


async def test_un_rappel_ne_part_qu_une_fois(demo: Office) -> None:
    day = today()
    assert await rappeler(demo.services, day) > 0
    assert await rappeler(demo.services, day) == 0
    mails = [mail for mail in await demo.mails() if mail.subject.startswith("[AV-2026-00")]
    subjects = {(mail.recipient, mail.subject) for mail in mails}
    assert ("coordination@demonstration.example", "[AV-2026-0010] En retard") in subjects
    assert ("coordination@demonstration.example", "[AV-2026-0011] Échéance proche") in subjects
    assert not any("AV-2026-0007" in subject for _, subject in subjects)  # 41 days are left
    assert {recipient for recipient, _ in subjects} <= {
        "coordination@demonstration.example", "secretariat-conseil@demonstration.example",
    }  # fmt: skip
    [late] = [mail for mail in mails if "AV-2026-0010" in mail.subject and mail.recipient.startswith("coord")]
    assert late.url.endswith("/bureau/saisines/AV-2026-0010") and "Retard" in late.text
    week = day + timedelta(days=7)
    assert await rappeler(demo.services, week) > 0 and await rappeler(demo.services, week) == 0
