"""Gap rules as data: a closed algebra of conditions, the sentences a rule puts into the document, its examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Len

from generator.model.schema import STRICT

SubjectKind = Literal["indicator", "fact", "score"]
RuleSeverity = Literal["high", "medium", "low"]
RuleKind = Literal["gap", "strength", "opportunity", "threat", "evidence"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a test looks at: an indicator's level or value, a profile fact, or the score of an area."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Below:
    """True where the subject is known and less than `limit`; `by` 'level' or 'value'."""

    subject: Subject
    limit: float
    by: Literal["level", "value"]


@dataclass(frozen=True, slots=True)
class Above:
    """True where the subject is known and greater than `limit`."""

    subject: Subject
    limit: float
    by: Literal["level", "value"]


@dataclass(frozen=True, slots=True)
class Between:
    """True where the subject is known and `low` <= subject <= `high`."""

    subject: Subject
    low: float
    high: float
    by: Literal["level", "value"]


@dataclass(frozen=True, slots=True)
class Missing:
    """True where the subject is not known."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class Stale:
    """True where an answer or fact is older than `years` at the date of the assessment."""

    subject: Subject
    years: int


@dataclass(frozen=True, slots=True)
class Unverified:
    """True where an indicator is answered without a verified document."""

    indicator: str


@dataclass(frozen=True, slots=True)
class Trend:
    """True where the series of a fact moves up or down from its first to its last year."""

    fact: str
    direction: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Compare:
    """True where `fact` is above or below `times` x the fact `other`, both known."""

    fact: str
    other: str
    relation: Literal["above", "below"]
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Trait:
    """True where the region is of this type ('kota', 'kabupaten' or a trait of the framework)."""

    name: str


@dataclass(frozen=True, slots=True)
class All:
    """True where every part is; unknown where none is false and one is unknown."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True where one part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True where the part is false; unknown stays unknown."""

    part: Condition


Condition = Below | Above | Between | Missing | Stale | Unverified | Trend | Compare | Trait | All | AnyOf | Not


def walk_condition(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all its parts, parents first."""
    yield condition
    match condition:
        case All() | AnyOf():
            for part in condition.parts:
                yield from walk_condition(part)
        case Not():
            yield from walk_condition(condition.part)
        case _:
            return


def subjects(condition: Condition) -> tuple[Subject, ...]:
    """Return every subject that a condition looks at, in order, once each."""
    found: dict[Subject, None] = {}
    for part in walk_condition(condition):
        match part:
            case Below() | Above() | Between() | Missing() | Stale():
                found[part.subject] = None
            case Unverified():
                found[Subject("indicator", part.indicator)] = None
            case Trend():
                found[Subject("fact", part.fact)] = None
            case Compare():
                found[Subject("fact", part.fact)] = None
                found[Subject("fact", part.other)] = None
            case _:
                pass
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An invented state of a city under which the rule must fire or stay silent."""

    __pydantic_config__ = STRICT
    name: str
    """Why this case matters, in words."""
    levels: dict[str, int] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    """Measured values of indicators; their level follows from the thresholds."""
    facts: dict[str, float | str | bool] = field(default_factory=dict)
    series: dict[str, dict[int, float]] = field(default_factory=dict)
    """Fact -> year -> value, for `trend`."""
    scores: dict[str, float] = field(default_factory=dict)
    """Area -> score 0-4."""
    years: dict[str, int] = field(default_factory=dict)
    """Age in years of an answer or fact, for `stale`."""
    unverified: tuple[str, ...] = ()
    """Indicators answered without a verified document."""
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Cases of both kinds; a rule without both does not load."""

    __pydantic_config__ = STRICT
    fires: Annotated[tuple[Example, ...], Len(1)]
    silent: Annotated[tuple[Example, ...], Len(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One file of `content/rules/<area>/`. Sentences are Jinja snippets over the city (see `docs/templates.md`)."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    """The finding as a headline, without figures."""
    dimension: str
    subdimension: str
    kind: RuleKind = "gap"
    severity: RuleSeverity = "medium"
    when: Condition
    finding: str
    """One or two sentences with the city's own figures."""
    ideal: str = ""
    cause: str = ""
    """What usually lies behind it and has to be checked."""
    consequence: str = ""
    because: tuple[str, ...] = ()
    """Regulation ids."""
    remedy: tuple[str, ...] = ()
    """Programme ids, the most direct first."""
    examples: Examples
    universal: str = ""
    """Reason, where the rule fires on every or on no sample city."""


def about(rule: Rule) -> tuple[str, ...]:
    """Return the indicators that a rule is about: those it finds low, missing, stale or unproven."""
    found: dict[str, None] = {}
    for part in walk_condition(rule.when):
        match part:
            case Below() | Missing() | Stale() if part.subject.kind == "indicator":
                found[part.subject.id] = None
            case Unverified():
                found[part.indicator] = None
            case _:
                pass
    return tuple(found)
