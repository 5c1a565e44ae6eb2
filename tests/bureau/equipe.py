"""People of the office at work, each in a browser of her own."""

import httpx

from domain.ledger.event import Event
from tests.acces.office import HIDDEN, Office
from tests.propositions.marche import Parcours
from tests.quality import validate_html

FONCTIONS = (
    ("animation", "gepi"),
    ("animation", "comet"),
    ("coordination", None),
    ("protection_donnees", None),
    ("administration", None),
)


class Equipe(Parcours):
    """`entrer` signs somebody in; `faire` does an act on a proposition's page."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.browsers: dict[str, httpx.AsyncClient] = {}

    async def nommer(self) -> None:
        """One person for each function, since the start of the year."""
        for fonction, instance in FONCTIONS:
            nom = f"Personne {fonction}"
            await self.office.appoint(f"{fonction}-{instance}@x.example", fonction, instance, nom=nom)

    async def entrer(self, slug: str) -> httpx.AsyncClient:
        """A browser signed in as `animation-gepi`, `coordination`, `protection_donnees`…"""
        if slug not in self.browsers:
            client = self.office.browser()
            hidden = dict(HIDDEN.findall((await client.get("/connexion")).text))
            answer = await client.post("/connexion/demonstration", data=hidden | {"personne": slug})
            assert answer.status_code == 303, (slug, answer.status_code)
            self.browsers[slug] = client
        return self.browsers[slug]

    async def page(self, slug: str, path: str, status: int = 200) -> str:
        """A page of the office, checked."""
        answer = await (await self.entrer(slug)).get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.headers.get("location"))
        if status < 300:
            assert not validate_html(answer.text), validate_html(answer.text)
            assert answer.headers["cache-control"] == "no-store"
        return lisible(answer.text)

    async def poster(self, slug: str, page: str, action: str = "", **fields: str) -> httpx.Response:
        """Opens a page, posts to `action` with the hidden fields of the form of that action."""
        client = await self.entrer(slug)
        return await client.post(action or page, data=await self.caches(slug, page, action or page) | fields)

    async def caches(self, slug: str, page: str, action: str) -> dict[str, str]:
        """Hidden fields of the form of this action."""
        text = (await (await self.entrer(slug)).get(page)).text.replace("&#x2f;", "/")
        form = text.partition(f'method="post" action="{action}"')[2].partition("</form>")[0]
        return dict(HIDDEN.findall(form or text))

    async def faire(self, slug: str, reference: str, acte: str, **fields: str) -> httpx.Response:
        """One act; field names without their prefix."""
        page = f"/bureau/propositions/{reference}"
        typed = {f"{acte}-{name}": value for name, value in fields.items()}
        return await self.poster(slug, page, f"{page}/{acte}", **typed)

    async def fait(self, slug: str, reference: str, acte: str, **fields: str) -> str:
        """The same, and the page that follows; fails when refused."""
        answer = await self.faire(slug, reference, acte, **fields)
        assert answer.status_code == 303, lisible(answer.text)[-3000:]
        return await self.page(slug, answer.headers["location"])

    async def vivre(self, reference: str, *events: Event) -> None:
        """Facts of a proposition."""
        for event in events:
            await self.office.write(f"propositions/{reference}", event)


def lisible(text: str) -> str:
    """As a person reads it: plain spaces, plain slashes and apostrophes."""
    return text.replace("\u00a0", " ").replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", '"')
