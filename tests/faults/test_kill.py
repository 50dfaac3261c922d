"""kill -9 at any moment: every file is old or new and whole, and the next build is right."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.build import Draft, Run, write_draft
from generator.inputs import Basis
from generator.manifest import read_manifest
from generator.model.diagnostics import Severity
from tests.compose.small import ROOT, SLUG, edit, lay

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
MOMENTS = 200
WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod"}
FILES = ("Buku-Kecil.docx", "rencana-aksi.xlsx", "kalender.ics")


def drafts(workspace: Path, out: Path) -> tuple[tuple[Draft, Basis], ...]:
    """Two states of a city whose every file differs."""
    found = []
    for name, day in (("Contoh", "02"), ("Lain", "09")):
        edit(workspace, f"cities/{SLUG}/city.yaml", "name: Contoh\n", f"name: {name}\n")
        edit(workspace, f"cities/{SLUG}/city.yaml", "2026-03-02", f"2026-03-{day}")
        run = Run(workspace, out)
        draft, diagnostics = run.prepare(SLUG, lambda _: None)
        assert draft is not None, "\n".join(map(str, diagnostics))
        found.append((draft, run.basis(SLUG, "", ("docx",))))
    return tuple(found)


def build(workspace: Path, out: Path, state: tuple[Draft, Basis]) -> list[str]:
    draft, basis = state
    result = write_draft(workspace, draft, out, formats=("docx",), basis=basis)
    return [item.code for item in result.diagnostics if item.severity is Severity.ERROR]


def hashes(folder: Path) -> dict[str, str]:
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES if (folder / name).exists()
    }


def die_after(folder: Path, steps: int) -> None:
    """End this process with SIGKILL before the given step on a file of `folder` is taken."""
    left = steps

    def audit(event: str, told: tuple[object, ...]) -> None:
        nonlocal left
        if event in WATCHED and any(str(folder) in str(word) for word in told):
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)


def in_child(workspace: Path, out: Path, state: tuple[Draft, Basis], steps: int) -> bool:
    """Build in a child that dies after so many steps; return whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            die_after(out, steps)
            build(workspace, out, state)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.slow
def test_two_hundred_moments(tmp_path: Path) -> None:
    workspace, out = lay(tmp_path / "workspace"), tmp_path / "out"
    states = drafts(workspace, out)
    finished = []
    for state in states:
        assert build(workspace, out, state) == []
        finished.append(hashes(out / SLUG))
    assert all(finished[0][name] != finished[1][name] for name in FILES)
    chance, killed, mixed, now = random.Random(10), 0, 0, 1
    for _ in range(MOMENTS):
        then = 1 - now
        killed += in_child(workspace, out, states[then], chance.randint(1, 40))
        found = hashes(out / SLUG)
        for name in FILES:
            assert found[name] in (finished[0][name], finished[1][name]), f"{name} is neither old nor new"
        mixed += found not in finished
        assert read_manifest(out / SLUG) is not None
        # Half of the time the build goes on; half of the time the data went back meanwhile.
        now = chance.choice((now, then))
        assert build(workspace, out, states[now]) == []
        assert hashes(out / SLUG) == finished[now]
        assert not list((out / SLUG).rglob(".*.tmp"))
    assert killed > MOMENTS // 2
    assert mixed > MOMENTS // 20, "no kill fell between two files"


def test_what_a_person_edited_after_a_kill_is_still_kept(tmp_path: Path) -> None:
    workspace, out = lay(tmp_path / "workspace"), tmp_path / "out"
    old, new = drafts(workspace, out)
    assert build(workspace, out, old) == []
    step = 1
    while in_child(workspace, out, new, step) and not (read_manifest(out / SLUG) or pytest.fail("no manifest")).pending:
        step += 1
    assert (read_manifest(out / SLUG) or pytest.fail("no manifest")).pending
    book = out / SLUG / "Buku-Kecil.docx"
    book.write_bytes(book.read_bytes() + b"somebody's work")
    edited = book.read_bytes()
    assert build(workspace, out, new) == ["MP501"]
    assert book.read_bytes() == edited


@pytest.mark.slow
def test_killed_at_any_time_the_command_builds_right_the_next_time(tmp_path: Path) -> None:
    workspace, clean = lay(tmp_path / "workspace"), tmp_path / "clean"
    call = [sys.executable, "-m", "generator", "build", SLUG, "-w", str(workspace), "--engine", "typst", "--out"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = time.monotonic()
    subprocess.run([*call, str(clean)], env=environment, check=True, capture_output=True)
    took = time.monotonic() - started
    chance, out = random.Random(11), tmp_path / "out"
    for _ in range(4):
        process = subprocess.Popen(
            [*call, str(out)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.0) * took)
        process.kill()
        process.wait()
    subprocess.run([*call, str(out)], env=environment, check=True, capture_output=True)
    assert hashes(out / SLUG) == hashes(clean / SLUG)
    assert "pending" not in json.loads((out / SLUG / "manifest.json").read_bytes())
