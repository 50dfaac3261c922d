"""The entries of contents lists, read off a book once for every engine that lays out pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.model.document import (
    Annex,
    Block,
    Caption,
    Chapter,
    Chart,
    Citation,
    Document,
    Figure,
    Inline,
    ListBlock,
    Reference,
    Section,
    Table,
    Text,
)
from generator.model.walks import inlines_of, walk, walk_inlines

DEEPEST = 3
SOURCES_ID = "daftar-sumber"
SOURCES_TITLE = "Daftar Sumber"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: the block `target`, its printed `label` ('BAB I', '1.1', 'Tabel 2.1' or ''), its title, and
    `depth` 1 for chapters and annexes, 2 and 3 for sections; captions have depth 1."""

    target: str
    label: str
    title: tuple[Inline, ...]
    depth: int


def chapter_label(chapter: Chapter) -> str:
    """Return 'BAB I', or '' for an unnumbered chapter."""
    return f"BAB {chapter.number}" if chapter.numbered and chapter.number else ""


def annex_label(annex: Annex) -> str:
    """Return 'Lampiran A', or 'Lampiran' while it has no number."""
    return f"Lampiran {annex.number}".rstrip()


def caption_label(caption: Caption) -> str:
    """Return 'Tabel 2.1'."""
    return f"{caption.kind} {caption.number}".rstrip()


def own_sources(document: Document) -> bool:
    """Return whether the writer has to print the list of sources itself: there are some, and no block holds them."""
    return bool(document.sources) and all(block.id != SOURCES_ID for block in walk((*document.front, *document.body)))


def book_title(document: Document) -> str:
    """Return the title for the metadata: PDF/UA wants one, so a book without falls back on its file name or id."""
    return document.title.strip() or document.file_name or document.id


def source_id(source: str) -> str:
    """Return the id of the entry of a source in the list of sources, as composition names it."""
    return f"{SOURCES_ID}/{source}"


def linkable(document: Document) -> frozenset[str]:
    """Return every id that a reference or a citation of the book can lead to."""
    blocks = tuple(walk((*document.front, *document.body)))
    items = {item.id for block in blocks if isinstance(block, ListBlock) for item in block.items}
    sources = {source_id(source.id) for source in document.sources} if own_sources(document) else set()
    return frozenset({block.id for block in blocks} | items | sources)


def linked(document: Document) -> frozenset[str]:
    """Return every id that a reference or a citation of the book does lead to; contents lead to what is `labelled`."""
    found: set[str] = set()
    for block in walk((*document.front, *document.body)):
        for run in walk_inlines(tuple(inlines_of(block))):
            if isinstance(run, Reference):
                found.add(run.target)
            elif isinstance(run, Citation):
                found.add(source_id(run.source))
    return frozenset(found)


def headings(document: Document) -> tuple[Entry, ...]:
    """Return chapters, annexes and sections down to level 3 in reading order, the list of sources last."""
    found = [entry for block in walk((*document.front, *document.body)) for entry in _heading(block)]
    if own_sources(document):
        found.append(Entry(SOURCES_ID, "", (Text(SOURCES_TITLE),), 1))
    return tuple(found)


def _heading(block: Block) -> Iterator[Entry]:
    match block:
        case Chapter():
            yield Entry(block.id, chapter_label(block), block.title, 1)
        case Annex():
            yield Entry(block.id, annex_label(block), block.title, 1)
        case Section() if block.level <= DEEPEST:
            yield Entry(block.id, block.number, block.title, block.level)
        case _:
            return


def captions(document: Document, lists: Literal["tables", "figures"]) -> tuple[Entry, ...]:
    """Return the captioned tables, or the captioned figures, charts and schedules, in reading order."""
    found = []
    for block in walk((*document.front, *document.body)):
        caption = block.caption if isinstance(block, Table | Figure | Chart) else None
        if caption and (caption.kind == "Tabel") == (lists == "tables"):
            found.append(Entry(block.id, caption_label(caption), caption.content, 1))
    return tuple(found)


def entries(document: Document, lists: Literal["headings", "tables", "figures"]) -> tuple[Entry, ...]:
    """Return the entries of one contents list."""
    return headings(document) if lists == "headings" else captions(document, lists)


def labelled(document: Document) -> frozenset[str]:
    """Return the ids of the blocks whose page a layout reports: headings of every level and captioned blocks."""
    return frozenset(
        block.id
        for block in walk((*document.front, *document.body))
        if isinstance(block, Chapter | Annex | Section)
        or (isinstance(block, Table | Figure | Chart) and block.caption is not None)
    ) | (frozenset({SOURCES_ID}) if own_sources(document) else frozenset())


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def page_label(index: int, first_body: int) -> str:
    """Return the printed number of the page at `index` (from 0): roman before the page `first_body`, then arabic."""
    if index >= first_body:
        return str(index - first_body + 1)
    rest, text = index + 1, ""
    for value, sign in (*_ROMAN, *_ROMAN_UNITS):
        while rest >= value:
            text, rest = text + sign, rest - value
    return text
