"""What templates see: frozen views of the city, its scores, findings and plan. The documented contract of templates.

Every attribute is a value that prints itself (`Told`), a yes/no for `{% if %}`, or a tuple of views in the order in
which it is to be shown. Templates never compute, filter or sort: what they need ready-made stands here.
`docs/templates.md` is made from these classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.compose.tokens import Told

Standing = Literal["high", "middle", "low", "missing"]


@dataclass(frozen=True, slots=True)
class PersonView:
    """An office holder; the name is a fill-in where it is not known."""

    name: Told
    known: bool


@dataclass(frozen=True, slots=True)
class MissionView:
    """A mission of the region with the dimensions that answer to it."""

    id: str
    text: Told
    dimensions: tuple[str, ...]
    """Names of the dimensions."""
    programs: tuple[ProgramView, ...]
    """Programmes of the plan that serve it, by code."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A planning document of the region."""

    name: Told
    regulation: Told
    direction: Told
    """What it asks for; a fill-in where the city has not said."""


@dataclass(frozen=True, slots=True)
class IdentityView:
    """The region as the sentences of rules may name it."""

    name: Told
    """'Kota Medan'."""
    short_name: Told
    """'Medan'."""
    type: str
    head: str
    """'wali kota' or 'bupati'."""
    village_term: str
    province: Told


@dataclass(frozen=True, slots=True)
class CityView:
    """The region."""

    name: Told
    """'Kota Medan'."""
    short_name: Told
    """'Medan'."""
    type: str
    """'kota' or 'kabupaten'."""
    is_kota: bool
    head: str
    """'wali kota' or 'bupati'."""
    head_title: str
    """'Wali Kota' or 'Bupati'."""
    regulation: str
    """'Peraturan Wali Kota' or 'Peraturan Bupati'."""
    regulation_short: str
    """'Perwali' or 'Perbup'."""
    village_term: str
    """'kelurahan', 'desa', or 'desa dan kelurahan'."""
    province: Told
    capital: Told
    traits: tuple[str, ...]
    """'daerah pesisir', …"""
    trait: Mapping[str, bool]
    """Whether it has a trait of the framework, by id: `{% if city.trait.coastal %}`; other ids are a fault."""
    head_person: PersonView
    deputy_person: PersonView
    secretary_person: PersonView
    vision: Told
    vision_known: bool
    missions: tuple[MissionView, ...]
    documents: tuple[DocumentView, ...]
    rpjmd_period: str
    """'2025–2029'."""
    rpjmd_regulation: Told
    plan_period: str
    """First to last plan year: '2027–2031'."""
    plan_start: str
    plan_end: str
    plan_last: str
    """Last year of the long horizon."""
    date: Told
    month: Told
    version: str
    rpjmd_end: str
    """Last year of the RPJMD in force."""
    beyond_rpjmd: bool
    """Whether the plan's first five years go beyond the RPJMD in force."""
    is_dense: bool
    """A thousand residents a square kilometre or more."""
    is_sparse: bool
    """Fewer than a hundred residents a square kilometre."""
    is_large: bool
    """A million residents or more."""
    is_small: bool
    """Fewer than 250.000 residents."""
    more_men: bool
    """Whether there are at least 105 men to 100 women, as where workers come from elsewhere."""
    sex_ratio: Told
    """Men to 100 women; a fill-in where it is not known."""
    per_district: Told
    """Mean residents of a kecamatan; a fill-in where it is not known."""
    is_sample: bool
    """Whether the assessment is sample data."""
    assessed_on: Told
    assessed_by: Told


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator as this city stands on it."""

    id: str
    name: Told
    definition: Told
    answered: bool
    level: Told
    """'2', or a fill-in."""
    rubric: Told
    """Words of the level, or a fill-in."""
    next_rubric: Told
    """Words of the next level; nothing at level 4."""
    value: Told
    """Measured value with unit, only for indicators of kind 'value'."""
    is_measured: bool
    is_low: bool
    """Level 0 or 1."""
    is_high: bool
    """Level 3 or 4."""
    evidence: str
    """'dokumen', 'pernyataan', or 'tanpa bukti'."""
    year: str
    supplied_by: Told


@dataclass(frozen=True, slots=True)
class FindingView:
    """A rule that holds for this city, with its sentences."""

    id: str
    title: Told
    text: Told
    """The finding itself, with the city's figures."""
    ideal: Told
    cause: Told
    consequence: Told
    severity: str
    """'tinggi', 'sedang', or 'rendah'."""
    is_severe: bool
    rank: Told
    score: Told
    """Priority 0-100."""
    dimension: str
    subdimension: str
    programs: tuple[ProgramView, ...]
    """Programmes of the plan that answer it, most direct first."""
    program_codes: Told
    """Codes of those that are scheduled: 'G-03 dan G-04'."""
    has_programs: bool
    """Whether a scheduled programme answers it."""
    regulations: tuple[str, ...]
    """Regulation ids for `regulation(…)`."""


@dataclass(frozen=True, slots=True)
class PositionView:
    """Place in the cohort."""

    known: bool
    rank: Told
    count: Told
    median: Told
    above_median: bool
    best_name: Told
    best: Told


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score with how sure it is."""

    known: bool
    value: Told
    """'1,8', or a fill-in."""
    gap: Told
    """Distance to 4: '2,2'."""
    standing: Standing
    is_high: bool
    is_middle: bool
    is_low: bool
    word: str
    """'tinggi', 'sedang', 'rendah', or 'belum ternilai'."""
    level_name: str
    """Name of the rounded level: 'rintisan'."""
    level_meaning: str
    answered: Told
    """Number of indicators answered."""
    total: Told
    coverage: Told
    """'83 %'."""
    complete: bool
    thin: bool
    """Whether it rests on less than half of the weight of its indicators."""
    confidence: Told
    """'tinggi', 'sedang', or 'rendah'."""
    is_sure: bool
    """Whether the confidence is high: most answers are proven by fresh documents."""
    is_unsure: bool
    """Whether the confidence is low."""
    position: PositionView


@dataclass(frozen=True, slots=True)
class SubView:
    """A sub-dimension, or a component of a readiness element."""

    id: str
    name: str
    about: str
    ideal: str
    code: str
    """Code of the dimension."""
    score: ScoreView
    indicators: tuple[IndicatorView, ...]
    strong: tuple[IndicatorView, ...]
    """Level 3 or 4, highest weight first."""
    weak: tuple[IndicatorView, ...]
    """Level 0 or 1, highest weight first."""
    middle: tuple[IndicatorView, ...]
    """Level 2, highest weight first."""
    open: tuple[IndicatorView, ...]
    """Not answered."""
    unproven: tuple[IndicatorView, ...]
    """Answered without a document."""
    gaps: tuple[FindingView, ...]
    """Most urgent first."""
    main_gap: tuple[FindingView, ...]
    """The most urgent one, or nothing: for `{% for finding in sub.main_gap %}`."""
    other_gaps: tuple[FindingView, ...]
    urgent: tuple[FindingView, ...]
    """The two most urgent gaps: those that the text discusses."""
    later: tuple[FindingView, ...]
    """The gaps after those: they stand in a table."""
    severe: tuple[FindingView, ...]
    """The gaps of high severity."""
    many_gaps: bool
    """Five gaps or more."""
    leads: bool
    """Whether it has the highest score of its dimension, clearly (0.3 or more above the lowest)."""
    trails: bool
    """Whether it has the lowest score of its dimension, clearly."""
    proven: bool
    """Whether more than half of its answers are verified by documents."""
    kinds: tuple[tuple[str, tuple[ProgramView, ...]], ...]
    """(name of the kind in small letters, its scheduled programmes), the kind with most programmes first."""
    strengths: tuple[FindingView, ...]
    outlook: tuple[FindingView, ...]
    """Opportunities and threats."""
    evidence: tuple[FindingView, ...]
    """Findings on missing, stale or unproven evidence."""
    programs: tuple[ProgramView, ...]
    """Scheduled programmes, by start."""
    initiatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaView:
    """A dimension or a readiness element."""

    id: str
    name: str
    local_name: str
    code: str
    about: str
    goal: str
    score: ScoreView
    subs: tuple[SubView, ...]
    best_sub: tuple[SubView, ...]
    """The sub-dimension with the highest score, or nothing."""
    worst_sub: tuple[SubView, ...]
    """The one with the lowest score, or nothing where all are equal."""
    even: bool
    """Whether its parts lie within 0.3 of each other."""
    ahead: bool
    """Whether its score is above the mean of its siblings by 0.2 or more."""
    behind: bool
    """Whether its score is below the mean of its siblings by 0.2 or more."""
    severe: tuple[FindingView, ...]
    """Its gaps of high severity."""
    kinds: tuple[tuple[str, tuple[ProgramView, ...]], ...]
    """(name of the kind in small letters, its scheduled programmes), the kind with most programmes first."""
    gaps: tuple[FindingView, ...]
    top_gaps: tuple[FindingView, ...]
    """The three most urgent."""
    strengths: tuple[FindingView, ...]
    programs: tuple[ProgramView, ...]
    early: tuple[ProgramView, ...]
    """Scheduled programmes that start in year 1: those with a sheet of their own."""
    unfunded: tuple[ProgramView, ...]
    budget: Told
    """Planned money of the first five years, for running text."""
    count: Told
    """Number of scheduled programmes."""


@dataclass(frozen=True, slots=True)
class KpiView:
    """A KPI with baseline and targets."""

    kpi: Told
    unit: str
    measure: Told
    kind: str
    """'keluaran', 'hasil', or 'dampak'."""
    baseline: Told
    targets: tuple[tuple[int, Told], ...]
    """(plan year, words)."""
    last_target: Told
    """With its unit, for running text."""
    is_change: bool
    """Whether the target is said as a change ('naik 12 %') because the baseline is not known."""
    last_year: Told


@dataclass(frozen=True, slots=True)
class ProgramView:
    """A programme of the plan."""

    id: str
    code: str
    name: Told
    aim: Told
    description: Told
    dimension: str
    subdimension: str
    kind: str
    """Name of the kind: 'Aplikasi dan data'."""
    lead: Told
    support: Told
    technology: Told
    years: str
    """'tahun ke-1 s.d. ke-3', '' where not scheduled."""
    calendar: str
    """'2027–2029'."""
    start: Told
    horizon: str
    budget: Told
    """Planned money of the first five years, for running text."""
    range: Told
    """Lower and upper end of the estimate."""
    funds: str
    scheduled: bool
    is_own: bool
    """Whether it is the city's own programme."""
    foundation: bool
    quick_win: bool
    why_not: Told
    """Why it is not scheduled, in a sentence."""
    findings: tuple[FindingView, ...]
    kpis: tuple[KpiView, ...]
    main_kpi: tuple[KpiView, ...]
    """The first outcome KPI, else the first output KPI, or nothing."""
    activities: tuple[tuple[str, tuple[Told, ...]], ...]
    """('tahun ke-1 (2027)', activities)."""
    risks: tuple[tuple[Told, str, str, Told], ...]
    """(risk, likelihood, impact, mitigation)."""
    requires: tuple[str, ...]
    """Codes of its prerequisites."""
    ran_in: tuple[tuple[Told, Told, Told], ...]
    """(region, what, source) of comparable programmes."""


@dataclass(frozen=True, slots=True)
class QuickWinView:
    """An accepted quick win with all that its profile shows."""

    program: ProgramView
    rank: Told
    score: Told
    service: Told
    """The running service that it sharpens."""
    months: Told
    benefit: Told
    uniqueness: Told
    partners: Told
    resources: Told
    sustainability: Told
    weeks: tuple[tuple[str, Told], ...]
    """('minggu 1', milestone)."""
    items: tuple[tuple[str, Told], ...]
    """(item, score or fill-in)."""


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A quick-win candidate that was refused, and why."""

    program: ProgramView
    score: Told
    reasons: Told


@dataclass(frozen=True, slots=True)
class StrategyView:
    """One strategy of the SWOT crossing."""

    code: str
    inner: FindingView
    outer: FindingView
    programs: Told
    """Codes and names of the programmes."""


@dataclass(frozen=True, slots=True)
class SwotView:
    """The four quadrants and the crossings."""

    strengths: tuple[FindingView, ...]
    weaknesses: tuple[FindingView, ...]
    opportunities: tuple[FindingView, ...]
    threats: tuple[FindingView, ...]
    so: tuple[StrategyView, ...]
    wo: tuple[StrategyView, ...]
    st: tuple[StrategyView, ...]
    wt: tuple[StrategyView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """A step of the mentoring calendar."""

    id: str
    name: str
    kind: str
    dates: Told
    """'3–4 Maret 2026'."""
    due: Told
    """Day by which the inputs are handed in; a fill-in where there are none."""
    has_due: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    agenda: tuple[str, ...]
    responsible: Told
    accountable: Told
    is_workshop: bool
    after: bool
    """Whether it lies after the mentoring itself."""


@dataclass(frozen=True, slots=True)
class MentoringView:
    """The calendar."""

    known: bool
    start: Told
    end: Told
    months: Told
    events: tuple[EventView, ...]
    workshops: tuple[EventView, ...]
    later: tuple[EventView, ...]
    provisional: tuple[str, ...]
    """Years whose collective leave is not decreed yet."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan as a whole."""

    years: tuple[tuple[int, int], ...]
    """(plan year, calendar year) of years 1-5."""
    scheduled: tuple[ProgramView, ...]
    unfunded: tuple[ProgramView, ...]
    off: tuple[ProgramView, ...]
    own: tuple[ProgramView, ...]
    foundation: tuple[ProgramView, ...]
    """Scheduled foundations, by start."""
    first_year: tuple[ProgramView, ...]
    """Scheduled programmes that start in year 1."""
    middle: tuple[ProgramView, ...]
    """Those that start in years 2-5."""
    top: tuple[ProgramView, ...]
    """The ten most urgent scheduled programmes."""
    by_kind: tuple[tuple[str, tuple[ProgramView, ...]], ...]
    """(name of the kind, scheduled programmes)."""
    n_scheduled: Told
    n_unfunded: Told
    n_findings: Told
    n_severe: Told
    total: Told
    """Planned money of years 1-5, for running text."""
    low: Told
    high: Told
    later: Told
    unfunded_total: Told
    ceiling: Told
    """Yearly ceiling, for running text."""
    ceiling_share: Told
    ceiling_is_assumed: bool
    """Whether the APBD is not known and a planning parameter stands in."""
    ceiling_source: Told
    per_resident: Told
    capacity_starts: Told
    capacity_per_opd: Told
    quick_wins: tuple[QuickWinView, ...]
    refused: tuple[RefusedView, ...]
    gaps: tuple[FindingView, ...]
    top_gaps: tuple[FindingView, ...]
    """The ten most urgent gaps."""
    unanswered: tuple[FindingView, ...]
    """Severe gaps that no scheduled programme answers."""
    n_answered: Told
    """Number of gaps that a scheduled programme answers."""
    busy_year: str
    """Calendar year of years 1-5 in which most money is planned."""


@dataclass(frozen=True, slots=True)
class ComparedView:
    """How a public figure of the region stands against its province and the nation; all from one table and year."""

    known: bool
    own: Told
    """With its unit."""
    province: Told
    """Median of the regions of the province."""
    nation: Told
    """Median of all regions."""
    year: str
    rank: Told
    """1 is the best."""
    count: Told
    better: bool
    """Than the median of the nation."""
    better_here: bool
    """Than the median of the province."""
    top: bool
    """Among the best fifth of all regions."""
    bottom: bool
    """Among the worst fifth of all regions."""
    newer: bool
    """Whether the city itself states a newer figure, which the comparison cannot use."""


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body of the programme."""

    name: str
    role: str
    members: tuple[str, ...]
    """Names of agencies and other members."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A party of the programme."""

    id: str
    name: str
    former_name: str
    side: str
    task: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A glossary entry."""

    term: str
    abbreviation: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OpdView:
    """An agency with its part in the plan."""

    name: Told
    function: str
    leads: tuple[ProgramView, ...]
    supports: tuple[ProgramView, ...]
    budget: Told


@dataclass(frozen=True, slots=True)
class SurveyItemView:
    """A survey question: an initiative area with its indicator and rubric."""

    number: int
    area: str
    question: Told
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QualityView:
    """How good the data behind the draft is."""

    answered: Told
    total: Told
    verified: Told
    stated: Told
    unproven: Told
    stale: Told
    coverage: Told
    weakest: tuple[SubView, ...]
    """Sub-dimensions with least coverage, at most five."""
