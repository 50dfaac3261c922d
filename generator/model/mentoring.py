"""The mentoring: its steps as the content states them (`content/mentoring.yaml`), and the dated calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Len

from generator.model.schema import STRICT

Responsibility = Literal["R", "A", "C", "I"]
MEETING_DAYS = 3
"""Steps of up to this many days are held on days in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringEvent:
    """One step with its dates, both included and both working days.

    Meetings (`days` up to `MEETING_DAYS`) stand on consecutive working days; longer steps span weekends and holidays,
    on which nobody has to work.
    """

    id: str
    """Id of the step in the content."""
    name: str
    kind: str
    """Kind of the step in the content (meeting, homework, review, …)."""
    start: date
    end: date
    days: int
    """Working days."""
    month: int
    """1 is the first month from the start."""
    inputs: tuple[str, ...]
    """What is handed in before it."""
    inputs_due: date | None
    """Working day by which it is handed in."""
    outputs: tuple[str, ...]
    needs: tuple[str, ...]
    """Ids of the steps that it builds on."""
    raci: Mapping[str, Responsibility]
    """Role -> R, A, C or I."""
    after: bool = False
    """True for steps after the mentoring itself (regional regulation, evaluations)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which nothing is held."""

    date: date
    name: str
    """In Indonesian."""
    leave: bool
    """Collective leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringCalendar:
    """Events in order of their dates; empty where a holiday year is not known (the plan has the diagnostic)."""

    start: date
    end: date | None
    """Last day of the mentoring itself, 8-9 months after the start."""
    months: int
    """Months from the start to the end, begun ones counted."""
    events: tuple[MentoringEvent, ...]
    holidays: tuple[Holiday, ...] = ()
    """Holidays within the calendar that fall on a weekday."""
    provisional: tuple[int, ...] = ()
    """Years whose collective leave is not decreed yet: their dates have to be checked again."""


StepKind = Literal[
    "assessment", "signing", "decree", "workshop", "homework", "review", "presentation", "regulation", "evaluation"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringStep:
    """One step of the process as the content states it, without dates."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    kind: StepKind
    days: Annotated[int, Ge(1)] = 1
    """Working days that it takes."""
    after: tuple[str, ...] = ()
    """Ids of the steps that must have ended before it."""
    gap_days: Annotated[int, Ge(0)] = 0
    """Calendar days between the last of `after` and its start."""
    offset_days: Annotated[int, Ge(0)] | None = None
    """Earliest start in calendar days from the start of the mentoring."""
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """Items of the agenda, in order."""
    raci: dict[str, Responsibility] = field(default_factory=dict)
    """Role id -> R, A, C or I."""
    source: str = ""
    after_mentoring: bool = False
    """True for steps after the mentoring itself (regional regulation, evaluations)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringProcess:
    """`content/mentoring.yaml`."""

    __pydantic_config__ = STRICT
    steps: Annotated[tuple[MentoringStep, ...], Len(1)]
    min_months: Annotated[int, Ge(1)]
    max_months: Annotated[int, Ge(1)]
