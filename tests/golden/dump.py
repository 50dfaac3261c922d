"""The block tree of a book as text that a reviewer can read: kind, id, number, and the words that stand there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Contents,
    Document,
    Figure,
    ListBlock,
    Paragraph,
    Placeholder,
    Section,
    Table,
)
from generator.model.walks import children_of, plain


def dump(document: Document) -> str:
    """Return a book as lines, children indented below their parents."""
    cover = document.cover
    lines = [
        f"{document.id}: {document.title}",
        f"  file {document.file_name}; {document.author}; {document.date}; mark {document.mark or '–'}",
        f"  cover {cover.title} | {cover.subtitle} | {cover.region} | {cover.period} | {cover.status}",
        "",
        "front",
        *_lines(document.front, 1),
        "",
        "body",
        *_lines(document.body, 1),
        "",
        "sources",
        *(f"  [{index}] {source.text}" for index, source in enumerate(document.sources, 1)),
    ]
    return "\n".join(lines).replace("\u00a0", "~").replace("\u202f", "^") + "\n"


def _lines(blocks: tuple[Block, ...], depth: int) -> Iterator[str]:
    for block in blocks:
        pad = "  " * depth
        because = f"  <- {', '.join(block.because)}" if block.because else ""
        origin = f" @{block.origin.line}" if block.origin else ""
        yield f"{pad}{type(block).__name__} {block.id}{origin}{because}"
        yield from (f"{pad}    {line}" for line in _words(block))
        if not isinstance(block, ListBlock):
            yield from _lines(children_of(block), depth + 1)


def _words(block: Block) -> Iterator[str]:
    match block:
        case Chapter() | Section() | Annex():
            yield f"{block.number or '–'} {plain(block.title)}"
        case Paragraph():
            yield f"{block.role}: {plain(block.content)}"
        case ListBlock():
            yield "ordered" if block.ordered else "bullets"
            for item in block.items:
                yield f"- {plain(item.content)}"
                yield from (f"    {line}" for line in _lines(item.children, 0))
        case Callout():
            yield f"{block.kind}: {block.title}"
        case Table():
            yield from _table(block)
        case Figure() | Chart():
            yield f"{plain(block.caption.content) if block.caption else '–'} | {block.alt}"
        case Placeholder():
            yield f"{block.what} | {block.who} | {block.where}"
        case Contents():
            yield f"{block.lists}: {block.title}"
        case _:
            return


def _table(block: Table) -> Iterator[str]:
    if block.caption:
        yield f"{block.caption.kind} {block.caption.number} {plain(block.caption.content)}"
    for row in (*block.header, *block.body):
        yield " | ".join(" / ".join(plain(paragraph) for paragraph in cell.paragraphs) for cell in row.cells)
    if block.source:
        yield plain(block.source)
