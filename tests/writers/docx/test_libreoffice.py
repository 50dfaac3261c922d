"""LibreOffice opens the book, saves it again with all that is in it, and lays it out as the tree says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from tests.writers.docx.package import Package, text_of, w

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None and not os.environ.get("CI"), reason="soffice is not on the PATH"),
]


def convert(folder: Path, content: bytes, to: str) -> bytes:
    assert SOFFICE, "soffice is not on the PATH"
    (folder / "in").mkdir()
    (folder / "in" / "book.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        str(folder / "in/book.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / f"book.{to}").read_bytes()


@pytest.fixture(scope="module")
def saved_again(written: Package, tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(convert(tmp_path_factory.mktemp("again"), written.content, "docx"))


@pytest.fixture(scope="module")
def printed(written: Package, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("pdf")
    convert(folder, written.content, "pdf")
    return [page.extract_text() for page in pypdf.PdfReader(folder / "book.pdf").pages]


def by_style(package: Package, pattern: str) -> list[str]:
    found = []
    names = package.style_names()
    for paragraph in package.body.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and re.fullmatch(pattern, names[style.get(w("val"), "")], re.IGNORECASE):
            found.append(text_of(paragraph).replace("\u2002", " "))
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        "heading [1-4]|(Sub)?judul Tanpa Nomor.*|Lampiran.*",
        "caption|Keterangan Gambar",
        "Body Text|Paragraf Pembuka|Sumber|Isian Paragraf|Hukum.*",
        "List .*|Daftar Huruf.*",
        "toc [123]|table of figures|Daftar Sumber",
        "Title|Subtitle|Sampul.*",
    ],
)
def test_paragraphs_survive(pattern: str, written: Package, saved_again: Package) -> None:
    before = by_style(written, pattern)
    assert before
    assert by_style(saved_again, pattern) == before


def test_cells_survive(written: Package, saved_again: Package) -> None:
    def cells(package: Package) -> list[str]:
        return [text_of(cell) for cell in package.body.iter(w("tc"))]

    assert cells(saved_again) == cells(written)


def test_anchors_survive(written: Package, saved_again: Package) -> None:
    def names(package: Package) -> set[str]:
        starts = package.document.iter(w("bookmarkStart"))
        return {name for start in starts if (name := start.get(w("name"), "")).startswith("_mp_")}

    assert names(written) <= names(saved_again)


def test_comments_survive(written: Package, saved_again: Package) -> None:
    def comments(package: Package) -> list[tuple[str | None, list[str]]]:
        nodes = package.xml("word/comments.xml")
        return sorted((node.get(w("author")), [text_of(paragraph) for paragraph in node]) for node in nodes)

    assert comments(saved_again) == comments(written)


def test_charts_survive(written: Package, saved_again: Package) -> None:
    def charts(package: Package) -> int:
        return len([name for name in package.parts if re.fullmatch(r"word/charts/chart\d+\.xml", name)])

    assert charts(saved_again) == charts(written) == 7


def test_the_numbers_on_paper_are_those_of_the_tree(printed: list[str]) -> None:
    text = " ".join(" ".join(printed).split())
    for label in (
        "BAB I Pendahuluan",
        "BAB II Rencana & aksi",
        "Lampiran B Rancangan",
        "Tabel 1.1 Tata kelola",
        "Gambar 1.8 Sebaran",
        "Gambar 2.1 Wilayah",
        "Bagan 2.1 Jadwal",
        "Tabel A.1 Isian",
    ):
        assert text.count(label) >= 2, label  # where it stands, and in its list


def test_no_page_is_empty_and_every_page_has_the_mark(printed: list[str]) -> None:
    for number, text in enumerate(printed, start=1):
        rest = text.replace("DATA CONTOH", "").replace("Masterplan Kota Cerdas – Kota Contoh", "").replace("Draf 1", "")
        # the figure's page has its caption and source, a chapter's page its title
        assert "DATA CONTOH" in text, number
        assert len(rest.strip()) > 15, number


def test_pages_are_numbered_roman_then_arabic(printed: list[str]) -> None:
    found = [match.group(1) for text in printed if (match := re.search(r"Draf 1\s+(\w+)", text))]
    assert found[:4] == ["i", "ii", "iii", "iv"]
    assert found[4:] == [str(number) for number in range(1, len(found) - 3)]
