"""A linter of rendered pages: French typography, short sentences, acronyms that are explained. Faults as lists."""

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

from web.sigles import SIGLES

NBSP = "\u00a0"
NOT_PROSE = {"script", "style", "code", "pre", "kbd", "svg", "textarea", "input", "select", "title"}
BLOCKS = {
    "p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "label", "legend", "button", "summary", "caption", "td", "th",
    "figcaption", "a", "div", "section", "main", "header", "footer", "nav", "address", "blockquote", "form", "fieldset",
}  # fmt: skip
SENTENCES_IN = {"p", "li", "dd"}
OWN_WORDS = {"parole"}  # what a person wrote is hers, faults included

# Names of formats, of norms and of programs: they are their own names.
TECHNICAL = {
    "JSON", "NDJSON", "CSV", "HTML", "CSS", "SVG", "UTF", "RFC", "SHA", "HTTP", "API", "QR", "URI", "URL", "C2SP",
    "NVDA", "TSA", "CTES", "IJCAI", "JPEG", "PNG", "CEDEX", "PDF", "TTL",
}  # fmt: skip
# Addresses, hours of machines, names of functions, pages of the sources (D:470).
NOT_WORDS = re.compile(
    r"https?://\S*|\S+@\S+|\d{4}-\d\d-\d\dT\S+|\b\d+:\d\d\b|\b[a-z_]+:[a-z_-]+\b|\b[A-D]:\d+|\?\w+=\S*|/[\w/:.{}-]+"
)
NAMES = {"COMET", "MM"}  # « COMET Jeunes » is a name: the sources give it no longer form


def _tag(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _left_out(element: Element) -> bool:
    return _tag(element) in NOT_PROSE or bool(OWN_WORDS & set(element.attrib.get("class", "").split()))


def _prose(element: Element) -> Iterator[str]:
    """The text of an element, without code, drawings, fields and people's own words."""
    if _left_out(element):
        yield " § "
        return
    yield element.text or ""
    for child in element:
        if _tag(child) in BLOCKS:
            yield "\n"
        yield from _prose(child)
        if _tag(child) in BLOCKS or _tag(child) == "br":
            yield "\n"
        yield child.tail or ""


@lru_cache(2)  # each check reads the same page
def parse(text: str) -> Element:
    """The page (or the fragment)."""
    root: Element = html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)
    return root


def lines(root: Element, tag: str = "body") -> list[str]:
    """The visible lines of the page, spaces kept as they are."""
    return [line.strip(" \t") for part in root.iter(tag) for line in "".join(_prose(part)).split("\n") if line.strip()]


def typography_faults(text: str) -> list[str]:
    """Spaces before ; : ! ? » and after «, no narrow space, no straight quotes."""
    found = []
    for line in lines(parse(text)):
        line = NOT_WORDS.sub("§", line)
        wrong = [*re.finditer(r"(?:[ \t]|(?<=[^\s\u00a0(«“]))[;:!?»]", line), *re.finditer(r"«(?!\u00a0)", line)]
        found += [f"space: {line[max(0, m.start() - 25) : m.end() + 15]!r}" for m in wrong]
        if '"' in line:
            found.append(f"straight quotes: {line[:80]!r}")
    if "\u202f" in text or "&#8239;" in text:
        found.append("U+202F")
    return found


def sentences(root: Element) -> list[str]:
    """The sentences of paragraphs and lists; titles, labels and buttons are none."""
    found = []
    for part in root.iter("main"):
        for block in part.iter():
            if (
                _tag(block) in SENTENCES_IN
                and not _left_out(block)
                and not any(_tag(c) in BLOCKS - {"a"} for c in block)
            ):
                text = re.sub(r"\s+", " ", "".join(_prose(block)).replace("\n", " ")).strip()
                found += [s for s in re.split(r"(?<=[.!?…])\s+(?=[A-ZÀÉÊÎÔ«0-9])|\s§\s", text) if s]
    return found


def words(sentence: str) -> int:
    """How many words, as people count them."""
    return len([word for word in sentence.split() if re.search(r"\w", word)])


def sentence_faults(text: str, longest: int = 25, mean: float = 15) -> list[str]:
    """Sentences that are too long, and a mean that is."""
    counted = [(words(sentence), sentence) for sentence in sentences(parse(text))]
    counted = [(count, sentence) for count, sentence in counted if count >= 3]
    found = [f"{count} words: {sentence}" for count, sentence in counted if count > longest]
    average = sum(count for count, _ in counted) / max(1, len(counted))
    return found + ([f"{average:.1f} words a sentence"] if average > mean else [])


def acronym_faults(text: str) -> list[str]:
    """Acronyms that the page explains nowhere: neither <abbr title>, nor in full."""
    root = parse(text)
    explained = {"".join(e.itertext()).strip() for e in root.iter("abbr") if e.attrib.get("title")}
    whole = "\n".join(lines(root)).replace("'", "’").lower()
    seen = set()
    for line in lines(root):
        line = re.sub(r"\b[A-Z]{2,}-\d{4}-\d{3,4}\b|https?://\S+|\b[0-9a-f]{4,}\b", "", line)
        seen |= set(re.findall(r"(?<![\w-])[A-ZÀÉ][A-ZÀÉ0-9]+(?![\w-])", line))
    unknown = {a for a in seen - explained - TECHNICAL - NAMES if re.search(r"[A-Z].*[A-Z]", a)}
    return sorted(f"acronym {a}" for a in unknown if SIGLES.get(a, "\0").lower() not in whole)
