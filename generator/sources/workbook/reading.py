"""What is read of a form or table: statements of cells with their addresses, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.content import Content
from generator.model.diagnostics import Collector, Place
from generator.model.form import Address, Column, FormCity, Reads, Table, TableId
from generator.sources.workbook.cells import Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A cell as it was filled in, and what it means."""

    address: Address
    reads: Reads
    raw: Raw
    place: str
    row_place: str = ""
    """The row in words, the same for all cells of a row."""
    percent: bool = False
    """Whether the cell shows its figure as per cent: it holds 0.8125 where 81,25 % is seen."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was read of a workbook or table so far."""

    content: Content
    found: Collector = field(default_factory=Collector)
    statements: list[Statement] = field(default_factory=list)
    city: FormCity = field(default_factory=FormCity)
    rows: dict[tuple[TableId, str], str] = field(default_factory=dict)
    """Table and id of each row that was read -> its place."""
    tables: set[TableId] = field(default_factory=set)
    hides_errors: bool = False
    """Whether errors of formulas look like empty cells, as they do in files of the old kind (.xls)."""
    refused: set[Address] = field(default_factory=set)
    """Cells that were filled in and cannot be taken."""
    strayed: dict[str, list[str]] = field(default_factory=dict)
    """Sheet -> places of rows whose hidden id is not that of their name."""
    altered: dict[str, list[str]] = field(default_factory=dict)
    """Sheet -> places of cells for reading whose words are not those of the form."""

    def error(self, code: str, place: str, message: str, hint: str | None = None) -> None:
        """Report a cell or row that cannot be taken."""
        self.found.error(code, Place(place), message, hint)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the headings of a sheet stand, and what each column is."""

    table: Table
    row: int
    columns: Mapping[int, Column]
    id_column: int | None
