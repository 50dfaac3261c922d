"""What the program left for itself as JSON, read with suspicion: it lies where others write too.

A record is understood or not; nothing between. Numbers are finite and whole ones of at most 30 digits, text is what
UTF-8 can carry and a file name may hold: who reads a record need not ask again before calculating and writing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from generator.storage import read_whole

MAX_BYTES = 64_000_000
"""Largest record; the fingerprint of a city's text has a hundredth of it."""
MAX_DIGITS = 30
"""Of whole numbers. Data files hold 18; a sum of them must never make a record that its own reader refuses."""
MAX_NAME = 255
"""Bytes of one part of a path, which no usual file system exceeds."""
FAULTS = (OSError, ValueError, ArithmeticError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading and taking apart a record can raise."""


def read_record(path: Path) -> Any:
    """Return what a file of JSON holds; raises one of `FAULTS` where it cannot be read or is not understood."""
    return parse_record(read_whole(path, MAX_BYTES))


def read_entries(path: Path) -> Any:
    """Return what a file of JSON holds, for records of which each part counts for itself.

    Numbers that no record may hold are None; texts are not looked at (`is_text`). Raises as `read_record`.
    """

    def forget(read: Callable[[str], Any]) -> Callable[[str], Any]:
        def value(digits: str) -> Any:
            try:
                return read(digits)
            except ValueError:
                return None

        return value

    data = read_whole(path, MAX_BYTES).decode("utf-8")
    return json.loads(data, parse_constant=forget(_constant), parse_float=forget(_float), parse_int=forget(_int))


def is_text(item: str) -> bool:
    """Return whether a text is one that UTF-8 can carry and a file name may hold."""
    try:
        _check_words(item)
    except ValueError:
        return False
    return True


def parse_record(data: bytes) -> Any:
    """Return what JSON holds; raises `ValueError` or `RecursionError` where it is none or holds what no record may."""
    told = json.loads(data.decode("utf-8"), parse_constant=_constant, parse_float=_float, parse_int=_int)
    # What is not escaped went through UTF-8 and through the rules of JSON already.
    if b"\\u" in data:
        _check_words(told)
    return told


def _constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number is too large")
    return int(digits)


def _check_words(told: Any) -> None:
    todo = [told]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            todo += [*item, *item.values()]
        elif isinstance(item, list):
            todo += item
        elif isinstance(item, str):
            if "\0" in item:
                raise ValueError("a text holds a NUL")
            item.encode("utf-8")  # a lone surrogate raises


_ROUNDING = 1e-9
"""By which sums of shares may miss their bounds."""


def number(value: Any, low: float = 0.0, high: float = math.inf) -> float:
    """Return a number of a record as float; raises `ValueError` for what is none or lies outside of `low`-`high`."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not (low - _ROUNDING <= value <= high + _ROUNDING)
    ):
        raise ValueError(f"a number between {low:g} and {high:g} is expected")
    return float(value)


def whole(value: Any, low: int = 0) -> int:
    """Return a whole number of a record, at least `low`; raises `ValueError` for what is none."""
    if isinstance(value, bool) or not isinstance(value, int) or value < low:
        raise ValueError(f"a whole number from {low} is expected")
    return value


def word(value: Any) -> str:
    """Return a text of a record; raises `ValueError` for what is none."""
    if not isinstance(value, str):
        raise ValueError("a text is expected")
    return value


def words(value: Any) -> tuple[str, ...]:
    """Return a list of texts of a record; raises `ValueError` for what is none."""
    if not isinstance(value, list):
        raise ValueError("a list is expected")
    return tuple(word(item) for item in value)


def is_below(name: str) -> bool:
    """Return whether a name with slashes, as a record states it, can only mean a file below the record's folder."""
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(letter in name for letter in "\\:\0")
        and all(len(part.encode("utf-8", "surrogatepass")) <= MAX_NAME for part in path.parts)
    )
