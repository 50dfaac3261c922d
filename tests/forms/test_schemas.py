"""The JSON Schemas say what the readers take, and the page of the data is made from them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.cli.schemas import lay_schemas, told_to_editors
from generator.compose import own_words
from generator.model.document import Cell, Link, ListItem, Missing, Paragraph, Row, Section, Strong, Text
from generator.model.edits import Edit, RowRef
from generator.model.own_words import FrontMatter, Place
from generator.sources.conditions import _READERS
from generator.sources.edits import edit_yaml_text
from generator.sources.json_schema import FILE_KINDS, FileKind, kind_of, schema_of, schemas, with_editor_comment
from generator.sources.yaml import parse_yaml
from generator.writers.data_page import data_page

ROOT = Path(__file__).resolve().parents[2]


KINI = (Text("Kini."), Link("https://a.id", (Text("a"),)))
SAMPLES = {
    "own-words": [
        ("vision.md", "section: gaps/public-service\nmode: before\nbook: analysis\n"),
        ("b.md", "mode: after\n"),
    ],
    "edit": [
        ("text", edit_yaml_text(Edit(book="b", op="text", block="x", text=KINI)).decode()),
        ("done", edit_yaml_text(Edit(book="b", op="comment", block="x", who="A", done=True, replaced=("c",))).decode()),
    ],
}
"""Of kinds of which no file is shipped."""


def shipped(kind: FileKind) -> list[Path]:
    return [path for path in sorted(ROOT.glob(kind.files)) if kind_of(path.relative_to(ROOT).as_posix()) == kind]


def as_json(value: Any) -> Any:
    """Return data as an editor sees it: keys are words, dates are text."""
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else value.isoformat()


@pytest.mark.parametrize("kind", FILE_KINDS, ids=[kind.name for kind in FILE_KINDS])
def test_every_shipped_file_fits_its_schema(kind: FileKind) -> None:
    schema = schema_of(kind)
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in shipped(kind)] or SAMPLES[kind.name]
    for name, text in texts:
        data = as_json(parse_yaml(text, name).data)
        faults = [f"{name}: {list(fault.path)}: {fault.message}" for fault in validator.iter_errors(data)]
        assert not faults
        assert list(validator.iter_errors({**data, "unknown_key": 1}))


def test_every_yaml_file_of_the_workspace_has_a_kind() -> None:
    paths = [*(ROOT / "content").rglob("*.yaml"), *(ROOT / "cities").rglob("*.yaml"), *ROOT.glob("*.yaml")]
    assert len(paths) > 700
    assert [str(path) for path in paths if kind_of(path.relative_to(ROOT).as_posix()) is None] == []


def test_edits_with_passages_and_rows_fit_their_schema() -> None:
    validator = Draft7Validator(schemas()["edit.schema.json"])
    paragraph = Paragraph(id="p", content=(Text("a"), Strong((Text("b"),))))
    section = Section(id="s", level=2, title=(Text("Judul"),), children=(paragraph,))
    row = Row(cells=(Cell(((Text("1"), Missing(what="nilai", who="BPS", where="city.yaml")),)),))
    for value in (section, ListItem(id="i", content=(Text("c"),), children=(paragraph,)), row):
        edit = Edit(book="b", op="new", block="x", value=value, near=("y",), row=RowRef(base="f", label="l", index=1))
        data = as_json(yaml.safe_load(edit_yaml_text(edit)))
        assert not [fault.message for fault in validator.iter_errors(data)]
        data["value"]["_"] = "Sectoin"
        assert list(validator.iter_errors(data))


def test_the_lines_above_a_text_are_those_that_are_read() -> None:
    assert tuple(part.name for part in fields(FrontMatter)) == own_words._KEYS
    assert get_args(Place) == own_words._MODES


RULE = """\
id: r
title: T
dimension: d
subdimension: s
finding: F
examples: {{fires: [{{name: a}}], silent: [{{name: b}}]}}
when: {}
"""


@pytest.mark.parametrize(
    "condition",
    [
        "{below: {indicator: a, level: 2}}",
        "{above: {fact: a, value: 2}}",
        "{between: {score: a, levels: [1, 2]}}",
        "{all: [{trait: kota}, {not: {missing: {fact: a}}}]}",
        "{stale: {fact: a, years: 3}}",
        "{unverified: {indicator: a}}",
        "{trend: {fact: a, direction: up}}",
        "{compare: {fact: a, other: b, relation: above, times: 2}}",
        "{any: [{trait: x}]}",
    ],
)
def test_conditions_that_are_read_fit(condition: str) -> None:
    assert not list(validator().iter_errors(yaml.safe_load(RULE.format(condition))))


@pytest.mark.parametrize(
    "condition",
    [
        "{below: {indicator: a}}",
        "{below: {indicator: a, fact: b, level: 1}}",
        "{below: {indicator: a, level: 1, value: 2}}",
        "{nearly: {indicator: a}}",
        "{}",
        "{trait: a, missing: {fact: b}}",
        "{all: []}",
        "{between: {fact: a, values: [1]}}",
        "{trend: {fact: a, direction: sideways}}",
        "{stale: {years: 2}}",
        "a",
    ],
)
def test_conditions_that_are_not_read_do_not_fit(condition: str) -> None:
    assert list(validator().iter_errors(yaml.safe_load(RULE.format(condition))))


def validator() -> Draft7Validator:
    return Draft7Validator(schemas()["rule.schema.json"])


def test_every_condition_is_in_the_schema() -> None:
    assert set(schemas()["rule.schema.json"]["$defs"]["Condition"]["properties"]) == set(_READERS)


def test_a_fresh_workspace_tells_editors_its_schemas(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "rules" / "one"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (tmp_path / "content" / "other.yaml").write_text("x: 1\n", encoding="utf-8")
    lay_schemas(tmp_path)
    lay_schemas(tmp_path)
    text = (folder / "a.yaml").read_text(encoding="utf-8")
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\nid: a\n$", text)
    assert found is not None
    assert (folder / found.group(1)).resolve() == tmp_path / "schema" / "rule.schema.json"
    assert (folder / found.group(1)).is_file()
    assert (tmp_path / "content" / "other.yaml").read_text(encoding="utf-8") == "x: 1\n"
    assert with_editor_comment("a: 1\n", "cities/kota-x/city.yaml").startswith(
        "# yaml-language-server: $schema=../../schema/"
    )


def test_new_files_tell_editors_where_the_workspace_has_schemas(tmp_path: Path) -> None:
    path = tmp_path / "cities" / "kota-x" / "city.yaml"
    assert told_to_editors("a: 1\n", path, tmp_path) == "a: 1\n"
    (tmp_path / "schema").mkdir()
    assert told_to_editors("a: 1\n", path, tmp_path) == (
        "# yaml-language-server: $schema=../../schema/city.schema.json\na: 1\n"
    )


def test_the_page_of_the_data_is_current() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert page == data_page(), "run python -m tests.tools.data_page"
