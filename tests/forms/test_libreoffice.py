"""LibreOffice opens the form, keeps its lists, reckons its progress anew, and its saved copies import the same."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.forms.filling import Filled, changed, form, read

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def converted(data: bytes, kind: str, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it."""
    source = folder / "in" / "form.xlsx"
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / f"form.{kind.partition(':')[0]}").read_bytes()


def test_copies_saved_by_libreoffice_import_the_same(workspace: Path, tmp_path: Path) -> None:
    filled = form(workspace)
    filled.put("answers", "one-01", "level", 4).put("answers", "one-02", "value", "81,25").put(
        "answers", "one-04", "value", 12
    )
    filled.put("facts", "access", "note", "Angka sementara\nmenunggu BPS").put(
        "cover", "date", "value", "20 Februari 2026"
    )
    filled.put("programs", "own-portal", "budget:2027", 1_500_000_000)
    wanted = changed(read(workspace, filled.save()))
    assert len(wanted) == 6
    for kind in ("xlsx:Calc MS Excel 2007 XML", "ods", "xls"):
        reading = read(workspace, converted(filled.save(), kind, tmp_path))
        assert changed(reading) == wanted, kind
        assert not [item for item in reading.diagnostics if item.severity.value == "error"], kind


def test_errors_of_formulas_are_said(workspace: Path, tmp_path: Path) -> None:
    filled = form(workspace).put("answers", "one-02", "value", "=1/0")
    for kind in ("xlsx:Calc MS Excel 2007 XML", "ods"):
        reading = read(workspace, converted(filled.save(), kind, tmp_path))
        assert reading.changes == ()
        assert [item.code for item in reading.diagnostics] == ["MP705"], kind
        assert reading.diagnostics[0].place.file.endswith(filled.where("answers", "one-02", "value"))


def test_an_untouched_copy_changes_nothing(workspace: Path, tmp_path: Path) -> None:
    for kind in ("ods", "xls"):
        assert read(workspace, converted(form(workspace).data, kind, tmp_path)).changes == (), kind


def test_lists_stay_and_progress_is_reckoned(workspace: Path, tmp_path: Path) -> None:
    filled = form(workspace)
    sheet, row, _ = filled.spot("answers", "one-01", "level")
    assert bar(filled.data, sheet.title).endswith(" 67 %")
    # openpyxl drops the stored results, so what is shown afterwards LibreOffice has reckoned.
    filled.put("answers", "one-02", "value", 80)
    data = filled.save()
    assert bar(data, sheet.title) == "None"
    copy = converted(data, "xlsx:Calc MS Excel 2007 XML", tmp_path)
    assert bar(copy, sheet.title) == "█" * 20 + " 100 %"
    cover = openpyxl.load_workbook(BytesIO(copy), data_only=True).worksheets[0]
    shown = {str(cell.value) for line in cover.iter_rows() for cell in line}
    assert "3 dari 4" in shown  # of the assessment as a whole
    after = Filled(copy).book[sheet.title]
    lists = {
        str(rule.formula1): str(rule.sqref) for rule in after.data_validations.dataValidation if rule.type == "list"
    }
    assert any("0,1,2,3,4" in formula for formula in lists)
    assert any("masterplan-daftar" in formula for formula in lists)
    assert after.protection.sheet
    assert not after.cell(row, Filled(copy).spot("answers", "one-01", "level")[2]).protection.locked


def bar(data: bytes, title: str) -> str:
    """Return the progress bar that a file holds as stored result."""
    return str(openpyxl.load_workbook(BytesIO(data), data_only=True)[title]["C4"].value)
