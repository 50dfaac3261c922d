"""With the shipped content: a filled form of Kota Medan changes the plan, and every fault in it is said at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.analysis.planning import plan_city
from generator.sources.workbook.apply import apply_changes
from generator.sources.workbook.changes import read_form
from generator.writers.form import write_form
from tests.forms.filling import Filled, load

ROOT = Path(__file__).resolve().parents[2]
SLUG = "kota-medan"


@pytest.fixture
def medan(tmp_path: Path) -> Path:
    """A workspace of the shipped content and Kota Medan."""
    root = tmp_path / "workspace"
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "cities" / SLUG, root / "cities" / SLUG)
    return root


def test_a_filled_form_changes_the_plan(medan: Path) -> None:
    content, dossier = load(medan, SLUG)
    before = plan_city(dossier, content)
    filled = Filled(write_form(dossier, content))
    rows = [
        item.id for item in content.indicators.values() if item.dimension == "governance" and item.thresholds is None
    ]
    for row in rows:
        filled.put("answers", row, "level", 4)
    wrong: list[tuple[str, str, str, object]] = [
        ("answers", rows[0], "year", "2024/2025"),
        ("facts", "hdi", "value", "832,3"),
        ("facts", "schools", "value", 812),
        ("identity", "rpjmd.start", "value", None),
        ("opd", "planning", "name", "=A1&B1"),
    ]
    for table, row, column, value in wrong:
        filled.put(table, row, column, value)
    reading = read_form(filled.save(), "medan.xlsx", dossier, content)
    said = {item.place.file.removeprefix("medan.xlsx ") for item in reading.diagnostics}
    assert said >= {filled.where(table, row, column) for table, row, column, _ in wrong}
    edited = apply_changes(medan, dossier, content, reading.changes)
    assert not edited.diagnostics
    # The index is taken, as it may be meant, with the remark that it looks like a slip.
    assert set(edited.texts) == {"assessment.yaml", "city.yaml"}
    for name, text in edited.texts.items():
        (medan / "cities" / SLUG / name).write_text(text, encoding="utf-8")
    _, after_dossier = load(medan, SLUG)
    after = plan_city(after_dossier, content)
    assert len(after.findings) < len(before.findings)
