"""Budget tables of the scheduled programmes; all show the same sum, to the rupiah."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from generator.model.plan import PLAN_YEARS, BudgetRow, Budgets, BudgetTable, PlannedProgram

Share = tuple[str, Mapping[int, int], int]
"""Key of a row, planned rupiah by plan year, years 6-10 together."""


def budgets(programs: Sequence[PlannedProgram], order: Mapping[str, Sequence[str]]) -> Budgets:
    """Return the tables; `order` gives the order of keys for 'dimension', 'opd', 'fund' and 'kind'."""
    scheduled = [program for program in programs if program.status == "scheduled"]
    return Budgets(
        dimension=_table("dimension", scheduled, order["dimension"]),
        opd=_table("opd", scheduled, order["opd"]),
        fund=_table("fund", scheduled, order["fund"]),
        kind=_table("kind", scheduled, order["kind"]),
        low=sum(program.first_five.low for program in scheduled),
        high=sum(program.first_five.high for program in scheduled),
        unfunded=sum(program.first_five.planned for program in programs if program.status == "unfunded"),
    )


def _table(
    by: Literal["dimension", "opd", "fund", "kind"], programs: Iterable[PlannedProgram], order: Sequence[str]
) -> BudgetTable:
    years: dict[str, dict[int, int]] = {}
    later: dict[str, int] = {}
    count: dict[str, int] = {}
    whole = 0
    for program in programs:
        whole += 1
        for key, amounts, rest in _shares(by, program):
            row = years.setdefault(key, dict.fromkeys(PLAN_YEARS, 0))
            for year in PLAN_YEARS:
                row[year] += amounts.get(year, 0)
            later[key] = later.get(key, 0) + rest
            count[key] = count.get(key, 0) + 1
    place = {key: index for index, key in enumerate(order)}
    keys = sorted(years, key=lambda key: (place.get(key, len(place)), key))
    rows = tuple(
        BudgetRow(key=key, years=years[key], total=sum(years[key].values()), later=later[key], programs=count[key])
        for key in keys
    )
    sums = {year: sum(row.years[year] for row in rows) for year in PLAN_YEARS}
    total = BudgetRow(
        key="total",
        years=sums,
        total=sum(sums.values()),
        later=sum(row.later for row in rows),
        programs=whole,
    )
    return BudgetTable(by=by, rows=rows, total=total)


def _shares(by: Literal["dimension", "opd", "fund", "kind"], program: PlannedProgram) -> list[Share]:
    planned = {year: amount.planned for year, amount in program.budget.items()}
    match by:
        case "dimension":
            return [(program.dimension, planned, program.later.planned)]
        case "opd":
            return [(program.lead, planned, program.later.planned)]
        case "kind":
            return [(program.kind, planned, program.later.planned)]
        case "fund":
            return [(fund, years, program.funds_later.get(fund, 0)) for fund, years in program.funds.items()]
