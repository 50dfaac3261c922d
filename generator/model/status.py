"""Where a city stands on its way: how complete its data are, what is due, and what became of its draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

DraftState = Literal["none", "current", "outdated", "unfinished"]
"""No draft; one of the data as they are; one of other data; one whose build was broken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the mentoring with its dates, both included."""

    id: str
    name: str
    start: date
    end: date
    inputs_due: date | None = None
    inputs: tuple[str, ...] = ()
    """What is handed in before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What follows from the data of a city alone, whatever the day."""

    slug: str
    code: str = ""
    name: str = ""
    """With the type."""
    assessment: str = ""
    """'sample', 'draft' or 'verified'; '' where the data cannot be read."""
    completeness: Mapping[str, float] = field(default_factory=dict)
    """Dimension, and readiness as a whole -> share of the weight of its indicators that is answered, 0-1."""
    complete: float | None = None
    """Share of all indicators that are answered."""
    confidence: float | None = None
    """0-1 by evidence and age of what is answered."""
    errors: int = 0
    warnings: int = 0
    first_error: str = ""
    steps: tuple[Step, ...] = ()
    """Of the mentoring, in order of their dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the calendar stands on a day."""

    now: str = ""
    """Names of the steps that run, else the one that ended last; '' before the first."""
    running: bool = False
    due: date | None = None
    """Next date on which something has to be there; None after the last."""
    what: str = ""
    """What is due then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStatus:
    """What lies in the city's output folder."""

    state: DraftState = "none"
    built: datetime | None = None
    """When the newest file of the draft was written."""
    build_id: str = ""
    files: int = 0
    open_items: int = 0
    changed: tuple[str, ...] = ()
    """Files that differ from those that the draft was made of; 'the program' where that changed."""
    edited: tuple[str, ...] = ()
    """Files of the draft that somebody edited since, and that were not pulled."""
    pulled: tuple[str, ...] = ()
    """Files of edits that were pulled, changed or withdrawn since the draft: the next build takes them in."""
    conflicts: tuple[str, ...] = ()
    """Files of edits that clash in the draft and still wait for a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStatus:
    """The score of the last review."""

    score: float
    points: float
    """That could be reached."""
    of_this_draft: bool
    """Whether it was made of the data of the draft that lies there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CityStatus:
    """One row."""

    known: Known
    stage: Stage
    draft: DraftStatus
    review: ReviewStatus | None = None
