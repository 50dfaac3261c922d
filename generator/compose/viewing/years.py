"""Plan years in words, and as years of the calendar."""

from __future__ import annotations

from generator.model.plan import PLAN_YEARS, Plan, PlannedProgram


def calendar_year(plan: Plan, plan_year: int) -> int:
    """Return the calendar year of a plan year."""
    years = {year.number: year.calendar for year in plan.roadmap.years}
    first = years[1]
    return years.get(plan_year, first + plan_year - 1)


def year_label(plan: Plan, plan_year: int) -> str:
    """Return 'tahun ke-1 (2027)'; the last plan year stands for years 6-10."""
    if plan_year > PLAN_YEARS[-1]:
        first = calendar_year(plan, PLAN_YEARS[-1]) + 1
        return f"tahun ke-6 s.d. ke-10 ({first}–{calendar_year(plan, 10)})"
    return f"tahun ke-{plan_year} ({calendar_year(plan, plan_year)})"


def calendar_words(plan: Plan, planned: PlannedProgram) -> str:
    """Return '2027–2029', '2027', or nothing for a programme without a start."""
    if planned.start is None or planned.end is None:
        return ""
    first, last = calendar_year(plan, planned.start), calendar_year(plan, planned.end)
    return str(first) if first == last else f"{first}–{last}"


def year_words(planned: PlannedProgram) -> str:
    """Return 'tahun ke-1 s.d. ke-3', or nothing for a programme without a start."""
    if planned.start is None or planned.end is None:
        return ""
    if planned.start == planned.end:
        return f"tahun ke-{planned.start}"
    return f"tahun ke-{planned.start} s.d. ke-{planned.end}"
