"""Délibération 2017-2275 as it comes out of the register: the facts of its extract (seed lines as `B:22`)."""

import asyncio
from pathlib import Path

from tests.acces.office import open_office
from tests.quality import validate_html
from web.demonstration import frame
from web.demonstration.acts import once
from web.demonstration.loading import load_real_acts
from web.embedded import Urls


async def test_la_deliberation_2017_2275_sort_du_registre(database: Urls, tmp_path: Path) -> None:
    async with open_office(database, tmp_path) as office:
        ledger = office.services.ledger
        await asyncio.gather(*(ledger.execute(command, once(f"cadre/{key}")) for key, command in frame.commands()))
        await load_real_acts(ledger)
        await load_real_acts(ledger)  # once only
        [(last,)] = await office.services.fetch("SELECT max(notification_id) FROM ledger.stored_events")
        assert await office.services.watcher.wait_for(last, 20)
        client = office.client

        found = (await client.get("/api/deliberations/2017-2275")).json()
        assert found["vote"] | {"mode": "", "issue": ""} == {
            "issue": "", "mode": "", "detail": "non_porte_a_l_extrait", "en_exercice": 165, "presents": 149,
            "pouvoirs": 15, "votants": 164, "exprimes": None, "pour": None, "contre": None, "abstentions": None,
            "quorum": 83,
        }  # fmt: skip
        assert [len(found[name]) for name in ("presents", "pouvoirs", "absents_non_excuses")] == [149, 15, 1]
        assert found["absents_non_excuses"][0]["nom"] == "Frih"
        holders = [member["mandataire"] for member in found["pouvoirs"]]
        present = {member["elu"] for member in found["presents"]}
        assert len(set(holders)) == 15 and set(holders) <= present
        assert {"cochet-m", "cochet-mme", "david-m", "david-mme"} <= present
        assert found["dates"] == {
            "projet": "2017-10-12", "rapport": "2017-10-12", "convocation": "2017-10-17", "vote": "2017-11-06",
            "transmission": "2017-11-08", "reception": "2017-11-08", "publication": "2017-11-08",
            "executoire": "2017-11-08",
        }  # fmt: skip
        assert (found["president"], found["secretaire"]) == ("M.\u00a0Kimelfeld", "Mme\u00a0Michonneau")
        assert found["contestable_jusqu_au"] == "2018-01-09"
        missing = [node["titre"] for node in found["chaine"] if node["etat"] == "absente"]
        assert missing == ["Procès-verbal publié", "Avis écrit de la commission"]
        assert (await client.get("/deliberations/2017-2275.json")).json() == found

        answer = await client.get("/dossiers/2017-2275")
        assert (answer.status_code, answer.headers["location"]) == (303, "/deliberations/2017-2275")
        page = await client.get("/deliberations/2017-2275")
        assert page.status_code == 200 and not validate_html(page.text)
        for words in (
            "25 jours avant la séance, 12 exigés",
            "Le détail du vote n’est pas porté à l’extrait",
            "Pièce absente du journal",
            "Plus de 770 personnes",
            "exécutoire depuis le mercredi 8 novembre 2017",
        ):
            assert words in page.text.replace("\u00a0", " "), words
        assert "unanimité" not in page.text
        for typed in ("2017-2275", " 2017 – 2275 "):
            jump = await client.get("/recherche", params={"q": typed})
            assert (jump.status_code, jump.headers["location"]) == (303, "/deliberations/2017-2275")
        before = await client.get("/deliberations/2017-2275?au=2017-11-07")
        assert "exécutoire depuis" not in before.text and "Adoptée le" in before.text
        assert (await client.get("/deliberations/2017-2275?au=2017-10-11")).status_code == 404
        assert (await client.get("/deliberations/2017-2275?au=demain")).status_code == 400
        listed = await client.get("/deliberations")
        assert "2017-2275" in listed.text and not validate_html(listed.text)
        lost = await client.get("/actes/069-200046977-20171106-9999-DE")
        assert lost.status_code == 404 and "demandez une copie" in lost.text
        assert (await client.get("/deliberations/2017-2275.atom")).status_code == 404
