"""Full disks, strange and long paths, a clock that goes back, two builds at once: each with a word."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from generator import storage
from generator.batch import Order, run_batch
from generator.build import BuildResult, build_city
from generator.journal import journal, note
from generator.model.diagnostics import Severity
from tests.compose.small import ROOT, SLUG, edit, lay

BOOKS = {"Buku-Kecil.docx", "Buku-Kecil.pdf"}


def build(workspace: Path, out: Path) -> BuildResult:
    return build_city(workspace, SLUG, out, engine="typst")


def errors(result: BuildResult) -> list[tuple[str, str]]:
    return [(item.code, item.message) for item in result.diagnostics if item.severity is Severity.ERROR]


def names(result: BuildResult) -> set[str]:
    return {file.path.name for file in result.files}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay(tmp_path / "workspace")


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit of file sizes")
def test_a_real_limit_of_the_disk_is_told_and_nothing_half_stays(workspace: Path, tmp_path: Path) -> None:
    """The system itself refuses to write more than 20 kB to a file, as a full disk or a quota does."""
    out = tmp_path / "out"
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "sys.argv = ['masterplan', *sys.argv[1:]]\n"
        "from generator.cli import main\nmain()\n"
    )
    call = [
        sys.executable,
        "-B",
        "-c",
        script,
        "build",
        SLUG,
        "-w",
        str(workspace),
        "--out",
        str(out),
        "--format",
        "docx",
    ]
    done = subprocess.run(call, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "MP505" in done.stderr
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((out / SLUG).glob("*.docx"))
    assert not list((out / SLUG).glob(".*.tmp"))
    assert {"Buku-Kecil.docx"} <= names(build(workspace, out))


@pytest.mark.parametrize("when", [1, 2, 3, 4])
def test_a_disk_that_fills_up_in_the_middle(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    out, left = tmp_path / "out", when
    assert errors(build(workspace, out)) == []
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh\n", "name: Lain\n")
    real = os.fsync

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(storage.os, "fsync", full)
    ((code, message),) = errors(build(workspace, out))
    assert code == "MP505"
    assert "No space left on device" in message
    monkeypatch.undo()
    assert errors(build(workspace, out)) == []
    clean = tmp_path / "clean"
    build(workspace, clean)
    for name in BOOKS:
        assert (out / SLUG / name).read_bytes() == (clean / SLUG / name).read_bytes()


BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Takes from root what lets it write where permissions forbid it."""


def told_of(out: Path, workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody to whom a read-only folder is read-only."""
    call = [sys.executable, "-B", "-m", "generator", "build", *words, "-w", str(workspace), "--out", str(out)]
    bound = BOUND if os.geteuid() == 0 else ()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "400"}
    return subprocess.run([*bound, *call, "--format", "docx"], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("words", [(SLUG,), ("--all",)])
@pytest.mark.parametrize("depth", ["out", "city"])
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_a_read_only_folder_is_told(workspace: Path, tmp_path: Path, words: tuple[str, ...], depth: str) -> None:
    out = tmp_path / "out"
    folder = out if depth == "out" else out / SLUG
    folder.mkdir(parents=True)
    folder.chmod(0o555)
    done = told_of(out, workspace, *words)
    folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "MP505" in done.stderr + done.stdout
    assert "Permission denied" in done.stderr + done.stdout
    assert str(folder) in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not any(folder.iterdir())
    assert told_of(out, workspace, *words).returncode == 0


def test_a_folder_in_the_place_of_a_book_is_told(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / SLUG / "Buku-Kecil.docx").mkdir(parents=True)
    ((code, message),) = errors(build(workspace, tmp_path / "out"))
    assert code == "MP505"
    assert "Buku-Kecil.docx" in message


def test_a_read_only_disk_is_told(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(storage.tempfile, "mkstemp", refused)
    ((code, message),) = errors(build(workspace, tmp_path / "out"))
    assert code == "MP505"
    assert "Read-only file system" in message


def test_a_file_held_open_elsewhere_is_told(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word on Windows holds a document so that it cannot be replaced."""
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target).suffix == ".docx":
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    ((code, message),) = errors(build(workspace, tmp_path / "out"))
    assert code == "MP505"
    assert "Buku-Kecil.docx" in message
    assert not list((tmp_path / "out" / SLUG).glob(".*.tmp"))


@pytest.mark.parametrize("name", ["dua kata", "Perencanaan – Kota Čiłą 城市 ✓", 'it\'s "quoted" & <odd> %20 #1'])
def test_any_name_of_a_folder(tmp_path: Path, name: str) -> None:
    workspace = lay(tmp_path / name)
    result = build(workspace, workspace / "output")
    assert errors(result) == []
    assert names(result) >= BOOKS
    plain = lay(tmp_path / "plain")
    build(plain, plain / "output")
    for book in BOOKS:
        assert (workspace / "output" / SLUG / book).read_bytes() == (plain / "output" / SLUG / book).read_bytes()


def test_a_path_of_240_characters(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    wanted = 240 - len(f"/output/{SLUG}/Buku-Kecil.docx")
    while (short := wanted - len(str(folder))) > 0:
        folder = folder.with_name(f"{folder.name}y") if short == 1 else folder / ("x" * min(40, short - 1))
    folder.parent.mkdir(parents=True, exist_ok=True)
    workspace = lay(folder)
    result = build(workspace, workspace / "output")
    assert errors(result) == []
    assert len(str(workspace / "output" / SLUG / "Buku-Kecil.docx")) >= 240


def test_a_clock_that_goes_back_neither_hides_a_change_nor_breaks_the_log(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build(workspace, out)
    future = time.time() + 10_000_000
    for path in (out / SLUG).iterdir():
        os.utime(path, (future, future))
    edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh\n", "name: Lain\n")
    os.utime(workspace / f"cities/{SLUG}/city.yaml", (1000, 1000))
    monkeypatch.setattr(time, "time", lambda: 1000.0)
    with journal(out / SLUG):
        note("stage", stage="planning")
        result = build(workspace, out)
    assert {file.path.name for file in result.files if file.changed} >= BOOKS
    assert build(workspace, out).unchanged


def test_two_builds_of_one_city_at_once(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = [
        sys.executable,
        "-m",
        "generator",
        "build",
        SLUG,
        "-w",
        str(workspace),
        "--out",
        str(out),
        "--format",
        "docx",
    ]
    both = [
        subprocess.Popen(call, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        _, told = process.communicate(timeout=120)
        assert process.returncode in (0, 1)
        assert process.returncode == 0 or "MP504" in told
        assert "Traceback" not in told
    assert 0 in {process.returncode for process in both}
    clean = tmp_path / "clean"
    build_city(workspace, SLUG, clean, formats=("docx",))
    assert (out / SLUG / "Buku-Kecil.docx").read_bytes() == (clean / SLUG / "Buku-Kecil.docx").read_bytes()


def test_a_batch_goes_round_a_city_that_is_being_built(workspace: Path) -> None:
    out = workspace / "output"
    (out / SLUG).mkdir(parents=True)
    with FileLock(out / SLUG / ".lock"):
        order = Order(workspace=workspace, out=out, slugs=[SLUG], formats=("docx",), workers=1)
        (outcome,) = run_batch(order, lambda _: None).outcomes
    assert outcome.state == "failed"
    assert "MP504" in outcome.message
