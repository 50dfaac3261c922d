"""What a city hands in: its identity and profile (`city.yaml`) and its answers (`assessment.yaml`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Le

from generator.model.schema import STRICT

Evidence = Literal["verified", "statement", "none"]
Status = Literal["sample", "draft", "verified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A profile fact with its unit, year and source; `series` holds earlier years."""

    __pydantic_config__ = STRICT
    value: float | bool | str
    unit: str = ""
    year: int | None = None
    source: str
    series: dict[int, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An office holder."""

    __pydantic_config__ = STRICT
    name: str
    since: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaders:
    """Head of the region and others; None is not known and becomes a fill-in."""

    __pydantic_config__ = STRICT
    head: Person | None = None
    deputy: Person | None = None
    secretary: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """First and last year, both included, of a plan, and the regulation that fixes it."""

    __pydantic_config__ = STRICT
    start: int
    end: int
    regulation: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A quoted text with its source."""

    __pydantic_config__ = STRICT
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """A mission of the region; `dimensions` links it to the framework."""

    __pydantic_config__ = STRICT
    id: str
    text: str
    dimensions: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A region that borders on this one."""

    __pydantic_config__ = STRICT
    name: str
    """'Kabupaten Deli Serdang'."""
    side: str = ""
    """'barat, selatan, dan timur'."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A planning document of the region (RPJPD, RPJMD, RTRW, SPBE architecture, …)."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    regulation: str = ""
    direction: str = ""
    """What it asks for that bears on the smart city."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money of the region, rupiah."""

    __pydantic_config__ = STRICT
    apbd: Annotated[int, Ge(0)]
    """Yearly regional budget (belanja)."""
    year: int
    source: str
    smart_city_share: Annotated[float, Ge(0), Le(1)] | None = None
    """Share of the APBD that the plan may take a year; None takes the default of `content/planning.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentoring:
    """When the mentoring starts, and by whom it is done."""

    __pydantic_config__ = STRICT
    start: dt.date
    mentors: tuple[Person, ...] = ()
    officer: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """`city.yaml`."""

    __pydantic_config__ = STRICT
    code: str
    """Official code of the region ('12.71')."""
    name: str
    """Name without the type ('Medan')."""
    type: Literal["kota", "kabupaten"]
    province: str
    capital: str = ""
    island_group: str = ""
    traits: tuple[str, ...] = ()
    leaders: Leaders = field(default_factory=Leaders)
    rpjmd: Period
    vision: Statement | None = None
    missions: tuple[Mission, ...] = ()
    documents: tuple[PlanDocument, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    """Regions that border on it, with whom it must agree on what crosses the border."""
    facts: dict[str, Fact] = field(default_factory=dict)
    opd: dict[str, str] = field(default_factory=dict)
    """Function of `content/opd.yaml` -> the region's own name of the agency."""
    budget: Budget | None = None
    mentoring: Mentoring
    emblem: str | None = None
    """Picture file below the city's folder."""
    version: str = "1"
    date: dt.date
    """Date of the draft, printed on it."""

    @property
    def full_name(self) -> str:
        """'Kota Medan'."""
        return f"{self.type.capitalize()} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: a level 0-4 or a measured value, or neither with a note why."""

    __pydantic_config__ = STRICT
    level: Annotated[int, Ge(0), Le(4)] | None = None
    value: float | None = None
    year: int | None = None
    source: str = ""
    evidence: Evidence = "none"
    link: str = ""
    note: str = ""
    by: str = ""
    """Who assessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`assessment.yaml`: indicator id -> answer."""

    __pydantic_config__ = STRICT
    status: Status
    date: dt.date
    by: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
