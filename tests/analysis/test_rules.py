"""Conditions are three-valued, and rules prove themselves by their examples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.rules import State, evaluate, rises_with, run_examples, state_of
from generator.analysis.scoring import scorecard
from generator.model.city import Fact
from generator.model.rules import (
    Above,
    All,
    AnyOf,
    Below,
    Between,
    Compare,
    Condition,
    Example,
    Examples,
    Missing,
    Not,
    Stale,
    Subject,
    Trait,
    Trend,
    Unverified,
)
from tests.analysis import invented

LEVEL = Subject("indicator", "a")
VALUE = Subject("fact", "f")
SCORE = Subject("score", "s")
STATE = State(
    levels={"a": 2, "none": None},
    values={"a": 55.0},
    facts={"f": 10.0, "g": 4.0},
    stated=frozenset({"f", "g", "words"}),
    scores={"s": 1.5},
    series={"f": {2020: 3.0, 2023: 10.0}, "flat": {2020: 1.0, 2023: 1.0}, "short": {2020: 1.0}},
    ages={"a": 4, "f": None},
    unverified=frozenset({"a"}),
    traits=frozenset({"kota"}),
)


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (Below(LEVEL, 3, "level"), True),
        (Below(LEVEL, 2, "level"), False),
        (Below(LEVEL, 60, "value"), True),
        (Below(Subject("indicator", "none"), 3, "level"), None),
        (Above(VALUE, 9, "value"), True),
        (Above(VALUE, 10, "value"), False),
        (Above(Subject("fact", "words"), 1, "value"), None),
        (Between(SCORE, 1.5, 2, "level"), True),
        (Between(SCORE, 1.6, 2, "level"), False),
        (Missing(Subject("fact", "words")), False),
        (Missing(Subject("fact", "nowhere")), True),
        (Missing(Subject("indicator", "none")), True),
        (Stale(LEVEL, 3), True),
        (Stale(LEVEL, 4), False),
        (Stale(VALUE, 3), None),
        (Unverified("a"), True),
        (Unverified("none"), None),
        (Trend("f", "up"), True),
        (Trend("f", "down"), False),
        (Trend("flat", "up"), False),
        (Trend("short", "up"), None),
        (Compare("f", "g", "above", 2.0), True),
        (Compare("f", "g", "below"), False),
        (Compare("f", "nowhere", "above"), None),
        (Trait("kota"), True),
        (Trait("coastal"), False),
    ],
)
def test_each_test_is_true_false_or_unknown(condition: Condition, truth: bool | None) -> None:
    assert evaluate(condition, STATE) is truth
    negated = None if truth is None else not truth
    assert evaluate(Not(condition), STATE) is negated


TRUTHS: dict[bool | None, Condition] = {
    True: Trait("kota"),
    False: Trait("coastal"),
    None: Below(Subject("indicator", "none"), 1, "level"),
}


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
def test_all_and_any_follow_kleene(truths: list[bool | None]) -> None:
    parts = tuple(TRUTHS[truth] for truth in truths)
    every = False if False in truths else None if None in truths else True
    some = True if True in truths else None if None in truths else False
    assert evaluate(All(parts), STATE) is every
    assert evaluate(AnyOf(parts), STATE) is some


def test_a_rule_is_judged_by_its_own_examples() -> None:
    rule = replace(
        invented.rules()["crops-low-0"],
        when=All((Below(Subject("indicator", "yield"), 2, "level"), Above(Subject("fact", "population"), 5, "value"))),
        examples=Examples(
            fires=(
                Example(name="value gives level 1", values={"yield": 25.0}, facts={"population": 9}),
                Example(name="wrongly expected", values={"yield": 90.0}, facts={"population": 9}),
            ),
            silent=(
                Example(name="nothing known"),
                Example(name="few people", levels={"yield": 0}, facts={"population": 3}),
            ),
        ),
    )
    results = run_examples(rule, invented.indicators())
    assert [(result.name, result.passed) for result in results] == [
        ("value gives level 1", True),
        ("wrongly expected", False),
        ("nothing known", True),
        ("few people", True),
    ]


def test_state_of_a_city_reads_facts_of_the_dossier_and_scores_by_bare_id() -> None:
    city = invented.dossier(level=2, traits=("coastal",))
    facts = {
        **city.facts,
        "yield": Fact(value=35.0, year=2025, source="s", series={2019: 50.0}),
        "open": Fact(value=True, source="s"),
    }
    content = invented.content()
    card = scorecard(
        city.assessment,
        facts,
        content.framework,
        content.indicators,
        content.priorities.confidence,
        content.priorities.sizes,
    )
    state = state_of(city.city, facts, card, 2026)
    assert evaluate(Trend("yield", "down"), state) is True
    assert evaluate(Above(Subject("fact", "open"), 0.5, "value"), state) is True
    assert evaluate(Below(Subject("score", "crops"), 2, "level"), state) is True
    assert evaluate(Trait("coastal"), state) is True
    assert evaluate(Stale(Subject("fact", "yield"), 0), state) is True


@pytest.mark.parametrize(
    ("condition", "rises"),
    [
        (Below(LEVEL, 3, "level"), False),
        (Not(Below(LEVEL, 3, "level")), True),
        (All((Below(LEVEL, 3, "level"), Above(LEVEL, 0, "level"))), True),
        (All((Below(LEVEL, 3, "level"), Above(SCORE, 2, "level"))), True),
        (AnyOf((Below(LEVEL, 3, "level"), Not(Above(LEVEL, 3, "level")))), False),
        (Between(LEVEL, 1, 2, "level"), True),
        (All((Below(LEVEL, 3, "level"), Above(VALUE, 3, "value"))), False),
    ],
)
def test_a_rule_that_a_better_level_could_make_true_is_recognised(condition: Condition, rises: bool) -> None:
    rule = replace(invented.rules()["crops-low-0"], when=condition)
    assert rises_with(rule, "a", lambda area: area == "s") is rises
