"""The acts of the office over HTTP: a whole life, rights, refusals that keep what was typed, two agents at once."""

import asyncio

import pytest

from domain.droits import FONCTIONS
from tests import monde
from tests.bureau.equipe import Equipe, lisible
from tests.propositions import histoire as h
from web.acces.persons import today
from web.bureau.actes import ACTES

REF = monde.REF
PAGE = f"/bureau/propositions/{REF}"
MOTIF = "Le banc sera posé au mois de juin."


async def test_a_proposition_from_reading_to_its_end(equipe: Equipe) -> None:
    ref, code = await equipe.deposer(texte="Un banc, vite", reponse_par="telephone", telephone="0612345678")
    week = await equipe.page("animation-gepi", "/bureau")
    assert "À lire" in week and ref in week
    page = await equipe.page("animation-gepi", f"/bureau/propositions/{ref}")
    assert "Un banc, vite" in page and "06 12 34 56 78" in page and "Seulement l’équipe" in page
    day = today().isoformat()
    team = "animation-gepi"
    await equipe.fait(team, ref, "qualifier", titre="Un banc à la mairie", theme="cadre_de_vie", competence="metropole")
    await equipe.fait(team, ref, "discuter", session_le=day, lieu="Vénissieux", participants="11")
    await equipe.fait(team, ref, "adopter", mode="vote", pour="9", contre="1", abstentions="1")
    await equipe.fait(team, ref, "transmettre", service="Direction de la voirie", pilote="COPIL")
    assert "Réponses à donner" in await equipe.page("coordination", "/bureau")
    page = await equipe.fait("coordination", ref, "repondre", suite="on_le_fait", motif=MOTIF)
    assert MOTIF in page and "Coordination" in page
    await equipe.fait(team, ref, "restituer", mode="telephone")
    page = await equipe.fait(team, ref, "clore")
    assert "C’est terminé" in page and "Rien à faire sur ce dossier." in page
    public = lisible((await equipe.get(f"/dossiers/{ref}")).text)
    assert "Animation, GEPI" in public and "9 pour, 1 contre" in public and "06 12" not in public
    mine = await equipe.suivre(await equipe.office.post("/suivi", code=code))
    assert MOTIF in lisible(mine.text)


async def test_every_act_records_the_function_that_did_it(equipe: Equipe) -> None:
    await equipe.vivre(REF, h.deposee())
    await equipe.fait("animation-gepi", REF, "qualifier", titre="T", theme="autre", competence="autre")
    await equipe.fait("coordination", REF, "repondre", suite="deja_prevu", motif=MOTIF)
    events = [fait.event for fait in (await equipe.flux(REF)).faits]
    assert [getattr(event, "par", None) for event in events] == [None, "animation:gepi", "coordination"]


async def test_rights_follow_the_functions(equipe: Equipe) -> None:
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    team = await equipe.page("animation-gepi", PAGE)
    agent = await equipe.page("coordination", PAGE)
    assert "Noter une discussion" in team and "Donner la réponse" not in team
    assert "Donner la réponse" in agent and "Noter une discussion" not in agent
    forced = await equipe.poster("animation-gepi", PAGE, f"{PAGE}/repondre", **{"repondre-suite": "en_partie"})
    assert forced.status_code == 403
    for slug in ("animation-comet", "protection_donnees", "administration"):
        await equipe.page(slug, PAGE, 403)
    assert "banc" not in (await (await equipe.entrer("animation-comet")).get(PAGE)).text
    assert (await equipe.office.client.get(PAGE)).headers["location"].startswith("/connexion")
    assert (await equipe.office.client.post(f"{PAGE}/clore", data={})).status_code in (401, 403)
    assert (await (await equipe.entrer("coordination")).post(f"{PAGE}/repondre", data={"csrf": "x"})).status_code == 403


@pytest.mark.parametrize(
    ("acte", "fields", "status", "message"),
    [
        (
            "qualifier",
            {"titre": "Appelez le 06 12 34 56 78", "theme": "autre", "competence": "autre"},
            422,
            "téléphone",
        ),
        ("qualifier", {"titre": "<b>T</b>", "theme": "", "competence": "autre"}, 422, "thème"),
        ("qualifier", {"titre": "T", "theme": "autre", "competence": "martienne"}, 422, "liste"),
        ("discuter", {"session_le": "hier", "lieu": "<i>", "participants": "11"}, 422, "Écrivez une date"),
        ("discuter", {"session_le": "2026-04-14", "lieu": "ici", "participants": "onze"}, 422, "en chiffres"),
        ("discuter", {"session_le": "14/04/2026", "lieu": "ici", "participants": "0"}, 422, "pas possible"),
        ("adopter", {"mode": "consensus"}, 422, "pas encore parlé"),
        ("transmettre", {"service": "x"}, 422, "pas encore adopté"),
        ("restituer", {"mode": "page"}, 422, "pas encore de réponse"),
        ("clore", {}, 422, "pas encore de réponse"),
        ("rappel", {"issue": "joint"}, 409, "Aucun rappel"),
        ("moderer", {"decision": "garder_prive", "motif": ""}, 422, "raison"),
    ],
)
async def test_a_refused_act_comes_back_filled_with_its_rule(
    equipe: Equipe, acte: str, fields: dict[str, str], status: int, message: str
) -> None:
    before = [h.deposee()] if acte == "qualifier" else [h.deposee(), monde.qualifiee]
    await equipe.vivre(REF, *before)
    answer = await equipe.faire("animation-gepi", REF, acte, **fields)
    equipe.checked(answer, status)
    page = lisible(answer.text)
    assert message in page and "ce n’est pas enregistré" in page and "autofocus" in page
    for value in set(fields.values()) - {"martienne"}:  # no form offers it
        assert value.replace("<", "&lt;").replace(">", "&gt;").replace("</", "&lt;/") in page
    assert len((await equipe.flux(REF)).faits) == len(before)


async def test_a_double_click_is_one_act(equipe: Equipe) -> None:
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    client, action = await equipe.entrer("coordination"), f"{PAGE}/repondre"
    form = await equipe.caches("coordination", PAGE, action)
    form |= {"repondre-suite": "en_partie", "repondre-motif": MOTIF}
    answers = await asyncio.gather(*(client.post(action, data=form) for _ in range(4)))
    again = await client.post(action, data=form)
    assert {answer.headers["location"] for answer in (*answers, again)} == {answers[0].headers["location"]}
    assert len((await equipe.flux(REF)).faits) == 3
    other = await client.post(action, data=form | {"repondre-motif": "Un tout autre motif, assez long."})
    assert "Un tout autre motif" in equipe.checked(other, 409).text


async def test_two_agents_answer_at_once_one_wins_the_other_is_told(equipe: Equipe) -> None:
    await equipe.office.appoint("autre@x.example", "coordination", nom="Autre")
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    action, slugs = f"{PAGE}/repondre", ("coordination", "coordination-2")
    forms = [await equipe.caches(slug, PAGE, action) for slug in slugs]
    said = [{"repondre-suite": "en_partie", "repondre-motif": f"{MOTIF} Version {n}."} for n in (1, 2)]
    clients = [await equipe.entrer(slug) for slug in slugs]
    answers = await asyncio.gather(
        *(client.post(action, data=form | told) for client, form, told in zip(clients, forms, said, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
    page = lisible(equipe.checked(answers[loser], 409).text)
    assert said[loser]["repondre-motif"] in page, "nothing typed is lost"
    assert "Déjà fait :" in page and "Coordination, le " in page and said[1 - loser]["repondre-motif"] in page
    assert len((await equipe.flux(REF)).faits) == 3


async def test_a_stale_form_does_not_undo_what_somebody_just_decided(equipe: Equipe) -> None:
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    action = f"{PAGE}/moderer"
    stale = await equipe.caches("coordination", PAGE, action)
    await equipe.fait("animation-gepi", REF, "moderer", decision="garder_prive", motif="tiers_nomme")
    answer = await (await equipe.entrer("coordination")).post(action, data=stale | {"moderer-decision": "publier"})
    page = lisible(equipe.checked(answer, 409).text)
    assert "pendant que vous écriviez" in page and "Animation, GEPI, le " in page and "gardé pour l’équipe" in page
    assert "banc" not in (await equipe.get(f"/dossiers/{REF}")).text


async def test_moderation_publishes_and_takes_back(equipe: Equipe) -> None:
    await equipe.vivre(REF, h.deposee(), monde.qualifiee)
    await equipe.fait("animation-gepi", REF, "moderer", decision="publier")
    assert "Un banc devant" in (await equipe.get(f"/dossiers/{REF}")).text
    assert REF in (await equipe.get("/recherche?q=mairie")).text
    await equipe.fait("animation-gepi", REF, "moderer", decision="garder_prive", motif="donnees_personnelles")
    assert "Un banc devant" not in (await equipe.get(f"/dossiers/{REF}")).text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> assez long ici", "é" * 40, "Emoji 🪑 et \x00 contrôle, long"]
)
async def test_any_text_of_the_office_is_shown_as_text(equipe: Equipe, text: str) -> None:
    await equipe.vivre(REF, h.deposee())
    team = "animation-gepi"
    await equipe.fait(team, REF, "qualifier", titre=text, theme="autre", competence="autre")
    await equipe.fait(team, REF, "orienter", service=text, telephone="115")
    await equipe.fait(
        "coordination", REF, "repondre", suite="pas_nous", motif=text, qui=text, lien="https://x.example/a"
    )
    for path in (f"/dossiers/{REF}", "/instances/gepi", f"/dossiers/{REF}.json"):
        assert "<script>alert" not in (await equipe.get(path)).text or path.endswith("json")
    await equipe.page(team, "/bureau")


async def test_every_act_has_a_right_that_exists(equipe: Equipe) -> None:
    rights = {droit for fonction in FONCTIONS.values() for droit in fonction.droits}
    assert {acte.droit for acte in ACTES.values()} <= rights
    await equipe.vivre(REF, h.deposee())
    await equipe.page("animation-gepi", f"/bureau/propositions/{REF}?vu=99999999")
    await equipe.page("animation-gepi", "/bureau/propositions/GEPI-2026-9999", 404)
    assert (await equipe.faire("animation-gepi", REF, "inventer")).status_code == 404
