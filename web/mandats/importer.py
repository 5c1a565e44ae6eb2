"""Import of a list of members from CSV: every line is a mandate or is refused, by its number and its reason."""

import csv
import io
from datetime import date
from typing import cast

import msgspec

from domain.composition import Composition
from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.store import Once
from domain.mandats.elire_fonction import ElireFonction
from domain.mandats.events import Civilite, FonctionElective
from domain.mandats.ouvrir_mandat import OuvrirMandat
from domain.texte import nettoye
from web.access import Acteur
from web.bureau.formulaire import Illisible, jour_du
from web.forms import Form, once
from web.mandats.reperes import Personne, repere, slug
from web.services import Services

COLONNES = ("civilite", "nom", "prenom", "commune", "groupe", "du", "fin", "fonction")
CIVILITES = {"m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "madame": "Mme", "": ""}
FONCTIONS = {"presidence": "president", "president": "president", "presidente": "president",
             "vice-presidence": "vice_president", "vice-president": "vice_president",
             "vice-presidente": "vice_president"}  # fmt: skip
LIGNES_MAX = 2_000


class Refusee(msgspec.Struct, frozen=True):
    """A line that was not taken: its number in the file, what it holds, why."""

    numero: int
    texte: str
    raison: str


class Rapport(msgspec.Struct):
    """What became of a file."""

    inscrites: int = 0
    position: int = 0
    refusees: list[Refusee] = msgspec.field(default_factory=list)


class Liste(msgspec.Struct, frozen=True):
    """Where the members sit, and what every line shares: the first day of who has none, the source."""

    acteur: Acteur
    instance: str
    composition: Composition
    du: str
    source: str


def lignes(contenu: bytes) -> list[tuple[int, Form]]:
    """The lines with their numbers. Commas, semicolons or tabs; UTF-8, with or without a BOM, else Windows' Latin.

    Raises Illisible when there is no column `nom`.
    """
    try:
        text = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = contenu.decode("cp1252", errors="replace")
    text = nettoye(text)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Illisible("fichier", "Ce fichier n’est pas un tableau CSV.") from error
    names = [slug(cell) for cell in rows[0][1]] if rows else []
    if "nom" not in names:
        raise Illisible("fichier", f"La première ligne nomme les colonnes : {', '.join(COLONNES)}.")
    if len(rows) - 1 > LIGNES_MAX:
        raise Illisible("fichier", f"{LIGNES_MAX} lignes au plus en une fois.")
    return [(at, {name: cell.strip() for name, cell in zip(names, row, strict=False)}) for at, row in rows[1:]]


async def importer(services: Services, liste: Liste, contenu: bytes) -> Rapport:
    """Opens a mandate a line, in order; what is refused is in the report, the rest is done. Sent again, done once."""
    rows, report = lignes(contenu), Rapport()
    everybody, seen = [_personne(row) for _, row in rows], set[tuple[str, date]]()
    for (numero, row), who in zip(rows, everybody, strict=True):
        try:
            opened, *elected = _commandes(liste, row, who, everybody)
            if (opened.elu, opened.du) in seen:
                raise Illisible("nom", "Cette ligne répète une ligne d’avant.")
            seen.add((opened.elu, opened.du))
            for command in (opened, *elected):
                act = await services.ledger.execute(command, cle(liste, command))
                report.position = max(report.position, act.position)
            report.inscrites += 1
        except (RegleViolee, Illisible) as refusal:
            advice = f" {refusal.conseil}" if isinstance(refusal, RegleViolee) else ""
            report.refusees.append(Refusee(numero, " ; ".join(row.values())[:120], f"{refusal}{advice}"))
    return report


def _personne(row: Form) -> Personne:
    civilite = CIVILITES.get(slug(row.get("civilite", "")), row.get("civilite", ""))
    return Personne(civilite, " ".join(row.get("nom", "").split()), " ".join(row.get("prenom", "").split()))


def _commandes(liste: Liste, row: Form, who: Personne, everybody: list[Personne]) -> list[OuvrirMandat | ElireFonction]:
    qui: tuple[str, date, str] = (liste.acteur.personne, liste.acteur.le, liste.instance)
    days: Form = {"du": row.get("du") or liste.du, "fin": row.get("fin", "")}
    since, until = jour_du(days, "du"), jour_du(days, "fin") if days["fin"] else None
    elu = repere(who, liste.composition, everybody)
    opened = OuvrirMandat(
        *qui, elu=elu, civilite=cast(Civilite, who.civilite), nom=who.nom, du=since, source=liste.source,
        prenom=who.prenom or None, commune=row.get("commune") or None, groupe=row.get("groupe") or None, fin=until,
    )  # fmt: skip
    wanted = slug(row.get("fonction", ""))
    if not wanted:
        return [opened]
    if wanted not in FONCTIONS:
        raise Illisible("fonction", "La fonction est « présidence », « vice-présidence », ou rien.")
    return [opened, ElireFonction(*qui, elu, cast(FonctionElective, FONCTIONS[wanted]), since, until)]


def cle(liste: Liste, command: Command) -> Once:
    """One key a mandate: a file that is sent again, corrected, does nothing twice."""
    content = " ".join(f"{name}={vars(command)[name]}" for name in CONTENU if name in vars(command))
    return once(f"{type(command).__name__} {content}", f"import/{liste.instance}", {})


CONTENU = ("elu", "nom", "civilite", "prenom", "commune", "groupe", "du", "fin", "fonction", "termine_le")
