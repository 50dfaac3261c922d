"""Pull and merge of a 150-page book stay fast, also where every anchor was lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.bench_docx import book, cpu
from generator.compose.edits import Merging
from generator.roundtrip.compare import Author, Compared, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.roundtrip.test_foreign_xml import changed

PAGES = 150
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(workspace: Path) -> bytes:
    return write(book(PAGES), workspace)


def pulled(data: bytes) -> Compared:
    document = book(PAGES)
    return compare(document, read(data, "x.docx", document), Author("", "", ""))


def test_an_edited_book_is_pulled_in_two_seconds_and_merged_in_half_a_second(written: bytes) -> None:
    data = changed(written, lambda xml: xml.replace("Layanan perizinan", "Layanan perizinan kota"))
    edits = tuple(pulled(data).edits)
    assert len(edits) > 800
    assert cpu(lambda: pulled(data), 2) < 2.0
    body = book(PAGES).body
    assert cpu(lambda: Merging(edits).merge(body), 2) < 0.5


def test_a_book_without_anchors_is_pulled_in_two_seconds(written: bytes) -> None:
    bare = changed(written, lambda xml: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml))
    assert pulled(bare).edits == []
    assert cpu(lambda: pulled(bare), 2) < 2.0
