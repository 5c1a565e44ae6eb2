"""What a PDF says when it is read back: its words, and whether it keeps what PDF/A-2a and PDF/UA-1 ask for."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


def texte(octets: bytes) -> str:
    """The words of every page, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages).split())


def defauts(octets: bytes) -> list[str]:
    """What would make a validator of PDF/A-2a refuse this file, as far as it can be seen without one."""
    reader = PdfReader(io.BytesIO(octets))
    root: Any = reader.trailer["/Root"]
    found = [] if octets.startswith(b"%PDF-1.7") else ["version"]
    found += [] if re.match(rb"%PDF-1\.7\r?\n%[\x80-\xff]{4}", octets) else ["binary comment"]
    found += _metadata(root, reader)
    found += _structure(root)
    found += [] if "/ID" in reader.trailer else ["no file identifier"]
    found += ["encrypted"] if "/Encrypt" in reader.trailer else []
    intents = root.get("/OutputIntents", [])
    profile = [i.get_object()["/DestOutputProfile"].get_object().get_data() for i in intents]
    found += [] if profile and all(data[36:40] == b"acsp" for data in profile) else ["no output intent"]
    found += [f"catalog has {name}" for name in ("/AA", "/OpenAction", "/JavaScript") if name in root]
    for page in reader.pages:
        found += _page(page)
    return found


def _metadata(root: Any, reader: PdfReader) -> list[str]:
    stream = root["/Metadata"].get_object()
    xmp = stream.get_data().decode()
    found = ["metadata are compressed"] if "/Filter" in stream else []
    for name, value in (("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        if not re.search(rf"<{name}>{value}</{name}>|{name}=\"{value}\"", xmp):
            found.append(f"{name} is not {value}")
    title = reader.metadata.title if reader.metadata else None
    if not title or title not in xmp:
        found.append("no title, or another one")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        found.append("the title is not displayed")
    return found


def _structure(root: Any) -> list[str]:
    found = [] if root.get("/MarkInfo", {}).get("/Marked") else ["not marked"]
    found += [] if str(root.get("/Lang", "")).startswith("fr") else ["no language"]
    kinds = {str(node["/S"]) for node in _nodes(root["/StructTreeRoot"].get_object()) if "/S" in node}
    found += [f"no {kind} in the tree" for kind in ("/Document", "/H1", "/P") if kind not in kinds]
    return found


def roles(octets: bytes) -> list[str]:
    """The roles of the structure tree, in order."""
    root: Any = PdfReader(io.BytesIO(octets)).trailer["/Root"]
    return [str(node["/S"]) for node in _nodes(root["/StructTreeRoot"].get_object()) if "/S" in node]


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(found, DictionaryObject):
            yield from _nodes(found)


def _page(page: Any) -> list[str]:
    """Fonts embedded and readable as text, no transparency, black only, no form, no script."""
    resources = page["/Resources"]
    found = []
    for font in resources.get("/Font", {}).values():
        whole = font.get_object()
        below = [f.get_object() for f in whole.get("/DescendantFonts", [whole])]
        embedded = [f["/FontDescriptor"].keys() & {"/FontFile", "/FontFile2", "/FontFile3"} for f in below]
        found += [] if all(embedded) else ["a font is not embedded"]
        found += [] if "/ToUnicode" in whole else ["a font cannot be read as text"]
    for state in resources.get("/ExtGState", {}).values():
        alpha = [state.get_object().get(name, 1) for name in ("/ca", "/CA")]
        found += ["transparency"] if min(map(float, alpha)) < 1 else []
    found += ["annotations"] if page.get("/Annots") else []
    found += ["a page has actions"] if "/AA" in page else []
    return found + _colours(page.get_contents().get_data().decode("latin-1"))


def _colours(content: str) -> list[str]:
    """Every colour that is set is black (or the white of nothing)."""
    wrong = []
    for values, operator in re.findall(r"((?:[\d.]+ )+)(rg|RG|g|G|scn|SCN|sc|SC|k|K)\b", content):
        numbers = {float(value) for value in values.split()}
        if operator in ("k", "K") or numbers != {0.0}:
            wrong.append(f"colour {values}{operator}")
    return wrong
