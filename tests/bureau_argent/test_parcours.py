"""Each function's day, by the forms alone: from an envelope to the works; from what is left to the next year."""

import io

from PIL import Image

from domain.enveloppes.masses import MASSES
from tests.bureau_argent.equipe import AN, COMPTES, NUMERO, PRIEST, Bureau
from tests.enveloppes import monde as m

ICI = "/bureau/argent"


def png() -> str:
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(written, "PNG")
    return written.getvalue().hex()


async def test_from_the_envelope_to_the_accounts(bureau: Bureau) -> None:
    """Finances opens the FIC, tries a split, adopts it, inscribes every allocation of the year."""
    said = await bureau.faire("finances", ICI, "enveloppe", deliberation=NUMERO)
    assert "58 300 000,00 €" in said
    [(reference,)] = await bureau.office.services.fetch("SELECT reference FROM enveloppes")
    page = f"{ICI}/enveloppes/{reference}"
    tried = await bureau.poster("finances", page, "partage", alpha="1", deliberation=NUMERO, faire="essayer")
    assert tried.status_code == 200 and "Ce que donnerait ce partage" in tried.text
    assert await bureau.office.services.fetch("SELECT repartitions FROM enveloppes") == [(0,)]
    town = "69029; Bron; 42 442; 500\n69290; Saint-Priest; 46 000; 700"
    said = await bureau.faire("finances", page, "partage", alpha="0,5", lignes=town, deliberation=NUMERO)
    assert "Partage 1" in said and "Poids de la population : 0,5" in said
    said = await bureau.faire("finances", page, "dotations")
    assert "2 actes sur 2 enregistrés" in said and "2 sur 2" in said
    rows = await bureau.office.services.fetch("SELECT annee, sum(dotation_cents)::bigint FROM comptes GROUP BY annee")
    assert rows == [(AN, MASSES["fic"] // 6)]
    again = await bureau.poster("finances", page, "dotations")
    assert again.status_code == 303 and again.headers["location"].endswith("faits=0")


async def test_an_envelope_without_a_key_is_pasted(bureau: Bureau) -> None:
    page = f"{ICI}/enveloppes/EN-2026-0001"
    values = {"enveloppe": "suites_permis", "montant": "1 000 000", "annee_debut": "2026", "annee_fin": "2026"}
    await bureau.faire("finances", ICI, "enveloppe", deliberation=NUMERO, **values)
    said = await bureau.refuse("finances", page, "dotations", "montant", lignes="bron ; 1e9")
    assert "bron ; 1e9" in said
    said = await bureau.faire("finances", page, "dotations", lignes="Bron ; 12 000,50\nsaint-priest\t8 000 €")
    assert "2 actes sur 2" in said
    rows = await bureau.office.services.fetch("SELECT beneficiaire, dotation_cents FROM comptes ORDER BY 1")
    assert rows == [("69029", 12_000_50), (PRIEST, 8_000_00)]


async def test_an_operation_from_the_mairie_to_its_pictures(bureau: Bureau) -> None:
    """The mairie proposes and decides, the services study and build, finances pays a pasted line."""
    await bureau.comptes(AN)
    new = f"{ICI}/operations/nouvelle"
    assert "Proposer une opération" in await bureau.voir("mairie", ICI)
    said = await bureau.refuse("mairie", new, "", "montant", titre="Une place", nature="Voirie", montant="1e9")
    assert 'value="Une place"' in said
    said = await bureau.faire("mairie", new, "", titre="Une place", nature="Voirie", montant="60 000")
    page = f"{ICI}/operations/OP-{AN}-0001"
    assert "Rien à faire par vous" not in said and "Une place" in said
    assert "Avis technique à rendre" in await bureau.voir("services_techniques", "/bureau")
    await bureau.faire("services_techniques", page, "avis", motif="Faisable en deux mois")
    assert "À décider" in await bureau.voir("mairie", "/bureau")
    await bureau.faire("mairie", page, "decider", acte="BRON-2026-12")
    said = await bureau.faire("mairie", page, "engager")
    assert "60 000,00 €" in said and "Crédit engagé" in said
    await bureau.faire("services_techniques", page, "commencer")
    assert "À payer" in await bureau.voir("finances", "/bureau")
    line = f"OP-{AN}-0001 ; {AN} ; 55 000"
    said = await bureau.faire("finances", f"{ICI}/paiements", "", lignes=line)
    assert "1 acte sur 1 enregistré" in said
    await bureau.faire("finances", page, "liberer")
    await bureau.faire("services_techniques", page, "receptionner")
    await bureau.faire("services_techniques", page, "photo", description="Six arbres", photo=png())
    said = await bureau.faire("services_techniques", page, "solder")
    assert "Soldée" in said
    public = await bureau.voir("mairie", f"/operations/OP-{AN}-0001")
    for words in ("Soldée", "55 000,00 €", "Six arbres", "BRON-2026-12"):
        assert words in public, words
    [(photos,)] = await bureau.office.services.fetch("SELECT photos FROM operations")
    picture = await bureau.office.browser().get(f"/pj/{photos[0]['empreinte']}")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")


async def test_what_is_left_goes_to_the_next_year_once(bureau: Bureau) -> None:
    await bureau.comptes(AN - 1, AN, cents=50_000_00)
    page = f"{ICI}/reconductions"
    assert f"1 reste de {AN - 1}" in await bureau.voir("finances", "/bureau")
    said = await bureau.refuse("finances", page, "", "n'est pas adoptée", deliberation="2026-9999")
    assert 'value="50 000"' in said
    said = await bureau.refuse(
        "finances", page, "", "Il reste moins", deliberation=NUMERO, **{"montant-69029": "50 000,01"}
    )
    assert 'value="50 000,01"' in said
    said = await bureau.faire("finances", page, "", deliberation=NUMERO, **{"montant-69029": "20 000"})
    assert "1 acte sur 1" in said and "Rien à reconduire" in said
    again = f"{COMPTES}/{AN - 1}"
    assert "Reconduire ce qui reste" not in await bureau.voir("finances", again)
    answer = await bureau.poster("finances", again, "reconduire", montant="1", deliberation=NUMERO)
    assert answer.status_code == 409 and "déjà reconduite" in answer.text
    assert "70 000,00 €" in await bureau.voir("mairie", f"{COMPTES}/{AN}")


async def test_a_rectification_and_a_top_up_show_what_was_there(bureau: Bureau) -> None:
    await bureau.comptes(AN - 1, AN)
    page, why = f"{COMPTES}/{AN - 1}", {"motif": "Erreur de population", "deliberation": NUMERO}
    said = await bureau.faire("finances", page, "rectifier", montant="1 000", **why)
    assert "99 000,00 €" in said
    await bureau.refuse("finances", page, "rectifier", "serait négatif", montant="99 000,01", **why)
    public = await bureau.voir("mairie", f"/argent/fic/{AN - 1}/bron")
    assert "Dotation rectifiée : Erreur de population" in public and "100 000,00 €" in public
    said = await bureau.faire("mairie", f"{COMPTES}/{AN}", "abonder", montant="5 000", acte="BRON-3")
    assert "105 000,00 €" in said
    await bureau.voir("services_techniques", f"{COMPTES}/{AN}", 403)


async def test_abandoning_gives_the_credit_back(bureau: Bureau) -> None:
    await bureau.comptes(AN - 1, AN)
    page = f"{ICI}/operations/{await bureau.operation()}"
    await bureau.faire("mairie", page, "engager", annee=str(AN - 1), montant="30 000")
    await bureau.faire("mairie", page, "engager", annee=str(AN), montant="20 000")
    said = await bureau.faire("mairie", page, "abandonner", motif="riverains", explication="Un passage plutôt")
    assert "Abandonnée" in said
    rows = await bureau.office.services.fetch("SELECT solde_cents, engage_cents FROM comptes")
    assert rows == [(100_000_00, 0), (100_000_00, 0)]


async def test_the_follow_up_freezes_figures_that_anyone_computes_again(bureau: Bureau) -> None:
    await bureau.comptes(AN)
    await bureau.faire("finances", ICI, "rendez-vous", prevu_pour=f"{AN}-12-01")
    assert "Point de l’année" in await bureau.voir("finances", "/bureau")
    await bureau.faire("finances", ICI, "tenir", conclusions="Rien ne change.")
    await bureau.faire("finances", ICI, "photographie")
    await bureau.refuse("finances", ICI, "photographie", "déjà figés", attendu="409")
    await bureau.refuse("finances", ICI, "photographie", "date", au="hier")
    await bureau.faire("finances", ICI, "territoire", ctm="ctm-porte-des-alpes", deliberation=NUMERO)
    public = await bureau.voir("mairie", "/argent/suivi")
    assert "Les deux sont égales" in public and "Rien ne change." in public and "Elles diffèrent" not in public


async def test_nobody_acts_out_of_her_function(bureau: Bureau) -> None:
    await bureau.comptes(AN)
    await bureau.operation("OP-2026-0001", beneficiaire=PRIEST, communes=(PRIEST,))
    for qui, path in (("mairie", f"{ICI}/enveloppes/{m.EN}"), ("mairie", f"{ICI}/paiements"),
                      ("mairie", f"{ICI}/reconductions"), ("mairie", f"{ICI}/operations/OP-2026-0001"),
                      ("services_techniques", f"{ICI}/operations/nouvelle")):  # fmt: skip
        await bureau.voir(qui, path, 403)
    for path in (f"{ICI}/operations/OP-1", f"{ICI}/comptes/fic/69029/2031", f"{ICI}/enveloppes/EN-1"):
        await bureau.voir("finances", path, 404)
    assert (await bureau.office.browser().get(ICI)).status_code == 303
