"""What a person searches: words and filters, read from the address; the query that finds it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, LiteralString
from urllib.parse import urlencode

import msgspec

from projections.recherche import fold
from web.propositions.listes import RETARD

PAR_PAGE = 50
DERNIERE = 2_000  # pages; further than anyone reads, and an offset costs
LONGUEUR = 200
GENRES = {
    "proposition": "Propositions",
    "budget": "Budgets participatifs",
    "projet": "Projets des collèges",
    "idee": "Idées des élèves",
    "saisine": "Avis et saisines",
    "college": "Collèges",
    "instance": "Instances",
    "commune": "Communes",
    "regle": "Règles",
}


class Recherche(msgspec.Struct, frozen=True, kw_only=True):
    """The words as typed, and the filters ("" when not asked)."""

    q: str = ""
    type: str = ""
    instance: str = ""
    commune: str = ""
    etat: str = ""
    retard: str = ""
    page: int = 1

    @property
    def words(self) -> str:
        """The words as the index has them: quotes make a phrase, a dash before a word excludes it."""
        folded = fold(self.q.replace("’", "'").replace("«", '"').replace("»", '"'), kept='"-')
        return " ".join(word if word.startswith("-") else word.replace("-", " ") for word in folded.split())

    @property
    def filters(self) -> dict[str, str]:
        """The filters that were asked for."""
        found = {name: getattr(self, name) for name in ("type", "instance", "commune", "etat", "retard")}
        return {name: value for name, value in found.items() if value}

    @property
    def empty(self) -> bool:
        """Nothing was asked."""
        return not self.words and not self.filters

    def address(self, path: str = "/recherche", **changes: str | int) -> str:
        """The address of this search, with these changes; page 1 is not written."""
        asked: dict[str, str | int] = {"q": self.q, "page": self.page}
        asked |= self.filters
        asked |= changes
        shown = {name: value for name, value in asked.items() if value not in ("", None, 1, "1")}
        return f"{path}?{urlencode(shown)}" if shown else path


def read(query: Mapping[str, str]) -> Recherche:
    """The search in an address: control signs dropped, cut at 200 signs, a page that is no number is the first."""
    given = {name: "".join(c for c in query.get(name, "") if c.isprintable()).strip()[:LONGUEUR] for name in
             ("q", "type", "instance", "commune", "etat", "retard")}  # fmt: skip
    page = query.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Recherche(**given, page=min(max(number, 1), DERNIERE))


COLUMNS: LiteralString = f"""d.cle, d.genre, d.reference, d.titre, d.theme, d.reponse, d.noms, d.position,
    d.publie AND NOT d.efface, p.etat, p.deposee_le, p.instance, {RETARD}, trouve.total"""

PROPOSITION: LiteralString = "JOIN propositions p ON d.genre = 'proposition' AND p.reference = d.reference"
CONDITIONS: dict[str, LiteralString] = {
    "type": "d.genre = %s",
    "instance": "p.instance = %s",
    "commune": "p.territoire = %s",
    "etat": "p.etat = %s",
}


def query(asked: Recherche, day: date, newest: bool = False) -> tuple[LiteralString, list[Any]]:
    """The SQL of one page of results, and its parameters. `newest`: by age (feeds) rather than by rank."""
    source: LiteralString = "recherche_mots m"
    values: list[Any] = []
    conditions: list[LiteralString] = ["true"]
    rank: LiteralString = "0"
    if asked.filters:
        source += " JOIN recherche d USING (cle)"
    if set(asked.filters) - {"type"}:
        source += f" {PROPOSITION}"
    if asked.words:
        source += ", websearch_to_tsquery('french', %s) q"
        values.append(asked.words)
        conditions.append("m.vecteur @@ q.q")
        rank = "0" if newest else "ts_rank(m.vecteur, q.q)"
    if asked.retard:
        conditions.append(RETARD)
        values += [day, day]
    chosen = [name for name in CONDITIONS if name in asked.filters]
    conditions += [CONDITIONS[name] for name in chosen]
    values += [asked.filters[name] for name in chosen]
    where: LiteralString = " AND ".join(conditions)
    # Every part is a literal of this file; what people typed goes in parameters only.
    limits: LiteralString = f"ORDER BY rang DESC, m.position DESC LIMIT {PAR_PAGE} OFFSET %s"
    found: LiteralString = f"SELECT m.cle, {rank} AS rang, count(*) OVER () AS total FROM {source}"  # noqa: S608
    shown: LiteralString = f"SELECT {COLUMNS} FROM trouve JOIN recherche d USING (cle) LEFT {PROPOSITION}"  # noqa: S608
    text: LiteralString = (
        f"WITH trouve AS ({found} WHERE {where} {limits}) {shown} ORDER BY trouve.rang DESC, d.position DESC"
    )
    return text, [*values, PAR_PAGE * (asked.page - 1), day, day]
