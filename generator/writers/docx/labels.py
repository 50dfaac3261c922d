"""What the blocks of a book are called: 'BAB II', '1.2', 'Lampiran A', 'Tabel 2.1'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.document import Annex, Block, Caption, Chapter, Chart, Document, Figure, Section, Table
from generator.model.walks import walk
from generator.writers import contents


@dataclass(frozen=True, slots=True)
class Label:
    """A label as native numbering shows it; `number` is its last word ('II', '2.1')."""

    kind: Literal["heading", "caption"]
    text: str
    number: str


def is_numbered(block: Chapter | Section | Annex) -> bool:
    """Whether a heading shows a number."""
    return bool(block.number) and getattr(block, "numbered", True)


def caption_of(block: Block) -> Caption | None:
    """Return the caption of a block that has one with a number."""
    if isinstance(block, Table | Figure | Chart) and block.caption is not None and block.caption.number:
        return block.caption
    return None


def labels_of(document: Document) -> dict[str, Label]:
    """Return the label of every numbered block by its id."""
    labels: dict[str, Label] = {}
    for block in walk((*document.front, *document.body)):
        caption = caption_of(block)
        if isinstance(block, Chapter | Annex | Section) and is_numbered(block):
            labels[block.id] = Label("heading", heading_label(block), block.number)
        elif caption is not None:
            labels[block.id] = Label("caption", contents.caption_label(caption), caption.number)
    return labels


def heading_label(block: Chapter | Section | Annex) -> str:
    """Return the label that stands before the title of a heading, '' without number."""
    if not is_numbered(block):
        return ""
    match block:
        case Chapter():
            return contents.chapter_label(block)
        case Annex():
            return contents.annex_label(block)
        case Section():
            return block.number
