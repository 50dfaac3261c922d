"""Plain data to the closed algebra of conditions; every fault is reported with its path, none stops the reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal

from generator.model.rules import (
    Above,
    All,
    AnyOf,
    Below,
    Between,
    Compare,
    Condition,
    Missing,
    Not,
    Stale,
    Subject,
    Trait,
    Trend,
    Unverified,
)

Path = tuple[str | int, ...]
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a path of the data."""

    path: Path
    message: str
    hint: str | None = None


@dataclass(slots=True)
class Parsing:
    """The faults found so far."""

    problems: list[Problem] = field(default_factory=list)

    def fault(self, path: Path, message: str, hint: str | None = None) -> None:
        """Remember a fault."""
        self.problems.append(Problem(path, message, hint))


def parse_condition(raw: object, path: Path, parsing: Parsing) -> Condition | None:
    """Return the condition written at `path`, or None where it cannot be read (the faults are in `parsing`)."""
    if len(path) > 2 * MAX_DEPTH:
        parsing.fault(path, f"conditions are nested deeper than {MAX_DEPTH}")
        return None
    if not isinstance(raw, Mapping) or len(raw) != 1:
        parsing.fault(path, "expected one condition, such as 'below: {indicator: …, level: …}'", _known())
        return None
    (name, body), *_ = raw.items()
    reader = _READERS.get(str(name))
    if reader is None:
        close = get_close_matches(str(name)[:40], _READERS, 1)
        hint = f"did you mean '{close[0]}'?" if close else _known()
        parsing.fault((*path, str(name)), f"unknown condition '{str(name)[:40]}'", hint)
        return None
    return reader(body, (*path, str(name)), parsing)


def _known() -> str:
    return "known conditions: " + ", ".join(_READERS)


def _many(kind: Callable[[tuple[Condition, ...]], Condition]) -> _Reader:
    def read(body: object, path: Path, parsing: Parsing) -> Condition | None:
        if not isinstance(body, list) or not body:
            parsing.fault(path, "expected a list of at least one condition")
            return None
        parts = [parse_condition(part, (*path, index), parsing) for index, part in enumerate(body)]
        known = tuple(part for part in parts if part is not None)
        return kind(known) if len(known) == len(parts) else None

    return read


def _not(body: object, path: Path, parsing: Parsing) -> Condition | None:
    part = parse_condition(body, path, parsing)
    return Not(part) if part is not None else None


def _fields(body: object, path: Path, parsing: Parsing, allowed: tuple[str, ...]) -> Mapping[str, Any] | None:
    if not isinstance(body, Mapping):
        parsing.fault(path, f"expected a mapping with {', '.join(allowed)}")
        return None
    unknown = [key for key in body if key not in allowed]
    for key in unknown:
        close = get_close_matches(str(key)[:40], allowed, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"known keys: {', '.join(allowed)}"
        parsing.fault((*path, str(key)), f"unknown key '{str(key)[:40]}'", hint)
    return None if unknown else body


def _subject(body: Mapping[str, Any], path: Path, parsing: Parsing) -> Subject | None:
    kinds: tuple[Literal["indicator", "fact", "score"], ...] = ("indicator", "fact", "score")
    named = [kind for kind in kinds if kind in body]
    if len(named) != 1 or not isinstance(body[named[0]], str):
        parsing.fault(path, "expected exactly one of 'indicator', 'fact' or 'score' with an id")
        return None
    return Subject(named[0], body[named[0]])


def _number(value: object, path: Path, parsing: Parsing) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        parsing.fault(path, f"expected a number, found {str(value)[:40]!r}")
        return None
    return float(value)


def _measured(subject: Subject, by: Literal["level", "value"]) -> bool:
    """Whether a subject of this kind has a level or value: facts have no level, scores no other value than it."""
    return {"indicator": True, "fact": by == "value", "score": by == "level"}[subject.kind]


def _limit(kind: type[Below] | type[Above]) -> _Reader:
    def read(body: object, path: Path, parsing: Parsing) -> Condition | None:
        fields = _fields(body, path, parsing, ("indicator", "fact", "score", "level", "value"))
        subject = _subject(fields, path, parsing) if fields is not None else None
        if fields is None or subject is None:
            return None
        by: Literal["level", "value"] = "level" if "level" in fields else "value"
        if ("level" in fields) == ("value" in fields) or not _measured(subject, by):
            parsing.fault(path, "expected exactly one of 'level' or 'value' (facts take 'value', scores 'level')")
            return None
        limit = _number(fields[by], (*path, by), parsing)
        return kind(subject, limit, by) if limit is not None else None

    return read


def _between(body: object, path: Path, parsing: Parsing) -> Condition | None:
    fields = _fields(body, path, parsing, ("indicator", "fact", "score", "levels", "values"))
    subject = _subject(fields, path, parsing) if fields is not None else None
    if fields is None or subject is None:
        return None
    key = "levels" if "levels" in fields else "values"
    by: Literal["level", "value"] = "level" if key == "levels" else "value"
    pair = fields.get(key)
    if not isinstance(pair, list) or len(pair) != 2 or {"levels", "values"} <= fields.keys():
        parsing.fault(path, "expected one of 'levels: [low, high]' or 'values: [low, high]'")
        return None
    if not _measured(subject, by):
        parsing.fault(path, f"a {subject.kind} has no {key} (facts take 'values', scores 'levels')")
        return None
    low, high = (_number(end, (*path, key, index), parsing) for index, end in enumerate(pair))
    if low is None or high is None:
        return None
    if low > high:
        parsing.fault((*path, key), f"the lower end {low:g} is above the upper end {high:g}")
        return None
    return Between(subject, low, high, by)


def _missing(body: object, path: Path, parsing: Parsing) -> Condition | None:
    fields = _fields(body, path, parsing, ("indicator", "fact", "score"))
    subject = _subject(fields, path, parsing) if fields is not None else None
    return Missing(subject) if subject is not None else None


def _stale(body: object, path: Path, parsing: Parsing) -> Condition | None:
    fields = _fields(body, path, parsing, ("indicator", "fact", "years"))
    if fields is None:
        return None
    subject = _subject(fields, path, parsing)
    years = fields.get("years")
    if isinstance(years, bool) or not isinstance(years, int) or years < 0:
        parsing.fault((*path, "years"), f"expected 'years' as a whole number from 0, found {str(years)[:40]!r}")
        return None
    return Stale(subject, years) if subject is not None else None


def _unverified(body: object, path: Path, parsing: Parsing) -> Condition | None:
    fields = _fields(body, path, parsing, ("indicator",))
    subject = _subject(fields, path, parsing) if fields is not None else None
    return Unverified(subject.id) if subject is not None else None


def _trend(body: object, path: Path, parsing: Parsing) -> Condition | None:
    fields = _fields(body, path, parsing, ("fact", "direction"))
    if fields is None:
        return None
    fact, direction = fields.get("fact"), fields.get("direction")
    if not isinstance(fact, str) or direction not in ("up", "down"):
        parsing.fault(path, "expected 'fact: …' and 'direction: up' or 'down'")
        return None
    return Trend(fact, "up" if direction == "up" else "down")


def _compare(body: object, path: Path, parsing: Parsing) -> Condition | None:
    fields = _fields(body, path, parsing, ("fact", "other", "relation", "times"))
    if fields is None:
        return None
    fact, other, relation = fields.get("fact"), fields.get("other"), fields.get("relation")
    if not isinstance(fact, str) or not isinstance(other, str) or relation not in ("above", "below"):
        parsing.fault(path, "expected 'fact: …', 'other: …' and 'relation: above' or 'below'")
        return None
    times = _number(fields.get("times", 1), (*path, "times"), parsing)
    return Compare(fact, other, "above" if relation == "above" else "below", times) if times is not None else None


def _trait(body: object, path: Path, parsing: Parsing) -> Condition | None:
    if not isinstance(body, str):
        parsing.fault(path, "expected the id of a trait, 'kota' or 'kabupaten'")
        return None
    return Trait(body)


_Reader = Callable[[object, Path, Parsing], Condition | None]
_READERS: dict[str, _Reader] = {
    "all": _many(All),
    "any": _many(AnyOf),
    "not": _not,
    "below": _limit(Below),
    "above": _limit(Above),
    "between": _between,
    "missing": _missing,
    "stale": _stale,
    "unverified": _unverified,
    "trend": _trend,
    "compare": _compare,
    "trait": _trait,
}
