"""« Dire »: one question per screen, nothing lost, filed once, a receipt that says all that the law asks."""

import asyncio
import unicodedata
from html import unescape

import pytest

from tests.propositions.marche import Parcours, code, formulaire, reference, titre

EVERY_FIELD = "<script>alert(1)</script>\"'<b>é</b>"


async def test_two_doors_and_the_numbers_for_urgent_help(parcours: Parcours) -> None:
    page = (await parcours.get("/dire")).text
    assert "Écrire" in page and "Avec quelqu’un" in page
    assert "Parler" not in page and "photo" not in page  # doors that are not there yet are not shown
    for number in ("115", "3919", "119", "17"):
        assert f"tel:{number}" in page
    assert "C’est gratuit. C’est libre. Vous pouvez arrêter quand vous voulez." in page
    assert 'class="grand saone"' in page
    await parcours.get("/dire?instance=solidarites", 404)
    await parcours.get("/dire?instance=nulle-part", 404)


async def test_filing_gives_a_receipt_with_every_mention_of_r112_11_1(parcours: Parcours) -> None:
    receipt = await parcours.dire()
    for mention in ("Merci. Votre parole est enregistrée.", "20 rue du Lac, 69003 Lyon", "04 00 00 00 00",
                    "Direction des solidarités", "Reçue le", "R112-11-1", "aucune décision automatique",
                    "inventés", "/recu/"):  # fmt: skip
        assert mention in unescape(receipt.text), mention
    assert len(code(receipt).split()) == 4
    assert receipt.headers["cache-control"] == "no-store"
    assert "set-cookie" not in receipt.headers and not parcours.office.client.cookies
    assert (await parcours.valeurs(reference(receipt)))["texte"] == "Un banc devant la mairie"


async def test_double_click_and_replay_give_the_same_receipt(parcours: Parcours) -> None:
    action, fields = await parcours.ecrans()
    answers = await asyncio.gather(*(parcours.office.client.post(action, data=fields) for _ in range(5)))
    receipts = [await parcours.suivre(answer) for answer in answers]
    later = await parcours.suivre(await parcours.office.client.post(action, data=fields))
    assert len({reference(page) for page in (*receipts, later)}) == 1
    assert len({code(page) for page in (*receipts, later)}) == 1
    assert await parcours.nombre() == 1


async def test_the_same_form_with_another_content_is_refused_and_comes_back_filled(parcours: Parcours) -> None:
    action, fields = await parcours.ecrans()
    await parcours.suivre(await parcours.office.client.post(action, data=fields))
    answer = await parcours.office.client.post(action, data=fields | {"texte": "Autre chose"})
    parcours.checked(answer, 409)
    assert "Autre chose" in answer.text and "déjà enregistré" in answer.text
    assert await parcours.nombre() == 1


async def test_with_someone_the_helper_and_the_author_are_kept_apart(parcours: Parcours) -> None:
    start = "/dire/ecrire?avec=aidant"
    action, fields = await parcours.ecrans(start, reponse_par="aidant", aidant_nom="Lou", aidant_structure="Centre")
    refused = await parcours.office.client.post(action, data=fields)
    parcours.checked(refused, 422)
    assert "Relisez le texte à la personne" in refused.text and 'value="Centre"' in refused.text
    receipt = await parcours.suivre(await parcours.office.client.post(action, data=fields | {"relu": "oui"}))
    values = await parcours.valeurs(reference(receipt))
    assert values["aidant_structure"] == "Centre" and values["aidant_nom"] == "Lou"
    assert "J’ai relu à la personne, elle est d’accord" in refused.text


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"reponse_par": "telephone", "telephone": "06 12 34"}, "Le téléphone doit avoir 10 chiffres. Exemple"),
        ({"reponse_par": "courriel", "courriel": "moi@"}, "Exemple : prenom.nom@exemple.fr"),
        ({"reponse_par": "courrier", "adresse": " "}, "est vide"),
        ({"texte": "  \n "}, "Le message est vide : écrivez au moins quelques mots."),
        ({"texte": "\x00\x07\u200b"}, "Le message est vide"),
        ({"texte": "é" * 10_000}, "Le message est trop long"),
        ({"lecture": "tous_avec_prenom"}, "écrivez votre prénom"),
        ({"reponse_par": "pigeon"}, "Choisissez une réponse."),
    ],
)
async def test_each_screen_says_what_to_correct_and_keeps_the_answers(
    parcours: Parcours, said: dict[str, str], message: str
) -> None:
    answer = await parcours.get("/dire/ecrire")
    for _ in range(8):
        action, fields = formulaire(answer)
        told = {"texte": "Un banc", "reponse_par": "code", "lecture": "equipe"} | said
        fields |= {name: value for name, value in told.items() if f'name="{name}"' in answer.text}
        answer = await parcours.office.client.post(action, data=fields)
        if answer.status_code != 200:
            break
    parcours.checked(answer, 422)
    page = " ".join(answer.text.replace("\u00a0", " ").split())
    assert message.replace("\u00a0", " ") in page
    assert "<title>Erreur" in answer.text and "resume-erreurs" in answer.text
    assert await parcours.nombre() == 0


async def test_going_back_and_reloading_lose_nothing(parcours: Parcours) -> None:
    _, fields = await parcours.ecrans(texte="Ligne 1\nLigne <2>", reponse_par="telephone", telephone="0612345678")
    for screen in ("ecrire", "reponse", "coordonnees", "prenom", "lecture", "relecture"):
        answer = parcours.checked(await parcours.office.client.post(f"/dire/{screen}", data=fields))
        kept = formulaire(answer)[1]
        shown = {name for name in fields if name not in kept and f'name="{name}"' in answer.text}
        assert {name: kept.get(name, fields[name]) for name in fields} == fields, screen
        assert set(fields) <= set(kept) | shown | {"csrf"}, screen
        assert answer.headers["cache-control"] == "private, no-cache"  # back shows the screen, not an error
    assert "Ligne 1<br>Ligne &lt;2&gt;" in answer.text


async def test_a_skipped_screen_is_asked_and_an_unknown_one_is_not_there(parcours: Parcours) -> None:
    _, fields = await parcours.ecrans()
    answer = await parcours.office.client.post("/dire/relecture", data=fields | {"reponse_par": ""})
    assert titre(parcours.checked(answer, 422)) == "Comment vous répondre ?"
    assert (await parcours.office.client.post("/dire/rien", data=fields)).status_code == 404
    assert (await parcours.office.client.get("/dire/lecture")).headers["location"] == "/dire"


@pytest.mark.parametrize(
    "text",
    [
        EVERY_FIELD,
        "Emoji 🪑👩‍👧 et 漢字 et عربى",
        unicodedata.normalize("NFD", "Déjà été à l'école"),
        "tab\tet\x0bvertical\x00nul\x1b[31m",
        "x" * 5_000,
    ],
)
async def test_any_text_is_kept_as_words_and_shown_as_text(parcours: Parcours, text: str) -> None:
    receipt = await parcours.dire(
        "/dire/ecrire?avec=aidant", texte=text, prenom=text[:40], reponse_par="courrier", adresse=text[:200],
        aidant_nom=text[:40], aidant_structure=text[:40], relu="oui", lecture="tous_avec_prenom",
    )  # fmt: skip
    values = await parcours.valeurs(reference(receipt))
    assert values["texte"] == unicodedata.normalize("NFC", values["texte"]) and "\x00" not in values["texte"]
    assert unicodedata.normalize("NFC", text)[:3] == values["texte"][:3]
    for path in (f"/dossiers/{reference(receipt)}", "/instances/gepi", "/retards", "/instances"):
        assert "<script>alert" not in (await parcours.get(path)).text


async def test_pupils_never_show_their_first_name(parcours: Parcours) -> None:
    action, fields = await parcours.ecrans("/dire/ecrire?instance=comet", prenom="Inès")
    answer = await parcours.office.client.post(action, data=fields | {"lecture": "tous_avec_prenom"})
    assert "jamais public" in parcours.checked(answer, 422).text
    assert titre(answer) == "Qui peut lire ton message ?" and "avec mon prénom" not in answer.text
    receipt = await parcours.dire("/dire/ecrire?instance=comet")
    assert reference(receipt).startswith("COMET-")


async def test_a_foreign_or_forged_form_writes_nothing(parcours: Parcours) -> None:
    action, fields = await parcours.ecrans()
    client = parcours.office.client
    assert (await client.post(action, data=fields | {"csrf": "0" * 32})).status_code == 403
    assert (await client.post(action, data=fields, headers={"origin": "https://ailleurs.example"})).status_code == 403
    assert (await client.post(action, json=fields)).status_code == 415
    assert (await client.post(action, data=fields | {"texte": "x" * 70_000})).status_code == 413
    assert await parcours.nombre() == 0


async def test_a_receipt_closes_and_a_forged_one_never_opens(parcours: Parcours) -> None:
    answer = await parcours.get("/dire/merci/" + "A" * 80, 404)
    assert "Ce reçu est fermé" in answer.text
    assert "Ce reçu est fermé" in (await parcours.get("/dire/merci/é%20'", 404)).text
