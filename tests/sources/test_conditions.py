"""The closed vocabulary of conditions: what can be written, what it becomes, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.rules import (
    Above,
    All,
    AnyOf,
    Below,
    Between,
    Compare,
    Condition,
    Missing,
    Not,
    Stale,
    Subject,
    Trait,
    Trend,
    Unverified,
)
from generator.sources.conditions import Parsing, parse_condition

IND, FACT, SCORE = (Subject(kind, "x") for kind in ("indicator", "fact", "score"))  # type: ignore[arg-type]


def parse(raw: object) -> tuple[Condition | None, list[str]]:
    parsing = Parsing()
    condition = parse_condition(raw, ("when",), parsing)
    return condition, [problem.message for problem in parsing.problems]


@pytest.mark.parametrize(
    ("raw", "condition"),
    [
        ({"below": {"indicator": "x", "level": 2}}, Below(IND, 2, "level")),
        ({"above": {"fact": "x", "value": 1.5}}, Above(FACT, 1.5, "value")),
        ({"below": {"score": "x", "level": 2}}, Below(SCORE, 2, "level")),
        ({"between": {"indicator": "x", "values": [1, 3]}}, Between(IND, 1, 3, "value")),
        ({"between": {"score": "x", "levels": [1, 3]}}, Between(SCORE, 1, 3, "level")),
        ({"missing": {"fact": "x"}}, Missing(FACT)),
        ({"stale": {"indicator": "x", "years": 3}}, Stale(IND, 3)),
        ({"unverified": {"indicator": "x"}}, Unverified("x")),
        ({"trend": {"fact": "x", "direction": "down"}}, Trend("x", "down")),
        ({"compare": {"fact": "x", "other": "y", "relation": "above"}}, Compare("x", "y", "above", 1)),
        ({"compare": {"fact": "x", "other": "y", "relation": "below", "times": 2}}, Compare("x", "y", "below", 2)),
        ({"trait": "kota"}, Trait("kota")),
        ({"not": {"trait": "kota"}}, Not(Trait("kota"))),
        ({"all": [{"trait": "a"}, {"any": [{"trait": "b"}]}]}, All((Trait("a"), AnyOf((Trait("b"),))))),
    ],
)
def test_each_condition(raw: object, condition: Condition) -> None:
    assert parse(raw) == (condition, [])


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        "x",
        {"below": {}, "above": {}},
        {"eval": "1"},
        {1: 2},
        {"below": None},
        {"below": {"indicator": "x", "level": True}},
        {"below": {"indicator": "x", "level": "2"}},
        {"below": {"indicator": "x", "level": 2, "value": 2}},
        {"below": {"indicator": "x", "fact": "y", "value": 2}},
        {"below": {"indicator": 3, "level": 2}},
        {"below": {"fact": "x", "level": 2}},
        {"below": {"score": "x", "value": 2}},
        {"between": {"fact": "x", "levels": [1, 2]}},
        {"between": {"score": "x", "values": [1, 2]}},
        {"between": {"indicator": "x", "levels": [1, 2], "values": [1, 2]}},
        {"between": {"indicator": "x", "levels": [1]}},
        {"between": {"indicator": "x", "levels": [2, 1]}},
        {"between": {"indicator": "x", "levels": ["a", 2]}},
        {"missing": {"indicator": "x", "years": 2}},
        {"stale": {"indicator": "x"}},
        {"stale": {"indicator": "x", "years": 2.5}},
        {"stale": {"indicator": "x", "years": -1}},
        {"stale": {"indicator": "x", "years": True}},
        {"trend": {"fact": "x", "direction": "sideways"}},
        {"trend": {"fact": ["x"], "direction": "up"}},
        {"compare": {"fact": "x", "other": "y", "relation": "over"}},
        {"compare": {"fact": "x", "other": "y", "relation": "above", "times": "2"}},
        {"trait": ["kota"]},
        {"all": []},
        {"any": {"trait": "kota"}},
        {"all": [{"trait": "kota"}, {"belw": {}}]},
        {"unverified": {"fact": "x"}},
        {"unverified": {}},
    ],
)
def test_what_is_no_condition_is_told_once(raw: object) -> None:
    condition, messages = parse(raw)
    assert condition is None
    assert len(messages) == 1


def test_all_faults_of_a_condition_come_at_once() -> None:
    condition, messages = parse({"all": [{"belw": {}}, {"trait": 1}, {"any": [{"stale": {"years": 1}}]}]})
    assert condition is None
    assert len(messages) == 3


_WORDS = st.sampled_from(
    (
        *("below", "above", "between", "missing", "stale", "unverified", "trend", "compare", "all", "any", "not"),
        *("trait", "indicator", "fact", "score", "level", "value", "levels", "values", "years", "direction", "other"),
    )
)
_RAW: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(["x", "up", "above"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS | st.integers(), inner, max_size=3),
    max_leaves=20,
)


@given(_RAW)
@settings(max_examples=300, deadline=None)
def test_anything_is_a_condition_or_a_fault(raw: object) -> None:
    condition, messages = parse(raw)
    assert (condition is None) == bool(messages)
