"""Someone in front of the site without a browser: pages read, forms filled, screens followed one after the other."""

import re
import time
from contextlib import ExitStack
from html import unescape

import httpx
import psycopg

from tests.site import Site
from web.demonstration.acts import code
from web.journal.signer import sign_now
from web.pages import nombre

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ACTION = re.compile(r'<form method="post" action="(/dire/[^"]*)"')
SAID = {"texte": "Un banc devant la gare", "reponse_par": "code", "prenom": "", "lecture": "equipe"}
SECRET = b"k" * 32
PERSONS = (
    "animation-gepi",
    "animation-comet",
    "animation-cdd",
    "coordination",
    "protection_donnees",
    "administration",
)


class Visitor(httpx.Client):
    """A client with its own cookies, which follows no redirection by itself."""

    def __init__(self, site: Site) -> None:
        super().__init__(base_url=site.url, timeout=30, verify=False)  # no TLS here: its authorities take 30 ms to read
        self.site = site

    def read(self, path: str, status: int = 200) -> str:
        """The text of a page, of this status."""
        answer = self.get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return answer.text

    def submit(self, path: str, action: str = "", **fields: str) -> httpx.Response:
        """Opens the page, then posts these fields with its hidden ones to `action` (else to the page itself)."""
        return self.post(action or path.partition("?")[0], data=hidden(self.read(path)) | fields)

    def sign_in(self, person: str) -> None:
        """As one of the demonstration's persons."""
        assert self.post("/connexion/demonstration", data={"personne": person}).status_code == 303

    def enter(self, person: str) -> None:
        """As a demonstration person, or as who follows with the code of `code:<place>`."""
        if person.startswith("code:"):
            assert self.submit("/suivi", code=code(int(person[5:]), SECRET)).status_code == 303
        else:
            self.sign_in(person)

    def act(self, reference: str, act: str, **fields: str) -> int:
        """An act of the office on a proposition; its position."""
        page = f"/bureau/propositions/{reference}"
        named = {f"{act}-{name}": value for name, value in fields.items()}
        answer = self.submit(page, f"{page}/{act}", **named)
        assert answer.status_code == 303, f"{act}: {answer.status_code} {heading(answer.text)}"
        return int(answer.headers["location"].rpartition("=")[2])

    def say(self, start: str = "/dire/ecrire", **said: str) -> str:
        """Fills the screens up to the receipt; the receipt's path."""
        text = self.read(start)
        for _ in range(9):
            found = ACTION.search(text)
            assert found, text
            asked = {name: value for name, value in (SAID | said).items() if f'name="{name}"' in text}
            answer = self.post(found[1], data=hidden(text) | asked)
            if answer.status_code == 303:
                return str(answer.headers["location"])
            assert answer.status_code == 200, f"{found[1]}: {answer.status_code} {heading(answer.text)}"
            text = answer.text
        raise AssertionError("the screens never end")

    def wait_until_ready(self) -> None:
        """The projections have followed everything."""
        for _ in range(600):
            if self.get("/sante/pret").json()["retard"] == 0:
                return
            time.sleep(0.05)
        raise AssertionError("the projections do not follow")

    def sign_the_log(self) -> None:
        """A checkpoint over everything, served, and shown at the foot of pages."""
        signed = sign_now(self.site.database.app, self.site.directory)
        assert signed is not None
        for _ in range(600):
            if f"{nombre(signed.checkpoint.size)} événements" in self.read("/"):
                return
            time.sleep(0.05)
        raise AssertionError("the checkpoint is not served")

    def forget_attempts(self) -> None:
        """Nobody has tried anything yet: one test's wrong codes must not close the door to the next."""
        with psycopg.connect(self.site.database.app) as connection:
            connection.execute("DELETE FROM web.attempts")


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of a page (of its last form, where several carry the same)."""
    return {name: unescape(value) for name, value in HIDDEN.findall(text)}


def heading(text: str) -> str:
    """What a page says first: its title and its errors."""
    found = re.findall(r"<title>.*?</title>|<p class=\"(?:erreur|ou-en-est-on)\".*?</p>|<li><a href=\"#.*?</a>", text)
    return " ".join(re.sub(r"<[^>]+>", " ", part) for part in found)


def words_of(text: str) -> str:
    """The four words of a receipt."""
    found = re.search(r'<p class="mots">(.*?)</p>', text, re.S)
    assert found
    return " ".join(re.sub(r"<i>.*?</i>|<[^>]+>", " ", found[1]).split())


def reference_of(text: str) -> str:
    """The number of a receipt."""
    found = re.search(r"(?:GEPI|COMET|CDD)-2[0-9]{3}-[0-9]{4}", text)
    assert found
    return found[0]


class Readers(ExitStack):
    """One visitor for each person, signed in at the first page that she reads; nobody's has no cookie."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site
        self._known: dict[str, Visitor] = {}

    def of(self, person: str) -> Visitor:
        """Her own client."""
        if person not in self._known:
            self._known[person] = self.enter_context(Visitor(self.site))
            if person:
                self._known[person].enter(person)
        if not person:
            self._known[person].cookies.clear()
        return self._known[person]
