"""Tables of the cohort that are all wrong, and workbooks whose hidden cells, places or dates are not what they seem."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generator.model.content import Content
from generator.model.diagnostics import Diagnostic, Severity
from generator.sources.cities import CityName
from generator.sources.content import load_content
from generator.sources.workbook import cohort
from generator.sources.workbook.cohort import CohortReading, read_cohort
from generator.sources.workbook.grid import read_workbook
from tests.forms.filling import changed, form, read
from tests.forms.packages import rewritten
from tests.forms.test_limits import CELL, ODS, ods

pytestmark = pytest.mark.timeout(300)  # what would not end fails; how soon it ends is no test's matter
CITY = CityName(slug="kota-contoh", code="00.71", name="Kota Contoh")


@pytest.fixture
def content(workspace: Path) -> Content:
    loaded, found = load_content(workspace)
    assert loaded is not None, found
    return loaded


def taken(content: Content, table: str) -> CohortReading:
    return read_cohort(table.encode(), "c.csv", content, (CITY,))


def numbers(found: tuple[Diagnostic, ...], severity: Severity) -> tuple[int, str]:
    """Return how many are told one by one, and what is told of the others."""
    ours = [item for item in found if item.severity is severity]
    return len(ours) - 1, ours[-1].message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("kota-tiada-{},one-01,2,2025,x\n", "MP706"),
        ("kota-contoh,tiada-{},2,2025,x\n", "MP706"),
        ("kota-contoh,one-01,2,2025,x,{}\n", "MP706"),
        ("kota-contoh,one-01,{},,\n", "MP707"),
    ],
)
def test_a_hundred_wrong_rows_are_told_and_the_others_counted(content: Content, row: str, code: str) -> None:
    table = "kota,id,level,year,source\n" + "".join(row.format(number) for number in range(150_000))
    reading = taken(content, table)
    assert {item.code for item in reading.diagnostics} == {code}
    told, rest = numbers(reading.diagnostics, Severity.ERROR)
    assert told == cohort.MAX_TOLD
    assert f"{150_000 - cohort.MAX_TOLD - (code == 'MP707')} more" in rest


def test_unknown_columns_are_told_up_to_a_limit(content: Content) -> None:
    head = ",".join(f"kolom {number}" for number in range(1_900))
    reading = taken(content, f"kota,one-01,{head}\nkota-contoh,2\n")
    told, rest = numbers(reading.diagnostics, Severity.WARNING)
    assert (told, reading.diagnostics[0].code) == (cohort.MAX_TOLD, "MP714")
    assert f"{1_900 - cohort.MAX_TOLD} more" in rest
    assert reading.statements["kota-contoh"]


def test_warnings_do_not_hide_errors(content: Content) -> None:
    head = ",".join(f"kolom {number}" for number in range(500))
    reading = taken(content, f"kota,one-01,{head}\nkota-tiada,2\n")
    assert [item.code for item in reading.diagnostics if item.severity is Severity.ERROR] == ["MP706"]


def test_too_many_columns_or_cells_are_told(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = taken(content, "kota," + ",".join(["x"] * 100_000) + "\n")
    assert [item.code for item in wide.diagnostics] == ["MP719"]
    monkeypatch.setattr(cohort, "MAX_CELLS", 30)
    long = taken(content, "kota,one-01\n" + "kota-contoh,2\n" * 20)
    assert [item.code for item in long.diagnostics] == ["MP719"]
    assert "30 cells" in long.diagnostics[0].message


def test_many_right_rows_of_one_city_are_read_in_time(content: Content) -> None:
    row = "kota-contoh,one-01,2,2025,x\n"
    reading = taken(content, "kota,id,level,year,source\n" + row * 100_000)
    assert not reading.diagnostics
    assert len(reading.statements["kota-contoh"]) == 3


# --- workbooks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [b"1e999", b"-1e400", b"nan", b"inf", b"1e308", b"-1", b"2.5", b"0x10"])
def test_a_hidden_version_that_is_no_number(workspace: Path, number: bytes) -> None:
    data = form(workspace).save()

    def spoil(name: str, part: bytes) -> bytes:
        return part.replace(b'<c r="D1"', b'<c r="D1"><v>' + number + b'</v></c><c r="E1"', 1)

    read(workspace, rewritten(data, lambda name, part: spoil(name, part) if "worksheets/" in name else part))


@pytest.mark.parametrize("more", ["", ' table:formula="of:=1"', ' calcext:value-type="error"'])
def test_a_cell_that_stands_in_no_table(more: str) -> None:
    cell = CELL.format(more=more).replace('"string"', '"percentage" office:value="0.5"')
    spoiled = ODS.replace("<office:spreadsheet>", "<office:spreadsheet>" + cell)
    spoiled = spoiled.replace("xmlns:text", 'xmlns:calcext="urn:x" xmlns:text', 1)
    data = rewritten(ods(""), lambda name, part: spoiled.format(rows="").encode() if name == "content.xml" else part)
    assert [grid.name for grid in read_workbook(data, "f").grids] == ["A"]


@pytest.mark.parametrize("as_number", [False, True])
@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_are_right_whatever_year_they_are_counted_from(
    workspace: Path,
    as_number: bool,
    since_1904: bool,
) -> None:
    day = dt.date(2026, 3, 2)
    filled = form(workspace)
    if since_1904:
        filled.book.epoch = CALENDAR_MAC_1904
    begin = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30)
    filled.put("cover", "date", "value", (day - begin).days if as_number else day)
    if as_number:
        sheet, row, column = filled.spot("cover", "date", "value")
        sheet.cell(row, column).number_format = "General"
    assert changed(read(workspace, filled.save()))["cover", "date", "value"] == day
