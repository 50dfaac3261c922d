"""What somebody typed into the fill-ins of a DOCX, back into the city's data where its place and meaning are clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Collector, Severity
from generator.model.document import Missing, Text
from generator.model.form import Address, Change, Value
from generator.model.runs import Inlines, flatten, regroup
from generator.sources.cities import load_city
from generator.sources.content import load_content
from generator.sources.workbook.apply import apply_changes
from generator.sources.workbook.cells import RefusedError, read_number, tidy
from generator.sources.workbook.known import known_values
from generator.storage import write_whole

_PLACE = re.compile(r"(?:city|assessment)\.yaml: (facts|answers)\.([a-z0-9_-]+)")
_LEVELS = frozenset("01234")


@dataclass(frozen=True, slots=True)
class Typed:
    """The words that stand where a fill-in asked for something."""

    missing: Missing
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Which of the typed words the data hold now, and the files that were written for it."""

    taken: frozenset[Typed] = frozenset()
    files: tuple[Path, ...] = ()


def enter(workspace: Path, slug: str, typed: Iterable[Typed], source: str, found: Collector) -> Entered:
    """Write typed values into `city.yaml` and `assessment.yaml`, with the DOCX as their source.

    A value is taken where its fill-in names a fact or an answer, the words are wholly a value of its kind (a number, a
    level), everybody typed the same, and the data hold nothing else. What is not taken stays an edit of the text.
    """
    places: dict[tuple[str, str], set[Typed]] = {}
    for one in typed:
        match = _PLACE.fullmatch(one.missing.where)
        if match:
            places.setdefault((match.group(1), match.group(2)), set()).add(one)
    if not places:
        return Entered()
    content, _ = load_content(workspace)
    dossier, _ = load_city(workspace, slug, content) if content is not None else (None, ())
    if content is None or dossier is None:
        return Entered()
    known = known_values(dossier)
    changes: list[Change] = []
    taken: set[Typed] = set()
    for (table, id), ones in sorted(places.items()):
        made = _changes(table, id, {one.text for one in ones}, source, content, known)
        if made is not None:
            changes.extend(made)
            taken |= ones
    files = _write(workspace, dossier, content, changes, found) if changes else ()
    return Entered(taken=frozenset(taken), files=files) if files is not None else Entered()


def _changes(
    table: str, id: str, texts: set[str], source: str, content: Content, known: Mapping[Address, Value]
) -> list[Change] | None:
    """Return the changes that enter a value, [] where the data hold it already, None where it is not clear."""
    read = [_fact(id, text, content) if table == "facts" else _answer(id, text, content) for text in texts]
    values = {one for one in read if one is not None}
    if len(values) != 1 or None in read:
        return None
    ((column, value),) = values
    at = Address("facts" if table == "facts" else "answers", id, column)
    before = known.get(at)
    if before is not None:
        return [] if before == value else None
    changes = [Change(address=at, label=id, old=None, new=value, place=source)]
    told = Address(at.table, id, "source")
    if known.get(told) is None:
        changes.append(Change(address=told, label=id, old=None, new=source, place=source))
    return changes


def _fact(id: str, text: str, content: Content) -> tuple[str, Value] | None:
    kind = content.facts.get(id)
    words = tidy(text)
    if kind is None or not words or kind.kind == "yes-no":
        return None
    return ("value", words) if kind.kind == "text" else _number(words, kind.unit)


def _answer(id: str, text: str, content: Content) -> tuple[str, Value] | None:
    indicator = content.indicators.get(id)
    words = tidy(text)
    if indicator is None or indicator.kind == "survey":
        return None
    if indicator.kind == "level":
        level = words.lower().removeprefix("level").strip()
        return ("level", int(level)) if level in _LEVELS else None
    return _number(words, indicator.unit)


def _number(words: str, unit: str) -> tuple[str, Value] | None:
    bare = words.removesuffix(unit).strip() if unit else words
    try:
        taken = read_number(bare.removesuffix("%").strip() if "%" in unit or unit == "persen" else bare)
    except RefusedError:
        return None
    return "value", taken.value


def _write(
    workspace: Path, dossier: CityDossier, content: Content, changes: list[Change], found: Collector
) -> tuple[Path, ...] | None:
    edited = apply_changes(workspace, dossier, content, changes)
    # The words stay an edit where the data refuse them, so this is no error of the pull.
    found.extend(replace(item, severity=Severity.WARNING) for item in edited.diagnostics)
    if not edited.texts:
        return None
    paths = []
    for name, text in edited.texts.items():
        path = workspace / "cities" / dossier.slug / name
        write_whole(path, text.encode(), within=workspace)
        paths.append(path)
    return tuple(paths)


def filled_in(inlines: Inlines, taken: Iterable[Typed]) -> Inlines:
    """Return runs with the fill-ins that were entered into the data as the words that were typed."""
    words = {one.missing: one.text for one in taken}
    return regroup(
        replace(run, leaf=Text(words[run.leaf])) if isinstance(run.leaf, Missing) and run.leaf in words else run
        for run in flatten(inlines)
    )
