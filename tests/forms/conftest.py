"""The tiny workspace with forms to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.filling import lay
from tests.sources.conftest import priorities

__all__ = ["priorities"]


@pytest.fixture
def workspace(tmp_path: Path, priorities: str) -> Path:
    """A tiny, whole workspace of one city."""
    return lay(tmp_path / "workspace", priorities)
