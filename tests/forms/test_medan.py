"""With the shipped content: a filled form of Kota Medan changes the draft, and every fault in it is said at once."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.build import Draft, prepare
from generator.cli.app import app
from generator.model.content import Content
from generator.model.document import Chart
from generator.model.walks import walk
from generator.writers.form import write_form
from tests.forms.filling import Filled, load
from tests.golden.dump import dump

ROOT = Path(__file__).resolve().parents[2]
SLUG = "kota-medan"
HEAD = "Kepala Daerah Menurut Formulir"
RIGHT: tuple[tuple[str, str, str, object], ...] = (
    ("identity", "leaders.head.name", "value", HEAD),
    ("identity", "budget.apbd", "value", "7.654.000.000.000"),
    ("missions", "aman", "text", "Aman: kota yang siaga bencana menurut formulir"),
    ("documents", "rtrw", "direction", "Pemerataan pusat pelayanan menurut formulir"),
    ("opd", "planning", "name", "Badan Perencanaan Menurut Formulir"),
    ("facts", "hdi", "value", "84,17"),
    ("facts", "hdi", "year", 2025),
    ("facts", "hdi", "source", "BPS Kota Medan, 2025"),
)
WRONG: tuple[tuple[str, str, str, object], ...] = (
    ("facts", "schools", "value", 812),  # without its source
    ("identity", "rpjmd.start", "value", None),
    ("identity", "vision.source", "value", None),
    ("cover", "date", "value", "31 Februari 2026"),
    ("opd", "health", "name", "=A1&B1"),
    ("missions", "ramah", "dimensions", "Smart Goverment; Kota Hijau"),
    ("documents", "rpjpd", "name", None),
)
"""Cells that cannot be taken; some rows of the assessment are added to them."""
PROGRAM: dict[str, object] = {
    "name": "Pusat Komando Menurut Formulir", "kind": "Aplikasi dan data", "aim": "Satu pusat pantau", "start_year": 1,
    "duration_years": 2, "budget:2027": "Rp 12.345.000.000", "funds": "APBD", "source": "RKPD 2026",
}  # fmt: skip


@dataclass
class Case:
    """A workspace of the shipped content and Kota Medan, its draft before, and the form that the city sends."""

    root: Path
    before: Draft
    filled: Filled
    wrong: list[str]
    off: str
    """A programme of the draft that the city refuses."""


def draft_of(root: Path) -> Draft:
    draft, diagnostics = prepare(root, SLUG)
    assert draft is not None, [str(item) for item in diagnostics]
    return draft


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    root = tmp_path_factory.mktemp("medan") / "workspace"
    for part in ("content", "templates", f"cities/{SLUG}"):
        shutil.copytree(ROOT / part, root / part)
    before = draft_of(root)
    content, dossier = load(root, SLUG)
    filled = Filled(write_form(dossier, content))
    rubric = [
        item.id for item in content.indicators.values() if item.dimension == "governance" and item.thresholds is None
    ]
    measured = next(item.id for item in content.indicators.values() if item.thresholds is not None and item.unit == "%")
    for row in rubric[1:]:
        filled.put("answers", row, "level", 4)
    for cell in RIGHT:
        filled.put(*cell)
    wrong = (
        *WRONG,
        ("answers", rubric[0], "level", "lima"),
        ("answers", rubric[1], "year", "2024/2025"),
        ("answers", rubric[2], "evidence", "mungkin"),
        ("answers", measured, "value", "812,5"),
    )
    for cell in wrong:
        filled.put(*cell)
    places = [filled.where(table, row, column) for table, row, column, _ in wrong]
    sheet, row_, _ = filled.spot("programs", "+1", "name")
    keys = {cell.value: cell.column for cell in sheet[5]}
    for key, value in {**PROGRAM, "place": place_of(content, "governance"), "lead": lead_of(filled)}.items():
        sheet.cell(row_, keys[key]).value = value
    off = before.plan.programs[0].id
    filled.put("overrides", off, "action", "Tidak dipakai").put("overrides", off, "reason", "Sudah berjalan")
    return Case(root, before, filled, places, off)


def place_of(content: Content, area: str) -> str:
    found = next(item for item in content.framework.areas if item.id == area)
    return f"{found.name} › {found.subdimensions[0].name}"


def lead_of(filled: Filled) -> object:
    """Return the first agency that the drop-down list offers."""
    sheet = filled.book["masterplan-daftar"]
    column = next(cell.column for cell in sheet[1] if cell.value == "daftar opd")
    return sheet.cell(2, column).value


def words(draft: Draft) -> str:
    return "\n".join(dump(document) for document in draft.composed.documents)


def charts(draft: Draft) -> dict[str, Chart]:
    blocks = (block for document in draft.composed.documents for block in walk(document.body))
    return {block.id: block for block in blocks if isinstance(block, Chart)}


def test_a_filled_form_changes_the_draft_and_all_that_is_wrong_is_said_at_once(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "medan.xlsx"
    path.write_bytes(case.filled.save())
    dry = CliRunner().invoke(app, ["import", SLUG, str(path), "--dry-run", "--json", "-w", str(case.root)])
    assert words(draft_of(case.root)) == words(case.before), "a trial changes nothing"
    result = CliRunner().invoke(app, ["import", SLUG, str(path), "--json", "-w", str(case.root)])
    assert result.exit_code == dry.exit_code == 1
    said = json.loads(result.stdout)
    assert json.loads(dry.stdout)["diagnostics"] == said["diagnostics"]
    errors = [item for item in said["diagnostics"] if item["severity"] == "error"]
    # Exactly the cells that are wrong, each by sheet and cell, in one run.
    assert {item["file"].removeprefix("medan.xlsx ") for item in errors} == set(case.wrong)
    assert said["cities"][0]["written"] == ["assessment.yaml", "city.yaml", "programs.yaml"]

    after = draft_of(case.root)
    before_words, after_words = words(case.before), words(after)
    for _, _, _, value in RIGHT[:1] + RIGHT[2:5]:
        assert str(value) not in before_words
        assert str(value) in after_words
    # The ceiling follows the new APBD, the index has its new value, the own programme stands with its money.
    for told in ("Rp~114,8~miliar", "Angka terbaru adalah 84,17"):
        assert told not in before_words
        assert told in after_words, told
    rows = [line for line in after_words.splitlines() if "Pusat Komando Menurut Formulir" in line]
    assert any("12,3" in line for line in rows), rows

    # What was assessed moves scores, findings, programmes and figures.
    assert len(after.plan.findings) < len(case.before.plan.findings)
    gone = {item.id for item in case.before.plan.findings} - {item.id for item in after.plan.findings}
    assert gone
    assert case.off in {item.id for item in after.plan.off}
    assert "own-pusat-komando-menurut-formulir" in {item.id for item in after.plan.scheduled}
    old, new = charts(case.before), charts(after)
    moved = [id for id in old.keys() & new.keys() if old[id].series != new[id].series]
    assert len(moved) >= 3, moved

    again = CliRunner().invoke(app, ["import", SLUG, str(path), "--json", "-w", str(case.root)])
    assert json.loads(again.stdout)["cities"][0]["changes"] == []
    assert words(draft_of(case.root)) == after_words
