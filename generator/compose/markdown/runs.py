"""Elements of Markdown to inline runs: tokens become the runs of their values, the rest is the template's own prose."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from generator.compose.environment import Rendered
from generator.compose.markdown.tree import parse
from generator.compose.tokens import MARK, TOKEN, TokenTable, Told, swap
from generator.compose.typography import polish
from generator.model.document import Emphasis, Inline, Link, Strong, Text
from generator.model.walks import plain

_SAFE_URL = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)


def runs_of(element: Element, table: TokenTable) -> tuple[tuple[Inline, ...], tuple[str, ...]]:
    """Return the runs of an element with their ends trimmed, and what they state."""
    runs: list[Inline] = []
    because: list[str] = []
    _text(element.text, table, runs, because)
    for child in element:
        inner, why = runs_of(child, table)
        because.extend(why)
        match child.tag:
            case "strong":
                runs.append(Strong(inner))
            case "em":
                runs.append(Emphasis(inner))
            case "a":
                url = token_text(child.get("href") or "", table)
                runs.extend((Link(url, inner),) if _SAFE_URL.match(url) else inner)
            case "br":
                runs.append(Text(" "))
            case _:
                runs.extend(inner)
        _text(child.tail, table, runs, because)
    return _merged(runs), tuple(dict.fromkeys(because))


def _text(text: str | None, table: TokenTable, runs: list[Inline], because: list[str]) -> None:
    if not text:
        return
    found, why = swap(MARK.sub("", text), table, lambda part: _literal(table.words(part)))
    runs.extend(found)
    because.extend(why)


def token_text(text: str, table: TokenTable) -> str:
    """Return text with each token replaced by what it prints."""
    return TOKEN.sub(lambda found: str(table.values[int(found[1])]), text)


def _literal(text: str) -> tuple[Inline, ...]:
    return (Text(polish(re.sub(r"\s+", " ", text))),)


def _merged(runs: list[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts and trim the ends."""
    merged: list[Inline] = []
    for run in runs:
        if isinstance(run, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + run.text)
        else:
            merged.append(run)
    if merged and isinstance(merged[0], Text):
        merged[0] = Text(merged[0].text.lstrip())
    if merged and isinstance(merged[-1], Text):
        merged[-1] = Text(merged[-1].text.rstrip())
    return tuple(run for run in merged if not (isinstance(run, Text) and not run.text))


def inline_runs(rendered: Rendered) -> Told:
    """Return the runs of a one-paragraph text (a rule's sentence) with what it states."""
    runs: list[Inline] = []
    because: list[str] = []
    for element in parse(rendered.markdown):
        found, why = runs_of(element, rendered.table)
        runs.extend((Text(" "), *found) if runs else found)
        because.extend(why)
    merged = _merged(runs)
    return Told(merged, tuple(dict.fromkeys(because)), plain(merged))
