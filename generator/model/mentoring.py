"""The dated calendar of the mentoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Responsibility = Literal["R", "A", "C", "I"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringEvent:
    """One step with its dates, both included; all days of an event are working days."""

    id: str
    """Id of the step in the content."""
    name: str
    kind: str
    """Kind of the step in the content (meeting, homework, review, …)."""
    start: date
    end: date
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
