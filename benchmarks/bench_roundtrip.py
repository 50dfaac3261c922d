"""Measure pull and merge of a 150-page book: `python -m benchmarks.bench_roundtrip` prints CPU seconds, best of two."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.bench_docx import book, cpu
from generator.compose.edits import Merging
from generator.roundtrip.compare import Author, Compared, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write

PAGES = 150


def pulled(data: bytes) -> Compared:
    """Read a file and compare it with the book that it came from."""
    document = book(PAGES)
    return compare(document, read(data, "x.docx", document), Author("", "", ""))


def main() -> None:
    """Print the table."""
    from tests.roundtrip.test_foreign_xml import changed

    written = write(book(PAGES), Path(__file__).resolve().parents[1])
    edited = changed(written, lambda xml: xml.replace("Layanan perizinan", "Layanan perizinan kota"))
    bare = changed(written, lambda xml: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml))
    edits = tuple(pulled(edited).edits)
    body = book(PAGES).body
    print("| what | CPU seconds | wanted |\n|---|---:|---:|")
    print(f"| pull of {PAGES} pages with {len(edits)} edits | {cpu(lambda: pulled(edited), 2):.2f} | 2 |")
    print(f"| pull of {PAGES} pages without anchors | {cpu(lambda: pulled(bare), 2):.2f} | 2 |")
    print(f"| merge of {len(edits)} edits | {cpu(lambda: Merging(edits).merge(body), 2):.2f} | 0.5 |")


if __name__ == "__main__":
    main()
