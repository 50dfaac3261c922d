"""The words of the catalogue for one region: a kota has no desa, some kabupaten no kelurahan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from generator.analysis.scoring import number_of
from generator.model.city import Fact
from generator.model.planning import Wording
from generator.model.programs import Program


def worded(
    programs: Mapping[str, Program], wordings: Sequence[Wording], facts: Mapping[str, Fact]
) -> Mapping[str, Program]:
    """Return the catalogue with what the region has nothing of left out of its phrases.

    A wording applies where its fact is known to be 0; where none does, the catalogue is returned as it is. Matches
    keep a capital at their beginning. Ids are never touched: they hold no blanks, and phrases always do.
    """
    phrases = {
        old.casefold(): new
        for wording in wordings
        if number_of(facts.get(wording.without)) == 0
        for old, new in wording.phrases.items()
    }
    if not phrases:
        return programs
    longest_first = sorted(phrases, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(old) for old in longest_first), re.IGNORECASE)

    def said(match: re.Match[str]) -> str:
        new = phrases[match[0].casefold()]
        return new[:1].upper() + new[1:] if match[0][:1].isupper() else new

    def change(text: str) -> str:
        return pattern.sub(said, text)

    return {id: _changed(program, change) for id, program in programs.items()}


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value with all text in it changed; what has none to change is returned as it is."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        parts = tuple(_changed(part, change) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _changed(part, change) for key, part in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    if is_dataclass(value) and not isinstance(value, type):
        own = {item.name: getattr(value, item.name) for item in fields(value)}
        new = {name: part for name, old in own.items() if (part := _changed(old, change)) is not old}
        return replace(value, **new) if new else value
    return value
