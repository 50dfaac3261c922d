"""The sample book laid out by both engines, once a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.document import Document
from generator.writers import pdf, typst
from generator.writers.printed import PdfResult
from tests.writers.sample_document import lay_workspace, sample_document

EPOCH = 1_795_500_000
Write = Callable[[Document, Path], PdfResult]

ENGINES: dict[str, Write] = {
    "weasyprint": lambda document, workspace: pdf.write(document, workspace, source_date_epoch=EPOCH),
    "typst": lambda document, workspace: typst.write(document, workspace, source_date_epoch=EPOCH),
}


@pytest.fixture(scope="session")
def shared_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures of the sample."""
    return lay_workspace(tmp_path_factory.mktemp("workspace"))


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine; tests that use it run once for each."""
    name: str = request.param
    if name == "weasyprint" and pdf.missing_library():
        pytest.skip(f"WeasyPrint lacks {pdf.missing_library()}")
    return name


@pytest.fixture(scope="session")
def write(engine: str) -> Write:
    """Lay a document out with the engine of the test."""
    return ENGINES[engine]


@pytest.fixture(scope="session")
def printed(write: Write, shared_workspace: Path) -> PdfResult:
    """The sample book as the engine of the test prints it."""
    return write(sample_document(), shared_workspace)
