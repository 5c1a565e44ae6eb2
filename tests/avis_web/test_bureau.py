"""The office's path: the week, a saisine from its filing to its end, the letters to every council, refusals."""

import re
from datetime import timedelta

import httpx

from tests.acces.office import HIDDEN, Office
from tests.bureau.equipe import lisible
from tests.quality import validate_html
from web.acces.persons import today


class Agent:
    """A person of the office in a browser of her own."""

    def __init__(self, office: Office) -> None:
        self.client = office.browser()

    async def entre(self, slug: str) -> "Agent":
        hidden = dict(HIDDEN.findall((await self.client.get("/connexion")).text))
        answer = await self.client.post("/connexion/demonstration", data=hidden | {"personne": slug})
        assert answer.status_code == 303
        return self

    async def page(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.headers.get("location"))
        if status == 200:
            assert not validate_html(answer.text), (path, validate_html(answer.text))
        return lisible(answer.text).replace("\u00a0", " ")

    async def poste(self, page: str, action: str, **fields: str) -> httpx.Response:
        """Fills the form of this action, as a browser does: hidden fields and what is already in it."""
        text = (await self.client.get(page)).text.replace("&#x2f;", "/")
        form = text.partition(f'method="post" action="{action}"')[2].partition("</form>")[0]
        assert form, (page, action)
        filled = dict(re.findall(r'<input id="([^"]+)" name="[^"]+" type="(?:date|text)" value="([^"]*)"', form))
        chosen = re.findall(r'<select id="([^"]+)".*?<option value="([^"]*)" selected', form, re.DOTALL)
        return await self.client.post(action, data=dict(HIDDEN.findall(form)) | filled | dict(chosen) | fields)

    async def depose(self, procedure: str, **fields: str) -> str:
        """A saisine of this procedure; its reference."""
        form = f"/bureau/saisines/nouvelle?procedure={procedure}"
        filed = await self.poste(form, "/bureau/saisines/nouvelle", **fields)
        assert filed.status_code == 303, lisible(filed.text)[-2000:]
        return filed.headers["location"].rpartition("/")[2].partition("?")[0]

    async def fait(self, reference: str, acte: str, **fields: str) -> str:
        """One act on a saisine; the page that follows. Fails when refused."""
        page = f"/bureau/saisines/{reference}"
        typed = {f"{acte}-{name}": value for name, value in fields.items()}
        answer = await self.poste(page, f"{page}/{acte}", **typed)
        assert answer.status_code == 303, (acte, answer.status_code, lisible(answer.text)[-3000:])
        return await self.page(answer.headers["location"])


async def test_la_semaine_de_la_coordination_commence_par_les_retards(demo: Office) -> None:
    agent = await Agent(demo).entre("coordination")
    week = await agent.page("/bureau")
    titles = ("Saisines en retard", "Échéances dans les 7 jours", "Silence à constater",
              "Avis à présenter au prochain Conseil", "Présentations demandées", "Suites à dire",
              "Avis et réponses attendus")  # fmt: skip
    places = [week.index(f">{title}") for title in titles]
    assert places == sorted(places)
    for ref, place, following in (("AV-2026-0010", 0, 1), ("AV-2026-0011", 1, 2), ("AV-2026-0008", 2, 3)):
        assert places[place] < week.index(ref) < places[following], ref
    assert "Personne n’est désigné pour le présenter" in week
    assert 'href="/bureau/saisines"' in week
    other = await Agent(demo).entre("animation-gepi")
    assert "/bureau/saisines" not in await other.page("/bureau")
    assert (await other.client.get("/bureau/saisines")).status_code == 403
    assert (await other.client.get("/bureau/saisines/AV-2026-0010")).status_code == 403
    assert (await demo.client.get("/bureau/saisines")).headers["location"].startswith("/connexion")


async def test_de_la_saisine_a_la_suite_de_chaque_reserve(demo: Office) -> None:
    agent = await Agent(demo).entre("coordination")
    assert "Déposer une saisine" in await agent.page("/bureau/saisines")
    await agent.page("/bureau/saisines/nouvelle")
    form = "/bureau/saisines/nouvelle?procedure=avis_ctm"
    empty = await agent.poste(form, "/bureau/saisines/nouvelle", a="ctm-val-d-yzeron")
    assert empty.status_code == 422 and "Une réponse est à corriger" in empty.text
    ref = await agent.depose("avis_ctm", a="ctm-plateau-nord", objet="Parc relais inventé")
    refused = await agent.poste(f"/bureau/saisines/{ref}", f"/bureau/saisines/{ref}/rendre")
    assert refused.status_code == 422 and "ce n’est pas enregistré" in refused.text
    text = await agent.fait(ref, "rendre", sens="favorable", reserves="Garder les arbres.\r\n\r\nPhaser.",
                            motivation="La conférence approuve.")  # fmt: skip
    assert "favorable avec 2 réserves" in text
    await agent.fait(ref, "transmettre")
    assert "La présidence, Conférence territoriale des maires Plateau Nord" in await agent.page(
        f"/bureau/saisines/{ref}"
    )
    await agent.fait(ref, "presentateur")
    early = await agent.poste(f"/bureau/saisines/{ref}", f"/bureau/saisines/{ref}/reserve", **{"reserve-motif": ""})
    assert early.status_code == 422
    await agent.fait(ref, "presenter")
    await agent.fait(ref, "reserve", suite="retenue", motif="Inscrit à l'article 3.")
    text = await agent.fait(ref, "reserve", suite="non_retenue", motif="Le budget ne le permet pas.")
    assert "Terminer le dossier" in text
    assert "terminé" in await agent.fait(ref, "clore")
    shown = lisible((await demo.client.get(f"/dossiers/{ref}")).text)
    assert "Le budget ne le permet pas." in shown and "Garder les arbres." in shown
    again = await agent.client.post(f"/bureau/saisines/{ref}/clore", data={"csrf": "x"})
    assert again.status_code == 403


async def test_le_vote_de_la_seance_donne_le_sens(demo: Office) -> None:
    """The demonstration's meeting voted this avis; here another saisine is on no agenda, and says so."""
    agent = await Agent(demo).entre("coordination")
    ref = "AV-2026-0003"
    page = f"/bureau/saisines/{ref}"
    answer = await agent.poste(page, f"{page}/rendre", **{"rendre-sens": "favorable", "rendre-vote": "SEA-2026-0001/1"})
    assert answer.status_code == 422 and "Cette séance n'a pas voté cet avis." in lisible(answer.text)
    bad = await agent.poste(page, f"{page}/rendre", **{"rendre-sens": "favorable", "rendre-id_actes": "069-1"})
    assert bad.status_code == 422 and "forme d'un identifiant" in lisible(bad.text)
    wrong = await agent.poste(page, f"{page}/rendre", **{"rendre-sens": "favorable", "rendre-le_fait": "demain"})
    assert wrong.status_code == 422 and "Écrivez une date" in wrong.text


async def test_une_question_ecrite_recoit_sa_reponse(demo: Office) -> None:
    agent = await Agent(demo).entre("coordination")
    ref = await agent.depose(
        "saisine_ecrite", de="ctm-plateau-nord", a="conseil", objet="Quand l'étude commence-t-elle ?"
    )
    await agent.fait(ref, "accuser")
    await agent.fait(ref, "service", service="Direction des mobilités")
    await agent.fait(ref, "proroger", terme=f"{today().year + 1}-03-01", motif="Une visite est prévue")
    await agent.fait(ref, "repondre", texte="L'étude commence en mars.", qualite="le président de la Métropole")
    text = await agent.fait(ref, "envoyer")
    assert "transmise" in text and "Terminer le dossier" in text
    shown = lisible((await demo.client.get(f"/dossiers/{ref}")).text)
    assert "L'étude commence en mars." in shown and "Les 3 maires qui l’ont reçue" in shown


async def test_le_silence_se_constate_apres_le_terme(demo: Office) -> None:
    agent = await Agent(demo).entre("coordination")
    long_ago = (today() - timedelta(days=100)).isoformat()
    where = {"de": "metropole-imaginee", "objet": "Schéma inventé", "le_fait": long_ago, "delai": "mutualisation"}
    ref = await agent.depose("avis_communal", a="conseil-municipal-imagine", **where)
    await agent.fait(ref, "silence")
    await agent.fait(ref, "tardif", sens="defavorable")
    assert "Il ne change rien" in await agent.page(f"/dossiers/{ref}")
    lyon = await agent.poste("/bureau/saisines/nouvelle?procedure=avis_communal", "/bureau/saisines/nouvelle",
                             a="conseil-municipal-69029", objet="x", delai="mutualisation")  # fmt: skip
    assert lyon.status_code == 422 and "Cette commune est de la Métropole de Lyon" in lyon.text


async def test_une_contribution_va_jusqu_au_conseil(demo: Office) -> None:
    agent = await Agent(demo).entre("coordination")
    ref = await agent.depose("contribution", de="ctm-plateau-nord", a="conseil", objet="Une navette inventée")
    await agent.fait(ref, "adopter", texte="Toutes les dix minutes.")
    await agent.fait(ref, "demander", elu="Un membre du Conseil")
    refused = await agent.poste(
        f"/bureau/saisines/{ref}", f"/bureau/saisines/{ref}/decider", **{"decider-acceptee": "non"}
    )
    assert refused.status_code == 422
    await agent.fait(ref, "decider", acceptee="oui")
    await agent.fait(ref, "presenter")
    text = await agent.fait(ref, "suite", suite="retenue", motif="Une étude est lancée.")
    assert "Terminer le dossier" in text
    assert "Une étude est lancée." in await agent.page(f"/dossiers/{ref}")


async def test_une_lettre_a_chaque_conseil_municipal(demo: Office) -> None:
    agent = await Agent(demo).entre("coordination")
    form = "/bureau/saisines/communes?ctm=ctm-plateau-nord"
    text = await agent.page(form)
    assert "Conseil municipal de Caluire-et-Cuire" in text and "aucun délai : le silence n’est pas un accord" in text
    assert "Conseil municipal d'Oullins-Pierre-Bénite" in await agent.page("/bureau/saisines/communes")
    hidden = dict(
        HIDDEN.findall((await agent.client.get(form)).text.partition('method="post" action="/bureau/sais')[2])
    )
    sent = hidden | {"objet": "Projet de territoire inventé", "le_fait": today().isoformat(), "ctm": "ctm-plateau-nord"}
    first = await agent.client.post("/bureau/saisines/communes", data=sent)
    assert first.status_code == 303, lisible(first.text)[-2000:]
    twice = await agent.client.post("/bureau/saisines/communes", data=sent)
    assert twice.headers["location"] == first.headers["location"]
    letters = await agent.page(first.headers["location"])
    assert letters.count("Demande d’avis AV-") == 3 and "Le silence ne vaut pas un accord" in letters
    late = await agent.poste(form, "/bureau/saisines/communes", objet="x", le_fait="2031-01-01")
    assert late.status_code == 422
    assert "Aucune lettre ici" in await agent.page("/bureau/saisines/lettres?de=AV-1&a=x")


async def test_la_presidence_d_une_conference_ecrit_au_president(demo: Office) -> None:
    president = await Agent(demo).entre("presidence-ctm-plateau-nord")
    assert 'href="/bureau/saisines"' in await president.page("/bureau")
    text = await president.page("/bureau/saisines/nouvelle")
    assert "Saisine écrite d’une conférence" in text and "Avis d’un conseil municipal" not in text
    filed = await president.poste("/bureau/saisines/nouvelle", "/bureau/saisines/nouvelle", a="conseil",
                                  objet="Qui déneige la route de l'Exemple ?")  # fmt: skip
    assert filed.status_code == 303, lisible(filed.text)[-2000:]
    found = await president.page(filed.headers["location"])
    assert "Qui déneige" in found and "Retirer la saisine" in found
    assert (await president.client.get("/bureau/saisines/communes")).status_code == 403
    assert (await president.client.get("/bureau/saisines/AV-2026-0009")).status_code == 403
