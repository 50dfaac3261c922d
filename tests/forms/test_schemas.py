"""The JSON Schemas say what the readers take, and the page of the data is made from them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.cli.schemas import lay_schemas
from generator.sources.conditions import _READERS
from generator.sources.json_schema import FILE_KINDS, FileKind, kind_of, schema_of, schemas, with_editor_comment
from generator.sources.yaml import parse_yaml
from generator.writers.data_page import data_page

ROOT = Path(__file__).resolve().parents[2]


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
    paths = shipped(kind)
    assert paths
    for path in paths:
        data = as_json(parse_yaml(path.read_text(encoding="utf-8"), path.name).data)
        faults = [f"{path.name}: {list(fault.path)}: {fault.message}" for fault in validator.iter_errors(data)]
        assert not faults
        assert list(validator.iter_errors({**data, "unknown_key": 1}))


def test_every_yaml_file_of_the_workspace_has_a_kind() -> None:
    # Files that other commands own may have none; what the loader of content and cities reads has.
    for folder in ("content/rules", "content/programs", "content/instrument", "content/facts", "cities/kota-medan"):
        for path in (ROOT / folder).rglob("*.yaml"):
            assert kind_of(path.relative_to(ROOT).as_posix()) is not None, path


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


def test_the_page_of_the_data_is_current() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert page == data_page(), "run python -m tests.tools.data_page"
