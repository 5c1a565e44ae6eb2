"""What a visitor of the demonstration holds in her hands: printed slips and the two key sheets of the open vote."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from domain.scrutins.codes import affiche_code, empreinte_code
from domain.scrutins.events import Couche
from domain.scrutins.urne import UrneEffaceeDeja
from web.demonstration.colleges import COLLEGE, ELEVES
from web.demonstration.scrutins import LAST_UNUSED, Vote
from web.impression.compiler import pdf
from web.scrutins import mots
from web.scrutins.imprimes import adresse_courte
from web.scrutins.vue import COUCHES
from web.urne import register
from web.urne.keys import lignes
from web.urne.secrets import secret
from web.urne.store import etat_billet

README: Final = """\
Le vote ouvert du collège des Deux-Rives, inventé pour la démonstration.

{reference} : {dates}

billets.pdf            {n} billets de vote, ceux d'une classe qui n'a pas encore voté
cle-bureau.pdf         la clé du bureau de vote
cle-metropole.pdf      la clé de la Métropole

Pour voter : {url}/vote, avec un de ces codes.
{codes}

Pour ouvrir l'urne, une fois le vote fermé : la clé de la Métropole, puis celle du bureau.
{cles}

Dans un vrai vote, les codes et les clés sont tirés au hasard, imprimés, puis oubliés : ils ne sont dans aucun fichier.
"""


def folder(directory: Path) -> Path:
    """Where the papers are."""
    return directory / "demonstration"


def codes(vote: Vote) -> list[str]:
    """Codes of slips that were handed to a class and not used."""
    return vote.tirages.codes(ELEVES)[-LAST_UNUSED:]


async def unused(vote: Vote) -> str:
    """The first of them that nobody has used since, as printed; the first one when none is left."""
    handed = codes(vote)
    with suppress(UrneEffaceeDeja):
        key = (await secret(vote.services, vote.reference)).k_scrutin
        for code in handed:
            if await etat_billet(vote.services, vote.reference, empreinte_code(code, key)) == "libre":
                return affiche_code(code)
    return affiche_code(handed[0])


async def write(vote: Vote, public_url: str) -> Path:
    """Writes `billets.pdf`, the two `cle-*.pdf` and `LISEZ-MOI.txt`, for the address of this site; their folder."""
    cree = (await register.lire(vote.services, vote.reference)).cree
    common = {
        "essai": False,
        "reference": vote.reference,
        "titre": cree.titre,
        "college": "Collège des Deux-Rives",
        "dates": mots.fenetre(cree),
        "adresse": adresse_courte(f"{public_url}/vote"),
        "qr": f"{public_url}/c/{COLLEGE}",
        "regles": mots.regles(cree),
    }
    slips = [{"code": affiche_code(code), "qr": f"{public_url}/v/{code}"} for code in codes(vote)]
    sheets = {couche: vote.tirages.cle(couche)[0] for couche, _, _ in COUCHES}
    made = await asyncio.gather(
        pdf("billets", common | {"billets": slips}),
        *(pdf("cle", common | _sheet(couche, name, sheets)) for couche, name, _ in COUCHES),
    )
    where = folder(vote.services.settings.directory)
    names = ["billets.pdf", *(f"cle-{couche}.pdf" for couche, _, _ in COUCHES)]
    readme = README.format(
        reference=vote.reference,
        dates=mots.fenetre(cree),
        n=len(slips),
        url=public_url,
        codes="\n".join(f"  {slip['code']}" for slip in slips),
        cles="\n".join(f"  {couche:<10} {sheet}" for couche, sheet in sheets.items()),
    )
    await asyncio.to_thread(_write, where, dict(zip(names, made, strict=True)) | {"LISEZ-MOI.txt": readme.encode()})
    return where


def _sheet(couche: Couche, name: str, sheets: dict[Couche, str]) -> dict[str, Any]:
    return {"cle": name, "qr": sheets[couche], "lignes": lignes(sheets[couche])}


def _write(where: Path, files: dict[str, bytes]) -> None:
    """Whole or not at all, and for this account only."""
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        part = where / f".{name}"
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.rename(where / name)
