"""A workbook as a plain .ods file: what a small program or a converter writes, without formats."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Spot = tuple[str, int, int]
"""Sheet, row and column from 1."""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>"""
_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def ods_of(book: Any, *, percent: Spot, note: Spot) -> bytes:
    """Return the values of an openpyxl workbook as .ods; one cell is shown as per cent, one carries a comment."""
    sheets = []
    for sheet in book.worksheets:
        rows = []
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [
                _cell(cell.value, (sheet.title, number, at) == percent, (sheet.title, number, at) == note)
                for at, cell in enumerate(row, 1)
            ]
            rows.append(f"<table:table-row>{''.join(_shortened(cells))}</table:table-row>")
        sheets.append(f"<table:table table:name={quoteattr(sheet.title)}>{''.join(_shortened(rows))}</table:table>")
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + "".join(sheets) + _TAIL)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return target.getvalue()


def _cell(value: object, percent: bool, note: bool) -> str:
    inside = "<office:annotation><text:p>mohon dicek</text:p></office:annotation>" if note else ""
    match value:
        case None:
            kind = ""
        case bool():
            kind = f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f' office:value-type="{"percentage" if percent else "float"}" office:value="{value}"'
        case dt.date():
            kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
        case _ if str(value).startswith("="):
            kind = ""  # formulas of the form only tell its progress
        case _:
            kind = ' office:value-type="string"'
            inside += "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell{kind}>{inside}</table:table-cell>"


def _shortened(parts: list[str]) -> list[str]:
    """Return elements with runs of empty ones written once, as programs do."""
    done: list[str] = []
    empty = "<table:table-cell></table:table-cell>"
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and parts[end] == parts[at] == empty:
            end += 1
        if end > at + 1:
            done.append(f'<table:table-cell table:number-columns-repeated="{end - at}"/>')
            at = end
        else:
            done.append(parts[at])
            at += 1
    return done
