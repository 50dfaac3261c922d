"""The container of a spreadsheet file, before anything parses it: limits, and a clean copy of the parts that are read.

A reader in another language is handed only a fresh archive of the sheets, strings and styles, unpacked here within
limits: macros, external links, embedded objects and pictures are never looked at, sizes that lie or overlap are found,
and a sheet whose cells span a billion positions is refused before a grid is laid out for it.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal
from xml.parsers import expat

from generator.sources.workbook.formats import counts_from_1904, percent_styles

MAX_BYTES = 20_000_000
MAX_PARTS = 2_000
EMPTY_DRAWING = 500
"""Bytes of a drawing without anything in it, as LibreOffice and Google Sheets write one for each sheet."""
MAX_UNPACKED = 120_000_000
"""Bytes of all parts that are read; a filled form has about 2 MB."""
MAX_RATIO = 400
"""Unpacked size of a part for each packed byte; repetitive sheets reach 60."""
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 50_000, 1_000, 2_000_000
"""Of one sheet, empty cells within its bounds counted."""

Kind = Literal["xlsx", "ods", "xls"]
_KEPT = re.compile(
    r"(?i)\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedStrings\.xml|"
    r"xl/styles\.xml|xl/worksheets/[^/]+\.xml|mimetype|content\.xml|META-INF/manifest\.xml"
)
_OUTSIDE = re.compile(r"(?i)\[\d+\]|\[[^\]]*\.xl|\||WEBSERVICE|HYPERLINK\(|'file:|https?:|DDE\(")
_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, LookupError, EOFError, RuntimeError, OSError, ValueError,
)  # fmt: skip


class ContainerError(Exception):
    """The file cannot be read as a spreadsheet: code, reason, what to do."""

    def __init__(self, code: str, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a cell that needs a word: it has no stored result, or looks outside of the workbook."""

    row: int
    """From 0."""
    column: int
    text: str
    has_result: bool
    error: str = ""
    """The error that the cell holds instead of a value ('#DIV/0!'); the reader of the file would say it is empty."""


@dataclass(slots=True)
class Container:
    """A spreadsheet file that is safe to parse."""

    kind: Kind
    data: bytes
    formulas: dict[str, list[Formula]] = field(default_factory=dict)
    """Name of the sheet -> formulas without result or with a look outside."""
    percents: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    """Name of the sheet -> row and column, from 0, of figures that are shown as per cent."""
    since_1904: bool = False
    """Whether days are counted from 1904, as old programs of the Macintosh did; cells without a date's format too."""
    left_out: list[str] = field(default_factory=list)
    """Parts that were not looked at: what could do harm, and what nobody may miss (comments, text boxes)."""


def open_container(data: bytes) -> Container:
    """Return the parts of a workbook that are read. Raises `ContainerError` (MP701-MP703)."""
    if len(data) > MAX_BYTES:
        size = len(data) / 1_000_000
        raise ContainerError("MP702", f"the file has {size:.0f} MB, at most {MAX_BYTES // 1_000_000} MB are read")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ContainerError("MP701", "the file is locked with a password", "save it without a password")
        return Container("xls", data)
    if not data.startswith(b"PK"):
        hint = "save it as .xlsx or .ods; text files of a cohort are read with --cohort"
        if data[:2_000].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            hint = "it is a web page or XML by the name of a spreadsheet: open it, and save it as .xlsx"
        raise ContainerError("MP701", "the file is no spreadsheet (.xlsx, .xlsm, .xls, .ods)", hint)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _archive(archive)
    except _DAMAGED as fault:
        raise ContainerError("MP701", f"the file is damaged: {fault}", "save it again, and send it again") from fault
    except expat.ExpatError as fault:
        raise ContainerError("MP701", f"a sheet of the file is damaged: {fault}", "save it again") from fault


def _archive(archive: zipfile.ZipFile) -> Container:
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise ContainerError("MP702", f"the file holds {len(entries)} parts, at most {MAX_PARTS} are read")
    names = {entry.filename for entry in entries}
    if any(name.casefold().endswith("workbook.bin") for name in names):
        raise ContainerError("MP701", "binary workbooks (.xlsb) are not read", "save it as .xlsx")
    if len(names) != len(entries):
        raise ContainerError("MP702", "the file holds parts of the same name twice")
    kind: Kind = "ods" if "content.xml" in names else "xlsx"
    container = Container(kind, b"")
    kept = [entry for entry in entries if _KEPT.fullmatch(entry.filename)]
    container.left_out = sorted(
        {word for entry in entries if not _KEPT.fullmatch(entry.filename) for word in _harm(entry)}
    )
    _limits(kept)
    parts = {entry.filename: _unpacked(archive, entry) for entry in kept}
    if kind == "ods":
        _scan_ods(parts["content.xml"], container)
    else:
        _scan_xlsx(parts, container)
    container.data = _repacked(parts)
    return container


def _harm(entry: zipfile.ZipInfo) -> Iterator[str]:
    low = entry.filename.casefold()
    for part, word in (
        ("vbaproject", "macros"), ("macrosheets", "macros"), ("basic/", "macros"), ("scripts/", "macros"),
        ("externallinks", "links to other workbooks"), ("connections", "data connections"),
        ("embeddings", "embedded objects"), ("activex", "controls"), ("ctrlprops", "controls"),
        ("comments", "comments of cells"),
    ):  # fmt: skip
        if part in low:
            yield word
    if low.startswith("xl/drawings/drawing") and entry.file_size > EMPTY_DRAWING:
        yield "pictures or text boxes"


def _limits(entries: list[zipfile.ZipInfo]) -> None:
    total = 0
    for entry in entries:
        total += entry.file_size
        if entry.flag_bits & 1:
            raise ContainerError("MP701", "the file is locked with a password", "save it without a password")
        if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise ContainerError("MP702", f"'{entry.filename}' unpacks to {entry.file_size / 1e6:.0f} MB: not read")
    if total > MAX_UNPACKED:
        raise ContainerError("MP702", f"the file unpacks to {total / 1e6:.0f} MB: not read", "delete what is no input")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # The module stops at the size that the entry states, and then compares the checksum.
    with archive.open(entry) as stream:
        return stream.read(entry.file_size + 1)


def _repacked(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


# --- scanning --------------------------------------------------------------------------------------------------------


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ContainerError("MP702", "the file declares entities of its own: not read")

    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    return parser


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _check_bounds(rows: int, columns: int, name: str) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        hint = "delete the stray cells far below or far to the right"
        raise ContainerError("MP703", f"sheet '{name}' spans {rows} rows and {columns} columns: not read", hint)


def _scan_xlsx(parts: dict[str, bytes], container: Container) -> None:
    by_name = {name.casefold(): data for name, data in parts.items()}
    if "xl/workbook.xml" not in by_name:
        raise ContainerError("MP701", "the file is an archive, but no spreadsheet", "save it as .xlsx or .ods")
    names = _sheet_names(by_name)
    container.since_1904 = counts_from_1904(by_name["xl/workbook.xml"], _parser())
    percent = percent_styles(by_name["xl/styles.xml"], _parser()) if "xl/styles.xml" in by_name else frozenset()
    for part, data in by_name.items():
        if part.startswith("xl/worksheets/"):
            name = names.get(part, part)
            scan = _SheetScan(name, percent)
            container.formulas[name] = scan.scan(data)
            container.percents[name] = scan.percents


def _sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    """Return part -> name of the sheet."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def in_book(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            id = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
            sheets[id] = attributes.get("name", "")

    def in_relations(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target = attributes.get("Target", "").casefold()
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    for part, handler in (("xl/workbook.xml", in_book), ("xl/_rels/workbook.xml.rels", in_relations)):
        if part in parts:
            parser = _parser()
            parser.StartElementHandler = handler
            parser.Parse(parts[part], True)
    return {targets[id]: name for id, name in sheets.items() if id in targets}


@dataclass(slots=True)
class _SheetScan:
    """Bounds and formulas of one sheet of an xlsx file."""

    name: str
    styles: frozenset[str] = frozenset()
    """Of per cent."""
    percents: set[tuple[int, int]] = field(default_factory=set)
    row: int = -1
    column: int = -1
    rows: int = 0
    columns: int = 0
    formula: str | None = None
    has_result: bool = False
    inside: str = ""
    kind: str = ""
    value: str = ""
    found: list[Formula] = field(default_factory=list)

    def scan(self, data: bytes) -> list[Formula]:
        parser = _parser()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.Parse(data, True)
        return self.found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self.row + 1
                self.column = -1
            case "c":
                self._cell(attributes.get("r"))
                self.kind, self.value = attributes.get("t", ""), ""
                if self.kind in ("", "n") and attributes.get("s") in self.styles:
                    self.percents.add((self.row, self.column))
            case "f":
                self.formula, self.inside = "", "f"
            case "v" | "t" as part:
                self.inside = part
                # An empty text is a result too: that of a formula which shows nothing.
                self.has_result = self.has_result or self.kind == "str"

    def _cell(self, reference: str | None) -> None:
        match = _CELL.fullmatch(reference) if reference is not None else None
        if match is not None:
            self.row, self.column = int(match.group(2)) - 1, column_number(match.group(1))
        elif reference is not None:
            raise ContainerError("MP701", f"sheet '{self.name}' has a cell without a place", "save it again")
        else:
            self.column += 1
        self.formula, self.has_result = None, False

    def end(self, tag: str) -> None:
        match _local(tag):
            case "f" | "v" | "t":
                self.inside = ""
            case "c":
                self._grow()
                error = (self.value.strip() or "#N/A") if self.kind == "e" else ""
                formula = self.formula
                if error or (formula is not None and (not self.has_result or looks_outside(formula))):
                    self.found.append(Formula(self.row, self.column, formula or "", self.has_result, error))
                self.formula = None

    def _grow(self) -> None:
        # Cells that have a format alone are left out by the reader too: they need no room.
        if self.has_result:
            self.rows, self.columns = max(self.rows, self.row + 1), max(self.columns, self.column + 1)
            _check_bounds(self.rows, self.columns, self.name)

    def text(self, data: str) -> None:
        if self.inside == "f" and self.formula is not None and len(self.formula) < 500:
            self.formula += data
        elif self.inside in ("v", "t"):
            self.has_result = True
            if self.kind == "e":
                self.value = (self.value + data)[:40]


def looks_outside(formula: str) -> bool:
    """Return whether a formula looks at another workbook, a program, a web address or a file."""
    return _OUTSIDE.search(formula) is not None


def column_number(letters: str) -> int:
    """Return 0 for 'A', 27 for 'AB'."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Return 'A' for 0, 'AB' for 27."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class _OdsScan:
    """Bounds and formulas of the sheets of an ods file; repeated empty cells do not count."""

    found: dict[str, list[Formula]]
    percents: dict[str, set[tuple[int, int]]]
    name: str = ""
    notes: bool = False
    row: int = 0
    column: int = 0
    repeat: int = 1
    last: int = 0
    filled: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        given = {_local(key): value for key, value in attributes.items()}
        match _local(tag):
            case "table" if tag.startswith("table:"):
                self.name, self.row = given.get("name", ""), 0
                self.found[self.name], self.percents[self.name] = [], set()
            case "table-row":
                self.repeat = _count(given.get("number-rows-repeated"))
                self.column, self.last, self.filled = 0, 0, False
            case "table-cell" | "covered-table-cell":
                self._cell(given, attributes)
            case "annotation":
                self.notes = True

    def _cell(self, given: dict[str, str], attributes: dict[str, str]) -> None:
        times = _count(given.get("number-columns-repeated"))
        formula = given.get("formula")
        has_value = "value-type" in given
        if has_value or formula is not None:
            self.filled, self.last = True, self.column + times
            _check_bounds(self.row + self.repeat, self.last, self.name)
        # A broken file may have cells that stand in no table.
        if given.get("value-type") == "percentage":
            self.percents.setdefault(self.name, set()).add((self.row, self.column))
        # LibreOffice states errors in an attribute of its own, beside an empty text.
        error = (
            "an error" if "error" in (value for key, value in attributes.items() if _local(key) == "value-type") else ""
        )
        if error or (formula is not None and (not has_value or looks_outside(formula))):
            self.found.setdefault(self.name, []).append(
                Formula(self.row, self.column, (formula or "")[:500], has_value, error)
            )
        self.column += times

    def end(self, tag: str) -> None:
        if _local(tag) == "table-row":
            self.row += self.repeat


def _count(text: str | None) -> int:
    return min(int(text), 10_000_000) if text is not None and text.isdigit() else 1


def _scan_ods(data: bytes, container: Container) -> None:
    scan = _OdsScan(container.formulas, container.percents)
    parser = _parser()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.Parse(data, True)
    if scan.notes:
        container.left_out.append("comments of cells")
