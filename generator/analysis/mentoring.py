"""The mentoring as dates: working days of Indonesia, least gaps between steps, eight to nine months in all.

Holidays and collective leave come from the package `holidays`. A year for which it knows no holiday at all is a
diagnostic and no calendar; a year whose collective leave is not decreed yet is a diagnostic and a provisional one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from generator.model.diagnostics import Collector, Place
from generator.model.mentoring import (
    MEETING_DAYS,
    Holiday,
    MentoringCalendar,
    MentoringEvent,
    MentoringProcess,
    MentoringStep,
)

DAY = timedelta(days=1)
SUBMISSION = timedelta(days=7)
"""What is handed in before a step is due a week ahead, so that it can be checked."""
SATURDAY = 5
COUNTRY = "ID"


class UnknownYearError(Exception):
    """The package knows no holidays of a year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no holidays are known for {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class YearOff:
    """The days off of one year; `decreed` says whether the collective leave is among them."""

    days: Mapping[date, Holiday]
    decreed: bool


@lru_cache(maxsize=64)
def year_off(year: int) -> YearOff:
    """Return the public holidays and the collective leave of a year. Raises UnknownYearError."""
    from holidays import country_holidays  # late: it costs the start of the command line 0.1 s

    def of(category: str) -> Mapping[date, str]:
        try:
            found = country_holidays(COUNTRY, years=year, categories=(category,), language="id")
        except (ValueError, NotImplementedError):
            return {}
        return dict(found.items())

    public, leave = of("public"), of("government")
    if not public:
        raise UnknownYearError(year)
    days = {day: Holiday(date=day, name=name, leave=True) for day, name in leave.items()}
    days |= {day: Holiday(date=day, name=name, leave=False) for day, name in public.items()}
    return YearOff(dict(sorted(days.items())), bool(leave))


def is_working(day: date) -> bool:
    """Return whether a day is a working day. Raises UnknownYearError."""
    return day.weekday() < SATURDAY and day not in year_off(day.year).days


def next_working(day: date) -> date:
    """Return the day itself or the next working day."""
    while not is_working(day):
        day += DAY
    return day


def last_working(day: date) -> date:
    """Return the day itself or the working day before it."""
    while not is_working(day):
        day -= DAY
    return day


def in_a_row(day: date, days: int) -> tuple[date, date]:
    """Return the first stretch of `days` working days in a row that begins on `day` or later."""
    while True:
        first = next_working(day)
        last = first
        for _ in range(days - 1):
            last += DAY
            if not is_working(last):
                break
        else:
            return first, last
        day = last


def spanning(day: date, days: int) -> tuple[date, date]:
    """Return first and last day of `days` working days that begin on `day` or later, days off between not counted."""
    first = last = next_working(day)
    for _ in range(days - 1):
        last = next_working(last + DAY)
    return first, last


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, the last of the month where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no day {months} months after {day}")


def _latest(start: date, months: int) -> date:
    try:
        return add_months(start, months)
    except (ValueError, OverflowError):
        return date.max


def month_of(day: date, start: date) -> int:
    """Return the month of the mentoring in which a day falls, 1 for the first."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months + (1 if add_months(start, months) <= day else 0)


def calendar(start: date, process: MentoringProcess, place: Place) -> tuple[MentoringCalendar, Collector]:
    """Return the dated steps of a mentoring that starts on `start` or the next working day, and what is amiss."""
    found = Collector()
    try:
        events = _date_all(start, process)
    except (UnknownYearError, OverflowError, ValueError) as fault:
        # Beyond the year 9999 there are no days to calculate with; content may ask for any number of them.
        year = fault.year if isinstance(fault, UnknownYearError) else "years after 9999"
        found.warning(
            "MP601",
            place,
            f"holidays of {year} are not known, so the mentoring has no calendar",
            "set another start, or update the package 'holidays'",
        )
        return MentoringCalendar(start=start, end=None, months=0, events=()), found
    own = [event for event in events if not event.after]
    end = max((event.end for event in own), default=start)
    years = sorted({day.year for event in events for day in (event.start, event.end)})
    provisional = tuple(year for year in years if not year_off(year).decreed)
    for year in provisional:
        found.info(
            "MP602",
            place,
            f"the collective leave of {year} is not decreed yet; dates in {year} are provisional",
            "build again after the decree, with a newer version of the package 'holidays'",
        )
    if end > _latest(start, process.max_months):
        found.warning(
            "MP603",
            place,
            f"the mentoring ends on {end}, more than {process.max_months} months after its start",
            "shorten gaps or days in content/mentoring.yaml",
        )
    return (
        MentoringCalendar(
            start=start,
            end=end,
            months=month_of(end, start),
            events=tuple(events),
            holidays=_days_off(start, max((event.end for event in events), default=start)),
            provisional=provisional,
        ),
        found,
    )


def _date_all(start: date, process: MentoringProcess) -> list[MentoringEvent]:
    """Return the steps with dates: each after those that it needs, the last one of the mentoring in its last month."""
    dated: dict[str, MentoringEvent] = {}
    order = _ordered(process.steps)
    closing = next((step.id for step in reversed(order) if not step.after_mentoring), "")
    earliest_end = add_months(start, process.min_months)
    for step in order:
        dated[step.id] = _date(step, start, dated, earliest_end if step.id == closing else start)
    return sorted(dated.values(), key=lambda event: (event.start, event.end, event.id))


def _ordered(steps: Sequence[MentoringStep]) -> list[MentoringStep]:
    """Return steps with those that they come after first; a step in a cycle comes as it stands."""
    by_id = {step.id: step for step in steps}
    done: dict[str, MentoringStep] = {}

    def visit(step: MentoringStep, path: frozenset[str]) -> None:
        if step.id in done or step.id in path:
            return
        for other in step.after:
            if other in by_id:
                visit(by_id[other], path | {step.id})
        done[step.id] = step

    for step in steps:
        visit(step, frozenset())
    return list(done.values())


def _date(step: MentoringStep, start: date, dated: Mapping[str, MentoringEvent], earliest: date) -> MentoringEvent:
    day = max(earliest, start + timedelta(days=step.offset_days or 0))
    ends = [dated[other].end for other in step.after if other in dated]
    if ends:
        day = max(day, max(ends) + DAY + timedelta(days=step.gap_days))
    place: Callable[[date, int], tuple[date, date]] = in_a_row if step.days <= MEETING_DAYS else spanning
    first, last = place(day, step.days)
    return MentoringEvent(
        id=step.id,
        name=step.name,
        kind=step.kind,
        start=first,
        end=last,
        days=step.days,
        month=month_of(first, start),
        inputs=step.inputs,
        inputs_due=_due(first, start) if step.inputs else None,
        outputs=step.outputs,
        needs=step.after,
        raci=step.raci,
        after=step.after_mentoring,
    )


def _due(first: date, start: date) -> date:
    """Return the working day by which inputs are due: a week ahead, never before the mentoring starts."""
    due = last_working(first - SUBMISSION)
    return due if due >= start else min(next_working(start), first)


def _days_off(first: date, last: date) -> tuple[Holiday, ...]:
    return tuple(
        holiday
        for year in range(first.year, last.year + 1)
        for day, holiday in year_off(year).days.items()
        if first <= day <= last and day.weekday() < SATURDAY
    )
