"""The pages themselves: inside the margins, nothing on top of anything, none empty, both engines alike."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from generator.model.document import (
    Block,
    Chapter,
    Column,
    Document,
    Landscape,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Text,
)
from generator.model.walks import walk
from generator.writers import pdf
from generator.writers.printed import PdfResult
from tests.writers.pdf.conftest import ENGINES, Write
from tests.writers.pdf.pages import empty, outside, overlapping
from tests.writers.pdf.reading import MM, needs_poppler, pages_of_words
from tests.writers.sample_document import row, sample_document

pytestmark = needs_poppler


def long_book(chapters: int) -> Document:
    """Return a book of many pages: the sample's chapters over and over, under new ids."""
    book = sample_document()
    body = []
    for number in range(chapters):
        original = book.body[number % 2]
        assert isinstance(original, Chapter)
        renamed = _renamed(original, f"-{number}")
        assert isinstance(renamed, Chapter)
        body.append(renamed)
    return dataclasses.replace(book, body=tuple(body))


def _renamed(value: object, suffix: str) -> object:
    if isinstance(value, tuple):
        return tuple(_renamed(item, suffix) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: getattr(value, field.name) + suffix
            if field.name in ("id", "target")
            else _renamed(getattr(value, field.name), suffix)
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changes)
    return value


@pytest.fixture(scope="module")
def book_of_many(write: Write, shared_workspace: Path) -> PdfResult:
    return write(long_book(6), shared_workspace)


def test_text_stays_inside_the_margins(book_of_many: PdfResult) -> None:
    assert list(outside(pages_of_words(book_of_many.data))) == []


def test_no_words_lie_on_each_other(book_of_many: PdfResult) -> None:
    assert list(overlapping(pages_of_words(book_of_many.data))) == []


def test_no_page_is_empty(book_of_many: PdfResult) -> None:
    assert list(empty(pages_of_words(book_of_many.data))) == []


def test_no_heading_stands_alone_at_the_foot(write: Write, shared_workspace: Path) -> None:
    """Headings pushed down line by line never end a page."""
    sections = []
    for number in range(1, 46):
        text = "Kalimat yang mengisi halaman. " * (4 + number * 7 % 23)
        sections.append(
            Section(
                id=f"s{number}",
                level=2 + number % 2,
                number=f"1.{number}",
                title=(Text(f"Judul{number}"),),
                children=(Paragraph(id=f"p{number}", content=(Text(text),)),),
            )
        )
    chapter = Chapter(id="c", number="I", title=(Text("Bab"),), children=tuple(sections))
    book = dataclasses.replace(sample_document(), front=(), body=(chapter,), sources=())
    result = write(book, shared_workspace)
    headings = 0
    for number, (_, height, words) in enumerate(pages_of_words(result.data), start=1):
        inner = [word for word in words if 22 * MM < word.top < height - 24 * MM]
        lowest = max((word.top for word in inner), default=0)
        for word in inner:
            if word.text.startswith("Judul"):
                headings += 1
                assert lowest > word.bottom, f"{word.text} ends page {number}"
    assert headings == 45


@pytest.mark.skipif(pdf.missing_library() is not None, reason="needs Pango")
def test_a_total_never_stands_alone_on_a_page(shared_workspace: Path) -> None:
    """Tables of every length, each from the top of a page: the total has a row above it, the head a row below."""
    tables: list[Block] = []
    for count in range(28, 44):
        rows = (*(row(f"Baris{index}", "1") for index in range(count)), row("Jumlah", str(count), total=True))
        columns = (Column(), Column("right"))
        tables.append(PageBreak(id=f"b{count}"))
        tables.append(Table(id=f"t{count}", columns=columns, header=(row("Kepala", "Nilai"),), body=rows))
    book = dataclasses.replace(sample_document(), front=(), body=tuple(tables), sources=())
    data = ENGINES["weasyprint"](book, shared_workspace).data
    split = 0
    for _, _, placed in pages_of_words(data):
        words = [word.text for word in placed]
        if "Jumlah" in words:
            above = [word for word in words[: words.index("Jumlah")] if word.startswith("Baris")]
            assert above, words
            split += len(above) < 20
    assert split >= 2, "some tables must run over a page for this test to say anything"


def test_landscape_parts_turn_the_page(printed: PdfResult) -> None:
    turned = [number for number, (width, height, _) in enumerate(pages_of_words(printed.data)) if width > height]
    parts = [block for block in walk(sample_document().body) if isinstance(block, Landscape)]
    assert len(turned) == len(parts) == 1


@pytest.mark.skipif(pdf.missing_library() is not None, reason="needs Pango")
def test_both_engines_take_about_as_many_pages(shared_workspace: Path) -> None:
    book = long_book(6)
    counts = [ENGINES[name](book, shared_workspace).page_count for name in sorted(ENGINES)]
    assert abs(counts[0] - counts[1]) <= 0.15 * max(counts), counts
