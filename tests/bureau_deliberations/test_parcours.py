"""From a draft to an executory act, in the office: what is due is shown, what is refused comes back filled."""

from datetime import date, datetime, timedelta

from domain.avis.events import AvisRendu, SaisineDeposee
from domain.calendrier import PARIS
from tests.bureau_deliberations.conftest import RACINE, Greffe
from tests.monde import instance
from tests.seances_web.conftest import HIER, coche
from web.bureau_deliberations.actes import ACTES

AVANT = (HIER - timedelta(days=40)).date().isoformat()
RAPPORT = (HIER - timedelta(days=20)).date().isoformat()
SIREN = "200046977"
AV = "AV-2026-0003"


async def prepare(greffe: Greffe, avis_requis: str = "") -> str:
    """A draft on the agenda of yesterday's meeting, which is open, its item not yet called."""
    numero = await greffe.depose(objet="Un pont inventé", matiere_code="8.3", le_fait=AVANT, avis_requis=avis_requis)
    await greffe.planifie(HIER)
    await greffe.fait(numero, "rapport", le_fait=RAPPORT)
    await greffe.fait(numero, "inscrire", le_fait=RAPPORT)
    await greffe.seances.fait("convoquer", envoyee_le=RAPPORT)
    await greffe.seances.fait("ouvrir", president="m1")
    await greffe.seances.fait("presences", avec=coche(10), avaient="")
    return numero


async def test_du_projet_a_l_acte_executoire(greffe: Greffe) -> None:
    assert 'href="/bureau/deliberations"' in await greffe.page("/bureau")
    assert "Aucun acte n’attend." in await greffe.page(RACINE)
    numero = await greffe.depose(objet="Un pont inventé", matiere_code="8.3", le_fait=AVANT, commission="Mobilités",
                                 rapporteur="Mme Nom2", service="Ponts")  # fmt: skip
    assert numero == f"{AVANT[:4]}-0001"
    page = await greffe.page(f"{RACINE}/{numero}")
    assert "À inscrire à une séance." in page and "Planifier une séance" in page
    await greffe.fait(numero, "commission", sens="avis favorable", le_fait=AVANT)
    await greffe.planifie(HIER)
    page = await greffe.fait(numero, "inscrire", le_fait=RAPPORT)
    assert "Rapport à adresser" in page and "À l’ordre du jour" in page
    assert "Rapport à adresser, en retard" in await greffe.page("/bureau")
    page = await greffe.fait(numero, "rapport", le_fait=RAPPORT)
    assert "20 jours avant la séance" in page and "Noter la convocation" in page
    await greffe.seances.fait("convoquer", envoyee_le=RAPPORT)
    assert "Ouvrir la séance, même après coup" in await greffe.page(f"{RACINE}/{numero}")
    await greffe.seances.fait("ouvrir", president="m1")
    await greffe.seances.fait("presences", avec=coche(10), avaient="")

    page = await greffe.fait(numero, "voter", pour="8", contre="2", texte="Approuve le pont.")
    assert "8 pour, 2 contre" in page and "À signer et à transmettre" in page
    assert "Avant le" in page and "Noter la signature" in page
    jour = HIER.date().isoformat()
    await greffe.fait(numero, "signer", le_fait=jour)
    form = await greffe.formulaire(f"{RACINE}/{numero}", f"{RACINE}/{numero}/transmettre")
    assert form["transmettre-id_actes"] == f"069-{SIREN}-{HIER:%Y%m%d}-{numero.replace('-', '_')}-DE"
    page = await greffe.fait(numero, "transmettre", le_fait=jour)
    assert "département 069" in page and "À publier" in page
    await greffe.fait(numero, "publier", le_fait=jour)
    page = await greffe.fait(numero, "recevoir", le_fait=jour)
    assert "exécutoire depuis" in page and "Rien à noter pour l’instant." in page
    public = await greffe.page(f"/deliberations/{numero}")
    assert f'href="{RACINE}/{numero}"' in public and "exécutoire depuis" in public
    extract = await greffe.page(f"/deliberations/{numero}/extrait")
    assert "empreinte" in extract.lower() and "Publié" in extract
    assert "Terminées" in await greffe.page(RACINE)
    await apres(greffe, numero)


async def apres(greffe: Greffe, numero: str) -> None:
    """Observations, an appeal and its issue, a correction, a withdrawal; each shows."""
    await greffe.fait(numero, "observations", motif="Précisez l'article 2.")
    await greffe.fait(numero, "recours", nature="gracieux")
    await greffe.fait(numero, "jugement", issue="rejete", motif="Rien ne change.")
    page = await greffe.fait(numero, "rectifier", champ="Objet", apres="Un pont imaginé", motif="Faute")
    assert "Un pont inventé » devient « Un pont imaginé" in page and "Précisez l'article 2." in page
    page = await greffe.fait(numero, "retirer", motif="Abandonné", remplacee_par="2026-0099")
    assert "Remplacée par 2026-0099" in page and "Noter" not in page.partition("Les étapes")[0]


async def test_le_vote_sans_son_avis_est_refuse(greffe: Greffe) -> None:
    office = greffe.seances.office
    await office.write("instances/ctm-x", instance("ctm-x", "ctm", serie=None))
    filed = SaisineDeposee(procedure="avis_ctm", de="conseil", a="ctm-x", objet="x", par="coordination",
                           survenu_le=date(2026, 1, 5))  # fmt: skip
    await office.write(f"saisines/{AV}", filed)
    numero = await prepare(greffe, avis_requis=AV.lower())
    assert "Avis exigé avant le vote" in await greffe.page(f"{RACINE}/{numero}")
    page = await greffe.fait(numero, "voter", 422, pour="7", contre="3", texte="Approuve.")
    assert f"L'avis {AV} est exigé avant ce vote" in page and "La règle : L'avis avant le vote" in page
    assert 'href="/regles/avis-prealables-2021"' in page and 'value="7"' in page and "Approuve." in page
    await office.write(f"saisines/{AV}", AvisRendu(sens="favorable", par="secretariat:ctm-x",
                                                  survenu_le=date(2026, 2, 5)))  # fmt: skip
    assert "7 pour, 3 contre" in await greffe.fait(numero, "voter", pour="7", contre="3", texte="Approuve.")


async def test_un_vote_apres_coup_se_controle(greffe: Greffe) -> None:
    numero = await prepare(greffe)
    assert "mot pour mot" in await greffe.fait(numero, "voter", 422, pour="6", contre="4", texte="")
    page = await greffe.fait(numero, "voter", 422, pour="6", contre="2", texte="Approuve.")
    assert "2 voix non comptées (10 votants)" in page
    assert "Choisissez ce que dit" in await greffe.fait(numero, "voter", 422, detail="", texte="Approuve.")
    page = await greffe.fait(numero, "voter", detail="adoptee", texte="Approuve.", pour="")
    assert "Le détail du vote n’est pas porté" in page


async def test_le_vote_suivi_en_seance_se_reprend_sans_recopier(greffe: Greffe) -> None:
    numero = await prepare(greffe)
    await greffe.seances.appelle()
    await greffe.seances.fait("vote", rang="1", pour="9", contre="1", abstentions="0")
    page = await greffe.page(f"{RACINE}/{numero}")
    assert "Reprendre le vote de la séance" in page and "Noter le vote après coup" not in page
    page = await greffe.fait(numero, "constater", texte="Approuve.")
    assert "9 pour, 1 contre" in page


async def test_un_point_renvoye_revient_a_une_autre_seance(greffe: Greffe) -> None:
    numero = await prepare(greffe)
    await greffe.seances.appelle()
    await greffe.seances.fait("renvoyer", rang="1", motif="Pièce manquante")
    page = await greffe.fait(numero, "constater")
    assert "À inscrire à une autre séance" in page
    await greffe.planifie(datetime.now(PARIS) + timedelta(days=30))
    await greffe.fait(numero, "inscrire")
    assert "Vote à venir" in await greffe.page(RACINE)


async def test_un_identifiant_faux_dit_pourquoi(greffe: Greffe) -> None:
    numero = await prepare(greffe)
    await greffe.fait(numero, "voter", texte="Approuve.")
    right = f"069-{SIREN}-{HIER:%Y%m%d}-1-DE"
    for typed, words in (
        ("069-1", "Ce n'est pas la forme d'un identifiant @CTES."),
        (right.replace(SIREN, "200046978"), "Le SIREN 200046978 a un chiffre faux."),
        (right.replace(SIREN, "216901496"), "Ce SIREN est celui d'une autre collectivité."),
        (right.replace("069-", "042-"), "Le département 042 n'est pas celui de cette collectivité."),
        (right.replace(f"{HIER:%Y%m%d}", "20261350"), "La date de cet identifiant n'existe pas."),
        (right.replace(f"{HIER:%Y%m%d}", "20250101"), "La date ou la nature n'est pas celle de ce vote."),
    ):
        page = await greffe.fait(numero, "transmettre", 422, id_actes=typed)
        assert words in page and f'value="{typed}"' in page and "/regles/identifiant-actes-2005" in page, typed


async def test_un_double_clic_fait_un_seul_acte(greffe: Greffe) -> None:
    form = await greffe.formulaire(f"{RACINE}/nouvelle", f"{RACINE}/nouvelle")
    sent = form | {"objet": "Une fois", "matiere_code": "8.3"}
    twice = [await greffe.client.post(f"{RACINE}/nouvelle", data=sent) for _ in range(2)]
    assert twice[0].headers["location"] == twice[1].headers["location"]
    numero = await prepare(greffe)
    page = f"{RACINE}/{numero}"
    form = await greffe.formulaire(page, f"{page}/voter") | {"voter-texte": "Approuve."}
    answers = [await greffe.client.post(f"{page}/voter", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    other = await greffe.client.post(f"{page}/voter", data=form | {"voter-contre": "1", "idempotence": "autre"})
    assert other.status_code == 409


async def test_un_numero_pris_ou_une_matiere_fausse(greffe: Greffe) -> None:
    await greffe.depose(objet="Le premier", matiere_code="8.3", numero="2026-0041")
    page = await greffe.depose(409, objet="Le second", matiere_code="8.3", numero="2026-0041")
    assert "Le numéro 2026-0041 est déjà pris." in page and 'value="Le second"' in page
    assert await greffe.depose(objet="Le troisième", matiere_code="8.3") == "2026-0042"
    for wrong, words in (
        ({"matiere_code": "12.1"}, "Cette matière n'est pas dans la nomenclature."),
        ({"objet": ""}, "vide"), ({"le_fait": "demain"}, "Écrivez une date"),
        ({"avis_requis": "x"}, "n'est pas le numéro d'une saisine"), ({"siren": "1"}, "n'est pas connu"),
    ):  # fmt: skip
        page = await greffe.depose(422, **({"objet": "Un autre", "matiere_code": "8.3"} | wrong))
        assert words in page, wrong


async def test_qui_n_est_pas_secretaire_n_entre_pas(greffe: Greffe) -> None:
    numero = await greffe.depose(objet="Le premier", matiere_code="8.3")
    assert (await greffe.client.get(f"{RACINE}/2031-0001")).status_code == 404
    csrf = {"csrf": (await greffe.formulaire(f"{RACINE}/{numero}", f"{RACINE}/{numero}/retirer"))["csrf"]}
    for acte in ACTES:  # too early, and empty
        answer = await greffe.client.post(f"{RACINE}/{numero}/{acte}", data=csrf)
        assert answer.status_code in (404, 409, 422), (acte, answer.status_code)
    office = greffe.seances.office
    stranger = office.browser()
    async with stranger:
        assert (await stranger.get(f"{RACINE}/{numero}")).status_code == 303
        assert f"{RACINE}/{numero}" not in (await stranger.get(f"/deliberations/{numero}")).text
        await office.appoint("autre@essai.example", "secretariat", "ctm-x")
        office.client = stranger
        await office.sign_in("autre@essai.example")
        assert (await stranger.get(f"{RACINE}/{numero}")).status_code == 403
        assert (await stranger.get(RACINE)).status_code == 200
