"""What templates see of the plan as a whole: its programmes, money, agencies and strategies."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compose.tokens import Told
from generator.compose.views.programs import FindingView, ProgramView, QuickWinView, RefusedView


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
    n_strengths: int
    """How many were found; the quadrant holds the most urgent of them."""
    n_weaknesses: int
    n_opportunities: int
    n_threats: int
    most: int
    """How many findings a quadrant holds at most."""
    cut: bool
    """Whether more of some kind were found than its quadrant holds."""
    so: tuple[StrategyView, ...]
    wo: tuple[StrategyView, ...]
    st: tuple[StrategyView, ...]
    wt: tuple[StrategyView, ...]


@dataclass(frozen=True, slots=True)
class OpdView:
    """An agency with its part in the plan."""

    name: Told
    full: str
    """Its name written out: 'Badan Penanggulangan Bencana Daerah'."""
    short: str
    """As tables bear it: 'BPBD'."""
    head: str
    """Title of its head: 'Sekretaris Daerah', 'Kepala Dinas Kesehatan'."""
    function: str
    leads: tuple[ProgramView, ...]
    supports: tuple[ProgramView, ...]
    budget: Told


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
    first_foundation: tuple[ProgramView, ...]
    """Those of them that are foundations."""
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
    overlap: int
    """Last years of the building of a prerequisite in which what needs it may begin; 0 where it waits for the end."""
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
    busy_need: Told
    """Money of that year from all sources."""
    busy_own: Told
    """The region's own money of that year, which the ceiling limits."""
    busy_share: Told
    """Share of the yearly ceiling that the region's own money of that year takes: '81 %'."""
    first_need: Told
    """Planned money of year 1."""
    first_share: Told
    left_for: Told
    """How many programmes are unfunded for which cause: '57 karena kemampuan memulai dan satu karena pagu'."""
    capacity_binds: bool
    """Whether more programmes fail for capacity than for money."""
