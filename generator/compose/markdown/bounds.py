"""What a text of Markdown may ask of its parser: the time that some signs take grows with the square of their number.

Everything is counted, not timed; the longest chapter has 20,000 characters and six levels.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from generator.compose.tokens import MARK, TemplateFaultError

MAX_TEXT = 1_000_000
"""Characters of one text."""
MAX_BLOCK = 100_000
"""Characters without an empty line between them: a paragraph, a table, a list."""
MAX_SIGNS = 1_000
"""Of each sign of `_SIGNS` in one text."""
MAX_MARKERS = 12
"""Markers of lists and quotations before the words of one line."""
MAX_INDENT = 40
"""Characters before the words of a line."""
MAX_DEPTH = 30
"""Elements in one another; a list and its item are two."""
_SIGNS = (("[", re.compile(r"\[")), ("`", re.compile("`")), ("!!!", re.compile("!!!")))
_MARKER = r"(?:[ \t]*+(?:[-*+]|\d{1,9}+\.)[ \t]++|[ \t]*+>)"
_MARKERS = re.compile(f"^{_MARKER}{{{MAX_MARKERS + 1}}}(?=.*[^-*_+> \t\n])", re.MULTILINE)
_INDENT = re.compile(f"^[ \t]{{{MAX_INDENT},}}+\\S", re.MULTILINE)
_FEWER = "write them with fewer levels"

Spot = tuple[int, int, int]
"""The file, line and ordinal of a mark, see `generator.compose.environment`."""


class BoundsError(TemplateFaultError):
    """A text asks too much of the parser; `spot` is the mark before it, None where there is none."""

    def __init__(self, message: str, hint: str, spot: Spot | None = None) -> None:
        super().__init__(message, hint)
        self.spot = spot


def check_text(text: str) -> None:
    """Raise `BoundsError` for a text that would take its parser too long, or deeper than it can go."""
    if len(text) > MAX_TEXT:
        raise BoundsError(f"the text has more than {MAX_TEXT} characters", "split it into several", _spot(text, 0))
    for sign, pattern in _SIGNS:
        if text.count(sign) > MAX_SIGNS:
            found = [match.start() for match in pattern.finditer(text)]
            at = found[min(MAX_SIGNS, len(found) - 1)]
            raise BoundsError(f"more than {MAX_SIGNS} '{sign}' in one text", "split it into several", _spot(text, at))
    begin = at = 0
    for line in text.split("\n"):
        begin = at if not line.strip() else begin
        at += len(line) + 1
        if at - begin > MAX_BLOCK:
            message = f"more than {MAX_BLOCK} characters without an empty line"
            raise BoundsError(message, "put empty lines between the paragraphs", _spot(text[begin:], 0, first=True))
    for pattern in (_MARKERS, _INDENT):
        deep = pattern.search(text)
        if deep:
            end = text.find("\n", deep.end())
            at = len(text) if end < 0 else end
            raise BoundsError("lists or quotations are nested too deep", _FEWER, _spot(text, at))


def check_tree(root: Element) -> None:
    """Raise `BoundsError` for elements that stand too deep in one another."""
    held = [(root, 0)]
    before = ""
    while held:
        element, depth = held.pop()
        before = element.text if element.text and MARK.search(element.text) else before
        if depth > MAX_DEPTH:
            raise too_deep(before or "".join(element.itertext()))
        held.extend((child, depth + 1) for child in reversed(element))


def too_deep(text: str = "") -> BoundsError:
    """Return the fault of elements in one another, at the first mark in what they say."""
    return BoundsError("lists, quotations or emphasis are nested too deep", _FEWER, _spot(text, 0, first=True))


def _spot(text: str, at: int, *, first: bool = False) -> Spot | None:
    """Return the last mark before a place, or the first after it."""
    before = None if first else next(iter(MARK.findall(text[:at])[-1:]), None)
    found = before or next((match.groups() for match in [MARK.search(text, at)] if match), None)
    return None if found is None else (int(found[0]), int(found[1]), int(found[2]))
