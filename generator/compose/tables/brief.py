"""Tables of the executive summary: each says on a part of a page what the other books say in a chapter."""

from __future__ import annotations

from generator.compose.tables.analysis import score_cell
from generator.compose.tables.bench import (
    RIGHT,
    Bench,
    Value,
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
from generator.model.document import Table
from generator.model.plan import PLAN_YEARS

_FIRST = 2
"""Programmes shown of each dimension."""


def strategy_brief(bench: Bench) -> Table | None:
    """Return dimensions with score, main gap, first programmes and money."""
    rows = []
    for area in bench.dimensions:
        first = sorted(area.programs, key=lambda view: str(view.start))[:_FIRST]
        gap: list[Value] = [finding.title for finding in area.top_gaps[:1]]
        rows.append(
            row(
                cell(strong(area.name), header=True),
                score_cell(area.score),
                stacked(gap),
                stacked([[f"{view.code} ", view.name, f" ({view.calendar})"] for view in first]),
                cell(area.count, align=RIGHT),
                cell(millions(bench, int(area.budget.raw)), align=RIGHT),
                key=area.id,
            )
        )
    return data_table(
        "tbl-ringkas-strategi",
        header(
            "Dimensi",
            figure_head("Nilai"),
            "Kesenjangan utama",
            "Langkah pertama",
            figure_head("Program"),
            figure_head("Juta rupiah"),
        ),
        columns(1.3, (0.6, RIGHT), 2.2, 3.2, (0.8, RIGHT), (1, RIGHT)),
        rows,
        "Strategi setiap dimensi",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"score:{area.id}" for area in bench.dimensions),
    )


def starts(bench: Bench) -> Table | None:
    """Return the years 1-5 with the number of programmes that start, the most urgent of them, and their money."""
    rows = []
    for year in bench.plan.roadmap.years:
        if year.number not in PLAN_YEARS:
            continue
        begun = sorted(
            (planned for planned in bench.plan.scheduled if planned.start == year.number), key=lambda item: item.rank
        )
        money = sum(
            planned.budget[year.number].planned for planned in bench.plan.scheduled if year.number in planned.budget
        )
        rows.append(
            row(
                cell(str(year.calendar), header=True),
                cell(str(len(begun)), align=RIGHT),
                next((f"{planned.code} {planned.name}" for planned in begun), "–"),
                cell(millions(bench, money), align=RIGHT),
            )
        )
    return data_table(
        "tbl-mulai",
        header(
            "Tahun",
            figure_head("Dimulai"),
            "Yang paling mendesak",
            figure_head("Kebutuhan (juta rupiah)"),
        ),
        columns(0.7, (0.8, RIGHT), 4.4, (1.3, RIGHT)),
        rows,
        "Program yang dimulai dan kebutuhan dana setiap tahun",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{planned.id}" for planned in bench.plan.scheduled),
    )
