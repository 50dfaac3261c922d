"""Where the cells of a table stand once spans are counted: the column of each cell, and the rows that spans tie."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.document import Align, Cell, Document, Inline, Landscape, Missing, Row, Table
from generator.model.walks import plain, walk, walk_inlines
from generator.writers.typeface import width

# Points: the width of the text area, the type size and the room beside the text of a cell, by the look of the table.
_UPRIGHT, _TURNED = 439.0, 700.0
_TYPE = {"data": (9.5, 11.0), "matrix": (8.2, 7.0), "sheet": (9.5, 11.0), "form": (9.5, 11.0), "plain": (11.0, 5.0)}
_FILL_IN = 62.0
_BREAKS = re.compile(r"[\s/]+")  # codes ('RP-01') and ranges stay whole


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


def turned(document: Document) -> frozenset[str]:
    """Return the ids of the tables that stand on landscape pages."""
    blocks = walk((*document.front, *document.body))
    parts = [block for block in blocks if isinstance(block, Landscape)]
    return frozenset(block.id for part in parts for block in walk(part.children) if isinstance(block, Table))


def shares(table: Table, *, landscape: bool) -> tuple[float, ...]:
    """Return the width of each column as a share of the table, adding up to 1.

    The weights of the columns rule, except that no column is narrower than its longest word (or than a fill-in can be
    read in): what it lacks is taken from the columns that have room to spare.
    """
    room = _TURNED if landscape else _UPRIGHT
    size, beside = _TYPE[table.look]
    weights = [max(column.weight, 0.01) for column in table.columns]
    wanted = [weight / sum(weights) * room for weight in weights]
    least = [min(need + beside, 0.4 * room) for need in _needs(table, size)]
    if sum(least) >= room:
        return tuple(need / sum(least) for need in least)
    for _ in wanted:  # raising one column may push another below its need, so at most once a column
        short = sum(max(need - given, 0.0) for need, given in zip(least, wanted, strict=True))
        spare = sum(max(given - need, 0.0) for need, given in zip(least, wanted, strict=True))
        if short <= 0.01 or spare <= 0:
            break
        keep = max(1 - short / spare, 0.0)
        wanted = [need + max(given - need, 0.0) * keep for need, given in zip(least, wanted, strict=True)]
    return tuple(given / sum(wanted) for given in wanted)


def _needs(table: Table, size: float) -> list[float]:
    """Return the width of the longest word of each column, in points; cells over several columns do not count."""
    longest = [""] * len(table.columns)
    least = [0.0] * len(table.columns)
    for rows in (table.header, table.body):
        for _, cells, _ in placed(rows):
            for column, cell in cells:
                if cell.colspan > 1 or column >= len(longest):
                    continue
                for paragraph in cell.paragraphs:
                    word = max(_BREAKS.split(plain(paragraph)), key=len)
                    longest[column] = max(longest[column], word, key=len)
                    if _asks(paragraph):
                        least[column] = _FILL_IN
    # Bold type and kerning make up to a twentieth.
    return [max(width(word, size) * 1.06, need) for word, need in zip(longest, least, strict=True)]


def _asks(paragraph: tuple[Inline, ...]) -> bool:
    return any(isinstance(run, Missing) for run in walk_inlines(paragraph))
