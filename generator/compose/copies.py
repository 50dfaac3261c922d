"""Documents of which there is one for each quick win or workshop, made of one entry of `content/books.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.compose.tables.bench import Bench
from generator.compose.views.mentoring import EventView
from generator.model.framework import BookSpec

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Copy:
    """One document to be made: its entry with the names filled in, and what its templates see beside the contract."""

    spec: BookSpec
    names: Mapping[str, Any] = field(default_factory=dict)


def copies(spec: BookSpec, bench: Bench) -> tuple[Copy, ...]:
    """Return the documents of an entry: the entry itself, or one a quick win (`win`) or workshop (`event`, `homework`).

    Chapters of copies take the id of the document before their own, so that ids differ between copies.
    """
    if spec.for_each is None:
        return (Copy(replace(spec, file_name=_safe(spec.file_name))),)
    return tuple(
        Copy(_filled(spec, str(number), key, code, name), names)
        for number, (key, code, name, names) in enumerate(_each(spec, bench), 1)
    )


def _each(spec: BookSpec, bench: Bench) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    if spec.for_each == "quick-win":
        for win in bench.whole.plan().quick_wins:
            yield win.program.id, win.program.code, str(win.program.name), {"win": win}
        return
    mentoring = bench.guidance.mentoring()
    for event in mentoring.workshops:
        yield event.id, event.id, event.name, {"event": event, "homework": _homework(event, bench)}


def _homework(event: EventView, bench: Bench) -> tuple[EventView, ...]:
    """Return the homework that builds on a workshop."""
    calendar = bench.plan.mentoring.events
    wanted = [item.id for item in calendar if item.kind == "homework" and event.id in item.needs]
    return tuple(view for view in bench.guidance.mentoring().events if view.id in wanted)


def _filled(spec: BookSpec, number: str, key: str, code: str, name: str) -> BookSpec:
    def fill(text: str) -> str:
        return text.replace("{n}", number).replace("{code}", code).replace("{name}", name)

    identity = f"{spec.id}-{key}"
    return replace(
        spec,
        id=identity,
        file_name=_safe(fill(spec.file_name)),
        title=fill(spec.title),
        subtitle=fill(spec.subtitle),
        subject=fill(spec.subject),
        chapters=tuple(
            replace(chapter, id=f"{identity}-{chapter.id}", title=fill(chapter.title)) for chapter in spec.chapters
        ),
    )


def _safe(file_name: str) -> str:
    """Return a file name that stays below the folder of the city: words with single hyphens, no hidden parts."""
    parts = [_UNSAFE.sub("-", part).strip(".-") for part in file_name.split("/")]
    return "/".join(part for part in parts if part) or "buku"
