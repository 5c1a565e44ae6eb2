"""The quality checks themselves: they must see the faults that they exist for."""

import os
import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread, Timer
from time import monotonic

import pytest

from tests.quality import (
    axe_faults,
    check_page,
    open_browser,
    open_chromium,
    reflow_faults,
    target_faults,
    validate_html,
)
from tests.web.rendu import CONTEXTE, environment
from web.static_files import BY_URL

GOOD = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>T</title></head><body><a href="#contenu">Aller'
    '</a><header><nav aria-label="P"></nav></header><main id="contenu"><h1>T</h1>{}</main>'
    "<footer></footer></body></html>"
)
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"


def test_a_plain_page_has_no_fault() -> None:
    assert validate_html(GOOD.format("")) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<p><div></p>", "line 1"),
        ("<p id=a></p><p id=a></p>", "used 2 times"),
        ("<p style='color:red'>", "has style="),
        ("<a href='#x' onclick='f()'>a</a>", "has onclick="),
        ("<a href='javascript:f()'>a</a>", "is javascript"),
        ("<script>f()</script>", "inline <script>"),
        ("<div hx-get='/a'></div>", "no real link or form"),
        ("<a href='#rien'>a</a>", "not there"),
        ("<label for=absent>a</label>", "not there"),
        ("<input name=a>", "has no label"),
        ("<button></button>", "has no name"),
        ("<img src=a>", "has no alt"),
        ("<fieldset></fieldset>", "has no legend"),
        ("<p tabindex=3></p>", "has tabindex 3"),
        ("<h3>a</h3>", "h3 comes after h1"),
        ("<h1>a</h1>", "2 h1"),
    ],
)
def test_faults_of_html_are_seen(wrong: str, said: str) -> None:
    assert any(said in fault for fault in validate_html(GOOD.format(wrong)))


@pytest.mark.parametrize(
    ("lost", "said"),
    [(' lang="fr"', "no lang"), ("<title>T</title>", "<title>"), ("<h1>T</h1>", "<h1>"), ("#contenu", "skip link")],
)
def test_faults_of_the_page_are_seen(lost: str, said: str) -> None:
    assert any(said in fault for fault in validate_html(GOOD.format("").replace(lost, "")))


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """A small server: /bonne is the skeleton, /mauvaise breaks every rule, /absente is a good 404."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path
            if file := BY_URL.get(path):
                status, kind, body = 200, file.media_type, file.content
            else:
                status, kind = (404 if path == "/absente" else 200), "text/html; charset=utf-8"
                inside = {"/mauvaise": "<p style='color:red'><font color='#ddd'>pâle</font></p><script>1</script>"}.get(
                    path, ""
                )
                source = "{% extends layout %}{% block contenu %}<h1>Page</h1>" + inside + "{% endblock %}"
                body = environment(page=source).render_template("page.html", **CONTEXTE).encode()
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", CSP)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the output belongs to the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_pages_in_the_browser(origin: str) -> None:
    with open_browser() as browser:
        assert check_page(browser, f"{origin}/bonne") == []
        assert check_page(browser, f"{origin}/absente", status=404) == []
        assert any("404, 200 wanted" in f for f in check_page(browser, f"{origin}/absente", views=()))
        bad = check_page(browser, f"{origin}/mauvaise")
        for said in ("has style=", "inline <script>", "CSP style-src", "CSP script-src", "axe color-contrast"):
            assert any(said in fault for fault in bad), (said, bad)
        page = browser.new_page(viewport={"width": 320, "height": 600})
        page.set_content(
            "<button style='width:9px;height:9px;padding:0'>a</button><p style='width:900px'>a</p><img src=a>"
        )
        assert reflow_faults(page) and target_faults(page) and axe_faults(page)


def test_a_browser_that_hangs_is_lost_and_the_next_test_has_another() -> None:
    class TooLong(Exception):
        pass

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGUSR1, stop)
    alarm = Timer(2, os.kill, (os.getpid(), signal.SIGUSR1))
    try:
        with open_chromium() as chromium:
            page = chromium.new_context().new_page()
            alarm.start()
            with pytest.raises(TooLong):
                page.evaluate("() => { while (true); }")
            begun = monotonic()
            chromium.lose()
            with chromium.new_context() as context:
                other = context.new_page()
                other.set_content("<h1>Encore là</h1>")
                assert other.locator("h1").inner_text() == "Encore là" and monotonic() - begun < 30
    finally:
        alarm.cancel()
        signal.signal(signal.SIGUSR1, before)
