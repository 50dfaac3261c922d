"""Plain data to the frozen types of the model; every fault of a file at once, each with its place and what to do."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.sources.conditions import Parsing, parse_condition
from generator.sources.yaml import DataPath, YamlFile

if typing.TYPE_CHECKING:
    from pydantic_core import ErrorDetails, SchemaValidator

T = TypeVar("T")
MAX_FAULTS = 60
"""Faults of one file that are reported one by one."""


# --- validators ------------------------------------------------------------------------------------------------------


@cache
def _validator(kind: type[Any]) -> SchemaValidator:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaValidator

    # Numbers are strict, so that neither `yes` nor "12" slips in as a number; lists still become tuples.
    return SchemaValidator(_strict_numbers(TypeAdapter(kind).core_schema))


def _strict_numbers(schema: Any) -> Any:
    if isinstance(schema, dict):
        done = {key: value if key == "metadata" else _strict_numbers(value) for key, value in schema.items()}
        return {**done, "strict": True} if schema.get("type") in ("int", "float") else done
    if isinstance(schema, list):
        return [_strict_numbers(part) for part in schema]
    return schema


def validate(
    kind: type[T], file: YamlFile, *, conditions: tuple[str, ...] = (), data: object = None
) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """Return the data of a file as a value of `kind`, or None with every fault in it (MP101-MP109).

    `conditions` names top-level keys that hold a condition of the closed algebra. `data` replaces the data of the
    file where only its form was changed (positions are still looked up in the file).
    """
    from pydantic import ValidationError

    found = Collector()
    raw = file.data if data is None else data
    if not isinstance(raw, Mapping):
        expected = "a mapping with " + ", ".join(known_keys(kind)[:6])
        found.error("MP103", file.positions.value(), f"the file holds {told(raw)}, expected {expected}")
        return None, tuple(found.found)
    ready = dict(raw)
    for key in conditions:
        if ready.get(key) is not None:
            ready[key] = _condition(ready[key], key, file, found)
    try:
        value: T | None = _validator(typing.cast(Any, kind)).validate_python(ready)
    except ValidationError as fault:
        value = None
        _report(fault.errors(include_url=False, include_context=True), kind, ready, file, found)
    already = {(item.place.line, item.place.column) for item in file.diagnostics}
    kept = tuple(
        sorted(
            (item for item in found.found if (item.place.line, item.place.column) not in already),
            key=lambda item: (item.place.line or 0, item.place.column or 0, item.code),
        )
    )
    broken = found.has_errors or any(item.severity is Severity.ERROR for item in file.diagnostics)
    return (None if broken else value), kept


def _condition(raw: object, key: str, file: YamlFile, found: Collector) -> object:
    from generator.model.rules import Trait

    parsing = Parsing()
    condition = parse_condition(raw, (key,), parsing)
    for problem in parsing.problems:
        place = file.positions.key(problem.path) if "unknown" in problem.message else file.positions.value(problem.path)
        found.error("MP108", place, problem.message, problem.hint)
    # The faults are told; a condition that is always readable keeps the rest of the file under examination.
    return condition if condition is not None else Trait("")


# --- faults in words -------------------------------------------------------------------------------------------------


def _report(
    errors: Sequence[ErrorDetails], kind: type[Any], data: Mapping[Any, Any], file: YamlFile, found: Collector
) -> None:
    grouped: dict[tuple[DataPath, str], list[ErrorDetails]] = {}
    for error in errors:
        path = _existing(error["loc"], data)
        group = {"missing": "missing", "unexpected_keyword_argument": "unknown"}.get(error["type"], "value")
        if group == "missing":
            path = (*path, error["loc"][-1])
        grouped.setdefault((path, group), []).append(error)
    for count, ((path, group), several) in enumerate(grouped.items()):
        if count == MAX_FAULTS:
            found.error("MP109", Place(file.name), f"{len(grouped) - count} more faults of the same file")
            return
        if group == "missing":
            hint = _about(kind, path)
            found.error(
                "MP102", file.positions.value(path[:-1]), f"{_in(path[:-1], data)}'{path[-1]}' is missing", hint
            )
        elif group == "unknown":
            _unknown_key(kind, path, data, file, found)
        else:
            _value_fault(path, several, kind, data, file, found)


def _existing(loc: Sequence[str | int], data: object) -> DataPath:
    """Return the part of a pydantic location that is a path of the data (unions and keys add steps of their own)."""
    path: list[str | int] = []
    here: Any = data
    for step in loc:
        inside = isinstance(here, Mapping) and step in here
        inside = inside or (isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here))
        if inside:
            here = here[step]
            path.append(step)
    return tuple(path)


def _in(path: DataPath, data: object) -> str:
    return f"in {dotted(path, data)}: " if path else ""


def dotted(path: DataPath, data: object) -> str:
    """Return a path of `data` as people write it, entries of lists counted from 1: `indicators[3].levels.0`."""
    text = ""
    here: Any = data
    for step in path:
        text += f"[{int(step) + 1}]" if isinstance(here, list) else f".{_cut(step)}" if text else _cut(step)
        known = isinstance(here, list) or (isinstance(here, Mapping) and step in here)
        here = typing.cast(Any, here)[step] if known else None
    return text if len(text) <= 120 else "…" + text[-119:]


def _unknown_key(kind: type[Any], path: DataPath, data: object, file: YamlFile, found: Collector) -> None:
    known = known_keys(_type_at(kind, path[:-1]))
    hint = nearest(str(path[-1]), known) or ("known keys: " + ", ".join(known) if known else None)
    found.error("MP101", file.positions.key(path), f"{_in(path[:-1], data)}unknown key '{_cut(path[-1])}'", hint)


def _value_fault(
    path: DataPath, errors: Sequence[ErrorDetails], kind: type[Any], data: object, file: YamlFile, found: Collector
) -> None:
    first = errors[0]
    value = first["input"]
    is_key = "[key]" in first["loc"]
    wanted = list(dict.fromkeys(_expected(error) for error in errors))
    code = _CODES.get(first["type"], "MP103") if len(wanted) == 1 else "MP103"
    name = dotted(path, data) or "the file"
    place = file.positions.key(path) if is_key else file.positions.value(path)
    message = f"{name}: found {told(value)}, expected {' or '.join(wanted)}"
    found.error(code, place, message, _value_hint(first, value, _type_at(kind, path)))


def _value_hint(error: ErrorDetails, value: object, kind: Any) -> str | None:
    if error["type"] == "literal_error" and isinstance(value, str):
        return nearest(value, [str(choice) for choice in _choices(kind)])
    if value is None:
        return "write it, or leave the key out where it is not known"
    text_wanted = error["type"] == "string_type"
    if text_wanted and isinstance(value, date | bool | int | float):
        return "put the text in quotes"
    if text_wanted and isinstance(value, list):
        return "text with '[' at its beginning has to be put in quotes"
    if text_wanted and isinstance(value, Mapping):
        return "text with ': ' or braces has to be put in quotes"
    if error["type"] in ("int_type", "float_type") and isinstance(value, str):
        stripped = value.replace(".", "").replace(",", "").replace(" ", "")
        if stripped.isdigit():
            return "write the number without quotes, thousands without points, decimals with a point"
    return None


def _choices(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(choice for part in get_args(kind) for choice in _choices(part))


def _bounds(error: ErrorDetails, sign: str, key: str) -> str:
    return f"a number {sign} {error.get('ctx', {}).get(key, '')}"


def _length(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    least, most = context.get("min_length"), context.get("max_length")
    return f"at least {least} entries" if least is not None else f"at most {most} entries"


def _literal(error: ErrorDetails) -> str:
    return "one of " + str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ")


_EXPECTED: dict[str, str | Callable[[ErrorDetails], str]] = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "yes or no",
    "bool_parsing": "yes or no",
    "date_type": "a date such as 2026-03-02",
    "date_parsing": "a date such as 2026-03-02",
    "date_from_datetime_parsing": "a date such as 2026-03-02",
    "date_from_datetime_inexact": "a date without time",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
    "none_required": "nothing",
    "literal_error": _literal,
    "too_short": _length,
    "too_long": _length,
    "greater_than_equal": lambda error: _bounds(error, "≥", "ge"),
    "greater_than": lambda error: _bounds(error, ">", "gt"),
    "less_than_equal": lambda error: _bounds(error, "≤", "le"),
    "less_than": lambda error: _bounds(error, "<", "lt"),
}
_CODES = {
    "literal_error": "MP104",
    "greater_than_equal": "MP105",
    "greater_than": "MP105",
    "less_than_equal": "MP105",
    "less_than": "MP105",
    "too_short": "MP106",
    "too_long": "MP106",
    "missing_argument": "MP102",
}


def _expected(error: ErrorDetails) -> str:
    words = _EXPECTED.get(error["type"])
    if words is None:
        return error["msg"][:1].lower() + error["msg"][1:]
    return words if isinstance(words, str) else words(error)


def told(value: object) -> str:
    """Return a value as a person would name it in a message, cut to a line."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"'{'yes' if value else 'no'}' (yes or no)"
        case str():
            return f"the text '{_cut(value)}'"
        case int() | float():
            return f"the number {_cut(value)}"
        case date():
            return f"the date {value.isoformat()}"
        case list() | tuple():
            return f"a list of {len(value)}"
        case Mapping():
            return "a mapping with " + (", ".join(_cut(key) for key in list(value)[:4]) or "no keys")
        case _:
            return type(value).__name__


def _cut(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return 'did you mean …?' for the nearest known word, None where nothing is near."""
    close = get_close_matches(word[:80], known, 1, 0.6)
    return f"did you mean '{close[0]}'?" if close else None


# --- types along a path ----------------------------------------------------------------------------------------------


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def known_keys(kind: Any) -> list[str]:
    """Return the keys that a mapping of this type may have; empty where they are free."""
    kind = _bare(kind)
    return [part.name for part in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []


def _bare(kind: Any) -> Any:
    """Return a type without its constraints, and without None where it is optional."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, types.UnionType):
        parts = [part for part in get_args(kind) if part is not type(None)]
        return _bare(parts[0]) if len(parts) == 1 else kind
    return kind


def _type_at(kind: Any, path: DataPath) -> Any:
    here = _bare(kind)
    for step in path:
        arguments = get_args(here)
        if dataclasses.is_dataclass(here) and isinstance(step, str) and step in _hints(typing.cast(type, here)):
            here = _bare(_hints(typing.cast(type, here))[step])
        elif get_origin(here) is tuple and arguments:
            here = _bare(arguments[0])
        elif get_origin(here) is dict and len(arguments) == 2:
            here = _bare(arguments[1])
        else:
            return None
    return here


def _about(kind: type[Any], path: DataPath) -> str | None:
    wanted = _type_at(kind, path)
    choices = _choices(wanted) if wanted is not None else ()
    if choices:
        return "one of " + ", ".join(str(choice) for choice in choices)
    described = known_keys(wanted)
    return "a mapping with " + ", ".join(described) if described else None
