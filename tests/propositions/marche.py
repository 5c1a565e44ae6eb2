"""Journeys over HTTP, as a person without account makes them: screens filled one after the other, links followed."""

import re
from html import unescape
from typing import Any

import httpx

from tests import monde
from tests.acces.office import Office
from tests.quality import validate_html
from web.propositions.flux import Flux, read_flux

FORM = re.compile(r'<form method="post" action="(/dire/[^"]*)"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CODE = re.compile(r'<p class="mots">(.*?)</p>', re.S)
REFERENCE = re.compile(r"(?:GEPI|COMET|CDD)-2[0-9]{3}-[0-9]{4}")

DIT = {"texte": "Un banc devant la mairie", "reponse_par": "code", "prenom": "", "lecture": "equipe"}


class Parcours:
    """A browser without cookies of its own in front of the site; every page it sees must be valid HTML."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def monde(self) -> None:
        """The instances, and one person for each function."""
        await self.office.write("instances/gepi", monde.instance(nom="Groupe d'évaluation", repondant="solidarites"))
        jeunes = monde.instance("comet", "jeunes", nom="COMET Jeunes", repondant="solidarites")
        await self.office.write("instances/comet", jeunes)
        service = monde.instance(
            "solidarites", "service", nom="Direction des solidarités", sigle="DS", serie=None, repondant=None,
            adresse="20 rue du Lac, 69003 Lyon", telephone="04 00 00 00 00",
        )  # fmt: skip
        await self.office.write("instances/solidarites", service)

    async def get(self, path: str, status: int = 200) -> httpx.Response:
        """A page, checked."""
        return self.checked(await self.office.client.get(path), status)

    def checked(self, answer: httpx.Response, status: int = 200) -> httpx.Response:
        assert answer.status_code == status, f"{answer.request.url} {answer.status_code}: {titre(answer)}"
        if "html" in answer.headers["content-type"]:
            assert not validate_html(answer.text), (answer.request.url, validate_html(answer.text))
        return answer

    async def ecrans(self, start: str = "/dire/ecrire", **said: str) -> tuple[str, dict[str, str]]:
        """Fills the screens one after the other up to the last; what it would post, and where."""
        answer = await self.get(start)
        for _ in range(9):
            action, fields = formulaire(answer)
            fields |= {name: value for name, value in (DIT | said).items() if f'name="{name}"' in answer.text}
            if action == "/dire/deposer":
                return action, fields
            answer = self.checked(await self.office.client.post(action, data=fields))
        raise AssertionError(f"{action} does not lead to the end")

    async def dire(self, start: str = "/dire/ecrire", **said: str) -> httpx.Response:
        """Files, and shows the receipt."""
        action, fields = await self.ecrans(start, **said)
        return await self.suivre(await self.office.client.post(action, data=fields))

    async def suivre(self, answer: httpx.Response) -> httpx.Response:
        """The page that a 303 leads to."""
        assert answer.status_code == 303, f"{answer.status_code}: {titre(answer)}"
        return await self.get(answer.headers["location"])

    async def deposer(self, **said: str) -> tuple[str, str]:
        """Reference and code of a filing."""
        receipt = await self.dire(**said)
        return reference(receipt), code(receipt)

    async def flux(self, reference: str) -> Flux:
        """What the register has of it."""
        found = await read_flux(self.office.services, reference)
        assert found is not None
        return found

    async def valeurs(self, reference: str) -> dict[str, Any]:
        """The erasable values of the filing."""
        flux = await self.flux(reference)
        return flux.valeurs(self.office.services.vault, flux.faits[0].position)

    async def nombre(self) -> int:
        """Number of propositions filed."""
        [(count,)] = await self.office.services.fetch(
            "SELECT count(*) FROM ledger.stored_events WHERE topic = 'propositions/PropositionDeposee/1'"
        )
        return int(count)


def formulaire(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """Action and hidden fields of the screen's form."""
    found = FORM.search(answer.text)
    assert found, titre(answer)
    return found[1], {name: unescape(value) for name, value in HIDDEN.findall(found[2])}


def titre(answer: httpx.Response) -> str:
    """The page's h1, as read."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.S)
    return unescape(re.sub("<.*?>", "", found[1])).strip().replace("\u00a0", " ") if found else answer.text[:200]


def reference(answer: httpx.Response) -> str:
    found = REFERENCE.search(answer.text)
    assert found
    return found[0]


def code(answer: httpx.Response) -> str:
    """The four words, as read."""
    found = CODE.search(answer.text)
    assert found
    return " ".join(re.sub("<.*?>|·", " ", found[1]).split())
