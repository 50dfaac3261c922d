"""The action plan as a workbook: sheets of typed columns with filters, frozen headers, formats and sums by formula.

Text is always written as text: a cell that begins with `=`, `+`, `-` or `@` is no formula, also after it is edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from generator.model.content import CityDossier, Content
from generator.model.plan import Plan
from generator.writers.xlsx.matrix import kpis, matrix
from generator.writers.xlsx.registers import budget, by_key, quick_wins, risks, trace, unfunded
from generator.writers.xlsx.sheet import Column, Formula, Hole, Link, Names, Shade, Sheet, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FILE_NAME = "rencana-aksi.xlsx"
LONGEST = 32_000
"""Characters of one cell; the format allows 32,767."""
LONGEST_ADDRESS = 2_000
MOST_LINKS = 65_000
"""Of one sheet; the format allows 65,530."""
HEADER = 3
"""Row of the header, from 0: title, note and sums stand above it."""
A3, A4 = 8, 9
PAGE_WIDTH = 260
"""Characters of all columns up to which a sheet is printed on one page's width."""
LINE = 14.5
"""Height of a line, in points."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True, "font_color": "#5B6470"},
    "header": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#0B4F6C", "font_color": "#FFFFFF",
               "border": 1, "border_color": "#FFFFFF"},
    "text": {"text_wrap": True, "valign": "top"},
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "hole": {"text_wrap": True, "valign": "top", "bg_color": "#FFF3BF"},
    "money": {"num_format": "#,##0", "valign": "top"},
    "number": {"num_format": "General", "valign": "top"},
    "date": {"num_format": "[$-421]d mmmm yyyy", "valign": "top", "align": "left", "indent": 1},
    "link": {"font_color": "#0B4F6C", "underline": 1, "text_wrap": True, "valign": "top"},
    "quoted link": {"font_color": "#0B4F6C", "underline": 1, "text_wrap": True, "valign": "top",
                    "quote_prefix": True},
    "sum": {"num_format": "#,##0", "bold": True, "top": 1, "bottom": 1},
    "label": {"bold": True, "top": 1, "bottom": 1},
}  # fmt: skip
_INK = "1B2433"


def write(dossier: CityDossier, content: Content, plan: Plan) -> bytes:
    """Return the workbook of a plan; its bytes depend on the input alone."""
    title = f"Rencana aksi {dossier.city.full_name}"
    return write_sheets(sheets(dossier, content, plan), title, dossier.city.date)


def write_sheets(pages: Iterable[Sheet], title: str, day: date) -> bytes:
    """Return sheets as a workbook that says it was made on `day`; its bytes depend on the arguments alone."""
    from xlsxwriter import Workbook

    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": title,
            "author": "Generator Masterplan",
            "created": datetime.combine(day, time(), UTC).replace(tzinfo=None),
        }
    )
    formats = _Formats(book)
    for sheet in pages:
        _fill(book, sheet, formats)
    book.close()
    return target.getvalue()


def sheets(dossier: CityDossier, content: Content, plan: Plan) -> tuple[Sheet, ...]:
    """Return the sheets of a plan in their order."""
    names = Names(dossier, content, plan)
    return (
        matrix(names),
        kpis(names),
        budget(names),
        by_key(names, plan.budgets.opd, "Anggaran OPD", "Anggaran per perangkat daerah", "Perangkat daerah"),
        by_key(names, plan.budgets.fund, "Anggaran Dana", "Anggaran per sumber dana", "Sumber dana"),
        risks(names),
        quick_wins(names),
        unfunded(names),
        trace(names),
    )


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[tuple[int | None, str], Any] = {}
        self._named = {name: self._add(style) for name, style in _STYLES.items()}

    def _add(self, style: Mapping[str, Any]) -> Any:
        return self._book.add_format({"font_name": "Carlito", "font_size": 10, **style})

    def __getitem__(self, name: str) -> Any:
        return self._named[name]

    def number(self, decimals: int | None, colour: str = "") -> Any:
        """Return the format of numbers with so many decimals (`Column.decimals`) on a ground, RRGGBB or ''."""
        if decimals is None and not colour:
            return self["number"]
        key = (decimals, colour)
        if key not in self._numbers:
            style = dict(_STYLES["number"])
            if decimals is not None:
                style["num_format"] = f"0.{'0' * decimals}" if decimals else "0"
            if colour:
                style |= {"bg_color": f"#{colour}", "border": 1, "border_color": "#FFFFFF"}
            self._numbers[key] = self._add(style)
        return self._numbers[key]


def _fill(book: Workbook, sheet: Sheet, formats: _Formats) -> None:
    page = book.add_worksheet(sheet.name)
    writer = _Page(page, formats)
    writer.text(0, 0, sheet.title, "title")
    writer.text(1, 0, sheet.note, "note")
    first, last = HEADER + 1, HEADER + len(sheet.rows)
    for column, spec in enumerate(sheet.columns):
        page.set_column(column, column, spec.width)
        writer.text(HEADER, column, spec.title, "header")
    if sheet.header_lines is not None:
        page.set_row(HEADER, LINE * sheet.header_lines)
    for row, values in enumerate(sheet.rows, first):
        for column, value in enumerate(values):
            writer.value(row, column, value, sheet.columns[column])
    if any(spec.total for spec in sheet.columns) and sheet.rows:
        writer.text(HEADER - 1, 0, "Jumlah baris yang tampak", "label")
        for column, spec in enumerate(sheet.columns):
            if spec.total:
                writer.sum(HEADER - 1, column, first, last, sheet.rows)
    page.freeze_panes(HEADER + 1, sheet.frozen)
    if sheet.rows:
        page.autofilter(HEADER, 0, last, len(sheet.columns) - 1)
    page.set_landscape()
    page.repeat_rows(HEADER)
    if sum(spec.width for spec in sheet.columns) <= PAGE_WIDTH:
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
    else:  # too wide for one page: the frozen columns come again on each
        page.set_paper(A3)
        page.set_print_scale(60)
        page.repeat_columns(0, max(0, sheet.frozen - 1))


@dataclass(frozen=True, slots=True)
class _Page:
    page: Worksheet
    formats: _Formats

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text as text; what a spreadsheet could take for a formula is quoted."""
        cut = text if len(text) <= LONGEST else text[:LONGEST] + "…"
        name = "quoted" if style == "text" and cut.startswith(_DANGEROUS) else style
        self.page.write_string(row, column, cut, self.formats[name])

    def value(self, row: int, column: int, value: Value, spec: Column) -> None:
        """Write a value by its kind; an empty one leaves the cell empty."""
        match value:
            case None:
                self.page.write_blank(row, column, None, self.formats["text"])
            case Hole():
                self.text(row, column, f"[Isi: {value.what}]", "hole")
            case Formula():
                self.page.write_formula(row, column, value.text, self.formats["money"], value.value)
            case Link():
                self.link(row, column, value)
            case Shade():
                self.page.write_number(row, column, value.value, self.formats.number(spec.decimals, value.colour))
            case date():
                self.page.write_datetime(row, column, datetime.combine(value, time()), self.formats["date"])
            case str():
                self.text(row, column, value)
            case _:
                style = self.formats["money"] if spec.money else self.formats.number(spec.decimals)
                self.page.write_number(row, column, value, style)

    def link(self, row: int, column: int, link: Link) -> None:
        """Write text that leads to a file; without its address where a sheet or the format holds no more of them."""
        if len(link.target) > LONGEST_ADDRESS or self.page.hlink_count >= MOST_LINKS:
            self.text(row, column, link.text)
            return
        style = self.formats["quoted link" if link.text.startswith(_DANGEROUS) else "link"]
        self.page.write_url(row, column, f"external:{link.target}", style, link.text[:LONGEST])

    def sum(self, row: int, column: int, first: int, last: int, rows: tuple[tuple[Value, ...], ...]) -> None:
        """Write the sum of a column of visible rows as a formula, with the sum of all as its stored result."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        whole = sum(_number(values[column]) for values in rows)
        area = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        self.page.write_formula(row, column, f"=SUBTOTAL(109,{area})", self.formats["sum"], whole)


def _number(value: Value) -> float:
    if isinstance(value, Formula):
        return value.value
    return value if isinstance(value, int | float) else 0
