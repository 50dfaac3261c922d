"""The block tree as JSON: nothing is lost, and what was changed by hand is checked."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from generator.model.document import Document
from generator.model.document_json import TreeError, document_from_json, document_to_json
from tests.roundtrip.documents import documents
from tests.writers.sample_document import sample_document


def test_the_sample_book_comes_back() -> None:
    assert document_from_json(document_to_json(sample_document())) == sample_document()


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_book_comes_back(document: Document) -> None:
    assert document_from_json(document_to_json(document)) == document


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(format=99),
        lambda data: data["document"].update(title=7),
        lambda data: data["document"].pop("title"),
        lambda data: data["document"].update(unknown="x"),
        lambda data: data["document"]["body"].append({"_": "Path", "x": 1}),
        lambda data: data["document"]["body"].append("bare text"),
        lambda data: data["document"]["body"][0].update(_="Palette"),
        lambda data: data["document"].update(front="x"),
        lambda data: data["document"]["body"][0].update(numbered="yes"),
    ],
)
def test_what_is_no_tree_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(document_to_json(sample_document()))
    spoil(data)
    with pytest.raises(TreeError):
        document_from_json(json.dumps(data).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"[" * 100_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(TreeError):
        document_from_json(data)
