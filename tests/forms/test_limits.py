"""Files made to do harm end in a diagnostic, quickly and with little memory."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator.sources.workbook import package
from generator.sources.workbook.grid import read_workbook
from generator.sources.workbook.package import ContainerError, column_letters, column_number, open_container
from tests.forms.filling import changed, form, read
from tests.forms.packages import in_sheets, with_parts

ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
CELL = '<table:table-cell office:value-type="string"{more}><text:p>x</text:p></table:table-cell>'


def ods(rows: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return target.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(ContainerError) as fault:
        read_workbook(data, "f")
    return fault.value.code


def test_repeated_cells_of_ods_are_counted_before_they_are_laid_out() -> None:
    many = CELL.format(more=' table:number-columns-repeated="16384"')
    assert refused(ods(f'<table:table-row table:number-rows-repeated="1048576">{many}</table:table-row>')) == "MP703"
    assert refused(ods(f"<table:table-row>{many}</table:table-row>")) == "MP703"
    few = CELL.format(more="")
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert read_workbook(ods(f"<table:table-row>{few}</table:table-row>{empty}"), "f").grids[0].rows[0][0] == "x"


def test_a_size_that_lies_is_found(workspace: Path) -> None:
    data = with_parts(
        form(workspace).data, {"xl/worksheets/sheet99.xml": b"<worksheet>" + b" " * 5_000 + b"</worksheet>"}
    )
    # In the directory at the end of the archive, the size of the part is made small.
    at = data.rindex(b"xl/worksheets/sheet99.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    lying = data[: at + 24] + struct.pack("<I", 20) + data[at + 28 :]
    assert refused(lying) == "MP701"


def test_many_parts_and_large_files_are_refused(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = form(workspace).data
    assert refused(with_parts(data, {f"xl/media/{number}.png": b"" for number in range(2_100)})) == "MP702"
    monkeypatch.setattr(package, "MAX_BYTES", 1_000)
    assert refused(data) == "MP702"


def test_parts_of_one_name_are_refused(workspace: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = with_parts(form(workspace).data, {"xl/workbook.xml": b"<workbook/>"})
    assert refused(data) == "MP702"


def test_locked_and_binary_workbooks_say_what_they_are(workspace: Path) -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    )
    assert refused(locked) == "MP701"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 2_000) == "MP701"
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    assert refused(target.getvalue()) == "MP701"
    assert refused(b"") == "MP701"


def test_nothing_but_sheets_strings_and_styles_reaches_the_reader(workspace: Path) -> None:
    harm = {
        "xl/vbaProject.bin": b"x",
        "xl/externalLinks/externalLink1.xml": b"<x/>",
        "xl/embeddings/oleObject1.bin": b"x",
        "customXml/item1.xml": b"<x/>",
        "xl/drawings/drawing1.xml": b"<x/>",
        "xl/drawings/drawing2.xml": b"<x>" + b"<anchor/>" * 90 + b"</x>",
    }
    container = open_container(with_parts(form(workspace).data, harm))
    with zipfile.ZipFile(BytesIO(container.data)) as archive:
        assert not set(harm) & set(archive.namelist())
    assert container.left_out == ["embedded objects", "links to other workbooks", "macros", "pictures or text boxes"]


def test_a_formula_is_text_when_it_comes_out_again(workspace: Path) -> None:
    path = workspace / "cities" / "kota-contoh" / "assessment.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("source: contoh", "source: \"=cmd|' /C calc'!A0\""), encoding="utf-8"
    )
    filled = form(workspace)
    sheet, row, column = filled.spot("answers", "one-01", "source")
    assert sheet.cell(row, column).data_type == "s"
    assert b"<f>cmd" not in b"".join(zipfile.ZipFile(BytesIO(filled.data)).read(name) for name in names(filled.data))
    assert read(workspace, filled.data).changes == ()


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def test_cells_without_places_are_counted_on(workspace: Path) -> None:
    data = form(workspace).put("answers", "one-01", "level", 3).save()
    assert changed(read(workspace, data)) == {("answers", "one-01", "level"): 3}
    with pytest.raises(AssertionError):
        in_sheets(data, rb"no such piece", b"")


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    for number, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")):
        assert column_letters(number) == letters
        assert column_number(letters) == number
