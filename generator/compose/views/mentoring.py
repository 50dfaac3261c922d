"""What templates see of the programme that guides the region: its calendar, bodies, parties, words and survey."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compose.tokens import Told


@dataclass(frozen=True, slots=True)
class EventView:
    """A step of the mentoring calendar."""

    id: str
    name: str
    kind: str
    dates: Told
    """'3–4 Maret 2026'."""
    end: Told
    """Its last day: '4 Maret 2026'."""
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
class BodyView:
    """A body of the programme."""

    name: str
    role: str
    members: tuple[str, ...]
    """Titles of those who belong to it by office: 'Sekretaris Daerah'."""
    others: tuple[str, ...]
    """Titles of the heads of the other agencies that lead a scheduled programme."""
    units: tuple[str, ...]
    """Names of those agencies, written out."""
    stands: bool
    """Whether the region has set it up already, by the indicator that the framework names for it."""
    works: bool
    """Whether that indicator is at level 3 or 4."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A party of the programme."""

    id: str
    name: str
    former_name: str
    side: str
    task: str


@dataclass(frozen=True, slots=True)
class SurveyItemView:
    """A survey question: an initiative area with its indicator and rubric."""

    number: int
    area: str
    question: Told
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A glossary entry."""

    term: str
    abbreviation: str
    meaning: str
