"""The feeds as served: valid, stable, telling what mails tell, with the act's number and its receipt."""

from datetime import UTC, datetime
from html import unescape
from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.flux.atom import NS, faults
from web.atom import Entry, feed

PATHS = (
    "/dossiers/GEPI-2026-0001.atom",
    "/instances/gepi.atom",
    "/instances/solidarites.atom",
    "/recherche.atom?q=logement",
    "/recherche.atom",
    "/recherche.atom?type=commune",
)


@pytest.mark.parametrize("path", PATHS)
def test_feeds_are_valid(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/atom+xml")
    assert faults(answer.content) == []
    assert "set-cookie" not in answer.headers


def test_a_checker_that_sees_nothing_proves_nothing(web: httpx.Client) -> None:
    good = web.get("/dossiers/GEPI-2026-0001.atom").content
    for before, after in ((b"<id>urn:uuid:", b"<id>"), (b"Z</updated>", b"</updated>"), (b"<author>", b"<auteur>"),
                          (b"<title>", b"<titre>"), (b'rel="self"', b'rel="alternate"')):  # fmt: skip
        bad = good.replace(before, after).replace(b"</author>", b"</auteur>" if b"auteur" in after else b"</author>")
        bad = bad.replace(b"</title>", b"</titre>" if b"titre" in after else b"</title>")
        assert faults(bad) != [], before


def test_a_dossier_tells_its_news_with_numbers_and_states(web: httpx.Client) -> None:
    root = ET.fromstring(web.get("/dossiers/GEPI-2026-0001.atom").content)
    entries = root.findall(f"{NS}entry")
    titles = [entry.findtext(f"{NS}title") or "" for entry in entries]
    assert titles[-1] == "[GEPI-2026-0001] Reçue" and "[GEPI-2026-0001] Terminée" in titles[0]
    assert any("Réponse donnée" in title for title in titles)
    first = entries[-1]
    links = {link.get("rel"): link.get("href") or "" for link in first.findall(f"{NS}link")}
    receipt = links["related"].partition("/recu/")[2]
    assert f"Acte n°\u00a0{int(receipt) + 1}" in (first.findtext(f"{NS}content") or "")
    assert web.get(f"/recu/{receipt}").status_code == 200
    assert links["alternate"].endswith("/dossiers/GEPI-2026-0001")


def test_an_entry_has_one_name_in_every_feed(web: httpx.Client) -> None:
    def ids(path: str) -> set[str]:
        return {str(e.findtext(f"{NS}id")) for e in ET.fromstring(web.get(path).content).findall(f"{NS}entry")}

    comet = ids("/instances/comet.atom")
    assert comet and comet == ids("/instances/comet.atom")
    reference = web.get("/api/propositions?instance=comet").json()["propositions"][0]["reference"]
    assert ids(f"/dossiers/{reference}.atom") & comet


def test_pages_name_their_feed(web: httpx.Client) -> None:
    for page, path in (("/dossiers/GEPI-2026-0001", "/dossiers/GEPI-2026-0001.atom"),
                       ("/instances/gepi", "/instances/gepi.atom"),
                       ("/recherche?q=logement", "/recherche.atom?q=logement")):  # fmt: skip
        head = unescape(web.get(page).text.partition("</head>")[0])
        assert f'<link rel="alternate" type="application/atom+xml" href="{path}"' in head


@pytest.mark.parametrize("path", ["/dossiers/GEPI-2026-9999.atom", "/dossiers/x.atom", "/instances/rien.atom"])
def test_no_feed_of_nothing(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 404


def test_strange_signs_do_not_break_a_feed() -> None:
    entry = Entry(index=0, title="a\x00b <c> &", content="\x1b[31m\ufffe🌳 « é »", updated=datetime.now(UTC), links=())
    content = feed("https://x.example", "x.example/2026", "/a.atom", "/a", "<T>", [entry])
    assert faults(content) == []
    assert "[31m🌳 « é »" in content.decode()
