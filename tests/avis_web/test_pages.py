"""Saisines and avis as everyone reads them: the stamped acts, every stage of the demonstration, both forms of `au`."""

import re
from datetime import timedelta

from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from tests.acces.office import Office
from tests.bureau.equipe import lisible
from tests.quality import validate_html
from web.acces.persons import today
from web.pages import date_longue

OULLINS, HEM = "069-216901496-20210206-20210206_3-DE", "059-215902990-20221005-DEL2022DG102-DE"


async def page(demo: Office, path: str, status: int = 200) -> str:
    answer = await demo.client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    if status == 200:
        assert not validate_html(answer.text), (path, validate_html(answer.text))
    return lisible(answer.text).replace("\u00a0", " ")


async def test_le_tampon_d_un_acte_municipal_mene_a_son_avis(demo: Office) -> None:
    for stamp, ref in ((OULLINS, "AV-2021-0001"), (HEM, "AV-2022-0001")):
        for path in (f"/actes/{stamp}", f"/recherche?q={stamp}", f"/recherche?q={ref}"):
            answer = await demo.client.get(path)
            assert (answer.status_code, answer.headers.get("location")) == (303, f"/dossiers/{ref}"), path
    text = await page(demo, "/dossiers/AV-2021-0001")
    for words in (
        "Sens non porté à la source",
        "Conseil municipal d'Oullins",
        "Envoyé en préfecture le jeudi 11 février 2021, reçu le jeudi 11 février 2021, affichage non porté au tampon",
        "A:3, A:5 et A:7",
        "au plus tard",
        OULLINS,
    ):
        assert words in text, words
    assert "Oullins-Pierre-Bénite" not in text and "Favorable" not in text
    assert "Pièce absente du journal" in text and "Ce qui a suivi n’est pas dans ce registre." in text
    hem = await page(demo, "/dossiers/AV-2022-0001")
    assert "Conseil municipal de Hem" in hem and "vendredi 7 octobre 2022" in hem and "réputé favorable" not in hem
    assert "AV-2021-0001" in await page(demo, "/recherche?q=pacte+de+cohérence+métropolitain")
    assert (await demo.client.get("/actes/069-216901496-20210206-20210206_9-DE")).status_code == 404


async def test_les_reserves_mot_pour_mot_et_ce_qu_elles_sont_devenues(demo: Office) -> None:
    text = await page(demo, "/dossiers/AV-2026-0001")
    for words in (
        "1 pour, 1 contre, 1 abstention : 2 suffrages exprimés, égalité. La voix de la présidence, pour, l'emporte.",
        "Garder l'arrêt de bus devant le collège de l'Exemple pendant les travaux.",
        "L'arrêt est gardé, rue voisine.",
        "Suite attendue",
        "favorable avec 2 réserves",
    ):
        assert words in text, words
    found = (await demo.client.get("/api/saisines/AV-2026-0001")).json()
    assert [reserve["suite"] for reserve in found["reserves"]] == ["retenue", None]
    assert (await demo.client.get("/dossiers/AV-2026-0001.json")).json() == found
    feed = (await demo.client.get("/dossiers/AV-2026-0001.atom")).text
    assert "[AV-2026-0001] Avis rendu\u00a0: favorable avec réserves (2\u00a0réserves)" in feed
    assert (await demo.client.get("/dossiers/AV-2026-0001.ics")).status_code == 404


async def test_une_commune_seule_dans_sa_conference(demo: Office) -> None:
    text = await page(demo, "/dossiers/AV-2026-0002")
    assert "Avis du maire de Villeurbanne, seule commune de la conférence" in text
    assert "une personne à désigner" in text


async def test_le_silence_et_ce_qui_reste(demo: Office) -> None:
    left = await page(demo, "/dossiers/AV-2026-0007")
    found = (await demo.client.get("/api/saisines/AV-2026-0007")).json()["saisine"]
    days = re.search(r"Il reste (\d+) jours à la commune pour se prononcer", left)
    assert days and found["terme"] == (today() + timedelta(days=int(days[1]))).isoformat()
    assert "Le silence reste à constater" in await page(demo, "/dossiers/AV-2026-0008")
    deemed = await page(demo, "/dossiers/AV-2026-0009")
    assert re.search(r"Avis réputé favorable le .+, faute de délibération", deemed) and "a dit oui" not in deemed
    waiting = await page(demo, "/dossiers/AV-2026-0005")
    assert "Aucun texte ne fixe de délai" in waiting and "Le silence n’est pas un accord" in waiting
    calendar = (await demo.client.get("/dossiers/AV-2026-0007.ics")).text
    assert f"DTSTART;VALUE=DATE:{found['terme'].replace('-', '')}" in calendar and "SEQUENCE:0" in calendar
    assert "AV-2026-0007-terme@" in (await demo.client.get("/avis.ics")).text


async def test_une_saisine_ecrite_sa_reponse_et_ses_destinataires(demo: Office) -> None:
    text = await page(demo, "/dossiers/AV-2026-0012")
    towns, promise = "Caluire-et-Cuire, Rillieux-la-Pape, Sathonay-Camp", "engagement du service, pas un délai légal"
    for words in ("L'entretien des berges", "Les berges sont entretenues", "après 35 jours", towns, promise):
        assert words in text, words
    assert "SEQUENCE:1" in (await demo.client.get("/dossiers/AV-2026-0012.ics")).text
    late = await page(demo, "/retards")
    assert "Saisines écrites : 1 réponse en retard" in late and "AV-2026-0010" in late
    assert "AV-2026-0010" in await page(demo, "/avis?etat=retard")


async def test_la_liste_se_filtre_et_le_temps_se_remonte(demo: Office) -> None:
    every = await page(demo, "/avis")
    assert "AV-2026-0014" in every and "AV-2021-0001" in every
    written = await page(demo, "/avis?procedure=saisine_ecrite&instance=ctm-plateau-nord")
    assert "AV-2026-0010" in written and "AV-2026-0011" not in written
    assert "AV-2026-0004" in await page(demo, "/avis?etat=fini")
    assert "AV-2026-0003" in await page(demo, "/avis?etat=attendu")
    assert "AV-2026-0001" in await page(demo, "/avis?etat=suite")
    assert "saisine" in await page(demo, "/avis?etat=rien&procedure=rien&instance=rien&numero=-4")
    day = today() - timedelta(days=41)
    before = await page(demo, f"/dossiers/AV-2026-0001?au={day}")
    assert "L’avis est attendu" in before and f"telle qu’elle était le {date_longue(day)}" in before
    facts = (await demo.client.get("/api/saisines/AV-2026-0001")).json()["actes"]
    early = await page(demo, f"/dossiers/AV-2026-0001?au={facts[0]['acte']}")
    assert "L’avis est attendu" in early
    assert "commence à l’acte" in await page(demo, "/dossiers/AV-2026-0001?au=3", 404)
    await page(demo, "/dossiers/AV-2026-0001?au=hier", 400)
    await page(demo, "/dossiers/AV-2026-9999", 404)


async def test_une_reconstruction_dit_la_meme_chose(demo: Office) -> None:
    query = "SELECT * FROM saisines ORDER BY reference"
    before = await demo.services.fetch(query)
    await rebuild(demo.settings.database_url or "", demo.services.vault, PROJECTIONS)
    assert len(before) >= 16 and await demo.services.fetch(query) == before
