"""What templates see of findings, of the programmes that answer them, and of quick wins; each names the other."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compose.tokens import Told


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
    """Place by priority among the findings of its kind, from 1."""
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
    steps: tuple[tuple[Told, Told], ...]
    """(words with unit, calendar year) of its first target and of that last one, or of one where they are the same."""
    is_change: bool
    """Whether the target is said as a change ('naik 12 %') because the baseline is not known."""
    is_late: bool
    """Whether that target lies after the five years of the plan."""
    has_baseline: bool
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
    agency: Told
    """Its lead as tables bear it: 'Dinas Kominfo'."""
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
    has_sheet: bool
    """Whether it starts in year 1 and has a sheet of its own."""
    why_not: Told
    """Why it is not scheduled, in a sentence."""
    findings: tuple[FindingView, ...]
    """The findings that ask for it itself, the most urgent first."""
    needed_by: tuple[str, ...]
    """Codes of the scheduled programmes whose prerequisite it is."""
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
