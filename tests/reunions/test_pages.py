"""The next meeting, from the office's form to who waits for an answer, the instance's page, the feed and the mail."""

from datetime import timedelta
from typing import Any

from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from tests import monde
from tests.bureau.equipe import Equipe, lisible
from tests.propositions import histoire as h
from tests.suivre.follower import follow
from tests.suivre.test_notifier import told
from web.acces.persons import today
from web.pages import date_longue

PAGE, TEAM = "/bureau/reunions", "animation-gepi"
LIEU = "Maison de la Métropole de Vénissieux"
DANS = timedelta(days=10)


async def faire(equipe: Equipe, acte: str, status: int = 303, **fields: str) -> str:
    """One act by its form; the page that follows, or the form that came back."""
    action = f"{PAGE}/gepi/{acte.replace('-', '/')}"
    typed = {f"{acte}-{name}": value for name, value in fields.items()}
    answer = await equipe.poster(TEAM, PAGE, action, **typed)
    assert answer.status_code == status, lisible(answer.text)
    if status == 303:
        return await equipe.page(TEAM, answer.headers["location"])
    return lisible(equipe.checked(answer, status).text)


async def test_who_waits_reads_the_next_meeting(equipe: Equipe) -> None:
    _, code = await equipe.deposer()
    assert (await equipe.office.post("/suivi", code=code)).status_code == 303
    assert "Prochaine réunion" not in (await equipe.get("/suivi/ma-parole")).text
    day = today() + DANS
    page = await faire(equipe, "annoncer-0", jour=day.isoformat(), heure="14h00", lieu=LIEU)
    wanted = f"{date_longue(day)} à 14 h, {LIEU}"
    assert wanted in page
    for path in ("/suivi/ma-parole", "/instances/gepi"):
        shown = lisible((await equipe.get(path)).text).replace("<strong>", "").replace("</strong>", "")
        assert f"Prochaine réunion du groupe : {wanted}. Vous pouvez venir." in shown, path
    assert "Prochaine réunion" not in (await equipe.get("/instances/comet")).text
    later = day + timedelta(days=7)
    moved: dict[str, Any] = {"jour": later.isoformat(), "heure": "", "lieu": "Ici", "motif": "Salle fermée."}
    page = await faire(equipe, "reporter-1", **moved)
    assert f"{date_longue(later)}, Ici" in page and "Déplacée. Raison : Salle fermée." in page
    assert f"{date_longue(later)}, Ici" in lisible((await equipe.get("/suivi/ma-parole")).text)
    feed = lisible((await equipe.office.client.get("/instances/gepi.atom")).text)
    assert "[GEPI] Prochaine réunion" in feed and "Raison : Salle fermée. Date" in feed
    page = await faire(equipe, "annuler-1", motif="Grève")
    assert "Aucune réunion à venir." in page
    assert "Prochaine réunion" not in (await equipe.get("/suivi/ma-parole")).text
    found = equipe.office.services
    assert all(pair.equal for pair in (await rebuild(found.live.url, found.vault, PROJECTIONS)).projections.values())


async def test_who_has_an_answer_is_not_told_to_wait(equipe: Equipe) -> None:
    reference, code = await equipe.deposer()
    await faire(equipe, "annoncer-0", jour=(today() + DANS).isoformat(), heure="", lieu=LIEU)
    await equipe.vivre(reference, monde.qualifiee, h.repondue)
    assert (await equipe.office.post("/suivi", code=code)).status_code == 303
    assert "Prochaine réunion" not in (await equipe.get("/suivi/ma-parole")).text


async def test_a_refused_form_comes_back_filled(equipe: Equipe) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    for jour, heure, message in ((yesterday, "", "Ce jour est déjà passé."), ("x", "", "Écrivez une date."),
                                 (today().isoformat(), "midi", "Cette heure n'est pas lisible.")):  # fmt: skip
        page = await faire(equipe, "annoncer-0", 422, jour=jour, heure=heure, lieu=LIEU)
        assert message in page and f'value="{LIEU}"' in page
    await faire(equipe, "annoncer-0", jour=today().isoformat(), heure="", lieu=LIEU)
    page = await faire(equipe, "annuler-1", 422, motif=" ")
    assert "<details open>" in page
    await faire(equipe, "annoncer-0", 409, jour=today().isoformat(), heure="", lieu=LIEU)


async def test_only_who_animates_the_group(equipe: Equipe) -> None:
    for slug in ("coordination", "protection_donnees", "administration"):
        await equipe.page(slug, PAGE, 403)
    stolen = await equipe.poster("animation-comet", PAGE, f"{PAGE}/gepi/annoncer/0", **{"annoncer-0-lieu": LIEU})
    assert stolen.status_code == 403
    assert (await equipe.poster(TEAM, PAGE, f"{PAGE}/gepi/rien/0")).status_code == 404


async def test_followers_of_the_instance_are_told(equipe: Equipe) -> None:
    await told(equipe.office)
    await follow(equipe.office, place="instances/gepi")
    await faire(equipe, "annoncer-0", jour=(today() + DANS).isoformat(), heure="18:30", lieu=LIEU)
    [mail] = await told(equipe.office)
    assert mail.subject == "[GEPI] Prochaine réunion" and mail.url.endswith("/instances/gepi")
    assert "18\u00a0h\u00a030" in mail.text and LIEU in mail.text and "Des nouvelles du groupe" in mail.text
