"""`registre nommer` and `registre jeton`, as they are typed."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.site import Site
from web.acces.sessions import digest
from web.embedded import Urls


def registre(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = "import sys; from web.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", command, *arguments],
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_first_office_holder_then_her_token(database: Urls, tmp_path: Path) -> None:
    site = Site(database, tmp_path)
    try:
        named = registre(site, "nommer", "Ines@metropole.example", "administration", "--nom", "Inès A.")
        assert named.returncode == 0 and "événement n°\u00a01" in named.stdout and "/connexion" in named.stdout, (
            named.stderr
        )
        again = registre(site, "nommer", "ines@metropole.example", "coordination")
        assert again.returncode == 0, again.stderr
        token = registre(site, "jeton", "ines@metropole.example", "--usage", "essai")
        assert token.returncode == 0 and token.stdout.startswith("registre_")
        with psycopg.connect(database.app) as connection:
            people = connection.execute("SELECT personne FROM projections.personnes").fetchall()
            kept = connection.execute("SELECT token, person, label FROM web.api_tokens").fetchall()
        assert len(people) == 1, "the same address is the same person"
        assert kept == [(digest(token.stdout.strip()), people[0][0], "essai")]
    finally:
        site.close()


def test_what_cannot_be_recorded_says_why(database: Urls, tmp_path: Path) -> None:
    site = Site(database, tmp_path)
    try:
        for arguments, reason in (
            (("nommer", "ines", "administration"), "n'est pas complet"),
            (("nommer", "ines@metropole.example", "reine"), "n'existe pas"),
            (("nommer", "ines@metropole.example", "animation:gepi"), "n'est pas dans le registre"),
            (("jeton", "ines@metropole.example"), "Personne en fonction"),
        ):
            answer = registre(site, *arguments)
            assert answer.returncode == 2 and reason in answer.stderr, (arguments, answer.stderr)
        with psycopg.connect(database.app) as connection:
            assert connection.execute("SELECT size FROM ledger.head").fetchone() == (0,)
    finally:
        site.close()
