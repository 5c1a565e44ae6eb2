"""An account as of now, or as of a past day or position: its sums, one page of its statement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from domain.enveloppes.enveloppe import de_l_annee
from domain.enveloppes.masses import PLANCHER_ANNUEL
from domain.money import euros
from projections.argent_rows import CompteRow, MouvementRow, OperationRow
from web.argent.lecture import Enveloppe, Lieux, Partage
from web.argent.mots import ETATS, mouvement, sorte
from web.colleges.lecture import read
from web.pages import date_longue, nombre
from web.services import Services

PAR_PAGE = 50
DES_SOMMES = {
    "dotation": "dotation_cents",
    "rectification": "rectifie_cents",
    "reconduction": "reconduit_cents",
    "abondement": "abonde_cents",
}


class Releve(msgspec.Struct):
    """An account and one page of its movements, the latest first; `operations` those that it may pay for."""

    compte: CompteRow
    lignes: list[MouvementRow]
    operations: list[tuple[OperationRow, int, int]]
    page: int
    pages: int
    au: int | date | None


async def load_releve(services: Services, cle: str, number: int, au: int | date | None) -> Releve | None:
    """The account, or None when there is none (at that time)."""
    found = await read(services, CompteRow, "cle = %s", (cle,))
    if not found:
        return None
    if au is None:
        return await _present(services, found[0], number)
    lines = await read(services, MouvementRow, "compte = %s ORDER BY rang", (cle,))
    kept = [row for row in lines if (row.position if isinstance(au, int) else row.le) <= au]  # type: ignore[operator]  # same kind
    return await _passe(services, found[0], kept, number, au) if kept else None


async def _present(services: Services, row: CompteRow, number: int) -> Releve:
    pages = max(1, -(-row.mouvements // PAR_PAGE))
    last = row.mouvements - PAR_PAGE * (min(number, pages) - 1)
    where = "compte = %s AND rang <= %s AND rang > %s ORDER BY rang DESC"
    lines = await read(services, MouvementRow, where, (row.cle, last, last - PAR_PAGE))
    where = "nom = %s AND beneficiaire = %s ORDER BY depot DESC LIMIT 20"
    works = await read(services, OperationRow, where, (row.nom, row.beneficiaire))
    shown = [(work, work.engage_cents, work.mandate_cents) for work in works]
    return Releve(row, lines, shown, min(number, pages), pages, None)


async def _passe(services: Services, row: CompteRow, lines: list[MouvementRow], number: int, au: int | date) -> Releve:
    row = resommer(row, lines)
    refs = sorted({line.operation for line in lines if line.operation})
    works = await read(services, OperationRow, "reference = ANY(%s) ORDER BY depot DESC", (refs,))
    shown = [(work, *_sur(lines, work.reference)) for work in works]
    pages = max(1, -(-len(lines) // PAR_PAGE))
    number = min(number, pages)
    end = len(lines) - PAR_PAGE * (number - 1)
    return Releve(row, lines[max(0, end - PAR_PAGE) : end][::-1], shown, number, pages, au)


def resommer(row: CompteRow, lines: Sequence[MouvementRow]) -> CompteRow:
    """The account with the sums and balances of these movements only."""
    sums = dict.fromkeys(DES_SOMMES.values(), 0) | {"engage_cents": 0, "mandate_cents": 0, "sorti_cents": 0}
    balance = 0
    for line in lines:
        balance += line.cents
        line.solde_cents = balance
        if line.sorte in DES_SOMMES:
            sums[DES_SOMMES[line.sorte]] += line.cents
        elif line.sorte == "sortie":
            sums["sorti_cents"] -= line.cents
        else:
            sums["engage_cents"] -= line.cents
            sums["mandate_cents"] += line.paye_cents
    return msgspec.structs.replace(row, **sums, solde_cents=balance, mouvements=len(lines), position=lines[-1].position)


def _sur(lines: Sequence[MouvementRow], reference: str) -> tuple[int, int]:
    own = [line for line in lines if line.operation == reference]
    return -sum(line.cents for line in own), sum(line.paye_cents for line in own)


def ligne(row: MouvementRow, known: dict[str, str]) -> dict[str, Any]:
    """One line of the statement, written out. `known`: titles of operations."""
    return {
        "index": row.position - 1,
        "numero": nombre(row.position),
        "date": date_longue(row.le),
        "mot": mouvement(row),
        "acte": row.acte or "",
        "deliberee": row.sorte != "abondement",
        "operation": row.operation or "",
        "titre": known.get(row.operation or "", ""),
        "plus": euros(row.cents) if row.cents > 0 else "",
        "moins": euros(-row.cents) if row.cents < 0 else "",
        "paye": euros(row.paye_cents) if row.paye_cents else "",
        "solde": euros(row.solde_cents),
    }


def sommes(row: CompteRow) -> list[dict[str, str]]:
    """The sums of an account, in the order of the sentence."""
    told = [
        ("Dotation de l’année", row.dotation_cents),
        ("Rectifié", row.rectifie_cents),
        ("Reste de l’année d’avant", row.reconduit_cents),
        ("Passé à l’année d’après", -row.sorti_cents),
        ("Ajouté par la commune, hors de l’enveloppe", row.abonde_cents),
        ("Engagé", -row.engage_cents),
    ]
    shown = [(nom, cents) for nom, cents in told if cents or nom == "Dotation de l’année"]
    last = [("Il reste", row.solde_cents), ("Déjà payé, sur ce qui est engagé", row.mandate_cents)]
    return [{"nom": nom, "valeur": euros(cents)} for nom, cents in [*shown, *last]]


def oeuvre(told: tuple[OperationRow, int, int], au: int | date | None) -> dict[str, Any]:
    """One operation that the account pays for."""
    row, engage, mandate = told
    return {
        "ref": row.reference,
        "titre": row.titre,
        "sorte": "en-cours" if au is not None else sorte(row),
        "mot": "" if au is not None else ETATS[row.etat],
        "engage": euros(engage),
        "mandate": euros(mandate),
    }


def calcul(envelope: Enveloppe | None, row: CompteRow, lieux: Lieux) -> dict[str, Any] | None:
    """How the allocation was computed: every number that enters it. None where no key applies."""
    split = envelope.en_vigueur(row.annee) if envelope else None
    if envelope is None or split is None:
        return None
    own = [p for p in split.adoptee.parts if row.beneficiaire == (p.insee or p.ctm)]
    if not own:
        return None
    part, commune = own[0], bool(own[0].insee)
    lines = split.donnees.lignes
    mine = [line for line in lines if (line.insee if commune else line.ctm) == row.beneficiaire]
    years = envelope.ouverte.annee_fin - split.adoptee.annee_debut + 1
    return {
        "reference": envelope.reference,
        "deliberation": split.adoptee.deliberation,
        "index": split.position - 1,
        "faits": [{"nom": nom, "valeur": valeur} for nom, valeur in _entrees(split, mine, split.adoptee.total_cents)],
        "part": euros(part.cents),
        "annees": years,
        "due": euros(de_l_annee(part.cents, split.adoptee, envelope.ouverte, row.annee)),
        "plancher": commune and part.cents == PLANCHER_ANNUEL * years,
        "source": split.donnees.source,
        "annee": split.donnees.population_annee,
    }


def _entrees(split: Partage, mine: Sequence[Any], whole: int) -> list[tuple[str, str]]:
    lines = split.donnees.lignes
    roads = sum(line.voirie_m2 for line in lines)
    found = [
        ("Somme à partager", euros(whole)),
        ("Habitants comptés", nombre(sum(line.population for line in mine))),
        ("Habitants de tout le territoire", nombre(sum(line.population for line in lines))),
        ("Poids de la population (alpha)", split.adoptee.alpha.replace(".", ",")),
    ]
    if roads:
        found += [
            ("Voirie comptée, en mètres carrés", nombre(sum(line.voirie_m2 for line in mine))),
            ("Voirie de tout le territoire", nombre(roads)),
        ]
    return found
