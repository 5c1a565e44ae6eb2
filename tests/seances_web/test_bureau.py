"""A meeting held from the office, from its planning to its published minutes; what is refused comes back."""

from datetime import timedelta

from tests.monde import instance
from tests.quality import validate_html
from tests.seances_web.conftest import COURRIEL, HIER, RACINE, Secretaire, clair, coche, jetons


async def test_une_seance_du_debut_a_la_fin(ctm: Secretaire) -> None:
    week = clair((await ctm.office.client.get("/bureau")).text)
    assert f'href="{RACINE}"' in week
    listed = await ctm.office.client.get(RACINE)
    assert not validate_html(listed.text)
    await ctm.planifie(HIER)
    page = await ctm.fait("point", objet="Avis sur le plan", dossier="AV-2026-0001", origine="metropole")
    await ctm.fait("point", objet="Compte rendu", origine="presidence")
    page = await ctm.fait("ordre", monter="2")
    assert page.index("Compte rendu") < page.index("Avis sur le plan")
    assert not validate_html((await ctm.office.client.get(ctm.racine)).text)
    await ctm.fait("ordre", descendre="2")
    await ctm.fait("convoquer", envoyee_le=(HIER - timedelta(days=8)).date().isoformat())
    await ctm.fait("excuser", elu="m8")
    page = await ctm.fait("ouvrir", president="m1", heure="9h05")
    assert "Saisie après coup" in page and "0 présent" in page

    page = await ctm.fait("presences", tous="oui", avaient="")
    assert "8 présents" in page and "pas de quorum exigé" in page
    page = await ctm.fait("presences", cherche="nom8", avec=coche(8), avaient=" ".join(f"m{n}" for n in range(1, 9)))
    assert "7 présents" in page
    page = await ctm.fait("pouvoir", mandant="m8", mandataire="m2", heure="9:10")
    assert "1 pouvoir" in page
    await ctm.fait("secretaire", elu="m3")
    await ctm.fait("quorum")
    point = await ctm.fait("appeler", rang="1", heure="9:15")
    assert 'value="8"' in point and "8 votants" in point  # everybody « pour » until said otherwise
    assert not validate_html((await ctm.office.client.get(f"{ctm.racine}/points/1")).text)
    point = await ctm.fait("vote", rang="1", pour="6", contre="1", abstentions="1")
    assert "6 pour, 1 contre, 1 abstention : 7 suffrages exprimés, pour l’emporte." in point.replace("'", "’")
    assert "Appeler le point suivant" in point and 'href="/bureau/saisines/AV-2026-0001"' in point
    await ctm.fait("appeler", rang="2")
    await ctm.fait("renvoyer", rang="2", motif="Pièce manquante")
    await ctm.fait("lever", heure="11:00")

    week = clair((await ctm.office.client.get("/bureau")).text)
    assert "Procès-verbal à rédiger" in week
    page = await ctm.page()
    assert "Point 1. Avis sur le plan" in page  # the debates are ready to be written under each item
    page = await ctm.fait("pv", debats="Le maire présente le plan.")
    assert "Il sera arrêté au début de la prochaine séance" in page
    draft, anyone = f"/seances/{ctm.reference}/proces-verbal", ctm.office.browser()
    assert (await ctm.office.client.get(draft)).status_code == 200
    assert [(await anyone.get(f"{draft}{end}")).status_code for end in ("", ".pdf")] == [404, 404]
    await minutes_adopted(ctm)
    assert (await anyone.get(draft)).status_code == 200


async def minutes_adopted(ctm: Secretaire) -> None:
    """At the start of the next meeting, then online within the week; everybody reads them."""
    first = ctm.reference
    await ctm.ouvre(HIER + timedelta(minutes=240))
    second, ctm.reference = ctm.reference, first
    assert "Procès-verbal à arrêter" in clair((await ctm.office.client.get("/bureau")).text)
    page = await ctm.fait("arreter", a_la_seance=second)
    assert "à publier avant le" in page
    assert "Procès-verbal à publier" in clair((await ctm.office.client.get("/bureau")).text)
    await ctm.fait("publier")
    public = await ctm.office.browser().get(f"/seances/{first}")
    assert public.status_code == 200 and not validate_html(public.text)
    text = clair(public.text)
    for words in (
        "Le maire présente le plan.", "Avis favorable", "Mme Nom8 (pouvoir à Mme Nom2)",
        "Votants", "Aucun texte ne fixe de quorum ici", "Renvoyé", "Secrétaire de séance", "9 h 05",
    ):  # fmt: skip
        assert words in text, words


async def test_une_seance_commune_a_deux_conferences(ctm: Secretaire) -> None:
    await ctm.office.write("instances/ctm-y", instance("ctm-y", "ctm", serie=None, nom="CTM des Monts"))
    page = await ctm.office.client.get(RACINE)
    assert 'name="avec-ctm-y"' in page.text and 'name="avec-ctm-x"' not in page.text and not validate_html(page.text)
    sent = await jetons(ctm.office.client, RACINE) | {
        "jour": HIER.date().isoformat(), "heure": "9:00", "lieu": "Salle A", "avec-ctm-y": "oui",
    }  # fmt: skip
    refused = await ctm.office.client.post(RACINE, data=sent | {"avec-ctm-x": "oui"})
    assert refused.status_code == 422 and not validate_html(refused.text)
    assert "Une séance commune réunit des conférences différentes." in clair(refused.text)
    assert 'name="avec-ctm-y" value="oui" checked' in refused.text and 'value="Salle A"' in refused.text
    planned = await ctm.office.client.post(RACINE, data=sent)
    assert planned.status_code == 303, clair(planned.text)
    reference = planned.headers["location"].removeprefix(f"{RACINE}/").partition("?")[0]
    public = await ctm.office.browser().get(f"/seances/{reference}")
    assert "CTM des Monts" in clair(public.text) and not validate_html(public.text)


async def test_la_somme_et_l_egalite_sont_demandees(ctm: Secretaire) -> None:
    await ctm.ouvre(present=8)
    await ctm.appelle()
    page = await ctm.fait("vote", 422, rang="1", pour="4", contre="1", abstentions="1")
    assert "2 voix non comptées (8 votants) : ne prennent pas part au vote ?" in page
    assert 'name="vote-npppv"' in page and 'value="4"' in page
    page = await ctm.fait("vote", 422, rang="1", pour="6", contre="3", abstentions="1")
    assert "10 voix sont comptées pour 8 votants" in page
    page = await ctm.fait("vote", 422, rang="1", pour="4", contre="4", abstentions="0")
    assert "Égalité : comment la présidence a-t-elle voté ?" in page
    page = await ctm.fait("vote", rang="1", pour="4", contre="4", abstentions="0", president="contre")
    assert "Avis défavorable" in page and "La voix de la présidence, contre, l'emporte." in page


async def test_deux_secretaires_sur_un_point(ctm: Secretaire) -> None:
    await ctm.ouvre()
    other = ctm.office.browser()
    async with other:
        ctm.office.client, mine = other, ctm.office.client
        await ctm.office.sign_in(COURRIEL)
        ctm.office.client = mine
        await ctm.appelle()
        await ctm.fait("vote", rang="1", pour="3", contre="2", abstentions="0")
        page = await ctm.fait("vote", 409, client=other, rang="1", pour="5", contre="0", abstentions="0")
        assert "Déjà noté :" in page and "3 pour, 2 contre" in page and "Appeler le point suivant" not in page
        # a page shown before somebody else came: what it did not change stays
        csrf_of_stale = "m1 m2 m3 m4 m5"
        await ctm.fait("presences", avec=coche(6), avaient=csrf_of_stale)
        page = await ctm.fait("presences", client=other, avec=coche(4), avaient=csrf_of_stale)
        assert "5 présents" in page and (await ctm.faits())[-1] == "PresencesConstatees"


async def test_un_envoi_repete_est_un_seul_acte(ctm: Secretaire) -> None:
    await ctm.ouvre()
    await ctm.appelle()
    before = len(await ctm.faits())
    for _ in range(2):
        await ctm.fait("vote", rang="1", pour="5", contre="0", abstentions="0", idempotence="une-clef")
        await ctm.fait("presences", avec=coche(6), avaient="m1 m2 m3 m4 m5", idempotence="autre-clef")
    assert (await ctm.faits())[before:] == ["VoteCompte", "PresencesConstatees"]


async def test_ce_qui_est_faux_se_rectifie_et_se_voit(ctm: Secretaire) -> None:
    await ctm.ouvre()
    await ctm.appelle()
    await ctm.fait("noms", rang="1", avec={f"voix-m{n}": "pour" for n in range(1, 6)})
    page = await ctm.page()
    version = len(await ctm.faits())
    assert f"corriger={version}" in page
    assert "Rectifier un fait" in await ctm.page(corriger=version)
    await ctm.fait("rectifier", 422, version=str(version))
    await ctm.fait("rectifier", version=str(version), motif="Une voix mal notée")
    voices = {f"voix-m{n}": "contre" if n < 4 else "pour" for n in range(1, 6)}
    point = await ctm.fait("noms", rang="1", avec=voices)
    assert "2 pour, 3 contre" in point
    public = clair((await ctm.office.client.get(f"/seances/{ctm.reference}")).text)
    assert "Ce qui a été rectifié" in public and "Une voix mal notée" in public
    named = public.split("Qui a voté quoi")[1].split("</details>")[0]
    assert named.count("Nom1") == 1  # the names of the first count are rectified with it


async def test_une_heure_fausse_revient_avec_le_formulaire(ctm: Secretaire) -> None:
    await ctm.ouvre()
    for typed, words in (("25:00", "Écrivez une heure"), ("8:30", "vient avant la dernière notée")):
        page = await ctm.fait("appeler", 422, rang="1", heure=typed)
        assert words in page and f'value="{typed}"' in page
    assert (await ctm.fait("presences", 422, cherche="zzz", avec=coche(5), avaient="m1 m2 m3 m4 m5")).count(
        "Personne ici"
    )
    assert "8 membres" in await ctm.fait("presences", 422, cherche="nom", avec=coche(5), avaient="m1 m2 m3 m4 m5")


async def test_qui_n_est_pas_secretaire_n_entre_pas(ctm: Secretaire) -> None:
    await ctm.ouvre()
    stranger = ctm.office.browser()
    async with stranger:
        assert (await stranger.get(ctm.racine)).status_code == 303
        await ctm.office.appoint("autre@essai.example", "animation", "ctm-x")
        ctm.office.client = stranger
        await ctm.office.sign_in("autre@essai.example")
        for path in (RACINE, ctm.racine, f"{ctm.racine}/points/1", f"{ctm.racine}/feuille"):
            assert (await stranger.get(path)).status_code == 403, path
        assert (await stranger.get(f"/seances/{ctm.reference}")).status_code == 200
