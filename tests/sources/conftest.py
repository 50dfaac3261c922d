"""The tiny workspace as a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.sources.workspace import lay

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def priorities() -> str:
    """The real parameters, without what names areas of the real framework."""
    data = yaml.safe_load((ROOT / "content" / "priorities.yaml").read_text(encoding="utf-8"))
    return yaml.safe_dump({**data, "reach": [{"area": "default", "share": 1.0}], "needs": {}})


@pytest.fixture
def tiny(tmp_path: Path, priorities: str) -> Path:
    """A tiny, whole workspace."""
    return lay(tmp_path / "workspace", priorities)
