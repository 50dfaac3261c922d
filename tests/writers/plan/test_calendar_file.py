"""The calendar file is read back as what it says, and repeats byte for byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from generator.analysis.planning import plan_city
from generator.writers import ics
from tests.analysis import invented

CONTENT = invented.content()
DOSSIER = invented.dossier()
PLAN = plan_city(DOSSIER, CONTENT)


def test_every_step_and_every_due_date_is_an_all_day_event() -> None:
    data = ics.write(DOSSIER, CONTENT, PLAN)
    assert data is not None
    events = {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}
    due = [event for event in PLAN.mentoring.events if event.inputs_due is not None]
    assert len(events) == len(PLAN.mentoring.events) + len(due)
    assert due
    for step in PLAN.mentoring.events:
        event = events[f"{step.id}.{DOSSIER.slug}@masterplan"]
        assert event.decoded("dtstart") == step.start
        assert event.decoded("dtend") - timedelta(days=1) == step.end
        assert step.name in str(event["summary"])
        assert event["dtstart"].params["VALUE"] == "DATE"


def test_the_same_plan_gives_the_same_bytes_with_short_crlf_lines() -> None:
    data = ics.write(DOSSIER, CONTENT, PLAN)
    assert data is not None
    assert data == ics.write(DOSSIER, CONTENT, PLAN)
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75


def test_text_of_a_city_cannot_add_lines_to_the_file() -> None:
    hostile = "Kota;X,\\Y\r\nATTACH:http://evil\x00\x1b"
    dossier = replace(DOSSIER, city=replace(DOSSIER.city, name=hostile))
    data = ics.write(dossier, CONTENT, plan_city(dossier, CONTENT))
    assert data is not None
    calendar = Calendar.from_ical(data)
    assert all("ATTACH" not in event for event in calendar.walk("VEVENT"))
    assert any("Kota;X,\\Y ATTACH" in str(event["summary"]) for event in calendar.walk("VEVENT"))


def test_provisional_dates_are_tentative_and_an_unknown_year_gives_no_file() -> None:
    late = invented.dossier(mentoring=replace(DOSSIER.city.mentoring, start=date(2027, 9, 1)))
    data = ics.write(late, CONTENT, plan_city(late, CONTENT))
    assert data is not None
    states = {str(event["status"]) for event in Calendar.from_ical(data).walk("VEVENT")}
    assert states == {"TENTATIVE", "CONFIRMED"}
    never = invented.dossier(mentoring=replace(DOSSIER.city.mentoring, start=date(2150, 9, 1)))
    assert ics.write(never, CONTENT, plan_city(never, CONTENT)) is None
