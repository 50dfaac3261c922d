"""The log of a build: one event a line, as JSON, in `output/<slug>/build.log`.

Every line has `at` (UTC), `build` (the same for all lines of one build), `event`, and what belongs to the event. Words
of libraries come in as events too and never reach the screen.
"""

from __future__ import annotations

import json
import logging
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

FILE = "build.log"
MAX_BYTES = 1_000_000
"""A log that has grown beyond this becomes `build.log.1` before the next build."""
_LOGGER = logging.getLogger("masterplan.build")


class _Lines(logging.Formatter):
    def __init__(self, build: str) -> None:
        super().__init__()
        self.build = build

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "build": self.build,
        }
        if record.name == _LOGGER.name:
            line |= {"event": record.getMessage(), **getattr(record, "told", {})}
        else:
            line |= {"event": "library", "name": record.name, "level": record.levelname, "words": record.getMessage()}
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def note(event: str, **told: Any) -> None:
    """Write one event into the log that is open; nothing happens where none is."""
    _LOGGER.info(event, extra={"told": told})


def note_fault(error: BaseException) -> None:
    """Write an exception with its stack into the log that is open."""
    _LOGGER.error("fault", exc_info=error, extra={"told": {"error": f"{type(error).__name__}: {error}"}})


def _opened(path: Path) -> TextIO:
    """Open a log to append to it; one that has grown too long is put aside before.

    Raises `OSError` where a link, a pipe or a device lies in its place: a log is written nowhere else, and never waits.
    """
    with suppress(FileNotFoundError):
        state = path.lstat()
        if stat.S_ISREG(state.st_mode) and state.st_size > MAX_BYTES:
            path.replace(path.with_name(f"{FILE}.1"))
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | careful, 0o644)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path} is no regular file")
    return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")


@contextmanager
def journal(folder: Path) -> Iterator[Path | None]:
    """Send events and the words of libraries into `folder`/build.log; yields its path, None where it cannot be made."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    for handler in handlers:
        root.removeHandler(handler)
    path: Path | None = folder / FILE
    own: logging.Handler
    stream: TextIO | None = None
    try:
        if folder.is_symlink():
            raise OSError("a log is not written through a link")
        folder.mkdir(parents=True, exist_ok=True)
        stream = _opened(folder / FILE)
        own = logging.StreamHandler(stream)
    except (OSError, ValueError):
        own, path = logging.NullHandler(), None
    own.setFormatter(_Lines(f"{os.getpid()}-{time.time_ns() // 1_000_000:x}"))
    root.addHandler(own)
    root.setLevel(logging.INFO)
    try:
        yield path
    finally:
        root.removeHandler(own)
        own.close()
        if stream is not None:
            with suppress(OSError):
                stream.close()
        for handler in handlers:
            root.addHandler(handler)
        root.setLevel(level)
