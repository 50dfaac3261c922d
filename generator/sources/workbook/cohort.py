"""A table of the whole cohort (CSV) to statements: one row an answer, or one row a city with a column an indicator.

Long: `city, id, level, value, year, source, evidence, link, note, by`. Wide: `city`, then columns named by the ids of
indicators or facts, as exports of web forms have them; `year`, `source`, `evidence` and `by` then hold for the whole
row. Headings may be Indonesian (`kota`, `indikator`, `nilai`, `tahun`, `sumber`, `bukti`, …); separators are `,`, `;`
or tab. Empty cells say nothing.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import StringIO

from generator.model.content import Content
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.form import TABLES, Address, TableId
from generator.sources.cities import CityName
from generator.sources.schema import nearest
from generator.sources.workbook.cells import is_blank, told
from generator.sources.workbook.items import fold
from generator.sources.workbook.reading import Statement

Hint = str | Callable[[], str | None] | None
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
MAX_CELLS = 4_000_000
"""A row for each city, indicator and column of all regions of the country has 3 million."""
MAX_TOLD = 100
"""Errors, and warnings, that are told one by one; of the others only their number."""
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("city", "kota", "daerah", "kota/kabupaten", "kabupaten/kota", "wilayah", "kode", "kode wilayah",
                     "code", "slug"), "city"),
    **dict.fromkeys(("id", "indicator", "indikator", "kode indikator", "fact"), "id"),
    **dict.fromkeys(("level", "tingkat", "level dipilih", "skor"), "level"),
    **dict.fromkeys(("value", "nilai"), "value"),
    **dict.fromkeys(("year", "tahun"), "year"),
    **dict.fromkeys(("source", "sumber"), "source"),
    **dict.fromkeys(("evidence", "bukti"), "evidence"),
    **dict.fromkeys(("link", "tautan", "tautan bukti"), "link"),
    **dict.fromkeys(("note", "catatan"), "note"),
    **dict.fromkeys(("by", "penilai"), "by"),
}  # fmt: skip
_IGNORED = frozenset(
    {"timestamp", "waktu", "cap waktu", "no", "nomor", "name", "nama", "provinsi", "province", "unit", "satuan"}
)
"""Columns that tables of this kind have and that say nothing of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortReading:
    """Statements by slug, in the order of the table, and what could not be read."""

    statements: Mapping[str, Sequence[Statement]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Reading:
    content: Content
    file: str
    slugs: Mapping[str, str]
    """Any name of a city, folded -> its slug; '' where several cities answer to it."""
    found: Collector = field(default_factory=Collector)
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    width: int = 0
    """Cells of the head."""
    first: dict[tuple[str, Address], Statement] = field(default_factory=dict)
    """Slug and address -> the statement that stands there."""
    untold: Counter[tuple[Severity, str]] = field(default_factory=Counter)
    counts: Counter[Severity] = field(default_factory=Counter)

    def tell(self, severity: Severity, code: str, place: str, message: str, hint: Hint = None) -> None:
        """Tell what is wrong; beyond `MAX_TOLD` it is only counted, and the word that is nearest is not looked for."""
        if self.counts[severity] >= MAX_TOLD:
            self.untold[severity, code] += 1
            return
        self.counts[severity] += 1
        words = hint() if callable(hint) else hint
        self.found.found.append(Diagnostic(code, severity, Place(place), message, words))

    def tell_rest(self) -> None:
        """Tell how many more there were."""
        for (severity, code), count in self.untold.items():
            message = f"and {count} more of this kind, which are not told one by one"
            self.found.found.append(Diagnostic(code, severity, Place(self.file), message, "correct those above first"))

    def row(self, cells: Sequence[str], line: int, roles: Mapping[int, str], ids: Mapping[int, str]) -> None:
        """Read one row."""
        by_role = {role: (at, cells[at]) for at, role in roles.items() if at < len(cells) and not is_blank(cells[at])}
        if not by_role and all(is_blank(cell) for cell in cells):
            return
        beyond = next((at for at in range(self.width, len(cells)) if not is_blank(cells[at])), None)
        if beyond is not None:
            # '12,5' between commas falls into two cells, and everything behind it moves on by one.
            message = f"the row has more cells than the head ({self.width}): it is not read"
            hint = "put figures with a decimal comma in quotes, or separate the cells by semicolons"
            self.tell(Severity.ERROR, "MP706", self._place(line, beyond), message, hint)
            return
        slug = self._city(by_role, line)
        if slug is None:
            return
        if ids:
            for at, id in ids.items():
                if at < len(cells) and not is_blank(cells[at]):
                    self._wide(slug, id, at, cells, line, by_role)
        else:
            self._long(slug, by_role, line)

    def _place(self, line: int, at: int) -> str:
        return f"{self.file}:{line}:{at + 1}"

    def _city(self, by_role: Mapping[str, tuple[int, str]], line: int) -> str | None:
        at, words = by_role.get("city", (0, ""))
        slug = self.slugs.get(fold(words))
        if slug:
            return slug
        place = self._place(line, at)
        if slug is None:
            message = f"there is no city '{told(words)}': the row is not read"
            self.tell(Severity.ERROR, "MP706", place, message, lambda: nearest(fold(words), list(self.slugs)))
        else:
            message = f"'{told(words)}' may be several cities: the row is not read"
            self.tell(Severity.ERROR, "MP706", place, message, "write 'Kota …', or the code")
        return None

    def _table(self, id: str) -> TableId | None:
        if id in self.content.indicators:
            return "answers"
        return "facts" if id in self.content.facts else None

    def _long(self, slug: str, by_role: Mapping[str, tuple[int, str]], line: int) -> None:
        at, id = by_role.get("id", (0, ""))
        table = self._table(id.strip())
        if table is None:
            message = f"there is no indicator or fact '{told(id)}': the row is not read"
            known = (*self.content.indicators, *self.content.facts)
            self.tell(Severity.ERROR, "MP706", self._place(line, at), message, lambda: nearest(id.strip(), known))
            return
        for role, (column, text) in by_role.items():
            if role not in ("city", "id"):
                self._state(slug, Address(table, id.strip(), role), text, line, column)

    def _wide(
        self, slug: str, id: str, at: int, cells: Sequence[str], line: int, by_role: Mapping[str, tuple[int, str]]
    ) -> None:
        table = self._table(id)
        if table is None:
            return
        judged = table == "answers" and self.content.indicators[id].thresholds is None
        self._state(slug, Address(table, id, "level" if judged else "value"), cells[at], line, at)
        for role in ("year", "source", "evidence", "by"):
            if role in by_role and (table == "answers" or role in ("year", "source")):
                column, text = by_role[role]
                self._state(slug, Address(table, id, role), text, line, column)

    def _state(self, slug: str, address: Address, text: str, line: int, at: int) -> None:
        column = TABLES[address.table].column(address.column)
        place = self._place(line, at)
        if column is None or column.reads is None:
            message = f"'{address.row}' is a fact and has no '{address.column}': the cell is not read"
            self.tell(Severity.ERROR, "MP714", place, message)
            return
        first = self.first.get((slug, address))
        if first is None:
            made = self.first[slug, address] = Statement(address=address, reads=column.reads, raw=text, place=place)
            self.statements.setdefault(slug, []).append(made)
        elif first.raw != text:
            message = f"'{address.row}' of {slug} stands a second time, first in {first.place}, and says something else"
            self.tell(Severity.ERROR, "MP707", place, message, "keep one of the two rows")


def read_cohort(data: bytes, file: str, content: Content, cities: Sequence[CityName]) -> CohortReading:
    """Return what a table of the cohort says of each city. Never raises (MP005, MP706, MP707, MP714, MP719)."""
    reading = _Reading(content, file, _slugs(cities))
    text = _text(data, file, reading.found)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        head = next(rows, [])
        columns = _columns(head, content, reading)
        reading.width = len(head)
        count = 0
        if columns is not None:
            for cells in rows:
                count += len(cells)
                if rows.line_num > MAX_ROWS or count > MAX_CELLS:
                    most = f"{MAX_ROWS} rows" if rows.line_num > MAX_ROWS else f"{MAX_CELLS} cells"
                    reading.found.error("MP719", Place(file), f"more than {most}; the rest is not read")
                    break
                reading.row(cells, rows.line_num, *columns)
    except csv.Error as fault:
        reading.found.error("MP719", Place(file), f"the table cannot be read: {fault}")
    reading.tell_rest()
    return CohortReading(statements=reading.statements, diagnostics=tuple(reading.found.found))


def _slugs(cities: Sequence[CityName]) -> dict[str, str]:
    known: dict[str, str] = {}
    for city in cities:
        full = fold(city.name)
        bare = full.partition(" ")[2]
        for key in {city.slug, city.code, full, bare, full.replace("kabupaten ", "kab. ", 1)} - {""}:
            known[key] = city.slug if known.get(key, city.slug) == city.slug else ""
    return known


def _text(data: bytes, file: str, found: Collector) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        found.warning("MP005", Place(file), "the table is not UTF-8 and is read as Windows-1252", "save it as UTF-8")
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max((",", ";", "\t"), key=head.count)


def _columns(head: Sequence[str], content: Content, reading: _Reading) -> tuple[dict[int, str], dict[int, str]] | None:
    """Return what the columns hold: position -> role, and position -> id for wide tables."""
    roles: dict[int, str] = {}
    ids: dict[int, str] = {}
    if len(head) > MAX_COLUMNS:
        message = f"the table has {len(head)} columns, at most {MAX_COLUMNS} are read"
        reading.found.error("MP719", Place(f"{reading.file}:1"), message, "take out what is no indicator or fact")
        return None
    known = (*_NAMES, *content.indicators, *content.facts)
    for at, title in enumerate(head):
        word = title.strip()
        if word in content.indicators or word in content.facts:
            ids[at] = word
        elif (role := _NAMES.get(fold(word))) is not None and role not in roles.values():
            roles[at] = role
        elif word and fold(word) not in _IGNORED:
            message = f"the column '{told(word)}' is not known: not read"
            near = partial(nearest, word, known)
            reading.tell(Severity.WARNING, "MP714", f"{reading.file}:1:{at + 1}", message, near)
    if "city" in roles.values() and ("id" in roles.values() or ids):
        return roles, ids
    hint = "long: city, id, level, value, year, source, …; wide: city, then a column for each indicator"
    reading.found.error(
        "MP719", Place(f"{reading.file}:1"), "the table has no column of cities, or none of answers", hint
    )
    return None
