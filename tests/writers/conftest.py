"""Fixtures shared by the tests of all writers."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.document import Document
from tests.writers.sample_document import lay_workspace, sample_document


@pytest.fixture
def sample() -> Document:
    """A book with every kind of block and run."""
    return sample_document()


@pytest.fixture
def picture_workspace(tmp_path: Path) -> Path:
    """A folder with the pictures that the sample names (no templates)."""
    return lay_workspace(tmp_path)
