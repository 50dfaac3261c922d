"""Workbooks spoiled as people spoil them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.forms.filling import Filled
from tests.forms.packages import in_sheets, with_parts


def answers(form: Filled) -> Any:
    """Return the sheet of the first area."""
    return form.spot("answers", "one-01", "level")[0]


# --- how people treat the sheet --------------------------------------------------------------------------------------


def sorted_rows(form: Filled) -> None:
    sheet = answers(form)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_row=9)]
    rows = sorted((row for row in rows if row[0]), key=lambda row: str(row[2]), reverse=True)
    for number, row in enumerate(rows, 7):
        for at, value in enumerate(row, 1):
            sheet.cell(number, at).value = value
    form.put("answers", "one-01", "level", 3)


def inserted_rows(form: Filled) -> None:
    answers(form).insert_rows(8, 2)
    form.put("answers", "one-03", "level", 2)


def inserted_column(form: Filled) -> None:
    sheet = answers(form)
    sheet.insert_cols(4)
    sheet.cell(8, 4).value = "sudah dicek"
    form.put("answers", "one-01", "level", 4)


def deleted_row(form: Filled) -> None:
    sheet, row, _ = form.spot("answers", "one-01", "level")
    sheet.delete_rows(row)
    form.put("answers", "one-03", "level", 3)


def renamed_sheets(form: Filled) -> None:
    form.put("answers", "one-01", "level", 0)
    for number, sheet in enumerate(form.book.worksheets):
        if sheet.sheet_state == "visible":
            sheet.title = f"Lembar {number}"


def reordered_sheets(form: Filled) -> None:
    form.put("answers", "one-01", "level", 0)
    form.book._sheets.reverse()


def keys_deleted(form: Filled) -> None:
    sheet = answers(form)
    form.put("answers", "one-01", "level", 1)
    sheet.delete_rows(5)
    sheet.delete_rows(1)


def ids_lost(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-01", "level")
    sheet.cell(row, column).value = 1
    sheet.cell(row, 1).value = None


def wrong_id(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-01", "level")
    sheet.cell(row, column).value = 1
    sheet.cell(row, 1).value = "one-91"
    sheet.cell(row, 3).value = "Layanan baru"


def remark_below(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-03", "note")
    sheet.cell(row + 6, column).value = "Mohon dicek lagi oleh Bappeda"


def remarks_beside(form: Filled) -> None:
    sheet, row, column = form.spot("identity", "capital", "value")
    sheet.cell(row, column + 3).value = "Mohon dicek"
    answers(form).cell(2, 9).value = "Diisi oleh Bappeda"


def own_sheet(form: Filled) -> None:
    sheet = form.book.create_sheet("Lampiran")
    sheet["B2"].value, sheet["B3"].value = "Daftar aplikasi", 12
    form.put("answers", "one-01", "level", 3)


def row_copied(form: Filled) -> None:
    sheet, row, _ = form.spot("answers", "one-01", "level")
    for at in range(1, sheet.max_column + 1):
        sheet.cell(row + 5, at).value = sheet.cell(row, at).value
    keys = {cell.value: cell.column for cell in sheet[5]}
    sheet.cell(row + 5, keys["level"]).value = 4


def sheet_copied(form: Filled) -> None:
    form.book.copy_worksheet(answers(form))
    form.put("answers", "one-01", "level", 3)


def merged_sources(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-01", "source")
    form.put("answers", "one-02", "value", 80)
    sheet.cell(row, column).value = "Laporan bersama 2025"
    sheet.merge_cells(start_row=row, end_row=row + 2, start_column=column, end_column=column)


def merged_levels(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-01", "level")
    sheet.cell(row, column).value = 3
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)


def trailing_blanks(form: Filled) -> None:
    form.put("answers", "one-01", "source", "contoh   ")
    form.put("answers", "one-03", "note", "belum semua\u00a0")
    form.put("answers", "one-02", "source", "   ")
    for row in range(60, 200):
        answers(form).cell(row, 30).value = "  "


# --- how people write values -----------------------------------------------------------------------------------------


def indonesian_decimals(form: Filled) -> None:
    form.put("answers", "one-02", "value", "81,25").put("answers", "one-02", "source", "BPS")
    form.put("answers", "one-04", "value", "1.250.000").put("answers", "one-04", "source", "Kominfo")


def single_point(form: Filled) -> None:
    form.put("answers", "one-04", "value", "1.250").put("answers", "one-04", "source", "Kominfo")


def number_turned_into_date(form: Filled) -> None:
    form.put("answers", "one-02", "value", dt.datetime(2026, 5, 12)).put("answers", "one-02", "source", "BPS")


def words_for_number(form: Filled) -> None:
    form.put("answers", "one-02", "value", "sekitar 80 persen")


def share_for_percent(form: Filled) -> None:
    form.put("answers", "one-02", "value", 0.8)


def outside_of_unit(form: Filled) -> None:
    form.put("answers", "one-02", "value", 812.5)


def half_level(form: Filled) -> None:
    form.put("answers", "one-01", "level", 2.5)


def value_for_rubric(form: Filled) -> None:
    form.put("answers", "one-03", "value", 80)


def year_ahead(form: Filled) -> None:
    form.put("answers", "one-01", "year", 2062)


def two_years(form: Filled) -> None:
    form.put("answers", "one-01", "year", "2024/2025")


def date_as_text(form: Filled) -> None:
    form.put("cover", "date", "value", "20 Pebruari 2026")


def evidence_mistyped(form: Filled) -> None:
    form.put("answers", "one-01", "evidence", "Terverivikasi")


def not_known_in_words(form: Filled) -> None:
    form.put("answers", "one-01", "level", "belum ada data")


def emptied(form: Filled) -> None:
    form.put("answers", "one-03", "level", None).put("answers", "one-03", "note", None)


def status_emptied(form: Filled) -> None:
    form.put("cover", "status", "value", None)


def fact_without_source(form: Filled) -> None:
    form.put("facts", "portal", "value", "Ya")


def program_half(form: Filled) -> None:
    sheet, row, column = form.spot("programs", "+1", "name")
    sheet.cell(row, column).value = "Program baru"


def program_nameless(form: Filled) -> None:
    sheet, row, column = form.spot("programs", "+1", "aim")
    sheet.cell(row, column).value = "Tujuan saja"


def long_text(form: Filled) -> None:
    form.put("answers", "one-01", "note", "a" * 5_000)


def hidden_marks(form: Filled) -> None:
    form.put("answers", "one-01", "note", "balik \u202e arah")


# --- formulas, and what could do harm --------------------------------------------------------------------------------


def formula_without_result(form: Filled) -> None:
    form.put("answers", "one-02", "value", "=40+41")


def calls_a_program(form: Filled) -> bytes:
    form.put("answers", "one-02", "value", "=1+1")
    return in_sheets(form.save(), rb"<f>1\+1</f><v ?/?>(</v>)?", b"<f>cmd|' /C calc'!A0</f><v>80</v>")


def formula_with_result(form: Filled) -> bytes:
    form.put("answers", "one-02", "value", "=1+1")
    return in_sheets(form.save(), rb"<f>1\+1</f><v ?/?>(</v>)?", b"<f>SUM(Z1:Z9)</f><v>80.5</v>")


def formula_outside(form: Filled) -> bytes:
    form.put("answers", "one-02", "value", "=1+1")
    return in_sheets(form.save(), rb"<f>1\+1</f><v ?/?>(</v>)?", b"<f>[1]Lain!A1</f><v>80</v>")


def formula_in_error(form: Filled) -> bytes:
    form.put("answers", "one-02", "value", "=1+1")
    return in_sheets(
        form.save(), rb"(<c [^>]*?)( t=\"\w+\")?><f>1\+1</f><v ?/?>(</v>)?", rb'\1 t="e"><f>1/0</f><v>#DIV/0!</v>'
    )


def formula_as_text(form: Filled) -> None:
    sheet, row, column = form.spot("answers", "one-01", "note")
    cell = sheet.cell(row, column)
    cell.value = "=cmd|' /C calc'!A0"
    cell.data_type = "s"


def macros(form: Filled) -> bytes:
    form.put("answers", "one-01", "level", 3)
    return with_parts(form.save(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not opened"})


def external_link(form: Filled) -> bytes:
    form.put("answers", "one-01", "level", 3)
    return with_parts(form.save(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def zip_bomb(form: Filled) -> bytes:
    return with_parts(form.save(), {"xl/worksheets/sheet99.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})


def cell_at_the_end(form: Filled) -> None:
    answers(form)["XFD1048576"].value = "x"


def xml_entities(form: Filled) -> bytes:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>'
    return with_parts(form.save(), {"xl/worksheets/sheet99.xml": bomb})


def other_city(form: Filled) -> None:
    form.book["masterplan-asal"]["B1"].value = "99.02"
    form.put("answers", "one-01", "level", 3)


def not_a_form(form: Filled) -> None:
    for sheet in form.book.worksheets[1:]:
        form.book.remove(sheet)
    sheet = form.book.worksheets[0]
    sheet.delete_rows(1, 60)
    sheet["A1"].value = "Anggaran belanja"


def cut_off(form: Filled) -> bytes:
    data = form.save()
    return data[: len(data) // 2]


def a_picture(form: Filled) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
