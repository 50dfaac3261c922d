"""The words of the content for one region: a kota has no desa, some kabupaten no kelurahan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from generator.analysis.scoring import number_of
from generator.model.city import Fact
from generator.model.content import Content


def lacked(content: Content, facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts that say the region has nothing of something that the content has other words for then."""
    named = (wording.without for wording in content.planning.wordings)
    return frozenset(name for name in named if number_of(facts.get(name)) == 0)


def worded(content: Content, facts: Mapping[str, Fact]) -> Content:
    """Return the content with what the region has nothing of left out of phrases of catalogue, rules, instrument.

    A wording applies where its fact is known to be 0; where none does, the content is returned as it is. Matches
    keep a capital at their beginning. Ids are never touched: they hold neither blanks nor slashes, and phrases do.
    """
    lacking = lacked(content, facts)
    phrases = {
        old.casefold(): new
        for wording in content.planning.wordings
        if wording.without in lacking
        for old, new in wording.phrases.items()
    }
    if not phrases:
        return content
    longest_first = sorted(phrases, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(old) for old in longest_first), re.IGNORECASE)

    def said(match: re.Match[str]) -> str:
        new = phrases[match[0].casefold()]
        return new[:1].upper() + new[1:] if match[0][:1].isupper() else new

    def change(text: str) -> str:
        return pattern.sub(said, text)

    return replace(
        content,
        programs={id: _changed(program, change) for id, program in content.programs.items()},
        rules={id: _changed(rule, change) for id, rule in content.rules.items()},
        indicators={id: _changed(indicator, change) for id, indicator in content.indicators.items()},
        opd={id: _changed(agency, change) for id, agency in content.opd.items()},
        facts={id: _changed(fact, change) for id, fact in content.facts.items()},
    )


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
