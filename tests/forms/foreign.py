"""Workbooks as other programs write them, and as people treat them there."""

from __future__ import annotations

import datetime as dt
import re

from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.forms.filling import Filled
from tests.forms.open_document import ods_of
from tests.forms.packages import in_sheets, rewritten, with_parts


def macro_workbook(form: Filled) -> bytes:
    form.put("answers", "one-01", "level", 3)
    data = with_parts(form.save(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not opened"})
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return rewritten(
        data,
        lambda name, part: (
            part.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            if name == "[Content_Types].xml"
            else part
        ),
    )


def google_sheets(form: Filled) -> bytes:
    """As Google Sheets exports it: no properties, no protection, all figures with a decimal, other names of sheets."""
    form.put("answers", "one-01", "level", 3).put("answers", "one-02", "value", 80)
    form.put("facts", "access", "value", 75)
    for sheet in form.book.worksheets:
        sheet.protection.sheet = False
        sheet.row_dimensions[1].hidden = sheet.column_dimensions["A"].hidden = False

    def part_of(name: str, part: bytes) -> bytes | None:
        if name.startswith("docProps/"):
            return None
        if name.startswith("xl/worksheets/"):
            return re.sub(rb"<v>(\d+)</v></c>", rb"<v>\1.0</v></c>", re.sub(rb"<sheetProtection[^>]*/>", b"", part))
        return part

    return rewritten(form.save(), part_of)


def open_document(form: Filled) -> bytes:
    """As a small program writes .ods: rows and cells that repeat, and a note beside a cell."""
    form.put("answers", "one-01", "level", 3).put("answers", "one-02", "value", 0.8125)
    sheet, row, column = form.spot("answers", "one-02", "value")
    return ods_of(form.book, percent=(sheet.title, row, column), note=(sheet.title, row, 3))


def old_excel_is_html(form: Filled) -> bytes:
    return b"\xef\xbb\xbf<html><body><table><tr><td>one-01</td><td>3</td></tr></table></body></html>"


def strict_workbook(form: Filled) -> bytes:
    form.put("answers", "one-01", "level", 3)
    old = b"http://schemas.openxmlformats.org/"
    return rewritten(
        form.save(),
        lambda _, part: part.replace(
            old + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            old + b"officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    )


def dates_of_the_mac(form: Filled) -> None:
    form.book.epoch = CALENDAR_MAC_1904
    form.put("cover", "date", "value", dt.datetime(2026, 2, 20))


def sorted_without_ids(form: Filled) -> None:
    """Somebody took off the protection and sorted what can be seen: the hidden ids stayed where they were."""
    form.put("answers", "one-01", "level", 4)
    sheet, first, _ = form.spot("answers", "one-01", "level")
    second = form.spot("answers", "one-03", "level")[1]
    for column in range(2, sheet.max_column + 1):
        above, below = sheet.cell(first, column), sheet.cell(second, column)
        above.value, below.value = below.value, above.value


def shown_as_percent(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-02", "value")
    sheet.cell(row, column).value = 0.8125
    sheet.cell(row, column).number_format = "0.00%"
    sheet, row, column = form.spot("identity", "budget.smart_city_share", "value")
    sheet.cell(row, column).value = 0.015
    sheet.cell(row, column).number_format = "0.0%"


def unit_overwritten(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-02", "unit")
    sheet.cell(row, column).value = "rumah tangga"
    form.put("answers", "one-02", "value", 80)


def cell_comment(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-01", "level")
    sheet.cell(row, column).comment = Comment("seharusnya 4", "Dinas")


def string_out_of_range(form: Filled) -> bytes:
    form.put("answers", "one-02", "value", 81)
    return in_sheets(form.save(), rb"( t=\"n\")?><v>81</v>", b' t="s"><v>999999</v>')


def infinite(form: Filled) -> bytes:
    form.put("answers", "one-02", "value", 81)
    return in_sheets(form.save(), rb"<v>81</v>", b"<v>1e400</v>")


def backslashes(form: Filled) -> bytes:
    return rewritten(form.save(), lambda _, part: part, rename=lambda name: name.replace("/", "\\"))


def program_emptied(form: Filled) -> None:
    for column in ("name", "place", "kind", "lead", "budget:2026", "funds"):
        form.put("programs", "own-portal", column, None)


def override_without_reason(form: Filled) -> None:
    form.put("overrides", "prg-one", "action", "Tidak dipakai")


def unknown_dimension(form: Filled) -> None:
    form.put("missions", "m1", "dimensions", "Satu; Dua")


def mission_without_text(form: Filled) -> None:
    sheet, row, column = form.spot("missions", "+1", "source")
    sheet.cell(row, column).value = "RPJMD"
