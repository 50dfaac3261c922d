"""Data to the types of the model: every fault told with its place, what was found, what was expected, and a hint."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.city import Assessment, City, Fact
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic
from generator.model.framework import Books, Framework
from generator.model.instrument import FactFile, Instrument, RegulationFile
from generator.model.programs import OwnPrograms, Program
from generator.model.rules import Below, Rule, Subject
from generator.sources.schema import dotted, known_keys, told, validate
from generator.sources.yaml import parse_yaml


def faults(kind: type[Any], text: str, **options: Any) -> tuple[Diagnostic, ...]:
    value, found = validate(kind, parse_yaml(text, "f.yaml"), **options)
    assert (value is None) == bool(found)
    return found


def short(found: tuple[Diagnostic, ...]) -> list[tuple[str, int | None, int | None]]:
    return [(item.code, item.place.line, item.place.column) for item in found]


ASSESSMENT = """\
status: smaple
date: 2026-02-30x
answers:
  gov-01: {level: 5, evidnce: none}
  gov-02: {level: "2", year: 2020.5}
  gov-03: 3
  gov-04: {value: yes, source: 12}
  gov-05: {level: -1}
ansers: {}
"""


def test_all_faults_of_a_file_come_at_once_in_their_order() -> None:
    assert short(faults(Assessment, ASSESSMENT)) == [
        ("MP104", 1, 9),
        ("MP103", 2, 7),
        ("MP105", 4, 19),
        ("MP101", 4, 22),
        ("MP103", 5, 19),
        ("MP103", 5, 30),
        ("MP103", 6, 11),
        ("MP103", 7, 19),
        ("MP103", 7, 32),
        ("MP105", 8, 19),
        ("MP101", 9, 1),
    ]


def test_a_message_names_found_expected_and_what_to_do() -> None:
    by_line = {item.place.line: item for item in faults(Assessment, ASSESSMENT)}
    assert by_line[1].message == "status: found the text 'smaple', expected one of 'sample', 'draft', 'verified'"
    assert by_line[1].hint == "did you mean 'sample'?"
    assert by_line[5].message.startswith("answers.gov-02.")
    assert by_line[6].message == "answers.gov-03: found the number 3, expected a mapping"
    assert by_line[8].message == "answers.gov-05.level: found the number -1, expected a number ≥ 0"
    assert by_line[9].message == "unknown key 'ansers'"
    assert by_line[9].hint == "did you mean 'answers'?"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("value: 1\nsource: 12\n", "put the text in quotes"),
        ("value: 1\nsource: 2026-01-01\n", "put the text in quotes"),
        ("value: 1\nsource: no\n", "put the text in quotes"),
        ("value: 1\nsource: [BPS]\n", "text with '[' at its beginning has to be put in quotes"),
        ("value: 1\nsource: {BPS: 2021}\n", "text with ': ' or braces has to be put in quotes"),
        ("value: 1\nsource:\n", "write it, or leave the key out where it is not known"),
        ("value: 1\nsource: x\nyear: '2021'\n", "without quotes"),
        ("value: 1\nsource: x\nyer: 2021\n", "did you mean 'year'?"),
        ("value: 1\nsource: x\nzzzzzz: 2021\n", "known keys: value, unit, year"),
    ],
)
def test_hints(text: str, hint: str) -> None:
    (item,) = faults(Fact, text)
    assert hint in (item.hint or "")


def test_a_missing_key_points_to_its_mapping() -> None:
    text = (
        "code: '12.71'\nname: Medan\ntype: kota\nprovince: X\nrpjmd: {start: 2025}\nmentoring: {}\ndate: 2026-01-01\n"
    )
    found = faults(City, text)
    assert short(found) == [("MP102", 5, 8), ("MP102", 6, 12)]
    assert found[0].message == "in rpjmd: 'end' is missing"


def test_a_missing_key_tells_the_choices() -> None:
    (item,) = faults(Assessment, "date: 2026-01-01\n")
    assert (item.message, item.hint) == ("'status' is missing", "one of sample, draft, verified")


def test_a_union_is_one_fault() -> None:
    (item,) = faults(Fact, "value: [1]\nsource: x\n")
    assert item.message == "value: found a list of 1, expected a number or yes or no or text"


def test_numbers_are_strict_but_whole_numbers_are_numbers() -> None:
    value, found = validate(Fact, parse_yaml("value: 3\nsource: x\nseries: {2020: 1, 2021: 2.5}\n", "f.yaml"))
    assert not found
    assert value == Fact(value=3.0, source="x", series={2020: 1.0, 2021: 2.5})
    assert validate(Fact, parse_yaml("value: yes\nsource: x\n", "f.yaml"))[0] == Fact(value=True, source="x")
    assert validate(Fact, parse_yaml("value: '3'\nsource: x\n", "f.yaml"))[0] == Fact(value="3", source="x")


def test_a_wrong_key_of_a_mapping_is_placed_at_the_key() -> None:
    (item,) = faults(Fact, "value: 1\nsource: x\nseries:\n  tahun: 1\n")
    assert (item.place.line, item.place.column) == (4, 3)


def test_the_whole_file_of_another_kind() -> None:
    (item,) = faults(Assessment, "- a\n- b\n")
    assert item.message.startswith("the file holds a list of 2, expected a mapping with status, date")


def test_dates() -> None:
    value, found = validate(Assessment, parse_yaml("status: draft\ndate: 2026-02-16\n", "f.yaml"))
    assert not found
    assert value is not None
    assert value.date == date(2026, 2, 16)


def test_what_the_reader_reported_is_not_reported_again() -> None:
    file = parse_yaml("value: 012\nsource: x\n", "f.yaml")
    value, found = validate(Fact, file)
    assert value is None
    assert [item.code for item in file.diagnostics] == ["MP016"]
    assert not found


RULE = """\
id: r
title: t
dimension: d
subdimension: s
when: {below: {indicator: x, level: 2}}
finding: f
examples:
  fires: [{name: a, levels: {x: 1}}]
  silent: [{name: b, levels: {x: 3}}]
"""


def test_conditions_become_the_algebra() -> None:
    value, found = validate(Rule, parse_yaml(RULE, "f.yaml"), conditions=("when",))
    assert not found
    assert value is not None
    assert value.when == Below(Subject("indicator", "x"), 2.0, "level")


@pytest.mark.parametrize(
    ("when", "place", "words"),
    [
        ("{belw: {}}", (5, 8), "unknown condition 'belw'"),
        ("{below: {indicator: x}}", (5, 15), "exactly one of 'level' or 'value'"),
        ("{below: {indicator: x, levl: 2}}", (5, 30), "unknown key 'levl'"),
        ("{all: []}", (5, 13), "at least one condition"),
        ("{all: [{trait: kota}, {between: {fact: x, values: [3, 1]}}]}", (5, 57), "above the upper end"),
        ("{not: 3}", (5, 13), "expected one condition"),
        ("x", (5, 7), "expected one condition"),
    ],
)
def test_a_condition_that_cannot_be_read(when: str, place: tuple[int, int], words: str) -> None:
    text = RULE.replace("{below: {indicator: x, level: 2}}", when).replace("title: t", "title: [t]")
    found = faults(Rule, text, conditions=("when",))
    assert [item.code for item in found] == ["MP103", "MP108"]
    assert (found[1].place.line, found[1].place.column) == place
    assert words in found[1].message


def test_a_rule_without_both_kinds_of_examples_does_not_load() -> None:
    text = RULE.replace("[{name: b, levels: {x: 3}}]", "[]")
    (item,) = faults(Rule, text, conditions=("when",))
    assert (item.code, item.place.line) == ("MP106", 9)


def test_deep_conditions_end() -> None:
    when = "{not: " * 30 + "{trait: kota}" + "}" * 30
    (item,) = faults(Rule, RULE.replace("{below: {indicator: x, level: 2}}", when), conditions=("when",))
    assert "nested deeper" in item.message


def test_paths_are_written_as_people_write_them() -> None:
    data = {"a": [{"b": {0: "x"}}]}
    assert dotted(("a", 0, "b", 0), data) == "a[1].b.0"
    assert known_keys(Fact)[:2] == ["value", "unit"]
    assert told("x" * 200).endswith("…'")


# --- no data raises --------------------------------------------------------------------------------------------------

KINDS: tuple[type[Any], ...] = (
    *(Assessment, City, OwnPrograms, Framework, Books, Instrument, FactFile, RegulationFile),
    *(Rule, Program),
)
_WORDS = st.sampled_from(
    sorted(
        {key for kind in KINDS for key in known_keys(kind)} | {"below", "indicator", "value", "level", "id", "items"}
    )
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 3000) | st.floats(-5, 5) | st.text(max_size=6) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS | st.integers(0, 4), inner, max_size=4),
    max_leaves=15,
)


@given(st.sampled_from(KINDS), st.dictionaries(_WORDS, _ANY, max_size=8))
@settings(max_examples=250, deadline=None)
def test_any_data_ends_in_a_value_or_in_diagnostics(kind: type[Any], data: dict[str, object]) -> None:
    file = parse_yaml("a: 1\n", "f.yaml")
    value, found = validate(kind, file, conditions=("when", "fits"), data=data)
    assert (value is None) == any(item.severity.value == "error" for item in found)
    assert all(item.message and item.code.startswith("MP1") for item in found)


def test_the_content_type_is_no_boundary_type() -> None:
    assert not hasattr(Content, "__pydantic_config__")
