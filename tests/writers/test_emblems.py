"""The emblem in every format: what can be shown is seen on the cover, the rest is a frame and not a broken book."""

from __future__ import annotations

import dataclasses
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pdfua import Severity, validate
from PIL import Image
from pypdf import PdfReader

from generator.model.document import Document
from generator.writers import docx, pdf
from tests.writers.docx.conftest import lay
from tests.writers.docx.package import Package
from tests.writers.pdf.conftest import ENGINES
from tests.writers.pdf.reading import needs_poppler
from tests.writers.sample_document import sample_document


def saved(image: Image.Image, form: str, **options: int) -> bytes:
    stream = BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


RED = (220, 30, 30)
SHOWN = {
    "lambang.png": saved(Image.new("RGB", (200, 240), RED), "PNG"),
    "tembus.png": saved(Image.new("RGBA", (200, 240), (*RED, 255)), "PNG"),
    "lambang.jpg": saved(Image.new("RGB", (200, 240), RED), "JPEG"),
    "cetak.jpg": saved(Image.new("CMYK", (200, 240), (0, 220, 220, 20)), "JPEG"),
    "besar.png": saved(Image.new("RGB", (7000, 8600), RED), "PNG", compress_level=1),
    "lambang.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 24"><rect width="20" height="24" '
    b'fill="#dc1e1e"/></svg>',
}
BROKEN = {
    "kosong.png": b"",
    "terpotong.jpg": SHOWN["lambang.jpg"][:300],
    "bukan.png": b"<html>bukan gambar</html>",
    "rusak.svg": b"<svg><rect",
}


def book(name: str) -> Document:
    return dataclasses.replace(sample_document(emblem=name), front=(), body=(), sources=())


def printed(engine: str, name: str, content: bytes, folder: Path) -> bytes:
    if engine == "weasyprint" and pdf.missing_library():
        pytest.skip(f"WeasyPrint lacks {pdf.missing_library()}")
    (lay(folder) / name).write_bytes(content)
    return ENGINES[engine](book(name), folder).data


def reds(image: Image.Image) -> float:
    """Return how much of a picture is red, 0 to 1."""
    small = image.convert("RGB").resize((120, 170))
    flat = small.tobytes()
    pixels = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    return sum(red > 150 and green < 90 and blue < 90 for red, green, blue in pixels) / (120 * 170)


@needs_poppler
@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("name", SHOWN)
def test_a_sound_emblem_is_seen_on_the_printed_cover(name: str, engine: str, tmp_path: Path) -> None:
    data = printed(engine, name, SHOWN[name], tmp_path)
    (tmp_path / "x.pdf").write_bytes(data)
    assert [fault for fault in validate(str(tmp_path / "x.pdf")).findings if fault.severity is not Severity.INFO] == []
    assert "belum tersedia" not in PdfReader(BytesIO(data)).pages[0].extract_text()
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", "-png", "-"]
    page = Image.open(BytesIO(subprocess.run(command, input=data, capture_output=True, check=True).stdout))
    assert 0.005 < reds(page) < 0.2
    assert len(data) < 2_000_000
    assert b"/DeviceCMYK" not in data, "PDF/A takes inks only with a profile"


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_emblem_leaves_a_frame_on_the_printed_cover(name: str, engine: str, tmp_path: Path) -> None:
    data = printed(engine, name, BROKEN[name], tmp_path)
    assert "belum tersedia" in PdfReader(BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize("name", SHOWN)
def test_a_sound_emblem_is_in_the_word_file(name: str, tmp_path: Path) -> None:
    (lay(tmp_path) / name).write_bytes(SHOWN[name])
    package = Package(docx.write(book(name), tmp_path))
    assert package.errors() == []
    assert package.texts("Sampul Bingkai") == []
    pixels = [data for part, data in package.parts.items() if part.startswith("word/media/") and ".svg" not in part]
    assert len(pixels) == 1
    image = Image.open(BytesIO(pixels[0]))
    assert image.mode in ("RGB", "RGBA")
    assert image.width <= 1200
    assert reds(image) > 0.9
    assert any(part.endswith(".svg") for part in package.parts) == name.endswith(".svg")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_emblem_leaves_a_frame_in_the_word_file(name: str, tmp_path: Path) -> None:
    (lay(tmp_path) / name).write_bytes(BROKEN[name])
    package = Package(docx.write(book(name), tmp_path))
    assert package.errors() == []
    (frame,) = package.texts("Sampul Bingkai")
    assert frame == "[Isi: Lambang daerah]"
    assert name in package.parts["word/comments.xml"].decode("utf-8")
