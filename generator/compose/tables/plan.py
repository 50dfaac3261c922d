"""Tables of the plan: strategy, goals, action plan, programme sheets, Gantt, horizons, matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.compose.tables.analysis import score_cell
from generator.compose.tables.bench import (
    CENTER,
    RIGHT,
    Bench,
    Value,
    aim,
    cell,
    columns,
    data_table,
    figure_head,
    header,
    reasons,
    row,
    stacked,
    strong,
)
from generator.compose.tables.money import millions
from generator.compose.tokens import TemplateFaultError, Told
from generator.compose.typography import some
from generator.compose.viewing.years import calendar_year
from generator.compose.views.programs import ProgramView
from generator.model.document import Cell, Inline, Row, Table, Text
from generator.model.plan import PLAN_YEARS, PlannedProgram

_BAR = "■"
_SHEET_YEARS = (1, 3, 5, 10)
_SHOWN = 3
"""Programmes of a horizon that the book shows; the workbook has all."""


def _because(programs: Iterable[ProgramView]) -> tuple[str, ...]:
    return reasons(f"program:{view.id}" for view in programs)


def strategy(bench: Bench, dimension: str) -> Table | None:
    """Return a dimension's strategy: sub-dimension, where it stands, what shows success, by which programmes."""
    area = bench.area(dimension)
    if area is None:
        raise TemplateFaultError(f"no dimension '{dimension}'")
    rows = []
    for sub in area.subs:
        kpis = [kpi for view in sub.programs for kpi in view.main_kpi][:2]
        rows.append(
            row(
                cell(sub.name, header=True),
                score_cell(sub.score),
                stacked([aim(kpi) for kpi in kpis]),
                ", ".join(view.code for view in sub.programs) or "–",
                key=sub.id,
            )
        )
    return data_table(
        f"tbl-strategi-{area.id}",
        header(
            "Subdimensi",
            figure_head("Nilai awal"),
            "Ukuran keberhasilan",
            "Program",
        ),
        columns(1.4, (0.7, RIGHT), 4.6, 1.5),
        rows,
        f"Strategi {area.name}",
        bench.planning_source(),
        look="matrix",
        because=_because(area.programs),
    )


def goals(bench: Bench) -> Table | None:
    """Return the goals: dimension with its goal, sub-dimension, where it stands, the state to be reached."""
    rows = []
    for area in bench.dimensions:
        for index, sub in enumerate(area.subs):
            first = (
                (Cell((strong(area.name), (Text(f"{area.goal}."),)), rowspan=len(area.subs), header=True),)
                if index == 0
                else ()
            )
            rows.append(Row((*first, cell(sub.name), score_cell(sub.score), cell(sub.ideal or "–")), key=sub.id))
    return data_table(
        "tbl-sasaran",
        header("Dimensi dan tujuan", "Subdimensi", figure_head("Nilai awal"), "Sasaran"),
        columns(2, 1.3, (0.7, RIGHT), 3.4),
        rows,
        "Tujuan dan sasaran smart city",
        bench.assessment_source(),
        look="matrix",
        because=reasons(f"score:{area.id}" for area in bench.dimensions),
    )


def actions(bench: Bench, kind: str) -> Table | None:
    """Return the action plan of one kind of programme."""
    kinds = bench.content.framework.kinds
    if kind not in kinds:
        raise TemplateFaultError(f"no kind of programme '{kind}'", f"known kinds: {', '.join(kinds)}")
    chosen = [planned for planned in bench.plan.scheduled if planned.kind == kind]
    return program_list(bench, chosen, f"rencana-{kind}", f"Rencana aksi: {kinds[kind].lower()}")


def first_year(bench: Bench) -> Table | None:
    """Return the programmes that start in year 1."""
    chosen = [planned for planned in bench.plan.scheduled if planned.start == 1]
    title = f"Program yang dimulai pada {calendar_year(bench.plan, 1)} (kebutuhan lima tahun)"
    return program_list(bench, chosen, "program-mulai", title)


def program_list(bench: Bench, chosen: Sequence[PlannedProgram], name: str, title: str) -> Table | None:
    """Return programmes with agency, years and five-year money, and their sum; the matrix has years and funds."""
    views = [bench.viewing.program(planned) for planned in chosen]
    rows = [
        row(
            cell(view.code, header=True),
            stacked([view.name]),
            view.agency,
            cell(view.calendar, align=CENTER),
            cell(millions(bench, planned.first_five.planned), align=RIGHT),
            key=planned.id,
        )
        for planned, view in zip(chosen, views, strict=True)
    ]
    if rows:
        total = sum(planned.first_five.planned for planned in chosen)
        rows.append(row(cell("Jumlah", colspan=4, header=True), cell(millions(bench, total), align=RIGHT), total=True))
    return data_table(
        f"tbl-{name}",
        header(
            "Kode",
            "Program",
            "Penanggung jawab",
            cell("Waktu", header=True, align=CENTER),
            figure_head("Juta rupiah"),
        ),
        columns(0.7, 4.6, 2, (1.1, CENTER), (1, RIGHT)),
        rows,
        title,
        bench.planning_source(),
        look="matrix",
        because=_because(views),
    )


def sheet(bench: Bench, name: str) -> Table | None:
    """Return the sheet of one programme: the same thing at the same place for every programme."""
    planned = bench.plan.program(name)
    if planned is None:
        raise TemplateFaultError(f"no programme '{name}' in the plan")
    view = bench.viewing.program(planned)
    kpis: list[Value] = [
        [
            f"{kpi.kind}: ",
            kpi.kpi,
            f" ({kpi.unit}), " if kpi.unit else ", ",
            kpi.baseline,
            " → ",
            *_targets(kpi.targets),
        ]
        for kpi in view.kpis[:3]
    ]
    activities: list[Value] = [
        [*strong(f"{label[0].upper()}{label[1:]}: "), *_semicolons(items)] for label, items in view.activities
    ]
    risks: list[Value] = [[risk, " → ", answer] for risk, _, _, answer in view.risks[:1]]
    reason: list[Value] = [[finding.title] for finding in view.findings[:3]]
    if view.needed_by:
        reason.append(f"Prasyarat bagi {some(view.needed_by)}")
    reason = reason or ["Program daerah sendiri" if view.is_own else "Prasyarat program yang belum tertampung"]
    rows = [
        row(cell(strong([f"{view.code} ", view.name]), colspan=4, tone="accent", header=True)),
        _line("Tujuan", [view.aim, " ", view.description]),
        row(
            cell("Alasan", header=True),
            stacked(reason),
            cell("Waktu", header=True),
            [view.years, f" ({view.calendar})"],
        ),
        row(
            cell("Pelaksana", header=True),
            [view.lead, "; pendukung: ", view.support],
            cell("Anggaran", header=True),
            [view.budget, " dalam lima tahun (", view.range, "); ", view.funds],
        ),
        Row((cell("Kegiatan", header=True), _wide(activities))),
        Row((cell("Indikator", header=True), _wide(kpis))),
        Row((cell("Risiko", header=True), _wide(risks))),
    ]
    return Table(
        id=f"tbl-program-{planned.id}",
        because=(f"program:{planned.id}", *reasons(f"finding:{name}" for name in planned.findings)),
        columns=columns(0.9, 3, 0.9, 2.4),
        header=(),
        body=tuple(rows),
        look="sheet",
    )


def _wide(values: list[Value]) -> Cell:
    return replace(stacked(values), colspan=3)


def _line(label: str, value: Value) -> Row:
    return Row((cell(label, header=True), cell(value, colspan=3)))


def _semicolons(items: tuple[Told, ...]) -> list[Told | str | Inline]:
    parts: list[Told | str | Inline] = []
    for index, item in enumerate(items):
        parts.extend(["; ", item] if index else [item])
    return parts


def _targets(targets: tuple[tuple[int, Told], ...]) -> list[Told | str | Inline]:
    """Return the targets of the years that a sheet has room for; the table of KPIs has all of them."""
    parts: list[Told | str | Inline] = []
    room = len(_SHEET_YEARS)
    shown = targets if len(targets) <= room else tuple(pair for pair in targets if pair[0] in _SHEET_YEARS)
    for index, (year, words) in enumerate(shown):
        parts.extend([", " if index else "", f"th-{year} ", words])
    return parts


def gantt(bench: Bench, dimension: str = "") -> Table | None:
    """Return the bars of scheduled programmes over years 1-5 and 6-10; bars are marked in words of the header too."""
    areas = [area.id for area in (*bench.dimensions, *bench.readiness)]
    chosen = [planned for planned in bench.plan.scheduled if not dimension or planned.dimension == dimension]
    chosen.sort(key=lambda planned: (areas.index(planned.dimension), planned.code))
    years = [year for year in bench.plan.roadmap.years if year.number in PLAN_YEARS]
    last = calendar_year(bench.plan, 10)
    rows = [
        Row(
            (
                cell(planned.code, header=True),
                cell(planned.name),
                *(_bar(planned, year.number, year.number) for year in years),
                _bar(planned, PLAN_YEARS[-1] + 1, 10),
            ),
            key=planned.id,
        )
        for planned in chosen
    ]
    area = bench.area(dimension) if dimension else None
    title = f"Peta jalan {area.name}" if area else "Peta jalan program menurut tahun"
    return data_table(
        f"tbl-gantt-{dimension or 'semua'}",
        header(
            "Kode",
            "Program",
            *(cell(str(year.calendar), header=True, align=CENTER) for year in years),
            cell(f"{years[-1].calendar + 1}–{last}", header=True, align=CENTER),
        ),
        columns(0.6, 4.2, *((0.5, CENTER) for _ in years), (0.85, CENTER)),
        rows,
        f"{title} (■ pembangunan, ▪ operasional)",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{planned.id}" for planned in chosen),
    )


def _bar(planned: PlannedProgram, first: int, last: int) -> Cell:
    if planned.start is None or planned.end is None or last < planned.start:
        return cell("", align=CENTER)
    if first <= planned.end:
        return cell(_BAR, tone=planned.dimension, align=CENTER)
    return cell("▪", tone="muted", align=CENTER)


def horizons(bench: Bench) -> Table | None:
    """Return the roadmap in horizons: what starts in each, by dimension."""
    horizon_list = bench.content.framework.horizons
    rows = []
    for area in (*bench.dimensions, *bench.readiness):
        cells = []
        for horizon in horizon_list:
            names = [
                [f"{planned.code} {planned.name}"]
                for planned in bench.plan.scheduled
                if planned.dimension == area.id and planned.horizon == horizon.id
            ]
            shown = names[:_SHOWN]
            if len(names) > len(shown):
                shown.append([f"dan {len(names) - len(shown)} program lain"])
            cells.append(stacked(shown))
        if any(planned.dimension == area.id for planned in bench.plan.scheduled):
            rows.append(Row((cell(area.name, header=True), *cells), key=area.id))
    return data_table(
        "tbl-horizon",
        header("Dimensi", *(f"{horizon.name.capitalize()} ({horizon.years} tahun)" for horizon in horizon_list)),
        columns(1.2, *(2.0 for _ in horizon_list)),
        rows,
        "Peta jalan menurut jangka waktu selesainya pembangunan",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{planned.id}" for planned in bench.plan.scheduled),
    )


READINESS = "readiness"
"""Name of the table of all programmes that serve every dimension."""


def chosen_for(bench: Bench, name: str) -> tuple[list[PlannedProgram], str]:
    """Return the scheduled programmes of a dimension with its name, or those of all readiness elements together."""
    if name == READINESS:
        elements = {area.id for area in bench.readiness}
        return [planned for planned in bench.plan.scheduled if planned.dimension in elements], "program pendukung"
    area = bench.area(name)
    if area is None:
        raise TemplateFaultError(f"no dimension '{name}'")
    return [planned for planned in bench.plan.scheduled if planned.dimension == name], area.name


def matrix(bench: Bench, dimension: str) -> Table | None:
    """Return the action-plan matrix of a dimension, for a landscape page; the full one is the workbook.

    The column of the RPJMD is there once a programme states its link: the text asks for the others, once.
    """
    chosen, name = chosen_for(bench, dimension)
    linked = any(planned.rpjmd for planned in bench.plan.scheduled)
    years = [year for year in bench.plan.roadmap.years if year.number in PLAN_YEARS]
    rows = [_matrix_row(bench, planned, linked) for planned in chosen]
    if rows:
        sums = [
            sum(planned.budget[year.number].planned for planned in chosen if year.number in planned.budget)
            for year in years
        ]
        rows.append(
            row(
                cell("Jumlah", colspan=5 if linked else 4, header=True),
                *(cell(millions(bench, value), align=RIGHT) for value in sums),
                "",
                total=True,
            )
        )
    return data_table(
        f"tbl-matriks-{dimension}",
        header(
            "Kode",
            "Program dan subdimensi",
            "Indikator dan target",
            "Pelaksana",
            *(("Kaitan RPJMD",) if linked else ()),
            *(cell(str(year.calendar), header=True, align=RIGHT) for year in years),
            "Sumber dana",
        ),
        columns(0.6, 3.4, 3.4, 1.7, *((1.9,) if linked else ()), *((0.72, RIGHT) for _ in years), 1.2),
        rows,
        f"Matriks rencana aksi {name} (anggaran dalam juta rupiah)",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{planned.id}" for planned in chosen),
    )


def _matrix_row(bench: Bench, planned: PlannedProgram, linked: bool) -> Row:
    view = bench.viewing.program(planned)
    rpjmd = planned.rpjmd or bench.speaker.missing("program RPJMD", "planning", "programs.yaml")
    years = [year.number for year in bench.plan.roadmap.years if year.number in PLAN_YEARS]
    return row(
        cell(view.code, header=True),
        cell([*strong(view.name), f" ({view.subdimension})"]),
        stacked([aim(kpi) for kpi in view.main_kpi]),
        view.agency,
        *((rpjmd,) if linked else ()),
        *(cell(_money_of(bench, planned, year), align=RIGHT) for year in years),
        view.funds,
        key=planned.id,
    )


def _money_of(bench: Bench, planned: PlannedProgram, year: int) -> str:
    amount = planned.budget.get(year)
    return millions(bench, amount.planned) if amount is not None and amount.planned else "–"
