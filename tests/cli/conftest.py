"""The command line in this process and in one of its own, on the small framework."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from generator.cli import show
from generator.cli.app import app
from tests.compose.small import ROOT, lay

Call = Callable[..., Result]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The small framework, free to be changed."""
    return lay(tmp_path / "workspace")


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


def process(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m generator` as a process of its own."""
    surroundings = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    surroundings |= {"PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=cwd,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
