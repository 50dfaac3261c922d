"""Whether costs, durations and targets of the catalogue are plausible."""

from __future__ import annotations

import re

from generator.model.programs import Cost, Kpi, Program
from generator.model.schema import YEARS
from generator.sources.city_checks import unit_range
from generator.sources.locate import Checking
from generator.sources.yaml import DataPath

LEAST, MOST = 1_000, 1_000_000_000_000
"""Rupiah for one unit: less than a thousand is a slip of millions, more than a trillion no single programme."""
SPREAD = 20
"""High over low: beyond that an estimate says nothing."""
_TARGET = re.compile(r"[+\-\u2212]?\d+(?:\.\d+)?")


def check_costs(checking: Checking) -> None:
    """Check every programme (MP210, MP211)."""
    for program in checking.content.programs.values():
        _costs(program, checking)
        _years(program, checking)
        for key in ("outputs", "outcomes", "impacts"):
            for index, kpi in enumerate(getattr(program, key)):
                _targets(kpi, (program.id, (key, index)), checking)


def _costs(program: Program, checking: Checking) -> None:
    parts = {"one_off": program.cost.one_off, "yearly": program.cost.yearly}
    if not any(parts.values()):
        place = checking.place("program", program.id, ("cost",))
        checking.found.error("MP210", place, f"'{program.id}' has neither one-off nor yearly cost")
    for key, cost in parts.items():
        if cost is not None:
            for message in _cost_faults(cost):
                checking.found.error("MP210", checking.place("program", program.id, ("cost", key)), message)


def _cost_faults(cost: Cost) -> list[str]:
    faults = []
    if cost.low > cost.high:
        faults.append(f"the low cost Rp {cost.low:,} is above the high one Rp {cost.high:,}")
    elif cost.high > SPREAD * max(cost.low, 1):
        faults.append(f"Rp {cost.low:,} to Rp {cost.high:,} is wider than {SPREAD} times")
    if not LEAST <= cost.high <= MOST:
        faults.append(f"Rp {cost.high:,} for each {cost.per} is implausible")
    return faults


def _years(program: Program, checking: Checking) -> None:
    for year in program.activities:
        if year not in YEARS:
            place = checking.place("program", program.id, ("activities", year))
            checking.found.error(
                "MP211", place, f"activities in year {year}", f"years are {', '.join(map(str, YEARS))}"
            )
    win = program.quick_win
    for name, score in (win.items if win is not None else {}).items():
        if not 0 <= score <= 4:
            place = checking.place("program", program.id, ("quick_win", "items", name))
            checking.found.error("MP211", place, f"the score {score} of '{name}' lies outside of 0-4")


def _targets(kpi: Kpi, at: tuple[str, DataPath], checking: Checking) -> None:
    id, path = at
    low, high = unit_range(kpi.unit)
    numbers: dict[str, list[tuple[int, float]]] = {"change": [], "number": []}
    for year, text in sorted(kpi.targets.items()):
        place = checking.place("program", id, (*path, "targets", year))
        if year not in YEARS:
            checking.found.error("MP211", place, f"target in year {year}", f"years are {', '.join(map(str, YEARS))}")
        if _TARGET.fullmatch(text.strip()) is None:
            if re.fullmatch(r"[+\-]?[\d.,\s]+%?", text.strip()):
                checking.found.error(
                    "MP211", place, f"the target '{text}' is no number", "a point for decimals, no unit"
                )
            continue
        value = float(text.strip().replace("\u2212", "-"))
        is_change = text.strip()[0] in "+-\u2212"
        numbers["change" if is_change else "number"].append((year, value))
        if is_change and high is not None and abs(value) > high - (low or 0):
            checking.found.error("MP211", place, f"a change of {text} {kpi.unit} is impossible")
        elif not is_change and ((low is not None and value < low) or (high is not None and value > high)):
            checking.found.error("MP211", place, f"{text} lies outside of {low:g}-{high:g} ({kpi.unit})")
    for series in numbers.values():
        _one_way(series, kpi, at, checking)


def _one_way(series: list[tuple[int, float]], kpi: Kpi, at: tuple[str, DataPath], checking: Checking) -> None:
    values = [value for _, value in series]
    if values != sorted(values) and values != sorted(values, reverse=True):
        words = ", ".join(f"{year}: {value:g}" for year, value in series)
        place = checking.place("program", at[0], (*at[1], "targets"))
        checking.found.warning(
            "MP211", place, f"the targets of '{kpi.kpi}' go up and down: {words}", "one direction only"
        )
