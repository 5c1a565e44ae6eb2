"""The end of the demonstration's money: what a collège's vote led to, pictures, frozen figures. After the votes."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta

from domain.enveloppes.ajouter_photo import AjouterPhoto
from domain.enveloppes.events import MomentPhoto
from domain.enveloppes.inscrire_dotation import InscrireDotation
from domain.enveloppes.ouvrir_enveloppe import OuvrirEnveloppe
from domain.enveloppes.suivre_pacte import ArreterPhotographie
from domain.ledger.command import Command
from domain.ledger.entry import recorded
from projections.argent import Argent
from projections.argent_rows import CompteRow, MouvementRow
from projections.rows import Rows
from web.argent.chiffres import empreinte, sommes_de
from web.colleges.photos import keep
from web.demonstration import argent, dessin
from web.demonstration.acts import once
from web.demonstration.argent_operations import FINANCES, TECHNIQUES, Oeuvre, proposer, suite
from web.demonstration.colleges import COLLEGE, Dossier, dossiers
from web.services import Services

SUBVENTION, BANCS = 24_500, 6_200  # euros
FIGES = ((date(2023, 12, 31), "Chiffres de la clause de revoyure"), (date(2025, 12, 31), "Chiffres de l’évaluation"))
PHOTOS: tuple[tuple[str, MomentPhoto, str], ...] = (
    ("allee", "avant", "Un sol de bitume gris devant un long bâtiment clair. Aucun arbre."),
    ("allee", "apres", "Trois platanes, des bancs et une allée claire devant le même bâtiment."),
    ("cour", "avant", "Une cour de bitume gris, sans ombre."),
    ("cour", "apres", "La même cour : de l’herbe, trois arbres et quatre bancs."),
)
ENTRIES = "SELECT notification_id, state FROM ledger.stored_events WHERE topic LIKE 'enveloppes/%%' ORDER BY 1"


async def load_money_end(services: Services, today: date, works: dict[str, str]) -> None:
    """The benches of the first edition as an operation; pictures before and after; two snapshots.

    `works`: references of the operations, by their key in the demonstration.
    """
    await _bancs(services, dossiers(services, today)[0])
    await _photos(services, works)
    await _figer(services)


async def _do(services: Services, key: str, command: Command) -> str:
    return (await services.ledger.execute(command, once(f"argent/{key}"))).reference


async def _all(services: Services, made: Iterator[tuple[str, Command]]) -> None:
    await asyncio.gather(*(_do(services, key, command) for key, command in made))


async def _bancs(services: Services, dossier: Dossier) -> None:
    """From the vote to the money: the envelope of the collèges, the account of this one, its benches."""
    year = dossier.annee + 1
    day, numero = date(year, 3, 10), f"{year}-9009"
    meeting = await _do(services, f"seance/{day}", argent.planifier(day))
    points = ((numero, "Subventions aux lauréats du budget participatif des collèges"),)
    await _all(services, argent.seance(day, points, meeting))
    after = day + timedelta(days=1)
    cents = int(dossier.told["enveloppe"])
    opened = OuvrirEnveloppe(FINANCES, after, numero, "colleges", "Budget participatif des collèges", cents, year, year)
    reference = await _do(services, "ouverture/colleges", opened)
    account = ("colleges", COLLEGE, COLLEGE, year, SUBVENTION * 100)
    await _do(services, "dotation/colleges", InscrireDotation(FINANCES, after, numero, reference, *account))
    told = _oeuvre(f"BPC-{dossier.annee}-0001", year)  # the first dossier of the first edition
    await _all(services, suite(told, await _do(services, told.cle, proposer(told))))


def _oeuvre(reference: str, year: int) -> Oeuvre:
    return Oeuvre(
        cle="bancs-du-college", nom="colleges", a=COLLEGE, titre="Douze bancs sous les platanes", nature="Mobilier",
        cout=BANCS, proposee=date(year, 3, 20), etudiee=date(year, 3, 27), decidee=date(year, 4, 7),
        credits=((year, BANCS),), commencee=date(year, 4, 22), soldee=date(year, 10, 9), reel=5_872,
        communes=("69266",), autres={"origine": reference},
    )  # fmt: skip


async def _photos(services: Services, works: dict[str, str]) -> None:
    drawn = {"avant": await keep(services, dessin.asphalt()), "apres": await keep(services, dessin.benches())}
    for cle, moment, shown in PHOTOS:
        day = date(2025, 1, 20)
        added = AjouterPhoto(TECHNIQUES, day, works[cle], moment, drawn[moment], shown)
        await _do(services, f"photo/{cle}/{moment}", added)


async def _figer(services: Services) -> None:
    """The figures as anyone may add them from the acts: the projections of this register may not run yet."""
    rows, projection = Rows(), Argent()
    facts = [recorded(position, bytes(state)) for position, state in await services.fetch(ENTRIES)]
    for fact in facts:
        projection.apply(fact, rows)
    accounts = {row.cle: row for row in rows.all(CompteRow)}
    for au, titre in FIGES:
        known = facts[-1].position
        lines = [(accounts[m.compte], m) for m in rows.all(MouvementRow) if m.le <= au]
        figures = {"au": au.isoformat(), "position": known, "sommes": sommes_de(lines)}
        frozen = ArreterPhotographie(FINANCES, au + timedelta(days=15), titre, au, known, empreinte(figures))
        await _do(services, f"photographie/{au}", frozen)
