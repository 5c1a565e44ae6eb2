"""`registre pabulib import|export` and `registre depouiller REF`, as they are typed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.acces.test_nommer import registre
from tests.comptage.elections import DONNEES, sans_donnees
from tests.comptage.test_pabulib import pb
from tests.site import Site
from web.embedded import Urls


@pytest.fixture
def site(database: Urls, tmp_path: Path) -> Iterator[Site]:
    found = Site(database, tmp_path)
    yield found
    found.close()


@pytest.fixture
def banc(tmp_path: Path) -> Path:
    chemin = tmp_path / "banc.pb"
    chemin.write_bytes(pb("a;1", "b;1,2", budget="25", meta="\nrule;unknown\ndescription;Bancs").encode())
    return chemin


def size(database: Urls) -> int:
    with psycopg.connect(database.app) as connection:
        row = connection.execute("SELECT size FROM ledger.head").fetchone()
    assert row is not None
    return int(row[0])


def test_importer_deux_fois_donne_le_meme_numero(site: Site, database: Urls, banc: Path) -> None:
    premier = registre(site, "pabulib", "import", str(banc))
    assert premier.returncode == 0, premier.stderr
    assert premier.stdout.startswith("SC-2") and "inscrit\u00a0: Bancs" in premier.stdout.replace(" :", "\u00a0:")
    autre = banc.with_name("autre nom.pb")
    autre.write_bytes(banc.read_bytes())
    objet = json.loads(registre(site, "pabulib", "import", str(autre), str(banc), "--json").stdout)
    references = {lu["reference"] for lu in objet["scrutins"]}
    assert references == {premier.stdout.split()[0]} and all(lu["already"] for lu in objet["scrutins"])
    assert objet["scrutins"][0]["rule"] == "glouton" and objet["scrutins"][0]["winners"] == ["1"]
    assert size(database) == 2


def test_exporter_rend_le_fichier_octet_pour_octet(site: Site, banc: Path) -> None:
    reference = registre(site, "pabulib", "import", str(banc)).stdout.split()[0]
    command = [sys.executable, "-m", "web.cli", "pabulib", "export", reference.lower()]
    rendu = subprocess.run(command, env=site.environment, capture_output=True, check=False, timeout=60)
    assert (rendu.returncode, rendu.stdout) == (0, banc.read_bytes()), rendu.stderr


def test_depouiller_un_numero_lit_le_registre(site: Site, banc: Path, database: Urls) -> None:
    reference = registre(site, "pabulib", "import", str(banc)).stdout.split()[0]
    avant = size(database)
    objet = json.loads(registre(site, "depouiller", reference, "--json").stdout)
    assert (objet["rule"], objet["winners"], objet["voters"]) == ("glouton", ["1"], 2)
    autre = json.loads(registre(site, "depouiller", reference, "--regle", "parts_egales", "--json").stdout)
    assert autre["rule"] == "parts_egales"
    assert size(database) == avant, "counting writes nothing"


def test_un_mauvais_usage_rend_2_et_n_ecrit_rien(site: Site, database: Urls, banc: Path, tmp_path: Path) -> None:
    faux = tmp_path / "faux.pb"
    faux.write_text("rien", "utf-8")
    for arguments, raison in (
        (("pabulib", "import", str(banc), str(faux)), "faux.pb"),
        (("pabulib", "import", str(tmp_path / "absent.pb")), "aucun fichier de ce nom"),
        (("pabulib", "export", "SC-2026-0042"), "aucun scrutin"),
        (("pabulib", "export", "SC-2026-9999999999999"), "aucun scrutin"),
        (("depouiller", "SC-2026-0042"), "aucun scrutin"),
        (("depouiller", str(banc)), "--regle"),
    ):
        rendu = registre(site, *arguments)
        assert rendu.returncode == 2 and raison in rendu.stderr, (arguments, rendu.stderr)
    assert size(database) == 0


@sans_donnees
def test_une_grande_election_entre_en_un_acte(site: Site, database: Urls, tmp_path: Path) -> None:
    """2 MB: many lots, one transaction; then every real election at once."""
    grande = tmp_path / "grande.pb"
    grande.write_text(pb(*(f"votant-{n:06d};{1 + n % 2}" for n in range(120_000))), "utf-8")
    rendu = registre(site, "pabulib", "import", str(grande), *map(str, sorted((DONNEES / "files").iterdir())), "--json")
    assert rendu.returncode == 0, rendu.stderr
    assert len({lu["reference"] for lu in json.loads(rendu.stdout)["scrutins"]}) == 19
    reference = json.loads(rendu.stdout)["scrutins"][0]["reference"]
    assert json.loads(registre(site, "depouiller", reference, "--json").stdout)["voters"] == 120_000
