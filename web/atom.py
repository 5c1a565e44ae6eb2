"""Atom feeds (RFC 4287)."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import msgspec
from litestar import Response

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
NAMESPACE = UUID("5f0d5a1e-8a57-5c1b-9d59-6f6d6a0f8f3c")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

# What XML 1.0 cannot carry, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", ATOM)


class Entry(msgspec.Struct, frozen=True):
    """One entry. `index` is the leaf index of its event; `links` are (rel, address from the site's root)."""

    index: int
    title: str
    content: str
    updated: datetime
    links: Sequence[tuple[str, str]]
    category: str = ""


def identifier(origin: str, thing: str | int) -> str:
    """A name that never changes: that of the event at this index of this log, or of a feed of this log."""
    return f"urn:uuid:{uuid5(NAMESPACE, f'{origin}#{thing}')}"


def moment(at: datetime | None) -> str:
    """RFC 3339, UTC."""
    return (at or NEVER).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def feed(site: str, origin: str, path: str, page: str, title: str, entries: Iterable[Entry]) -> bytes:
    """The feed at `path`, about the page at `page` (both from the root of `site`), newest entry first."""
    found = list(entries)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fr"})
    _add(root, "id", identifier(origin, page))
    _add(root, "title", title)
    _add(root, "updated", moment(max((entry.updated for entry in found), default=NEVER)))
    _add(_add(root, "author"), "name", "Registre, Métropole de Lyon")
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=site + path)
    _add(root, "link", rel="alternate", type="text/html", href=site + page)
    _add(root, "link", rel="license", href=LICENCE)
    for entry in found:
        _add_entry(root, site, origin, entry)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add_entry(root: ET.Element, site: str, origin: str, entry: Entry) -> None:
    child = _add(root, "entry")
    _add(child, "id", identifier(origin, entry.index))
    _add(child, "title", entry.title)
    _add(child, "updated", moment(entry.updated))
    _add(child, "published", moment(entry.updated))
    for rel, href in entry.links:
        _add(child, "link", rel=rel, type="text/html", href=site + href)
    if entry.category:
        _add(child, "category", term=entry.category)
    _add(child, "content", entry.content, type="text")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        child.text = _FORBIDDEN.sub("", text)
    return child


def answer(content: bytes) -> Response[bytes]:
    """The feed as an answer."""
    return Response(content, media_type=MEDIA_TYPE)
