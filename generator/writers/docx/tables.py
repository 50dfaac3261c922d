"""Tables: one style a look, repeated header rows, spans, shading by level and tone, fitted columns."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import word as styles
from generator.model.document import Cell, Palette, Row, Table
from generator.model.walks import plain
from generator.writers.docx import xml
from generator.writers.docx.context import Place, Writing
from generator.writers.docx.headings import write_caption
from generator.writers.docx.inlines import write_inlines
from generator.writers.docx.widths import Layout, lay_out
from generator.writers.docx.xml import Element, q, sub

_WHOLE_ROW = 700  # characters up to which a row stays on one page
_WHOLE_TABLE = 1500  # characters and rows up to which a table does
_WHOLE_TABLE_ROWS = 12
_TINT = 0.16
_SIGNS = frozenset("■□●○◆◇▲▼█▬ \N{NO-BREAK SPACE}")


@dataclass(slots=True)
class _Span:
    """A cell that reaches into the rows below."""

    rows: int
    columns: int
    fill: str


def write_table(writing: Writing, place: Place, table: Table) -> None:
    """Append a table with its caption above and its source below."""
    if table.caption is not None:
        write_caption(writing, place, table.id, table.caption, above=True)
    writing.await_anchor(table.id)
    if writing.break_pending and place.top:
        with writing.paragraph(place, styles.SEPARATOR):
            pass
    draw(writing, place, table)
    if table.source:
        with writing.paragraph(place, styles.PARAGRAPH["source"], table.id, "source") as node:
            write_inlines(writing, node, table.source)
    else:
        writing.separator(place)


def draw(writing: Writing, place: Place, table: Table, description: str = "") -> None:
    """Append the bare table; `description` is its alternative text."""
    if not table.columns:
        return
    layout = lay_out(table, place.width)
    widths = layout.widths
    style = writing.template.style(styles.TABLE[table.look])
    node = sub(place.parent, "w:tbl")
    properties = sub(node, "w:tblPr")
    sub(properties, "w:tblStyle", val=style)
    sub(properties, "w:tblW", w=str(sum(widths)), type="dxa")
    sub(properties, "w:tblLayout", type="fixed")
    last_is_total = bool(table.body) and table.body[-1].total
    labels = bool(table.body) and all(row.cells and row.cells[0].header for row in table.body if not row.total)
    look = {"firstRow": bool(table.header), "lastRow": last_is_total, "firstColumn": labels}
    value = 0x20 * look["firstRow"] | 0x40 * look["lastRow"] | 0x80 * look["firstColumn"] | 0x600
    flags = {name: "1" if on else "0" for name, on in look.items()}
    sub(properties, "w:tblLook", val=f"{value:04X}", **flags, lastColumn="0", noHBand="1", noVBand="1")
    caption = plain(table.caption.content) if table.caption else ""
    for name, text in (("w:tblCaption", caption), ("w:tblDescription", description)):
        if text:
            sub(properties, name, val=xml.clean(text))
    grid = sub(node, "w:tblGrid")
    for width in widths:
        sub(grid, "w:gridCol", w=str(width))
    _Rows(writing, place, table, layout, node, style).write()


class _Rows:
    """Writes the rows of one table, with the cells that span rows."""

    def __init__(self, writing: Writing, place: Place, table: Table, layout: Layout, node: Element, style: str) -> None:
        self.writing, self.place, self.table, self.layout, self.node = writing, place, table, layout, node
        self.widths = layout.widths
        self.spans: dict[int, _Span] = {}
        self.keep = False
        shading = writing.template.header_shading.get(style)
        self.header_fill = "" if shading is None else shading.get(q("w:fill"), "")
        self.ids = {
            (kind, small): writing.template.style(
                styles.LAW_CELL if place.law else styles.SMALL_CELL[kind] if small else kind
            )
            for kind in styles.SMALL_CELL
            for small in (False, True)
        }

    def write(self) -> None:
        for index, row in enumerate(self.table.header):
            self._row(row, header=True, fill=self.header_fill if index else "")
        self.spans.clear()
        whole = self._is_short()
        for index, row in enumerate(self.table.body, start=1):
            last = index == len(self.table.body)
            self.keep = bool(self.table.source) if last else whole
            self._row(row, header=False, fill="")
        if not self.table.header and not self.table.body:
            self._row(Row((Cell(((),)),)), header=False, fill="")

    def _is_short(self) -> bool:
        """Whether the table is to stand on one page: each row is kept with the next, the last with the source."""
        rows = self.table.body
        if len(rows) > _WHOLE_TABLE_ROWS:
            return False
        return sum(len(plain(text)) for row in rows for cell in row.cells for text in cell.paragraphs) <= _WHOLE_TABLE

    def _row(self, row: Row, *, header: bool, fill: str) -> None:
        node = sub(self.node, "w:tr")
        short = sum(len(plain(paragraph)) for cell in row.cells for paragraph in cell.paragraphs) <= _WHOLE_ROW
        if short or header:
            properties = sub(node, "w:trPr")
            sub(properties, "w:cantSplit")
            if header and self.layout.turned:
                sub(properties, "w:trHeight", val=str(self.layout.height), hRule="atLeast")
            if header:
                sub(properties, "w:tblHeader")
        cells = iter(row.cells)
        column = 0
        while column < len(self.widths):
            span = self.spans.get(column)
            if span is not None:
                self._continue(node, column, span)
                column += span.columns
                continue
            cell = next(cells, None) or Cell(((),))
            columns = self._free(column, cell.colspan)
            self._cell(node, column, columns, cell, header=header, total=row.total, fill=fill)
            column += columns

    def _free(self, column: int, wanted: int) -> int:
        """Return how many columns a cell can take before the edge or a cell spanned from above."""
        columns = 1
        while columns < wanted and column + columns < len(self.widths) and column + columns not in self.spans:
            columns += 1
        return columns

    def _open(self, row: Element, column: int, columns: int, merge: str, fill: str) -> Element:
        node = sub(row, "w:tc")
        properties = sub(node, "w:tcPr")
        sub(properties, "w:tcW", w=str(sum(self.widths[column : column + columns])), type="dxa")
        if columns > 1:
            sub(properties, "w:gridSpan", val=str(columns))
        if merge:
            sub(properties, "w:vMerge", val=merge)
        if fill:
            sub(properties, "w:shd", val="clear", color="auto", fill=fill)
        return node

    def _continue(self, row: Element, column: int, span: _Span) -> None:
        node = self._open(row, column, span.columns, "continue", span.fill)
        xml.paragraph(node, self.ids[styles.CELL, self.table.look == "matrix"])
        span.rows -= 1
        if not span.rows:
            del self.spans[column]

    def _cell(
        self, row: Element, column: int, columns: int, cell: Cell, *, header: bool, total: bool, fill: str
    ) -> None:
        ground, character = _ground(self.writing.document.palette, cell)
        fill = ground or fill
        node = self._open(row, column, columns, "restart" if cell.rowspan > 1 else "", fill)
        if cell.rowspan > 1:
            self.spans[column] = _Span(cell.rowspan - 1, columns, fill)
        if header and column in self.layout.turned:
            sub(node[0], "w:textDirection", val="btLr")
        kind = _kind(cell, header=header, total=total)
        align = cell.align or self.table.columns[column].align
        style = self.ids[kind, self.table.look == "matrix"]
        for content in cell.paragraphs or ((),):
            paragraph = xml.paragraph(node, style)
            if self.keep:
                sub(paragraph[0], "w:keepNext")
            if align != "left":
                sub(paragraph[0], "w:jc", val=align)
            # The very first paragraph of the table carries the anchors that wait for one.
            opened = self.writing.open_pending(paragraph) if self.writing.has_pending else []
            write_inlines(self.writing, paragraph, content, character)
            for number in reversed(opened):
                self.writing.close_bookmark(paragraph, number)


def _kind(cell: Cell, *, header: bool, total: bool) -> str:
    if header:
        return styles.CELL_HEADER
    if total:
        return styles.CELL_TOTAL
    return styles.CELL_LABEL if cell.header else styles.CELL


def _ground(palette: Palette, cell: Cell) -> tuple[str, str]:
    """Return the ground of a cell and the character style for its text.

    A level has its own ground. A tone is the full colour, with white text, where the cell holds a mere sign (the bar of
    a Gantt table); where it holds words it is a light tint of it, so that they keep a contrast of 4.5:1.
    """
    if cell.level is not None:
        return palette.levels[min(max(cell.level, 0), 4)], ""
    if not cell.tone:
        return "", ""
    colour = palette.tone(cell.tone)
    words = "".join(plain(paragraph) for paragraph in cell.paragraphs)
    if all(character in _SIGNS for character in words):
        return colour, styles.LIGHT
    channels = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return "".join(f"{round(255 - (255 - channel) * _TINT):02X}" for channel in channels), ""
