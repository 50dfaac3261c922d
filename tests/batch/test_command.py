"""`masterplan build --all` as somebody sees it: table, exit code, and what part of the cities leaves of the others."""

from __future__ import annotations

import json
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from generator import batch, likeness
from generator.batch import BatchResult, Order, run_batch
from generator.cli import batching, show
from generator.compose.alike import Pair
from generator.storage import write_whole
from generator.worker import Outcome, Task
from tests.batch import workers
from tests.compose.small import ROOT, SLUG, edit

Lay = Callable[[int], Path]
CITY = f"cities/{SLUG}/city.yaml"
LONG = f"/{'x' * 200}/city.yaml:7:3: error MP104: " + " ".join(f"word-{number}" for number in range(60))


@pytest.fixture(autouse=True)
def as_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Print as where the output is piped, and give the signals back."""
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    show.console.cache_clear()
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
    show.console.cache_clear()


def call(workspace: Path, *cities: str, only: str | None = None) -> int:
    """Build all cities, or some, and return the exit code."""
    return batching.run(
        cities,
        ("docx",),
        None,
        "typst",
        workspace,
        workers=2,
        fail_fast=False,
        only=only,
        limit=600,
        force=False,
        verbose=False,
    )


def built_by(build: Callable[[Task], Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "run_batch", partial(run_batch, build=build))


def alike_in(workspace: Path) -> Any:
    return json.loads((workspace / "output" / likeness.REPORT).read_bytes())


def distinct(workspace: Path) -> Path:
    """Let the texts of the small book be compared: its cities are copies of one another."""
    path = workspace / "content" / "books.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(0[12]-\w+\.md\.j2)\}", r"\1, distinct: true}", text), encoding="utf-8")
    return workspace


# --- of all cities, whichever were considered ------------------------------------------------------------------------


def test_likeness_and_portfolio_stay_those_of_all_cities(
    lay_cities: Lay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = distinct(lay_cities(3))
    assert call(workspace) == 0
    first = alike_in(workspace)
    assert (first["cities"], len(first["pairs"])) == (3, 3)
    edit(workspace, CITY, "name: Ibu Contoh", "name: Bapak Lain")
    edit(workspace, CITY, "type: kota\n", "type: kota\nisland_group: Kepulauan Contoh\n")
    capsys.readouterr()
    assert call(workspace, only="changed") == 0
    assert f"3 pairs of cities read too alike: {SLUG} and {SLUG}-1" in capsys.readouterr().out
    assert "Kepulauan" in (workspace / "output" / "portfolio" / "index.html").read_text(encoding="utf-8")
    shutil.copytree(workspace, tmp_path / "clean", ignore=shutil.ignore_patterns("output"))
    assert call(tmp_path / "clean") == 0
    for name in (likeness.REPORT, "portfolio/index.html"):
        assert (workspace / "output" / name).read_bytes() == (tmp_path / "clean" / "output" / name).read_bytes()


def test_named_cities_leave_the_report_alone_and_are_told_of_one_another(
    lay_cities: Lay, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = distinct(lay_cities(3))
    assert call(workspace) == 0
    before = (workspace / "output" / likeness.REPORT).read_bytes()
    capsys.readouterr()
    assert call(workspace, SLUG, f"{SLUG}-2") == 0
    assert f"1 pair of cities reads too alike: {SLUG} and {SLUG}-2 (100%)\n" in capsys.readouterr().out
    assert (workspace / "output" / likeness.REPORT).read_bytes() == before


def test_where_no_city_is_to_be_built_the_portfolio_is_brought_up_to_date(lay_cities: Lay) -> None:
    workspace = lay_cities(2)
    assert call(workspace) == 0
    page = workspace / "output" / "portfolio" / "index.html"
    before = page.read_bytes()
    page.unlink()
    assert call(workspace, only="changed") == 0
    assert page.read_bytes() == before


def test_a_city_that_is_gone_is_told_and_counted_no_longer(
    lay_cities: Lay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = distinct(lay_cities(3))
    gone = f"{SLUG}-2"
    assert call(workspace) == 0
    first = alike_in(workspace)
    (workspace / "cities" / gone).rename(tmp_path / gone)
    capsys.readouterr()
    assert call(workspace) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if gone in line]
    assert len(told) == 1
    assert "left by cities that are gone" in told[0]
    assert (workspace / "output" / gone / "Buku-Kecil.docx").exists()
    assert alike_in(workspace)["cities"] == 2
    assert gone not in (workspace / "output" / "portfolio" / "index.html").read_text(encoding="utf-8")
    # Its data come back, and nothing is computed anew: the report is that of three cities again.
    (tmp_path / gone).rename(workspace / "cities" / gone)
    assert call(workspace) == 0
    assert alike_in(workspace) == first
    # Only with the folder goes the fingerprint, which the next build of the city would write again.
    shutil.rmtree(workspace / "cities" / gone)
    shutil.rmtree(workspace / "output" / gone)
    capsys.readouterr()
    assert call(workspace) == 0
    assert "left by" not in capsys.readouterr().out
    assert sorted(path.stem for path in (workspace / "output" / likeness.FOLDER).iterdir()) == [SLUG, f"{SLUG}-1"]


def test_fingerprints_are_dropped_in_our_own_folder_only(tmp_path: Path) -> None:
    out, foreign = tmp_path / "out", tmp_path / "foreign"
    for folder in (out, foreign):
        folder.mkdir()
    (foreign / "kota-x.json").write_text("x", encoding="utf-8")
    (out / likeness.FOLDER).symlink_to(foreign)
    likeness.drop_gone(out, ())
    assert (foreign / "kota-x.json").exists()


# --- what is seen ----------------------------------------------------------------------------------------------------


def result_of(*outcomes: Outcome) -> BatchResult:
    return BatchResult(outcomes=outcomes, seconds=1.0)


def test_in_a_pipe_reasons_stand_in_one_line_and_no_error_is_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    why = "changed: cities/kabupaten-kepulauan-aru/assessment.yaml, cities/cohort.yaml"
    outcomes = (
        Outcome(slug="kabupaten-kepulauan-aru", state="built", why=why),
        Outcome(slug=SLUG, state="failed", message=LONG),
        Outcome(slug=f"{SLUG}-2", state="fault", message=f"internal fault: {LONG}"),
    )
    batching._print_result(result_of(*outcomes), tmp_path, verbose=False)
    out, err = capsys.readouterr()
    assert any(why in line and "built" in line for line in out.splitlines())
    assert LONG.replace(" ", "") in re.sub(r"\s", "", out)
    assert max(map(len, out.splitlines())) <= batching.WIDE
    assert "3 cities done in 1 s: 1 built, 1 failed, 1 fault; " in out
    assert f"{SLUG}-2: fault: internal fault: {LONG}\n" in err


def test_a_narrow_terminal_has_no_column_of_single_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for width, seen in ((80, False), (140, True)):
        shown = StringIO()
        narrow = Console(file=shown, force_terminal=True, width=width, no_color=True, highlight=False, soft_wrap=True)
        monkeypatch.setattr(batching, "console", lambda stderr=False, out=narrow: show.console(True) if stderr else out)
        batching._print_result(result_of(Outcome(slug=SLUG, state="hung", message=LONG)), tmp_path, verbose=False)
        lines = shown.getvalue().splitlines()
        assert ("why" in lines[0]) is seen
        assert len(lines) == 3 or seen
        assert lines[-1].startswith("1 city done in 1 s: 1 hung; ")
        assert f"{SLUG}: hung: {LONG}\n" in capsys.readouterr().err


@pytest.mark.parametrize(("count", "told"), [(0, ""), (1, "1 pair of cities reads"), (2, "2 pairs of cities read ")])
def test_one_pair_is_no_pairs(count: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    batching._print_pairs([Pair("a", f"b{number}", 0.9) for number in range(count)], Path("alike.json"))
    assert capsys.readouterr().out.startswith(told)


# --- exit codes, and a stop after the cities -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "code"),
    [(workers.quick, 0), (workers.fails, 1), (workers.dies_always, 1), (workers.raises, 3)],
    ids=["good", "failed", "killed", "fault"],
)
def test_the_exit_code_tells_data_from_defects(
    lay_cities: Lay, monkeypatch: pytest.MonkeyPatch, build: Callable[[Task], Outcome], code: int
) -> None:
    workspace = lay_cities(2)
    built_by(build, monkeypatch)
    assert call(workspace) == code
    assert call(workspace, SLUG, f"{SLUG}-1") == code


def test_the_page_tells_every_exit_code() -> None:
    lines = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8").splitlines()
    assert [int(line.split("|")[1]) for line in lines if re.match(r"\| \d", line)] == [0, 1, 2, 3, 130]


@pytest.mark.parametrize(
    ("step", "left"),
    [("report", "alike.json, portfolio"), ("write_portfolio", "portfolio")],
    ids=["report", "portfolio"],
)
def test_ctrl_c_after_the_cities_tells_what_is_left(
    lay_cities: Lay, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str, left: str
) -> None:
    workspace = lay_cities(2)
    edit(workspace, f"cities/{SLUG}-1/city.yaml", "value: 80000", "value: banyak")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(batching, step, stop)
        assert call(workspace) == 130
    out, err = capsys.readouterr()
    assert re.search(rf"^{SLUG}-1 +failed ", out, re.MULTILINE)
    assert f"stopped by hand, not brought up to date: {left}; the next 'build --all' does it" in out
    assert f"cities/{SLUG}-1/city.yaml" in err
    assert call(workspace) == 1
    assert (workspace / "output" / "portfolio" / "index.html").exists()
    assert (workspace / "output" / likeness.REPORT).exists()


def test_a_defect_after_the_cities_does_not_cost_their_table(
    lay_cities: Lay, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = lay_cities(1)
    built_by(workers.quick, monkeypatch)
    monkeypatch.setattr(batching, "write_portfolio", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call(workspace)
    assert re.search(rf"^{SLUG} +built ", capsys.readouterr().out, re.MULTILINE)


def test_ctrl_c_while_the_record_is_written_waits_for_it(
    lay_cities: Lay, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = lay_cities(1)
    built_by(workers.quick, monkeypatch)
    tried: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        tried.append(path)
        if len(tried) == 1:
            raise KeyboardInterrupt
        write_whole(path, data)

    monkeypatch.setattr(batch, "write_whole", write)
    assert call(workspace) == 130
    record = json.loads((workspace / "output" / "batch.json").read_bytes())
    assert (record["interrupted"], record["counts"]) == (True, {"built": 1})
    assert "not brought up to date: alike.json, portfolio" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("reference.docx", b"no Word file", "MP511"), ("book.typ", b"#broken(", "MP514")],
    ids=["word", "typst"],
)
def test_a_broken_template_is_an_error_of_the_portfolio_too(
    lay_cities: Lay, capsys: pytest.CaptureFixture[str], name: str, data: bytes, code: str
) -> None:
    workspace = lay_cities(1)
    assert call(workspace) == 0
    (workspace / "templates" / name).write_bytes(data)
    capsys.readouterr()
    assert call(workspace) == 1
    out, err = capsys.readouterr()
    assert re.search(rf"^{SLUG} +(failed|built|unchanged) ", out, re.MULTILINE)
    # The small book is written as DOCX only and the report in both formats: what is of the PDF stops that alone.
    found = [line for line in err.splitlines() if line.startswith(f"templates/{name}") and code in line]
    assert len(found) == (2 if name == "reference.docx" else 1), err


# --- the record of a part --------------------------------------------------------------------------------------------


def test_a_batch_of_some_cities_does_not_forget_who_failed(lay_cities: Lay) -> None:
    workspace = lay_cities(3)
    edit(workspace, CITY, "value: 80000", "value: banyak")
    assert call(workspace) == 1
    assert call(workspace, f"{SLUG}-1") == 0
    record = json.loads((workspace / "output" / "batch.json").read_bytes())
    assert record["format"] == 1
    assert record["counts"] == {"unchanged": 1}
    assert [city["slug"] for city in record["cities"]] == [f"{SLUG}-1"]
    assert [(city["slug"], city["state"]) for city in record["others"]] == [(SLUG, "failed"), (f"{SLUG}-2", "built")]
    assert f"{CITY}:" in record["others"][0]["diagnostics"][0]
    assert call(workspace, only="failed") == 1
    edit(workspace, CITY, "value: banyak", "value: 80000")
    assert call(workspace, only="failed") == 0
    assert batch.states_of(workspace / "output")[SLUG] == "built"
    shutil.rmtree(workspace / "cities" / f"{SLUG}-2")
    assert call(workspace, SLUG) == 0
    assert set(batch.states_of(workspace / "output")) == {SLUG, f"{SLUG}-1"}


@pytest.mark.parametrize(
    "others",
    [
        "1",
        "{}",
        '[1, null, {}, {"slug": 1, "state": "built"}, {"slug": "kota-contoh-1", "state": ["built"]}]',
        '[{"slug": "kota-contoh-1", "state": "hung", "seconds": NaN, "files": "x", "diagnostics": [1], "x": 2}]',
        '[{"slug": "kota-contoh-1", "state": "hung", "seconds": 1e999, "files": true, "message": "\\ud800"}]',
    ],
)
def test_of_a_spoilt_record_only_what_can_be_understood_is_kept(lay_cities: Lay, others: str) -> None:
    workspace = lay_cities(2)
    out = workspace / "output"
    out.mkdir()
    (out / "batch.json").write_text(f'{{"cities": [], "others": {others}}}', encoding="utf-8")
    asked = Order(workspace=workspace, out=out, slugs=[SLUG], formats=("docx",), workers=1)
    run_batch(asked, lambda _: None, build=workers.quick)

    def fail(name: str) -> None:
        raise AssertionError(name)

    record = json.loads((out / "batch.json").read_bytes(), parse_constant=fail)
    kept = [(city["slug"], city["state"], city["seconds"], city["files"]) for city in record["others"]]
    assert kept == ([(f"{SLUG}-1", "hung", 0.0, 0)] if "hung" in others else [])
    for city in record["others"]:
        assert city.keys() == record["cities"][0].keys()
