"""Medan, really built: the DOCX is opened again and the text of the PDF is read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Docx
from lxml import etree
from pypdf import PdfReader

from generator.storage import file_hash

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("medan")]

BOOKS = ("Buku-1-Analisis-Strategis", "Buku-2-Masterplan", "Buku-3-Ringkasan-Eksekutif")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHAPTERS = {
    BOOKS[0]: [
        "Pendahuluan",
        "Profil Daerah",
        "Analisis Masa Depan",
        "Analisis Kesiapan",
        "Analisis Kesenjangan",
        "Analisis SWOT",
        "Analisis Visi Smart City",
        "Mutu Data dan Daftar Periksa",
    ],
    BOOKS[1]: [
        "Strategi per Dimensi",
        "Rencana Aksi",
        "Peta Jalan",
        "Quick Win",
        "Peta Jalan Pendampingan",
        "Pembiayaan",
        "Monitoring dan Evaluasi",
        "Penutup",
        "Formulir Survei",
        "Matriks Keterlacakan",
    ],
    BOOKS[2]: ["Kesiapan", "Kesenjangan", "Strategi", "Peta Jalan", "Pembiayaan", "Quick Win"],
}


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", ""))


@pytest.fixture(scope="module")
def readers(medan: Path) -> Mapping[str, PdfReader]:
    return {name: PdfReader(medan / f"{name}.pdf") for name in BOOKS}


@pytest.fixture(scope="module")
def pages(readers: Mapping[str, PdfReader]) -> Mapping[str, list[str]]:
    return {name: [flat(page.extract_text()) for page in reader.pages] for name, reader in readers.items()}


@pytest.fixture(scope="module")
def books(medan: Path) -> Mapping[str, Docx]:
    return {name: docx.Document(str(medan / f"{name}.docx")) for name in BOOKS}


# --- the set ---------------------------------------------------------------------------------------------------------


def test_the_three_books_and_the_manifest_are_there(medan: Path, manifest: Mapping[str, Any]) -> None:
    wanted = {f"{name}.{kind}" for name in BOOKS for kind in ("docx", "pdf")}
    assert wanted <= set(manifest["outputs"])
    assert {name: entry["sha256"] for name, entry in manifest["outputs"].items()} == {
        name: file_hash(medan / name) for name in manifest["outputs"]
    }
    assert {"cities/kota-medan/city.yaml", "cities/kota-medan/assessment.yaml"} <= set(manifest["inputs"])


def test_the_books_have_at_least_ninety_pages_that_speak_of_medan(pages: Mapping[str, list[str]]) -> None:
    every = [page for book in pages.values() for page in book]
    assert len(every) >= 90
    assert sum("Medan" in page for page in every) / len(every) > 0.9
    text = [page.replace("Kota Medan", "", 1) for page in every]
    assert sum("Medan" in page for page in text) / len(text) > 0.5


# --- PDF -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
def test_every_page_of_a_book_on_sample_data_says_so(pages: Mapping[str, list[str]], name: str) -> None:
    unmarked = [index for index, page in enumerate(pages[name], 1) if "DATACONTOH" not in page.replace(" ", "")]
    assert unmarked == []


@pytest.mark.parametrize("name", BOOKS)
def test_the_pdf_has_title_language_and_bookmarks(readers: Mapping[str, PdfReader], name: str) -> None:
    reader = readers[name]
    assert reader.metadata is not None
    assert "Kota Medan" in str(reader.metadata.title)
    root: Any = reader.trailer["/Root"]
    assert str(root["/Lang"]).lower().startswith("id")
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    for chapter in CHAPTERS[name]:
        assert any(chapter in title for title in titles), f"{chapter} is not in {titles}"


@pytest.mark.parametrize("name", BOOKS)
def test_every_chapter_stands_in_the_text(pages: Mapping[str, list[str]], name: str) -> None:
    text = " ".join(pages[name])
    assert [chapter for chapter in CHAPTERS[name] if chapter not in text] == []


@pytest.mark.parametrize("name", BOOKS)
def test_no_trace_of_the_machinery_reaches_a_page(pages: Mapping[str, list[str]], name: str) -> None:
    text = " ".join(pages[name])
    for trace in ("{{", "{%", "{:", "!!!", "**", "None", "undefined", "bagian terkait", "\ufffd", "\ue000"):
        assert trace not in text, text[max(0, text.find(trace) - 80) : text.find(trace) + 80]
    assert re.findall(r"\b(?:prg|fig|tbl)-[a-z-]+|(?<![\w.])True\b|(?<![\w.])False\b", text) == []


def test_pages_are_numbered(pages: Mapping[str, list[str]]) -> None:
    body = pages[BOOKS[0]]
    assert sum(bool(re.search(r"\b\d{1,3}\b", page)) for page in body) > 0.8 * len(body)


# --- DOCX ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
def test_headings_are_real_and_in_order(books: Mapping[str, Docx], name: str) -> None:
    styles = [
        (paragraph.style.name, paragraph.text)
        for paragraph in books[name].paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith("Heading")
    ]
    tops = [text for style, text in styles if style == "Heading 1"]
    assert [chapter for chapter in CHAPTERS[name] if not any(chapter in text for text in tops)] == [
        chapter for chapter in CHAPTERS[name] if chapter in ("Formulir Survei", "Matriks Keterlacakan")
    ]
    assert all(text.strip() for _, text in styles)
    levels = [int(str(style).split()[-1]) for style, _ in styles]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", BOOKS)
def test_the_contents_are_filled_when_the_book_is_opened_first(books: Mapping[str, Docx], name: str) -> None:
    styled = [(str(p.style.name), p.text) for p in books[name].paragraphs if p.style is not None]
    lines = [text for style, text in styled if re.fullmatch(r"(?i)toc \d", style)]
    assert len(lines) >= len(CHAPTERS[name])
    for chapter in CHAPTERS[name]:
        assert any(chapter in line for line in lines)
    assert all(re.search(r"\t(\d+|[ivxlc]+)$", line) for line in lines)


def test_fill_ins_carry_comments(medan: Path) -> None:
    with zipfile.ZipFile(medan / f"{BOOKS[0]}.docx") as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    ids = {node.get(f"{W}id") for node in comments.iter(f"{W}comment")}
    assert len(ids) > 20
    assert {node.get(f"{W}id") for node in body.iter(f"{W}commentReference")} == ids
    assert "[Isi:" in "".join(node.text or "" for node in body.iter(f"{W}t"))


@pytest.mark.parametrize("name", BOOKS)
def test_tables_repeat_their_header(books: Mapping[str, Docx], name: str) -> None:
    long = [table for table in books[name].tables if len(table.rows) > 20]
    assert all(table.rows[0]._tr.findall(f".//{W}tblHeader") for table in long)


@pytest.mark.parametrize("name", BOOKS)
def test_the_docx_knows_its_title_and_language(books: Mapping[str, Docx], name: str) -> None:
    properties = books[name].core_properties
    assert "Kota Medan" in properties.title
    assert properties.author == "Pemerintah Kota Medan"
    assert "id" in properties.language


def test_docx_and_pdf_tell_the_same(books: Mapping[str, Docx], pages: Mapping[str, list[str]]) -> None:
    squeezed = re.sub(r"[\s\u00ad-]+", "", " ".join(pages[BOOKS[2]]))
    long = [paragraph.text for paragraph in books[BOOKS[2]].paragraphs if len(paragraph.text) > 60]
    texts = [text for text in long if "\t" not in text and "[" not in text]
    found = [re.sub(r"[\s\u00ad-]+", "", text)[:50] in squeezed for text in texts]
    assert len(found) > 20
    assert sum(found) / len(found) > 0.9
