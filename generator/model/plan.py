"""What planning yields: programmes, roadmap, budgets, quick wins, and the whole plan. Sums are rupiah, integers.

No sentence of the document stands here: compose renders the sentences of rules and programmes; this says which ones
hold, why, and with which figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.diagnostics import Diagnostic
from generator.model.findings import Finding, Sensitivity, Silent, Swot
from generator.model.mentoring import MentoringCalendar
from generator.model.programs import OwnProgram, Program
from generator.model.scorecard import Scorecard
from generator.model.trace import Trace

PLAN_YEARS: tuple[int, ...] = (1, 2, 3, 4, 5)
"""Years with a budget and a schedule of their own; years 6-10 are shown together as the long horizon."""
LAST_YEAR = 10


# --- programmes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Amount:
    """Rupiah: lower and upper end of the estimate, and what the plan budgets."""

    low: int = 0
    planned: int = 0
    high: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.low + other.low, self.planned + other.planned, self.high + other.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBasis:
    """How one part of a programme's cost was reckoned, for the text and for `explain`."""

    part: Literal["one-off", "yearly"]
    unit: str
    """Id of the cost unit of `content/planning.yaml`."""
    units: int
    """Units that the programme reaches."""
    factor: float
    """Size factor of the region (1.0 for all units but the region)."""
    amount: Amount
    """The whole one-off cost, or the cost of one year."""
    basis: str
    assumed: bool = False
    """True where the number of units rests on an assumption, because the fact is not filled in."""
    note: str = ""
    """The assumption in words, where the content states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTarget:
    """Target of one plan year; `value` where it can be reckoned, else the words of the catalogue."""

    year: int
    value: float | None
    text: str
    """As the catalogue states it ('+10', '95', 'semua')."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedKpi:
    """A KPI with this city's baseline; `baseline` None is a visible fill-in of the document.

    Targets of the catalogue count from the start of the programme; here they stand at plan years.
    """

    kpi: str
    unit: str
    measure: str
    kind: Literal["output", "outcome", "impact"]
    baseline: float | None
    baseline_year: int | None = None
    baseline_source: str = ""
    indicator: str | None = None
    """Indicator that the baseline comes from."""
    fact: str | None = None
    """Fact that the baseline comes from."""
    decimals: int = 0
    targets: tuple[KpiTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a programme is in the plan."""

    kind: Literal["finding", "prerequisite", "city", "indicator"]
    id: str
    """Finding id, id of the programme that needs it, id of the own entry, or indicator id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a programme is not scheduled. Compose words it by `code`."""

    code: Literal["ceiling", "capacity", "opd-load", "duration", "prerequisite", "own-decision", "outside-period"]
    detail: str = ""
    """Agency, prerequisite or the city's own reason."""
    needed: int | None = None
    """For 'ceiling': rupiah a year of ceiling at which it would be in."""


Status = Literal["scheduled", "unfunded", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedProgram:
    """A programme as it stands in this city's plan: scheduled, unfunded with a reason, or switched off by the city."""

    code: str
    """'G-03': dimension code and place within the dimension; '' for those switched off."""
    id: str
    name: str
    dimension: str
    subdimension: str
    kind: str
    aim: str
    description: str
    source: Literal["catalogue", "override", "city"]
    catalogue: Program | None
    """The catalogue entry, None for a city's own programme."""
    own: OwnProgram | None = None
    """The city's entry, where there is one."""
    reasons: tuple[Reason, ...]
    """Every finding that asks for it, most urgent first, then prerequisites and own entries."""
    findings: tuple[str, ...]
    """The findings among the reasons, and for a prerequisite those of the programmes that need it."""
    requires: tuple[str, ...] = ()
    """Prerequisites that are in the plan."""
    waived: tuple[str, ...] = ()
    """Prerequisites that the city has already or has switched off."""
    needed_by: tuple[str, ...] = ()
    """Programmes of the plan that need this one."""
    missions: tuple[str, ...] = ()
    rpjmd: str = ""
    lead: str
    """Function of `content/opd.yaml`."""
    support: tuple[str, ...] = ()
    foundation: bool = False
    score: float
    """0-100."""
    rank: int
    """1 is the first among all candidates."""
    status: Status
    why: Why | None = None
    """Set for 'unfunded' and 'off'."""
    start: int | None = None
    """Plan year of the start; None where not scheduled."""
    end: int | None = None
    """Plan year in which the one-off part stands (may lie after year 5); the running goes on to year 10."""
    duration: int
    horizon: str
    """Id of the framework's horizon in which it stands; '' where not scheduled."""
    activities: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Plan year -> activities; years 1-5, and 10 for the long horizon."""
    budget: Mapping[int, Amount] = field(default_factory=dict)
    """Plan year 1-5 -> amount; empty where not scheduled."""
    later: Amount = Amount()
    """Plan years 6-10 together."""
    first_five: Amount = Amount()
    """Sum of `budget`; for unfunded programmes what the first five years from a start would take."""
    funds: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    """Fund -> plan year -> planned rupiah; adds up to `budget` to the rupiah."""
    funds_later: Mapping[str, int] = field(default_factory=dict)
    """Fund -> planned rupiah of years 6-10; adds up to `later`."""
    other_funds: tuple[str, ...] = ()
    """Funds that could carry it as well."""
    costs: tuple[CostBasis, ...] = ()
    """Empty where the city states the budget itself."""
    kpis: tuple[PlannedKpi, ...] = ()
    quick_win: bool = False
    """Whether it is one of the accepted quick wins."""


# --- roadmap and budget ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A plan year and its calendar year; `in_rpjmd` says whether the RPJMD in force covers it."""

    number: int
    calendar: int
    in_rpjmd: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The yearly money of the plan and where it comes from."""

    yearly: int
    """Rupiah a year for the funds that fall under the ceiling."""
    basis: Literal["apbd", "assumption"]
    """'assumption': the APBD is not known; a planning parameter per resident stands in and the document says so."""
    share: float | None = None
    share_from: Literal["city", "default", "none"] = "none"
    apbd: int | None = None
    apbd_year: int | None = None
    source: str = ""
    per_resident: int | None = None
    """Rupiah a resident a year, for 'assumption'."""
    by_year: Mapping[int, int] = field(default_factory=dict)
    """Plan year -> ceiling; above `yearly` only where the city itself has budgeted more."""
    used: Mapping[int, int] = field(default_factory=dict)
    """Plan year -> planned rupiah under the ceiling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much the region can carry at once, from its readiness."""

    readiness: float | None
    """0-4; None takes the stated neutral value."""
    starts_per_year: int
    per_opd: int
    """Programmes that one agency builds at the same time."""
    starts: Mapping[int, int] = field(default_factory=dict)
    """Plan year -> programmes that start."""
    load: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    """Agency -> plan year -> programmes that it builds in that year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """The schedule: years, ceiling, capacity; the bars are `start` and `end` of the programmes."""

    years: tuple[PlanYear, ...]
    """Plan years 1-5 and 10."""
    ceiling: Ceiling
    capacity: Capacity
    order: tuple[str, ...]
    """Ids of scheduled programmes by start year, then rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """One row of a budget table, planned rupiah."""

    key: str
    """Dimension, agency or fund."""
    years: Mapping[int, int]
    """Plan year 1-5 -> rupiah."""
    total: int
    """Sum of years 1-5."""
    later: int
    """Years 6-10 together."""
    programs: int
    """How many programmes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetTable:
    """Rows and their sum; every table of one plan has the same sum."""

    by: Literal["dimension", "opd", "fund", "kind"]
    rows: tuple[BudgetRow, ...]
    total: BudgetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """The tables, all of scheduled programmes."""

    dimension: BudgetTable
    opd: BudgetTable
    fund: BudgetTable
    kind: BudgetTable
    low: int
    """Lower end of the estimate, years 1-5."""
    high: int
    unfunded: int
    """Planned rupiah of the first five years of all unfunded programmes."""


# --- quick wins ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """One of the official items: 0-4, or None where only the city can answer."""

    item: str
    score: int | None
    basis: Literal["catalogue", "open"]
    """Stated by the programme, or open for the city to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWin:
    """A candidate with its scores; accepted, or refused with what failed."""

    program: str
    items: tuple[ItemScore, ...]
    score: float
    """Weighted mean 0-4 of the items that are known."""
    open_items: int
    accepted: bool
    failed: tuple[str, ...] = ()
    """Items below their least score, or ids of failed conditions (see `QuickWinRules` of the content)."""
    rank: int | None = None
    """1 is the best accepted one."""


# --- the whole ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that planning found for one city."""

    slug: str
    scorecard: Scorecard
    findings: tuple[Finding, ...]
    """By rank."""
    silent: tuple[Silent, ...]
    swot: Swot
    programs: tuple[PlannedProgram, ...]
    """Scheduled by code, then unfunded by rank, then off."""
    roadmap: Roadmap
    budgets: Budgets
    quick_wins: tuple[QuickWin, ...]
    """Accepted by rank, then refused by score."""
    mentoring: MentoringCalendar
    sensitivity: Sensitivity
    trace: Trace
    diagnostics: tuple[Diagnostic, ...] = ()

    def finding(self, id: str) -> Finding | None:
        """Return a finding by id."""
        return next((finding for finding in self.findings if finding.id == id), None)

    def program(self, id: str) -> PlannedProgram | None:
        """Return a programme by id or code."""
        return next((program for program in self.programs if id in (program.id, program.code)), None)

    @property
    def scheduled(self) -> tuple[PlannedProgram, ...]:
        """The programmes with a start year, by code."""
        return tuple(program for program in self.programs if program.status == "scheduled")

    @property
    def unfunded(self) -> tuple[PlannedProgram, ...]:
        """The programmes that do not fit, by rank."""
        return tuple(program for program in self.programs if program.status == "unfunded")

    @property
    def off(self) -> tuple[PlannedProgram, ...]:
        """The programmes that the city switched off."""
        return tuple(program for program in self.programs if program.status == "off")
