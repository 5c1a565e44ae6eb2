"""The pages of a vote, before, during and after; its files; its numbers; what is never shown."""

import csv
import html
import io
import re
from collections.abc import Iterator

import httpx
import pytest

from domain.comptage import pabulib
from domain.comptage.election_pabulib import election
from tests.comptage.elections import gagnants
from tests.parcours.language import acronym_faults, sentence_faults, typography_faults
from tests.resultats import votes
from tests.resultats.conftest import ANNULE, AVANT, COMPTE, ESSAI, OUVERT, PETIT, POINTS
from tests.site import Site

Vivant = tuple[Site, list[str]]


@pytest.fixture
def client(site: Vivant) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site[0].url, timeout=30) as found:
        yield found


def lire(client: httpx.Client, chemin: str, status: int = 200) -> str:
    answer = client.get(chemin)
    assert answer.status_code == status, (chemin, answer.text[:300])
    return answer.text.replace("\u00a0", " ")


def test_apres_le_depouillement(client: httpx.Client) -> None:
    texte = lire(client, f"/scrutins/{COMPTE}")
    for mots in (
        "Les 3 projets retenus", "27 500 €", "415 bulletins pour 540 billets remis, soit 77 %", "Trop de projets",
        "412 = 412", "415 = 412 + 3", "Collège des Deux-Rives", "Relues et confirmées par", "Retrouve ton numéro",
        "dimanche 6 décembre 2026",
    ):  # fmt: skip
        assert mots in texte, mots
    assert "faux" not in texte and "Attention" not in texte
    assert 'style="' not in texte


def test_pas_a_pas(client: httpx.Client) -> None:
    texte = lire(client, f"/scrutins/{COMPTE}/pourquoi")
    assert "« Un garage à vélos couvert » (262 voix, coût 18 000 €) : retenu, il reste 12 000 €." in texte
    assert texte.count('<li class="retenu">') == 3 and "<pattern" in texte
    assert "par point donné" in lire(client, f"/scrutins/{POINTS}/pourquoi")


@pytest.mark.parametrize(
    ("reference", "dits", "tus"),
    [
        (OUVERT, ["Plus de 120 bulletins", "Les projets proposés"], ["127", "voix</th>"]),
        (AVANT, ["n’est pas encore ouvert", "Les projets proposés"], ["retenus", "bulletins pour"]),
        (ANNULE, ["Ce vote est annulé", "Les deux exemplaires"], ["Retrouve ton numéro", "retenus"]),
        (ESSAI, ["Répétition", "ne compte"], []),
    ],
)
def test_avant_pendant_annule_repete(client: httpx.Client, reference: str, dits: list[str], tus: list[str]) -> None:
    texte = lire(client, f"/scrutins/{reference}")
    assert all(mot in texte for mot in dits)
    sans_empreintes = re.sub(r"\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b|\b[0-9a-f]{32,}\b", "", texte)  # which hold any digits
    assert not any(mot in sans_empreintes for mot in tus)
    if reference in (OUVERT, AVANT, ANNULE):
        for fin in (".pb", "/bulletins.csv", "/pourquoi", "/numero"):
            lire(client, f"/scrutins/{reference}{fin}", 404)


def test_sous_k_min_les_totaux_seuls(client: httpx.Client) -> None:
    texte = lire(client, f"/scrutins/{PETIT}")
    assert "Il y a moins de 10 bulletins. Seuls les totaux sont publiés" in texte
    assert "projets retenus" in texte and "Recompte toi-même" not in texte and "Retrouve ton numéro" not in texte
    for fin in (".pb", "/bulletins.csv", "/pourquoi", "/numero"):
        lire(client, f"/scrutins/{PETIT}{fin}", 404)
    assert client.get(f"/scrutins/{PETIT}.json").json()["bulletins"] is None


def test_le_pb_se_recompte_et_ne_dit_aucun_numero(client: httpx.Client) -> None:
    contenu = client.get(f"/scrutins/{COMPTE}.pb").content
    fait = votes.cree()
    publies = votes.bulletins(412, fait)
    assert not any(bulletin.t.encode() in contenu for bulletin in publies)
    lu = election(pabulib.lire(contenu))
    assert lu.votants == 412 and gagnants(lu, "glouton", {}) == ("p1", "p2", "p3")
    lignes = [ligne.split(";") for ligne in contenu.decode().split("VOTES\n")[1].splitlines()[1:]]
    assert [int(ligne[0]) for ligne in lignes] == list(range(1, 413))
    assert [ligne[1].split(",") for ligne in lignes] == sorted(ligne[1].split(",") for ligne in lignes)


def test_le_csv_s_additionne(client: httpx.Client) -> None:
    answer = client.get(f"/scrutins/{COMPTE}/bulletins.csv")
    assert (
        answer.headers["content-type"].startswith("text/csv") and "attachment" in answer.headers["content-disposition"]
    )
    lignes = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(lignes) == 412 and sum(int(ligne["p1"]) for ligne in lignes) == 262
    assert len({ligne["numero_de_verification"] for ligne in lignes}) == 412
    points = list(csv.DictReader(io.StringIO(client.get(f"/scrutins/{POINTS}/bulletins.csv").text)))
    assert {int(ligne["p1"]) for ligne in points} >= {0, 2, 3}


def test_les_elections_d_ailleurs(client: httpx.Client, site: Vivant) -> None:
    for reference in site[1]:
        texte = lire(client, f"/scrutins/{reference}")
        assert "Cette élection a eu lieu ailleurs" in texte and "Retrouve ton numéro" not in texte
        assert "est différent :" not in texte and "Attention" not in texte
        assert client.get(f"/scrutins/{reference}.pb").content.startswith(b"META")
        lire(client, f"/scrutins/{reference}/pourquoi")
    petite = lire(client, f"/scrutins/{site[1][0]}")
    assert "la règle est inconnue" in petite and "projet inconnu" in petite
    assert "1,1" in client.get(f"/scrutins/{site[1][0]}/bulletins.csv").text


def test_retrouver_son_numero(client: httpx.Client) -> None:
    page = client.get(f"/scrutins/{COMPTE}/numero").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    bulletin = next(b for b in votes.bulletins(412, votes.cree()) if len(b.c) == 3)
    for saisi in (bulletin.t, bulletin.t.upper().replace("-", " · "), f"  {bulletin.t.replace('-', ', ')} "):
        answer = client.post(f"/scrutins/{COMPTE}/numero", data={"csrf": csrf[1], "t": saisi})
        assert answer.status_code == 200 and "Ton bulletin est compté." in answer.text, answer.text[:400]
        assert answer.text.count("<li>") >= 3 and answer.headers["cache-control"] == "no-store"
    mots = bulletin.t.split("-")
    absent = "-".join([mots[0], "tulipe", "tulipe", "tulipe"])
    assert (
        "Aucun bulletin ne porte" in client.post(f"/scrutins/{COMPTE}/numero", data={"csrf": csrf[1], "t": absent}).text
    )
    for faux in ("", "lynx", "abcdefgh lynx bois bleu", "x" * 5_000, "<script>"):
        answer = client.post(f"/scrutins/{COMPTE}/numero", data={"csrf": csrf[1], "t": faux})
        assert answer.status_code == 422 and "en-erreur" in answer.text and "<script>alert" not in answer.text
    assert client.post(f"/scrutins/{COMPTE}/numero", data={"t": bulletin.t}).status_code == 403


def test_la_liste(client: httpx.Client, site: Vivant) -> None:
    texte = html.unescape(lire(client, "/scrutins"))
    for reference in (COMPTE, OUVERT, *site[1]):
        assert f"/scrutins/{reference}" in texte
    assert f"/scrutins/{ESSAI}" not in texte, "a rehearsal is in no list"
    lire(client, "/scrutins?numero=999")
    lire(client, "/scrutins?numero=-3")


@pytest.mark.parametrize(
    "chemin",
    ["SC-2026-9999", "SC-2026", "GEPI-2026-0001", "x" * 300, "%00", "SC-2026-1001.xml", "SC-2026-1001.PB", "é"],
)
def test_ce_qui_n_existe_pas(client: httpx.Client, chemin: str) -> None:
    lire(client, f"/scrutins/{chemin}", 404)


def test_l_ecran_avant_la_fin(client: httpx.Client) -> None:
    answer = client.get("/c/college-des-rives/ecran")
    assert answer.headers["refresh"] == "60" and "<circle" in answer.text and "Plus de 120" in answer.text
    assert "127" not in answer.text
    assert "refresh" not in client.get("/c/college-des-rives/ecran?pause=1").headers
    lire(client, "/c/aucun/ecran", 404)


def test_l_ecran_revele_du_dernier_au_premier(client: httpx.Client) -> None:
    base = f"/c/{votes.COLLEGE}/ecran"
    vus, suivant = [], base
    for _ in range(20):
        texte = lire(client, suivant)
        vus.append(texte)
        lien = re.search(r'rel="next" href="([^"]+)"', texte)
        if lien is None:
            break
        suivant = lien[1].replace("&amp;", "&")
    assert len(vus) == 8 and "Le dépouillement" in vus[0] and "3 projets retenus" in vus[-1]
    rangs = [int(rang) for texte in vus for rang in re.findall(r"hall-rang\">(\d+)", texte)]
    assert rangs == [6, 5, 4, 3, 2, 1]
    assert "Un garage à vélos couvert" in vus[6] and all("Un garage" not in texte for texte in vus[:6])
    for etape in ("-5", "99"):
        lire(client, f"{base}?etape={etape}")


def test_reclamer(client: httpx.Client) -> None:
    chemin = f"/scrutins/{POINTS}/reclamer"
    jetons = dict(re.findall(r'name="(csrf|idempotence)" value="([^"]+)"', client.get(chemin).text))
    refuse = client.post(chemin, data={**jetons, "motif": "hasard", "texte": "Une urne est restée ouverte."})
    assert refuse.status_code == 422 and "Une urne est restée ouverte." in refuse.text
    vide = client.post(chemin, data={**jetons, "motif": "secret", "texte": "  "})
    assert vide.status_code == 422 and "est vide" in vide.text.replace("\u00a0", " ")
    envoi = {**jetons, "motif": "secret", "texte": "Quelqu'un regardait la tablette.", "contact": "a@exemple.fr"}
    recus = {client.post(chemin, data=envoi).headers["location"] for _ in range(2)}
    assert len(recus) == 1 and "rang=1" in recus.copy().pop(), "a double click is one complaint"
    recu = lire(client, recus.pop())
    assert "Réclamation reçue" in recu and "/recu/" in recu
    vote = lire(client, f"/scrutins/{POINTS}")
    assert "Réclamation n° 1 : en cours d’examen." in vote and "regardait" not in vote
    assert "On peut réclamer après" in lire(client, f"/scrutins/{OUVERT}/reclamer")
    tot = client.post(f"/scrutins/{OUVERT}/reclamer", data={**envoi, "idempotence": "autre"})
    assert tot.status_code == 422 and "pas encore proclam" in tot.text


@pytest.mark.parametrize(
    "chemin",
    ["/scrutins", *(f"/scrutins/{r}" for r in (COMPTE, OUVERT, PETIT, ESSAI, ANNULE, POINTS, AVANT)),
     f"/scrutins/{COMPTE}/pourquoi", f"/scrutins/{POINTS}/pourquoi", f"/scrutins/{COMPTE}/numero",
     f"/scrutins/{POINTS}/reclamer", f"/c/{votes.COLLEGE}/ecran?etape=2", "/scrutins/SC-2026-0001"],
)  # fmt: skip
def test_les_mots_sont_simples(client: httpx.Client, chemin: str) -> None:
    texte = client.get(chemin).text
    assert typography_faults(texte) + sentence_faults(texte) == []
    if chemin not in ("/scrutins", "/scrutins/SC-2026-0001"):  # titles of elections held elsewhere
        assert acronym_faults(texte) == []
