"""Tables of money: budgets by dimension, agency and fund, and what does not fit."""

from __future__ import annotations

from generator.compose.tables.bench import (
    MILLION,
    RIGHT,
    Bench,
    cell,
    columns,
    data_table,
    figure_head,
    header,
    reasons,
    row,
    strong,
)
from generator.compose.typography import number
from generator.model.document import Table
from generator.model.plan import PLAN_YEARS, BudgetTable


def millions(bench: Bench, amount: int) -> str:
    """Return rupiah in millions, as tables of money print them: with a decimal only where some sum of the plan has one.

    All tables of a book show the same places, so that columns line up and sums can be checked.
    """
    return number(amount / MILLION, 0 if bench.whole_millions else 1, fixed=True)


def _budget(bench: Bench, table: BudgetTable, names: dict[str, str], label: str, key: str, title: str) -> Table | None:
    years = [year for year in bench.plan.roadmap.years if year.number in PLAN_YEARS]
    rows = [
        row(
            cell(names.get(item.key, item.key), header=True),
            *(cell(millions(bench, item.years.get(year.number, 0)), align=RIGHT) for year in years),
            cell(strong(millions(bench, item.total)), align=RIGHT),
            key=item.key,
        )
        for item in table.rows
    ]
    if rows:
        total = table.total
        rows.append(
            row(
                cell("Jumlah", header=True),
                *(cell(millions(bench, total.years.get(year.number, 0)), align=RIGHT) for year in years),
                cell(millions(bench, total.total), align=RIGHT),
                total=True,
            )
        )
    return data_table(
        f"tbl-anggaran-{key}",
        header(
            label,
            *(cell(str(year.calendar), header=True, align=RIGHT) for year in years),
            figure_head("Jumlah"),
        ),
        columns(2.6, *((1.1, RIGHT) for _ in years), (1.2, RIGHT)),
        rows,
        f"{title} (juta rupiah)",
        bench.planning_source(),
        look="matrix",
    )


def budget_dimension(bench: Bench) -> Table | None:
    """Return the budget by year and dimension."""
    names = {area.id: area.name for area in (*bench.dimensions, *bench.readiness)}
    return _budget(
        bench, bench.plan.budgets.dimension, names, "Dimensi", "dimensi", "Anggaran menurut dimensi dan tahun"
    )


def budget_opd(bench: Bench) -> Table | None:
    """Return the budget by year and agency."""
    names = {item.key: bench.speaker.opd_short(item.key) for item in bench.plan.budgets.opd.rows}
    return _budget(
        bench, bench.plan.budgets.opd, names, "Perangkat daerah", "opd", "Anggaran menurut perangkat daerah dan tahun"
    )


def budget_fund(bench: Bench) -> Table | None:
    """Return the budget by year and source of funds."""
    names = {key: fund.name for key, fund in bench.content.planning.funds.items()}
    return _budget(
        bench, bench.plan.budgets.fund, names, "Sumber dana", "dana", "Anggaran menurut sumber dana dan tahun"
    )


def unfunded(bench: Bench) -> Table | None:
    """Return what does not fit, with the reason; nothing is dropped."""
    rows = [
        row(
            cell(view.code or "–", header=True),
            view.name,
            cell(millions(bench, planned.first_five.planned), align=RIGHT),
            view.why_not,
            key=planned.id,
        )
        for planned in bench.plan.unfunded
        for view in (bench.viewing.program(planned),)
    ]
    return data_table(
        "tbl-belum-didanai",
        header("Kode", "Program", figure_head("Juta rupiah"), "Sebab"),
        columns(0.6, 3.4, (0.9, RIGHT), 3.2),
        rows,
        "Program yang belum tertampung dan sebabnya",
        bench.planning_source(),
        look="matrix",
        because=reasons(f"program:{planned.id}" for planned in bench.plan.unfunded),
    )
