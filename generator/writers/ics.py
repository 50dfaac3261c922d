"""The mentoring calendar as an iCalendar file (RFC 5545) that Google Calendar, Outlook and Thunderbird import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator.model.content import CityDossier, Content
from generator.model.instrument import Role
from generator.model.mentoring import MentoringEvent
from generator.model.plan import Plan

if TYPE_CHECKING:
    from icalendar import Event

FILE_NAME = "kalender.ics"
DAY = timedelta(days=1)
_PARTS = {"R": "Pelaksana", "A": "Penanggung jawab", "C": "Dimintai pendapat", "I": "Diberi tahu"}


def write(dossier: CityDossier, content: Content, plan: Plan) -> bytes | None:
    """Return the calendar with every step and every due date as an all-day event; None where no date is known.

    The bytes depend on the input alone: the stamp of all events is the date of the draft.
    """
    from icalendar import Calendar

    if not plan.mentoring.events:
        return None
    name = f"Pendampingan smart city {_plain(dossier.city.full_name)}"
    calendar = Calendar()
    calendar.add("prodid", "-//masterplan//pendampingan smart city//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Jakarta")
    provisional = frozenset(plan.mentoring.provisional)
    for event in plan.mentoring.events:
        calendar.add_component(_step(event, dossier, content.roles, provisional))
        if event.inputs_due is not None:
            calendar.add_component(_due(event, event.inputs_due, dossier, provisional))
    return bytes(calendar.to_ical())


def _step(event: MentoringEvent, dossier: CityDossier, roles: Mapping[str, Role], provisional: frozenset[int]) -> Event:
    lines = [f"Hari kerja: {event.days}"]
    if event.inputs:
        lines.append("Diserahkan sebelumnya: " + "; ".join(event.inputs))
    if event.outputs:
        lines.append("Hasil: " + "; ".join(event.outputs))
    for letter, title in _PARTS.items():
        names = [roles[role].name if role in roles else role for role, part in event.raci.items() if part == letter]
        if names:
            lines.append(f"{title}: " + "; ".join(names))
    made = _event(f"{event.id}", event.name, event.start, event.end, lines, dossier, provisional)
    made.add("categories", ["Pendampingan", event.kind])
    return made


def _due(event: MentoringEvent, due: date, dossier: CityDossier, provisional: frozenset[int]) -> Event:
    lines = [f"Untuk: {event.name}", *(f"- {item}" for item in event.inputs)]
    made = _event(f"{event.id}-due", f"Batas penyerahan: {event.name}", due, due, lines, dossier, provisional)
    made.add("categories", ["Pendampingan", "Batas penyerahan"])
    return made


def _event(
    id: str, title: str, first: date, last: date, lines: list[str], dossier: CityDossier, provisional: frozenset[int]
) -> Event:
    from icalendar import Event

    tentative = bool(provisional & {first.year, last.year})
    if tentative:
        lines = [*lines, "Tanggal sementara: cuti bersama tahun ini belum ditetapkan."]
    made = Event()
    made.add("uid", f"{id}.{dossier.slug}@masterplan")
    made.add("dtstamp", datetime.combine(dossier.city.date, time(), UTC))
    made.add("dtstart", first)
    made.add("dtend", last + DAY)  # the end of an all-day event is the day after it
    made.add("summary", f"{_plain(title)} – {_plain(dossier.city.full_name)}")
    made.add("description", "\n".join(_plain(line) for line in lines))
    made.add("status", "TENTATIVE" if tentative else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


def _plain(text: str) -> str:
    """Return text without control characters, on one line."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
