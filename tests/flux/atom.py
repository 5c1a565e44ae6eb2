"""RFC 4287 read strictly: what a feed must have, may have, and nothing else."""

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

NS = "{http://www.w3.org/2005/Atom}"
ONCE = {"id", "title", "updated", "subtitle", "rights", "generator", "icon", "logo", "published", "summary", "content"}
FEED = {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title",
        "updated", "entry"}  # fmt: skip
ENTRY = {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary",
         "title", "updated"}  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def faults(content: bytes) -> list[str]:
    """What is wrong with this document; nothing when it is a valid feed."""
    root = ET.fromstring(content)
    if root.tag != f"{NS}feed":
        return [f"the root is {root.tag}"]
    found = _container(root, FEED)
    entries = root.findall(f"{NS}entry")
    if not root.findall(f"{NS}author") and not all(entry.findall(f"{NS}author") for entry in entries):
        found.append("no author")
    if not [link for link in root.findall(f"{NS}link") if link.get("rel") == "self"]:
        found.append("no link to itself")
    for entry in entries:
        found += _container(entry, ENTRY)
        alternate = [e for e in entry.findall(f"{NS}link") if e.get("rel", "alternate") == "alternate"]
        if not alternate and entry.find(f"{NS}content") is None:
            found.append("an entry with neither content nor page")
    ids = Counter(entry.findtext(f"{NS}id") for entry in entries)
    found += [f"id {name} used {n} times" for name, n in ids.items() if n > 1]
    updates = [str(entry.findtext(f"{NS}updated")) for entry in entries]
    if updates and root.findtext(f"{NS}updated") != max(updates):
        found.append("the feed was not updated with its latest entry")
    return found


def _container(parent: ET.Element, allowed: set[str]) -> list[str]:
    names = Counter(child.tag for child in parent)
    found = [f"{tag} does not belong in {parent.tag}" for tag in names if tag.removeprefix(NS) not in allowed]
    found += [
        f"{name} missing" for name in ("id", "title", "updated") if not (parent.findtext(f"{NS}{name}") or "").strip()
    ]
    found += [f"{name} {names[NS + name]} times" for name in ONCE if names[f"{NS}{name}"] > 1]
    found += [
        f"date {child.text}" for child in parent if child.tag in (f"{NS}updated", f"{NS}published") and not _date(child)
    ]
    identifier = urlsplit(parent.findtext(f"{NS}id") or "")
    if not identifier.scheme:
        found.append("an id that is no absolute IRI")
    for person in parent.findall(f"{NS}author"):
        if len(person.findall(f"{NS}name")) != 1:
            found.append("an author without a name")
    return found + _links(parent)


def _links(parent: ET.Element) -> list[str]:
    links = parent.findall(f"{NS}link")
    found = [f"link to {link.get('href')}" for link in links if not urlsplit(link.get("href", "")).netloc]
    alternates = Counter((e.get("type"), e.get("hreflang")) for e in links if e.get("rel", "alternate") == "alternate")
    found += [f"{n} alternates of {kind}" for kind, n in alternates.items() if n > 1]
    found += ["a category without a term" for each in parent.findall(f"{NS}category") if not each.get("term")]
    for content in parent.findall(f"{NS}content"):
        if content.get("type", "text") == "text" and len(content):
            found.append("children in a text")
    return found


def _date(element: ET.Element) -> bool:
    text = element.text or ""
    return bool(DATE.fullmatch(text)) and datetime.fromisoformat(text).tzinfo is not None
