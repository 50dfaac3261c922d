"""Commands of `masterplan` in this process: exit codes, words, hints, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator import __version__
from generator.cli.app import DATA, DONE, USAGE
from generator.writers import pdf
from generator.writers.content_pages import MARK
from tests.cli.conftest import Call
from tests.compose.small import SLUG, edit

COMMANDS = ("build", "check", "explain", "init", "content check", "content docs", "rules test")
ANSWERS = f"cities/{SLUG}/assessment.yaml"
CITY = f"cities/{SLUG}/city.yaml"


def data_of(output: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(output)
    return data


# --- help and usage --------------------------------------------------------------------------------------------------


def test_the_version(call: Call) -> None:
    result = call("--version")
    assert (result.exit_code, result.stdout) == (DONE, f"masterplan {__version__}\n")


def test_help_shows_every_command_with_examples(call: Call) -> None:
    result = call("--help")
    assert result.exit_code == DONE
    for words in ("build", "check", "explain", "init", "content", "rules", "masterplan build kota-medan"):
        assert words in result.stdout


@pytest.mark.parametrize("command", ["build", "check", "explain", "init", "content check"])
def test_help_of_a_command_has_an_example(call: Call, command: str) -> None:
    result = call(*command.split(), "--help")
    assert result.exit_code == DONE
    assert f"masterplan {command}" in result.stdout.partition("Example")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_speaks_of_every_option(call: Call, command: str) -> None:
    text = call(*command.split(), "--help").stdout
    for option in re.findall(r"(--[a-z]+)", text):
        line = next(line for line in text.splitlines() if option in line)
        assert len(re.sub(r"[^A-Za-z ]", "", line).split()) > 2, f"{option} is not explained: {line}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bild",), "Did you mean 'build'"),
        (("explain",), "Missing argument"),
        (("build",), "--all"),
        (("build", SLUG, "--format", "odt"), "known formats: docx, pdf"),
        (("build", SLUG, "--format", ","), "known formats: docx, pdf"),
        (("build", SLUG, "--engine", "latex"), "typst"),
        (("build", SLUG, "--enigne", "typst"), "--engine"),
        (("check", "kota-conto"), "did you mean kota-contoh"),
        (("explain", "contoo"), "did you mean"),
        (("explain", SLUG, "V-04"), "did you mean"),
        (("check", SLUG, "-w", "/nowhere"), "masterplan init"),
    ],
)
def test_wrong_usage_is_code_2_and_helps(call: Call, words: tuple[str, ...], said: str) -> None:
    result = call(*words)
    assert result.exit_code == USAGE
    assert said in re.sub(r"[\s│]+", " ", result.stderr)
    assert "Traceback" not in result.output


def test_outside_of_a_workspace_the_way_in_is_shown(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = call("check", SLUG)
    assert result.exit_code == USAGE
    assert "masterplan init" in result.stderr


def test_a_workspace_is_found_upwards_by_option_and_by_environment(
    call: Call, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "content" / "rules")
    assert call("check", SLUG).exit_code == DONE
    monkeypatch.chdir(tmp_path)
    assert call("check", SLUG, "--workspace", str(workspace)).exit_code == DONE
    monkeypatch.setenv("MASTERPLAN_WORKSPACE", str(workspace))
    assert call("check", SLUG).exit_code == DONE


@pytest.mark.parametrize("name", [SLUG, "00.71", "Contoh", "kota contoh", "KOTA-CONTOH"])
def test_cities_go_by_slug_code_or_name(call: Call, name: str) -> None:
    result = call("check", name)
    assert result.exit_code == DONE
    assert SLUG in result.stdout


# --- build -----------------------------------------------------------------------------------------------------------


def test_build_prints_the_paths_that_it_wrote(call: Call, workspace: Path) -> None:
    result = call("build", SLUG, "--engine", "typst")
    assert result.exit_code == DONE
    folder = workspace / "output" / SLUG
    for name in ("Buku-Kecil.docx", "Buku-Kecil.pdf"):
        assert str(folder / name) in result.stdout
        assert (folder / name).stat().st_size > 10_000
    assert "fill-ins wait for the city" in result.stdout
    assert "with typst" in result.stdout


def test_build_takes_formats_and_folder(call: Call, tmp_path: Path) -> None:
    result = call("build", SLUG, "--format", "DOCX, docx", "--out", str(tmp_path / "there"))
    assert result.exit_code == DONE
    folder = tmp_path / "there" / SLUG
    assert (folder / "Buku-Kecil.docx").exists()
    assert not (folder / "Buku-Kecil.pdf").exists()


def test_a_city_named_twice_is_built_once(call: Call) -> None:
    result = call("build", SLUG, "00.71", "--format", "docx")
    assert result.stdout.count("Buku-Kecil.docx") == 1


def test_build_of_broken_data_is_code_1_and_writes_nothing(call: Call, workspace: Path) -> None:
    edit(workspace, CITY, "value: 80000", "value: banyak sekali, yeer: 1")
    result = call("build", SLUG, "--format", "docx")
    assert result.exit_code == DATA
    assert "nothing was written" in result.stdout
    assert not list((workspace / "output").rglob("*.docx"))


def test_an_edited_docx_stops_the_build_with_the_way_out(call: Call, workspace: Path) -> None:
    call("build", SLUG, "--format", "docx")
    (workspace / "output" / SLUG / "Buku-Kecil.docx").write_bytes(b"edited")
    result = call("build", SLUG, "--format", "docx")
    assert result.exit_code == DATA
    assert "MP501" in result.stderr
    assert "keep it under another name" in result.stderr


def test_a_missing_library_is_code_1_but_leaves_the_docx(
    call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "missing_library", lambda: "libpango-1.0-0")
    result = call("build", SLUG, "--engine", "weasyprint")
    assert result.exit_code == DATA
    assert "libpango-1.0-0" in result.stderr
    assert (workspace / "output" / SLUG / "Buku-Kecil.docx").exists()


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_of_a_sound_city(call: Call) -> None:
    result = call("check", SLUG)
    assert (result.exit_code, result.stderr) == (DONE, "")
    assert "10 of 12 indicators answered" in result.stdout


def test_check_reports_all_faults_of_all_files_at_once_with_their_places(call: Call, workspace: Path) -> None:
    edit(workspace, CITY, "type: kota\n", "type: kotta\n")
    edit(workspace, CITY, "version: contoh-1\n", "verson: contoh-1\n")
    edit(workspace, CITY, "rpjmd: {start: 2025, end: 2029}", "rpjmd: {start: 2025, end: banyak}")
    edit(workspace, ANSWERS, "ser-1: {level: 1", "ser-1: {level: 9")
    result = call("check", SLUG)
    assert result.exit_code == DATA
    found = re.findall(r"^(cities/\S+\.yaml):(\d+):(\d+): error (MP\d+)", result.stderr, re.MULTILINE)
    assert [(file, code) for file, *_, code in found] == [
        (CITY, "MP104"),
        (CITY, "MP103"),
        (CITY, "MP101"),
        (ANSWERS, "MP105"),
    ] or sorted(code for *_, code in found) == ["MP101", "MP103", "MP104", "MP105"]
    lines = (workspace / CITY).read_text(encoding="utf-8").splitlines()
    for file, line, column, code in found:
        if file == CITY and code == "MP101":
            assert lines[int(line) - 1][int(column) - 1 :].startswith("verson")
    assert "version" in result.stderr


def test_check_as_json(call: Call, workspace: Path) -> None:
    edit(workspace, ANSWERS, "ser-1: {level: 1", "ser-1: {level: 9")
    result = call("check", SLUG, "--json")
    assert result.exit_code == DATA
    data = data_of(result.stdout)
    (city,) = data["cities"]
    (fault,) = city["diagnostics"]
    assert (fault["code"], fault["file"], fault["severity"]) == ("MP105", ANSWERS, "error")
    assert fault["line"] > 0
    assert fault["column"] > 0
    assert set(fault) == {"code", "severity", "file", "line", "column", "message", "hint"}


def test_json_is_all_that_stands_on_standard_output(call: Call) -> None:
    data = data_of(call("check", SLUG, "--json").stdout)
    assert data == {
        "content": [],
        "cities": [{"city": SLUG, "answered": 10, "indicators": 12, "facts": 1, "diagnostics": []}],
    }


# --- explain ---------------------------------------------------------------------------------------------------------


def test_explain_prints_the_chain_from_answer_to_kpi(call: Call) -> None:
    result = call("explain", SLUG, "V-01")
    assert result.exit_code == DONE
    order = ["rests on", "ser-1-low", "level 1 of 4", "leads to", "is measured by", "starts in"]
    places = [result.stdout.find(words) for words in order]
    assert places == sorted(places)
    assert -1 not in places


@pytest.mark.parametrize("thing", ["V-01", "prg-ser-1", "ser-1-low", "ser-1", "population", "state/counter/l4"])
def test_explain_knows_programmes_findings_indicators_facts_and_blocks(call: Call, thing: str) -> None:
    assert call("explain", SLUG, thing).exit_code == DONE
    data = data_of(call("explain", SLUG, thing, "--json").stdout)
    assert "rests_on" in data


def test_explain_without_a_thing_lists_the_plan(call: Call) -> None:
    text = call("explain", SLUG).stdout
    assert "V-01" in text
    data = data_of(call("explain", SLUG, "--json").stdout)
    assert {item["code"] for item in data["programs"] if item["status"] == "scheduled"} >= {"V-01", "W-01"}
    assert len(data["findings"]) == 7


# --- init, content, rules --------------------------------------------------------------------------------------------


def test_init_lays_a_workspace_and_refuses_a_taken_folder(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "baru"
    result = call("init", str(folder))
    assert result.exit_code == DONE
    assert "masterplan build kota-medan" in result.stdout
    for name in ("content/framework.yaml", "templates/reference.docx", "cities/kota-medan/city.yaml"):
        assert (folder / name).is_file()
    assert (folder / "output" / ".gitignore").read_text(encoding="utf-8").startswith("*")
    (folder / "content" / "framework.yaml").write_text("mine", encoding="utf-8")
    again = call("init", str(folder))
    assert again.exit_code == USAGE
    assert "nothing was changed" in again.stderr
    assert (folder / "content" / "framework.yaml").read_text(encoding="utf-8") == "mine"


def test_content_check_counts_and_finds(call: Call, workspace: Path) -> None:
    sound = call("content", "check", "--stats")
    assert sound.exit_code == DONE
    assert "12 indicators (0 of readiness), 12 rules, 12 programmes" in sound.stdout
    edit(workspace, "content/rules/trade/tra-1-low.yaml", "prg-tra-1", "prg-tra-9")
    broken = call("content", "check", "--json")
    assert broken.exit_code == DATA
    faults = data_of(broken.stdout)["diagnostics"]
    assert [(item["file"], item["code"]) for item in faults if item["severity"] == "error"] == [
        ("content/rules/trade/tra-1-low.yaml", "MP203")
    ]


def test_content_docs_writes_one_page_an_area_and_removes_old_ones(call: Call, workspace: Path) -> None:
    folder = workspace / "docs" / "content"
    folder.mkdir(parents=True)
    (folder / "gone.md").write_text(f"{MARK} from content/. -->\n\n# Gone\n", encoding="utf-8")
    assert call("content", "docs").exit_code == DONE
    names = {"README.md", "regulations.md", "service.md", "territory.md", "trade.md", "residents.md", "means.md"}
    assert {path.name for path in folder.iterdir()} == names
    assert "`ser-1-low`" in (folder / "service.md").read_text(encoding="utf-8")


def test_rules_test_runs_the_examples_and_names_the_broken_one(call: Call, workspace: Path) -> None:
    sound = call("rules", "test")
    assert sound.exit_code == DONE
    assert "36 examples of 12 rules, 0 failed" in sound.stdout
    edit(workspace, "content/rules/trade/tra-1-low.yaml", "level: 3", "level: 1")
    broken = call("rules", "test")
    assert broken.exit_code == DATA
    assert "tra-1-low should fire: di bawah batas" in broken.stdout
    assert data_of(call("rules", "test", "--json").stdout)["failed"] == [
        {"rule": "tra-1-low", "example": "di bawah batas", "expected": True}
    ]


def test_explain_of_a_fact_on_which_nothing_rests_shows_value_source_and_places(call: Call) -> None:
    text = call("explain", SLUG, "population").stdout
    assert "80000" in text
    assert "Karangan untuk pengujian, 2025" in text
    assert "state/p1" in text
