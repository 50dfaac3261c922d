"""What templates see of dimensions, readiness elements and their parts, and of the data behind them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compose.tokens import Told
from generator.compose.views.programs import FindingView, ProgramView
from generator.compose.views.scores import IndicatorView, ScoreView


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
    """Whether all its parts are rated and lie within 0.3 of each other."""
    ahead: bool
    """Whether its score is above the mean of its siblings by 0.2 or more."""
    behind: bool
    """Whether its score is below the mean of its siblings by 0.2 or more."""
    severe: tuple[FindingView, ...]
    """Its gaps of high severity."""
    kinds: tuple[tuple[str, tuple[ProgramView, ...]], ...]
    """(name of the kind in small letters, its scheduled programmes), the kind with most programmes first."""
    main_kinds: tuple[tuple[str, tuple[ProgramView, ...]], ...]
    """The kind with most programmes; all of them where several have as many."""
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
