"""Small workspaces of several cities, and their outputs as hashes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.batch import Standing
from tests.compose.small import SLUG, edit, lay


def add_city(workspace: Path, number: int) -> str:
    """Copy the invented city under another name and code; return its slug."""
    slug = f"{SLUG}-{number}"
    shutil.copytree(workspace / "cities" / SLUG, workspace / "cities" / slug)
    edit(workspace, f"cities/{slug}/city.yaml", '"00.71"', f'"00.7{number + 1}"')
    edit(workspace, f"cities/{slug}/city.yaml", "name: Contoh\n", f"name: Contoh {number}\n")
    return slug


@pytest.fixture
def lay_cities(tmp_path: Path) -> Callable[[int], Path]:
    """Return a function that lays a workspace with so many cities."""

    def laid(count: int) -> Path:
        workspace = lay(tmp_path / "workspace")
        for number in range(1, count):
            add_city(workspace, number)
        return workspace

    return laid


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The small framework with its one city, free to be changed."""
    return lay(tmp_path / "workspace")


class Clock:
    """The clock of a batch, which can be put ahead: so that nothing has to be waited for, on a slow machine neither."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def run_ahead_after(self, done: int) -> Callable[[Standing], None]:
        """Return a watcher that lets hours pass once so many cities are done."""

        def watch(standing: Standing) -> None:
            if len(standing.outcomes) == done:
                self.ahead = 100_000.0

        return watch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of `generator.batch`."""
    found = Clock()
    monkeypatch.setattr("generator.batch.time", found)
    return found
