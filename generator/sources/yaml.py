"""YAML files to plain data with the place of every value; hostile files end in diagnostics, never in an exception.

The file is read event by event, without recursion, so that neither nesting nor aliases can exhaust the machine. Plain
words are read after YAML 1.1 as far as people mean it: no numbers to base 60, no octal by a leading zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

import yaml
from yaml.resolver import Resolver

from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.sources.files import FORBIDDEN, character_fault, read_text

DataPath = tuple[str | int, ...]

MAX_DEPTH = 40
MAX_NODES = 200_000
"""Values of a file with all aliases written out."""
MAX_DIGITS = 18
MAX_WORD = 64
"""Letters of a plain word whose meaning is remembered."""
MAX_REPORTS = 100

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(?:0x[0-9a-fA-F_]+|0b[01_]+|(?:0|[1-9][0-9_]*))")
_OCTAL = re.compile(r"[-+]?0[0-9_]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Mark(Protocol):
    line: int
    column: int


Spot = tuple[int, int]
"""Line and column, from 1."""


@dataclass(slots=True)
class Positions:
    """Where the values and keys of one file stand."""

    file: str
    data: object = None
    spots: dict[int, dict[str | int, tuple[Spot, Spot]]] = field(default_factory=dict)
    """Identity of a container -> key or index -> (spot of the key, spot of the value)."""
    start: Spot = (1, 1)

    def _spot(self, path: DataPath) -> tuple[Spot, Spot]:
        here: Any = self.data
        spot = (self.start, self.start)
        for step in path:
            step_spots = self.spots.get(id(here), {})
            if step not in step_spots:
                break
            spot = step_spots[step]
            here = here[step]
        return spot

    def value(self, path: DataPath = ()) -> Place:
        """Return the place of the value at `path`, or of its nearest parent that exists."""
        return Place(self.file, *self._spot(path)[1])

    def key(self, path: DataPath) -> Place:
        """Return the place of the key that ends `path`, or of the nearest parent that exists."""
        return Place(self.file, *self._spot(path)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """A file as read: `data` None where it could not be, or is empty (the diagnostics say why)."""

    name: str
    data: Any
    positions: Positions
    diagnostics: tuple[Diagnostic, ...] = ()
    sha256: str = ""


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being filled."""

    value: dict[str | int, Any] | list[Any]
    start: Spot
    anchor: str | None
    depth: int
    size: int = 1
    key: str | int | None = None
    key_spot: Spot = (1, 1)
    awaits_key: bool = True
    spots: dict[str | int, tuple[Spot, Spot]] = field(default_factory=dict)


class _TooBigError(Exception):
    """The reading has to stop here; the diagnostic is already collected."""


@dataclass(slots=True)
class _Builder:
    file: str
    found: Collector
    positions: Positions
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    nodes: int = 0
    documents: int = 0
    clean: bool = False
    """Whether the text of the file is known to hold no forbidden character, so that only escapes can make one."""

    # --- events ----------------------------------------------------------------------------------------------------

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        mark = event.start_mark
        spot = (mark.line + 1, mark.column + 1)
        kind = type(event)
        # By type and the most frequent first: a workspace has a hundred thousand events.
        if kind is yaml.ScalarEvent:
            if event.tag is not None:
                self._tag(event, spot)
            word = None if event.style else event.value
            self._put(self._scalar(event, spot), spot, event.anchor, 1, 1, word)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag is not None:
                self._tag(event, spot)
            self._open({} if kind is yaml.MappingStartEvent else [], spot, event.anchor)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close()
        elif kind is yaml.AliasEvent:
            self._alias(event.anchor or "", spot)
        elif kind is yaml.DocumentStartEvent:
            self._document(spot)

    def _document(self, spot: Spot) -> None:
        self.documents += 1
        if self.documents > 1:
            self._error("MP012", spot, "a second document begins here", "keep one document a file: delete '---'")
            raise _TooBigError

    def _tag(self, event: Any, spot: Spot) -> None:
        if not (event.tag == "!" and isinstance(event, yaml.ScalarEvent)):
            name = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            self._error("MP011", spot, f"tags are not read: '{name}'", "delete the tag, or put the text in quotes")

    def _open(self, value: dict[str | int, Any] | list[Any], spot: Spot, anchor: str | None) -> None:
        depth = len(self.stack) + 1
        if depth > MAX_DEPTH:
            self._error("MP014", spot, f"values are nested deeper than {MAX_DEPTH}")
            raise _TooBigError
        if anchor is not None:
            self.anchors.pop(anchor, None)
        self.stack.append(_Open(value, spot, anchor, depth))

    def _close(self) -> None:
        done = self.stack.pop()
        self.positions.spots[id(done.value)] = done.spots
        # The parts of a container are counted already; only it itself is new.
        self._put(done.value, done.start, done.anchor, done.size, 1, None)

    def _alias(self, name: str, spot: Spot) -> None:
        if name not in self.anchors:
            inside = any(part.anchor == name for part in self.stack)
            message = (
                f"alias '*{name}' stands inside its own anchor" if inside else f"no anchor '&{name}' before this alias"
            )
            self._error("MP013", spot, message, "text that begins with '*' has to be put in quotes")
            self._put(None, spot, None, 1, 1, None)
            return
        value, size = self.anchors[name]
        self._put(value, spot, None, size, size, value if isinstance(value, str) else None)

    # --- building --------------------------------------------------------------------------------------------------

    def _put(self, value: Any, spot: Spot, anchor: str | None, size: int, new: int, word: str | None) -> None:
        """Put a value of `size` nodes, `new` of them not counted yet, into what is open; `word` as it was written."""
        self.nodes += new
        if self.nodes > MAX_NODES:
            self._too_many(spot)
        if anchor is not None:
            self.anchors[anchor] = (value, size)
        if not self.stack:
            self.positions.data, self.positions.start = value, spot
            return
        parent = self.stack[-1]
        parent.size += size
        if isinstance(parent.value, list):
            parent.spots[len(parent.value)] = (spot, spot)
            parent.value.append(value)
        elif parent.awaits_key:
            parent.key, parent.key_spot, parent.awaits_key = self._key(value, spot, parent, word), spot, False
        else:
            key = parent.key
            parent.awaits_key = True
            if key is not None:
                parent.value[key] = value
                parent.spots[key] = (parent.key_spot, spot)

    def _too_many(self, spot: Spot) -> None:
        # Aliases of aliases grow by powers: each counts as much as it stands for.
        hint = "write the values out instead of repeating them by aliases" if self.anchors else "split the file"
        self._error("MP015", spot, f"more than {MAX_NODES} values, aliases written out", hint)
        raise _TooBigError

    def _key(self, value: Any, spot: Spot, parent: _Open, word: str | None) -> str | int | None:
        """Return a key, or None where it cannot be one (its value is then read and dropped)."""
        if isinstance(value, bool) or not isinstance(value, str | int):
            shown = "a list or mapping" if isinstance(value, dict | list) else f"'{_short(word)}' ({_kind(value)})"
            self._error(
                "MP010", spot, f"a key has to be a word or whole number, found {shown}", "put the key in quotes"
            )
            return None
        if value == "<<" and word == "<<":
            self._error("MP010", spot, "merge keys ('<<') are not read", "write the keys out")
            return None
        if value in parent.spots:
            first = parent.spots[value][0]
            self._error(
                "MP009", spot, f"key '{_short(str(value))}' stands here a second time, first in line {first[0]}"
            )
            return None
        return value

    def _scalar(self, event: Any, spot: Spot) -> Any:
        text: str = event.value
        # Only double quotes know escapes, which can write what the text of the file does not hold.
        bad = None if self.clean and event.style != '"' else FORBIDDEN.search(text)
        if bad is not None:
            message, hint = character_fault(bad.group())
            self._error("MP006", spot, message, hint)
            return None
        if not event.implicit[0] or event.style not in (None, ""):
            return text
        value, fault, advice = _plain(text) if len(text) <= MAX_WORD else _meant(text)
        if fault:
            self._error("MP016", spot, fault, advice)
        return value

    def _error(self, code: str, spot: Spot, message: str, hint: str | None = None) -> None:
        if len(self.found.found) >= MAX_REPORTS:
            self.found.error(code, Place(self.file, *spot), f"more than {MAX_REPORTS} errors; the rest is not read")
            raise _TooBigError
        self.found.error(code, Place(self.file, *spot), message, hint)


_Meant = tuple[Any, str, str | None]
"""A value; '' or what is wrong with it; what to do about it."""


def _meant(text: str) -> _Meant:
    """Return what a plain word means."""
    match _resolved(text):
        case "null":
            return None, "", None
        case "bool":
            return text.lower() in ("yes", "true", "on"), "", None
        case "int" if _OCTAL.fullmatch(text):
            return None, f"number '{_short(text)}' with a leading zero", "quote a code, or drop the zero"
        case "int" if _INT.fullmatch(text):
            if len(text) > MAX_DIGITS + 6 or len(text.strip("+-").replace("_", "")) > MAX_DIGITS:
                return None, f"number with more than {MAX_DIGITS} digits: '{_short(text)}'", None
            return int(text.replace("_", ""), 0), "", None
        case "float" if ":" not in text:
            return _float(text)
        case "timestamp" if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text), "", None
            except ValueError:
                return None, f"there is no date '{text}'", "write year-month-day, or quote the text"
        case _:
            return text, "", None


# The same few thousand words stand in all files again and again.
_plain = lru_cache(maxsize=8_192)(_meant)


def _float(text: str) -> _Meant:
    try:
        value = float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text, "", None
    if not isfinite(value):
        return None, f"'{_short(text)}' is not a finite number", "leave the value out where it is not known"
    return value, "", None


def _resolved(text: str) -> str:
    """Return the kind that YAML 1.1 gives a plain word."""
    resolvers: Mapping[str, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
    for tag, pattern in resolvers.get(text[:1], ()):
        if pattern.match(text):
            return tag.rsplit(":", 1)[1]
    return "str"


def _short(text: str | None) -> str:
    words = text or ""
    return words if len(words) <= 40 else words[:39] + "…"


def _kind(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "read as yes or no"
        case date():
            return "read as a date"
        case _:
            return "read as a number"


# --- syntax errors ---------------------------------------------------------------------------------------------------

_HINTS = (
    ("mapping values are not allowed", "put text that contains ': ' in quotes; check the indentation"),
    ("did not find expected ',' or", "put text with commas, braces or ': ' in quotes; close every bracket"),
    ("did not find expected key", "check the indentation of this line, and quotes within quoted text"),
    ("did not find expected '-' indicator", "check the indentation: the items of a list begin in one column"),
    ("could not find expected ':'", "a key needs ': ' behind it; longer text needs quotes or '>-'"),
    ("unexpected end of stream", "a quote or bracket is not closed"),
    ("cannot start any token", "put text that begins with @, `, % or & in quotes"),
    ("alias", "put text that begins with '*' in quotes"),
    ("anchor", "put text that begins with '&' in quotes"),
    ("escape", "in double quotes a backslash begins an escape: use single quotes"),
    ("nesting", "the file is nested without end"),
)


def _syntax(fault: yaml.YAMLError, text: str, file: str, found: Collector) -> None:
    tabs = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line[: len(line) - len(line.lstrip(" \t"))] and line.strip()
    ]
    for number in tabs[:20]:
        column = text.split("\n")[number - 1].index("\t") + 1
        found.error("MP008", Place(file, number, column), "indented with a tab", "indent with spaces")
    mark: _Mark | None = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    if mark is not None and any(abs(number - mark.line - 1) <= 1 for number in tabs):
        return
    problem = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or "not readable")
    context = getattr(fault, "context", None)
    message = f"not valid YAML: {problem}" + (f" ({context})" if context else "")
    hint = next((hint for words, hint in _HINTS if words in message), None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file)
    found.error("MP007", place, message, hint)


def parse_yaml(text: str, file: str) -> YamlFile:
    """Return the data of YAML text; `file` names it in places. Never raises (MP006-MP017)."""
    found, positions = Collector(), Positions(file)
    builder = _Builder(file, found, positions, clean=FORBIDDEN.search(text) is None)
    loader = None
    try:
        loader = _Loader(text)
        while loader.check_event():
            builder.take(loader.get_event())
    except _TooBigError:
        positions.data = None
    except yaml.YAMLError as fault:
        positions.data = None
        _syntax(fault, text, file, found)
    except (UnicodeError, RecursionError, ValueError, OverflowError) as fault:
        positions.data = None
        found.error("MP007", Place(file), f"not readable as YAML: {type(fault).__name__}")
    finally:
        if loader is not None:
            loader.dispose()
    if positions.data is None and not found.has_errors:
        found.error("MP017", Place(file, 1, 1), "the file is empty", "write its content, or delete the file")
    return YamlFile(name=file, data=positions.data, positions=positions, diagnostics=tuple(found.found))


def read_yaml(path: Path, root: Path) -> YamlFile:
    """Return the data of a YAML file inside the workspace `root`. Never raises (MP001-MP017)."""
    source = read_text(path, root)
    if source.text is None:
        positions = Positions(source.name)
        return YamlFile(
            name=source.name, data=None, positions=positions, diagnostics=source.diagnostics, sha256=source.sha256
        )
    read = parse_yaml(source.text, source.name)
    return YamlFile(
        name=read.name,
        data=read.data,
        positions=read.positions,
        diagnostics=(*source.diagnostics, *read.diagnostics),
        sha256=source.sha256,
    )
