"""From the proposal of a rule-set to the day when its validity is closed, by the forms of the office."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.acces.office import HIDDEN, Office, open_office
from tests.quality import validate_html
from web.acces.persons import today
from web.embedded import Urls

PROPOSE, PUBLIE = "coordination@exemple.fr", "regles@exemple.fr"
NOUVELLE = "/bureau/regles/nouvelle?moteur=quorum"
JEU = "quorum-ctm-2027"
SAISIE = {
    "nom": "ctm-2027", "titre": "Le quorum", "texte": "Un tiers des membres suffit.", "source": "Règlement, article 60",
    "portee": "ctm", "du": "2027-01-01", "p-mode": "presents", "p-fraction": "un_tiers", "note": "À confirmer.",
    "exemple1-en_exercice": "9", "exemple1-presents": "3", "exemple1-attendu": "oui",
    "exemple2-en_exercice": "9", "exemple2-presents": "2", "exemple2-attendu": "non",
}  # fmt: skip


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.appoint(PROPOSE, "coordination")
        await found.appoint(PUBLIE, "regles")
        yield found


async def be(office: Office, who: str) -> None:
    office.client = office.browser()
    await office.sign_in(who)


def words(answer: httpx.Response) -> str:
    """What a page says, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).replace("\u00a0", " ").split())


async def act(office: Office, acte: str, **fields: str) -> httpx.Response:
    """Sends the form of this act from the list, as the page has it."""
    shown = await office.client.get("/bureau/regles")
    [form] = re.findall(rf'<form method="post" action="(?:/bureau/regles/{JEU}/{acte})".*?</form>', shown.text, re.S)
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    return await office.client.post(f"/bureau/regles/{JEU}/{acte}", data=hidden | fields)


async def test_une_regle_est_proposee_lue_publiee_puis_fermee(office: Office) -> None:
    await be(office, PROPOSE)
    week = await office.client.get("/bureau")
    assert "/bureau/regles" in unescape(week.text)
    shown = await office.client.get(NOUVELLE)
    assert shown.status_code == 200 and not validate_html(shown.text)
    wrong = await office.post(NOUVELLE, NOUVELLE, **(SAISIE | {"exemple2-attendu": "oui"}))
    assert wrong.status_code == 422 and not validate_html(wrong.text)
    assert "Exemple 2 : la règle répond « non », pas « oui ». 2 présents sur 9, il en faut 3" in words(wrong)
    assert 'value="Règlement, article 60"' in unescape(wrong.text)
    done = await office.post(NOUVELLE, NOUVELLE, **SAISIE)
    assert done.status_code == 303, words(done)[:800]
    public = await office.client.get(f"/regles/{JEU}")
    assert "Proposée : elle ne vaut pas encore" in words(public) and not validate_html(public.text)
    assert "Je l’ai lue" not in (await office.client.get("/bureau/regles")).text  # who proposed may not publish

    await be(office, PUBLIE)
    listed = await office.client.get("/bureau/regles")
    assert not validate_html(listed.text) and "2 présents sur 9" in words(listed)
    answer = await act(office, "publier")
    assert answer.status_code == 303
    public = await office.client.get(f"/regles/{JEU}")
    assert "À venir" in words(public) and "Publiée par une seconde personne" in words(public)
    told = (await office.client.get(f"/api/regles/{JEU}")).json()
    assert told["parametres"] == {"mode": "presents", "fraction": "un_tiers"} and told["du"] == "2027-01-01"
    assert JEU in {one["id"] for one in (await office.client.get("/api/regles")).json()}
    late = await act(office, "clore", au=(today() - timedelta(days=1)).isoformat(), motif="Elle change.")
    assert late.status_code == 422 and "Elle change." in late.text and not validate_html(late.text)
    assert (await act(office, "clore", au="demain", motif="Elle change.")).status_code == 422
    assert (await act(office, "clore", au="2028-12-31", motif="Elle change.")).status_code == 303
    assert "au dimanche 31 décembre 2028" in words(await office.client.get("/regles"))


FAUSSES: tuple[dict[str, str], ...] = (
    {"p-mode": "tous"}, {"exemple1-presents": "trois"}, {"exemple1-presents": "-1"}, {"exemple1-attendu": ""},
    {"du": "jamais"}, {"au": "2026-01-01"}, {"portee": "mairie"}, {"nom": "../x"}, {"lien": "javascript:x"},
    {"exemple1-presents": "9" * 40}, {"titre": "\x00"}, {"texte": "a" * 5_000},
)  # fmt: skip


async def test_une_saisie_fausse_revient_remplie(office: Office) -> None:
    await be(office, PROPOSE)
    for fields in FAUSSES:
        answer = await office.post(NOUVELLE, NOUVELLE, **(SAISIE | fields))
        assert answer.status_code == 422 and not validate_html(answer.text), fields
        assert "Règlement, article 60" in unescape(answer.text)


async def test_personne_d_autre_ne_propose_ni_ne_publie(office: Office) -> None:
    assert (await office.client.get("/bureau/regles")).status_code == 303
    await be(office, PUBLIE)
    assert (await office.client.get(NOUVELLE)).status_code == 403
    for path in ("/bureau/regles/rien/publier", "/bureau/regles/quorum-rien/publier", f"/bureau/regles/{JEU}/rien"):
        assert (await office.post("/bureau/regles", path)).status_code in (404, 422)
    await be(office, PROPOSE)
    assert (await office.client.get("/bureau/regles/nouvelle?moteur=rien")).status_code == 404
    assert (await office.post(NOUVELLE, f"/bureau/regles/{JEU}/publier")).status_code == 403
