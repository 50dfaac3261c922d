"""What the scoring of an assessment yields: rated indicators, scores of areas, and the place among other cities.

An *area* is named by one string: `overall` (all dimensions), `readiness` (all readiness elements), the id of a
dimension or element (`governance`), or `dimension/subdimension` (`governance/public-service`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.city import Evidence

OVERALL = "overall"
READINESS = "readiness"
MOST = 4.0
"""Highest level of an indicator, and with it the highest score of an area."""
AreaKind = Literal["overall", "readiness", "dimension", "subdimension", "element", "component"]


def area_key(dimension: str, subdimension: str | None = None) -> str:
    """Return the name of an area: `governance` or `governance/public-service`."""
    return f"{dimension}/{subdimension}" if subdimension else dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One indicator of the instrument as this city stands on it; `level` None is not answered."""

    indicator: str
    level: int | None
    """0-4; of a measured value by the thresholds of the indicator."""
    value: float | None = None
    year: int | None = None
    age: int | None = None
    """Years between the data and the assessment; None where no year is stated."""
    evidence: Evidence = "none"
    source: str = ""
    note: str = ""
    origin: Literal["answer", "fact", "none"] = "none"
    """Whether the assessment answered it, a profile fact supplied it, or nobody did."""
    confidence: float = 0.0
    """0-1 from evidence and age; 0 where not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Score of an area, 0-4, with how much of it is known and how sure that is."""

    area: str
    kind: AreaKind
    value: float | None
    """0-4, weighted by the instrument; None where nothing is answered (never zero, never an average of others)."""
    coverage: float
    """Share of the weight that is answered, 0-1."""
    confidence: float
    """0-1, weighted mean of what is answered; 0 where nothing is."""
    n_answered: int
    n_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another city of the cohort, reduced to what a comparison needs."""

    slug: str
    name: str
    """Full name ('Kota Medan')."""
    type: str
    size: str
    """Size class of `content/priorities.yaml`; '' where the population is not known."""
    scores: Mapping[str, float | None]
    """Area -> 0-4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best of the same type and size: who, and its score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Place of the city in the cohort for one area; rank 1 is the highest, equals share a rank."""

    area: str
    rank: int
    count: int
    """Cities with a score, this one included."""
    quartile: int
    """1 (highest quarter) to 4."""
    median: float
    to_median: float
    """Own score minus the median."""
    best: Best | None
    """None where no other city has the same type and size."""
    to_best: float | None
    """Own score minus the best of the same type and size."""
    values: tuple[tuple[str, float], ...]
    """(full name, score), highest first, for the strip chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All that is known about where the city stands."""

    rated: Mapping[str, Rated]
    """Indicator id -> rated, in the order of the instrument."""
    scores: Mapping[str, Score]
    """Area -> score, in the order of the framework, then `readiness`, `overall`."""
    positions: Mapping[str, Position] = field(default_factory=dict)
    """Area -> position; empty without a cohort."""
    size: str = ""
    """Size class of the city."""

    def value(self, area: str) -> float | None:
        """Return the score of an area, None where it is not known or no such area exists."""
        score = self.scores.get(area)
        return score.value if score is not None else None
