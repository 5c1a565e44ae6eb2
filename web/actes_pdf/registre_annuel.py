"""`registre registre-annuel ANNEE`: the register of a body on numbered sheets, to print, sign and bind (R2121-9).

One file a meeting, so that each is signed apart; then the tables by date and by subject, and the closing sheet.
"""

import argparse
import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from domain.calendrier import date_longue as sans_jour
from domain.deliberations.matieres import nom_de_matiere
from web.actes_pdf.annee import Cahier, lire_annee
from web.actes_pdf.extrait import DEMONSTRATION, extrait, moment
from web.actes_pdf.noms import assistance
from web.actes_pdf.presse import Imprime, composer
from web.cli import WrongUse
from web.commands.opening import opened
from web.commands.progress import Bar
from web.pages import date_longue
from web.seances.mots import nombre as compte

LOT = 40  # deliberations in one file: the bar moves, memory does not grow
ANNEES = range(1900, 2200)

Progress = Callable[[int, int], None]


class Feuillets(msgspec.Struct):
    """What was written: files with their digests, sheets, and where each deliberation begins."""

    dossier: str
    feuillets: int = 0
    deliberations: int = 0
    fichiers: list[dict[str, Any]] = msgspec.field(default_factory=list)
    lignes: list[dict[str, Any]] = msgspec.field(default_factory=list)


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("annee", type=int, metavar="ANNEE", help="l'année des votes")
    parser.add_argument("--instance", default="conseil", help="l'instance ; par défaut, le Conseil")
    parser.add_argument("--sortie", type=Path, metavar="DIR", help="dossier neuf ; par défaut registre-ANNEE-INSTANCE")
    parser.add_argument("--json", action="store_true", help="un objet JSON sur la sortie standard")


def run(options: argparse.Namespace) -> int:
    """Exit 2 when the folder is not empty, or when nothing was voted that year."""
    folder = options.sortie or Path(f"registre-{options.annee}-{options.instance}")
    if options.annee not in ANNEES:
        raise WrongUse(f"« {options.annee} » n'est pas une année.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"« {folder} » existe déjà et n'est pas vide.")
    with opened() as (settings, urls), psycopg.connect(urls.app) as connection:
        cahiers = lire_annee(connection, options.instance, options.annee)
        demonstration = "demo" in settings.origin()
    if not cahiers:
        raise WrongUse(f"aucune délibération de « {options.instance} » en {options.annee}.")
    made = imprimer_registre(cahiers, options.annee, folder, demonstration, Bar("Feuillets"))
    counts = (made.deliberations, "délibération"), (made.feuillets, "feuillet"), (len(made.fichiers), "fichier")
    words = ", ".join(compte(number, word) for number, word in counts)
    print(msgspec.json.encode(made).decode() if options.json else f"{folder} : {words}.")
    return 0


def imprimer_registre(
    cahiers: list[Cahier], annee: int, folder: Path, demonstration: bool, progress: Progress
) -> Feuillets:
    """Writes the files; `progress` counts deliberations."""
    folder.mkdir(parents=True, exist_ok=True)
    made, total = Feuillets(str(folder)), sum(len(cahier.actes) for cahier in cahiers)
    commun = {"annee": annee, "essai": False, "pied": "", "demonstration": DEMONSTRATION if demonstration else ""}
    for rank, (cahier, part, actes) in enumerate(_lots(cahiers), start=1):
        donnees = commun | _cahier(cahier, part, actes, made.feuillets)
        printed = composer("cahier", donnees, max(map(moment, actes)))
        _retenir(made, printed, folder / f"{rank:03d}-{actes[0].row.votee_le}-{cahier.reference}.pdf")
        progress(made.deliberations, total)
    last = max(moment(acte) for cahier in cahiers for acte in cahier.actes)
    tables = commun | _tables(cahiers, made)
    _retenir(made, composer("tables", tables, last), folder / "tables.pdf")
    sums = "".join(f"{file['sha256']}  {file['nom']}\n" for file in made.fichiers)
    (folder / "empreintes.txt").write_text(sums, encoding="utf-8")
    return made


def _lots(cahiers: list[Cahier]) -> Iterator[tuple[Cahier, int, list[Any]]]:
    for cahier in cahiers:
        left = iter(cahier.actes)
        part = 0
        while lot := list(islice(left, LOT)):
            part += 1
            yield cahier, part, lot


def _retenir(made: Feuillets, printed: Imprime, path: Path) -> None:
    """Writes a file; its marks say on which sheet each deliberation begins, and which sheet is the last."""
    path.write_bytes(printed.octets)
    digest = hashlib.sha256(printed.octets).hexdigest()
    made.fichiers.append({"nom": path.name, "sha256": digest, "octets": len(printed.octets)})
    found = [mark for mark in printed.reperes if "numero" in mark]
    made.lignes += found
    made.deliberations += len(found)
    made.feuillets = max(mark["feuillet"] for mark in printed.reperes)


def _cahier(cahier: Cahier, part: int, actes: list[Any], avant: int) -> dict[str, Any]:
    """A meeting, or a part of a long one; who was there is said in the first."""
    le = actes[0].row.votee_le
    here = assistance(cahier.seance, cahier.composition, le)
    corps = actes[0].annuaire.nom(actes[0].row.instance)
    return {
        "titre": f"Registre des délibérations, {corps}, séance du {sans_jour(le)}",
        "corps": corps,
        "le": date_longue(le),
        "reference": cahier.reference,
        "suite": part > 1,
        "fin": len(actes) < LOT or actes[-1] is cahier.actes[-1],
        "avant": avant,
        "presents": here.presents,
        "excuses": here.excuses,
        "absents": here.absents,
        "actes": [extrait(acte, False) for acte in actes],
        "tous": [acte.numero for acte in cahier.actes],
    }


def _tables(cahiers: list[Cahier], made: Feuillets) -> dict[str, Any]:
    """By date, then by subject: each deliberation with its sheet."""
    where = {mark["numero"]: mark["feuillet"] for mark in made.lignes}
    actes = [acte for cahier in cahiers for acte in cahier.actes]
    lines = [
        {
            "le": f"{acte.row.votee_le:%d/%m/%Y}",
            "numero": acte.numero,
            "objet": acte.row.objet,
            "feuillet": str(where[acte.numero]),
            "matiere": f"{acte.row.matiere_code} {nom_de_matiere(acte.row.matiere_code) or acte.row.matiere_nom}",
        }
        for acte in actes
    ]
    corps = actes[0].annuaire.nom(actes[0].row.instance)
    return {
        "titre": f"Registre des délibérations, {corps}, tables et clôture",
        "corps": corps,
        "avant": made.feuillets,
        "lignes": lines,
        "matieres": [{"nom": name, "lignes": [line for line in lines if line["matiere"] == name]}
                     for name in sorted({line["matiere"] for line in lines}, key=_rang)],
        "deliberations": len(lines),
    }  # fmt: skip


def _rang(matiere: str) -> tuple[float, ...]:
    code = matiere.partition(" ")[0]
    return tuple(float(part) if part.isdigit() else 0.0 for part in code.split("."))
