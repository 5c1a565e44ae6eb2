"""The office of a collège's vote in three browsers: the direction, the polling station, the Métropole."""

import io
import os
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import unescape

import httpx
from pypdf import PdfReader

from domain.calendrier import PARIS
from domain.instances.events import InstanceInscrite
from domain.scrutins.bulletins import clair
from domain.scrutins.codes import empreinte_code, lire_code
from domain.scrutins.etat import Scrutin
from domain.scrutins.traceurs import OCTETS, traceur
from tests.acces.office import Office
from tests.bureau.equipe import Equipe, lisible
from web.urne import register, secrets, store
from web.urne.keys import point
from web.urne.sealing import sceller

COLLEGE = "college-des-deux-rives"
DIRECTION, BUREAU = f"direction-{COLLEGE}", f"bureau_de_vote-{COLLEGE}"
EDUCATION = "education"
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
CACHE = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Bureau(Equipe):
    """Three people, a collège, one rehearsal: `reference` once created."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.reference = ""
        self.feuilles: dict[str, str] = {}
        self.codes: list[str] = []
        self.numeros: list[str] = []

    async def installer(self) -> None:
        """The collège and its people, since the start of the year."""
        await self.office.write(f"instances/{COLLEGE}", college())
        for fonction, instance in (("direction", COLLEGE), ("bureau_de_vote", COLLEGE), ("education", None)):
            await self.office.appoint(f"{fonction}@x.example", fonction, instance, nom=f"Personne {fonction}")

    @property
    def url(self) -> str:
        return f"/bureau/scrutins/{self.reference}"

    async def etat(self) -> Scrutin:
        return (await register.lire(self.office.services, self.reference)).scrutin

    async def creer(self, **fields: str) -> httpx.Response:
        """Sends the rules form, for a rehearsal that opens at once unless told otherwise."""
        page = f"/bureau/scrutins/nouveau?essai=oui&college={COLLEGE}"
        hidden = await self.caches(DIRECTION, page, "/bureau/scrutins/nouveau")
        return await (await self.entrer(DIRECTION)).post("/bureau/scrutins/nouveau", data=hidden | regles() | fields)

    async def agir(self, qui: str, acte: str, page: str = "", **fields: str) -> httpx.Response:
        """One act, by its form; field names without their prefix."""
        typed = {f"{acte}-{name}": value for name, value in fields.items()}
        return await self.poster(qui, f"{self.url}/{page or acte}", f"{self.url}/{acte}", **typed)

    async def agit(self, qui: str, acte: str, page: str = "", **fields: str) -> str:
        """The same, and the page that follows; fails when refused."""
        answer = await self.agir(qui, acte, page, **fields)
        assert answer.status_code == 303, lisible(answer.text)[-3500:]
        return await self.page(qui, answer.headers["location"])

    async def cle(self, qui: str, couche: str) -> httpx.Response:
        """Makes a key, prints it, copies a group, publishes."""
        address = f"{self.url}/cle/{couche}"
        shown = self.checked(await self.poster(qui, address))
        assert shown.headers["cache-control"] == "no-store"
        forms = {action: dict(CACHE.findall(form)) for action, form in formulaires(shown.text)}
        client, fields = await self.entrer(qui), forms[f"{address}/publier"]
        printed = await client.post(f"{address}/feuille.pdf", data=forms[f"{address}/feuille.pdf"])
        assert printed.status_code == 200 and len(PdfReader(io.BytesIO(printed.content)).pages) == 2
        self.feuilles[couche] = fields["feuille"]
        copied = self.feuilles[couche].split("-")[int(fields["groupe"]) - 1]
        return await client.post(f"{address}/publier", data=fields | {"recopie": copied.lower()})

    async def imprimer(self, n: int) -> list[str]:
        """Makes n slips; the codes of the PDF."""
        answer = await self.poster(DIRECTION, f"{self.url}/billets", n=str(n))
        assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf", answer.text[-2000:]
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        made = CODE.findall(text)
        self.codes += made
        return made

    async def voter(self, code: str, choix: Sequence[str]) -> str:
        """A ballot sealed as a browser does, and put in the urn."""
        found, etat, services = self.office, await self.etat(), self.office.services
        assert etat.cree is not None and found
        key = await secrets.secret(services, self.reference)
        credential, numero = empreinte_code(lire_code(code), key.k_scrutin), traceur(os.urandom(OCTETS))
        text = clair(choix, [], numero, etat.cree.longueur)
        keys = point(etat.cles["bureau"]), point(etat.cles["metropole"])
        answer = await store.deposer(
            services, self.reference, credential, sceller(text, *keys, self.reference, credential)
        )
        self.numeros += [numero] if answer == "accepte" else []
        return answer

    async def ouvrir_couche(self, qui: str, couche: str, feuille: str) -> httpx.Response:
        return await self.poster(qui, f"{self.url}/couche/{couche}", feuille=feuille)

    async def lot(self, qui: str, numero: int, *lignes: str) -> httpx.Response:
        fields = {f"b{n}": ligne for n, ligne in enumerate(lignes, start=1)}
        return await self.poster(qui, f"{self.url}/papier/{numero}", **fields)

    async def jusqu_a(self, phase: str, papier: bool = False) -> None:
        """A fresh rehearsal, by its pages, until it is in this phase."""
        created = await self.creer()
        assert created.status_code == 303, lisible(created.text)[-3000:]
        self.reference, self.codes = created.headers["location"].split("/")[3].partition("?")[0], []
        for step in (self._confirmer, self._preparer, self._ouvrir, self._clore, self._couches, self._compter):
            if (await self.etat()).phase == phase:
                return
            await step(papier)
        assert (await self.etat()).phase == phase

    async def _confirmer(self, papier: bool) -> None:
        await self.agit(BUREAU, "confirmer")

    async def _preparer(self, papier: bool) -> None:
        assert (await self.cle(BUREAU, "bureau")).status_code == 303
        assert (await self.cle(EDUCATION, "metropole")).status_code == 303
        await self.imprimer(16)
        await self.agit(DIRECTION, "remettre", "distribution", groupe="6e A", n="15")

    async def _ouvrir(self, papier: bool) -> None:
        await self.agit(BUREAU, "ouvrir", premier="Direction", second="Élève")
        for n, code in enumerate(self.codes[:12]):
            assert await self.voter(code, ("p1", "p3") if n % 2 else ("p2", "p5")) == "accepte"
        if papier:
            await self.agit(BUREAU, "echanger", code=self.codes[12])
            await self.agit(BUREAU, "echanger", code=self.codes[13])

    async def _clore(self, papier: bool) -> None:
        await self.agit(DIRECTION, "clore")

    async def _couches(self, papier: bool) -> None:
        assert (await self.ouvrir_couche(EDUCATION, "metropole", self.feuilles["metropole"])).status_code == 303
        assert (await self.ouvrir_couche(BUREAU, "bureau", self.feuilles["bureau"])).status_code == 303

    async def _compter(self, papier: bool) -> None:
        await self.agit(DIRECTION, "depouiller")


def formulaires(text: str) -> list[tuple[str, str]]:
    """(action, inside) of every form of a page."""
    found = re.findall(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', text.replace("&#x2f;", "/"), re.S)
    return [(unescape(action), inside) for action, inside in found]


def college() -> InstanceInscrite:
    return InstanceInscrite(
        instance=COLLEGE, nom="Collège des Deux-Rives", sigle="Deux-Rives", type="college", du=date(2020, 9, 1),
        source="essai", par="administration",
    )  # fmt: skip


def regles(opens: datetime | None = None, hours: int = 48) -> dict[str, str]:
    """What the form asks, usual answers; the vote opens now."""
    begin = opens or datetime.now(PARIS)
    end = begin + timedelta(hours=hours)
    return {
        "action": "proposer",
        "titre": "Budget participatif 2026-2027",
        "type_vote": "approval",
        "choix_max": "3",
        "points_max": "10",
        "regle": "glouton",
        "score": "votes",
        "seuil": "30",
        "depart": "exact",
        "arret": "exhaustif",
        "pas": "1",
        "ouvre_jour": f"{begin:%Y-%m-%d}",
        "ouvre_heure": f"{begin:%H:%M}",
        "ferme_jour": f"{end:%d/%m/%Y}",
        "ferme_heure": f"{end:%H:%M}",
        "k_min": "10",
        "jours_reclamation": "15",
        "electeurs": "20",
    }
