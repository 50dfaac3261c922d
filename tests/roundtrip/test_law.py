"""The law of the round trip: what is written is read back, block for block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from generator.model.document import Block, Document
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.roundtrip.carried import carried
from tests.roundtrip.documents import documents
from tests.writers.sample_document import sample_document


def agree(document: Document, workspace: Path) -> None:
    """Assert the law; the first block that differs is shown."""
    reading = read(write(document, workspace), "book.docx", document)
    front, body = carried(document)
    for expected, found in zip((*front, *body), (*reading.front, *reading.body), strict=False):
        for one, other in differences(expected, found):
            assert one == other
    assert (reading.front, reading.body) == (front, body)


def differences(expected: Block, found: Block) -> Iterator[tuple[object, object]]:
    """Yield the smallest pairs that differ, for a message that one can read."""
    if expected == found:
        return
    children, others = getattr(expected, "children", ()), getattr(found, "children", ())
    if children and type(expected) is type(found) and len(children) == len(others):
        for child, other in zip(children, others, strict=True):
            yield from differences(child, other)
    yield expected, found


def test_the_sample_book_with_every_kind_of_block_comes_back(workspace: Path) -> None:
    agree(sample_document(), workspace)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_book_comes_back(workspace: Path, document: Document) -> None:
    agree(document, workspace)
