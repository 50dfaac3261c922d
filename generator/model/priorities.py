"""Parameters of scoring, priorities and scheduling: `content/priorities.yaml`. The method is in `docs/method.md`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, Len

from generator.model.city import Evidence
from generator.model.rules import RuleSeverity
from generator.model.schema import STRICT

Unit = Annotated[float, Ge(0), Le(1)]
PartId = Literal["severity", "weight", "people", "ease", "mission", "national"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceRules:
    """How sure an answer is: quality of the evidence times freshness."""

    __pydantic_config__ = STRICT
    evidence: dict[Evidence, Unit]
    fresh_years: Annotated[int, Ge(0)]
    """Up to this age data count in full."""
    decay: Unit
    """Taken off for each further year."""
    floor: Unit
    """Least freshness."""
    unknown_age: Unit
    """Freshness of data without a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeClass:
    """A size class of regions; None is without upper end."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    population_below: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWeight:
    """One part of the priority score."""

    __pydantic_config__ = STRICT
    id: PartId
    name: str
    weight: Annotated[float, Gt(0), Le(1)]
    about: str
    """How it is reckoned, as a sentence for the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom a finding of an area affects: a share of the residents, from a fact in percent or as a parameter."""

    __pydantic_config__ = STRICT
    area: str
    """`dimension/subdimension`, `dimension`, or `default`."""
    share: Unit
    """Taken where the fact is not known, or where there is none."""
    fact: str | None = None
    """Fact in percent of the residents (or households)."""
    complement: bool = False
    """True: those whom the fact does *not* cover are affected."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalRules:
    """Link of a finding to national targets, by the basis of its indicators' thresholds, or by cited regulations."""

    __pydantic_config__ = STRICT
    target: Unit
    official: Unit
    quintile: Unit
    regulation: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityRules:
    """How many programmes a region carries: base plus steps of readiness (0-4), rounded down."""

    __pydantic_config__ = STRICT
    starts_base: Annotated[int, Ge(1)]
    starts_per_level: Annotated[float, Ge(0)]
    opd_base: Annotated[int, Ge(1)]
    opd_per_level: Annotated[float, Ge(0)]
    overlap_years: Annotated[int, Ge(0), Le(3)]
    """Years by which a programme may begin before a prerequisite that takes several years stands; it always begins
    after its prerequisite has begun."""
    neutral_readiness: Annotated[float, Ge(0), Le(4)]
    """Stands in where readiness is not assessed."""
    others_from: Annotated[int, Ge(1), Le(5)]
    """Plan year from which programmes that are no foundation start; possible quick wins are free of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRules:
    """Estimate, rounding and ceiling."""

    __pydantic_config__ = STRICT
    estimate: Unit
    """Where between low and high the plan budgets (0.5 is the middle)."""
    rounding: Annotated[int, Ge(1)]
    """Rupiah to which estimates are rounded up."""
    first_ceiling: Annotated[int, Ge(1)]
    """Rupiah of the first step of the ladder of ceilings."""
    ceiling_step: Annotated[float, Gt(1)]
    """Factor from one step of the ladder to the next."""
    ceiling_per_resident: Annotated[int, Ge(0)]
    """Rupiah a resident a year, only where the APBD is not known."""
    ceiling_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwotRules:
    """How many entries and strategies a quadrant shows."""

    __pydantic_config__ = STRICT
    entries: Annotated[int, Ge(1)]
    strategies: Annotated[int, Ge(1)]
    programs: Annotated[int, Ge(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWinChoice:
    """How many quick wins a plan shows."""

    __pydantic_config__ = STRICT
    least: Annotated[int, Ge(1)]
    """Fewer than this is a diagnostic."""
    most: Annotated[int, Ge(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityRules:
    """How far each weight moves, and how many programmes are watched."""

    __pydantic_config__ = STRICT
    move: Annotated[float, Gt(0), Le(1)]
    top: Annotated[int, Ge(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """`content/priorities.yaml`."""

    __pydantic_config__ = STRICT
    confidence: ConfidenceRules
    sizes: Annotated[tuple[SizeClass, ...], Len(1)]
    """From the smallest to the largest; the last has no upper end."""
    parts: Annotated[tuple[PartWeight, ...], Len(6, 6)]
    """Weights add up to 1."""
    severity: dict[RuleSeverity, Unit]
    neutral: Unit
    """Value of a part for which the city gave no data."""
    reach: Annotated[tuple[Reach, ...], Len(1)]
    needs: dict[str, dict[str, Annotated[float, Ge(0), Le(4)]]]
    """Programme kind -> readiness area -> score (0-4) that such a programme needs there."""
    national: NationalRules
    directness: Annotated[tuple[Unit, ...], Len(1)]
    """Share of a finding's score that its first, second, … remedy takes; the last holds for all further."""
    extra_per_finding: Annotated[float, Ge(0)]
    """Points for each further finding that asks for the same programme."""
    extra_limit: Annotated[float, Ge(0)]
    capacity: CapacityRules
    money: MoneyRules
    swot: SwotRules
    quick_wins: QuickWinChoice
    sensitivity: SensitivityRules
    notes: dict[str, str] = field(default_factory=dict)
    """Sentences on the parameters for the document."""
