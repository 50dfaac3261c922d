"""Whether what a city states fits the content: ids exist, figures lie in their range, decisions have a reason."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from generator.model.city import Answer, Assessment, City, Fact
from generator.model.content import Content
from generator.model.diagnostics import Collector, Place
from generator.model.instrument import FactKind, Indicator
from generator.model.programs import OwnProgram, OwnPrograms
from generator.model.region import Region
from generator.sources.files import is_file, is_inside
from generator.sources.schema import nearest
from generator.sources.yaml import DataPath, Positions, YamlFile

FIRST_YEAR = 1990
"""Figures older than this are taken for slips."""
LAST_YEAR = 2100
"""No draft or mentoring lies beyond; what is computed from a day must still be a day."""
LEAST_APBD, MOST_APBD = 100_000_000_000, 200_000_000_000_000
"""Rupiah: no region of the country has a yearly budget outside of this."""
PICTURES = (".png", ".jpg", ".jpeg", ".svg")
_END = r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?"
_RANGE = re.compile(rf"(?<![\d.,])({_END})\s*[-–]\s*({_END})(?![\d.,]*\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


def unit_range(unit: str) -> tuple[float | None, float | None]:
    """Return the range that a unit implies: '%' 0-100, 'indeks 1–5' 1-5, other units from 0 where they count."""
    match = _RANGE.search(unit)
    if match is not None:
        low, high = map(_number, match.groups())
        return (low, high) if low < high else (None, None)
    return (0.0, 100.0) if unit.strip() in ("%", "persen") else (None, None)


def _number(text: str) -> float:
    """Return a number as Indonesians write it: '1.000' is a thousand, '1,5' one and a half."""
    return float(text.replace(".", "") if _THOUSANDS.fullmatch(text) else text.replace(",", "."))


def _known(
    what: str, name: str, known: Collection[str], at: tuple[Positions, DataPath], found: Collector, *, key: bool = False
) -> bool:
    """Report an id that does not exist (MP321), with the nearest that does."""
    if name in known:
        return True
    positions, path = at
    place = positions.key(path) if key else positions.value(path)
    found.error("MP321", place, f"there is no {what} '{name[:60]}'", nearest(name, list(known)))
    return False


# --- city.yaml -------------------------------------------------------------------------------------------------------


def check_city(
    city: City, file: YamlFile, region: Region | None, content: Content, folder: Path, found: Collector
) -> None:
    """Check `city.yaml` against content and public table (MP321-MP328)."""
    at = file.positions
    check_day(city.date, (at, ("date",)), found)
    check_day(city.mentoring.start, (at, ("mentoring", "start")), found)
    _identity(city, region, content, at, found)
    for index, trait in enumerate(city.traits):
        _known("trait", trait, content.framework.traits, (at, ("traits", index)), found)
    dimensions = [dimension.id for dimension in content.framework.areas]
    seen: set[str] = set()
    for index, mission in enumerate(city.missions):
        for place, dimension in enumerate(mission.dimensions):
            _known("dimension", dimension, dimensions, (at, ("missions", index, "dimensions", place)), found)
        if mission.id in seen:
            found.error("MP322", at.value(("missions", index, "id")), f"mission '{mission.id}' stands here twice")
        seen.add(mission.id)
    for function in city.opd:
        _known("agency function", function, content.opd, (at, ("opd", function)), found, key=True)
    for name, fact in city.facts.items():
        if _known("fact", name, content.facts, (at, ("facts", name)), found, key=True):
            _fact(fact, content.facts[name], city.date.year, (at, ("facts", name)), found)
    _plans(city, at, found)
    if city.emblem is not None:
        path = folder / city.emblem
        place_ = at.value(("emblem",))
        if not is_inside(path, folder) or path.suffix.lower() not in PICTURES:
            found.error(
                "MP328", place_, f"'{city.emblem[:60]}' is no picture of the city's folder", "a PNG, JPEG or SVG"
            )
        elif not is_file(path):
            found.warning("MP328", place_, f"the picture '{city.emblem[:60]}' does not exist")


def _identity(city: City, region: Region | None, content: Content, at: Positions, found: Collector) -> None:
    if not content.regions:
        return
    if region is None:
        same = [row for row in content.regions.values() if (row.type, row.name) == (city.type, city.name)]
        hint = f"the code of {same[0].full_name} is '{same[0].code}'" if same else None
        found.error("MP323", at.value(("code",)), f"the public table has no region of code '{city.code[:20]}'", hint)
        return
    for key, said, official in (
        ("name", city.name, region.name),
        ("type", city.type, region.type),
        ("province", city.province, region.province),
    ):
        if said.casefold() != official.casefold():
            message = f"{key} is '{said[:60]}', the public table has '{official}' for code {city.code}"
            found.error("MP323", at.value((key,)), message, "correct the code or the name")


def _plans(city: City, at: Positions, found: Collector) -> None:
    start, end = city.rpjmd.start, city.rpjmd.end
    if start > end:
        found.error("MP326", at.value(("rpjmd",)), f"the period of the RPJMD ends ({end}) before it begins ({start})")
    elif end - start > 6 or not FIRST_YEAR <= start <= LAST_YEAR:
        found.warning(
            "MP326", at.value(("rpjmd",)), f"an RPJMD of {start}-{end} is unusual", "it runs five or six years"
        )
    budget = city.budget
    if budget is not None and not LEAST_APBD <= budget.apbd <= MOST_APBD:
        found.warning(
            "MP327", at.value(("budget", "apbd")), f"an APBD of Rp {budget.apbd:,} is unusual", "write whole rupiah"
        )
    if budget is not None:
        _year(budget.year, city.date.year + 1, (at, ("budget", "year")), found)


def check_day(day: date, at: tuple[Positions, DataPath], found: Collector) -> None:
    """Report a day that no draft and no mentoring can have (MP324)."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return
    positions, path = at
    message = f"the date {day.isoformat()} lies outside of {FIRST_YEAR}-{LAST_YEAR}"
    found.error("MP324", positions.value(path), message, "correct the year")


def _year(year: int | None, last: int, at: tuple[Positions, DataPath], found: Collector, *, key: bool = False) -> None:
    if year is None or FIRST_YEAR <= year <= last:
        return
    positions, path = at
    place = positions.key(path) if key else positions.value(path)
    wrong = f"in the future of {last}" if year > last else f"before {FIRST_YEAR}"
    found.error("MP324", place, f"the year {year} lies {wrong}", "correct the year")


def _fact(fact: Fact, kind: FactKind, last: int, at: tuple[Positions, DataPath], found: Collector) -> None:
    positions, path = at
    place = positions.value((*path, "value"))
    is_number = not isinstance(fact.value, str | bool)
    fits = {"number": is_number, "text": isinstance(fact.value, str), "yes-no": isinstance(fact.value, bool)}
    if not fits[kind.kind]:
        expected = {"number": "a number", "text": "text", "yes-no": "yes or no"}[kind.kind]
        found.error("MP325", place, f"fact '{kind.id}' expects {expected}, found '{str(fact.value)[:40]}'")
    elif is_number:
        _in_range(float(fact.value), kind.unit, (positions, (*path, "value")), found)
    if fact.unit and kind.unit and fact.unit != kind.unit:
        hint = f"convert the value, or write '{kind.unit}'"
        message = f"fact '{kind.id}' is stated in '{fact.unit[:30]}', its unit is '{kind.unit}'"
        found.error("MP325", positions.value((*path, "unit")), message, hint)
    _year(fact.year, last, (positions, (*path, "year")), found)
    for year in fact.series:
        _year(year, last, (positions, (*path, "series", year)), found, key=True)


def _in_range(value: float, unit: str, at: tuple[Positions, DataPath], found: Collector) -> None:
    low, high = unit_range(unit)
    if (low is not None and value < low) or (high is not None and value > high):
        positions, path = at
        found.error("MP325", positions.value(path), f"{value:g} lies outside of {low:g}-{high:g} ({unit})")


# --- assessment.yaml -------------------------------------------------------------------------------------------------


def check_answers(assessment: Assessment, file: YamlFile, content: Content, found: Collector) -> None:
    """Check `assessment.yaml` against the instrument (MP321, MP324, MP325, MP331-MP333)."""
    at = file.positions
    for name, answer in assessment.answers.items():
        if _known("indicator", name, content.indicators, (at, ("answers", name)), found, key=True):
            _answer(answer, content.indicators[name], assessment.date.year, (at, ("answers", name)), found)


def _answer(answer: Answer, indicator: Indicator, last: int, at: tuple[Positions, DataPath], found: Collector) -> None:
    positions, path = at
    _year(answer.year, last, (positions, (*path, "year")), found)
    if answer.value is not None:
        if indicator.thresholds is None:
            message = f"'{indicator.id}' is judged by its rubric, a measured value says nothing"
            found.error("MP331", positions.value((*path, "value")), message, "give a level 0-4")
        _in_range(answer.value, indicator.unit, (positions, (*path, "value")), found)
        if answer.value < 0 and unit_range(indicator.unit) == (None, None):
            found.warning("MP325", positions.value((*path, "value")), f"{answer.value:g} is negative", "check the sign")
    if answer.level is not None and indicator.kind == "value" and answer.value is None:
        message = f"'{indicator.id}' is measured; a level alone hides the figure"
        found.warning("MP332", positions.value((*path, "level")), message, f"give the value in {indicator.unit}")
    answered = answer.level is not None or answer.value is not None
    if answered and answer.evidence == "verified" and not (answer.source or answer.link):
        message = f"'{indicator.id}' is called verified but names no document"
        found.warning("MP333", positions.key(path), message, "name it in 'source' or 'link'")


def check_figures(
    assessment: Assessment, file: YamlFile, city: City, city_file: YamlFile, content: Content, found: Collector
) -> None:
    """Check that one figure of one year has one value, wherever the city states it (MP334).

    Two indicators may ask for the same profile fact, and `city.yaml` may state it too. Books would quote both.
    """
    for name in dict.fromkeys(item.fact for item in content.indicators.values() if item.fact is not None):
        stated: list[tuple[str, float, int | None, Place]] = []
        fact = city.facts.get(name)
        if fact is not None and not isinstance(fact.value, str | bool):
            place = city_file.positions.value(("facts", name, "value"))
            stated.append((f"fact '{name}'", float(fact.value), fact.year, place))
        for id, answer in assessment.answers.items():
            indicator = content.indicators.get(id)
            if indicator is not None and indicator.fact == name and answer.value is not None:
                place = file.positions.value(("answers", id, "value"))
                stated.append((f"'{id}'", answer.value, answer.year, place))
        _one_value(name, stated, found)


def _one_value(name: str, stated: list[tuple[str, float, int | None, Place]], found: Collector) -> None:
    """Report each statement of a fact whose value is not that of the first statement for the same year."""
    first: dict[int | None, tuple[str, float, Place]] = {}
    for who, value, year, place in stated:
        other, usual, where = first.setdefault(year, (who, value, place))
        if value != usual:
            when = "without a year" if year is None else f"for {year}"
            message = f"{who} is {value:g} {when}, but {other} is {usual:g} ({where}); both are the fact '{name}'"
            found.warning("MP334", place, message, "correct one of the two, or the year of one")


# --- programs.yaml ---------------------------------------------------------------------------------------------------


def check_programs(programs: OwnPrograms, file: YamlFile, content: Content, found: Collector) -> None:
    """Check `programs.yaml` against catalogue, framework and agencies (MP321, MP341-MP343)."""
    at = file.positions
    seen: set[str] = set()
    for index, own in enumerate(programs.programs):
        path: DataPath = ("programs", index)
        if own.id in seen:
            found.error("MP341", at.value((*path, "id")), f"programme '{own.id[:60]}' stands here twice")
        seen.add(own.id)
        _entry(own, (at, path), content, found)


def _entry(own: OwnProgram, at: tuple[Positions, DataPath], content: Content, found: Collector) -> None:
    positions, path = at
    if own.action == "add":
        if own.id in content.programs:
            hint = "use 'action: override' with a reason, or another id"
            found.error("MP341", positions.value((*path, "id")), f"the catalogue already has '{own.id[:60]}'", hint)
        needed = ("name", "dimension", "subdimension", "kind", "lead")
        absent = [key for key in needed if getattr(own, key) is None]
        if absent:
            found.error("MP342", positions.value(path), f"an own programme needs {', '.join(absent)}")
    else:
        _known("programme in the catalogue", own.id, content.programs, (positions, (*path, "id")), found)
        if not own.reason:
            found.error("MP343", positions.value(path), f"'{own.action}' of '{own.id[:60]}' needs a reason")
    dimensions = {area.id: [part.id for part in area.subdimensions] for area in content.framework.areas}
    if own.dimension is not None:
        _known("dimension", own.dimension, dimensions, (positions, (*path, "dimension")), found)
        if own.subdimension is not None and own.dimension in dimensions:
            parts = dimensions[own.dimension]
            _known("sub-dimension", own.subdimension, parts, (positions, (*path, "subdimension")), found)
    if own.kind is not None:
        _known("kind of programme", own.kind, content.framework.kinds, (positions, (*path, "kind")), found)
    if own.lead is not None:
        _known("agency function", own.lead, content.opd, (positions, (*path, "lead")), found)
    for index, fund in enumerate(own.funds):
        _known("fund", fund, content.planning.funds, (positions, (*path, "funds", index)), found)
    for index, name in enumerate(own.addresses):
        known = [*content.rules, *content.indicators]
        _known("rule or indicator", name, known, (positions, (*path, "addresses", index)), found)
