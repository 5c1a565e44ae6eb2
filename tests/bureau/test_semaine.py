"""« Ma semaine », sessions and cards: what waits, in the right order, and many acts in few keystrokes."""

from datetime import timedelta

from domain.ledger.event import Event
from tests import monde
from tests.bureau.equipe import Equipe, lisible
from tests.propositions import histoire as h
from tests.propositions.marche import code, reference
from web.acces.persons import today

TITLES = [
    *("En retard", "À faire dans les 7 jours", "Personnes à rappeler", "À lire", "Publication à décider"),
    *("La personne a ajouté", "À discuter", "Discutées", "À envoyer", "Réponses à rendre", "À terminer"),
]


def numero(n: int) -> str:
    return f"GEPI-2026-{n:04d}"


async def test_the_week_lists_what_waits_late_first(equipe: Equipe) -> None:
    recent = today() - timedelta(days=2)
    lives: list[list[Event]] = [
        [h.deposee()],
        [h.deposee(survenu_le=today() - timedelta(days=10), lecture="equipe")],
        [h.deposee(), monde.qualifiee, h.repondue, h.restituee, h.incomprise],
        [h.deposee(survenu_le=recent), h.publiee],
        [h.deposee(survenu_le=recent), monde.qualifiee],
        [h.deposee(survenu_le=recent, lecture="equipe"), monde.qualifiee, h.ajoutee],
        [h.deposee(survenu_le=recent), monde.qualifiee, h.discutee],
        [h.deposee(survenu_le=recent), monde.qualifiee, h.discutee, h.adoptee],
        [h.deposee(survenu_le=recent), monde.qualifiee, h.discutee, h.adoptee, h.transmise],
        [h.deposee(), monde.qualifiee, h.repondue],
        [h.deposee(), monde.qualifiee, h.repondue, h.restituee],
        [h.deposee(), h.retiree],
        [h.deposee(), monde.qualifiee, h.repondue, h.restituee, h.close],
    ]
    for n, events in enumerate(lives, start=1):
        await equipe.vivre(numero(n), *events)
    week = await equipe.page("animation-gepi", "/bureau")
    places = [week.index(f">{title}") for title in TITLES]
    assert places == sorted(places)
    assert week.index(numero(1)) < week.index(numero(2)) and "en-retard" in week
    assert numero(12) not in week and numero(13) not in week
    assert "Réponses à donner" not in week and "Réponses à donner" in await equipe.page("coordination", "/bureau")
    assert numero(9) in await equipe.page("coordination", "/bureau?liste=a-repondre")
    other = await equipe.page("animation-comet", "/bureau")
    assert "GEPI-" not in other and "Rien ne vous attend cette semaine." in other
    wished = await equipe.page("protection_donnees", "/bureau")
    assert "Effacements souhaités" in wished and numero(12) in wished and numero(1) not in wished
    assert (await equipe.office.client.get("/bureau")).headers["location"].startswith("/connexion")


async def test_a_session_is_one_form(equipe: Equipe) -> None:
    for n in (1, 2, 3):
        await equipe.vivre(numero(n), h.deposee(), monde.qualifiee)
    await equipe.vivre(numero(4), h.deposee(), monde.qualifiee, h.repondue)
    seance = {"session_le": "2026-05-12", "lieu": "Vénissieux", "participants": "11"}
    ticked = [f"parlee-{numero(1)}", f"parlee-{numero(2)}", f"portee-{numero(2)}", f"rendue-{numero(4)}"]
    answer = await equipe.poster("animation-gepi", "/bureau/seances", **seance, **dict.fromkeys(ticked, "oui"))
    assert answer.status_code == 303
    await equipe.page("animation-gepi", answer.headers["location"])
    rows = await equipe.office.services.fetch("SELECT etat, participants FROM propositions ORDER BY reference")
    assert rows == [("discutee", 11), ("adoptee", 11), ("lue", None), ("restituee", None)]
    assert "Personne animation" not in (await equipe.get(f"/dossiers/{numero(1)}")).text


async def test_a_session_partly_refused_says_what_and_can_be_sent_again(equipe: Equipe) -> None:
    await equipe.vivre(numero(1), h.deposee(), monde.qualifiee)
    await equipe.vivre(numero(2), h.deposee(), monde.qualifiee)
    form = await equipe.caches("animation-gepi", "/bureau/seances", "/bureau/seances")
    form |= {"session_le": "2026-05-12", "lieu": "Ici", "participants": "11"}
    client = await equipe.entrer("animation-gepi")
    for wrong, message in (({"participants": "onze"}, "en chiffres"), ({"session_le": ""}, "Écrivez une date"),
                           ({}, "Cochez au moins une proposition")):  # fmt: skip
        answer = await client.post("/bureau/seances", data=form | wrong)
        assert message in lisible(equipe.checked(answer, 422).text) and 'value="Ici"' in answer.text
    boxes = {f"parlee-{numero(1)}": "oui", f"portee-{numero(2)}": "oui"}
    answer = await client.post("/bureau/seances", data=form | boxes)
    page = lisible(equipe.checked(answer, 422).text)
    assert f"{numero(2)} : Le groupe n'a pas encore parlé" in page
    answer = await client.post("/bureau/seances", data=form | boxes | {f"parlee-{numero(2)}": "oui"})
    assert answer.status_code == 303
    assert [len((await equipe.flux(numero(n))).faits) for n in (1, 2)] == [3, 4]
    again = await client.post("/bureau/seances", data=form | boxes | {f"parlee-{numero(2)}": "oui"})
    assert again.status_code == 303 and len((await equipe.flux(numero(2))).faits) == 4


async def test_a_card_of_a_session_gets_a_receipt_to_hand_over(equipe: Equipe) -> None:
    fields = {"texte": "Écrit sur une carte", "lecture": "tous_sans_nom", "prenom": ""}
    answer = await equipe.poster("animation-gepi", "/bureau/cartes", **fields)
    receipt = await (await equipe.entrer("animation-gepi")).get(answer.headers["location"])
    filed = (await equipe.flux(reference(receipt))).faits[0].event
    assert getattr(filed, "canal", "") == "session" and getattr(filed, "par", "") == "animation:gepi"
    assert (await equipe.office.post("/suivi", code=code(receipt))).status_code == 303
    empty = await equipe.poster("animation-gepi", "/bureau/cartes", **fields | {"texte": " "})
    assert "est vide" in equipe.checked(empty, 422).text
    for slug in ("coordination", "protection_donnees"):
        await equipe.page(slug, "/bureau/cartes", 403)
        await equipe.page(slug, "/bureau/seances", 403)
    stolen = await equipe.poster("animation-comet", "/bureau/cartes", **fields | {"instance": "gepi"})
    assert stolen.status_code == 403
