"""The sheets of the form as worksheets: formats, drop-down lists, protection, progress by formula, print layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from generator.model.form import BASE_SHEET, LIST_HEAD, LISTS_SHEET, MARK, VERSION, Column, Reads, Value, canonical
from generator.writers.form.sheets import Cell, Form, FormSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE, NOTE, PROGRESS, KEYS, HEADER, FIRST = 1, 2, 3, 4, 5, 6
"""Rows of a sheet, from 0; row 0 holds the hidden mark."""
BAR = 20
"""Characters of the progress bar."""
A4, A3 = 9, 8
WIDEST = 300
"""Characters of all columns up to which a table is printed on one page's width."""
LONGEST = 32_000
_LINE = 13.0
"""Height of a line, points."""
_TALLEST = 400.0
_FONT = {"font_name": "Carlito", "font_size": 10, "valign": "top", "text_wrap": True}
_BOX = {"border": 1, "border_color": "#C9D1D6"}
INPUT = {**_BOX, "bg_color": "#FFF9DB", "locked": False}
DATE_FORMAT = "[$-421]d mmmm yyyy"
_NUMBER_FORMATS: Mapping[str, str] = {
    "text": "@", "link": "@", "series": "@", "money": "#,##0", "date": DATE_FORMAT, "level": "0", "year": "0",
    "whole": "0", "number": "General", "share": "General",
}  # fmt: skip
_ALIGNED: Mapping[str, str] = {
    "level": "center", "year": "center", "whole": "center", "number": "right", "money": "right", "share": "right",
}  # fmt: skip
_PROTECTION = {
    "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True,
    "autofilter": True, "insert_hyperlinks": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sheet tells its progress, for the sum on the cover."""

    sheet: str
    area: bool
    done: int
    total: int

    @property
    def quoted(self) -> str:
        """The sheet's name as formulas write it."""
        return "'" + self.sheet.replace("'", "''") + "'"


@dataclass
class Pages:
    """The workbook that is being written, and its formats."""

    book: Workbook
    form: Form
    cache: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)
    looks: dict[tuple[Reads | None, bool, bool], Format] = field(default_factory=dict)
    """Formats of the cells of tables, so that thousands of alike cells need no look-up by all that a format says."""

    def style(self, **given: Any) -> Format:
        """Return a format, made once."""
        key = tuple(sorted(given.items()))
        if key not in self.cache:
            self.cache[key] = self.book.add_format({**_FONT, **given})
        return self.cache[key]

    @cached_property
    def accent(self) -> str:
        """The colour of headings, '#RRGGBB'."""
        return "#" + self.form.content.framework.look.tones.get("accent", "0B4F6C")

    # --- hidden sheets -----------------------------------------------------------------------------------------------

    @cached_property
    def list_ranges(self) -> dict[Reads, str]:
        """Kind of a list -> the range of its words on the hidden sheet."""
        from xlsxwriter.utility import xl_col_to_name

        return {
            reads: f"='{LISTS_SHEET}'!${xl_col_to_name(at)}$2:${xl_col_to_name(at)}${len(words) + 1}"
            for at, (reads, words) in enumerate(self.form.lists.items())
        }

    def write_lists(self) -> None:
        """Write the hidden sheet of the words of drop-down lists."""
        page = self.book.add_worksheet(LISTS_SHEET)
        for column, (reads, words) in enumerate(self.form.lists.items()):
            page.write_string(0, column, f"{LIST_HEAD} {reads}")
            for row, text in enumerate(words.values(), 1):
                page.write_string(row, column, text)
        page.protect()
        page.hide()

    def write_base(self) -> None:
        """Write the hidden sheet of what was filled in: the reader's measure of what the city changed."""
        page = self.book.add_worksheet(BASE_SHEET)
        city = self.form.dossier.city
        page.write_string(0, 0, f"{MARK}:{BASE_SHEET}")
        page.write_string(0, 1, city.code)
        page.write_string(0, 2, self.form.dossier.slug)
        page.write_number(0, 3, VERSION)
        page.write_string(1, 0, "Lembar ini dibaca oleh program; jangan dihapus.")
        for row, (address, value) in enumerate(self.form.known.items(), 2):
            for column, text in enumerate((*address, canonical(value))):
                page.write_string(row, column, text[:LONGEST])
        page.protect()
        page.hide()


def write_sheet(pages: Pages, sheet: FormSheet) -> Progress | None:
    """Write one sheet with its table; return where its progress stands, None where nothing is counted."""
    page = pages.book.add_worksheet(sheet.name)
    page.write_string(
        TITLE, 1, sheet.title, pages.style(bold=True, font_size=15, font_color=pages.accent, text_wrap=False)
    )
    page.write_string(NOTE, 1, sheet.note, pages.style(italic=True, font_color="#5B6470", text_wrap=False))
    write_table(pages, page, sheet, KEYS)
    progress = _progress(pages, page, sheet)
    page.freeze_panes(FIRST, 3 if sheet.area else 2)
    # With the hidden ids, which have to move with their rows.
    page.autofilter(HEADER, 0, FIRST + len(sheet.rows) - 1, len(sheet.columns) - 1)
    if sheet.tone:
        page.set_tab_color(f"#{sheet.tone}")
    _print_layout(page, sheet)
    if sheet.area:
        _colour(pages, page, sheet)
    return progress


def write_table(pages: Pages, page: Worksheet, sheet: FormSheet, keys: int) -> None:
    """Write the hidden mark and keys, headings and rows of a table whose keys stand in row `keys`."""
    hidden = {"hidden": True}
    page.write_string(0, 0, f"{MARK}:{sheet.table}")
    page.set_row(0, None, None, hidden)
    page.set_row(keys, None, None, hidden)
    header = pages.style(
        bold=True, font_color="#FFFFFF", bg_color=pages.accent, border=1, border_color="#FFFFFF", valign="vcenter"
    )
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, None, hidden if column.key == "id" else {})
        page.write_string(keys, at, column.key)
        page.write_string(keys + 1, at, column.title, header)
    page.set_row(keys + 1, 32)
    for number, row in enumerate(sheet.rows, keys + 2):
        page.write_string(number, 0, row.id, pages.style(font_color="#9AA4AB"))
        for at, column in enumerate(sheet.columns[1:], 1):
            _cell(pages, page, number, at, row.cells.get(column.key, Cell()), column)
        page.set_row(number, _height(row.cells, sheet.columns))
    _validate(pages, page, sheet, keys + 2)
    page.protect("", _PROTECTION)


def _cell(pages: Pages, page: Worksheet, row: int, at: int, cell: Cell, column: Column) -> None:
    named = cell.reads is None and column.key in ("name", "label")
    key = (cell.reads, named, bool(cell.shown))
    if key not in pages.looks:
        pages.looks[key] = _look(pages, cell, named)
    write_value(page, row, at, cell.shown, pages.looks[key])


def _look(pages: Pages, cell: Cell, named: bool) -> Format:
    if cell.reads is None:
        bold = {"bold": True} if named else {}
        return pages.style(**_BOX, **bold, bg_color="#FFFFFF" if cell.shown else "#EEF1F3")
    align = _ALIGNED.get(cell.reads, "left")
    return pages.style(**INPUT, align=align, num_format=_NUMBER_FORMATS.get(cell.reads, "General"))


def write_value(page: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """Write a value by its kind; text is always text, never a formula."""
    match value:
        case None | "":
            page.write_blank(row, column, None, style)
        case bool():
            page.write_string(row, column, "Ya" if value else "Tidak", style)
        case dt.date():
            page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
        case int() | float():
            page.write_number(row, column, value, style)
        case _:
            page.write_string(row, column, str(value)[:LONGEST], style)


def _height(cells: Mapping[str, Cell], columns: tuple[Column, ...]) -> float:
    lines = 1
    for column in columns:
        shown = cells[column.key].shown if column.key in cells else None
        if isinstance(shown, str):
            lines = max(lines, sum(max(1, ceil(len(part) / column.width)) for part in shown.split("\n")))
    return min(_TALLEST, max(20.0, lines * _LINE + 4))


# --- drop-down lists and limits --------------------------------------------------------------------------------------


def _validate(pages: Pages, page: Worksheet, sheet: FormSheet, first: int) -> None:
    """Give the cells for input their lists and limits: one rule for each run of rows that share it."""
    for at, column in enumerate(sheet.columns):
        runs: dict[tuple[object, ...], list[list[int]]] = {}
        cells: dict[tuple[object, ...], Cell] = {}
        for number, row in enumerate(sheet.rows, first):
            cell = row.cells.get(column.key, Cell())
            if cell.reads is None:
                continue
            key: tuple[object, ...] = (cell.reads, cell.bounds, cell.yes_no, cell.help)
            cells[key] = cell
            ranges = runs.setdefault(key, [])
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
        for shared, ranges in runs.items():
            cell = cells[shared]
            rule = {"ignore_blank": True, **(_rule(pages, cell) or {"validate": "any"})}
            if cell.help:
                rule |= {"input_title": "Petunjuk", "input_message": cell.help[:255]}
            elif rule["validate"] == "any":
                continue
            top, bottom = ranges[0]
            rule["other_cells"] = [(start, at, end, at) for start, end in ranges[1:]]
            page.data_validation(top, at, bottom, at, rule)


def _rule(pages: Pages, cell: Cell) -> dict[str, Any] | None:
    choose = {"error_title": "Pilihan tidak dikenal", "error_message": "Pilih salah satu dari daftar."}
    if cell.yes_no:
        return {"validate": "list", "source": ["Ya", "Tidak"], **choose}
    match cell.reads:
        case "level":
            return {"validate": "list", "source": ["0", "1", "2", "3", "4"], **choose}
        case "fund" | "areas" as several:  # several may be named, so the list only helps
            return {"validate": "list", "source": pages.list_ranges[several], "show_error": False}
        case reads if reads in pages.list_ranges:
            return {"validate": "list", "source": pages.list_ranges[reads], **choose}
        case "year":
            return {
                "validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100, "error_type": "warning",
                "error_title": "Tahun", "error_message": "Tulis satu tahun, misalnya 2025.",
            }  # fmt: skip
        case "number" | "share" | "money" | "whole":
            low, high = cell.bounds if cell.bounds != (None, None) else (0.0 if cell.reads != "number" else None, None)
            return _figures(low, high)
        case _:
            return None


def _figures(low: float | None, high: float | None) -> dict[str, Any]:
    limits = {
        "criteria": "between",
        "minimum": low if low is not None else -1e15,
        "maximum": high if high is not None else 1e15,
    }
    words = f"Tulis angka antara {low:g} dan {high:g}." if low is not None and high is not None else "Tulis angka saja."
    return {"validate": "decimal", **limits, "error_type": "warning", "error_title": "Angka", "error_message": words}


# --- progress --------------------------------------------------------------------------------------------------------


def _progress(pages: Pages, page: Worksheet, sheet: FormSheet) -> Progress | None:
    if not sheet.done or not sheet.rows:
        return None
    from xlsxwriter.utility import xl_col_to_name

    last = FIRST + len(sheet.rows)
    keys = [column.key for column in sheet.columns]
    ranges = [
        f"{xl_col_to_name(keys.index(key))}{FIRST + 1}:{xl_col_to_name(keys.index(key))}{last}" for key in sheet.done
    ]
    done = sum(1 for row in sheet.rows if any(row.cells[key].shown not in (None, "") for key in sheet.done))
    total = len(sheet.rows)
    label = pages.style(font_color=pages.accent, text_wrap=False)
    count = pages.style(bold=True, num_format='0" terisi"', align="left", text_wrap=False)
    page.write_formula(PROGRESS, 0, f"=ROWS(A{FIRST + 1}:A{last})", pages.style(font_color="#9AA4AB"), total)
    filled = "+".join(f"LEN({area})" for area in ranges)
    page.write_formula(PROGRESS, 1, f"=SUMPRODUCT(--({filled}>0))", count, done)
    row = PROGRESS + 1
    page.write_formula(PROGRESS, 2, bar_formula(f"B{row}", f"A{row}"), label, bar(done, total))
    return Progress(sheet.name, sheet.area, done, total)


def bar_formula(done: str, total: str) -> str:
    """Return the formula of a progress bar with per cent after it."""
    share = f"IF({total}=0,0,{done}/{total})"
    return f'=REPT("█",ROUND({share}*{BAR},0))&REPT("░",{BAR}-ROUND({share}*{BAR},0))&" "&ROUND({share}*100,0)&" %"'


def bar(done: int, total: int) -> str:
    """Return what the formula of `bar_formula` shows."""
    share = done / total if total else 0.0
    full = int(share * BAR + 0.5)
    return "█" * full + "░" * (BAR - full) + f" {int(share * 100 + 0.5)} %"


# --- colours and print -----------------------------------------------------------------------------------------------


def _colour(pages: Pages, page: Worksheet, sheet: FormSheet) -> None:
    """Give a chosen level its colour, here and in the rubric, and mark a missing source."""
    from xlsxwriter.utility import xl_col_to_name

    keys = [column.key for column in sheet.columns]
    last = FIRST + len(sheet.rows) - 1
    level, value, source = (keys.index(key) for key in ("level", "value", "source"))
    cell = f"${xl_col_to_name(level)}{FIRST + 1}"
    for number, tone in enumerate(pages.form.content.framework.look.levels):
        style = pages.book.add_format({"bg_color": f"#{tone}", "bold": True})
        rule = {"type": "formula", "criteria": f'=AND({cell}<>"",VALUE({cell}&"")={number})', "format": style}
        page.conditional_format(FIRST, level, last, level, rule)
        rubric = keys.index(f"rubric-{number}")
        page.conditional_format(FIRST, rubric, last, rubric, rule)
    open_source = (
        f'=AND(OR({cell}<>"",${xl_col_to_name(value)}{FIRST + 1}<>""),${xl_col_to_name(source)}{FIRST + 1}="")'
    )
    wanted = pages.book.add_format({"bg_color": "#FFD8A8"})
    page.conditional_format(FIRST, source, last, source, {"type": "formula", "criteria": open_source, "format": wanted})


def _print_layout(page: Worksheet, sheet: FormSheet) -> None:
    width = sum(column.width for column in sheet.columns[1:])
    page.set_landscape()
    page.set_paper(A3 if width > 180 else A4)
    # Wide tables go over two pages side by side, the names again on each.
    page.fit_to_pages(2 if width > WIDEST else 1, 0)
    page.repeat_rows(HEADER)
    if width > WIDEST:
        page.repeat_columns(1, 2)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&8&A&R&8Halaman &P dari &N")
    page.hide_gridlines(2)
