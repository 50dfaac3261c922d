"""The books of the invented city, block by block, against files that a reviewer reads.

`UPDATE_GOLDEN=1 pytest tests/golden` writes the files anew; look at the difference before you commit it.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

from generator.build import Draft
from generator.model.document import Document
from tests.compose.small import SLUG, compose, edit, lay
from tests.golden.dump import dump

HERE = Path(__file__).parent
ANSWERS = f"cities/{SLUG}/assessment.yaml"


def compare(name: str, document: Document) -> None:
    """Fail with the difference where a book is not as it was."""
    path = HERE / f"{name}.txt"
    made = dump(document)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(made, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    difference = "".join(
        difflib.unified_diff(kept.splitlines(True), made.splitlines(True), f"{path.name} (kept)", "made now", n=2)
    )
    if difference:
        pytest.fail(f"{difference}\nIf this is meant: UPDATE_GOLDEN=1 pytest tests/golden", pytrace=False)


def _only_book(draft: Draft) -> Document:
    (document,) = draft.composed.documents
    return document


def test_the_city_as_it_is(tmp_path: Path) -> None:
    compare("kota-contoh", _only_book(compose(lay(tmp_path / "workspace"))))


def test_the_city_without_any_answer(tmp_path: Path) -> None:
    """Everything that the city has not supplied is a fill-in; nothing is invented in its place."""
    workspace = lay(tmp_path / "workspace")
    (workspace / ANSWERS).write_text("status: draft\ndate: 2026-02-16\nanswers: {}\n", encoding="utf-8")
    compare("kota-contoh-kosong", _only_book(compose(workspace)))


def test_the_city_with_the_best_answers_and_a_real_assessment(tmp_path: Path) -> None:
    workspace = lay(tmp_path / "workspace")
    lines = ["status: verified", "date: 2026-02-16", "by: Penilai", "answers:"]
    for area in ("ser", "ter", "tra", "peo"):
        lines += [
            f"  {area}-{number}: {{level: 4, year: 2025, source: Arsip, evidence: verified}}" for number in (1, 2)
        ]
        lines.append(f"  {area}-3: {{value: 95, year: 2025, source: Arsip, evidence: verified}}")
    (workspace / ANSWERS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    edit(workspace, f"cities/{SLUG}/city.yaml", "type: kota", "type: kabupaten")
    compare("kabupaten-contoh-penuh", _only_book(compose(workspace)))
