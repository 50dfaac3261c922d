"""A spreadsheet file as grids of plain values, whatever its format; formulas are never evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from io import BytesIO

from generator.sources.workbook.cells import Raw
from generator.sources.workbook.package import (
    MAX_CELLS,
    ContainerError,
    Formula,
    Kind,
    column_letters,
    open_container,
)

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet: rows of cells from A1, as many in a row as it has columns."""

    file: str
    name: str
    rows: Sequence[Sequence[Raw]]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Covered cell of a merged area -> its first cell, rows and columns from 0."""
    formulas: Mapping[tuple[int, int], Formula] = field(default_factory=dict)
    percents: Set[tuple[int, int]] = frozenset()
    """Cells whose figure is shown as per cent."""
    since_1904: bool = False
    """Whether the file counts days from 1904: dates are right, but numbers that are meant as dates are not shifted."""

    def cell(self, row: int, column: int) -> Raw:
        """Return the value of a cell, None outside of the grid."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def place(self, row: int, column: int) -> str:
        """Return where a cell stands, as people say it: "form.xlsx 'Smart Living'!K12"."""
        return f"{self.file} '{self.name}'!{column_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """All sheets of a file, and the parts that were not looked at."""

    grids: tuple[Grid, ...]
    kind: Kind
    left_out: tuple[str, ...] = ()


def read_workbook(data: bytes, file: str) -> Workbook:
    """Return the sheets of a workbook (.xlsx, .xlsm, .xls, .ods). Raises `ContainerError` (MP701-MP703)."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

    container = open_container(data)
    grids: list[Grid] = []
    try:
        with CalamineWorkbook.from_filelike(BytesIO(container.data)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.total_height * sheet.total_width > MAX_CELLS:
                    raise ContainerError("MP703", f"sheet '{name}' spans too many cells: not read")
                merged = sheet.merged_cell_ranges or []
                notes = {(note.row, note.column): note for note in container.formulas.get(name, ())}
                rows = sheet.to_python(skip_empty_area=False)
                percents = container.percents.get(name, set())
                grids.append(
                    Grid(
                        file=file,
                        name=name,
                        rows=rows,
                        merged=_covered(merged),
                        formulas=notes,
                        percents=percents,
                        since_1904=container.since_1904,
                    )
                )
    except PasswordError as fault:
        raise ContainerError("MP701", "the file is locked with a password", "save it without a password") from fault
    except (CalamineError, ZipError, ValueError, OverflowError, OSError) as fault:
        raise ContainerError("MP701", f"the file is damaged: {fault}", "save it again, and send it again") from fault
    return Workbook(grids=tuple(grids), kind=container.kind, left_out=tuple(container.left_out))


def _covered(ranges: Sequence[Merged]) -> dict[tuple[int, int], tuple[int, int]]:
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in ranges:
        if (bottom - top + 1) * (right - left + 1) > 5_000:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    covered[row, column] = (top, left)
    return covered
