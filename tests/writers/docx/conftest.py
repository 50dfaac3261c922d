"""A workspace with the real template, and the sample book written once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.document import Block, Document
from generator.writers.docx import write
from tests.writers.docx.package import Package
from tests.writers.sample_document import lay_workspace, sample_document

ROOT = Path(__file__).resolve().parents[3]


def lay(folder: Path) -> Path:
    lay_workspace(folder)
    (folder / "templates").mkdir(exist_ok=True)
    shutil.copy(ROOT / "templates" / "reference.docx", folder / "templates")
    return folder


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's pictures and the real reference.docx; shared, so not to be changed."""
    return lay(tmp_path_factory.mktemp("workspace"))


@pytest.fixture
def own_workspace(tmp_path: Path) -> Path:
    """The same, for tests that change files."""
    return lay(tmp_path)


@pytest.fixture(scope="session")
def pages() -> dict[str, int]:
    """A page for every labelled block of the sample."""
    from generator.writers.contents import labelled

    return {block_id: number for number, block_id in enumerate(sorted(labelled(sample_document())), start=1)}


@pytest.fixture(scope="session")
def written(workspace: Path, pages: dict[str, int]) -> Package:
    """The sample book, opened."""
    return Package(write(sample_document(), workspace, pages=pages))


@pytest.fixture
def write_blocks(workspace: Path) -> Callable[..., Package]:
    """Write a book of the given body blocks and open it."""

    def make(*blocks: Block) -> Package:
        return Package(write(book_of(*blocks), workspace))

    return make


def book_of(*blocks: Block) -> Document:
    return replace(sample_document(emblem=None), front=(), body=blocks, sources=())
