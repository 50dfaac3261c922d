"""`masterplan form`, `import` and `schema` from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from generator.cli import show
from generator.cli.app import app
from tests.forms.filling import Filled, form

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> Call:
    """Run `masterplan` with words, from within the workspace."""
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("MASTERPLAN_WORKSPACE", raising=False)

    def run(*words: str) -> Result:
        show.console.cache_clear()
        return CliRunner().invoke(app, list(words))

    return run


def second_city(workspace: Path) -> None:
    folder = Path(shutil.copytree(workspace / "cities" / "kota-contoh", workspace / "cities" / "kabupaten-contoh"))
    text = (folder / "city.yaml").read_text(encoding="utf-8")
    text = text.replace('"99.01"', '"99.02"').replace("type: kota", "type: kabupaten")
    (folder / "city.yaml").write_text(text, encoding="utf-8")


def test_a_form_is_written_filled_in_and_taken_back(call: Call, workspace: Path) -> None:
    assert call("form", "kota-contoh").exit_code == 0
    path = workspace / "output" / "kota-contoh" / "formulir-kota-contoh.xlsx"
    filled = Filled(path.read_bytes()).put("answers", "one-01", "level", 4).put("answers", "one-03", "level", "tinggi")
    path.write_bytes(filled.save())
    dry = call("import", "99.01", str(path), "--dry-run")
    assert dry.exit_code == 1
    assert "one-01, Level dipilih" in dry.stdout
    assert "would change assessment.yaml" in dry.stdout
    assert filled.where("answers", "one-03", "level") in dry.stderr
    assert "level: 2" in (workspace / "cities/kota-contoh/assessment.yaml").read_text(encoding="utf-8")
    real = call("import", "kota-contoh", str(path), "--json")
    report = json.loads(real.stdout)
    assert report["cities"][0]["written"] == ["assessment.yaml"]
    assert report["cities"][0]["changes"][0]["new"] == "4"
    assert [item["code"] for item in report["diagnostics"]] == ["MP705"]
    assert "level: 4" in (workspace / "cities/kota-contoh/assessment.yaml").read_text(encoding="utf-8")


def test_a_form_that_was_filled_in_is_not_overwritten(call: Call, workspace: Path) -> None:
    path = workspace / "medan.xlsx"
    assert call("form", "kota-contoh", "--out", "medan.xlsx").exit_code == 0
    assert call("form", "kota-contoh", "--out", "medan.xlsx").exit_code == 0
    filled = Filled(path.read_bytes()).put("answers", "one-01", "level", 4).save()
    path.write_bytes(filled)
    again = call("form", "kota-contoh", "--out", "medan.xlsx")
    assert again.exit_code == 1
    assert "MP720" in again.stderr
    assert path.read_bytes() == filled
    assert call("import", "kota-contoh", "medan.xlsx").exit_code == 0
    assert call("form", "kota-contoh", "--out", "medan.xlsx").exit_code == 0
    assert Filled(path.read_bytes()).get("answers", "one-01", "level") == 4


def test_all_forms_go_into_a_folder(call: Call, workspace: Path) -> None:
    second_city(workspace)
    done = call("form", "--all", "--out", "forms")
    assert done.exit_code == 0
    assert "2 of 2 forms written" in done.stdout
    assert sorted(path.name for path in (workspace / "forms").iterdir()) == [
        "formulir-kabupaten-contoh.xlsx", "formulir-kota-contoh.xlsx",
    ]  # fmt: skip
    assert call("form").exit_code == 2
    assert call("form", "kota-contoh", "--all").exit_code == 2


def test_a_form_is_refused_by_another_city(call: Call, workspace: Path) -> None:
    second_city(workspace)
    (workspace / "form.xlsx").write_bytes(form(workspace).put("answers", "one-01", "level", 4).save())
    other = call("import", "kabupaten-contoh", "form.xlsx")
    assert other.exit_code == 1
    assert "MP704" in other.stderr


def test_a_table_of_the_cohort(call: Call, workspace: Path) -> None:
    second_city(workspace)
    table = (
        "kota;indikator;level;nilai;tahun;sumber;bukti\n"
        "Kota Contoh;one-01;3;;2025;SK;Terverifikasi\n"
        "99.02;one-02;;81,25;2025;BPS;\n"
        "kabupaten-contoh;access;;80,5;2025;BPS;\n"
        "Contoh;one-01;1;;;;\n"
        "Kota Cantoh;one-01;1;;;;\n"
        "kota-contoh;one-99;1;;;;\n"
        "kota-contoh;one-03;lima;;;;\n"
        "kota-contoh;one-01;2;;;;\n"
    )
    (workspace / "answers.csv").write_text(table, encoding="utf-8")
    done = call("import", "--cohort", "answers.csv", "--json")
    report = json.loads(done.stdout)
    said = [(item["code"], item["file"]) for item in report["diagnostics"]]
    assert said == [
        ("MP706", "answers.csv:5:1"), ("MP706", "answers.csv:6:1"), ("MP706", "answers.csv:7:2"),
        ("MP707", "answers.csv:9:3"), ("MP705", "answers.csv:8:3"),
    ]  # fmt: skip
    assert {city["city"]: len(city["changes"]) for city in report["cities"]} == {
        "kota-contoh": 2,
        "kabupaten-contoh": 6,
    }
    text = (workspace / "cities/kabupaten-contoh/assessment.yaml").read_text(encoding="utf-8")
    assert "one-02: {value: 81.25, year: 2025, source: BPS}" in text
    again = json.loads(call("import", "--cohort", "answers.csv", "--json").stdout)
    assert [city["changes"] for city in again["cities"]] == [[], []]


def test_a_wide_table_of_the_cohort(call: Call, workspace: Path) -> None:
    table = 'Timestamp,City,one-01,one-02,access,Year,Source,Lain\n1,kota-contoh,4,"70,5",70.25,2025,Survei,x\n'
    (workspace / "wide.csv").write_text(table, encoding="utf-8-sig")
    done = call("import", "--cohort", "wide.csv", "--json")
    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [item["code"] for item in report["diagnostics"]] == ["MP714"]
    changes = {(change["row"], change["column"]): change["new"] for change in report["cities"][0]["changes"]}
    assert changes == {
        ("one-01", "level"): "4",
        ("one-01", "source"): "Survei",
        ("one-02", "value"): "70.5",
        ("one-02", "year"): "2025",
        ("one-02", "source"): "Survei",
        ("access", "value"): "70.25",
        ("access", "year"): "2025",
        ("access", "source"): "Survei",
    }


def test_a_decimal_comma_between_commas_is_not_cut_off(call: Call, workspace: Path) -> None:
    rows = 'kota,indikator,nilai,tahun\nkota-contoh,one-02,81,5,2025\nkota-contoh,one-04,"12,0",2025,,\n'
    (workspace / "c.csv").write_text(rows, encoding="utf-8")
    report = json.loads(call("import", "--cohort", "c.csv", "--json", "--dry-run").stdout)
    assert [(item["code"], item["file"]) for item in report["diagnostics"]] == [("MP706", "c.csv:2:5")]
    assert {change["row"] for change in report["cities"][0]["changes"]} == {"one-04"}


def test_places_that_cannot_be_written_are_said(call: Call, workspace: Path) -> None:
    (workspace / "folder.xlsx").mkdir()
    (workspace / "file").write_text("", encoding="utf-8")
    for out in ("folder.xlsx", "file/form.xlsx"):
        done = call("form", "kota-contoh", "--out", out)
        assert done.exit_code == 1
        assert "MP505" in done.stderr
        assert "internal fault" not in done.stderr


@pytest.mark.parametrize("table", ["", "a,b\n1,2\n", "city,\nkota-contoh,1\n"])
def test_tables_without_their_columns(call: Call, workspace: Path, table: str) -> None:
    (workspace / "t.csv").write_text(table, encoding="utf-8")
    done = call("import", "--cohort", "t.csv")
    assert done.exit_code == 1
    assert "MP719" in done.stderr


def test_usage(call: Call) -> None:
    assert call("import").exit_code == 2
    assert call("import", "kota-contoh").exit_code == 2
    assert call("import", "kota-contoh", "x.xlsx", "--cohort", "y.csv").exit_code == 2
    absent = call("import", "kota-contoh", "x.xlsx")
    assert absent.exit_code == 1
    assert "MP001" in absent.stderr


def test_schemas_are_written(call: Call, workspace: Path) -> None:
    assert call("schema").exit_code == 0
    schema = json.loads((workspace / "schema" / "city.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["code"]["type"] == "string"
