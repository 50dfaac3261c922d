"""Inline runs in one canonical form, so that what was written and what is read back can be compared.

Word knows runs with properties, not nested spans: `canonical` brings a tree of runs into the form that a file carries.
Neighbours of equal weight are one; weight stands outside of italics; links, citations and fill-ins carry no weight;
breaks of lines are line feeds, and what XML cannot hold is U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby

from generator.model.document import Citation, Emphasis, Inline, Link, Missing, Reference, Strong, Text
from generator.model.walks import missing_label, plain

Inlines = tuple[Inline, ...]
_BREAKS = re.compile("\r\n|[\r\x0b]")
_FORBIDDEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """One leaf with its weight: `leaf` is never Strong or Emphasis."""

    leaf: Text | Reference | Citation | Missing | Link
    strong: bool = False
    emphasis: bool = False


def carried_text(text: str) -> str:
    """Return text as a Word file carries it."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub("\n", text))


def flatten(inlines: Iterable[Inline], *, strong: bool = False, emphasis: bool = False) -> Iterator[Run]:
    """Yield the leaves of runs in reading order; empty text is left out."""
    for inline in inlines:
        match inline:
            case Strong():
                yield from flatten(inline.children, strong=True, emphasis=emphasis)
            case Emphasis():
                yield from flatten(inline.children, strong=strong, emphasis=True)
            case Link():
                yield Run(Link(inline.url, (Text(carried_text(plain(inline.children))),)))
            case Citation():
                yield Run(inline)
            case Missing():
                yield Run(
                    Missing(carried_text(inline.what), carried_text(inline.who), carried_text(inline.where)),
                )
            case Reference():
                yield Run(inline, strong, emphasis)
            case Text():
                if inline.text:
                    yield Run(Text(carried_text(inline.text)), strong, emphasis)


def regroup(runs: Iterable[Run]) -> Inlines:
    """Return runs as a tree: equal neighbours joined, weight outside of italics."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and isinstance(last.leaf, Text)
            and isinstance(run.leaf, Text)
            and (last.strong, last.emphasis) == (run.strong, run.emphasis)
        ):
            joined[-1] = replace(last, leaf=Text(last.leaf.text + run.leaf.text))
        else:
            joined.append(run)
    grouped: list[Inline] = []
    for strong, part in groupby(joined, key=lambda run: run.strong):
        inner: list[Inline] = []
        for emphasis, same in groupby(part, key=lambda run: run.emphasis):
            leaves = tuple(run.leaf for run in same)
            inner.extend((Emphasis(leaves),) if emphasis else leaves)
        grouped.extend((Strong(tuple(inner)),) if strong else inner)
    return tuple(grouped)


def canonical(inlines: Iterable[Inline]) -> Inlines:
    """Return runs in the form that a Word file carries."""
    return regroup(flatten(inlines))


def marked(inlines: Iterable[Inline]) -> str:
    """Return one line for runs that is equal where they say the same: labels, which numbering changes, are left out."""
    parts: list[str] = []
    for strong, emphasis, leaf in ((run.strong, run.emphasis, run.leaf) for run in flatten(canonical(inlines))):
        match leaf:
            case Text():
                said = leaf.text
            case Reference():
                said = f"\x01{leaf.target}\x02"
            case Citation():
                said = f"\x03{leaf.source}\x02"
            case Missing():
                said = missing_label(leaf)
            case Link():
                said = f"\x04{leaf.url.rstrip('/')}\x05{plain(leaf.children)}\x02"
        weight = "\x06" * strong + "\x07" * emphasis
        parts.append(f"{weight}{said}{weight}")
    return "".join(parts)


def fingerprint(inlines: Iterable[Inline]) -> str:
    """Return twelve hexadecimal digits that are equal for runs that say the same, whatever their labels show."""
    return blake2b(marked(inlines).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
