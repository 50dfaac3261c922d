"""What a city changed in a book that was handed out: small values that live in files and are merged into each build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Chart,
    Contents,
    Figure,
    Inline,
    ListBlock,
    ListItem,
    Missing,
    Paragraph,
    Placeholder,
    Row,
    Section,
    Table,
    Text,
)
from generator.model.runs import Inlines, fingerprint
from generator.model.walks import children_of, plain

Op = Literal[
    "text", "new", "remove", "move", "cell", "row-new", "row-remove", "row-order", "column-new", "column-remove",
    "picture", "restyle", "comment",
]  # fmt: skip
Part = Literal["text", "caption", "source", "table", "figure"]


HEADS = " | "
GONE = "gone"
"""The print of a passage that the generator no longer writes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage of a book that can be edited alone: its block, which part of it, its runs."""

    id: str
    part: Part
    inlines: Inlines
    block: Block | ListItem


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row of a table as it was: the hash of its cells, the words of its first cell, its place from 0."""

    base: str
    label: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change. `base` is the fingerprint of what the city saw, `was` its words for people who read the file.

    `near` are the ids of passages before it, the closest first: where it goes when its own block is gone.
    """

    book: str
    op: Op
    block: str
    part: Part = "text"
    base: str = ""
    was: str = ""
    text: Inlines = ()
    value: Block | ListItem | Row | None = None
    row: RowRef | None = None
    cell: int = 0
    """The place of a cell in its row, of a new row or column in the city's table."""
    column: str = ""
    """The head of the column that a cell stands in; of a new row the heads of all its cells, with `HEADS` between."""
    near: tuple[str, ...] = ()
    who: str = ""
    when: str = ""
    file: str = ""
    replaced: tuple[str, ...] = ()
    """Words of others at the same place that a later pull took the place of."""
    done: bool = False
    """Whether a comment is settled; `was` of a comment is the passage that it stands at."""

    answers: str = ""
    """The key of the comment that a comment answers, '' for the first of a thread."""

    @property
    def place(self) -> tuple[str, ...]:
        """What two edits of the same place have in common."""
        if self.op in ("text", "remove"):
            return (self.book, "text", self.block, self.part)
        if self.op == "comment":
            return (self.book, "comment", self.who, self.when[:19], fingerprint(self.text))
        row = self.row.base if self.row is not None else ""
        new = fingerprint(row_text(self.value)) if self.op == "row-new" and isinstance(self.value, Row) else ""
        op = "cell" if self.op == "row-remove" else self.op
        cell = "0" if self.op == "row-new" else str(self.cell)
        return (self.book, op, self.block, self.part, row, cell, new)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit whose ground changed: the city's words stay, the generator's new words are `new`."""

    edit: Edit
    new: str
    now: str = ""
    """The fingerprint of the new words."""


def units(blocks: tuple[Block, ...]) -> Iterator[Unit]:
    """Yield the passages of blocks in reading order."""
    for block in blocks:
        match block:
            case Chapter() | Section() | Annex():
                yield Unit(block.id, "text", block.title, block)
            case Paragraph():
                yield Unit(block.id, "text", block.content, block)
            case Placeholder():
                yield Unit(block.id, "text", (Missing(block.what, block.who, block.where),), block)
            case Callout() | Contents():
                yield Unit(block.id, "text", (Text(block.title),), block)
            case ListBlock():
                for item in block.items:
                    yield Unit(item.id, "text", item.content, item)
                    yield from units(item.children)
            case Table() | Figure() | Chart():
                yield from _framed(block)
            case _:
                pass
        if not isinstance(block, ListBlock):
            yield from units(children_of(block))


def _framed(block: Table | Figure | Chart) -> Iterator[Unit]:
    caption = Unit(block.id, "caption", block.caption.content, block) if block.caption else None
    above = isinstance(block, Table)
    if caption is not None and above:
        yield caption
    yield Unit(block.id, "table" if above else "figure", (), block)
    if caption is not None and not above:
        yield caption
    if block.source:
        yield Unit(block.id, "source", block.source, block)


def cell_text(paragraphs: tuple[Inlines, ...]) -> Inlines:
    """Return the paragraphs of a cell as one passage, with line feeds between them."""
    joined: list[Inline] = []
    for index, paragraph in enumerate(paragraphs):
        if index:
            joined.append(Text("\n"))
        joined.extend(paragraph)
    return tuple(joined)


def row_text(row: Row) -> Inlines:
    """Return all cells of a row as one passage."""
    joined: list[Inline] = []
    for cell in row.cells:
        joined.extend((*cell_text(cell.paragraphs), Text("\x1f")))
    return tuple(joined)


def row_label(row: Row) -> str:
    """Return the words of the first cell of a row that has any."""
    texts = (plain(cell_text(cell.paragraphs)).strip() for cell in row.cells)
    return next((text for text in texts if text), "")


def row_refs(table: Table) -> tuple[RowRef, ...]:
    """Return what names each row of a table, header first."""
    rows = (*table.header, *table.body)
    return tuple(RowRef(fingerprint(row_text(row)), row_label(row), index) for index, row in enumerate(rows))


def is_regular(table: Table) -> bool:
    """Whether no cell of a table spans columns or rows and every row is full."""
    width = len(table.columns)
    return all(
        len(row.cells) == width and all(cell.colspan == cell.rowspan == 1 for cell in row.cells)
        for row in (*table.header, *table.body)
    )


def column_refs(table: Table) -> tuple[RowRef, ...]:
    """Return what names each column of a regular table: the hash of its cells, the words of its head, its place."""
    rows = (*table.header, *table.body)
    found = []
    for index in range(len(table.columns)):
        column = row_text(Row(tuple(row.cells[index] for row in rows)))
        label = plain(cell_text(table.header[-1].cells[index].paragraphs)).strip() if table.header else ""
        found.append(RowRef(fingerprint(column), label, index))
    return tuple(found)


def table_print(block: Block | ListItem) -> str:
    """Return the fingerprint of all rows of a table, '' for other blocks."""
    if not isinstance(block, Table):
        return ""
    return fingerprint(tuple(run for row in (*block.header, *block.body) for run in row_text(row)))


def unplaced(edit: Edit) -> Edit:
    """Return an edit without what tells when and by whom it was made, to see whether two say the same."""
    return replace(edit, who="", when="", file="", near=(), replaced=())
