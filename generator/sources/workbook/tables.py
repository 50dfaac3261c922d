"""Grids to statements: which table a sheet holds, which column is which, and to what item each row belongs.

Sheets are known by their hidden mark or their headings, never by name or position; columns by hidden key, else by
title; rows by hidden id, else by the name of their item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite

from generator.model.diagnostics import Place
from generator.model.form import (
    BASE_SHEET,
    COVER,
    IDENTITY,
    KEY_ROW_MARK,
    LIST_HEAD,
    MARK,
    TABLES,
    Address,
    Column,
    FormCity,
    Reads,
    Table,
    TableId,
)
from generator.sources.workbook.cells import Raw, is_blank, told
from generator.sources.workbook.grid import Grid
from generator.sources.workbook.items import fold, note_altered, report_rows, row_id
from generator.sources.workbook.reading import Head, Reading, Statement

HEAD_ROWS = 40
"""Rows among which the headings are looked for."""
BESIDE = 3
"""Column from which on nothing of ours stands above a table."""
_LEAST_TITLES = 3
_FROM_1904 = 1462
"""Days between the two beginnings of time that spreadsheets have."""
_TITLES: Mapping[TableId, frozenset[str]] = {
    "answers": frozenset({"indikator", "level dipilih", "nilai", "tahun", "sumber", "bukti", "catatan", "definisi"}),
    "facts": frozenset({"data profil", "nilai", "tahun", "sumber", "tahun sebelumnya", "catatan"}),
    "opd": frozenset({"urusan", "nama lazim", "nama di daerah ini"}),
    "programs": frozenset({"nama program", "dimensi dan subdimensi", "jenis", "penanggung jawab", "tujuan"}),
    "overrides": frozenset({"program katalog", "lazimnya ditangani", "keputusan", "alasan"}),
    "missions": frozenset({"misi", "dimensi terkait", "sumber"}),
    "documents": frozenset({"nama dokumen", "peraturan penetapan", "arahan bagi kota cerdas", "sumber"}),
    "identity": frozenset(),
    "cover": frozenset(),
}
_SPREAD: frozenset[Reads] = frozenset(
    {"text", "link", "year", "evidence", "fund", "opd", "kind", "place", "areas", "action"}
)
"""What a cell merged over several rows says of each of them; levels and figures belong to one row alone."""


def read_tables(grids: tuple[Grid, ...], reading: Reading) -> None:
    """Add the statements of all sheets of a form (MP704, MP706, MP707, MP712-MP714)."""
    for grid in grids:
        if grid.cell(0, 0) == f"{MARK}:{BASE_SHEET}":
            reading.city = _base(grid)
    strange: list[tuple[str, int]] = []
    for grid in grids:
        head = _head(grid)
        if head is not None:
            reading.tables.add(head.table.id)
            _unknown_columns(grid, head, reading)
            for row in range(head.row + 1, len(grid.rows)):
                _row(grid, row, head, reading)
        elif not _is_hidden_sheet(grid):
            _foreign_sheet(grid, strange)
    if reading.tables:
        for place, count in strange:
            message = f"the sheet is none of the form: its {count} cells are not read"
            reading.found.warning("MP714", Place(place), message, "put what matters into the sheets of the form")
    report_rows(reading)


def _is_hidden_sheet(grid: Grid) -> bool:
    first = grid.cell(0, 0)
    return first == f"{MARK}:{BASE_SHEET}" or (isinstance(first, str) and first.startswith(f"{LIST_HEAD} "))


def _foreign_sheet(grid: Grid, strange: list[tuple[str, int]]) -> None:
    filled = [(row, at) for row, cells in enumerate(grid.rows) for at, cell in enumerate(cells) if not is_blank(cell)]
    if filled:
        strange.append((grid.place(*filled[0]), len(filled)))


def _base(grid: Grid) -> FormCity:
    """Read the hidden sheet: whose form it is, and what was filled in when it was made."""
    base: dict[Address, str] = {}
    for cells in grid.rows[2:]:
        table, row, column, value = (str(cell) for cell in (*cells[:4], "", "", "", "")[:4])
        if table in TABLES:
            base[Address(next(id for id in TABLES if id == table), row, column)] = value
    version = grid.cell(0, 3)
    return FormCity(
        code=str(grid.cell(0, 1) or ""),
        slug=str(grid.cell(0, 2) or ""),
        version=int(version) if isinstance(version, float) and isfinite(version) else None,
        base=base,
    )


# --- headings --------------------------------------------------------------------------------------------------------


def _head(grid: Grid) -> Head | None:
    marked = next(
        (
            TABLES[id]
            for row in range(min(3, len(grid.rows)))
            for cell in grid.rows[row]
            for id in TABLES
            if cell == f"{MARK}:{id}"
        ),
        None,
    )
    by_key = _by_keys(grid, marked)
    return by_key if by_key is not None else _by_titles(grid, marked)


def _by_keys(grid: Grid, marked: Table | None) -> Head | None:
    for number in range(min(HEAD_ROWS, len(grid.rows))):
        cells = grid.rows[number]
        if KEY_ROW_MARK not in cells:
            continue
        fitting: list[tuple[Table, dict[int, Column]]] = []
        for table in (marked,) if marked is not None else TABLES.values():
            keys = {at: table.column(cell) for at, cell in enumerate(cells) if isinstance(cell, str)}
            known = {at: column for at, column in keys.items() if column is not None}
            if len(known) >= min(len(table.columns), 6 if marked is None else 2):
                fitting.append((table, known))
        if fitting:
            table, known = max(fitting, key=lambda found: len(found[1]))
            return Head(table, number, known, next((at for at, item in known.items() if item.key == "id"), None))
    return None


def _by_titles(grid: Grid, marked: Table | None) -> Head | None:
    for number in range(min(HEAD_ROWS, len(grid.rows))):
        words = {at: fold(cell) for at, cell in enumerate(grid.rows[number]) if not is_blank(cell)}
        present = set(words.values())
        table = marked or max(TABLES.values(), key=lambda item: len(_TITLES[item.id] & present))
        titles = {fold(column.title): column for column in table.columns}
        budget = {word: column for word in present if (column := _budget(word, table)) is not None}
        columns = {at: found for at, word in words.items() if (found := (titles | budget).get(word)) is not None}
        if len({column.key for column in columns.values()}) >= _LEAST_TITLES:
            return Head(table, number, columns, next((at for at, item in columns.items() if item.key == "id"), None))
    return None


def _budget(word: str, table: Table) -> Column | None:
    match = re.fullmatch(r"anggaran ((?:19|20)\d\d)(?: \(rp\))?", word)
    return table.column(f"budget:{match.group(1)}") if match is not None else None


def _unknown_columns(grid: Grid, head: Head, reading: Reading) -> None:
    if head.table.id == "cover":
        return  # what stands beside its fields is ours
    for row, cells in enumerate(grid.rows[: head.row]):
        for at in range(BESIDE, len(cells)):
            if not is_blank(cells[at]):
                message = "what stands above the table is not read"
                reading.found.warning("MP714", Place(grid.place(row, at)), message, "put it into the column of notes")
    width = max((len(row) for row in grid.rows), default=0)
    for column in range(width):
        if column in head.columns:
            continue
        filled = [row for row in range(head.row + 2, len(grid.rows)) if not is_blank(grid.cell(row, column))]
        if filled:
            place = grid.place(filled[0], column)
            reading.found.warning(
                "MP714", Place(place), f"{len(filled)} cells of a column that the form does not have: not read",
                "put them into the column of notes",
            )  # fmt: skip


# --- rows ------------------------------------------------------------------------------------------------------------


def _row(grid: Grid, row: int, head: Head, reading: Reading) -> None:
    inputs = {at: column for at, column in head.columns.items() if _takes(column, head.table)}
    cells = {at: _raw(grid, row, at) for at in inputs}
    given = grid.cell(row, head.id_column) if head.id_column is not None else None
    if is_blank(given) and all(is_blank(grid.cell(row, at)) for at in inputs):
        return
    if _is_heading(grid, row, head):
        return
    id = row_id(grid, row, head, given, reading)
    if id is None:
        return
    row_place = f"{grid.file} '{grid.name}' row {row + 1}"
    first = reading.rows.get((head.table.id, id))
    if first is not None and not _again(grid, row, cells, inputs, id, head, reading, first):
        return
    reading.rows.setdefault((head.table.id, id), row_place)
    note_altered(grid, row, id, head, reading)
    for at, column in inputs.items():
        reads = _reads(head.table.id, id, column)
        if reads is None:
            continue
        if not _formula_is_good(grid, row, at, reading) or not _merge_is_good(grid, row, at, reads, reading):
            reading.refused.add(Address(head.table.id, id, column.key))
            continue
        raw = _spread(grid, row, at) if reads in _SPREAD and (row, at) in grid.merged else cells[at]
        address = Address(head.table.id, id, column.key)
        reading.statements.append(
            Statement(
                address=address,
                reads=reads,
                raw=_day(raw, reads, grid),
                place=grid.place(row, at),
                row_place=row_place,
                percent=(row, at) in grid.percents,
            )
        )


def _day(raw: Raw, reads: Reads, grid: Grid) -> Raw:
    """Return a number that is meant as a date as days since 1900, as all readers count them."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and reads == "date" and grid.since_1904:
        return raw + _FROM_1904
    return raw


def _takes(column: Column, table: Table) -> bool:
    return column.reads is not None or (table.id in ("cover", "identity") and column.key == "value")


def _raw(grid: Grid, row: int, column: int) -> Raw:
    raw = grid.cell(row, column)
    return None if is_blank(raw) else raw


def _is_heading(grid: Grid, row: int, head: Head) -> bool:
    titles = sum(1 for at, column in head.columns.items() if fold(grid.cell(row, at)) == fold(column.title))
    return titles >= min(2, len(head.columns))


def _reads(table: TableId, id: str, column: Column) -> Reads | None:
    if table in ("cover", "identity"):
        return next((item.reads for item in (COVER if table == "cover" else IDENTITY) if item.id == id), None)
    return column.reads


def _again(
    grid: Grid, row: int, cells: Mapping[int, Raw], inputs: Mapping[int, Column], id: str, head: Head,
    reading: Reading, first: str,
) -> bool:  # fmt: skip
    """Report a second row of the same item, unless it says nothing new; return whether it is read."""
    before = {item.address.column: item.raw for item in reading.statements if item.address[:2] == (head.table.id, id)}
    differing = [at for at, raw in cells.items() if raw is not None and raw != before.get(inputs[at].key)]
    for at in differing:
        reading.error(
            "MP707", grid.place(row, at), f"'{id}' stands a second time, first in {first}, and says something else",
            "keep one of the two rows",
        )  # fmt: skip
    return False


# --- cells -----------------------------------------------------------------------------------------------------------


def _formula_is_good(grid: Grid, row: int, column: int, reading: Reading) -> bool:
    note = grid.formulas.get((row, column))
    if note is None:
        return True
    place = grid.place(row, column)
    if note.error:
        reading.error("MP705", place, f"the formula of the cell ends in {told(note.error)}", "write the value itself")
        return False
    if "|" in note.text or not note.has_result:
        reason = "the formula calls a program" if "|" in note.text else "the formula has no stored result"
        hint = "write the value itself, or open and save the file in a spreadsheet program"
        reading.error("MP712", place, f"{reason}: not read", hint)
        return False
    reading.found.warning(
        "MP712",
        Place(place),
        "the formula looks outside of the workbook; its stored result is taken",
        "check the value",
    )
    return True


def _spread(grid: Grid, row: int, column: int) -> Raw:
    top, left = grid.merged[row, column]
    return _raw(grid, top, left) if left == column else None


def _merge_is_good(grid: Grid, row: int, column: int, reads: Reads, reading: Reading) -> bool:
    """Report a cell that is covered by another one; return whether it can be read all the same."""
    first = grid.merged.get((row, column))
    if first is None or is_blank(grid.cell(*first)) or (first[1] == column and reads in _SPREAD):
        return True
    reading.error(
        "MP713", grid.place(row, column), f"the cell is merged with {grid.place(*first).rpartition('!')[2]}: not read",
        "undo the merging, and fill in each row",
    )  # fmt: skip
    return False


def rows_of(statements: list[Statement]) -> Iterator[tuple[tuple[TableId, str], list[Statement]]]:
    """Yield the statements of each row together, in order."""
    grouped: dict[tuple[TableId, str], list[Statement]] = {}
    for item in statements:
        grouped.setdefault((item.address.table, item.address.row), []).append(item)
    yield from grouped.items()
