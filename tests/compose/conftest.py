"""Fixtures of the tests of composition."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import Draft
from tests.compose.small import Page, compose, lay


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """An empty folder of templates."""
    return Page(tmp_path / "templates")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The small framework, free to be changed."""
    return lay(tmp_path / "workspace")


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The draft of the small framework's city as it is."""
    return compose(lay(tmp_path_factory.mktemp("small") / "workspace"))
