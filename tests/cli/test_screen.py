"""The screen: text is shown and never obeyed, whatever the encoding, the size, or the place that output goes to."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from generator.cli.app import DATA, USAGE
from generator.cli.screen import visible
from generator.cli.show import Screen
from tests.cli.conftest import Call, process
from tests.compose.small import ROOT, SLUG

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
EVIL = "\x1b]0;title\x07\x1b[31mred\x9b2J\x7f\u202e\r"


# --- what is printed -------------------------------------------------------------------------------------------------


@given(st.text(st.characters(max_codepoint=0x2100)))
def test_nothing_visible_is_obeyed_and_plain_text_stays(text: str) -> None:
    shown = visible(text)
    assert not OBEYED.search(shown)
    assert len(shown) == len(text)
    for old, new in zip(text, shown, strict=True):
        assert old == new or OBEYED.match(old) or old in "\u061c\u200e\u200f"


def test_a_console_shows_what_would_steer_it() -> None:
    file = io.StringIO()
    out = Screen(file=file, width=200, highlight=False)
    table = Table(box=None)
    table.add_column(EVIL)
    table.add_row(EVIL)
    for thing in (EVIL, table):
        out.print(thing, markup=False) if isinstance(thing, str) else out.print(thing)
    assert not OBEYED.search(file.getvalue())
    assert "␛]0;title" in file.getvalue()
    assert "␛[31mred\ufffd2J␡" in file.getvalue()


def test_colours_of_the_console_itself_pass() -> None:
    file = io.StringIO()
    Screen(file=file, force_terminal=True, color_system="standard", width=80, highlight=False).print(
        "[red]\x1b[32mx[/red]"
    )
    assert file.getvalue() == "\x1b[31m␛[32mx\x1b[0m\n"


@pytest.mark.parametrize(
    "words",
    [
        ("explain", SLUG, EVIL),
        ("check", EVIL),
        ("diff", SLUG, "--from", EVIL),
        ("build", SLUG, "--format", EVIL),
        ("build", SLUG, "--out", f"{EVIL}/\x1b[1m" + "x" * 300),
        ("build", SLUG, f"--{EVIL}"),
        ("build", "--all", "--scheduler", EVIL),
        ("status", "-w", EVIL),
        ("status", "--date", EVIL),
        (EVIL,),
    ],
)
def test_words_of_the_command_line_are_not_obeyed(call: Call, words: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.exit_code in (DATA, USAGE) or isinstance(done.exception, OSError)
    assert not OBEYED.search(done.output.replace("\r\n", "\n"))


def test_names_of_files_are_not_obeyed(call: Call, workspace: Path) -> None:
    folder = workspace / "cities" / SLUG / "text"
    folder.mkdir(exist_ok=True)
    (folder / "\x1b[31mred\x9b.md").write_text("x", encoding="utf-8")
    done = call("check", SLUG)
    assert "red" in done.output
    assert not OBEYED.search(done.output)
    done = call("check", SLUG, "--json")
    assert not OBEYED.search(done.stdout)
    assert "\\u009b.md" in done.stdout
    assert any("\x1b[31mred\x9b.md" in item["file"] for item in json.loads(done.stdout)["cities"][0]["diagnostics"])


# --- where it goes ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [f"explain {SLUG}", "--version", "--help", f"check {SLUG} --json"])
def test_output_that_cannot_be_written_is_no_fault(workspace: Path, words: str) -> None:
    for place in (">/dev/full", ">/dev/full 2>/dev/full"):
        command = f"{sys.executable} -m generator {words} {place}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=workspace,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == DATA
        assert "fault" not in done.stderr
        assert "Traceback" not in done.stderr
    assert not (workspace / "masterplan-error.log").exists()


def test_output_that_is_closed_is_no_fault(workspace: Path) -> None:
    command = f"{sys.executable} -m generator check {SLUG} >&-"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=workspace, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("words", [("explain", SLUG), ("--help",), ("check", SLUG, "--json")])
def test_any_encoding_will_do(workspace: Path, words: tuple[str, ...]) -> None:
    done = process(*words, cwd=workspace, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    if "--json" in words:
        assert json.loads(done.stdout) == json.loads(process(*words, cwd=workspace, PYTHONUTF8="1").stdout)


@pytest.mark.parametrize("width", ["99999999999999999999", "100000000", "0", "1", "-5", "²", "x"])
def test_any_size_of_the_screen_will_do(workspace: Path, width: str) -> None:
    for words in (("--help",), ("content", "check", "--stats")):
        done = process(*words, cwd=workspace, COLUMNS=width, LINES=width, TERMINAL_WIDTH=width)
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) <= 1000
