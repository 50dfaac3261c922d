"""Every diagnostic code is registered, explained, used, and on its page."""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.codes import CODES, STAGES, diagnostics_page

ROOT = Path(__file__).resolve().parents[2]


def used() -> set[str]:
    files = [path for path in (ROOT / "generator").rglob("*.py") if path.parent.name != "codes"]
    return {code for path in files for code in re.findall(r"\"(MP\d{3})\"", path.read_text(encoding="utf-8"))}


def test_every_code_that_is_used_is_explained() -> None:
    assert used() - set(CODES) == set()


def test_every_code_that_is_explained_is_used() -> None:
    assert set(CODES) - used() == set()


def test_codes_are_in_order_and_whole() -> None:
    assert list(CODES) == sorted(CODES)
    for code, entry in CODES.items():
        assert code[2] in STAGES
        assert entry.title
        assert entry.explanation.endswith((".", "…"))
        assert entry.hint.endswith(".")
        assert "|" not in entry.title + entry.explanation + entry.hint


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert page == diagnostics_page(), "run python -m tests.tools.diagnostics_page"
