"""Every body over time, with the demonstration: 165 then 150 seats, 9 then 10 conferences, 59 then 58 communes."""

import re
from datetime import date
from html import unescape

import httpx
import pytest

from domain.composition import Composition
from domain.mandats.events import SiegesFixes
from tests.quality import validate_html
from web.mandats.fiche import periodes

LE_2017, LE_2023 = "2017-11-06", "2023-12-31"


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())


def read(web: httpx.Client, path: str) -> str:
    answer = web.get(path)
    assert answer.status_code == 200 and validate_html(answer.text) == [], path
    return words(answer.text)


@pytest.mark.parametrize(
    ("au", "conferences", "councils"),
    [("", 10, 58), (f"?au={LE_2017}", 9, 59), (f"?au={LE_2023}", 10, 59), ("?au=2024-01-01", 10, 58)],
)
def test_les_instances_d_un_jour(web: httpx.Client, au: str, conferences: int, councils: int) -> None:
    said = read(web, f"/instances{au}")
    assert f"Les conférences territoriales des maires : {conferences} " in said
    assert f"Les conseils municipaux : {councils} " in said
    assert ("Conseil municipal d'Oullins " in said) == ("2017" in au or "2023" in au)
    assert ("Conseil municipal d'Oullins-Pierre-Bénite" in said) == (councils == 58)


def test_toutes_les_sortes_y_sont(web: httpx.Client) -> None:
    said = read(web, "/instances")
    for name in (
        "Le Conseil", "Commission développement solidaire", "COMET Jeunes, commission du cadre de vie",
        "Conseil de développement", "Comité des partenaires", "Assises des solidarités",
        "Observatoire métropolitain des solidarités", "Vous pouvez leur parler", "Celles d’avant",
    ):  # fmt: skip
        assert name in said, name
    assert "Conférence territoriale des maires Plateau Nord jeudi 1er janvier 2015 3 Maire de Caluire" in said


def test_une_fusion_herite_des_deux_histoires(web: httpx.Client) -> None:
    heir = read(web, "/instances/conseil-municipal-69149")
    assert "Autre nom : Conseil municipal d'Oullins, jusqu’au dimanche 31 décembre 2023" in heir
    assert "Il a pris la suite : Conseil municipal de Pierre-Bénite" in heir
    former = read(web, "/instances/conseil-municipal-69152")
    assert "Depuis le lundi 1er janvier 2024 : Conseil municipal d'Oullins-Pierre-Bénite" in former
    lones = read(web, "/instances/ctm-lones-et-coteaux-du-rhone")
    assert "9 sièges, du lundi 5 octobre 2020 au dimanche 31 décembre 2023" in lones and "8 sièges, depuis" in lones
    before = read(web, f"/instances/ctm-lones-et-coteaux-du-rhone?au={LE_2023}")
    assert "9 membres pour 9 sièges" in before and "Maire d'Oullins, depuis" in before
    assert "Maire d'Oullins-Pierre-Bénite, depuis" in lones or "Maire d'Oullins-Pierre-Bénite" in lones


def test_lyon_a_neuf_arrondissements_et_villeurbanne_un_maire(web: httpx.Client) -> None:
    lyon = read(web, "/instances/ctm-lyon?au=2021-03-15")
    assert "10 membres pour 10 sièges" in lyon and "Maire du 9e arrondissement" in lyon
    alone = read(web, "/instances/ctm-villeurbanne?au=2021-03-15")
    assert "1 membre pour 1 siège" in alone and "Maire de Villeurbanne, présidence" in alone
    assert "n’existe pas ce jour-là" in read(web, f"/instances/ctm-lyon?au={LE_2017}")


def test_comet_ne_nomme_personne(web: httpx.Client) -> None:
    said = read(web, "/instances/comet?au=2024-05-01")
    assert "30 membres pour 30 sièges" in said and "Une élue du collège des Deux-Rives" in said
    assert "M. " not in said.partition("Qui y siégeait")[2].partition("Son histoire")[0]


def test_un_acte_ancien_et_une_date_fausse(web: httpx.Client) -> None:
    assert "à l’acte n° 20" in read(web, "/instances?au=20")
    assert "Le registre ne dit pas" in read(web, "/instances/ctm-lyon?au=20")
    for path in ("/instances?au=hier", "/instances/gepi?au=2021-13-40", "/instances/ctm-lyon?au=-1"):
        assert web.get(path).status_code == 400
    assert web.get("/instances/ctm-lyon?au=0001-01-01").status_code == 200
    assert web.get("/instances?au=9999-12-31").status_code == 200


def test_le_conseil_a_165_sieges_puis_150() -> None:
    known = Composition()
    for seats, since in ((165, date(2015, 1, 1)), (150, date(2020, 7, 2))):
        known.retenir(SiegesFixes(sieges=seats, du=since, source="A:69", par="administration"))
    lines = [(line["sieges"], line["du"], line["au"]) for line in periodes(known)]
    assert lines == [
        ("165", "jeudi 1er janvier 2015", "mercredi 1er juillet 2020"),
        ("150", "jeudi 2 juillet 2020", ""),
    ]
