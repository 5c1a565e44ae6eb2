"""The whole of the money, summed from its accounts: by envelope, year, conférence, axis; what is drawn and listed."""

from collections import defaultdict
from typing import Any

import msgspec

from domain.money import euros
from projections.argent_rows import CompteRow, EnveloppeRow, OperationRow
from web.argent.lecture import Lieux, lieux
from web.argent.mots import AXES, ENVELOPPES, PACTE, millions, taux
from web.argent.operations import carte
from web.colleges.lecture import read
from web.services import Services

AU_PLUS = 12
PAR_AXE = """SELECT axe, count(*), sum(cout_cents)::bigint, sum(engage_cents)::bigint, sum(mandate_cents)::bigint
    FROM operations WHERE nom = 'projets' AND etat <> 'abandonnee' GROUP BY axe ORDER BY axe"""
SEUILS = """SELECT count(*), count(*) FILTER (WHERE depasse), coalesce(sum(cout_cents), 0)::bigint,
    coalesce(sum(cout_cents) FILTER (WHERE depasse), 0)::bigint
    FROM operations WHERE nom IN ('fic', 'projets') AND etat <> 'abandonnee'"""


class Somme(msgspec.Struct):
    """Sums of some accounts, in cents. `dote` holds rectifications; top-ups are apart."""

    dote: int = 0
    engage: int = 0
    mandate: int = 0
    abonde: int = 0

    def ajoute(self, row: CompteRow) -> None:
        """One account more."""
        self.dote += row.dotation_cents + row.rectifie_cents
        self.engage += row.engage_cents
        self.mandate += row.mandate_cents
        self.abonde += row.abonde_cents

    def ligne(self, nom: str, href: str = "") -> dict[str, Any]:
        """A line of a table."""
        return {
            "nom": nom,
            "href": href,
            "dote": euros(self.dote),
            "engage": euros(self.engage),
            "mandate": euros(self.mandate),
            "taux": taux(self.engage, self.dote) or "–",
            "largeur": min(100, 100 * self.engage // self.dote) if self.dote > 0 else 0,
        }


async def bilan(services: Services) -> dict[str, Any]:
    """All that `/argent` says; read again only after a new act."""
    envelopes = await read(services, EnveloppeRow, "true ORDER BY hors_pacte, reference")
    accounts = await read(services, CompteRow)
    where = await lieux(services)
    by: dict[str, dict[Any, Somme]] = {kind: defaultdict(Somme) for kind in ("enveloppe", "annee", "ctm")}
    for row in accounts:
        by["enveloppe"][row.enveloppe].ajoute(row)
        if row.nom in PACTE:
            by["annee"][row.annee].ajoute(row)
            by["ctm"][where.ctm(row.beneficiaire)].ajoute(row)
    over = "depasse ORDER BY cout_cents DESC LIMIT %s"
    return {
        "enveloppes": [_enveloppe(row, by["enveloppe"][row.reference]) for row in envelopes],
        "flux": flux({row.nom: row.montant_cents for row in envelopes if row.nom in PACTE}),
        "annees": [by["annee"][year].ligne(str(year)) for year in sorted(by["annee"])],
        "ctm": ctm(by["ctm"], where),
        "axes": [_axe(*row) for row in await services.fetch(PAR_AXE)],
        "seuil": _seuil(*(await services.fetch(SEUILS))[0]),
        "au_dessus": [carte(row, where) for row in await read(services, OperationRow, over, (AU_PLUS,))],
        "reconduits": reconduits(accounts, where),
        "abonde": euros(sum(row.abonde_cents for row in accounts)),
    }


def _enveloppe(row: EnveloppeRow, sums: Somme) -> dict[str, Any]:
    return sums.ligne(ENVELOPPES[row.nom]) | {
        "montant": euros(row.montant_cents),
        "deliberation": row.deliberation,
        "index": row.position - 1,
        "hors_pacte": row.hors_pacte,
        "partage": f"/argent/repartition/{row.reference}" if row.nom in PACTE else "",
    }


def flux(amounts: dict[str, int]) -> list[dict[str, Any]]:
    """Bands from the whole to each envelope: one unit of height a million."""
    found, left, right = [], 20, 8
    for nom in (name for name in PACTE if name in amounts):
        height = max(2, amounts[nom] // 100_000_000)
        found.append(
            {
                "nom": ENVELOPPES[nom],
                "somme": millions(amounts[nom]),
                "y": right,
                "h": height,
                "milieu": right + height // 2,
                "chemin": f"M24 {left}C90 {left} 90 {right} 150 {right}V{right + height}"
                f"C90 {right + height} 90 {left + height} 24 {left + height}Z",
            }
        )
        left, right = left + height, right + height + 12
    return found


# A tile map: where each conférence lies, roughly, on a grid (column, row).
GRILLE = {
    "ctm-ouest-nord": (0, 0),
    "ctm-val-de-saone": (1, 0),
    "ctm-plateau-nord": (2, 0),
    "ctm-rhone-amont": (3, 0),
    "ctm-val-d-yzeron": (0, 1),
    "ctm-lyon": (1, 1),
    "ctm-villeurbanne": (2, 1),
    "ctm-porte-des-alpes": (3, 1),
    "ctm-lones-et-coteaux-du-rhone": (1, 2),
    "ctm-portes-du-sud": (2, 2),
}


def ctm(sums: dict[str, Somme], where: Lieux) -> list[dict[str, Any]]:
    """One line a conférence, with its tile where the grid has one."""
    found = []
    for slug in sorted(sums, key=where.nom):
        row = where.annuaire.par_slug.get(slug)
        line = sums[slug].ligne(where.nom(slug), f"/argent/{slug}")
        place = GRILLE.get(slug)
        if place is not None and row is not None:
            x, y = 4 + 98 * place[0], 4 + 84 * place[1]
            words = _deux_lignes(row.sigle.removeprefix("CTM "))
            line["tuile"] = {"x": x, "y": y, "mots": words, "hauteur": 76 * line["largeur"] // 100}
        found.append(line)
    return found


def _deux_lignes(name: str) -> list[str]:
    """A short name cut in two (or three) lines that fit a tile."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > 10:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:3]


def _axe(axe: str, count: int, cout: int, engage: int, mandate: int) -> dict[str, Any]:
    return {
        "nom": AXES.get(axe, axe),
        "nombre_": count,
        "cout": euros(cout),
        "engage": euros(engage),
        "mandate": euros(mandate),
        "taux": taux(engage, cout) or "–",
    }


def _seuil(total: int, over: int, cout: int, cout_over: int) -> dict[str, Any]:
    return {"total": total, "nombre_": over, "part": taux(cout_over, cout)}


def reconduits(accounts: list[CompteRow], where: Lieux) -> dict[str, Any]:
    """What went from a year to the next, the largest first."""
    rows = sorted((row for row in accounts if row.reconduit_cents), key=lambda row: -row.reconduit_cents)
    shown = [
        {
            "nom": where.nom(row.beneficiaire, row.annee),
            "enveloppe": ENVELOPPES.get(row.nom, row.nom),
            "annee": row.annee,
            "href": f"/argent/{row.nom}/{row.annee}/{where.adresse(row.beneficiaire)}",
            "somme": euros(row.reconduit_cents),
        }
        for row in rows[:AU_PLUS]
    ]
    return {"nombre_": len(rows), "total": euros(sum(row.reconduit_cents for row in rows)), "lignes": shown}
