"""Three-valued evaluation of rule conditions: true, false, or unknown for want of data.

A rule finds something only where its condition is *true*; what is not known never becomes a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from generator.analysis.scoring import level_of, number_of
from generator.model.city import City, Fact
from generator.model.instrument import Indicator
from generator.model.rules import (
    Above,
    All,
    AnyOf,
    Below,
    Between,
    Compare,
    Condition,
    Example,
    Missing,
    Not,
    Rule,
    Stale,
    Subject,
    Trait,
    Trend,
    Unverified,
    subjects,
)
from generator.model.scorecard import Scorecard

Truth = bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What conditions look at. A key that is absent, or None, is not known."""

    levels: Mapping[str, float | None] = field(default_factory=dict)
    """Indicator -> level 0-4."""
    values: Mapping[str, float | None] = field(default_factory=dict)
    """Indicator -> measured value."""
    facts: Mapping[str, float | None] = field(default_factory=dict)
    """Fact -> number; yes is 1, no is 0."""
    stated: frozenset[str] = frozenset()
    """Facts that are stated, also those in words."""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    """Area -> score 0-4; a sub-dimension also by its bare id where that is unique."""
    series: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    ages: Mapping[str, int | None] = field(default_factory=dict)
    """Indicator or fact -> years between the data and the assessment."""
    unverified: frozenset[str] = frozenset()
    """Indicators answered without a verified document."""
    traits: frozenset[str] = frozenset()

    def number(self, subject: Subject, by: str) -> float | None:
        """Return the level, value, figure or score of a subject, None where not known."""
        match subject.kind:
            case "indicator":
                return (self.values if by == "value" else self.levels).get(subject.id)
            case "fact":
                return self.facts.get(subject.id)
            case "score":
                return self.scores.get(subject.id)

    def known(self, subject: Subject) -> bool:
        """Return whether anything is known of a subject."""
        match subject.kind:
            case "indicator":
                return self.levels.get(subject.id) is not None
            case "fact":
                return subject.id in self.stated or self.facts.get(subject.id) is not None
            case "score":
                return self.scores.get(subject.id) is not None


def evaluate(condition: Condition, state: State) -> Truth:
    """Return whether a condition holds: True, False, or None where that cannot be known."""
    match condition:
        case All():
            return _all(evaluate(part, state) for part in condition.parts)
        case AnyOf():
            return _negate(_all(_negate(evaluate(part, state)) for part in condition.parts))
        case Not():
            return _negate(evaluate(condition.part, state))
        case Trait():
            return condition.name in state.traits
        case Missing():
            return not state.known(condition.subject)
        case Unverified():
            known = state.known(Subject("indicator", condition.indicator))
            return condition.indicator in state.unverified if known else None
        case Stale():
            age = state.ages.get(condition.subject.id)
            return age > condition.years if age is not None else None
        case Below() | Above() | Between():
            return _measure(condition, state.number(condition.subject, condition.by))
        case Trend():
            return _trend(condition, state.series.get(condition.fact, {}))
        case Compare():
            return _compare(condition, state.facts.get(condition.fact), state.facts.get(condition.other))
    assert_never(condition)


def _all(parts: Iterable[Truth]) -> Truth:
    found: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            found = None
    return found


def _negate(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _measure(condition: Below | Above | Between, number: float | None) -> Truth:
    if number is None:
        return None
    match condition:
        case Below():
            return number < condition.limit
        case Above():
            return number > condition.limit
        case Between():
            return condition.low <= number <= condition.high


def _trend(condition: Trend, series: Mapping[int, float]) -> Truth:
    if len(series) < 2:
        return None
    change = series[max(series)] - series[min(series)]
    return change > 0 if condition.direction == "up" else change < 0


def _compare(condition: Compare, left: float | None, right: float | None) -> Truth:
    if left is None or right is None:
        return None
    limit = right * condition.times
    return left > limit if condition.relation == "above" else left < limit


def unknown_subjects(condition: Condition, state: State) -> tuple[Subject, ...]:
    """Return the subjects of a condition of which nothing is known."""
    return tuple(subject for subject in subjects(condition) if not state.known(subject))


# --- states ----------------------------------------------------------------------------------------------------------


def state_of(city: City, facts: Mapping[str, Fact], card: Scorecard, year: int) -> State:
    """Return the state of a city; `year` is the year of the assessment, from which ages are counted."""
    ages: dict[str, int | None] = {rated.indicator: rated.age for rated in card.rated.values()}
    for id, fact in facts.items():
        ages.setdefault(id, max(0, year - fact.year) if fact.year is not None else None)
    return State(
        levels={id: rated.level for id, rated in card.rated.items()},
        values={id: rated.value for id, rated in card.rated.items()},
        facts={id: number_of(fact) for id, fact in facts.items()},
        stated=frozenset(facts),
        scores=with_bare_ids({area: score.value for area, score in card.scores.items()}),
        series={id: series_of(fact) for id, fact in facts.items() if fact.series},
        ages=ages,
        unverified=frozenset(id for id, rated in card.rated.items() if rated.evidence != "verified"),
        traits=frozenset({city.type, *city.traits}),
    )


def series_of(fact: Fact) -> dict[int, float]:
    """Return earlier years and the year of the value itself, oldest first."""
    series = dict(fact.series)
    number = number_of(fact)
    if fact.year is not None and number is not None:
        series[fact.year] = number
    return dict(sorted(series.items()))


def with_bare_ids(scores: Mapping[str, float | None]) -> dict[str, float | None]:
    """Return the scores with each sub-dimension also under its bare id, where no other area has that id."""
    bare: dict[str, list[str]] = {}
    for area in scores:
        bare.setdefault(area.rpartition("/")[2], []).append(area)
    named = {id: scores[areas[0]] for id, areas in bare.items() if len(areas) == 1}
    return {**named, **scores}


def state_of_example(example: Example, indicators: Mapping[str, Indicator]) -> State:
    """Return the state that an example of a rule describes."""
    levels: dict[str, float | None] = dict(example.levels)
    for id, value in example.values.items():
        indicator = indicators.get(id)
        if indicator is not None and indicator.thresholds is not None:
            levels.setdefault(id, level_of(indicator, value))
    facts = {id: None if isinstance(value, str) else float(value) for id, value in example.facts.items()}
    for id, series in example.series.items():
        facts.setdefault(id, series[max(series)] if series else None)
    return State(
        levels=levels,
        values=dict(example.values),
        facts=facts,
        stated=frozenset(example.facts),
        scores=with_bare_ids(dict(example.scores)),
        series=example.series,
        ages=dict(example.years),
        unverified=frozenset(example.unverified),
        traits=frozenset(example.traits),
    )


# --- rules that prove themselves -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """Outcome of one example of a rule; `passed` says whether the rule did what the example asks."""

    rule: str
    name: str
    expected: bool
    """True: it must fire."""
    truth: Truth
    passed: bool


def run_examples(rule: Rule, indicators: Mapping[str, Indicator]) -> tuple[ExampleResult, ...]:
    """Run a rule against its own examples. Silent means not true: false or unknown."""

    def run(example: Example, expected: bool) -> ExampleResult:
        truth = evaluate(rule.when, state_of_example(example, indicators))
        return ExampleResult(
            rule=rule.id, name=example.name, expected=expected, truth=truth, passed=(truth is True) is expected
        )

    fires = (run(example, True) for example in rule.examples.fires)
    silent = (run(example, False) for example in rule.examples.silent)
    return (*fires, *silent)


def rises_with(rule: Rule, indicator: str, holds: Callable[[str], bool]) -> bool:
    """Return whether raising the level of `indicator` could make the rule true: a rule about it must not do so.

    `holds(area)` says whether the score of an area rests on the indicator. Used to check rules before they load, so
    that raising a level never adds a finding about the indicator.
    """
    return _rises(rule.when, indicator, holds, positive=True)


def _rises(condition: Condition, indicator: str, holds: Callable[[str], bool], *, positive: bool) -> bool:
    def is_it(subject: Subject) -> bool:
        return (subject.kind == "indicator" and subject.id == indicator) or (
            subject.kind == "score" and holds(subject.id)
        )

    match condition:
        case All() | AnyOf():
            return any(_rises(part, indicator, holds, positive=positive) for part in condition.parts)
        case Not():
            return _rises(condition.part, indicator, holds, positive=not positive)
        case Below():
            return not positive and is_it(condition.subject)
        case Above():
            return positive and is_it(condition.subject)
        case Between():
            return is_it(condition.subject)
        case _:
            return False
