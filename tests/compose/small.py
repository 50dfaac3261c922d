"""The small framework as a workspace, and one-page templates rendered without a city."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.build import Draft, prepare
from generator.compose.environment import TemplateEnvironment, render
from generator.compose.markdown.blocks import BlockReader
from generator.model.document import Block
from generator.model.walks import inlines_of, plain, walk

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "other_framework"
SLUG = "kota-contoh"


def lay(folder: Path) -> Path:
    """Copy the small framework to a folder, with the Word template that every workspace has."""
    shutil.copytree(SMALL, folder)
    shutil.copy(ROOT / "templates" / "reference.docx", folder / "templates" / "reference.docx")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a piece of a file, which has to be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} holds no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def compose(workspace: Path) -> Draft:
    """Return the draft of the invented city."""
    draft, diagnostics = prepare(workspace, SLUG)
    assert draft is not None, "\n".join(map(str, diagnostics))
    return draft


def blocks_of(draft: Draft) -> dict[str, Block]:
    """Return every block of the first book by its id; no id may stand twice."""
    document = draft.composed.documents[0]
    found: dict[str, Block] = {}
    for block in walk((*document.front, *document.body)):
        assert block.id not in found, f"id {block.id} stands twice"
        found[block.id] = block
    return found


def words(block: Block) -> str:
    """Return the text that stands directly in a block."""
    return plain(tuple(inlines_of(block)))


class Page:
    """A folder of templates made of text, and the blocks that they give."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    def write(self, source: str, name: str = "page.md.j2") -> str:
        """Write a template and return its name."""
        (self.folder / name).write_text(source, encoding="utf-8")
        return name

    def read(self, source: str, context: Mapping[str, Any] | None = None) -> tuple[Block, ...]:
        """Return the blocks of a template's text, below a chapter 'page'."""
        name = self.write(source)
        return BlockReader(render(TemplateEnvironment(self.folder), name, context or {}), "page").read()
