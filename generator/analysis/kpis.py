"""KPIs of a programme with the city's own baseline and with targets at plan years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.analysis.scoring import number_of
from generator.model.city import Fact
from generator.model.instrument import Direction, FactKind, Indicator
from generator.model.plan import LAST_YEAR, PLAN_YEARS, KpiTarget, PlannedKpi
from generator.model.programs import Kpi
from generator.model.scorecard import Rated

_NUMBER = re.compile(r"^(?P<sign>[+-]?)(?P<number>\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baselines:
    """Where baselines come from."""

    rated: Mapping[str, Rated]
    facts: Mapping[str, Fact]
    indicators: Mapping[str, Indicator]
    kinds: Mapping[str, FactKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    value: float | None = None
    year: int | None = None
    source: str = ""
    direction: Direction | None = None


def plan_kpi(kpi: Kpi, kind: Literal["output", "outcome", "impact"], start: int, known: Baselines) -> PlannedKpi:
    """Return a KPI for a programme that starts in plan year `start`; an unknown baseline stays None."""
    base = _baseline(kpi, known)
    goal = _goal(kpi, base)
    targets = {}
    for year, text in sorted(kpi.targets.items()):
        at = plan_year(year, start)
        targets[at] = KpiTarget(year=at, value=_within(_target(text, base, kpi.unit), goal, base), text=text)
    return PlannedKpi(
        kpi=kpi.kpi,
        unit=kpi.unit,
        measure=kpi.measure,
        kind=kind,
        baseline=base.value,
        baseline_year=base.year,
        baseline_source=base.source,
        indicator=kpi.baseline.indicator,
        fact=kpi.baseline.fact,
        decimals=_decimals(base, targets.values()),
        targets=tuple(targets.values()),
    )


def plan_year(year: int, start: int) -> int:
    """Return the plan year of a programme year; what falls after year 5 belongs to the long horizon, year 10."""
    at = year + start - 1
    return at if at <= PLAN_YEARS[-1] else LAST_YEAR


def _baseline(kpi: Kpi, known: Baselines) -> _Base:
    if kpi.baseline.indicator is not None:
        rated = known.rated.get(kpi.baseline.indicator)
        if rated is None or rated.level is None:
            return _Base()
        indicator = known.indicators[rated.indicator]
        if kpi.unit.startswith("level") or indicator.kind != "value":
            # A rubric level is only a baseline for a KPI that counts levels.
            fits = kpi.unit.startswith("level")
            return _Base(value=float(rated.level) if fits else None, year=rated.year, source=rated.source)
        return _Base(value=rated.value, year=rated.year, source=rated.source, direction=indicator.direction)
    if kpi.baseline.fact is not None:
        fact = known.facts.get(kpi.baseline.fact)
        kind = known.kinds.get(kpi.baseline.fact)
        number = number_of(fact)
        if fact is None or number is None:
            return _Base()
        return _Base(value=number, year=fact.year, source=fact.source, direction=kind.direction if kind else None)
    return _Base()


def _target(text: str, base: _Base, unit: str) -> float | None:
    """Return a target as a number: a change is added to the baseline, a fixed number never falls behind it."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    number = float(match["number"])
    if match["sign"]:
        if base.value is None:
            return None
        change = number if match["sign"] == "+" else -number
        return _clamp(round(base.value + change, 6), unit)
    if base.value is not None and base.direction is not None:
        return max(number, base.value) if base.direction == "higher" else min(number, base.value)
    return number


def _goal(kpi: Kpi, base: _Base) -> float | None:
    """Return the farthest fixed target, or the baseline where that is better already; None where all are changes."""
    found = [match for text in kpi.targets.values() if (match := _NUMBER.match(text.strip()))]
    fixed = [float(match["number"]) for match in found if not match["sign"]]
    if not fixed or base.value is None or base.direction is None:
        return None
    return max(*fixed, base.value) if base.direction == "higher" else min(*fixed, base.value)


def _within(value: float | None, goal: float | None, base: _Base) -> float | None:
    """Return a target that does not run past the fixed one: changes lead up to it, they do not overshoot."""
    if value is None or goal is None:
        return value
    return min(value, goal) if base.direction == "higher" else max(value, goal)


def _clamp(value: float, unit: str) -> float:
    if unit.strip() == "%":
        return min(100.0, max(0.0, value))
    if unit.startswith("level"):
        return min(4.0, max(0.0, value))
    return max(0.0, value)


def _decimals(base: _Base, targets: Iterable[KpiTarget]) -> int:
    values = [base.value, *(target.value for target in targets)]
    places = [f"{value:.2f}".rstrip("0").partition(".")[2] for value in values if value is not None]
    return max((len(place) for place in places), default=0)
