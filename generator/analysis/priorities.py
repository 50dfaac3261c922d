"""How urgent a finding is, and how much a programme is asked for. The method stands in `docs/method.md`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.analysis.scoring import POPULATION, number_of
from generator.model.city import City, Fact
from generator.model.findings import Finding, PriorityPart, Sensitivity, Shift
from generator.model.framework import Framework
from generator.model.instrument import Indicator
from generator.model.priorities import PartId, Priorities, Reach
from generator.model.programs import Program
from generator.model.rules import Rule, about, subjects
from generator.model.scorecard import Scorecard, area_key

Part = tuple[float, bool]
"""Value 0-1 and whether it rests on data of the city."""
TOP_LEVEL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What findings of one city are measured with."""

    city: City
    facts: Mapping[str, Fact]
    card: Scorecard
    framework: Framework
    indicators: Mapping[str, Indicator]
    programs: Mapping[str, Program]
    parameters: Priorities


def score_findings(rules: Iterable[Rule], by: Yardstick) -> tuple[Finding, ...]:
    """Return the findings of the rules that hold, the most urgent first."""
    heaviest = max((indicator.weight for indicator in by.indicators.values()), default=1.0)
    kinds = {kind: _ease_of_kind(kind, by) for kind in by.parameters.needs}
    reaches = {reach.area: reach for reach in by.parameters.reach}
    raw = [_finding(rule, by, heaviest, kinds, reaches) for rule in rules]
    raw.sort(key=lambda pair: (-pair[1], pair[0].id))
    return tuple(
        Finding(
            id=rule.id,
            kind=rule.kind,
            dimension=rule.dimension,
            subdimension=rule.subdimension,
            severity=rule.severity,
            subjects=subjects(rule.when),
            about=about(rule),
            remedies=rule.remedy,
            parts=parts,
            score=score,
            rank=rank,
            missions=tuple(mission.id for mission in by.city.missions if rule.dimension in mission.dimensions),
            people=people,
        )
        for rank, (rule, score, parts, people) in enumerate(raw, 1)
    )


def _finding(
    rule: Rule, by: Yardstick, heaviest: float, kinds: Mapping[str, Part], reaches: Mapping[str, Reach]
) -> tuple[Rule, float, tuple[PriorityPart, ...], int | None]:
    found = [by.indicators[id] for id in about(rule) if id in by.indicators]
    reach = _reach(rule, reaches, by.facts)
    residents = number_of(by.facts.get(POPULATION))
    values: dict[PartId, Part] = {
        "severity": _severity(rule, found, by),
        "weight": _weight(found, heaviest, by.parameters.neutral),
        "people": reach,
        "ease": _ease(rule, kinds, by),
        "mission": _mission(rule, by),
        "national": _national(rule, found, by.parameters),
    }
    parts = tuple(
        PriorityPart(
            id=part.id,
            value=values[part.id][0],
            weight=part.weight,
            points=100 * part.weight * values[part.id][0],
            known=values[part.id][1],
        )
        for part in by.parameters.parts
    )
    people = round(residents * reach[0]) if residents is not None else None
    return rule, sum(part.points for part in parts), parts, people


def _severity(rule: Rule, found: Sequence[Indicator], by: Yardstick) -> Part:
    """Mean of the rule's own severity and the largest distance of its indicators to the top level."""
    stated = by.parameters.severity[rule.severity]
    levels = [level for indicator in found if (level := by.card.rated[indicator.id].level) is not None]
    if not levels or rule.kind != "gap":
        return stated, True
    return (stated + (TOP_LEVEL - min(levels)) / TOP_LEVEL) / 2, True


def _weight(found: Sequence[Indicator], heaviest: float, neutral: float) -> Part:
    if not found:
        return neutral, False
    return max(indicator.weight for indicator in found) / heaviest, True


def _reach(rule: Rule, reaches: Mapping[str, Reach], facts: Mapping[str, Fact]) -> Part:
    keys = (area_key(rule.dimension, rule.subdimension), rule.dimension, "default")
    reach = next((reaches[key] for key in keys if key in reaches), None)
    if reach is None:
        return 1.0, False
    number = number_of(facts.get(reach.fact)) if reach.fact else None
    if number is None:
        return reach.share, reach.fact is None
    share = min(1.0, max(0.0, number / 100))
    return (1 - share if reach.complement else share), True


def _ease_of_kind(kind: str, by: Yardstick) -> Part:
    """Share of the readiness that programmes of a kind need and that is there, mean over the areas that they need."""
    needs = by.parameters.needs.get(kind, {})
    have = {area: value for area in needs if (value := by.card.value(area)) is not None}
    if not have:
        return by.parameters.neutral, False
    met = [min(1.0, have[area] / needs[area]) if needs[area] else 1.0 for area in have]
    return sum(met) / len(met), len(have) == len(needs)


def _ease(rule: Rule, kinds: Mapping[str, Part], by: Yardstick) -> Part:
    """Ease of the easiest programme that answers the finding."""
    neutral: Part = (by.parameters.neutral, False)
    remedies = (by.programs[id] for id in rule.remedy if id in by.programs)
    return max((kinds.get(program.kind, neutral) for program in remedies), default=neutral)


def _mission(rule: Rule, by: Yardstick) -> Part:
    linked = [mission for mission in by.city.missions if mission.dimensions]
    if not linked:
        return by.parameters.neutral, False
    if all(rule.dimension != dimension.id for dimension in by.framework.dimensions):
        return by.parameters.neutral, True  # readiness carries every mission, none in particular
    return float(any(rule.dimension in mission.dimensions for mission in linked)), True


def _national(rule: Rule, found: Sequence[Indicator], parameters: Priorities) -> Part:
    rules = parameters.national
    basis = {"target": rules.target, "official": rules.official, "quintile": rules.quintile}
    values = [basis[indicator.thresholds.basis] for indicator in found if indicator.thresholds is not None]
    if rule.because:
        values.append(rules.regulation)
    return max(values, default=0.0), True


# --- programmes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Demand:
    """What asks for a programme: (finding, place among its remedies from 0), and the programmes that need it."""

    asked: tuple[tuple[str, int], ...]
    needed_by: tuple[str, ...]


def score_programs(
    demands: Mapping[str, Demand], findings: Mapping[str, float], parameters: Priorities
) -> dict[str, float]:
    """Return programme id -> 0-100 from the scores of findings; a prerequisite counts as much as what needs it.

    `demands` must be free of cycles among `needed_by` (see `programs.closure`).
    """
    scores: dict[str, float] = {}

    def own(demand: Demand) -> float:
        shares = parameters.directness
        asked = sorted((findings[id] * shares[min(place, len(shares) - 1)] for id, place in demand.asked), reverse=True)
        if not asked:
            return 0.0
        extra = min(parameters.extra_limit, parameters.extra_per_finding * (len(asked) - 1))
        return min(100.0, asked[0] + extra)

    def score(id: str) -> float:
        if id not in scores:
            demand = demands[id]
            scores[id] = max((own(demand), *(score(other) for other in demand.needed_by)))
        return scores[id]

    for id in demands:
        score(id)
    return scores


def ranking(scores: Mapping[str, float]) -> list[str]:
    """Return ids by score, highest first, equals by id."""
    return sorted(scores, key=lambda id: (-scores[id], id))


def sensitivity(findings: Sequence[Finding], demands: Mapping[str, Demand], parameters: Priorities) -> Sensitivity:
    """Return how the top programmes hold when each weight moves either way, the others sharing the rest."""
    rules = parameters.sensitivity

    def top(weights: Mapping[str, float]) -> tuple[str, ...]:
        whole = sum(weights.values())
        scores = {
            finding.id: 100 * sum(part.value * weights[part.id] for part in finding.parts) / whole
            for finding in findings
        }
        return tuple(ranking(score_programs(demands, scores, parameters))[: rules.top])

    base: dict[str, float] = {part.id: part.weight for part in parameters.parts}
    first = top(base)
    shifts = []
    for part in parameters.parts:
        for factor in (1 - rules.move, 1 + rules.move):
            moved = top({**base, part.id: part.weight * factor})
            left = tuple(id for id in first if id not in moved)
            shifts.append(
                Shift(
                    part=part.id,
                    factor=factor,
                    stay=len(first) - len(left),
                    left=left,
                    entered=tuple(id for id in moved if id not in first),
                )
            )
    steady = tuple(id for id in first if all(id not in shift.left for shift in shifts))
    return Sensitivity(top=first, shifts=tuple(shifts), steady=steady)
