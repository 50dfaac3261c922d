"""Markdown as an element tree, and the attributes that stand at the end of an element."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import markdown

from generator.compose.markdown.bounds import check_text, check_tree, too_deep


@lru_cache(maxsize=1)
def _machine() -> markdown.Markdown:
    machine = markdown.Markdown(extensions=["tables", "sane_lists", "admonition"])
    for name in ("html_block",):
        machine.preprocessors.deregister(name)
    for name in ("html", "entity", "image_link", "image_reference", "short_reference", "reference", "autolink"):
        if name in machine.inlinePatterns:
            machine.inlinePatterns.deregister(name)
    for name in ("code", "reference"):
        if name in machine.parser.blockprocessors:
            machine.parser.blockprocessors.deregister(name)
    return machine


def parse(text: str) -> Element:
    """Return the element tree of Markdown, as `Markdown.convert` builds it before it writes HTML.

    Raises `BoundsError` for a text that is too long, holds too many of the signs that take long, or nests too deep.
    """
    check_text(text)
    try:
        root = _parsed(text)
    except RecursionError as error:
        raise too_deep(text) from error
    check_tree(root)
    return root


def _parsed(text: str) -> Element:
    machine = _machine()
    machine.reset()
    lines = text.split("\n")
    for preprocessor in machine.preprocessors:
        lines = preprocessor.run(lines)
    root = machine.parser.parseDocument(lines).getroot()
    if root is None:
        return Element("div")
    for processor in machine.treeprocessors:
        changed = processor.run(root)
        if changed is not None:
            root = changed
    return root


def take_end(element: Element, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Take what matches off the last text of an element, as `{: #id }`; None where the text does not end so."""
    last = element[-1] if len(element) else None
    text = (last.tail if last is not None else element.text) or ""
    found = pattern.search(text)
    if found and last is not None:
        last.tail = text[: found.start()]
    elif found:
        element.text = text[: found.start()]
    return found
