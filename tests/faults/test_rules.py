"""A rule that would run for ever if it could: patterns, numbers, endless conditions, each refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build_city
from generator.model.diagnostics import Severity
from generator.sources.content import load_content
from tests.compose.small import SLUG, edit, lay

RULE = "content/rules/service/ser-1-low.yaml"
WHEN = "below: {indicator: ser-1, level: 3}"
DEEP = "{not: " * 60 + "{below: {indicator: ser-1, level: 2}}" + "}" * 60
WIDE = "all: [" + ", ".join(["{below: {indicator: ser-1, level: 2}}"] * 60_000) + "]"
ENDLESS = {
    "a pattern": 'matches: {fact: population, pattern: "(a+)+$"}',
    "a pattern of a sentence": 'regex: "(a|aa)+$"',
    "an expression": "eval: '9 ** 9 ** 9'",
    "a level of a hundred thousand digits": f"below: {{indicator: ser-1, level: {'9' * 100_000}}}",
    "a level without end": "below: {indicator: ser-1, level: .inf}",
    "a level that is none": "below: {indicator: ser-1, level: .nan}",
    "a power": "below: {indicator: ser-1, level: 1e999999999}",
    "a base of sixty": f"below: {{indicator: ser-1, level: {':'.join(['59'] * 5000)}}}",
    "conditions in conditions": f"all: [{DEEP}]",
    "conditions side by side": WIDE,
    "a condition that holds itself": "&a {all: [*a]}",
    "a bomb": "all: [&a {x: [1, 1, 1, 1]}, &b {x: [*a, *a, *a, *a]}, &c {x: [*b, *b, *b, *b]}]",
}


def rule_with(workspace: Path, condition: str) -> None:
    text = (workspace / RULE).read_text(encoding="utf-8")
    start, end = text.index("when:"), text.index("finding:")
    (workspace / RULE).write_text(f"{text[:start]}when:\n  {condition}\n{text[end:]}", encoding="utf-8")


@pytest.mark.parametrize("condition", ENDLESS.values(), ids=ENDLESS)
def test_a_rule_without_end_is_refused_with_its_place(tmp_path: Path, condition: str) -> None:
    workspace = lay(tmp_path / "workspace")
    assert load_content(workspace)[0] is not None
    rule_with(workspace, condition)
    content, found = load_content(workspace)
    errors = [item for item in found if item.severity is Severity.ERROR]
    assert content is None
    assert {item.place.file for item in errors} == {RULE}
    assert all(item.place.line for item in errors)
    result = build_city(workspace, SLUG, tmp_path / "out", formats=("docx",))
    assert result.failed
    assert not (tmp_path / "out" / SLUG / "Buku-Kecil.docx").exists()


def test_the_condition_that_is_put_in_place_of_it_is_sound(tmp_path: Path) -> None:
    """Else every refusal above could be that of a badly written test."""
    workspace = lay(tmp_path / "workspace")
    rule_with(workspace, WHEN)
    content, found = load_content(workspace)
    assert content is not None, [str(item) for item in found]
    edit(workspace, RULE, WHEN, ENDLESS["a pattern"])
    assert load_content(workspace)[0] is None
