"""Why a document was found: the field that holds the words of the search, and a few words around the first one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from projections.recherche import fold
from web.services import Services

AUTOUR = 60  # signs shown on each side

MATCHING = """SELECT mot FROM unnest(%s::text[]) AS mot
    WHERE ts_lexize('french_stem', mot) && tsvector_to_array(to_tsvector('french', %s))"""

_WORD = re.compile(r"\w+")

Champs = Mapping[str, str]


async def matching_words(services: Services, words: str, documents: Iterable[Champs]) -> frozenset[str]:
    """Which words of these documents, folded, are words of the search (same stem)."""
    found = {fold(word) for fields in documents for text in fields.values() for word in _WORD.findall(text)}
    rows = await services.fetch(MATCHING, (sorted(found), words))
    return frozenset(word for (word,) in rows)


def why(fields: Champs, matching: frozenset[str]) -> str:
    """« trouvé dans le texte : « … un banc devant… » », or nothing. `fields`: name of the field → its text."""
    for name, text in fields.items():
        for word in _WORD.finditer(text):
            if fold(word[0]) in matching:
                return f"trouvé dans {name} : « {around(text, word.start(), word.end())} »"
    return ""


def around(text: str, start: int, end: int) -> str:
    """The text around a word, cut between words."""
    left, right = max(0, start - AUTOUR), min(len(text), end + AUTOUR)
    if left:
        left = text.find(" ", left, start) + 1 or start
    if right < len(text):
        right = text.rfind(" ", end, right)
        right = end if right < 0 else right
    shown = " ".join(text[left:right].split())
    return f"{'… ' if left else ''}{shown}{' …' if right < len(text) else ''}"


def near(words: Sequence[str], known: Sequence[str]) -> list[str]:
    """The search with each word replaced by the nearest known word; nothing when no word has a neighbour."""
    by_fold = {fold(word): word for word in known}
    nearest = [get_close_matches(word, by_fold, n=1, cutoff=0.7) for word in words]
    if not any(nearest):
        return []
    return [by_fold[match[0]] if match else word for word, match in zip(words, nearest, strict=True)]
