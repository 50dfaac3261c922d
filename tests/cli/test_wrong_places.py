"""Paths of the command line that lead nowhere: usage errors or diagnostics, never a defect."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.app import DATA, USAGE
from tests.cli.conftest import Call, process
from tests.compose.small import ROOT, SLUG
from tests.faults.test_places import BOUND

LONG = "x" * 5000


@pytest.mark.parametrize(
    "words",
    [
        ("build", SLUG, "--out"),
        ("build", "--all", "--out"),
        ("build", SLUG, "-w"),
        ("status", "-w"),
        ("status", "--out"),
        ("review", SLUG, "--out"),
        ("form", SLUG, "--out"),
        ("issue", SLUG, "--out"),
        ("watch", SLUG, "--out"),
        ("import", SLUG),
        ("import", "--cohort"),
        ("init",),
        ("shortlist",),
    ],
)
def test_links_in_a_circle_are_wrong_usage(call: Call, workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "a").symlink_to("b")
    (workspace / "b").symlink_to("a")
    done = call(*words, "a")
    assert done.exit_code == USAGE, done.output
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("build", SLUG, "--out", LONG), DATA),
        (("build", SLUG, "-w", LONG), USAGE),
        (("status", "--xlsx", f"{LONG}.xlsx"), DATA),
        (("form", SLUG, "--out", LONG), DATA),
        (("init", LONG), DATA),
        (("init", "/dev/null"), DATA),
        (("init", "/dev/null/x"), DATA),
        (("init", f"cities/{SLUG}/city.yaml"), DATA),
    ],
)
def test_places_that_cannot_be_are_told(workspace: Path, words: tuple[str, ...], code: int) -> None:
    done = process(*words, cwd=workspace)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 20_000
    assert code == USAGE or "MP505" in done.stderr
    assert not (workspace / "masterplan-error.log").exists()


@pytest.mark.parametrize("words", [("status",), ("status", "-w", "."), ("init", "x"), ("build", SLUG)])
def test_a_folder_that_is_gone_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir {gone}; exec {sys.executable} -m generator {' '.join(words)}"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=gone, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == USAGE, done.stderr
    assert "gone" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_in_a_folder_that_is_gone_is_told_in_two_lines(tmp_path: Path) -> None:
    script = (
        "import os, sys, typer\n"
        "from generator.cli import app as module, main\n"
        "def broken(): os.mkdir('g'); os.chdir('g'); os.rmdir('../g'); raise RuntimeError('xyz')\n"
        "module.app = broken\n"
        "main.__globals__['app'] = broken\n"
        "main()\n"
    )
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", script]
    done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "internal fault: RuntimeError: xyz" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
@pytest.mark.parametrize("words", [("schema",), ("content", "docs"), ("init", "docs/new")])
def test_a_read_only_workspace_is_told(workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "docs").mkdir(exist_ok=True)
    for folder in (workspace, workspace / "docs"):
        folder.chmod(0o555)
    call = [*(BOUND if os.geteuid() == 0 else ()), sys.executable, "-B", "-m", "generator", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
    for folder in (workspace, workspace / "docs"):
        folder.chmod(0o755)
    assert done.returncode == DATA, done.stderr
    assert "MP505" in done.stderr
    assert "Permission denied" in done.stderr


@pytest.mark.parametrize(("words", "name"), [(("schema",), "schema"), (("content", "docs"), "docs/content")])
def test_a_file_in_the_place_of_a_folder_is_told(workspace: Path, words: tuple[str, ...], name: str) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    (workspace / name).write_text("", encoding="utf-8")
    done = process(*words, cwd=workspace)
    assert done.returncode == DATA, done.stderr
    assert "MP505" in done.stderr


def test_a_broken_word_template_and_a_file_for_a_folder_are_told_by_diff(call: Call, workspace: Path) -> None:
    assert call("issue", SLUG, "--engine", "typst").exit_code == 0
    city = workspace / "cities" / SLUG / "city.yaml"
    city.write_text(city.read_text(encoding="utf-8").replace("name: Contoh\n", "name: Lain\n"), encoding="utf-8")
    (workspace / "file").write_text("", encoding="utf-8")
    done = process("diff", SLUG, "--docx", "--out", "file", cwd=workspace)
    assert (done.returncode, "MP505" in done.stderr) == (DATA, True), done.stderr
    (workspace / "templates" / "reference.docx").write_bytes(b"junk")
    done = process("diff", SLUG, "--docx", cwd=workspace)
    assert (done.returncode, "MP511" in done.stderr) == (DATA, True), done.stderr


# --- numbers and addresses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("shortlist", "masterplan.yaml", "--take", "9" * 30),
        ("build", "--all", "--limit", "nan"),
        ("build", "--all", "--limit", "1e999"),
        ("build", "--all", "-j", "9" * 30),
        ("status", "--date", "0001-01-01"),
        ("new", "72.06", "--start", "9999-12-31"),
        ("new", "72.06", "--date", "9999-12-31"),
    ],
)
def test_numbers_and_days_have_bounds(call: Call, workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "masterplan.yaml").touch()
    done = call(*words)
    assert done.exit_code == USAGE, done.output
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "http://x",
        "tcp://",
        "tcp://127.0.0.1:abc",
        "tcp://h:99999",
        "tcp://a b",
        "tls://127.0.0.1:1",
        "inproc://x",
    ],
)
def test_an_address_that_is_none_is_told_at_once(call: Call, address: str) -> None:
    done = call("build", "--all", "--scheduler", address)
    assert done.exit_code == DATA, done.output
    assert "MP506" in done.stderr


def test_a_folder_for_temporary_files_with_a_long_path_is_told(
    call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(workspace / ("y" * 130)))
    done = call("build", "--all")
    assert done.exit_code == DATA
    assert "MP506" in done.stderr
    assert "TMPDIR" in done.stderr
