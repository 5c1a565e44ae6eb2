"""The results of a search, ready to be shown: a title, a state, and why each was found."""

from datetime import date
from typing import Any

import msgspec

from domain.law import Regle
from domain.ledger import store
from domain.propositions.regles import THEMES
from projections.recherche import fold
from web.argent.lecture import une_fois
from web.pages import date_longue
from web.propositions.mots import ETATS
from web.recherche.pourquoi import matching_words, near, why
from web.recherche.requete import PAR_PAGE, Recherche, query
from web.regles.livre import book
from web.services import Services
from web.territoire.communes import slug

LIENS = {
    "proposition": "/dossiers/",
    "budget": "/dossiers/",
    "projet": "/dossiers/",
    "idee": "/dossiers/",
    "saisine": "/dossiers/",
    "college": "/colleges/",
    "instance": "/instances/",
    "commune": "/communes/",
}
MOTS = {
    "proposition": "Proposition",
    "budget": "Budget participatif",
    "projet": "Projet d’un collège",
    "idee": "Idée d’élève",
    "saisine": "Saisine ou avis",
    "college": "Collège",
    "instance": "Instance",
    "commune": "Commune",
}
FINIS = ("repondue", "restituee", "close")

REGLES_TROUVEES = """SELECT id FROM unnest(%s::text[], %s::text[]) AS r (id, mots)
    WHERE to_tsvector('french', mots) @@ websearch_to_tsquery('french', %s)"""
LEXEMES = """SELECT id, tsvector_to_array(to_tsvector('french', mots))
    FROM unnest(%s::text[], %s::text[]) AS r (id, mots)"""
VOISINS = """SELECT d.titre || ' ' || d.noms FROM recherche_mots m JOIN recherche d USING (cle)
    WHERE m.vecteur @@ to_tsquery('simple', %s) LIMIT 300"""


class Resultat(msgspec.Struct, kw_only=True):
    """One thing found. `sorte` and `mot` are those of the component `etat`; `index` the leaf of its first event."""

    genre: str
    reference: str
    titre: str
    lien: str
    sorte: str
    mot: str
    index: int
    deposee_le: date | None = None
    pourquoi: str = ""

    @property
    def date(self) -> str:
        """« déposée le mardi 3 mars 2026 », or nothing."""
        return f"déposée le {date_longue(self.deposee_le)}" if self.deposee_le else ""


async def find(services: Services, asked: Recherche, day: date, newest: bool = False) -> tuple[list[Resultat], int]:
    """One page of results and how many there are in all; nothing for an empty search, or for one about rules."""
    if asked.empty or asked.type == "regle":
        return [], 0
    rows = await services.fetch(*query(asked, day, newest))
    fields = await _fields(services, rows)
    matching = await matching_words(services, asked.words, fields) if asked.words else frozenset()
    found = [_result(row, why(shown, matching)) for row, shown in zip(rows, fields, strict=True)]
    return found, rows[0][-1] if rows else 0


async def _fields(services: Services, rows: list[tuple[Any, ...]]) -> list[dict[str, str]]:
    """What of each document everyone may read, by the name of its field; published texts are opened now."""
    readable = [row[7] for row in rows if row[8]]
    texts: dict[int, dict[str, Any]] = {}
    if readable:
        async with services.pool.connection() as connection:
            texts = await store.reveal(connection, services.vault, readable)
    return [
        {
            "le titre": row[3],
            "le texte": (texts.get(row[7], {}).get("texte") or "") if row[8] else "",
            "la réponse": row[5],
            "le thème": str(THEMES.parametres.get(row[4], row[4])),
            "le numéro": row[2],
            "un autre nom": row[6],
        }
        for row in rows
    ]


def _result(row: tuple[Any, ...], pourquoi: str) -> Resultat:
    _, genre, reference, titre, _, _, _, position, _, etat, deposee_le, _, late, _ = row
    sorte, mot = _state(genre, etat, bool(late))
    return Resultat(
        genre=MOTS[genre],
        reference=reference,
        titre=titre or "Proposition que l’équipe n’a pas encore lue",
        lien=LIENS[genre] + (slug(titre) if genre == "commune" else reference),
        sorte=sorte,
        mot=mot,
        index=position - 1,
        deposee_le=deposee_le,
        pourquoi=pourquoi,
    )


def _state(genre: str, etat: str | None, late: bool) -> tuple[str, str]:
    if etat is None:
        return "sans-objet", MOTS[genre]
    label = ETATS.get(etat, etat)
    if late:
        return "en-retard", f"En retard · {label}"
    if etat == "retiree":
        return "retire", label
    return ("fait" if etat in FINIS else "en-cours"), label


async def find_rules(services: Services, asked: Recherche) -> list[dict[str, str]]:
    """The rules that hold the words of this search."""
    if not asked.words or asked.page > 1 or asked.type not in ("", "regle") or set(asked.filters) - {"type"}:
        return []
    found = await _rules(services, asked.words)
    return [{"id": r.id, "titre": r.titre, "source": r.source} for r in book().values() if r.id in found]


async def _rules(services: Services, words: str) -> set[str]:
    """Ids of the rules that hold all these words; phrases, exclusions and « or » are left to the database."""
    if '"' in words or "-" in words or " or " in words:
        texts = [_texte(r) for r in book().values()]
        return {name for (name,) in await services.fetch(REGLES_TROUVEES, (list(book()), texts, words))}
    [(_, wanted)] = await services.fetch(LEXEMES, (["q"], [words]))
    known = await une_fois(services, "mots des règles", _lexemes)
    return {name for name, held in known.items() if held.issuperset(wanted)} if wanted else set()


async def _lexemes(services: Services) -> dict[str, set[str]]:
    """The words of each rule, by their stems."""
    texts = [_texte(r) for r in book().values()]
    return {name: set(found) for name, found in await services.fetch(LEXEMES, (list(book()), texts))}


def _texte(r: Regle) -> str:
    return fold(f"{r.titre} {r.texte} {r.source} {r.citation} {r.id}")


async def suggestions(services: Services, asked: Recherche) -> list[tuple[str, str]]:
    """(words, address) of searches that may find something, when this one found nothing."""
    proposed: list[tuple[str, str]] = []
    words = [word for word in asked.words.replace('"', "").split() if not word.startswith("-")]
    starts = " | ".join(f"{word[:3]}:*" for word in words if len(word) > 3 and word.isalnum())
    if starts:
        titles = await services.fetch(VOISINS, (starts,))
        if closest := near(words, " ".join(title for (title,) in titles).split()):
            proposed.append((" ".join(closest), asked.address(q=" ".join(closest), page=1)))
    if asked.filters and words:
        proposed.append((f"{asked.q}, sans filtre", Recherche(q=asked.q).address()))
    if len(words) > 1:
        proposed += [(word, asked.address(q=word, page=1)) for word in sorted(words, key=len, reverse=True)[:2]]
    return proposed


def pages(total: int) -> int:
    """How many pages these results make."""
    return -(-total // PAR_PAGE)
