"""Assessment to scores: indicator, sub-dimension, dimension, readiness, overall. Nothing missing becomes a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Literal

from generator.model.city import Answer, Assessment, City, Fact
from generator.model.framework import Dimension, Framework
from generator.model.instrument import Indicator
from generator.model.priorities import ConfidenceRules, SizeClass
from generator.model.scorecard import (
    OVERALL,
    READINESS,
    AreaKind,
    Best,
    Peer,
    Position,
    Rated,
    Score,
    Scorecard,
    area_key,
)

POPULATION = "population"
"""The fact that size classes and people affected are reckoned from."""


def level_of(indicator: Indicator, value: float) -> int:
    """Return the level (0-4) of a measured value by the indicator's thresholds.

    Raises ValueError for an indicator without thresholds: the loader refuses those of kind 'value'.
    """
    if indicator.thresholds is None:
        raise ValueError(f"{indicator.id} has no thresholds")
    if indicator.direction == "higher":
        return sum(1 for bound in indicator.thresholds.bounds if value >= bound)
    return sum(1 for bound in indicator.thresholds.bounds if value <= bound)


def confidence_of(evidence: float, age: int | None, rules: ConfidenceRules) -> float:
    """Return evidence (0-1) times freshness (0-1)."""
    if age is None:
        return evidence * rules.unknown_age
    late = max(0, age - rules.fresh_years)
    return evidence * max(rules.floor, 1.0 - rules.decay * late)


def rate(indicator: Indicator, answer: Answer | None, fact: Fact | None, year: int, rules: ConfidenceRules) -> Rated:
    """Return where a city stands on one indicator: by its answer, else by the profile fact, else not known."""
    note = answer.note if answer is not None else ""
    if answer is not None and (answer.level is not None or answer.value is not None):
        level = answer.level
        if level is None and answer.value is not None and indicator.thresholds is not None:
            level = level_of(indicator, answer.value)
        age = max(0, year - answer.year) if answer.year is not None else None
        confidence = confidence_of(rules.evidence[answer.evidence], age, rules) if level is not None else 0.0
        return Rated(
            indicator=indicator.id,
            level=level,
            value=answer.value,
            year=answer.year,
            age=age,
            evidence=answer.evidence,
            source=answer.source,
            note=note,
            origin="answer",
            confidence=confidence,
        )
    if fact is not None and indicator.thresholds is not None and not isinstance(fact.value, str):
        age = max(0, year - fact.year) if fact.year is not None else None
        # A profile fact is a published figure with its source: as good as a verified document.
        return Rated(
            indicator=indicator.id,
            level=level_of(indicator, float(fact.value)),
            value=float(fact.value),
            year=fact.year,
            age=age,
            evidence="verified",
            source=fact.source,
            note=note,
            origin="fact",
            confidence=confidence_of(rules.evidence["verified"], age, rules),
        )
    return Rated(indicator=indicator.id, level=None, note=note)


def rate_all(
    assessment: Assessment, facts: Mapping[str, Fact], indicators: Mapping[str, Indicator], rules: ConfidenceRules
) -> dict[str, Rated]:
    """Return every indicator of the instrument as rated for a city."""
    answers, year = assessment.answers, assessment.date.year
    return {
        id: rate(indicator, answers.get(id), facts.get(indicator.fact) if indicator.fact else None, year, rules)
        for id, indicator in indicators.items()
    }


def score_indicators(area: str, kind: AreaKind, members: Sequence[Indicator], rated: Mapping[str, Rated]) -> Score:
    """Return the weighted mean of the answered indicators of one sub-dimension or component."""
    total = sum(indicator.weight for indicator in members)
    answered = [
        (indicator.weight, rated[indicator.id]) for indicator in members if rated[indicator.id].level is not None
    ]
    weight = sum(part for part, _ in answered)
    return Score(
        area=area,
        kind=kind,
        value=sum(part * (item.level or 0) for part, item in answered) / weight if weight else None,
        coverage=weight / total if total else 0.0,
        confidence=sum(part * item.confidence for part, item in answered) / weight if weight else 0.0,
        n_answered=len(answered),
        n_total=len(members),
    )


def combine(area: str, kind: AreaKind, parts: Sequence[Score]) -> Score:
    """Return the mean of the known parts; coverage is the mean over all parts, known or not."""
    known = [part for part in parts if part.value is not None]
    counted = [part for part in parts if part.n_total]
    return Score(
        area=area,
        kind=kind,
        value=sum(part.value or 0.0 for part in known) / len(known) if known else None,
        coverage=sum(part.coverage for part in counted) / len(counted) if counted else 0.0,
        confidence=sum(part.confidence for part in known) / len(known) if known else 0.0,
        n_answered=sum(part.n_answered for part in parts),
        n_total=sum(part.n_total for part in parts),
    )


def score_all(framework: Framework, indicators: Iterable[Indicator], rated: Mapping[str, Rated]) -> dict[str, Score]:
    """Return the scores of every area of the framework, then of readiness and overall."""
    members: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        members.setdefault(area_key(indicator.dimension, indicator.subdimension), []).append(indicator)
    scores: dict[str, Score] = {}

    def score_group(group: Iterable[Dimension], whole: AreaKind, part: AreaKind) -> list[Score]:
        tops = []
        for dimension in group:
            parts = []
            for sub in dimension.subdimensions:
                key = area_key(dimension.id, sub.id)
                scores[key] = score_indicators(key, part, members.get(key, ()), rated)
                parts.append(scores[key])
            scores[dimension.id] = combine(dimension.id, whole, parts)
            tops.append(scores[dimension.id])
        return tops

    dimensions = score_group(framework.dimensions, "dimension", "subdimension")
    elements = score_group(framework.readiness, "element", "component")
    scores[READINESS] = combine(READINESS, "readiness", elements)
    scores[OVERALL] = combine(OVERALL, "overall", dimensions)
    return scores


def size_of(population: float | None, sizes: Sequence[SizeClass]) -> str:
    """Return the size class of a region, '' where its population is not known."""
    if population is None:
        return ""
    fitting = (size.id for size in sizes if size.population_below is None or population < size.population_below)
    return next(fitting, "")


def number_of(fact: Fact | None) -> float | None:
    """Return a fact as a number (yes is 1, no is 0), None for words or where it is not known."""
    return None if fact is None or isinstance(fact.value, str) else float(fact.value)


def scorecard(
    assessment: Assessment,
    facts: Mapping[str, Fact],
    framework: Framework,
    indicators: Mapping[str, Indicator],
    rules: ConfidenceRules,
    sizes: Sequence[SizeClass],
) -> Scorecard:
    """Return where the city stands, without its place among others (see `place`)."""
    rated = rate_all(assessment, facts, indicators, rules)
    return Scorecard(
        rated=rated,
        scores=score_all(framework, indicators.values(), rated),
        size=size_of(number_of(facts.get(POPULATION)), sizes),
    )


# --- the cohort ------------------------------------------------------------------------------------------------------


def peer(slug: str, city: City, card: Scorecard) -> Peer:
    """Return a city reduced to what others compare themselves with."""
    return Peer(
        slug=slug,
        name=city.full_name,
        type=city.type,
        size=card.size,
        scores={area: score.value for area, score in card.scores.items()},
    )


def place(own: Peer, cohort: Iterable[Peer]) -> dict[str, Position]:
    """Return the place of a city among a cohort for each area with a score; empty where there is nobody else."""
    others = [other for other in cohort if other.slug != own.slug]
    if not others:
        return {}
    found = {}
    for area, value in own.scores.items():
        if value is None:
            continue
        rivals = [(other, score) for other in others if (score := other.scores.get(area)) is not None]
        if rivals:
            found[area] = _position(area, own, value, rivals)
    return found


def _position(area: str, own: Peer, value: float, rivals: Sequence[tuple[Peer, float]]) -> Position:
    ranked = sorted([(own.name, value), *((other.name, score) for other, score in rivals)], key=lambda x: (-x[1], x[0]))
    count = len(ranked)
    rank = 1 + sum(1 for _, score in rivals if score > value)
    alike = [(score, other.name) for other, score in rivals if (other.type, other.size) == (own.type, own.size)]
    top = max(alike, key=lambda pair: (pair[0], pair[1])) if alike and own.size else None
    middle = median(score for _, score in ranked)
    return Position(
        area=area,
        rank=rank,
        count=count,
        quartile=_quartile(rank, count),
        median=middle,
        to_median=value - middle,
        best=Best(name=top[1], value=top[0]) if top else None,
        to_best=value - top[0] if top else None,
        values=tuple(ranked),
    )


def _quartile(rank: int, count: int) -> Literal[1, 2, 3, 4]:
    quarter = (4 * (rank - 1)) // count
    return 1 if quarter == 0 else 2 if quarter == 1 else 3 if quarter == 2 else 4
