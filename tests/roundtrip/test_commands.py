"""The commands of the round trip from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.cli.app import app
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed

CITY = "kota-contoh"
SENTENCE = "Sumber disusun menurut urutan kutipan"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


def run(workspace: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "--workspace", str(workspace)])
    assert result.exit_code == code, result.output
    return result.stdout


def test_issue_pull_diff_resolve_and_comments(city: Path, tmp_path: Path) -> None:
    assert "issued" in run(city, "issue", CITY, "--engine", "typst")
    book = next((city / "cities" / CITY / "issued").glob("*/*.docx"))
    edited = tmp_path / "x.docx"
    edited.write_bytes(changed(book.read_bytes(), lambda xml: xml.replace(SENTENCE, "Sumber kota")))
    told = json.loads(run(city, "pull", CITY, str(edited), "--json"))
    assert [(edit["op"], edit["text"][:11]) for edit in told["edits"]] == [("text", "Sumber kota")]
    assert len(told["written"]) == 1
    shown = run(city, "diff", CITY)
    assert f"- {SENTENCE}" in shown
    assert "+ Sumber kota" in shown
    assert "0 conflicts" in run(city, "resolve", CITY)
    assert "0 comments" in run(city, "comments", CITY)


def test_a_damaged_file_changes_nothing_and_ends_with_code_1(city: Path, tmp_path: Path) -> None:
    broken = tmp_path / "x.docx"
    broken.write_bytes(b"PK\x03\x04")
    assert "nothing was taken" in run(city, "pull", CITY, str(broken), code=1)
    assert not (city / "cities" / CITY / "edits").exists()


def test_a_conflict_that_is_not_known_ends_with_code_2(city: Path) -> None:
    run(city, "resolve", CITY, "--keep", "tidak-ada", code=2)
