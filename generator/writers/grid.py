"""Where the cells of a table stand once spans are counted: the column of each cell, and the rows that spans tie."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Align, Cell, Row, Table


def placed(rows: tuple[Row, ...]) -> Iterator[tuple[Row, tuple[tuple[int, Cell], ...], bool]]:
    """Yield each row with its cells and their columns (from 0), and whether a row span ties it to the next row."""
    covered: dict[int, int] = {}  # column -> rows below that a span from above still fills
    for row in rows:
        cells: list[tuple[int, Cell]] = []
        below: dict[int, int] = {column: left - 1 for column, left in covered.items() if left > 1}
        column = 0
        for cell in row.cells:
            while covered.get(column, 0):
                column += 1
            cells.append((column, cell))
            for spanned in range(column, column + cell.colspan):
                if cell.rowspan > 1:
                    below[spanned] = cell.rowspan - 1
            column += cell.colspan
        covered = below
        yield row, tuple(cells), bool(below)


def alignment(table: Table, column: int, cell: Cell) -> Align:
    """Return the alignment of a cell: its own, else that of the (first) column it stands in."""
    if cell.align or not table.columns:
        return cell.align or "left"
    return table.columns[min(column, len(table.columns) - 1)].align
