"""A 150-page book is pulled and merged whole, also where every anchor was lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.bench_docx import book
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


def test_every_edit_of_a_long_book_is_pulled_and_merged(written: bytes) -> None:
    data = changed(written, lambda xml: xml.replace("Layanan perizinan", "Layanan perizinan kota"))
    edits = tuple(pulled(data).edits)
    assert len(edits) > 800
    merged = Merging(edits).merge(book(PAGES).body)
    assert repr(merged).count("Layanan perizinan kota") >= len(edits)


def test_a_long_book_without_anchors_yields_no_edit(written: bytes) -> None:
    bare = changed(written, lambda xml: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml))
    assert pulled(bare).edits == []
