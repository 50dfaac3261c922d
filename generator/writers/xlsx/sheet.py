"""What a sheet is, as plain values before any file format, and how things of a plan are named on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.compose.tokens import clean
from generator.model.content import CityDossier, Content
from generator.model.plan import PLAN_YEARS, Plan, PlannedProgram

TARGET_YEARS = (*PLAN_YEARS, 10)
MATRIX = "Rencana Aksi"
"""Name of the first sheet, which the budget sheet refers to."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A visible fill-in."""

    what: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own, never of a city, with its result."""

    text: str
    value: int


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a file; `target` is its address from the workbook's folder, quoted as in a URL."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Shade:
    """A number on a ground of its own, RRGGBB."""

    value: float
    colour: str


Value = str | int | float | date | Hole | Formula | Link | Shade | None


@dataclass(frozen=True, slots=True)
class Column:
    """Title, width in characters, whether it holds rupiah, is summed, and how many decimals its numbers always show."""

    title: str
    width: int = 16
    money: bool = False
    total: bool = False
    decimals: int | None = None
    """None shows as many as a number has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: as many values in a row as columns; the first `frozen` columns stay in view."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 0
    header_lines: int | None = None
    """Lines of the header; None leaves its height to the program that opens the workbook, and not each sets one."""


@dataclass(frozen=True)
class Names:
    """Names as printed for this city."""

    dossier: CityDossier
    content: Content
    plan: Plan

    @cached_property
    def years(self) -> dict[int, int]:
        """Plan year -> calendar year."""
        return {year.number: year.calendar for year in self.plan.roadmap.years}

    def opd(self, function: str) -> str:
        """Return the city's own name of an agency, else its usual one."""
        agency = self.content.opd.get(function)
        return clean(self.dossier.city.opd.get(function) or (agency.short if agency is not None else function))

    def area(self, id: str) -> str:
        """Return the name of a dimension or readiness element."""
        return self.content.framework.area_name(id)

    def sub(self, program: PlannedProgram) -> str:
        """Return the name of the sub-dimension of a programme."""
        return self.content.framework.sub_name(program.dimension, program.subdimension)

    def detail(self, program: PlannedProgram) -> str | None:
        """Return what stands in a programme's way, by its name: an agency, a prerequisite, or the city's own words."""
        detail = program.why.detail if program.why is not None else ""
        other = self.plan.program(detail) if detail else None
        if other is not None:
            return clean(f"{other.code} {other.name}".strip())
        named = self.content.programs.get(detail)
        if named is not None:
            return clean(named.name)
        return (self.opd(detail) if detail in self.content.opd else clean(detail)) or None

    def fund(self, id: str) -> str:
        """Return the name of a fund."""
        fund = self.content.planning.funds.get(id)
        return fund.name if fund is not None else id


def lines(items: Iterable[str]) -> str:
    """Return items as the lines of one cell."""
    return "\n".join(items)
