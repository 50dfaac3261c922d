"""What may reach a terminal: text from files and arguments is shown there, and never obeyed.

An escape character in the name of a file or in words of a city would otherwise recolour, rewrite or retitle the screen.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TextIO

_WIDTHS = ("COLUMNS", "LINES", "TERMINAL_WIDTH")
"""Variables from which Rich and Typer take the size of the screen."""
_LEAST, _MOST = 20, 1000
# C0 but tab and newline, DEL, C1; marks that turn the direction of writing; halves of characters, as which Python
# keeps the bytes of file names that are no UTF-8.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BEYOND = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON may hold as it is, and terminals obey or cannot show."""


def visible(text: str) -> str:
    """Return text in which a picture or U+FFFD stands for every character that a terminal would obey."""
    return OBEYED.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    number = ord(match.group())
    return chr(0x2400 + number) if number < 0x20 else "\u2421" if number == 0x7F else "\ufffd"


def json_text(data: Any) -> str:
    """Return data as JSON for standard output; where that is not UTF-8, everything beyond ASCII is escaped."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "").replace("_", "")
    text = json.dumps(data, ensure_ascii=encoding != "utf8", indent=2)
    return _BEYOND.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


class OutputError(OSError):
    """What is printed can no longer be written: a full disk behind `>`, or a reader that went away. No defect."""


class _Output(TextIOWrapper):
    """One of the two outputs; tells its own faults from those of files."""

    def write(self, text: str, /) -> int:
        """Write text; raises `OutputError`."""
        try:
            return super().write(text)
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from error

    def flush(self) -> None:
        """Hand on what was written; raises `OutputError`."""
        try:
            super().flush()
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from error


def _output(stream: TextIO | None) -> TextIO:
    if stream is None:  # closed by whoever called; the place is taken, lest a file of ours gets its number
        return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if not isinstance(stream, TextIOWrapper):
        return stream
    return _Output(
        stream.buffer,
        encoding=stream.encoding,
        errors="replace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def prepare() -> None:
    """Have both outputs carry any text, and no size of the screen be one with which nothing can be laid out."""
    sys.stdout, sys.stderr = _output(sys.stdout), _output(sys.stderr)
    for name in _WIDTHS:
        given = os.environ.get(name)
        if given is None:
            continue
        if re.fullmatch(r"[0-9]{1,9}", given):
            os.environ[name] = str(min(max(int(given), _LEAST), _MOST))
        elif re.fullmatch(r"[0-9]+", given):
            os.environ[name] = str(_MOST)
        else:
            del os.environ[name]


def give_up(error: OutputError) -> None:
    """Say why nothing more is printed, if anybody hears it, and lead both outputs into nothing.

    Python would otherwise try once more at its end what failed, and tell of it with a stack.
    """
    if error.errno != errno.EPIPE:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"masterplan: cannot print: {error.strerror}\n")
            sys.stderr.flush()
    with suppress(OSError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                os.dup2(nothing, stream.fileno())
        os.close(nothing)
