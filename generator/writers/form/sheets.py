"""What stands on each sheet of the form, as plain values before any file format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.analysis.planning import first_year
from generator.compose.typography import number
from generator.model.city import Fact
from generator.model.content import CityDossier, Content
from generator.model.form import (
    BUDGET,
    COVER,
    IDENTITY,
    LEVELS,
    SEVERAL,
    TABLES,
    YES_NO,
    Address,
    Column,
    FormField,
    Reads,
    TableId,
    Value,
    budget_column,
)
from generator.model.framework import Dimension
from generator.model.instrument import FactKind, Indicator
from generator.sources.city_checks import unit_range
from generator.sources.workbook.known import choices, known_values

BLANK_PROGRAMS, BLANK_MISSIONS, BLANK_DOCUMENTS = 25, 10, 10
"""Empty rows for further ones."""
BUDGET_YEARS = 5
"""Years of the plan with a column of money; those from now until its first come before them."""
_KINDS = {"level": "penilaian", "survey": "survei", "value": "terukur"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: what is shown, and how it is read where it takes input (None: it only informs)."""

    shown: Value = None
    reads: Reads | None = None
    bounds: tuple[float | None, float | None] = (None, None)
    """Range of a figure, as its unit implies."""
    yes_no: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: hidden id, and cells by column key."""

    id: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet of the form."""

    table: TableId
    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    tone: str = ""
    """Colour of the tab, 'RRGGBB'; '' for none."""
    done: tuple[str, ...] = ()
    """Keys of the columns of which one is filled where a row is done; () where nothing is counted."""
    area: bool = False
    """Whether it belongs to the assessment itself."""


@dataclass(slots=True)
class Form:
    """All that the form shows of one city."""

    dossier: CityDossier
    content: Content
    known: Mapping[Address, Value] = field(init=False)
    lists: Mapping[Reads, Mapping[str, str]] = field(init=False)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = known_values(self.dossier)
        self.lists = choices(self.content, self.dossier.city)

    def sheets(self) -> tuple[FormSheet, ...]:
        """Return the sheets in their order, the cover first."""
        areas = [area for area in self.content.framework.areas if any(self._indicators(area))]
        return (
            self._fields("cover", "Petunjuk", COVER),
            self._fields("identity", "Identitas Daerah", IDENTITY),
            self._growing(
                "missions",
                "Misi Daerah",
                "Misi daerah dan dimensi yang mendukungnya",
                BLANK_MISSIONS,
                "Satu baris satu misi, dengan bunyi menurut RPJMD. Baris baru boleh ditambahkan di bawah.",
            ),
            self._growing(
                "documents",
                "Dokumen Perencanaan",
                "Dokumen perencanaan daerah",
                BLANK_DOCUMENTS,
                "Satu baris satu dokumen: sekurang-kurangnya RPJPD, RPJMD, dan RTRW, lalu dokumen lain yang "
                "mengarahkan kota cerdas.",
            ),
            self._facts(),
            *map(self._answers, areas),
            self._programs(),
            self._overrides(),
            self._opd(),
        )

    def _name(self, words: str) -> str:
        """Return the name of a sheet: 31 characters, none of those that spreadsheets refuse, each once."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", words).strip()[:31].strip() or "Lembar"
        name, count = plain, 2
        while name.casefold() in self.names:
            name, count = f"{plain[:27]} {count}", count + 1
        self.names.add(name.casefold())
        return name

    def shown(self, address: Address, reads: Reads) -> Value:
        """Return what a cell for input shows of a known value: words of choices, percent of shares."""
        value = self.known.get(address)
        if value is None:
            return None
        if reads in SEVERAL:
            return "; ".join(self.lists[reads].get(part, part) for part in str(value).split(", "))
        if reads in self.lists:
            return self.lists[reads].get(str(value), str(value))
        if reads == "share" and isinstance(value, int | float):
            return round(value * 100, 10)
        if isinstance(value, tuple):
            return "; ".join(f"{year}: {plain_number(figure)}" for year, figure in value)
        return YES_NO[value] if isinstance(value, bool) else value

    def _input(self, address: Address, column: Column) -> Cell:
        reads = column.reads
        return Cell(shown=self.shown(address, reads), reads=reads, help=column.help) if reads is not None else Cell()

    # --- single fields -----------------------------------------------------------------------------------------------

    def _fields(self, table: TableId, name: str, fields: tuple[FormField, ...]) -> FormSheet:
        rows = tuple(
            Row(
                id=item.id,
                cells={
                    "label": Cell(shown=item.label),
                    "value": Cell(
                        shown=self.shown(Address(table, item.id, "value"), item.reads), reads=item.reads, help=item.help
                    ),
                },
            )
            for item in fields
        )
        return FormSheet(
            table=table,
            name=self._name(name),
            title=f"Formulir Penilaian {self.dossier.city.full_name}" if table == "cover" else name,
            note="Lengkapi yang masih kosong dan perbaiki yang keliru.",
            columns=TABLES[table].columns,
            rows=rows,
            done=("value",) if table == "identity" else (),
        )

    # --- assessment --------------------------------------------------------------------------------------------------

    def _indicators(self, area: Dimension) -> Iterator[Indicator]:
        order = {part.id: place for place, part in enumerate(area.subdimensions)}
        inside = (item for item in self.content.indicators.values() if item.dimension == area.id)
        yield from sorted(inside, key=lambda item: order.get(item.subdimension, len(order)))

    def _answers(self, area: Dimension) -> FormSheet:
        parts = {part.id: part.name for part in area.subdimensions}
        table = TABLES["answers"]
        rows = []
        for item in self._indicators(area):
            cells = {
                "area": Cell(shown=f"{parts.get(item.subdimension, item.subdimension)} ({_KINDS[item.kind]})"),
                "name": Cell(shown=item.name),
                "definition": Cell(shown=item.definition),
                "unit": Cell(shown=item.unit if item.thresholds is not None else LEVELS),
                "documents": Cell(shown="\n".join(f"• {line}" for line in item.evidence)),
            }
            cells |= {f"rubric-{level}": Cell(shown=item.levels.get(level)) for level in range(5)}
            for column in table.columns:
                if column.reads is not None:
                    cells[column.key] = self._answer_cell(item, column)
            rows.append(Row(id=item.id, cells=cells))
        return FormSheet(
            table="answers",
            name=self._name(area.name),
            title=area.name + (f" ({area.local_name})" if area.local_name not in ("", area.name) else ""),
            note="Isi sel berwarna kuning. Pilih level dengan membaca uraian kelima level pada baris yang sama; "
            "indikator terukur diisi nilainya, levelnya dihitung.",
            columns=table.columns,
            rows=tuple(rows),
            tone=self.content.framework.look.tones.get(area.id, ""),
            done=("level", "value"),
            area=True,
        )

    def _answer_cell(self, item: Indicator, column: Column) -> Cell:
        cell = self._input(Address("answers", item.id, column.key), column)
        if column.key == "value":
            measured = item.thresholds is not None or cell.shown is not None
            return (
                Cell(shown=cell.shown, reads=cell.reads, bounds=unit_range(item.unit), help=cell.help)
                if measured
                else Cell()
            )
        if column.key == "level" and item.kind == "value":
            return Cell(
                shown=cell.shown,
                reads=cell.reads,
                help="Indikator terukur: isi nilainya. Level hanya bila nilai tidak ada.",
            )
        return cell

    # --- facts -------------------------------------------------------------------------------------------------------

    def _facts(self) -> FormSheet:
        table = TABLES["facts"]
        rows = []
        for kind in self.content.facts.values():
            cells = {
                "name": Cell(shown=kind.name),
                "known": Cell(shown=self._public(kind)),
                "unit": Cell(shown=kind.unit),
                "supplied_by": Cell(shown=", ".join(self._opd_name(name) for name in kind.supplied_by)),
            }
            for column in table.columns:
                if column.reads is not None:
                    cells[column.key] = self._input(Address("facts", kind.id, column.key), column)
            value = cells["value"]
            cells["value"] = Cell(
                shown=value.shown,
                reads="number" if kind.kind == "number" else "text",
                bounds=unit_range(kind.unit) if kind.kind == "number" else (None, None),
                yes_no=kind.kind == "yes-no",
                help=value.help,
            )
            rows.append(Row(id=kind.id, cells=cells))
        return FormSheet(
            table="facts",
            name=self._name("Data Profil"),
            title="Data profil daerah",
            note="Yang sudah diketahui dari data publik tidak perlu diisi lagi, kecuali ada angka yang lebih baru.",
            columns=table.columns,
            rows=tuple(rows),
            done=("known", "value"),
        )

    def _public(self, kind: FactKind) -> str:
        fact = self.dossier.facts.get(kind.id)
        if fact is None or kind.id in self.dossier.city.facts:
            return ""
        origin = (
            f"{fact.source}, {fact.year}"
            if fact.year is not None and str(fact.year) not in fact.source
            else fact.source
        )
        unit = "" if kind.unit in ("nilai", "") else f" {kind.unit}"
        return f"{_figure(fact, kind)}{unit} ({origin})"

    def _opd_name(self, function: str) -> str:
        return self.dossier.city.opd.get(function) or self.lists["opd"].get(function, function)

    # --- agencies and programmes -------------------------------------------------------------------------------------

    def _opd(self) -> FormSheet:
        table = TABLES["opd"]
        rows = tuple(
            Row(
                id=opd.id,
                cells={
                    "function": Cell(shown=opd.function),
                    "usual": Cell(shown=self.lists["opd"][opd.id]),
                    "name": self._input(Address("opd", opd.id, "name"), table.columns[-1]),
                },
            )
            for opd in self.content.opd.values()
        )
        return FormSheet(
            table="opd",
            name=self._name("Perangkat Daerah"),
            title="Perangkat daerah menurut urusan",
            note="Tulis nama resmi perangkat daerah yang menangani urusan itu. Satu perangkat boleh menangani beberapa "
            "urusan.",
            columns=table.columns,
            rows=rows,
            done=("name",),
        )

    def _growing(self, id: TableId, name: str, title: str, blank: int, note: str) -> FormSheet:
        """Return a table of what the city has told so far, with empty rows for more."""
        columns = TABLES[id].columns
        known = dict.fromkeys(address.row for address in self.known if address.table == id)
        rows = tuple(self._row(id, row, columns) for row in (*known, *("" for _ in range(blank))))
        return FormSheet(table=id, name=self._name(name), title=title, note=note, columns=columns, rows=rows)

    def _row(self, table: TableId, id: str, columns: tuple[Column, ...]) -> Row:
        taking = (column for column in columns if column.reads is not None)
        return Row(id=id, cells={column.key: self._input(Address(table, id, column.key), column) for column in taking})

    def _with_budgets(self, id: TableId) -> tuple[Column, ...]:
        """Return the columns of a table with its years; money stands before what is told about it at the end."""
        columns = TABLES[id].columns
        stated = {int(key[len(BUDGET) :]) for table, _, key in self.known if table == id and key.startswith(BUDGET)}
        years = sorted(stated | set(range(self.dossier.city.date.year, first_year(self.dossier) + BUDGET_YEARS)))
        return (*columns[:-3], *(budget_column(year) for year in years), *columns[-3:])

    def _programs(self) -> FormSheet:
        columns = self._with_budgets("programs")
        ids = [own.id for own in self.dossier.programs.programs if own.action == "add"]
        return FormSheet(
            table="programs",
            name=self._name("Program Berjalan"),
            title="Program dan kegiatan daerah yang sudah berjalan atau direncanakan",
            note="Satu baris satu program. Baris baru boleh ditambahkan di bawah.",
            columns=columns,
            rows=tuple(self._row("programs", id, columns) for id in (*ids, *("" for _ in range(BLANK_PROGRAMS)))),
        )

    def _overrides(self) -> FormSheet:
        columns = self._with_budgets("overrides")
        areas = {area.id: area.name for area in self.content.framework.areas}
        rows = []
        order = {id: place for place, id in enumerate(areas)}
        for program in sorted(self.content.programs.values(), key=lambda item: order.get(item.dimension, len(order))):
            row = self._row("overrides", program.id, columns)
            shown = {
                "area": Cell(shown=areas.get(program.dimension, program.dimension)),
                "name": Cell(shown=program.name),
                "usual_lead": Cell(shown=self._opd_name(program.lead)),
            }
            rows.append(Row(id=row.id, cells={**shown, **row.cells}))
        return FormSheet(
            table="overrides",
            name=self._name("Program Katalog"),
            title="Program katalog yang diubah atau tidak dipakai",
            note="Biarkan kosong bila program dipakai menurut katalog. Perubahan dan penolakan memerlukan alasan.",
            columns=columns,
            rows=tuple(rows),
        )


def plain_number(value: float) -> str:
    """Return a figure with a comma and all of its decimals, without points between thousands."""
    return (f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)).replace(".", ",")


def _figure(fact: Fact, kind: FactKind) -> str:
    if isinstance(fact.value, bool):
        return YES_NO[fact.value]
    return fact.value if isinstance(fact.value, str) else number(float(fact.value), kind.decimals)
