"""Workspaces to build from, and the books of Medan, built once for all tests and workers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from generator.build import build_city
from tests.compose.small import ROOT, lay

MEDAN = "kota-medan"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The small framework, free to be changed."""
    return lay(tmp_path / "workspace")


@pytest.fixture(scope="session")
def medan(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of Medan's books as the Typst engine makes them; one worker builds, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "medan"
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            result = build_city(ROOT, MEDAN, shared, engine="typst")
            assert not result.failed, "\n".join(map(str, result.diagnostics))
            (shared / "done").touch()
    return shared / MEDAN


@pytest.fixture(scope="session")
def manifest(medan: Path) -> Mapping[str, object]:
    """The manifest of Medan."""
    data: Mapping[str, object] = json.loads((medan / "manifest.json").read_text(encoding="utf-8"))
    return data
