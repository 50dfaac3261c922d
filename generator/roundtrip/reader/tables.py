"""Tables of a file: cells with their spans, header and total rows, the anchors in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from generator.model import word
from generator.model.document import Align, Cell, Column, Row, Table
from generator.model.runs import Inlines
from generator.roundtrip.reader.index import Mark
from generator.roundtrip.reader.names import Parts, W, is_on, value
from generator.roundtrip.reader.package import Element
from generator.roundtrip.reader.paragraphs import Para

Look = Literal["data", "matrix", "sheet", "form", "plain"]
LOOKS: dict[str, Look] = {
    word.TABLE["data"].lower(): "data",
    word.TABLE["matrix"].lower(): "matrix",
    word.TABLE["sheet"].lower(): "sheet",
    word.TABLE["form"].lower(): "form",
    word.TABLE["plain"].lower(): "plain",
}
BOXES = {name.lower(): kind for kind, name in word.CALLOUT.items()}
_TOTAL = frozenset({word.CELL_TOTAL.lower(), word.SMALL_CELL[word.CELL_TOTAL].lower()})
_LABEL = frozenset({word.CELL_LABEL.lower(), word.SMALL_CELL[word.CELL_LABEL].lower()})
_ALIGN: dict[str, Align] = {"right": "right", "end": "right", "center": "center"}
_LAW_CELL = word.LAW_CELL.lower()
_WIDEST = 200

Paragraphs = Callable[[Element], Iterator[Para]]


@dataclass(slots=True)
class ReadTable:
    """A table as read: its block without id, caption and source; the anchors; the paragraphs of its cells in order."""

    table: Table
    marks: list[Mark]
    paragraphs: list[Para]
    law: bool = False


@dataclass(slots=True)
class _Cell:
    """A cell while the rows below it are read."""

    column: int
    colspan: int
    merge: str
    paragraphs: list[Para]
    rowspan: int = 1


@dataclass(slots=True)
class _Row:
    header: bool
    cells: list[_Cell] = field(default_factory=list)


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, through content controls and insertions; deleted rows are left out."""
    for child in table:
        if child.tag == W + "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag in (W + "sdt", W + "customXml", W + "ins", W + "moveTo"):
            content = child.find(W + "sdtContent") if child.tag == W + "sdt" else child
            if content is not None:
                yield from rows_of(content)


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, through content controls."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "customXml"):
            content = child.find(W + "sdtContent") if child.tag == W + "sdt" else child
            if content is not None:
                yield from cells_of(content)


def box_kind(table: Element, parts: Parts) -> str:
    """Return 'temuan', 'keputusan' or 'catatan' for the table that draws a box, '' for any other."""
    style = parts.style(table.find(W + "tblPr"), "tblStyle")
    return BOXES.get(style, "")


def read_table(node: Element, parts: Parts, paragraphs: Paragraphs) -> ReadTable:
    """Return a table; `paragraphs` yields the paragraphs of a cell."""
    style = parts.style(node.find(W + "tblPr"), "tblStyle")
    rows = [_row(row, paragraphs) for row in rows_of(node)]
    _spans(rows)
    header_count = next((index for index, row in enumerate(rows) if not row.header), len(rows))
    width = min(max((cell.column + cell.colspan for row in rows for cell in row.cells), default=1), _WIDEST)
    read = [para for row in rows for cell in row.cells for para in cell.paragraphs]
    table = Table(
        id="",
        columns=(Column(),) * width,
        header=tuple(_made(row, header=True) for row in rows[:header_count]),
        body=tuple(_made(row, header=False) for row in rows[header_count:]),
        look=LOOKS.get(style, "data"),
    )
    marks = [mark for para in read for mark in para.marks]
    return ReadTable(table, marks, read, any(para.style == _LAW_CELL for para in read))


def _row(node: Element, paragraphs: Paragraphs) -> _Row:
    properties = node.find(W + "trPr")
    row = _Row(is_on(properties, "tblHeader"))
    before = value(properties, "gridBefore")
    column = int(before) if before.isascii() and before.isdigit() else 0
    if column:
        row.cells.append(_Cell(0, min(column, _WIDEST), "", [Para()]))
    for cell in cells_of(node):
        about = cell.find(W + "tcPr")
        span = value(about, "gridSpan")
        colspan = min(max(int(span), 1), _WIDEST) if span.isascii() and span.isdigit() else 1
        merged = None if about is None else about.find(W + "vMerge")
        merge = "" if merged is None else merged.get(W + "val", "continue")
        row.cells.append(_Cell(column, colspan, merge, list(paragraphs(cell))))
        column += colspan
    return row


def _spans(rows: list[_Row]) -> None:
    """Count the rows that merged cells reach over, and take the cells that only continue them away."""
    above: dict[int, _Cell] = {}
    for row in rows:
        kept: list[_Cell] = []
        opened: dict[int, _Cell] = {}
        for cell in row.cells:
            top = above.get(cell.column)
            # Text in a continued cell shows nowhere, but it was typed: then the cell stands on its own.
            if cell.merge == "continue" and top is not None and not any(para.text for para in cell.paragraphs):
                top.rowspan += 1
                opened[cell.column] = top
                continue
            if cell.merge:
                opened[cell.column] = cell
            kept.append(cell)
        above = opened
        row.cells = kept


def _made(row: _Row, *, header: bool) -> Row:
    total = not header and any(para.style in _TOTAL for cell in row.cells for para in cell.paragraphs[:1])
    return Row(tuple(_cell(cell, plain_row=not header and not total) for cell in row.cells), total=total)


def _cell(cell: _Cell, *, plain_row: bool) -> Cell:
    first = cell.paragraphs[0] if cell.paragraphs else Para()
    texts: tuple[Inlines, ...] = tuple(para.inlines for para in cell.paragraphs) or ((),)
    made = Cell(texts, colspan=cell.colspan, rowspan=cell.rowspan, align=_ALIGN.get(first.align))
    return replace(made, header=plain_row and first.style in _LABEL)
