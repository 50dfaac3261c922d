"""The mentoring takes eight to nine months on working days, whatever day it starts on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from generator.analysis.mentoring import add_months, calendar, is_working, month_of, year_off
from generator.model.diagnostics import Place
from generator.model.mentoring import MEETING_DAYS, MentoringCalendar, MentoringEvent, MentoringProcess
from tests.analysis import invented

PLACE = Place("city.yaml")
REAL: TypeAdapter[MentoringProcess] = TypeAdapter(MentoringProcess)
PROCESS = REAL.validate_python(
    yaml.safe_load((invented.ROOT / "content" / "mentoring.yaml").read_text(encoding="utf-8"))
)
DATES = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def days(event: MentoringEvent) -> list[date]:
    return [event.start + timedelta(days=number) for number in range((event.end - event.start).days + 1)]


def check(start: date, found: MentoringCalendar, process: MentoringProcess) -> None:
    assert found.end is not None
    assert add_months(start, process.min_months) <= found.end <= add_months(start, process.max_months)
    by_id = {event.id: event for event in found.events}
    gaps = {step.id: step.gap_days for step in process.steps}
    for event in found.events:
        working = [day for day in days(event) if is_working(day)]
        assert is_working(event.start)
        assert is_working(event.end)
        assert len(working) == event.days
        if event.days <= MEETING_DAYS:
            assert working == days(event)
        for other in event.needs:
            assert (event.start - by_id[other].end).days > gaps[event.id]
        if event.inputs_due is not None:
            assert start <= event.inputs_due <= event.start
            assert is_working(event.inputs_due)


def test_every_start_date_of_three_years_gives_eight_to_nine_months_of_working_days() -> None:
    start = date(2025, 1, 1)
    while start <= date(2027, 12, 31):
        found, amiss = calendar(start, PROCESS, PLACE)
        check(start, found, PROCESS)
        assert not amiss.has_errors
        assert not [item for item in amiss.found if item.code == "MP603"]
        start += timedelta(days=1)


@pytest.mark.parametrize("start", [date(9999, 12, 31), date(9999, 2, 1), date(1, 1, 1)])
def test_at_the_ends_of_time_there_is_no_calendar(start: date) -> None:
    found, amiss = calendar(start, PROCESS, PLACE)
    assert found.events == ()
    assert [item.code for item in amiss.found] == ["MP601"]


@pytest.mark.parametrize("change", [{"gap_days": 10**15}, {"offset_days": 10**7}, {"days": 10**6}])
def test_a_step_that_never_comes_is_told(change: dict[str, int]) -> None:
    steps = tuple(replace(step, **change) for step in PROCESS.steps)
    found, amiss = calendar(date(2026, 3, 2), replace(PROCESS, steps=steps), PLACE)
    assert found.events == ()
    assert [item.code for item in amiss.found] == ["MP601"]


def test_months_without_end() -> None:
    start = date(2026, 3, 2)
    found, _ = calendar(start, replace(PROCESS, max_months=10**20), PLACE)
    assert found.events != ()
    found, amiss = calendar(start, replace(PROCESS, min_months=10**20), PLACE)
    assert [item.code for item in amiss.found] == ["MP601"]


@given(DATES)
def test_another_process_keeps_the_same_promises(start: date) -> None:
    process = invented.process()
    found, _ = calendar(start, process, PLACE)
    check(start, found, process)


def test_national_holidays_and_collective_leave_are_days_off() -> None:
    assert not is_working(date(2026, 8, 17))
    assert not is_working(date(2027, 3, 12))  # collective leave after Idul Fitri
    assert not is_working(date(2026, 8, 16))  # a Sunday
    assert is_working(date(2026, 8, 18))
    assert year_off(2027).days[date(2027, 3, 12)].leave


def test_holidays_within_the_calendar_are_listed_for_the_books() -> None:
    found, _ = calendar(date(2026, 3, 2), PROCESS, PLACE)
    listed = {holiday.date for holiday in found.holidays}
    assert date(2026, 8, 17) in listed
    assert date(2026, 8, 16) not in listed


def test_a_year_without_a_decree_on_collective_leave_is_said_to_be_provisional() -> None:
    found, amiss = calendar(date(2027, 9, 1), PROCESS, PLACE)
    assert 2028 in found.provisional
    assert any(item.code == "MP602" and "2028" in item.message for item in amiss.found)


def test_an_unknown_year_is_a_diagnostic_and_no_guess() -> None:
    found, amiss = calendar(date(2150, 1, 5), PROCESS, PLACE)
    assert found.events == ()
    assert found.end is None
    assert [item.code for item in amiss.found] == ["MP601"]


def test_a_process_that_takes_too_long_is_a_diagnostic() -> None:
    steps = tuple(replace(step, gap_days=90) for step in invented.process().steps)
    _, amiss = calendar(date(2026, 3, 2), replace(invented.process(), steps=steps), PLACE)
    assert "MP603" in [item.code for item in amiss.found]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 5, 31), 9, date(2027, 2, 28)),
        (date(2027, 5, 31), 9, date(2028, 2, 29)),
        (date(2026, 1, 15), 8, date(2026, 9, 15)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
    assert month_of(later, day) == months + 1
    assert month_of(day, day) == 1
