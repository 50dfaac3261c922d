"""The workbook: shades, formats and dates, words, cities without a draft, and links to each city's files."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from generator.compose.portfolio_words import level_of
from generator.model.portfolio import Absent, CityRow
from generator.writers import portfolio_sheets
from generator.writers.xlsx import MOST_LINKS
from tests.batch.portfolios import AREAS, CALENDAR, PALETTE, city, portfolio

FILES = ("=1+1.docx", "Buku 1 #2 ñ 100%.pdf", "quick-win/Profil [1].pdf")


def book(*rows: CityRow, missing: tuple[Absent, ...] = ()) -> Any:
    return openpyxl.load_workbook(BytesIO(portfolio_sheets.write(portfolio(*rows, missing=missing), PALETTE)))


def test_the_heat_map_has_the_colours_of_the_page() -> None:
    sheet = book(city("kota-medan"))["Peta panas"]
    cells = {cell.value: cell for cell in sheet[5][1:] if cell.value is not None}
    assert len(cells) == len(AREAS) - 1
    for score, cell in cells.items():
        assert cell.fill.fgColor.rgb == f"FF{PALETTE.levels[level_of(score)]}"
        assert cell.number_format == "0.00"
    assert sheet[5][len(AREAS)].fill.fgColor.rgb == "00000000", "what is not known has no shade"


def test_scores_dates_and_words_are_those_of_the_office() -> None:
    sheet = book(city("kota-medan"))["Daerah"]
    told = {head.value: cell for head, cell in zip(sheet[4], sheet[5], strict=True)}
    assert (told["Skor"].value, told["Skor"].number_format) == (2.05, "0.00")
    assert told["Kesiapan"].number_format == "0.00"
    assert told["Tanggal draf"].is_date
    assert told["Tanggal draf"].value == datetime(2026, 2, 27)
    assert told["Penilaian"].value == "contoh"
    assert told["Tahap per 27\u00a0Februari\u00a02026"].value == "belum mulai"


def test_the_steps_of_the_mentoring_have_their_dates() -> None:
    sheet = book(city("kota-medan"))["Pendampingan"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=5)]
    assert [(name, f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}") for _, name, start, end in rows] == list(CALENDAR)


def test_a_city_without_a_draft_has_a_row_that_says_so() -> None:
    missing = (Absent(slug="kota-ambon", code="81.71", name="Kota Ambon", state="failed"), Absent(slug="kota-x"))
    whole = book(city("kota-medan"), missing=missing)
    rows = [[cell.value for cell in row] for row in whole["Daerah"].iter_rows(min_row=6)]
    assert [row[:2] for row in rows] == [["81.71", "Kota Ambon"], [None, "kota-x"]]
    assert [row[-1] for row in rows] == ["belum ada draf; gagal pada batch terakhir", "belum ada draf"]
    assert {cell for row in rows for cell in row[2:-1]} == {None}
    assert [row[0].value for row in whole["Peta panas"].iter_rows(min_row=5)] == ["Kota Medan", "Kota Ambon", "kota-x"]


def test_every_file_is_linked_and_none_of_them_is_a_formula() -> None:
    data = portfolio_sheets.write(portfolio(city("kota-medan", files=FILES)), PALETTE)
    sheet = openpyxl.load_workbook(BytesIO(data))["Berkas"]
    cells = [row[2] for row in sheet.iter_rows(min_row=5)]
    assert [cell.value for cell in cells] == [name.rpartition("/")[2] for name in FILES]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].quotePrefix
    addresses = [cell.hyperlink.target.replace("\\", "/") for cell in cells]
    assert [unquote(address) for address in addresses] == [f"../kota-medan/{name}" for name in FILES]
    assert not any(re.search(r"[ #\[]", address) for address in addresses)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "sheet4" in name)


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_more_files_than_a_sheet_may_link_are_named_all_the_same() -> None:
    files = tuple(f"Berkas-{at}.pdf" for at in range(MOST_LINKS + 5))
    data = portfolio_sheets.write(portfolio(city("kota-medan", files=files)), PALETTE)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.read("xl/worksheets/sheet4.xml").count(b"<hyperlink ") == MOST_LINKS
        assert package.read("xl/sharedStrings.xml").count(b"Berkas-") >= MOST_LINKS + 5
