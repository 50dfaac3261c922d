"""The programme catalogue and a city's own programmes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, Len

from generator.model.rules import Condition
from generator.model.schema import STRICT

Likelihood = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Where the baseline of a KPI comes from: one of indicator or fact; neither is a fill-in."""

    __pydantic_config__ = STRICT
    indicator: str | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A key performance indicator of a programme.

    `targets`: plan year (1, 2, 3, 4, 5, 10) -> '+5' or '-2' (change from the baseline), a number ('95'), or words.
    Numbers use a point as decimal sign here; documents print them the Indonesian way.
    Every KPI of the catalogue states all six years: without a milestone, a straight line between its neighbours, '+0'
    before the first and the last one after it.
    """

    __pydantic_config__ = STRICT
    kpi: str
    unit: str
    measure: str
    """How, by whom and from which records it is measured."""
    baseline: Baseline = field(default_factory=Baseline)
    targets: Annotated[dict[int, str], Len(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One part of a cost model, rupiah at 2025 prices, `low` to `high` for each unit of `per`."""

    __pydantic_config__ = STRICT
    low: Annotated[int, Ge(0)]
    high: Annotated[int, Ge(0)]
    per: str = "region"
    """Id of a cost unit of `content/planning.yaml`: region, kecamatan, village, …"""
    share: Annotated[float, Gt(0), Le(1)] = 1.0
    """Share of the units that the programme reaches (0.2 of the villages)."""
    basis: str
    """What the money buys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostModel:
    """One-off cost, spread over the building years, and yearly cost from the first year of running."""

    __pydantic_config__ = STRICT
    one_off: Cost | None = None
    yearly: Cost | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk with its mitigation."""

    __pydantic_config__ = STRICT
    risk: str
    likelihood: Likelihood
    impact: Likelihood
    mitigation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWinPotential:
    """Answers on the official items that come from the programme itself (0-4), and what a profile needs.

    The twelve items and their weights are data (`content/planning.yaml`); `items` maps item id -> 0-4.
    """

    __pydantic_config__ = STRICT
    existing_service: str
    """The running service that it sharpens."""
    months: Annotated[int, Ge(1), Le(12)]
    new_infrastructure: bool = False
    benefit: str
    uniqueness: str
    partners: tuple[str, ...] = ()
    resources: str
    weeks: dict[int, str]
    """Week from the start -> milestone."""
    sustainability: str
    items: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RanIn:
    """A region where a comparable programme ran, only with a source."""

    __pydantic_config__ = STRICT
    region: str
    what: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One file of `content/programs/<area>/`."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    dimension: str
    subdimension: str
    kind: str
    """One of the framework's `kinds`."""
    aim: str
    description: str
    activities: dict[int, tuple[str, ...]]
    """Programme year (1, 2, 3, 4, 5, 10) -> activities, counted from the start of the programme."""
    outputs: Annotated[tuple[Kpi, ...], Len(1)]
    outcomes: tuple[Kpi, ...] = ()
    impacts: tuple[Kpi, ...] = ()
    lead: str
    support: tuple[str, ...] = ()
    technology: str = ""
    """Innovation or technology, in a phrase."""
    cost: CostModel
    funds: Annotated[tuple[str, ...], Len(1)]
    """Ids of funds of `content/planning.yaml`, the usual one first."""
    duration_years: Annotated[int, Ge(1), Le(10)]
    """Years until the one-off part stands."""
    requires: tuple[str, ...] = ()
    foundation: bool = False
    """Policy, institution, connectivity or data that others stand on: comes first."""
    fits: Condition | None = None
    """Suitability by profile; None fits everywhere."""
    quick_win: QuickWinPotential | None = None
    risks: Annotated[tuple[Risk, ...], Len(1)]
    references: tuple[str, ...] = ()
    nomenclature: str = ""
    """Code and name of the national nomenclature, only where known."""
    ran_in: tuple[RanIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProgram:
    """An entry of a city's `programs.yaml`: an existing programme, an override of one of the catalogue, or a no."""

    __pydantic_config__ = STRICT
    id: str
    action: Literal["add", "override", "off"] = "add"
    reason: str = ""
    """Required for 'override' and 'off'."""
    name: str | None = None
    dimension: str | None = None
    subdimension: str | None = None
    kind: str | None = None
    aim: str | None = None
    description: str | None = None
    lead: str | None = None
    start_year: int | None = None
    """Plan year in which it starts."""
    duration_years: int | None = None
    budget: dict[int, int] = field(default_factory=dict)
    """Calendar year -> rupiah, replaces the cost model."""
    funds: tuple[str, ...] = ()
    rpjmd: str = ""
    """Programme of the RPJMD that it belongs to."""
    addresses: tuple[str, ...] = ()
    """Rule ids or indicator ids that it answers."""
    outputs: tuple[Kpi, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPrograms:
    """A city's `programs.yaml`."""

    __pydantic_config__ = STRICT
    programs: tuple[OwnProgram, ...] = ()
