"""What a session or a token is worth: the functions that the register holds on that day, and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from litestar.testing import RequestFactory

from domain.actes import FonctionManquante
from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from tests.acces.office import Office
from web.acces.persons import today
from web.acces.sessions import new_token
from web.access import Acteur, NotSignedIn, current_person, require

KNOWN = "camille@metropole.example"


def request(office: Office, path: str = "/bureau", **headers: str) -> Any:
    return RequestFactory(app=office.app).get(path, headers=headers)


async def signed_in(office: Office, **function: Any) -> tuple[str, str]:
    """The uuid of a person, and the Cookie header of her session."""
    person = await office.appoint(KNOWN, **function)
    await office.sign_in(KNOWN)
    return person, f"s={office.client.cookies['s']}"


async def test_an_act_is_done_in_the_name_of_a_function(office: Office) -> None:
    person, cookie = await signed_in(office, fonction="animation", instance="gepi")
    acteur = await require(request(office, cookie=cookie), "qualifier_proposition", "gepi")
    assert acteur == Acteur(person, "animation:gepi", today())
    for droit, instance in (("qualifier_proposition", "comet"), ("donner_suite", "gepi"), ("confier_fonction", None)):
        with pytest.raises(FonctionManquante) as refusal:
            await require(request(office, cookie=cookie), droit, instance)
        assert refusal.value.status == 403 and refusal.value.fondement.id
    found = await current_person(request(office, cookie=cookie))
    assert found is not None and found.instances("qualifier_proposition") == frozenset({"gepi"})
    assert found.instances("donner_suite") == frozenset() and not found.peut("donner_suite", "gepi")


async def test_without_a_session_nobody_acts(office: Office) -> None:
    for headers in ({}, {"cookie": "s=invente"}, {"cookie": "s="}, {"authorization": "Bearer invente"}):
        with pytest.raises(NotSignedIn):
            await require(request(office, **headers), "donner_suite")


async def test_a_page_leads_to_signing_in_and_an_act_is_refused(office: Office) -> None:
    page = await office.client.get("/bureau/jetons?x=1&y=2")
    assert (page.status_code, page.headers["location"]) == (303, "/connexion?suite=%2Fbureau%2Fjetons%3Fx%3D1%26y%3D2")
    asked = await office.client.get(page.headers["location"])
    assert "&#x2f;bureau&#x2f;jetons?x=1&amp;y=2" in asked.text
    act = await office.client.post("/bureau/jetons", data={"usage": "essai"})
    assert act.status_code == 401 and "/connexion" in act.text


@pytest.mark.parametrize("days", [1, 0, -1])
async def test_a_function_has_its_dates(office: Office, days: int) -> None:
    """The last day counts; the day after, the session opens nothing and no link is sent."""
    _, cookie = await signed_in(office)
    ends = today() + timedelta(days=days)
    person = await office.appoint("fin@metropole.example", au=ends)
    await office.services.fetch("UPDATE web.sessions SET person = %s RETURNING 1", (person,))
    found = await current_person(request(office, cookie=cookie))
    assert (found is not None) == (days >= 0)
    before = len(await office.mails())
    await office.post("/connexion", courriel="fin@metropole.example")
    assert len(await office.mails()) - before == (days >= 0)


async def test_a_function_to_come_opens_nothing(office: Office) -> None:
    await office.appoint(KNOWN, du=today() + timedelta(days=1))
    await office.post("/connexion", courriel=KNOWN)
    assert not await office.mails()


async def test_a_function_that_is_withdrawn_closes_the_session(office: Office) -> None:
    person, cookie = await signed_in(office)
    assert await current_person(request(office, cookie=cookie)) is not None
    await office.write(
        f"personnes/{person}",
        FonctionRetiree(
            personne=person, fonction="coordination", motif="fin_de_mission", le=today(), par="administration"
        ),
    )
    assert await current_person(request(office, cookie=cookie)) is None
    assert (await office.client.get("/bureau/jetons")).status_code == 303


async def test_an_erased_person_has_no_name_and_no_way_in(office: Office) -> None:
    _, cookie = await signed_in(office)
    await office.services.fetch("SELECT ledger.forget(array_agg(key_id)) FROM keys.data_keys WHERE scope = 'titulaire'")
    found = await current_person(request(office, cookie=cookie))
    assert found is not None and (found.nom, found.courriel) == ("Nom effacé", "")
    await office.post("/connexion", courriel=KNOWN)
    assert len(await office.mails()) == 1  # the one before


async def test_the_latest_name_and_address_hold(office: Office) -> None:
    person, cookie = await signed_in(office, nom="Camille D.")
    await office.write(
        f"personnes/{person}",
        FonctionConfiee(
            personne=person,
            fonction="animation",
            instance="gepi",
            du=date(2026, 2, 1),
            par="administration",
            nom="Camille E.",
            courriel="camille.e@metropole.example",
        ),
    )
    found = await current_person(request(office, cookie=cookie))
    assert found is not None and found.nom == "Camille E." and found.fonction.startswith("Coordination, Animation")
    await office.post("/connexion", courriel=KNOWN)
    await office.post("/connexion", courriel="camille.e@metropole.example")
    assert [mail.recipient for mail in await office.mails()] == [KNOWN, "camille.e@metropole.example"]


async def test_sessions_end(office: Office) -> None:
    _, cookie = await signed_in(office)
    fetch = office.services.fetch
    [(idle,)] = await fetch("SELECT expires_at - seen_at FROM web.sessions")
    assert idle == timedelta(hours=12)
    await fetch("UPDATE web.sessions SET created_at = now() - interval '6 days 20 hours',"
                " seen_at = now() - interval '1 hour' RETURNING 1")  # fmt: skip
    assert await current_person(request(office, cookie=cookie)) is not None
    [(longest,)] = await fetch("SELECT expires_at - created_at FROM web.sessions")
    assert longest == timedelta(days=7)
    await fetch("UPDATE web.sessions SET expires_at = now() RETURNING 1")
    assert await current_person(request(office, cookie=cookie)) is None


async def test_a_program_acts_with_a_token_under_api_only(office: Office) -> None:
    person, cookie = await signed_in(office)
    token = await new_token(office.services, person, "essai")
    bearer = {"authorization": f"Bearer {token}"}
    acteur = await require(request(office, "/api/propositions", **bearer), "donner_suite", "gepi")
    assert acteur == Acteur(person, "coordination", today())
    assert await current_person(request(office, "/bureau", **bearer)) is None
    assert await current_person(request(office, "/api/propositions", cookie=cookie)) is None
    for wrong in (f"Basic {token}", f"Bearer {token}x", "Bearer", token):
        assert await current_person(request(office, "/api/x", authorization=wrong)) is None
    await office.services.fetch("UPDATE web.api_tokens SET expires_at = now() RETURNING 1")
    assert await current_person(request(office, "/api/propositions", **bearer)) is None


async def test_tokens_are_made_shown_once_and_deleted(office: Office) -> None:
    await signed_in(office)
    made = await office.post("/bureau/jetons", usage="Envoi des convocations")
    token = made.text.partition('<pre tabindex="0">')[2].partition("</pre>")[0]
    assert token.startswith("registre_") and token not in (await office.client.get("/bureau/jetons")).text
    kept = await office.services.fetch("SELECT id, token, label FROM web.api_tokens")
    assert token.encode() not in kept[0][1] and kept[0][2] == "Envoi des convocations"
    empty = await office.post("/bureau/jetons", usage="  ")
    assert empty.status_code == 422 and "usage-erreur" in empty.text
    gone = await office.post("/bureau/jetons", f"/bureau/jetons/{kept[0][0]}/supprimer")
    assert gone.status_code == 303 and not await office.services.fetch("SELECT 1 FROM web.api_tokens")


async def test_nobody_deletes_another_persons_token(office: Office) -> None:
    await signed_in(office)
    other = await office.appoint("autre@metropole.example")
    await new_token(office.services, other, "le sien")
    [(id_,)] = await office.services.fetch("SELECT id FROM web.api_tokens")
    await office.post("/bureau/jetons", f"/bureau/jetons/{id_}/supprimer")
    assert await office.services.fetch("SELECT count(*) FROM web.api_tokens") == [(1,)]
