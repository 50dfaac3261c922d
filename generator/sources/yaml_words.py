"""Plain values as YAML text, in braces or as indented lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
INDENT = 2
_WIDEST_FLOW = 110
"""Characters up to which a new entry is written on one line in braces."""


def scalar(value: Any) -> str:
    """Return a scalar as YAML that stands on one line in any place, also within braces."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        # The reader takes 1e-05 for text: YAML 1.1 wants a point in it.
        return format(Decimal(repr(value)), "f")
    if isinstance(value, int | dt.date) or value is None:
        return "null" if value is None else str(value)
    text = str(value)
    style = '"' if re.search(r"[\n\t\u0085\u2028\u2029\ufeff]", text) else None
    dumped = yaml.dump(
        [text], Dumper=_DUMPER, allow_unicode=True, width=10**9, default_flow_style=True, default_style=style
    )
    return str(dumped).strip("\n")[1:-1]


def flow(value: Any) -> str:
    """Return a value as YAML on one line, mappings in braces and lists in brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def lines(value: Mapping[Any, Any], indent: int, newline: str) -> str:
    """Return a mapping in block style, each line indented and ended."""
    return "".join(_entry(key, part, indent, newline) for key, part in value.items())


def _entry(key: Any, value: Any, indent: int, newline: str) -> str:
    head = " " * indent + f"{scalar(key)}:"
    nested = isinstance(value, Mapping | list | tuple) and len(value) > 0
    short = flow(value)
    deep = nested and any(isinstance(part, Mapping | list) for part in _parts(value))
    if not nested or (not deep and len(head) + 1 + len(short) <= _WIDEST_FLOW) or not isinstance(value, Mapping | list):
        return f"{head} {short}{newline}"
    if isinstance(value, Mapping):
        return head + newline + lines(value, indent + INDENT, newline)
    return head + newline + "".join(item(part, indent + INDENT, newline) for part in value)


def _parts(value: Any) -> Sequence[Any]:
    return list(value.values()) if isinstance(value, Mapping) else list(value)


def item(value: Any, indent: int, newline: str) -> str:
    """Return an entry of a list in block style, each line indented and ended."""
    if isinstance(value, Mapping) and value:
        body = lines(value, indent + INDENT, newline)
        return " " * indent + "- " + body[indent + INDENT :]
    return " " * indent + f"- {flow(value)}{newline}"
