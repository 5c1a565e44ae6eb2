"""A bureau de vote for the urn's tests: a scrutin whose rules are confirmed, two key sheets, people who vote."""

import asyncio
import os
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from domain.fonctions.events import FonctionConfiee
from domain.ledger.deciding import Act
from domain.ledger.event import Event
from domain.scrutins.bulletins import clair, longueur
from domain.scrutins.codes import empreinte_code, lire_code
from domain.scrutins.events import (
    BilletsRemis,
    ClesDuScrutinPubliees,
    Couche,
    ProjetAuVote,
    ReglesConfirmees,
    ResultatProclame,
    ScrutinCree,
    ScrutinDepouille,
)
from domain.scrutins.ouvrir_scrutin import OuvrirScrutin
from domain.scrutins.traceurs import OCTETS, traceur
from tests.acces.office import Write
from tests.site import secret as secret_file
from web.access import Acteur
from web.embedded import Urls
from web.services import Services, open_services
from web.settings import Settings
from web.urne import closing, counting, secrets, slips, store
from web.urne.keys import lire_feuille, nouvelle_cle, point
from web.urne.register import flux, lire
from web.urne.sealing import sceller

REF, OTHER = "SC-2026-0001", "SC-2026-0002"
COLLEGE = "college-des-deux-rives"
DIRECTION = "00000000-0000-4000-8000-0000000000d1"
BUREAU = "00000000-0000-4000-8000-0000000000b1"
EDUCATION = "00000000-0000-4000-8000-0000000000e1"
TODAY = date(2026, 3, 9)
A_DIRECTION = Acteur(DIRECTION, f"direction:{COLLEGE}", TODAY)
A_BUREAU = Acteur(BUREAU, f"bureau_de_vote:{COLLEGE}", TODAY)
A_EDUCATION = Acteur(EDUCATION, "education", TODAY)
PROJETS = tuple(
    ProjetAuVote(id=f"p{rank}", titre=f"Projet {rank}", cout_cents=cost)
    for rank, cost in enumerate((600_000, 900_000, 1_200_000, 450_000, 2_000_000), start=1)
)


def regles(**others: Any) -> ScrutinCree:
    """Up to 3 projects of 5, by number of votes; open now, for an hour."""
    now = datetime.now(UTC).replace(microsecond=0)
    values: dict[str, Any] = {
        "titre": "Budget participatif",
        "projets": PROJETS,
        "budget_cents": 2_000_000,
        "type_vote": "approval",
        "choix_max": 3,
        "regle_comptage": "glouton",
        "parametres": {"score": "votes"},
        "departage": ("cout", "voix", "id"),
        "ouvre_le": now - timedelta(hours=1),
        "ferme_le": now + timedelta(hours=1),
        "k_min": 10,
        "jours_reclamation": 15,
        "longueur": 0,
        "empreinte_page": "00" * 32,
        "par": f"direction:{COLLEGE}",
        "college": COLLEGE,
        **others,
    }
    rules = ScrutinCree(**values)
    return msgspec.structs.replace(rules, longueur=longueur(rules))


@dataclass
class Voix:
    """A pupil's ballot: what she chose, her number, her slip's credential, what was sent."""

    choix: tuple[str, ...]
    numero: str
    credential: bytes
    scelle: bytes


@dataclass
class BureauDeVote:
    """One scrutin, its two sheets (`feuilles`), its codes, and what was voted."""

    services: Services
    reference: str
    cree: ScrutinCree
    feuilles: dict[str, str] = field(default_factory=dict)
    cles: dict[str, bytes] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    voix: list[Voix] = field(default_factory=list)
    direction: Acteur = A_DIRECTION
    bureau: Acteur = A_BUREAU
    education: Acteur = A_EDUCATION

    async def ecrire(self, *events: Event, stream: str = "") -> None:
        """Events as they stand: the domain's rules have their own tests."""
        await self.services.ledger.execute(Write(stream or flux(self.reference), events))

    async def preparer(self, n: int) -> None:
        """Rules confirmed, keys published, `n` slips made and handed out."""
        par = self.cree.par
        await self.ecrire(self.cree, ReglesConfirmees(par=f"bureau_de_vote:{COLLEGE}"))
        for couche in ("bureau", "metropole"):
            sheet, public = nouvelle_cle()
            self.feuilles[couche], self.cles[couche] = sheet, point(public)
            await self.ecrire(ClesDuScrutinPubliees(couche=couche, cle=public, par=par))
        self.codes = await slips.creer_billets(self.services, self.direction, self.reference, n)
        await self.ecrire(BilletsRemis(groupe="6e B", n=n, par=par))

    def ouverture(self) -> OuvrirScrutin:
        """The bureau opens, at two."""
        acteur = self.direction
        return OuvrirScrutin(acteur.personne, acteur.le, self.reference, ("Direction", "Élève"), datetime.now(UTC))

    async def ouvrir(self) -> None:
        """In the register, then in the urn."""
        await self.services.ledger.execute(self.ouverture())
        await closing.accorder(self.services, self.reference)

    async def clore(self) -> Act:
        """Before the hour, and says why."""
        motif = "Tous les élèves présents ont voté."
        return await closing.clore(self.services, self.direction, self.reference, motif=motif)

    async def ouvrir_couche(self, couche: Couche) -> Act:
        """Its holder comes with the sheet."""
        acteur = self.education if couche == "metropole" else self.bureau
        return await counting.ouvrir_couche(self.services, acteur, self.reference, couche, self.feuilles[couche])

    async def depouiller(self) -> Act:
        return await counting.depouiller(self.services, self.direction, self.reference)

    async def proclamer(self) -> None:
        """Long enough ago for the complaints to be over."""
        gagnants = next(e.gagnants for e in await self.events() if isinstance(e, ScrutinDepouille))
        until = TODAY - timedelta(days=1)
        await self.ecrire(ResultatProclame(gagnants=gagnants, reclamations_jusqu_au=until, par=self.cree.par))

    async def credential(self, code: str) -> bytes:
        key = await secrets.secret(self.services, self.reference)
        return empreinte_code(lire_code(code), key.k_scrutin)

    def cle_privee(self, couche: str) -> EllipticCurvePrivateKey:
        """As its sheet gives it."""
        return lire_feuille(self.feuilles[couche], b64encode(self.cles[couche]).decode())

    async def bulletin(
        self, code: str, choix: Sequence[str], numero: str = "", texte: bytes | None = None, reference: str = ""
    ) -> Voix:
        """A ballot as a browser seals it."""
        numero = numero or traceur(os.urandom(OCTETS))
        text = clair(choix, [], numero, self.cree.longueur) if texte is None else texte.ljust(self.cree.longueur)
        credential = await self.credential(code)
        reference = reference or self.reference
        sealed = sceller(text, self.cles["bureau"], self.cles["metropole"], reference, credential)
        return Voix(tuple(choix), numero, credential, sealed)

    async def voter(self, rang: int, choix: Sequence[str] = ("p1",), **others: Any) -> store.Depot:
        """The holder of this slip votes."""
        voix = await self.bulletin(self.codes[rang], choix, **others)
        answer = await self.deposer(voix)
        if answer == "accepte":
            self.voix.append(voix)
        return answer

    async def deposer(self, voix: Voix) -> store.Depot:
        return await store.deposer(self.services, self.reference, voix.credential, voix.scelle)

    async def events(self) -> tuple[Event, ...]:
        return (await lire(self.services, self.reference)).events

    async def phase(self) -> str:
        return (await lire(self.services, self.reference)).scrutin.phase


def reglages(database: Urls, directory: Path) -> Settings:
    """Settings of an installation on this database."""
    return Settings(
        directory=directory,
        database_url=database.app,
        given_origin="essai.registre.example/2026",
        master_key_file=secret_file(directory / "cle-maitre"),
        secret_file=secret_file(directory / "secret"),
    )


@asynccontextmanager
async def bureau_de_vote(
    database: Urls, directory: Path, n: int = 30, ouvert: bool = True, **rules: Any
) -> AsyncIterator[BureauDeVote]:
    """An open scrutin with `n` slips, on services of its own."""
    async with open_services(reglages(database, directory), database.app) as services:
        found = BureauDeVote(services, REF, regles(**rules))
        await confier(found)
        await found.preparer(n)
        if ouvert:
            await found.ouvrir()
        yield found


async def confier(bureau: BureauDeVote) -> None:
    """Their functions, since the start of the year."""
    for acteur in (bureau.direction, bureau.bureau, bureau.education):
        fonction, _, instance = acteur.fonction.partition(":")
        fact = FonctionConfiee(
            personne=acteur.personne,
            fonction=fonction,
            instance=instance or None,
            du=date(2026, 1, 1),
            par="installation",
        )
        await bureau.ecrire(fact, stream=f"personnes/{acteur.personne}")


async def ensemble(*coroutines: Any) -> list[Any]:
    """All at once; refusals come back as values."""
    return await asyncio.gather(*coroutines, return_exceptions=True)
