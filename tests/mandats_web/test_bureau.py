"""Seats, mandates, presidencies and lists of members, by the forms of the office."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from domain.composition import Composition
from tests.acces.office import HIDDEN, Office, open_office
from tests.monde import instance
from tests.quality import validate_html
from web.embedded import Urls
from web.mandats.lecture import assemblees
from web.mandats.reperes import Personne, repere

ADMIN = "administration@exemple.fr"
PAGE = "/bureau/mandats/ctm-x"
IMPORT = f"{PAGE}/importer"
MEMBRES = """\ufeffCivilité;Nom;Prénom;Commune;Du;Fin;Fonction
M.;Cochet;;Lyon;2020-07-02;;
Mme;Cochet;;Lyon;2020-07-02;;présidence
Mme;Da Passano;Anne;;;;
Mme;Da Passano;Anne;;;;
Dr;Martin;;;;;
M.;;;;;;
M.;Durand;;;hier;;
M.;Petit;;;2020-07-02;;chef
M.;Grand;;;2019-01-01;2020-01-01;
"""


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.write("instances/ctm-x", instance("ctm-x", "ctm", serie=None, repondant=None))
        await found.write("instances/comet", instance("comet", "jeunes"))
        await found.appoint(ADMIN, "administration")
        await found.sign_in(ADMIN)
        yield found


def words(answer: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).replace("\u00a0", " ").split())


async def act(office: Office, nom: str, page: str = PAGE, /, **fields: str) -> httpx.Response:
    """Sends the form of this act, as the page has it; follows to the page that shows it."""
    shown = await office.client.get(page)
    forms = re.findall(rf'<form method="post" action="{page}/{nom}".*?</form>', unescape(shown.text), re.S)
    assert len(forms) == 1, f"{nom}: {len(forms)} forms"
    hidden = dict(HIDDEN.findall(forms[0]))
    answer = await office.client.post(f"{page}/{nom}", data=hidden | {f"{nom}-{k}": v for k, v in fields.items()})
    return await office.client.get(answer.headers["location"]) if answer.status_code == 303 else answer


async def members(office: Office, slug: str = "ctm-x") -> Composition:
    return (await assemblees(office.services)).de(slug)


async def test_des_sieges_a_la_succession(office: Office) -> None:
    assert PAGE in unescape((await office.client.get("/bureau/mandats")).text)
    done = await act(office, "sieges", sieges="2", du="2020-10-05", source="A:139")
    assert done.status_code == 200 and not validate_html(done.text) and "2 sièges, depuis le" in words(done)
    maire = {"civilite": "", "nom": "Maire de Bron", "du": "2020-10-05", "source": "A:139"}
    assert "Maire de Bron" in words(await act(office, "mandat", **maire))
    again = await act(office, "mandat", **maire)
    assert again.status_code == 422 or again.status_code == 409
    assert "Ce membre siège déjà" in words(again) and 'value="Maire de Bron"' in unescape(again.text)
    await act(office, "mandat", **(maire | {"nom": "Maire de Mions"}))
    full = await act(office, "mandat", **(maire | {"nom": "Maire de Feyzin"}))
    assert full.status_code == 422 and "Aucun siège n'est libre" in words(full) and not validate_html(full.text)
    elected = await act(office, "elire", elu="maire-de-bron", fonction="president", du="2020-10-05")
    assert "Maire de Bron, présidence, depuis le lundi 5 octobre 2020" in words(elected)
    other = await act(office, "elire", elu="maire-de-mions", fonction="president", du="2021-01-01")
    assert other.status_code == 409
    closed = await act(office, "clore", elu="maire-de-bron", le="2022-01-10", motif="demission")
    assert "1 siège vacant" in words(closed) and "Maire de Bron, présidence, du" in words(closed)
    successor = maire | {"civilite": "Mme", "nom": "Nouvelle", "du": "2022-01-11", "remplace": "maire-de-bron"}
    assert "Mme Nouvelle" in words(await act(office, "mandat", **successor))
    found = await members(office)
    assert [m.elu for m in found.mandats] == ["maire-de-bron", "maire-de-mions", "nouvelle"]
    wrong = await act(office, "clore", elu="maire-de-mions", le="demain", motif="demission")
    assert wrong.status_code == 422 and not validate_html(wrong.text)
    late = await act(office, "elire", elu="nouvelle", fonction="president", du="2022-01-11")
    assert "Mme Nouvelle, présidence" in words(late)
    ended = await act(office, "finir", tenue="nouvelle/president", le="2023-01-01")
    assert "Mme Nouvelle, présidence, du mardi 11 janvier 2022 au samedi 31 décembre 2022" in words(ended)


async def test_une_liste_importee_nomme_chaque_ligne_refusee(office: Office) -> None:
    await act(office, "sieges", sieges="4", du="2019-01-01", source="A:139")
    shared = {"du": "2020-07-02", "source": "procès-verbal d'élection"}

    async def send(text: str) -> httpx.Response:
        hidden = {name: unescape(value) for name, value in HIDDEN.findall((await office.client.get(PAGE)).text)}
        data = {"csrf": hidden["csrf"]} | shared
        return await office.client.post(IMPORT, data=data, files={"fichier": ("liste.csv", text.encode(), "text/csv")})

    answer = await send(MEMBRES)
    assert answer.status_code == 422 and not validate_html(answer.text)
    said = words(answer)
    assert "5 lignes à corriger" in said and "4 lignes sans défaut" in said
    for line in ("Ligne 5", "Ligne 6", "Ligne 7", "Ligne 8", "Ligne 9"):
        assert line in said, line
    found = await members(office)
    assert [(m.elu, m.appellation) for m in found.mandats] == [
        ("cochet-m", "M.\u00a0Cochet"), ("cochet-mme", "Mme\u00a0Cochet"), ("da-passano", "Mme\u00a0Da Passano"),
        ("grand", "M.\u00a0Grand"),
    ]  # fmt: skip
    assert found.tient("cochet-mme", "president", found.mandats[0].du)
    head, *lines = MEMBRES.splitlines()
    fixed = "\n".join([head, *lines[:3], lines[-1], "M.;Durand;;;2021-01-01;;", "M.;Petit;;;2021-01-01;;"])
    again = await send(fixed)
    assert again.status_code == 422 and "1 ligne à corriger" in words(again)  # 4 seats: the fifth is refused
    assert "Aucun siège n'est libre" in words(again)
    assert len((await members(office)).mandats) == 5
    assert (await send("\n".join(fixed.splitlines()[:-1]))).status_code == 303
    assert len((await members(office)).mandats) == 5


async def test_un_fichier_qui_n_est_pas_une_liste(office: Office) -> None:
    await act(office, "sieges", sieges="4", du="2019-01-01", source="A:139")
    for text in ("", "a;b\n1;2", "\x00\x00", "nom\n" + "x\n" * 2_001, '"nom', "nom;du\n" + "é" * 900 + ";2020-01-01"):
        hidden = {name: unescape(value) for name, value in HIDDEN.findall((await office.client.get(PAGE)).text)}
        data = {"csrf": hidden["csrf"], "liste": text, "du": "", "source": "x"}
        answer = await office.client.post(IMPORT, data=data)
        assert answer.status_code == 303 or (answer.status_code == 422 and not validate_html(answer.text))
    windows = "nom;commune;du\nÉlu;Écully;2020-01-01".encode("cp1252")
    answer = await office.client.post(IMPORT, data=data, files={"fichier": ("l.csv", windows, "text/csv")})
    assert answer.status_code == 303 and (await office.client.get(answer.headers["location"])).status_code == 200
    assert [m.commune for m in (await members(office)).mandats if m.nom == "Élu"] == ["Écully"]


async def test_une_eleve_n_a_pas_de_nom(office: Office) -> None:
    page = "/bureau/mandats/comet"
    await act(office, "sieges", page, sieges="30", du="2023-03-01", source="D:2034")
    pupil = {"accord": "feminin", "college": "Collège des Deux-Rives", "commission": "Cadre de vie"}
    shown = await act(office, "jeune", page, **pupil, du="2025-09-01", fin="2099-09-01")
    assert "Une élue du collège des Deux-Rives" in words(shown)
    second = await act(office, "jeune", page, **(pupil | {"accord": "masculin"}), du="2025-09-01", fin="2099-09-01")
    assert [m.elu for m in (await members(office, "comet")).mandats] == ["elue-1", "elu-2"]
    assert "importer" not in second.text and 'name="mandat-nom"' not in second.text


async def test_il_faut_l_administration(office: Office) -> None:
    assert (await office.post("/bureau/mandats", f"{PAGE}/rien")).status_code == 404
    assert (await office.client.get("/bureau/mandats/inconnue")).status_code == 404
    await office.appoint("autre@exemple.fr", "coordination")
    office.client = office.browser()
    assert (await office.client.get(PAGE)).status_code == 303
    await office.sign_in("autre@exemple.fr")
    for path in ("/bureau/mandats", PAGE):
        assert (await office.client.get(path)).status_code == 403
    assert (await office.post("/bureau", f"{PAGE}/sieges", **{"sieges-sieges": "3"})).status_code == 403


def test_deux_homonymes_ont_deux_reperes() -> None:
    none = Composition()
    m, mme, other = Personne("M.", "Cochet"), Personne("Mme", "Cochet"), Personne("M.", "Cochet", "Jean")
    assert [repere(who, none, [m, mme]) for who in (m, mme)] == ["cochet-m", "cochet-mme"]
    assert [repere(who, none, [m, other]) for who in (m, other)] == ["cochet", "cochet-jean"]
    assert repere(Personne("M.", "L'Élu du Bois"), none) == "l-elu-du-bois"


JUNK = ("", "\x00", "é" * 900, "-1", "9" * 30, "<script>", "../../x", "2026-13-45", "0001-01-01", "9999-12-31", "٣")


async def test_aucune_saisie_ne_fait_de_panne(office: Office) -> None:
    await act(office, "sieges", sieges="4", du="2019-01-01", source="A:139")
    maire = {"civilite": "", "nom": "Maire", "du": "2020-10-05", "source": "A:139"}
    await act(office, "mandat", **maire)
    usual = {
        "sieges": {"sieges": "5", "du": "2020-01-01", "source": "x"},
        "mandat": maire | {"prenom": "", "commune": "", "groupe": "", "remplace": "", "fin": ""},
        "jeune": {"accord": "feminin", "college": "x", "commission": "y", "du": "2020-01-01", "fin": "2021-01-01"},
        "clore": {"elu": "maire", "le": "2020-01-01", "motif": "autre"},
        "elire": {"elu": "maire", "fonction": "president", "du": "2020-10-05", "fin": ""},
        "finir": {"tenue": "maire/president", "le": "2020-10-06"},
    }
    csrf = dict(HIDDEN.findall((await office.client.get(PAGE)).text))["csrf"]
    for nom, fields in usual.items():
        for field in fields:
            for junk in JUNK:
                typed = {f"{nom}-{k}": v for k, v in (fields | {field: junk}).items()}
                answer = await office.client.post(f"{PAGE}/{nom}", data={"csrf": csrf} | typed)
                assert answer.status_code in (303, 404, 409, 422), (nom, field, junk, answer.status_code)
