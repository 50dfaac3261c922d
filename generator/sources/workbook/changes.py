"""Statements to proposed changes: what the city changed against what it was sent, checked against the content.

Three values are compared: what stood in the form when it was made, what stands there now, and what the files hold
today. A cell that was not touched changes nothing, also where the files have moved on; a cell that both sides changed
is refused, so that nobody's work is lost unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Diagnostic, Place
from generator.model.form import ALWAYS, NEEDS, TABLES, Address, Change, Reads, TableId, Value, canonical
from generator.sources.city_checks import FIRST_YEAR, unit_range
from generator.sources.workbook.cells import RefusedError, Taken, is_blank, read_cell, read_yes_no, tidy, told
from generator.sources.workbook.grid import read_workbook
from generator.sources.workbook.items import known_ids
from generator.sources.workbook.known import choices, known_values
from generator.sources.workbook.package import ContainerError
from generator.sources.workbook.reading import Reading, Statement
from generator.sources.workbook.tables import read_tables, rows_of

ROW_NEEDS: Mapping[TableId, tuple[str, ...]] = {
    "facts": ("value", "source"),
    "programs": ("name", "place", "kind", "lead"),
    "overrides": ("action", "reason"),
    "missions": ("text",),
    "documents": ("name",),
}
"""Table -> what a row of it needs where anything of it is filled in."""
OF_FIGURE = ("year", "source", "evidence", "link", "series")
"""Columns that say of a figure when, whence and how well."""
PERCENT = ("%", "persen")
JUMP = 8
"""Factor from which on a change of a figure looks like a slip of the decimal sign."""
_OWN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """What a form or table changes in a city, and what could not be taken."""

    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    cells: int = 0
    """Cells with a value that were read."""


def read_form(data: bytes, file: str, dossier: CityDossier, content: Content) -> FormReading:
    """Return what a workbook changes in a city; `file` names it in places. Never raises (MP701-MP716)."""
    reading = Reading(content=content)
    try:
        book = read_workbook(data, file)
    except ContainerError as fault:
        reading.error(fault.code, file, fault.reason, fault.hint)
        return FormReading(diagnostics=tuple(reading.found.found))
    if book.left_out:
        words = ", ".join(book.left_out)
        reading.found.info("MP715", Place(file), f"the file holds {words}: not opened, only stored values are read")
    reading.hides_errors = book.kind == "xls"
    read_tables(book.grids, reading)
    if not reading.tables:
        reading.error("MP704", file, "no sheet of the form was found", "fill in the file that 'masterplan form' writes")
        return FormReading(diagnostics=tuple(reading.found.found))
    if reading.city.code and reading.city.code != dossier.city.code:
        message = f"the form was made for region {reading.city.code}, not for {dossier.city.code}: nothing is read"
        reading.error("MP704", file, message, "name the city whose form it is")
        return FormReading(diagnostics=tuple(reading.found.found))
    _missing_rows(reading, file)
    return propose(reading, dossier)


def _missing_rows(reading: Reading, file: str) -> None:
    sent = {(address.table, address.row) for address in reading.city.base or ()}
    gone = [key for key in sent if key not in reading.rows]
    if gone:
        some = ", ".join(sorted(row for _, row in gone)[:5]) + (", …" if len(gone) > 5 else "")
        reading.found.info("MP716", Place(file), f"{len(gone)} filled rows are gone from the form ({some}): kept as is")


def propose(reading: Reading, dossier: CityDossier) -> FormReading:
    """Return the changes that the statements ask for, in their order (MP705-MP711)."""
    proposing = _Proposing(reading, dossier)
    for (table, row), statements in rows_of(reading.statements):
        proposing.row(table, row, statements)
    proposing.complete()
    cells = sum(1 for item in reading.statements if not is_blank(item.raw))
    return FormReading(changes=tuple(proposing.changes.values()), diagnostics=tuple(reading.found.found), cells=cells)


@dataclass(slots=True)
class _Proposing:
    reading: Reading
    dossier: CityDossier
    changes: dict[Address, Change] = field(default_factory=dict)
    known: dict[Address, Value] = field(init=False)
    lists: dict[Reads, dict[str, str]] = field(init=False)
    last_year: int = field(init=False)

    def __post_init__(self) -> None:
        self.known = known_values(self.dossier)
        self.lists = choices(self.reading.content, self.dossier.city)
        self.last_year = max(self.dossier.assessment.date.year, self.dossier.city.date.year)

    @property
    def content(self) -> Content:
        """Content of the workspace."""
        return self.reading.content

    def row(self, table: TableId, row: str, statements: list[Statement]) -> None:
        """Propose what the cells of one row change."""
        if TABLES[table].adds and not self._row_may_be(table, row, statements):
            return
        for item in statements:
            change = self._cell(item)
            if change is not None:
                self.changes[item.address] = change

    def _cell(self, item: Statement) -> Change | None:
        base = self.reading.city.base
        old = self.known.get(item.address)
        was = None if base is None else base.get(item.address, "")
        if was is not None and isinstance(item.raw, str) and tidy(item.raw) == tidy(was):
            return None
        try:
            taken = self._read(item)
            if was is not None and canonical(taken.value) == tidy(was):
                return None
            if tidy(canonical(taken.value)) == tidy(canonical(old)) or (taken.value is None and was is None):
                return None
            if was is not None and tidy(canonical(old)) != tidy(was):
                self._both(item, old, taken.value)
                return None
            self._check(item, taken.value)
        except RefusedError as fault:
            self.reading.refused.add(item.address)
            self.reading.error("MP705", item.place, f"{self._label(item.address)}: {fault.reason}", fault.hint)
            return None
        remark = taken.remark
        if taken.value is None and self.reading.hides_errors:
            remark = remark or "the cell is empty, or a formula ends in an error; the value is withdrawn"
        if remark:
            self.reading.found.warning("MP709", Place(item.place), f"{self._label(item.address)}: {remark}")
        return Change(address=item.address, label=self._label(item.address), old=old, new=taken.value, place=item.place)

    def _both(self, item: Statement, old: Value, new: Value) -> None:
        label = self._label(item.address)
        self.reading.refused.add(item.address)
        message = f"{label}: the file says {told_value(old)} by now, the form {told_value(new)}: not taken"
        self.reading.error("MP708", item.place, message, "decide, and write it into the file or a new form")

    def _read(self, item: Statement) -> Taken:
        if item.percent and isinstance(item.raw, int | float) and self._is_percent(item):
            whole = round(item.raw * 100, 10)
            taken = self._read(replace(item, raw=whole, percent=False))
            return Taken(taken.value, f"the cell shows per cent: {item.raw:g} is read as {whole:g} %")
        if item.reads != "fact":
            return read_cell(item.raw, item.reads, self.lists)
        kind = self.content.facts[item.address.row].kind
        if kind == "yes-no" and not is_blank(item.raw):
            return read_yes_no(item.raw)
        return read_cell(item.raw, "number" if kind == "number" else "text", self.lists)

    def _is_percent(self, item: Statement) -> bool:
        table, row, column = item.address
        if item.reads == "share" or column != "value":
            return item.reads == "share"
        unit = self.content.facts[row].unit if table == "facts" else self.content.indicators[row].unit
        return unit.strip() in PERCENT

    def _label(self, address: Address) -> str:
        if address.table in ("cover", "identity"):
            return address.row
        column = TABLES[address.table].column(address.column)
        return f"{address.row}, {column.title if column is not None else address.column}"

    # --- what fits ---------------------------------------------------------------------------------------------------

    def _check(self, item: Statement, value: Value) -> None:
        table, row, column = item.address
        if value is None:
            if table in ("cover", "identity") and row in ALWAYS:
                raise RefusedError("it cannot be empty", "write the new value")
            return
        if item.reads == "year":
            self._check_year(item, value)
        if table == "answers" and column == "value":
            indicator = self.content.indicators[row]
            if indicator.thresholds is None:
                raise RefusedError("the indicator is judged by its rubric, a figure says nothing", "choose a level 0-4")
            self._in_unit(item, value, indicator.unit)
        if table == "facts" and column == "value":
            self._in_unit(item, value, self.content.facts[row].unit)
        if table == "facts" and column == "series" and isinstance(value, tuple):
            for year, figure in value:
                self._check_year(item, year)
                self._in_unit(item, figure, self.content.facts[row].unit)
        if item.reads == "whole" and not (isinstance(value, int) and 1 <= value <= 30):
            raise RefusedError(f"{told_value(value)} is not within 1-30")

    def _check_year(self, item: Statement, value: Value) -> None:
        ahead = 40 if item.address.table == "identity" else 0
        if isinstance(value, int) and not FIRST_YEAR <= value <= self.last_year + ahead:
            raise RefusedError(f"the year {value} lies outside of {FIRST_YEAR}-{self.last_year + ahead}")

    def _in_unit(self, item: Statement, value: Value, unit: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return
        low, high = unit_range(unit)
        if (low is not None and value < low) or (high is not None and value > high):
            raise RefusedError(f"{value:g} lies outside of {low:g}-{high:g} ({unit})", "check unit and decimal sign")
        if unit.strip() in PERCENT and 0 < value <= 1 and not item.percent:
            message = f"{self._label(item.address)}: {value:g} is taken as {value:g} %, not as {value * 100:g} %"
            self.reading.found.warning("MP709", Place(item.place), message, "correct it if a share was meant")
        old = self.known.get(item.address)
        if isinstance(old, int | float) and old > 0 and value > 0 and not 1 / JUMP < value / old < JUMP:
            message = f"{self._label(item.address)}: {value:g} is far from the {old:g} of before"
            self.reading.found.warning("MP709", Place(item.place), message, "check the decimal sign")
        if value < 0:
            self.reading.found.warning(
                "MP709", Place(item.place), f"{self._label(item.address)}: {value:g} is negative", "check the sign"
            )

    # --- what belongs together ---------------------------------------------------------------------------------------

    def _row_may_be(self, table: TableId, row: str, statements: list[Statement]) -> bool:
        """Report a row with an id that it cannot have."""
        known = any(address[:2] == (table, row) for address in self.known)
        if known:
            return True
        of_catalogue = table == "programs" and row in self.content.programs
        if not of_catalogue and _OWN_ID.fullmatch(row):
            return True
        reason = "is a programme of the catalogue" if of_catalogue else "cannot be the id of a new row"
        place = statements[0].place if statements else ""
        self.reading.error("MP706", place, f"'{told(row)}' {reason}: the row is not read", "empty the hidden id cell")
        return False

    def complete(self) -> None:
        """Take back changes that would leave something half: a figure without source, a source without its figure."""
        self._hold_back()
        for group in self._groups():
            changed = [address for address in group.members if address in self.changes]
            if not changed:
                continue
            after = {address: self._after(address) for address in group.members}
            absent = [address for address in group.needed if after.get(address) is None]
            if absent and any(value is not None for value in after.values()):
                self._take_back(changed, absent)

    def _hold_back(self) -> None:
        """Keep year and source of a refused figure from being put to the old one."""
        rows = {item[:2]: item for item in self.reading.refused if item.column in ("level", "value")}
        for address in [item for item in self.changes if item[:2] in rows and item.column in OF_FIGURE]:
            if address.table in ("answers", "facts"):
                change = self.changes.pop(address)
                message = f"{change.label}: {told_value(change.new)} belongs to a figure that was refused: not taken"
                self.reading.error("MP711", change.place, message, "correct the figure")

    def _after(self, address: Address) -> Value:
        return self.changes[address].new if address in self.changes else self.known.get(address)

    def _take_back(self, changed: list[Address], absent: list[Address]) -> None:
        names = ", ".join(address.row if address.column == "value" and address.table == "identity" else
                          self._title(address) for address in absent)  # fmt: skip
        for address in changed:
            change = self.changes.pop(address)
            message = f"{change.label}: {told_value(change.new)} is not taken without {names}"
            self.reading.error("MP711", change.place, message, "fill in the rest of the row, or empty all of it")

    def _title(self, address: Address) -> str:
        column = TABLES[address.table].column(address.column)
        return f"'{column.title}'" if column is not None else address.column

    def _groups(self) -> Iterable[_Group]:
        rows: dict[tuple[TableId, str], list[Address]] = {}
        for address in chain(self.known, self.changes):
            if address.table in ROW_NEEDS:
                members = rows.setdefault((address.table, address.row), [])
                if address not in members:
                    members.append(address)
        for (table, row), members in rows.items():
            yield _Group(tuple(members), tuple(Address(table, row, key) for key in ROW_NEEDS[table]))
        identity = known_ids("identity", self.content)
        for group, keys in NEEDS.items():
            head = ".".join(group) + "."
            inside = tuple(Address("identity", id, "value") for id in identity if id.startswith(head))
            yield _Group(inside, tuple(Address("identity", head + key, "value") for key in keys))


@dataclass(frozen=True, slots=True)
class _Group:
    """Cells that stand or fall together, and those of them that may not be empty where any is filled."""

    members: tuple[Address, ...]
    needed: tuple[Address, ...]


def told_value(value: Value) -> str:
    """Return a value for a table of changes: '—' where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = canonical(value).replace(";", "; ").replace("=", ": ") if isinstance(value, tuple) else canonical(value)
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
