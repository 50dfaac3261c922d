"""The cohort side by side, for the office that runs the programme: one row a city, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRow:
    """One city as its last draft has it."""

    slug: str
    code: str
    name: str
    """With the type."""
    type: str
    province: str
    islands: str
    """Group of islands, '' where the city does not state it."""
    assessment: str
    """'sample', 'draft' or 'verified'."""
    day: str
    """Date of the draft, ISO 8601."""
    scores: Mapping[str, float | None]
    """Area (`generator.model.scorecard`) -> 0-4, None where nothing is answered."""
    complete: float
    """Share of the weight of all indicators that is answered, 0-1."""
    gaps: tuple[str, ...]
    """Ids of the rules that found something."""
    programs: tuple[str, ...]
    """Ids of the programmes of the catalogue that are scheduled."""
    own_programs: int
    quick_wins: int
    budget: int
    """Planned rupiah of years 1-5."""
    unfunded: int
    """Planned rupiah of what does not fit."""
    open_items: int = 0
    files: tuple[str, ...] = ()
    """What the draft consists of, below the city's folder, with slashes."""
    calendar: tuple[tuple[str, str, str], ...] = ()
    """(name, first day, last day) of each step of the mentoring, days ISO 8601; empty where it cannot be dated."""
    state: str = ""
    """What the last batch made of the city (`generator.worker.State`), '' where it built it or nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A city that was asked for and has no draft; `code` and `name` are '' where its file cannot be read."""

    slug: str
    code: str = ""
    name: str = ""
    state: str = ""
    """As in `CityRow`."""

    @property
    def title(self) -> str:
        """Its name, else what is known in its place."""
        return self.name or self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cities of one type or group of islands; `mean` is of those with an overall score, None where there is none."""

    name: str
    cities: int
    mean: float | None
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """A finding or programme and in how many cities it stands."""

    id: str
    name: str
    cities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two cities whose texts share more than they should; `share` 0-1."""

    first: str
    second: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """All that the pages of the portfolio show."""

    title: str
    rows: tuple[CityRow, ...]
    areas: tuple[tuple[str, str, str], ...]
    """(area, name, name of its dimension) of every sub-dimension, in the order of the framework."""
    types: tuple[Group, ...]
    islands: tuple[Group, ...]
    gaps: tuple[Frequent, ...]
    """Most frequent first."""
    programs: tuple[Frequent, ...]
    alike: tuple[Alike, ...] = field(default=())
    missing: tuple[Absent, ...] = ()
    """Cities that were asked for and have no draft."""

    @property
    def day(self) -> date:
        """Newest date among the drafts, which page, workbook and report carry in place of the clock.

        Raises `ValueError` where there is no draft.
        """
        return date.fromisoformat(max(row.day for row in self.rows))

    @property
    def stale(self) -> tuple[CityRow, ...]:
        """Cities whose row is of an older draft, since the last batch did not build them."""
        return tuple(row for row in self.rows if row.state)

    @property
    def budget(self) -> int:
        """Planned rupiah of all cities, years 1-5."""
        return sum(row.budget for row in self.rows)

    @property
    def unfunded(self) -> int:
        """Planned rupiah of what does not fit, all cities."""
        return sum(row.unfunded for row in self.rows)

    @property
    def sample(self) -> bool:
        """Whether any city's assessment is sample data."""
        return any(row.assessment == "sample" for row in self.rows)
