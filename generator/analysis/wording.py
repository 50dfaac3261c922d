"""The words of the content for one region: a kota has no desa, some kabupaten no kelurahan, Papua has distrik."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from generator.analysis.scoring import number_of
from generator.model.city import Fact
from generator.model.content import CityDossier, Content
from generator.model.instrument import Thresholds
from generator.model.planning import Wording

Words = Callable[[str], str]
"""Text of ours -> the same in the words of one region."""

_TAG = r"\{\{.*?\}\}|\{%.*?%\}"
"""What Jinja reads in a sentence of a rule is no prose."""
_QUOTED = frozenset({"source", "column_source", "publisher", "question", "examples", "ran_in"})
"""Fields that name a source, quote the official questions, say what another region did, or are not printed."""
_NAMING = frozenset({"name", "short", "head", "unit"})
"""Fields in which a word that stands alone is a word; everywhere else it is an id."""


def as_it_is(text: str) -> str:
    """Return the text: the words of a region for which the content has no others."""
    return text


def lacked(content: Content, facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts that say the region has nothing of something that the content has other words for then."""
    named = (wording.without for wording in content.planning.wordings)
    return frozenset(name for name in named if name is not None and number_of(facts.get(name)) == 0)


def words_of(content: Content, facts: Mapping[str, Fact], code: str = "") -> Words:
    """Return how the region of an official code ('91.71') says what the content says.

    First what the region has nothing of is left out, where that is known; then the names of its province take the
    place of the usual ones, those of the longest code first. Phrases are matched as whole words, whatever their
    capitals; one written with capitals holds for just that spelling. Saying a text twice changes nothing more.
    """
    lacking = lacked(content, facts)
    left_out = [wording for wording in content.planning.wordings if wording.without in lacking]
    reached = [(reach, wording) for wording in content.planning.wordings if (reach := _reach(wording, code))]
    local = [wording for _, wording in sorted(reached, key=lambda pair: pair[0])]
    steps = [_replacing(wordings) for wordings in (left_out, local) if wordings]
    if not steps:
        return as_it_is

    def say(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return say


def worded(content: Content, facts: Mapping[str, Fact], code: str = "") -> Content:
    """Return the content as the region says it (see `words_of`); the same object where it says nothing otherwise.

    Ids, the names of sources, national scales, the official questions and the titles of regulations are left alone.
    """
    say = words_of(content, facts, code)
    if say is as_it_is:
        return content
    planning = content.planning
    return replace(
        content,
        framework=_changed(content.framework, say),
        programs={id: _changed(program, say) for id, program in content.programs.items()},
        rules={id: _changed(rule, say) for id, rule in content.rules.items()},
        indicators={id: _changed(indicator, say) for id, indicator in content.indicators.items()},
        opd={id: _changed(agency, say) for id, agency in content.opd.items()},
        facts={id: _changed(fact, say) for id, fact in content.facts.items()},
        roles={id: _changed(role, say) for id, role in content.roles.items()},
        glossary=_changed(content.glossary, say),
        evaluation=_changed(content.evaluation, say),
        planning=replace(planning, cost_units=_changed(planning.cost_units, say)),
    )


def worded_facts(dossier: CityDossier, content: Content) -> Mapping[str, Fact]:
    """Return the facts of a city with the source of those that were reckoned from others in the region's words.

    Such a source names the facts ('dihitung dari jumlah kelurahan dan jumlah desa'); what a city states is its own.
    """
    say = words_of(content, dossier.facts, dossier.city.code)
    return {
        name: replace(fact, source=say(fact.source)) if _is_reckoned(name, dossier, content) else fact
        for name, fact in dossier.facts.items()
    }


def _is_reckoned(name: str, dossier: CityDossier, content: Content) -> bool:
    kind = content.facts.get(name)
    return kind is not None and kind.derive is not None and name not in dossier.city.facts


def _reach(wording: Wording, code: str) -> int:
    """Return the length of the longest code of a wording that the region lies in, 0 where it lies in none."""
    return max((len(prefix) for prefix in wording.codes if code.startswith(prefix)), default=0)


def _replacing(wordings: list[Wording]) -> Words:
    """Return what replaces the phrases of some wordings; a phrase of a later one holds before that of an earlier."""
    phrases: dict[str, str] = {}
    for wording in wordings:
        phrases |= wording.phrases | {name: name for name in wording.keep}
    longest_first = sorted({phrase.casefold() for phrase in phrases}, key=len, reverse=True)
    kept = {name.casefold() for wording in wordings for name in wording.keep}
    alternatives = "|".join(re.escape(phrase) for phrase in longest_first)
    # Most texts hold none of the shortest phrases, and looking for those is many times as fast as the pattern.
    roots = [
        phrase for phrase in longest_first if not any(other in phrase for other in longest_first if other != phrase)
    ]
    pattern = re.compile(rf"{_TAG}|(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)

    def said(match: re.Match[str]) -> str:
        found = match[0]
        if found in phrases:
            return phrases[found]
        new = phrases.get(found.casefold())
        if new is None or found.casefold() in kept:
            return found
        return new[:1].upper() + new[1:] if found[:1].isupper() else new

    def replaced(text: str) -> str:
        small = text.casefold()
        return pattern.sub(said, text) if any(root in small for root in roots) else text

    return replaced


def _changed(value: Any, say: Words, field: str = "") -> Any:
    """Return a value with all prose in it said anew; what has none to change is returned as it is."""
    if field in _QUOTED or isinstance(value, Thresholds):  # a scale is that of its source, for the whole country
        return value
    if isinstance(value, str):
        return say(value) if field in _NAMING or " " in value else value
    if isinstance(value, tuple):
        parts = tuple(_changed(part, say, field) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _changed(part, say, field) for key, part in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    if is_dataclass(value) and not isinstance(value, type):
        own = {item.name: getattr(value, item.name) for item in fields(value)}
        new = {name: part for name, old in own.items() if (part := _changed(old, say, name)) is not old}
        return replace(value, **new) if new else value
    return value
