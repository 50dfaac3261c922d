"""Whether the texts of the content are tidy Indonesian: no stray spaces, no unfinished marks, no English left-overs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.sources.locate import Checking
from generator.sources.yaml import DataPath

KINDS = ("indicator", "fact", "rule", "program", "regulation", "role", "opd")
CODES = frozenset(
    {
        *("id", "dimension", "subdimension", "initiative", "kind", "direction", "fact", "supplied_by", "references"),
        *("maps_to", "column", "lead", "support", "funds", "requires", "when", "fits", "because", "remedy", "per"),
        *("status", "level", "side", "severity", "basis_id", "examples", "universal", "likelihood", "impact", "derive"),
        *("repealed_by", "amended_by", "indicator", "how", "of", "items", "after", "raci"),
    }
)
"""Keys that hold ids and codes, no text of the document."""
ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|these|those|are|was|were|should|must|will|would|which|their|have|has|been|"
    r"into|only|where|when|then|than|city|government|development|improve|should|based|using|because|also|not yet)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"\b(?:Ease of Doing Business|Internet of Things|Smart City|smart city|Key Performance Indicators?|"
    r"Reduce,? Reuse,? (?:and )?Recycle|City of \w+|Creative City|creative city|"
    r"UNESCO Creative Cities Network|Sister City|sister city|"
    r"business to government|government to \w+|face[- ]to[- ]face|Government Resources? Management System|"
    r"e-government|E-Government|[Gg]overnment cloud|[Oo]pen [Gg]overnment)\b"
)
"""Names and terms in use that contain English words."""
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX+|TBD|lorem ipsum)\b|\?\?\?", re.IGNORECASE)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"https?://\S+|\b[\w.-]+\.(?:go\.id|id|com|org|int|net)\S*")
_SPACES = (
    (re.compile(r"\S[ \u00a0]{2,}\S"), "two spaces in a row"),
    (re.compile(r"\w \u200b?[,;:!?.](?:\s|$)"), "a space before a punctuation mark"),
    (re.compile(r"\( | \)"), "a space inside of brackets"),
    (re.compile(r",,|;;|(?<!\.)\.\.(?!\.)"), "a punctuation mark twice"),
)


def check_text(checking: Checking) -> None:
    """Check every text of every item (MP212, MP213)."""
    content = checking.content
    collections: dict[str, Mapping[str, Any]] = {
        "indicator": content.indicators,
        "fact": content.facts,
        "rule": content.rules,
        "program": content.programs,
        "regulation": content.regulations,
        "role": content.roles,
        "opd": content.opd,
    }
    avoid = _avoided(checking)
    for kind, items in collections.items():
        for id, item in items.items():
            for path, text in texts(item):
                _text(text, (kind, id, path), avoid, checking)
    for step in content.mentoring.steps:
        for path, text in texts(step):
            _text(text, ("steps", step.id, path), avoid, checking)
    for entry in content.quickwin.items:
        for path, text in texts(entry):
            _text(text, ("items", entry.id, path), avoid, checking)
    for area in content.framework.areas:
        for path, text in texts(area):
            _text(text, ("dimensions", area.id, path), avoid, checking)


def texts(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """Yield every text of a value with its path; ids and codes are left out."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from texts(part, (*path, index))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from texts(part, (*path, key))
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            if part.name not in CODES:
                yield from texts(getattr(value, part.name), (*path, part.name))


@dataclasses.dataclass(frozen=True, slots=True)
class _Avoided:
    """One pattern for all words that the glossary replaces: a pattern a word would be searched a million times."""

    pattern: re.Pattern[str] | None
    terms: Mapping[str, str]


def _avoided(checking: Checking) -> _Avoided:
    terms = {word.casefold(): term.term for term in checking.content.glossary.terms for word in term.avoid}
    if not terms:
        return _Avoided(None, terms)
    words = "|".join(re.escape(word) for word in sorted(terms, key=len, reverse=True))
    return _Avoided(re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), terms)


def _text(text: str, at: tuple[str, str, DataPath], avoid: _Avoided, checking: Checking) -> None:
    kind, id, path = at
    # What stands for a value becomes one word, so that the spaces around it are judged as around a word.
    plain = _QUOTED.sub("x", _JINJA.sub("x", text))
    for pattern, name in _SPACES:
        match = pattern.search(plain)
        if match is not None:
            shown = plain[max(0, match.start() - 12) : match.end() + 12].strip()
            checking.found.error("MP212", checking.place(kind, id, path), f"{name}: '…{shown}…'", "tidy the text")
    unfinished = UNFINISHED.search(plain)
    if unfinished is not None:
        checking.found.error("MP212", checking.place(kind, id, path), f"unfinished: '{unfinished.group()}'")
    if path and path[0] in ("source", "name_former"):
        return
    english = ENGLISH.search(NAMES.sub("x", plain))
    if english is not None and kind != "regulation":
        place = checking.place(kind, id, path)
        checking.found.warning("MP213", place, f"English word '{english.group()}'", "write it in Indonesian")
    for match in avoid.pattern.finditer(plain) if avoid.pattern is not None else ():
        message = f"'{match.group()}' is a word that the glossary replaces"
        term = avoid.terms.get(match.group().casefold(), "")
        checking.found.warning("MP213", checking.place(kind, id, path), message, f"write '{term}'")
