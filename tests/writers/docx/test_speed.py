"""A 150-page book takes at most 0.3 s of CPU time, and ten times the pages about ten times that."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.bench_docx import book
from generator.model.document import Document
from generator.writers.docx import write


def seconds(document: Document, workspace: Path, repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.process_time()
        write(document, workspace, pages={})
        times.append(time.process_time() - start)
    return min(times)


def test_a_book_of_150_pages_is_quick_and_growth_is_linear(workspace: Path) -> None:
    write(book(15), workspace)  # the imports
    small = seconds(book(150), workspace, 4)
    assert small <= 0.3
    assert seconds(book(1500), workspace, 1) <= 15 * small
