"""Form, fill in, import, form again: nothing is lost, and a second import has no effect."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.model.form import EVIDENCE, STATUS, Address, canonical
from generator.sources.files import FORBIDDEN
from generator.sources.workbook.cells import UNKNOWN, tidy
from generator.sources.workbook.changes import propose
from generator.sources.workbook.known import known_values
from generator.sources.workbook.reading import Reading
from generator.writers.form import write_form
from tests.forms.filling import Filled, changed, form, load, read, take

FILES = ("assessment.yaml", "city.yaml", "programs.yaml")


def texts(workspace: Path) -> dict[str, str]:
    return {name: (workspace / "cities" / "kota-contoh" / name).read_text(encoding="utf-8") for name in FILES}


def test_an_untouched_form_changes_nothing(workspace: Path) -> None:
    filled = form(workspace)
    for data in (filled.data, filled.save()):
        reading = read(workspace, data)
        assert reading.changes == ()
        assert reading.diagnostics == ()


def test_a_form_has_the_same_bytes_each_time(workspace: Path) -> None:
    content, dossier = load(workspace)
    assert write_form(dossier, content) == write_form(dossier, content)


def test_the_form_shows_what_is_known(workspace: Path) -> None:
    filled = form(workspace)
    assert filled.get("answers", "one-01", "level") == 2
    assert filled.get("answers", "one-01", "evidence") == "Terverifikasi"
    assert filled.get("answers", "one-01", "rubric-4") == "penuh"
    assert filled.get("facts", "access", "value") == 71.5
    assert filled.get("facts", "population", "value") is None
    assert filled.get("facts", "population", "known") == "250.000 jiwa (Tabel 2025)"
    assert filled.get("opd", "planning", "name") == "Bappeda Kota Contoh"
    assert filled.get("programs", "own-portal", "budget:2026") == 1_000_000_000
    assert filled.get("programs", "own-portal", "place") == "Satu › Bagian"
    assert filled.get("cover", "status", "value") == "Data contoh"


def test_only_cells_for_input_are_open(workspace: Path) -> None:
    for sheet in form(workspace).book.worksheets:
        assert sheet.protection.sheet
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    assert cell.protection.locked
    filled = form(workspace)
    is_open = {
        ("answers", "one-01", "level"): True,
        ("answers", "one-01", "value"): False,
        ("answers", "one-02", "value"): True,
        ("answers", "one-01", "definition"): False,
        ("facts", "access", "known"): False,
        ("facts", "access", "value"): True,
    }
    for address, takes in is_open.items():
        sheet, row, column = filled.spot(*address)
        assert sheet.cell(row, column).protection.locked is not takes, address
        assert sheet.cell(row, 1).protection.locked
        assert sheet.column_dimensions["A"].hidden


def test_a_filled_form_changes_the_files_and_keeps_their_comments(workspace: Path) -> None:
    filled = form(workspace)
    filled.put("answers", "one-01", "level", 4).put("answers", "one-02", "value", "81,25")
    filled.put("answers", "one-02", "source", "BPS 2025").put("facts", "access", "series", "2022: 65,5; 2023: 70")
    filled.put("identity", "leaders.head.name", "value", "Ibu Contoh").put(
        "identity", "budget.smart_city_share", "value", 1.5
    )
    filled.put("programs", "own-portal", "budget:2027", "1.500.000.000").put("opd", "planning", "name", None)
    reading = take(workspace, filled.save())
    assert not [item for item in reading.diagnostics if item.severity.value == "error"]
    written = texts(workspace)
    assert "one-01: {level: 4, year: 2025, source: contoh, evidence: verified}  # seen" in written["assessment.yaml"]
    assert "# why so low" in written["assessment.yaml"]
    assert "one-02: {value: 81.25, source: BPS 2025}" in written["assessment.yaml"]
    assert "budget: {2026: 1_000_000_000, 2027: 1500000000}" in written["programs.yaml"]
    assert 'action: "off"' in written["programs.yaml"]
    _, dossier = load(workspace)
    assert dossier.city.leaders.head is not None
    assert dossier.city.leaders.head.name == "Ibu Contoh"
    assert dossier.city.budget is not None
    assert dossier.city.budget.smart_city_share == pytest.approx(0.015)
    assert dossier.city.facts["access"].series == {2022: 65.5, 2023: 70}
    assert dossier.city.opd == {}
    before = texts(workspace)
    assert take(workspace, filled.save()).changes == ()
    assert texts(workspace) == before


def test_a_new_programme_gets_its_id_from_its_name(workspace: Path) -> None:
    filled = form(workspace)
    sheet, row, _ = filled.spot("programs", "+1", "name")
    columns = {cell.value: cell.column for cell in sheet[5]}
    values = {"name": "Satu Data Kota", "place": "Satu › Bagian", "kind": "Aplikasi", "lead": "Bappeda",
              "budget:2026": "Rp 2.000.000.000", "funds": "APBD", "start_year": 2}  # fmt: skip
    for key, value in values.items():
        sheet.cell(row, columns[key]).value = value
    take(workspace, filled.save())
    _, dossier = load(workspace)
    own = {item.id: item for item in dossier.programs.programs}["own-satu-data-kota"]
    assert (own.dimension, own.subdimension, own.kind, own.lead) == ("one", "part", "application", "planning")
    assert own.budget == {2026: 2_000_000_000}
    assert own.start_year == 2
    # The hidden id is still empty in that file, and the name says which programme it is.
    assert take(workspace, filled.save()).changes == ()


def test_missions_and_documents_come_and_go(workspace: Path) -> None:
    filled = form(workspace)
    assert filled.get("missions", "m1", "text") == "Misi satu"
    assert filled.get("missions", "m1", "dimensions") == "Satu"
    filled.put("missions", "m1", "dimensions", "Satu; Kesiapan").put("missions", "m1", "source", "RPJMD")
    sheet, row, column = filled.spot("missions", "+1", "text")
    sheet.cell(row, column).value = "Mewujudkan pelayanan publik yang cepat, terbuka, dan terpadu"
    sheet, row, column = filled.spot("documents", "+1", "name")
    sheet.cell(row, column).value = "RTRW Kota Contoh 2022–2042"
    reading = take(workspace, filled.save())
    assert reading.diagnostics == ()
    _, dossier = load(workspace)
    first, second = dossier.city.missions
    assert (first.id, first.dimensions, first.source) == ("m1", ("one", "ready"), "RPJMD")
    assert (second.id, second.text[:10]) == ("misi-mewujudkan-pelayanan-publik", "Mewujudkan")
    assert [item.id for item in dossier.city.documents] == ["dok-rtrw-kota-contoh-2022-2042"]
    assert take(workspace, filled.save()).changes == ()
    again = form(workspace)
    for column in ("text", "dimensions", "source"):
        again.put("missions", "m1", column, None)
    again.put("documents", "dok-rtrw-kota-contoh-2022-2042", "name", None)
    reading = take(workspace, again.save())
    assert reading.diagnostics == ()
    _, dossier = load(workspace)
    assert [item.id for item in dossier.city.missions] == [second.id]
    assert dossier.city.documents == ()


def test_a_programme_of_the_catalogue_is_changed_or_refused_with_a_reason(workspace: Path) -> None:
    filled = form(workspace)
    assert filled.get("overrides", "prg-base", "action") == "Tidak dipakai"
    assert filled.get("overrides", "prg-base", "reason") == "sudah ada"
    filled.put("overrides", "prg-one", "action", "Ubah").put("overrides", "prg-one", "start_year", 3)
    reading = take(workspace, filled.save())
    wanted = [filled.where("overrides", "prg-one", column) for column in ("action", "start_year")]
    assert [item.code for item in reading.diagnostics] == ["MP711", "MP711"]
    assert [item.place.file.removeprefix("form.xlsx ") for item in reading.diagnostics] == wanted
    assert reading.changes == ()
    filled.put("overrides", "prg-one", "reason", "menunggu jaringan").put(
        "overrides", "prg-one", "budget:2027", "2 miliar"
    )
    for column in ("action", "reason"):
        filled.put("overrides", "prg-base", column, None)
    take(workspace, filled.save())
    _, dossier = load(workspace)
    own = {item.id: item for item in dossier.programs.programs}
    assert set(own) == {"own-portal", "prg-one"}
    assert (own["prg-one"].action, own["prg-one"].reason, own["prg-one"].start_year) == (
        "override",
        "menunggu jaringan",
        3,
    )
    assert own["prg-one"].budget == {2027: 2_000_000_000}
    assert "# Our own." in texts(workspace)["programs.yaml"]
    assert take(workspace, filled.save()).changes == ()


def test_an_emptied_own_programme_goes_and_holds_nothing_else_up(workspace: Path) -> None:
    filled = form(workspace).put("answers", "one-01", "level", 4)
    for column in ("name", "place", "kind", "lead", "budget:2026", "funds"):
        filled.put("programs", "own-portal", column, None)
    reading = take(workspace, filled.save())
    assert reading.diagnostics == ()
    _, dossier = load(workspace)
    assert [item.id for item in dossier.programs.programs] == ["prg-base"]
    assert dossier.assessment.answers["one-01"].level == 4


def test_what_both_sides_changed_is_not_taken(workspace: Path) -> None:
    filled = form(workspace)
    filled.put("answers", "one-01", "level", 4).put("answers", "one-03", "level", 2)
    path = workspace / "cities" / "kota-contoh" / "assessment.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{level: 2,", "{level: 3,"), encoding="utf-8")
    reading = read(workspace, filled.save())
    assert [item.code for item in reading.diagnostics] == ["MP708"]
    assert changed(reading) == {("answers", "one-03", "level"): 2}


def test_what_the_city_did_not_touch_stays_as_the_files_have_it_by_now(workspace: Path) -> None:
    data = form(workspace).save()
    path = workspace / "cities" / "kota-contoh" / "assessment.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{level: 2,", "{level: 3,"), encoding="utf-8")
    assert read(workspace, data).changes == ()


def test_an_emptied_answer_goes_as_a_whole(workspace: Path) -> None:
    filled = form(workspace)
    for column in ("level", "note", "evidence"):
        filled.put("answers", "one-03", column, None)
    take(workspace, filled.save())
    assert "one-03" not in texts(workspace)["assessment.yaml"]
    load(workspace)


def test_a_city_without_answers_gets_its_files(workspace: Path) -> None:
    for name in ("assessment.yaml", "programs.yaml"):
        (workspace / "cities" / "kota-contoh" / name).unlink()
    filled = form(workspace)
    take(workspace, filled.put("answers", "one-01", "level", 3).save())
    text = (workspace / "cities" / "kota-contoh" / "assessment.yaml").read_text(encoding="utf-8")
    assert "one-01: {level: 3}" in text
    assert load(workspace)[1].assessment.answers["one-01"].level == 3


# --- any values ------------------------------------------------------------------------------------------------------

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=60
).map(tidy).filter(
    lambda text: text != "" and not text.startswith(("=", "#", "Err:")) and text.casefold() not in UNKNOWN
    and FORBIDDEN.search(text) is None and "_x" not in text
)  # fmt: skip
NUMBER = st.one_of(st.integers(0, 10**9), st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 4)))
PERCENT = st.floats(0, 100).map(lambda value: round(value, 3))
YEAR = st.integers(1990, 2026)
ANSWER = {
    "year": YEAR, "source": TEXT, "evidence": st.sampled_from(list(EVIDENCE.values())), "note": TEXT, "by": TEXT,
    "link": st.one_of(TEXT.filter(lambda text: ":" not in text), st.just("https://contoh.go.id/a b?c=%20")),
}  # fmt: skip
SERIES = st.dictionaries(st.integers(1990, 2026), PERCENT, min_size=1, max_size=4)


def rows() -> Iterator[tuple[str, str, dict[str, st.SearchStrategy[object]], tuple[str, ...]]]:
    """Yield table, row, columns with their values, and the columns that are always filled in."""
    yield "answers", "one-01", {"level": st.integers(0, 4), **ANSWER}, ()
    yield "answers", "one-02", {"value": PERCENT, **ANSWER}, ()
    yield "answers", "one-04", {"value": NUMBER, **ANSWER}, ()
    series = SERIES.map(
        lambda found: "; ".join(f"{year}: {canonical(value).replace('.', ',')}" for year, value in found.items())
    )
    fact: dict[str, st.SearchStrategy[object]] = {"year": YEAR, "source": TEXT, "note": TEXT, "series": series}
    yield "facts", "access", {"value": PERCENT, **fact}, ("value", "source")
    yield "facts", "portal", {"value": st.sampled_from(["Ya", "Tidak"]), **fact}, ("value", "source")
    yield "facts", "note", {"value": TEXT, **fact}, ("value", "source")
    yield "opd", "planning", {"name": TEXT}, ()
    yield "identity", "vision.text", {"value": TEXT}, ()
    yield "identity", "vision.source", {"value": TEXT}, ("value",)
    yield "identity", "budget.apbd", {"value": st.integers(10**11, 10**14)}, ("value",)
    yield "identity", "mentoring.start", {"value": st.dates(dt.date(2025, 1, 1), dt.date(2030, 1, 1))}, ("value",)
    yield "cover", "status", {"value": st.sampled_from(list(STATUS.values()))}, ("value",)
    money = st.integers(0, 10**12)
    yield "programs", "own-portal", {
        "name": TEXT, "aim": TEXT, "description": TEXT, "rpjmd": TEXT, "source": TEXT, "budget:2026": money,
        "budget:2027": money, "start_year": st.integers(1, 10), "duration_years": st.integers(1, 10),
    }, ("name",)  # fmt: skip
    yield "missions", "m1", {"text": TEXT, "dimensions": st.sampled_from(["Satu", "Kesiapan", "Satu; Kesiapan"]),
                             "source": TEXT}, ("text",)  # fmt: skip
    yield "overrides", "prg-one", {
        "action": st.sampled_from(["Ubah", "Tidak dipakai"]), "reason": TEXT, "budget:2028": money,
        "start_year": st.integers(1, 10), "rpjmd": TEXT, "funds": st.sampled_from(["APBD"]),
    }, ("action", "reason")  # fmt: skip


@st.composite
def fillings(draw: st.DrawFn) -> dict[tuple[str, str, str], object]:
    """Draw what a city writes into any of its cells; some are emptied, some left as they are."""
    filling: dict[tuple[str, str, str], object] = {}
    for table, row, columns, needed in rows():
        for column, values in columns.items():
            if column in needed or draw(st.booleans()):
                may_empty = column not in needed and row != "vision.text"
                filling[table, row, column] = draw(st.one_of(st.none(), values) if may_empty else values)
    if ("identity", "vision.text", "value") not in filling:
        filling.pop(("identity", "vision.source", "value"))
    return filling


@settings(
    max_examples=20,
    deadline=None,
    # Shrinking a whole form takes minutes; the example that fails tells its address as it is.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(fillings())
def test_nothing_is_lost(workspace: Path, filling: dict[tuple[str, str, str], object]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(shutil.copytree(workspace, Path(folder) / "workspace"))
        first = form(root)
        for (table, row, column), value in filling.items():
            sheet, number, at = first.spot(table, row, column)
            cell = sheet.cell(number, at)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        sent = first.save()
        reading = take(root, sent)
        assert not [item for item in reading.diagnostics if item.severity.value == "error"], reading.diagnostics
        content, dossier = load(root)
        second = Filled(write_form(dossier, content))
        for (table, row, column), value in filling.items():
            shown = second.get(table, row, column)
            if isinstance(shown, dt.datetime):
                shown = shown.date()
            if column == "evidence" and value is None:
                continue  # an answer without a word on its proof has none
            if column == "series" and value is not None:
                assert sorted(str(shown).split("; ")) == sorted(str(value).split("; "))
            else:
                assert shown == value or (shown in (None, "") and value is None), (table, row, column)
        assert take(root, sent).changes == ()
        assert read(root, second.save()).changes == ()


def test_statements_without_a_form_never_withdraw(workspace: Path) -> None:
    content, dossier = load(workspace)
    assert propose(Reading(content=content), dossier).changes == ()
    assert known_values(dossier)[Address("answers", "one-01", "level")] == 2
