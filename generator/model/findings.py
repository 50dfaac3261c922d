"""What the rules find in a city, how urgent it is, and how findings cross in the SWOT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.rules import RuleKind, RuleSeverity, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityPart:
    """One part of a priority score: `value` 0-1, `weight` 0-1, `points` = 100 x value x weight."""

    id: str
    """Id of the part in `content/priorities.yaml` (severity, weight, people, ease, mission, national)."""
    value: float
    weight: float
    points: float
    known: bool = True
    """False where the city gave no data and the neutral value of the parameters stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that holds for this city. `id` is the id of the rule; its sentences are in `Content.rules`."""

    id: str
    kind: RuleKind
    dimension: str
    subdimension: str
    severity: RuleSeverity
    subjects: tuple[Subject, ...]
    """Every indicator, fact and score that the rule looks at."""
    about: tuple[str, ...]
    """Indicators that the finding finds low, missing, stale or unproven."""
    remedies: tuple[str, ...]
    """Programme ids, the most direct first."""
    parts: tuple[PriorityPart, ...]
    score: float
    """0-100."""
    rank: int
    """1 is the most urgent among all findings."""
    missions: tuple[str, ...] = ()
    """Ids of the missions of the region that it touches."""
    people: int | None = None
    """Residents affected, where the profile tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A rule that does not hold: known not to, or not to be judged for want of data."""

    id: str
    state: Literal["false", "unknown"]
    unknown: tuple[Subject, ...] = ()
    """Subjects that are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """One cell entry of the SWOT crossing: an inner finding, an outer finding, and the programmes that answer."""

    kind: Literal["SO", "WO", "ST", "WT"]
    code: str
    """'SO-1'."""
    inner: str
    outer: str
    programs: tuple[str, ...]
    """Ids of planned programmes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swot:
    """Finding ids by quadrant, most urgent first, and the strategies that cross them."""

    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    opportunities: tuple[str, ...]
    threats: tuple[str, ...]
    strategies: tuple[Strategy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What happens to the top programmes when one weight moves."""

    part: str
    factor: float
    """0.75 or 1.25."""
    stay: int
    left: tuple[str, ...]
    """Ids that leave the top."""
    entered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """The top programmes and how they hold when each weight moves either way."""

    top: tuple[str, ...]
    shifts: tuple[Shift, ...]
    steady: tuple[str, ...]
    """Ids that stay in every shift."""
