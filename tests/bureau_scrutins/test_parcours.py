"""A whole vote by its office's pages, from the rules to the minutes."""

import io

from pypdf import PdfReader

from tests.bureau.equipe import lisible
from tests.bureau_scrutins.bureau import BUREAU, DIRECTION, EDUCATION, Bureau


async def test_a_rehearsal_from_rules_to_minutes(bureau: Bureau) -> None:
    created = await bureau.creer()
    assert created.status_code == 303, lisible(created.text)[-3000:]
    bureau.reference = created.headers["location"].split("/")[3].partition("?")[0]
    road = await bureau.page(DIRECTION, created.headers["location"])
    assert "Feuille de route du vote" in road and "Une seconde personne doit relire" in road and "Répétition" in road

    await bureau.agit(BUREAU, "confirmer")
    assert (await bureau.cle(BUREAU, "bureau")).status_code == 303
    assert (await bureau.cle(EDUCATION, "metropole")).status_code == 303
    too_many = bureau.checked(await bureau.poster(DIRECTION, f"{bureau.url}/billets", n="24", grands="25"), 422)
    assert "entre 0 et 24" in too_many.text
    assert len(await bureau.imprimer(24)) == 24
    assert (await bureau.etat()).phase == "pret"

    given = await bureau.agit(DIRECTION, "remettre", "distribution", groupe="6e A", n="20")
    assert "6e A" in given and "20 remis" in given
    await bureau.agit(BUREAU, "rendre", "distribution", groupe="6e A", n="3")
    await bureau.agit(BUREAU, "ouvrir", premier="Direction", second="Élève")
    for code in bureau.codes[:12]:
        assert await bureau.voter(code, ("p1", "p3")) == "accepte"
    await bureau.agit(BUREAU, "echanger", code=f"https://registre.example/v/{bureau.codes[12].lower()}")
    await bureau.agit(BUREAU, "incident", texte="Panne de réseau de dix minutes.")
    await bureau.agit(DIRECTION, "perdus", n="4", motif="perdu")
    closed = await bureau.agit(DIRECTION, "clore")
    assert "Le vote est clos" in closed

    first = await bureau.lot(DIRECTION, 1, "1 2")
    assert first.status_code == 303, lisible(first.text)[-2000:]
    assert (await bureau.lot(BUREAU, 1, "1 4")).status_code == 303
    compared = await bureau.page(DIRECTION, f"{bureau.url}/papier/1")
    assert compared.count("différent :") == 2
    settled = await bureau.poster(DIRECTION, f"{bureau.url}/papier/1", b1="1 4")
    assert settled.status_code == 303, lisible(settled.text)[-2000:]

    wrong = bureau.checked(await bureau.ouvrir_couche(EDUCATION, "metropole", bureau.feuilles["bureau"]), 422)
    assert "l’autre clé de ce scrutin" in wrong.text and bureau.feuilles["bureau"] in wrong.text
    (bureau.office.settings.directory / f"ouverture-{bureau.reference}").write_text("3200 10000")
    for page in (bureau.url, f"{bureau.url}/couche/metropole"):
        shown = await (await bureau.entrer(EDUCATION)).get(page)
        assert "3\u00a0200 bulletins sur 10\u00a0000" in shown.text and shown.headers["refresh"] == "2"
    opened = await bureau.ouvrir_couche(EDUCATION, "metropole", bureau.feuilles["metropole"].lower())
    assert opened.status_code == 303, lisible(opened.text)[-2000:]
    assert "refresh" not in (await (await bureau.entrer(EDUCATION)).get(bureau.url)).headers
    assert (await bureau.ouvrir_couche(BUREAU, "bureau", bureau.feuilles["bureau"])).status_code == 303
    await bureau.agit(DIRECTION, "depouiller")

    minutes = await bureau.page(DIRECTION, f"{bureau.url}/pv")
    assert "20 = 12 + 1 + 3 + 4" in minutes and "Panne de réseau" in minutes and "Non</td>" not in minutes
    assert "Essai : des bancs à l’ombre, 6 000 €, 13 voix" in minutes
    client = await bureau.entrer(DIRECTION)
    for document in ("pv", "affiche", "resultats", "classes", "etiquette", "pv_vierge", "assesseurs", "a_vote"):
        printed = await client.get(f"{bureau.url}/imprimer/{document}.pdf")
        assert printed.status_code == 200, document
        assert PdfReader(io.BytesIO(printed.content)).pages
    road = await bureau.agit(DIRECTION, "detruire")
    assert "Le vote est terminé" in road
