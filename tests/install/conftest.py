"""A clean copy of the checkout with its own environment, made once by the commands of the README."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from tests.compose.small import ROOT

LEFT_OUT = (".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "output", "dist", "build", "*.egg-info")
MINUTES = 60


@dataclass(frozen=True)
class Fresh:
    """A checkout where `make draft` has run, and a workspace outside of it laid by the installed package."""

    checkout: Path
    elsewhere: Path

    @property
    def binaries(self) -> Path:
        """`bin/` of the new environment."""
        return self.checkout / ".venv" / "bin"

    @property
    def workspace(self) -> Path:
        """Where README's `masterplan init perencanaan` lays the workspace."""
        return self.elsewhere / "perencanaan"

    def run(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command with the new environment first on the path and nothing of this checkout in sight."""
        hidden = ("PYTHONPATH", "VIRTUAL_ENV", "MASTERPLAN_WORKSPACE", "PYTEST_CURRENT_TEST", "MAKEFLAGS", "MAKELEVEL")
        environment = {key: value for key, value in os.environ.items() if key not in hidden}
        environment["PATH"] = f"{self.binaries}{os.pathsep}{environment['PATH']}"
        # One command at a time: tests of other workers build into the same folders.
        with FileLock(f"{self.elsewhere}.run.lock"):
            return subprocess.run(
                words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=15 * MINUTES, check=False
            )


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Fresh:
    """The fresh installation; one worker makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "fresh"
    made = Fresh(shared / "checkout", shared / "elsewhere")
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            shutil.copytree(ROOT, made.checkout, ignore=shutil.ignore_patterns(*LEFT_OUT))
            made.elsewhere.mkdir()
            drafted = made.run("make", "draft", f"PYTHON={sys.executable}", cwd=made.checkout)
            (shared / "draft.txt").write_text(drafted.stdout + drafted.stderr, encoding="utf-8")
            assert drafted.returncode == 0, drafted.stdout[-3000:] + drafted.stderr[-3000:]
            installed = made.run("pip", "install", "--quiet", "--no-deps", ".", cwd=made.checkout)
            assert installed.returncode == 0, installed.stderr[-3000:]
            laid = made.run("masterplan", "init", "perencanaan", cwd=made.elsewhere)
            assert laid.returncode == 0, laid.stderr
            # README's tour chooses among candidates of the reader's own; the shipped ones stand in for them.
            shutil.copy(made.workspace / "content" / "examples" / "shortlist-2018.csv", made.workspace / "calon.csv")
            (shared / "done").touch()
    return made
