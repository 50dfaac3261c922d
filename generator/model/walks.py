"""Walks over the block tree and its inline runs, and their text as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Citation,
    Emphasis,
    Figure,
    Inline,
    Landscape,
    Link,
    ListBlock,
    Missing,
    Paragraph,
    Reference,
    Section,
    Strong,
    Table,
    Text,
)


def children_of(block: Block) -> tuple[Block, ...]:
    """Return the direct child blocks of a block, list items' children included."""
    match block:
        case Chapter() | Section() | Callout() | Landscape() | Annex():
            return block.children
        case ListBlock():
            return tuple(child for item in block.items for child in item.children)
        case _:
            return ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block of the trees in reading order, parents before children."""
    for block in blocks:
        yield block
        yield from walk(children_of(block))


def inlines_of(block: Block) -> Iterator[Inline]:
    """Yield the inline runs that stand directly in a block (not in child blocks), in reading order."""
    match block:
        case Chapter() | Section() | Annex():
            yield from block.title
        case Paragraph():
            yield from block.content
        case ListBlock():
            for item in block.items:
                yield from item.content
        case Table():
            if block.caption:
                yield from block.caption.content
            for row in (*block.header, *block.body):
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        yield from paragraph
            yield from block.source
        case Figure() | Chart():
            if block.caption:
                yield from block.caption.content
            yield from block.source
        case _:
            return


def walk_inlines(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield every run, parents before children."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Strong | Emphasis | Link):
            yield from walk_inlines(inline.children)


def plain(inlines: tuple[Inline, ...]) -> str:
    """Return the text of runs as a reader sees it; fill-ins in brackets, as every writer shows them."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text():
                parts.append(inline.text)
            case Strong() | Emphasis() | Link():
                parts.append(plain(inline.children))
            case Reference() | Citation():
                parts.append(inline.text)
            case Missing():
                parts.append(missing_label(inline))
    return "".join(parts)


def missing_label(missing: Missing) -> str:
    """Return the visible text of a fill-in: '[Isi: what — who]'."""
    return f"[Isi: {missing.what} — {missing.who}]" if missing.who else f"[Isi: {missing.what}]"
