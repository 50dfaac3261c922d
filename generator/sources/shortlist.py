"""The rules of the choice (`content/shortlist.yaml`) and the file of candidates (CSV as spreadsheets write it)."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import StringIO
from math import isfinite
from pathlib import Path

from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.region import Region, RegionDefaults
from generator.model.shortlist import Candidate, Field, Minutes, ShortlistRules
from generator.sources.files import TextFile, read_text
from generator.sources.schema import nearest, validate
from generator.sources.yaml import YamlFile, read_yaml

RULES = "content/shortlist.yaml"
CODE = "kode"
"""The column of the official code; every other column is named by the rules."""
WORDS = frozenset(
    (
        "date",
        "selected",
        "entered",
        "stages",
        "criteria",
        "ties",
        "quotas",
        "carry",
        "digest",
        "draws",
        "spread",
        "firm",
        "weak",
        "list",
        "take",
        "rank",
        "about",
        "waiting",
    )
)
"""Names that the words of the minutes may hold in braces."""
MAX_ROWS = 2_000
_YES, _NO = frozenset(("ya", "y", "yes", "true", "1")), frozenset(("tidak", "t", "no", "n", "false", "0"))
_NAME = re.compile(r"\{([^{}]*)\}")


def load_rules(
    workspace: Path, defaults: RegionDefaults, regions: Mapping[str, Region]
) -> tuple[ShortlistRules | None, tuple[Diagnostic, ...], str]:
    """Return the rules, None where they have errors (MP0xx, MP1xx, MP366), with diagnostics and hash of the file."""
    file = read_yaml(workspace / RULES, workspace)
    if file.data is None:
        return None, file.diagnostics, file.sha256
    rules, faults = validate(ShortlistRules, file)
    found = Collector([*file.diagnostics, *faults])
    if rules is not None:
        _check(rules, file, defaults, regions, found)
    return (None if found.has_errors else rules), tuple(found.found), file.sha256


def _check(
    rules: ShortlistRules, file: YamlFile, defaults: RegionDefaults, regions: Mapping[str, Region], found: Collector
) -> None:
    at = file.positions
    for index, stage in enumerate(rules.stages):
        for place, item in enumerate(stage.criteria):
            if item.low >= item.high:
                where = at.value(("stages", index, "criteria", place))
                found.error("MP366", where, f"{item.column}: 'low' ({item.low:g}) is not below 'high' ({item.high:g})")
    groups: Mapping[str, Collection[str]] = {
        "island_group": defaults.island_groups,
        "province": {region.province for region in regions.values()},
        "type": ("kota", "kabupaten"),
    }
    for index, quota in enumerate(rules.quotas):
        for key, numbers in (("least", quota.least), ("most", quota.most)):
            for name in numbers:
                if name not in groups[quota.by]:
                    where = at.key(("quotas", index, key, name))
                    found.error("MP366", where, f"no {quota.by} '{name[:60]}'", nearest(name, list(groups[quota.by])))
    _check_words(rules.minutes, file, found)


def _check_words(minutes: Minutes, file: YamlFile, found: Collector) -> None:
    spots: dict[tuple[str | int, ...], str] = {
        ("minutes", key): getattr(minutes, key)
        for key in ("opening", "method", "firmness", "result", "waiting", "closing")
    }
    spots |= {("minutes", "basis", index): text for index, text in enumerate(minutes.basis)}
    spots |= {("minutes", "reasons", reason): text for reason, text in minutes.reasons.items()}
    for path, text in spots.items():
        for name in _NAME.findall(text):
            if name not in WORDS:
                place = file.positions.value(path)
                found.error("MP366", place, f"nothing is called {{{name[:40]}}}", "names: " + ", ".join(sorted(WORDS)))


# --- the file --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with its place."""

    file: str
    line: int
    head: Mapping[str, int]
    """Column -> its number, from 0."""
    cells: list[str]

    def text(self, column: str) -> str:
        """Return a cell, '' where the row ends before it."""
        number = self.head.get(column)
        return self.cells[number].strip() if number is not None and number < len(self.cells) else ""

    def place(self, column: str) -> Place:
        """Return where a cell stands: line, and number of the column from 1."""
        return Place(self.file, self.line, self.head.get(column, 0) + 1)


def read_candidates(
    path: Path, rules: ShortlistRules, regions: Mapping[str, Region], defaults: RegionDefaults
) -> tuple[Field | None, tuple[Diagnostic, ...], str]:
    """Return the candidates of a CSV file, None where it has errors (MP0xx, MP361-MP363), and its hash.

    Read are UTF-8, separated by comma, semicolon or tab, numbers with point or comma; places count columns from 1.
    """
    file = read_text(path, path.parent)
    if file.text is None:
        return None, file.diagnostics, file.sha256
    found = Collector(list(file.diagnostics))
    rows = _rows(file, rules, found)
    candidates: dict[str, Candidate] = {}
    for row in rows:
        candidate = _candidate(row, rules, regions, defaults, found)
        if candidate is None:
            continue
        if candidate.code in candidates:
            first = candidates[candidate.code].line
            found.error("MP363", row.place(CODE), f"{candidate.name} stands here a second time, first in line {first}")
        candidates.setdefault(candidate.code, candidate)
    if not rows and not found.has_errors:
        found.error("MP362", Place(file.name, 1), "the file holds no rows below its header")
    sample = bool(rules.sample_mark) and any(
        row.text(rules.sample_column).casefold().startswith(rules.sample_mark.casefold()) for row in rows
    )
    field = None if found.has_errors else Field(candidates=tuple(candidates.values()), sample=sample)
    return field, tuple(found.found), file.sha256


def _rows(file: TextFile, rules: ShortlistRules, found: Collector) -> list[_Row]:
    text = file.text or ""
    first = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(StringIO(text), delimiter=separator)
    rows: list[_Row] = []
    try:
        head = [_column(cell) for cell in next(reader, [])]
        numbers = {name: number for number, name in reversed(list(enumerate(head))) if name}
        absent = [name for name in (CODE, *rules.columns()) if name not in numbers]
        for name in absent:
            hint = nearest(name, [other for other in numbers if other not in rules.columns()])
            found.error("MP361", Place(file.name, 1), f"the file has no column '{name}'", hint)
        if absent:
            return []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) == MAX_ROWS:
                found.error("MP362", Place(file.name, reader.line_num), f"more than {MAX_ROWS} rows")
                return []
            rows.append(_Row(file.name, reader.line_num, numbers, cells))
    except csv.Error as fault:
        found.error("MP362", Place(file.name, reader.line_num), f"the row cannot be read: {fault}")
        return []
    return rows


def _column(cell: str) -> str:
    return "_".join(cell.strip().casefold().split())


def _candidate(
    row: _Row, rules: ShortlistRules, regions: Mapping[str, Region], defaults: RegionDefaults, found: Collector
) -> Candidate | None:
    code = row.text(CODE)
    region = regions.get(code)
    if region is None:
        hint = "write the official code, such as 12.71, as text" if code else "every row needs the official code"
        found.error("MP363", row.place(CODE), f"the public table has no region of code '{code[:20]}'", hint)
        return None
    figures = {}
    for column in rules.columns():
        figure = _figure(row, column, rules, found)
        if figure is not None:
            figures[column] = figure
    return Candidate(
        code=code,
        name=region.full_name,
        slug=region.slug,
        type=region.type,
        province=region.province,
        island_group=defaults.island_group(region.province_code),
        figures=figures,
        line=row.line,
    )


def _figure(row: _Row, column: str, rules: ShortlistRules, found: Collector) -> float | None:
    """Return a cell as a number (yes is 1, no is 0), None where it is empty or faulty (then reported)."""
    text = row.text(column).casefold()
    if not text or text in ("-", "–"):
        return None
    yes_no = any(
        rule.column == column and rule.at_least is None for stage in rules.stages for rule in stage.eligibility
    )
    if yes_no:
        if text in _YES | _NO:
            return 1.0 if text in _YES else 0.0
        found.error("MP362", row.place(column), f"{column}: '{text[:30]}' is neither 'ya' nor 'tidak'")
        return None
    try:
        figure = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        figure = float("nan")
    if not isfinite(figure):
        found.error("MP362", row.place(column), f"{column}: '{text[:30]}' is not a number", "such as 71,5 or 71.5")
        return None
    for item in (item for stage in rules.stages for item in stage.criteria if item.column == column):
        if not item.low <= figure <= item.high:
            message = f"{column}: {figure:g} lies outside of {item.low:g}-{item.high:g}"
            found.error(
                "MP362", row.place(column), message, "correct the figure, or the scale in content/shortlist.yaml"
            )
            return None
    return figure
