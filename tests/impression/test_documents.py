"""Every printable: tagged, in French, with a title, its format, its marks; QR codes decodable; many projects fit."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.impression.echantillon import PROJETS, donnees
from web.impression.compiler import FOLDER, compile_images, compile_pdf

MOMENT = datetime(2027, 3, 1, tzinfo=UTC)
A4, A3 = {210, 297}, {297, 420}
PV: dict[str, Any] = {
    "paragraphes": ["Le bureau a ouvert le lundi 8 mars 2027."],
    "comptes": [{"nom": "Billets créés", "nombre": "560"}],
    "controles": [{"phrase": "Remis = utilisés + échangés", "valeurs": "540 = 412 + 128", "juste": "Oui"}],
    "incidents": ["Panne de réseau."],
    "gagnants": ["Un potager"],
    "empreintes": [{"nom": "Bulletins", "empreinte": "ab" * 32}],
}
CLE: dict[str, Any] = {
    "cle": "Clé du bureau de vote",
    "lignes": ["  ".join(f"{n}:K7MF3" for n in range(1, 8))] * 2,
    "qr": "-".join(["K7MF3"] * 14),
}
DOCUMENTS: dict[str, tuple[dict[str, Any], set[int], int, str]] = {
    "affiche": ({}, A3, 1, "Les règles"),
    "resultats": ({}, A3, 1, "Vous avez choisi"),
    "etiquette": ({}, A4, 1, "URNE"),
    "classes": ({}, A4, 2, "jamais de noms"),
    "assesseurs": ({}, A4, 1, "Assesseur ou assesseuse"),
    "a_vote": ({}, A4, 1, "A voté"),
    "cle": (CLE, A4, 2, "Exemplaire 2 sur 2"),
    "pv_vierge": ({}, A4, 1, "A = B + C + D + E"),
    "pv": (PV, A4, 1, "Les contrôles"),
}


def test_every_template_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.typ")} == {*DOCUMENTS, "gabarit", "billets"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_tagged_french_and_whole(name: str) -> None:
    others, size, pages, words = DOCUMENTS[name]
    reader = PdfReader(io.BytesIO(compile_pdf(name, donnees(**others), MOMENT)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and str(root["/Lang"]).startswith("fr")
    assert reader.metadata is not None and reader.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data() and b"pdfaid" in root["/Metadata"].get_data()
    assert {round(float(x) / 72 * 25.4) for x in reader.pages[0].mediabox[2:]} == size
    assert len(reader.pages) == pages
    assert words in " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_a_rehearsal_says_so(name: str) -> None:
    others = DOCUMENTS[name][0]
    real, rehearsal = (compile_images(name, donnees(essai, **others), 40) for essai in (False, True))
    assert len(real) == len(rehearsal) and all(a != b for a, b in zip(real, rehearsal, strict=True))


def test_a_poster_of_twenty_projects_is_one_page() -> None:
    twenty = (PROJETS * 3)[:20]
    given: list[tuple[str, dict[str, Any]]] = [("affiche", {"projets": twenty})]
    given.append(("resultats", {"gagnants": twenty[:6], "autres": twenty[6:]}))
    for name, others in given:
        assert len(PdfReader(io.BytesIO(compile_pdf(name, donnees(**others), MOMENT))).pages) == 1


@pytest.mark.parametrize(("name", "said"), [("affiche", donnees()["qr"]), ("cle", CLE["qr"])])
def test_codes_are_read_at_150_dpi(name: str, said: str) -> None:
    page = compile_images(name, donnees(**DOCUMENTS[name][0]), 150)[0]
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L"))
    assert code.text == said


def test_words_with_markup_stay_words() -> None:
    odd = "#sys *gras* $x$ _a_ \\ <b> @"
    text = PdfReader(io.BytesIO(compile_pdf("etiquette", donnees(titre=odd), MOMENT))).pages[0].extract_text()
    assert odd in " ".join(text.split())
