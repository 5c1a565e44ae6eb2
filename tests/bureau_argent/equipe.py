"""Finances, technical services and a mairie at work, each in a browser of her own."""

import re
from datetime import date
from typing import Any

import httpx

from domain.enveloppes import events as e
from tests.acces.office import HIDDEN, Office
from tests.argent import histoire as h
from tests.enveloppes import monde as m
from tests.monde import instance
from tests.quality import validate_html
from web.acces.persons import today

PRIEST = "69290"
NUMERO = "2026-0042"
EN = "EN-2026-0001"
COMPTES = "/bureau/argent/comptes/fic/69029"


class Bureau:
    """`voir` opens a page, checked; `faire` does an act of a page and follows it; `refuse` expects a refusal."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.browsers: dict[str, httpx.AsyncClient] = {}

    async def nommer(self) -> None:
        """Finances, technical services, the mairie of Bron."""
        shared: dict[str, Any] = {"du": date(2020, 1, 1)}
        await self.office.appoint("finances@x.example", "finances", **shared)
        await self.office.appoint("techniques@x.example", "services_techniques", **shared)
        await self.office.appoint("mairie@x.example", "mairie", m.CONSEIL_DE_BRON, **shared)

    async def monde(self) -> None:
        """Two communes, a conférence, the bodies, one adopted deliberation."""
        await self.office.write(f"instances/{h.CTM}", instance(h.CTM, "ctm", serie=None))
        await self.office.write("instances/conseil", m.conseil)
        await self.office.write(f"instances/{m.CONSEIL_DE_BRON}", m.conseil_de_bron)
        for insee, nom in ((m.BRON, "Bron"), (PRIEST, "Saint-Priest")):
            await self.office.write(f"communes/{insee}", h.commune(insee, nom))
        await self.office.write(f"deliberations/{NUMERO}", m.votee())

    async def comptes(self, *annees: int, cents: int = 100_000_00) -> None:
        """Bron's accounts of these years, each with its allocation."""
        await self.office.write(f"enveloppes/{m.EN}", m.ouverte())
        for annee in annees:
            fact = h.le(m.dotation(cents, annee), date(annee, 1, 10))
            await self.office.write(f"comptes/fic/{m.BRON}/{annee}", fact)

    async def operation(self, reference: str = "OP-2026-0001", **others: Any) -> str:
        """A decided operation of Bron."""
        facts = (m.proposee(**others), m.avis, m.decidee)
        await self.office.write(f"operations/{reference}", *(h.le(fact, date(2026, 3, 2)) for fact in facts))
        return reference

    async def entrer(self, qui: str) -> httpx.AsyncClient:
        """The browser of `finances`, `services_techniques` or `mairie`, signed in."""
        if qui not in self.browsers:
            client = self.office.browser()
            text = (await client.get("/connexion")).text
            slug = next(s for s in re.findall(r'value="([^"]+)"', text) if s.startswith(qui))
            answer = await client.post("/connexion/demonstration", data=dict(HIDDEN.findall(text)) | {"personne": slug})
            assert answer.status_code == 303
            self.browsers[qui] = client
        return self.browsers[qui]

    async def voir(self, qui: str, path: str, status: int = 200) -> str:
        """A page as a person reads it."""
        answer = await (await self.entrer(qui)).get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.headers.get("location"))
        assert not validate_html(answer.text), (path, validate_html(answer.text))
        return lisible(answer.text)

    async def poster(self, qui: str, page: str, action: str, **fields: str) -> httpx.Response:
        """Posts the form of `page` whose action ends with `action`, with what it proposes and these fields."""
        client = await self.entrer(qui)
        text = (await client.get(page)).text.replace("&#x2f;", "/")
        path = page.partition("?")[0]
        target = f"{path}/{action}" if action else path
        form = text.partition(f'method="post" action="{target}"')[2].partition("</form>")[0]
        prefix = f"{action}-" if action else ""
        typed = proposes(form or text) | {k if k in ("faire",) else f"{prefix}{k}": v for k, v in fields.items()}
        if 'enctype="multipart/form-data"' in form:
            photo = typed.pop(f"{prefix}photo", "")
            files: dict[str, Any] = {"photo": ("p.png", bytes.fromhex(photo), "image/png")}
            return await client.post(target, data=typed, files=files)
        return await client.post(target, data=typed)

    async def faire(self, qui: str, page: str, action: str, **fields: str) -> str:
        """An act that is done, and the page that follows."""
        answer = await self.poster(qui, page, action, **fields)
        assert answer.status_code == 303, (answer.status_code, lisible(answer.text)[:3000])
        return await self.voir(qui, answer.headers["location"])

    async def refuse(self, qui: str, page: str, action: str, *mots: str, attendu: str = "422", **fields: str) -> str:
        """An act that is refused: the page comes back with the words, the rule, and what was typed."""
        answer = await self.poster(qui, page, action, **fields)
        said = lisible(answer.text)
        assert str(answer.status_code) == attendu, (answer.status_code, said[:2000])
        assert not validate_html(answer.text), validate_html(answer.text)
        for mot in mots:
            assert mot in said, (mot, said[said.find("<main") :][:3000])
        return said


def proposes(form: str) -> dict[str, str]:
    """Every field of a form with its proposed value."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if 'type="checkbox"' in tag or 'type="radio"' in tag:
            if "checked" in tag:
                found[name] = value
        elif 'type="file"' not in tag:
            found[name] = value
    for name, content in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = lisible(content)
    for name, content in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', content) or re.findall(r'value="([^"]*)"', content)
        found[name] = chosen[0] if chosen else ""
    return {name: lisible(value) for name, value in found.items()}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""


def lisible(text: str) -> str:
    """As a person reads it: plain spaces, slashes and apostrophes."""
    return text.replace("\u00a0", " ").replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", '"')


AN = today().year
PARTAGE = (
    e.DonneesArretees(lignes=h.COMMUNES, population_annee=2018, source="INSEE", par="finances"),
    h.PARTAGE,
)
