"""Dynamic values on their way through Jinja and Markdown: they travel as opaque tokens and are never parsed.

The one door at which data enters prose: Jinja's `finalize` puts each value into a `TokenTable` and prints a token of
private-use characters; Markdown sees only tokens; the block converter swaps them back for inline runs or blocks.
So a city's text can never be markup, and every block knows the ids of the values it states (`because`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from generator.compose.typography import number, rupiah
from generator.model.document import Block, Inline, Text
from generator.model.walks import plain

OPEN, CLOSE = "\ue000", "\ue001"
MARK_OPEN, MARK_CLOSE = "\ue002", "\ue003"
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
MARK = re.compile(f"{MARK_OPEN}(\\d+):(\\d+):(\\d+){MARK_CLOSE}")
_PRIVATE = re.compile("[\ue000-\ue003]")


class TemplateFaultError(Exception):
    """A template asked for something that cannot be shown; carries the words for the diagnostic."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A value that prints as inline runs and remembers what it states. `raw` is what templates may test."""

    inlines: tuple[Inline, ...]
    because: tuple[str, ...] = ()
    raw: Any = None

    def __str__(self) -> str:
        return plain(self.inlines)

    def __bool__(self) -> bool:
        return self.raw is not None and self.raw is not False and self.raw != ""

    def __eq__(self, other: object) -> bool:
        return bool(self.raw == (other.raw if isinstance(other, Told) else other))

    def __hash__(self) -> int:
        return hash(self.inlines)

    def __html__(self) -> str:
        """Refuse to be printed past the door: only `finalize` may turn a value into a token."""
        raise TemplateFaultError("a value was joined to text outside of the template's prose")


@dataclass(frozen=True, slots=True)
class Blocks:
    """One or more blocks made by code (tables, charts), to stand on a line of their own."""

    blocks: tuple[Block, ...]


def told(text: str, *because: str, raw: Any = None) -> Told:
    """Return plain text that states `because`."""
    return Told((Text(text),), tuple(because), text if raw is None else raw)


NOTHING = Told((), (), None)
"""Prints nothing, and is false."""


def counted(count: int) -> Told:
    """Return a whole number."""
    return told(number(count), raw=count)


def amount(rupiahs: int) -> Told:
    """Return an amount of rupiah in the words of running text."""
    return told(rupiah(rupiahs), raw=rupiahs)


@dataclass(slots=True)
class TokenTable:
    """The values printed while one chapter is rendered; tokens are indexes into it."""

    values: list[Told | Blocks] = field(default_factory=list)
    words: Callable[[str], str] = str
    """How the region says the prose between the tokens: the template's own, never what a value prints."""

    def token(self, value: Told | Blocks) -> Markup:
        """Store a value and return its token."""
        self.values.append(value)
        return Markup(f"{OPEN}{len(self.values) - 1}{CLOSE}")  # noqa: S704  # a token holds digits only

    def printed(self, value: Any) -> Any:
        """Return what Jinja prints for a value: markup made by templates as it is, all else as a token."""
        match value:
            case Markup():
                return value
            case Told() | Blocks():
                return self.token(value)
            case Undefined():
                return str(value)  # raises Jinja's own error, which names the variable
            case None:
                raise TemplateFaultError("a template printed a value that is not known", "test it, or use missing(…)")
            case bool():
                raise TemplateFaultError("a template printed a yes/no value")
            case str():
                words = clean(value)
                return self.token(told(words)) if words else Markup("")
            case int():
                return self.token(told(number(value)))
            case float():
                return self.token(told(number(value, 2)))
            case _:
                raise TemplateFaultError(f"a template printed a {type(value).__name__}, which has no words")


def clean(text: str) -> str:
    """Return text without line ends and without the characters that tokens are made of."""
    return " ".join(without_tokens(text).split())


def without_tokens(text: str) -> str:
    """Return text in which the characters that tokens and marks are made of are replaced visibly."""
    return _PRIVATE.sub("\ufffd", text)


def swap(text: str, table: TokenTable, make: Callable[[str], tuple[Inline, ...]]) -> tuple[list[Inline], list[str]]:
    """Split text at its tokens: literal parts through `make`, tokens as their runs; also return what they state."""
    runs: list[Inline] = []
    because: list[str] = []
    for index, part in enumerate(TOKEN.split(text)):
        if index % 2 == 0:
            if part:
                runs.extend(make(part))
            continue
        value = table.values[int(part)]
        if isinstance(value, Blocks):
            raise TemplateFaultError(
                "a table or chart was put into the middle of a sentence", "give it a line of its own"
            )
        runs.extend(value.inlines)
        because.extend(value.because)
    return runs, because
