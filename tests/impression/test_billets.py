"""Slips: eight to a sheet, each code readable by a camera at 150 dpi, large enough, nothing kept on disk."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.impression.echantillon import billets, codes
from web.impression import compiler
from web.impression.compiler import ImpressionImpossible, compile_images, compile_pdf, pdf

DPI = 150
MOMENT = datetime(2027, 3, 1, tzinfo=UTC)


def seen(png: bytes, blur: int = 0) -> list[zxingcpp.Barcode]:
    """QR codes of an image, in reading order."""
    image = Image.open(io.BytesIO(png)).convert("L")
    found = zxingcpp.read_barcodes(image)
    return sorted(found, key=lambda code: (round(code.position.top_left.y / 50), code.position.top_left.x))


def side_mm(code: zxingcpp.Barcode) -> float:
    """Side of the drawing, without its quiet zone."""
    return abs(code.position.top_right.x - code.position.top_left.x) * 25.4 / DPI


@pytest.mark.parametrize("site", ["https://registre.example", "http://a.fr", "https://registre.grandlyon.example:8443"])
@pytest.mark.parametrize("essai", [False, True])
def test_every_slip_is_decoded_from_its_image_at_150_dpi(site: str, essai: bool) -> None:
    pages = compile_images("billets", billets(10, essai, site), DPI)
    assert len(pages) == 2
    found = [code for page in pages for code in seen(page)]
    assert [code.text for code in found] == [f"{site}/v/{code}" for code in codes(10)]
    assert all(side_mm(code) >= 29.9 for code in found), [side_mm(code) for code in found]
    assert {code.ec_level for code in found} == {"Q"}


def test_a_slip_says_what_it_must() -> None:
    page = PdfReader(io.BytesIO(compile_pdf("billets", billets(8), MOMENT))).pages[0]
    text = " ".join(page.extract_text().split())
    for words in ("Ce billet ne dit pas qui tu es.", "Mon numéro de vérification", "Collège des Deux-Rives",
                  "lundi 8 mars 2027", "registre.example/vote"):  # fmt: skip
        assert text.count(words) == 8, words
    for code in codes(8):
        assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in text
    assert [round(float(x) / 72 * 25.4) for x in page.mediabox[2:]] == [210, 297]


def test_enlarged_slips_come_first_two_to_a_sheet() -> None:
    made = billets(11, site="https://registre.grandlyon.example:8443")
    made |= {"grands": made["billets"][:3], "billets": made["billets"][3:]}
    pages = [seen(page) for page in compile_images("billets", made, DPI)]
    assert [len(page) for page in pages] == [2, 1, 8]
    assert [code.text[-12:] for page in pages for code in page] == codes(11)
    assert all(side_mm(code) >= 45 for page in pages[:2] for code in page)
    alone = made | {"billets": []}
    assert len(PdfReader(io.BytesIO(compile_pdf("billets", alone, MOMENT))).pages) == 2


def test_a_rehearsal_is_marked_and_a_real_slip_is_not() -> None:
    real, rehearsal = (compile_images("billets", billets(8, essai), 50)[0] for essai in (False, True))
    assert real != rehearsal
    grey = [Image.open(io.BytesIO(png)).convert("L").tobytes().count(205) for png in (real, rehearsal)]
    assert grey[1] > grey[0] + 1000, grey


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not there: the images of typst are tested")
def test_the_pdf_itself_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "billets.pdf").write_bytes(compile_pdf("billets", billets(8), MOMENT))
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "billets.pdf", "page"], cwd=tmp_path, check=True)
    [page] = tmp_path.glob("page*.png")
    assert [code.text[-12:] for code in seen(page.read_bytes())] == codes(8)


async def test_the_process_that_prints_leaves_nothing_and_says_when_it_cannot() -> None:
    made = await pdf("billets", billets(8), MOMENT)
    assert made == compile_pdf("billets", billets(8), MOMENT)
    with pytest.raises(ImpressionImpossible) as refused:
        await pdf("billets", {"billets": "K7MF"}, MOMENT)
    assert "K7MF" not in str(refused.value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiler, "SECONDS", 0.01)
        with pytest.raises(TimeoutError):
            await pdf("billets", billets(8), MOMENT)
