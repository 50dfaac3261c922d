"""What every table is made with: the views, the voice of the city, and builders for cells, rows and captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.compose.said import Speaker
from generator.compose.tokens import Blocks, Told
from generator.compose.typography import long_date
from generator.compose.viewing.alignment import AlignmentViewing
from generator.compose.viewing.mentoring import MentoringViewing
from generator.compose.viewing.plan import PlanViewing
from generator.compose.viewing.programs import Viewing
from generator.compose.viewing.region import RegionViewing
from generator.compose.viewing.scores import level_word
from generator.compose.views.areas import AreaView, SubView
from generator.compose.views.programs import KpiView
from generator.model.content import CityDossier, Content
from generator.model.document import (
    Align,
    Block,
    Caption,
    CaptionKind,
    Cell,
    Citation,
    Column,
    Inline,
    Row,
    Strong,
    Table,
    Text,
)
from generator.model.plan import Plan

Value = Told | str | Inline | Sequence["Told | str | Inline"]
Look = str
MILLION = 1_000_000
RIGHT: Align = "right"
CENTER: Align = "center"


@dataclass(frozen=True, slots=True)
class Bench:
    """One city's materials for tables and charts."""

    speaker: Speaker
    viewing: Viewing
    region: RegionViewing
    whole: PlanViewing
    guidance: MentoringViewing
    outside: AlignmentViewing
    dimensions: tuple[AreaView, ...]
    readiness: tuple[AreaView, ...]
    whole_millions: bool = False
    """Whether every planned sum is a whole number of millions of rupiah."""

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.speaker.plan

    @property
    def content(self) -> Content:
        """The content."""
        return self.speaker.content

    @property
    def dossier(self) -> CityDossier:
        """What the city handed in."""
        return self.speaker.dossier

    def area(self, name: str) -> AreaView | None:
        """Return a dimension or element by id."""
        return next((area for area in (*self.dimensions, *self.readiness) if area.id == name), None)

    def sub(self, name: str) -> SubView | None:
        """Return a sub-dimension or component by id or 'dimension/sub'."""
        for area in (*self.dimensions, *self.readiness):
            for sub in area.subs:
                if name in (sub.id, f"{area.id}/{sub.id}"):
                    return sub
        return None

    def cite(self, *texts: str) -> tuple[Inline, ...]:
        """Return 'Sumber: … [n]' for the line under a table."""
        runs: list[Inline] = [Text("Sumber: ")]
        for index, text in enumerate(texts):
            if index:
                runs.append(Text("; "))
            runs.extend((Text(f"{text} "), Citation(self.speaker.sources.cite(text))))
        runs.append(Text("."))
        return tuple(runs)

    def assessment_source(self) -> tuple[Inline, ...]:
        """Return the source line of everything that rests on the assessment."""
        assessment = self.dossier.assessment
        note = "DATA CONTOH, bukan penilaian resmi" if assessment.status == "sample" else "penilaian kesiapan"
        return (Text(f"Sumber: penilaian per {long_date(assessment.date)} ({note}); diolah."),)

    def planning_source(self) -> tuple[Inline, ...]:
        """Return the source line of everything that planning reckons."""
        return (Text("Sumber: perhitungan penyusun dari katalog program dan data daerah; belum menjadi RKA."),)


def inlines(value: Value) -> tuple[Inline, ...]:
    """Return the runs of anything that may stand in a cell."""
    match value:
        case Told():
            return value.inlines
        case str():
            return (Text(value),) if value else ()
        case list() | tuple():
            return tuple(run for part in value for run in inlines(part))
        case _:
            return (value,)  # type: ignore[return-value]


def cell(
    value: Value,
    *,
    level: int | None = None,
    tone: str | None = None,
    colspan: int = 1,
    rowspan: int = 1,
    header: bool = False,
    align: Align | None = None,
) -> Cell:
    """Return a cell of one paragraph."""
    return Cell((inlines(value),), level, tone, colspan, rowspan, header, align)


def stacked(values: Iterable[Value], *, tone: str | None = None, header: bool = False) -> Cell:
    """Return a cell of several paragraphs; a dash where there are none."""
    paragraphs = tuple(inlines(value) for value in values)
    return Cell(paragraphs or ((Text("–"),),), tone=tone, header=header)


def aim(kpi: KpiView) -> list[Told | str | Inline]:
    """Return a KPI with its target as a narrow cell says it: 'Level pengelolaan: 0 (2025) → level 4 (2036)'.

    A baseline that is not known is left out: the table of KPIs asks for it, once.
    """
    start: list[Told | str | Inline] = [kpi.baseline, " → "] if kpi.has_baseline else []
    late: list[Told | str | Inline] = [" (", kpi.last_year, ")"] if kpi.is_late else []
    return [kpi.kpi, ": ", *start, kpi.last_target, *late]


def strong(value: Value) -> tuple[Inline, ...]:
    """Return runs of weight."""
    return (Strong(inlines(value)),)


def row(*values: Value | Cell, total: bool = False, key: str = "") -> Row:
    """Return a row of cells or values."""
    return Row(tuple(value if isinstance(value, Cell) else cell(value) for value in values), total, key)


def header(*titles: str | Cell) -> Row:
    """Return a header row."""
    return Row(tuple(title if isinstance(title, Cell) else cell(title, header=True) for title in titles))


def figure_head(title: str) -> Cell:
    """Return the header cell of a column of figures: set to the right, as they are."""
    return cell(title, header=True, align=RIGHT)


def columns(*specs: tuple[float, Align] | float) -> tuple[Column, ...]:
    """Return columns from weights, left-aligned unless said."""
    return tuple(Column(spec[1], spec[0]) if isinstance(spec, tuple) else Column("left", spec) for spec in specs)


def caption(text: str, kind: CaptionKind = "Tabel") -> Caption:
    """Return a caption to be numbered."""
    return Caption(kind, (Text(text),))


def reasons(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return ids of what a block states, once each."""
    return tuple(dict.fromkeys(reason for group in groups for reason in group))


def one(block: Block | None) -> Blocks:
    """Return a block to be put into a template, or nothing."""
    return Blocks((block,) if block is not None else ())


def level_of(told: Told) -> int | None:
    """Return the level that shades a cell, None for a fill-in."""
    return level_word(told.raw) if isinstance(told.raw, int | float) else None


def data_table(
    name: str,
    heads: Row | tuple[Row, ...],
    widths: tuple[Column, ...],
    rows: Sequence[Row],
    title: str,
    source: tuple[Inline, ...] = (),
    *,
    look: str = "data",
    because: tuple[str, ...] = (),
) -> Table | None:
    """Return a captioned table, or None where it would have no rows: an empty table never reaches a page."""
    if not rows:
        return None
    return Table(
        id=name,
        because=because,
        columns=widths,
        header=(heads,) if isinstance(heads, Row) else heads,
        body=tuple(rows),
        caption=caption(title) if title else None,
        source=source,
        look=look,  # type: ignore[arg-type]
    )
