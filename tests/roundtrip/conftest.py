"""A workspace with the real template and the pictures of the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writers.docx.conftest import lay


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared, so not to be changed."""
    return lay(tmp_path_factory.mktemp("roundtrip"))
