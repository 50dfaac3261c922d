"""Filters of templates and rule sentences. They set type; none computes, filters or sorts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.compose import typography
from generator.compose.tokens import TemplateFaultError, Told
from generator.model.document import Emphasis, Inline, Strong, Text

MOST_DECIMALS = 6


def _numeric(value: Any) -> float:
    raw = value.raw if isinstance(value, Told) else value
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise TemplateFaultError(f"expected a number, found {value}")
    return float(raw)


def _known(value: Any) -> bool:
    return not isinstance(value, Told) or value.raw is not None


def _retold(value: Any, text: str) -> Told:
    return Told((Text(text),), value.because if isinstance(value, Told) else (), text)


def _places(decimals: Any) -> int:
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        raise TemplateFaultError(f"a number has 0 to {MOST_DECIMALS} decimals")
    return decimals


def number(value: Any, decimals: int = 0) -> Told:
    """Print a number without its unit; a value that is not known stays a fill-in."""
    if not _known(value):
        return _told(value)
    return _retold(value, typography.number(_numeric(value), _places(decimals)))


def percent(value: Any, decimals: int = 1) -> Told:
    """Print a number of per cent: '12,5 %'."""
    return _retold(value, typography.percent(_numeric(value), _places(decimals))) if _known(value) else _told(value)


def rupiah(value: Any) -> Told:
    """Print an amount for running text: 'Rp 1,2 miliar'."""
    return _retold(value, typography.rupiah(_numeric(value))) if _known(value) else _told(value)


def rupiah_full(value: Any) -> Told:
    """Print a full amount: 'Rp 1.250.000.000'."""
    return _retold(value, typography.rupiah_full(round(_numeric(value)))) if _known(value) else _told(value)


def words(value: Any) -> Told:
    """Print a small whole number in words: 'tiga'."""
    return _retold(value, typography.in_words(int(_numeric(value))))


def date(value: Any) -> Told:
    """Print a date: '24 November 2026'."""
    return _retold(value, typography.long_date(value))


def month(value: Any) -> Told:
    """Print the month of a date: 'November 2026'."""
    return _retold(value, typography.month_name(value))


def _recase(value: Any, change: Callable[[str], str]) -> Told:
    source = _told(value)
    if source.inlines and isinstance(source.inlines[0], Text):
        first: Inline = Text(change(source.inlines[0].text))
        return Told((first, *source.inlines[1:]), source.because, source.raw)
    return source


def lower_first(value: Any) -> Told:
    """Print with a small first letter, abbreviations kept."""
    return _recase(value, typography.lower_first)


def upper_first(value: Any) -> Told:
    """Print with a capital first letter."""
    return _recase(value, typography.upper_first)


def sentence(value: Any) -> Told:
    """Print words as a sentence: a capital first letter and a full stop, unless the words end in one."""
    return ended(upper_first(value))


def ended(value: Any) -> Told:
    """Print words with a full stop, unless they end in one; their first letter stays: for words in mid-sentence."""
    source = _told(value)
    if not source or str(source).rstrip().endswith((".", "?", "!", "…")):
        return source
    return Told((*source.inlines, Text(".")), source.because, source.raw)


def upper(value: Any) -> Told:
    """Print in capitals."""
    return _recase(value, str.upper)


def strong(value: Any) -> Told:
    """Print with weight."""
    source = _told(value)
    return Told((Strong(source.inlines),), source.because, source.raw)


def emphasis(value: Any) -> Told:
    """Print in italics."""
    source = _told(value)
    return Told((Emphasis(source.inlines),), source.because, source.raw)


def listed(values: Sequence[Any]) -> Told:
    """Print a series: 'a, b, dan c'."""
    items = [_told(value) for value in values]
    runs: list[Inline] = []
    for index, item in enumerate(items):
        if index:
            last = index == len(items) - 1
            runs.append(Text((" dan " if len(items) == 2 else ", dan ") if last else ", "))
        runs.extend(item.inlines)
    return Told(tuple(runs), tuple(reason for item in items for reason in item.because), bool(items))


def sourced(value: Any) -> Told:
    """Print a value with year and source; only values that have one carry it."""
    source = getattr(value, "with_source", None)
    return source if isinstance(source, Told) else _told(value)


def _told(value: Any) -> Told:
    if isinstance(value, Told):
        return value
    return Told((Text(str(value)),), (), value)


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number,
    "percent": percent,
    "rupiah": rupiah,
    "rupiah_full": rupiah_full,
    "words": words,
    "date": date,
    "month": month,
    "lower_first": lower_first,
    "upper_first": upper_first,
    "sentence": sentence,
    "ended": ended,
    "upper": upper,
    "strong": strong,
    "emphasis": emphasis,
    "listed": listed,
    "sourced": sourced,
    "length": len,
}
