"""The log of a build, and what a person sees of an internal fault."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.journal import FILE, MAX_BYTES, journal, note, note_fault
from tests.compose.small import ROOT, SLUG


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]


def command(workspace: Path, *words: str, broken: bool = False) -> subprocess.CompletedProcess[str]:
    """Run `masterplan build`, with a defect in the planning where it is to be broken."""
    script = "from generator import build\nfrom generator.cli import main\n"
    if broken:
        script += "build.plan_city = lambda *_: 1 / 0\n"
    call = [sys.executable, "-c", f"{script}main()", "build", SLUG, "-w", str(workspace), "--format", "docx", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    environment.pop("MASTERPLAN_DEBUG", None)
    return subprocess.run(call, cwd=workspace, env=environment, capture_output=True, text=True)


def test_every_event_is_one_line_of_json(workspace: Path) -> None:
    assert command(workspace).returncode == 0
    events = lines(workspace / "output" / SLUG)
    told = [event["event"] for event in events if event["event"] != "library"]
    assert (told[0], told[-1]) == ("start", "end")
    assert {"reading the city", "planning", "composing"} <= {event.get("stage") for event in events}
    assert all({"at", "build", "event"} <= set(event) for event in events)
    assert command(workspace).returncode == 0
    again = lines(workspace / "output" / SLUG)
    assert again[: len(events)] == events
    assert again[-1]["unchanged"] is True
    assert len({event["build"] for event in again}) == 2


def test_words_of_libraries_go_into_the_log_and_not_to_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with journal(tmp_path):
        logging.getLogger("fontTools.subset").warning("two\nlines and \udc80")
        note("stage", stage="x")
    assert [event["event"] for event in lines(tmp_path)] == ["library", "stage"]
    assert lines(tmp_path)[0]["words"].startswith("two\nlines")
    assert "".join(capfd.readouterr()) == ""


def test_a_log_that_has_grown_is_put_aside_once(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("x" * (MAX_BYTES + 1), encoding="utf-8")
    with journal(tmp_path):
        note("start")
    assert (tmp_path / FILE).stat().st_size < 1000
    assert (tmp_path / f"{FILE}.1").stat().st_size == MAX_BYTES + 1


def test_a_fault_has_its_stack_in_the_log(tmp_path: Path) -> None:
    with journal(tmp_path):
        try:
            raise ZeroDivisionError("defect")
        except ZeroDivisionError as error:
            note_fault(error)
    (event,) = lines(tmp_path)
    assert event["error"] == "ZeroDivisionError: defect"
    assert "Traceback" in event["stack"]


def test_where_no_log_can_be_made_the_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with journal(tmp_path / "file") as log:
        note("start")
    assert log is None


def test_an_internal_fault_is_two_lines_that_name_the_log(workspace: Path) -> None:
    done = command(workspace, broken=True)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "internal fault: ZeroDivisionError" in done.stderr
    log = workspace / "output" / SLUG / FILE
    assert str(log) in done.stderr.replace("\n", "")
    assert "Traceback" in lines(log.parent)[-1]["stack"]
    assert not (workspace / "masterplan-error.log").exists()


def test_the_stack_is_shown_where_it_is_asked_for(workspace: Path) -> None:
    done = command(workspace, "--verbose", broken=True)
    assert done.returncode == 3
    assert "Traceback" in done.stderr
    assert "composing" not in done.stderr
    assert "planning" in done.stderr
