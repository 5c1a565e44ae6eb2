"""Static files: digested names, headers, weights, and the provenance of what comes from elsewhere."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from litestar.testing import create_test_client

from web.static_files import FILES, load_static, static_integrity, static_router, static_url

ROOT = Path(__file__).parents[2]
FONT = "atkinson-hyperlegible-next-latin-wght-normal.woff2"


@pytest.mark.parametrize("folder", ["web/static", "tests/vendor"])
def test_vendored_files_are_as_published(folder: str) -> None:
    notes = next(p for name in ("VENDOR.md", "README.md") if (p := ROOT / folder / name).is_file())
    rows = re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", notes.read_text("utf-8"), re.M)
    ours = {"icones.svg", "favicon.svg", "seance.js", notes.name} | {
        sheet.name for sheet in (ROOT / folder).glob("*.css")
    }
    assert {name for name, _ in rows} == {p.name for p in (ROOT / folder).iterdir() if p.is_file()} - ours
    for name, digest in rows:
        assert hashlib.sha256((ROOT / folder / name).read_bytes()).hexdigest() == digest, name


def test_names_carry_the_digest_of_what_is_served() -> None:
    for name, file in FILES.items():
        assert re.fullmatch(rf"/s/{Path(name).stem}\.[0-9a-f]{{10}}\{Path(name).suffix}", file.url)
        assert hashlib.sha256(file.content).hexdigest().startswith(file.digest)
        assert static_url(name) == file.url
        assert file.compressed is None or gzip.decompress(file.compressed) == file.content
    assert static_integrity("htmx.min.js").startswith("sha384-")
    with pytest.raises(KeyError):
        static_url("absent.css")


def test_the_sheet_names_the_font_by_its_digest() -> None:
    for name in ("base.css", "vote.css"):
        sheet = FILES[name].content.decode()
        assert f"url({static_url(FONT)})" in sheet
        assert set(re.findall(r"url\(([^)]+)\)", sheet)) == {static_url(FONT)}


def test_a_sheet_that_names_a_missing_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("b{src:url(absent.woff2)}")
    with pytest.raises(KeyError):
        load_static(tmp_path)


def test_loading_twice_gives_the_same_bytes() -> None:
    assert load_static(ROOT / "web/static") == FILES


def test_headers() -> None:
    with create_test_client([static_router]) as client:
        for name, file in FILES.items():
            answer = client.get(file.url, headers={"accept-encoding": "gzip"})
            assert answer.status_code == 200 and answer.content == file.content, name
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert ("content-encoding" in answer.headers) == (file.compressed is not None)
            etag = answer.headers["etag"]
            again = client.get(file.url, headers={"accept-encoding": "gzip", "if-none-match": etag})
            assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == etag
            plain = client.get(file.url, headers={"accept-encoding": "identity"})
            assert plain.content == file.content and "content-encoding" not in plain.headers
            head = client.head(file.url, headers={"accept-encoding": "identity"})
            assert head.status_code == 200 and head.headers["content-length"] == str(len(file.content))
            assert head.headers["content-type"] == plain.headers["content-type"]
        assert client.get(static_url("base.css")).headers["content-type"] == "text/css; charset=utf-8"
        assert client.get(static_url(FONT)).headers["content-type"] == "font/woff2"


@pytest.mark.parametrize(
    "path", ["/s/base.0000000000.css", "/s/base.css", "/s/VENDOR.md", "/s/..%2Fapp.py", "/s/absent"]
)
def test_unknown_names_and_digests_are_not_found(path: str) -> None:
    with create_test_client([static_router]) as client:
        assert client.get(path).status_code == 404
        assert client.head(path).status_code == 404


def test_weights() -> None:
    sizes = {name: len(f.compressed or f.content) for name, f in FILES.items()}
    assert sizes["base.css"] <= 10_000
    assert sizes["htmx.min.js"] <= 18_000
    assert sizes[FONT] <= 34_500
    assert sizes["icones.svg"] <= 3_000
    everywhere = ("base.css", "htmx.min.js", FONT, "icones.svg", "favicon.svg")
    assert sum(sizes[name] for name in everywhere) <= 75_000, sizes  # leaves 25 kB for the page's HTML
    assert sizes["vote.css"] <= 7_000 and sizes["vote.js"] <= 14_500
