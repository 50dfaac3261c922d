"""Workbooks as archives: parts changed, added and renamed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO


def rewritten(
    data: bytes, change: Callable[[str, bytes], bytes | None], *, rename: Callable[[str], str] = str
) -> bytes:
    """Return a workbook whose parts went through `change`; None drops one."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = change(entry.filename, old.read(entry))
            if part is not None:
                new.writestr(rename(entry.filename), part)
    return target.getvalue()


def in_sheets(data: bytes, pattern: bytes, words: bytes) -> bytes:
    """Return a workbook with a piece of XML of its sheets replaced, exactly once."""
    count = 0
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                part, times = re.subn(pattern, words, part)
                count += times
            new.writestr(entry.filename, part)
    assert count == 1
    return target.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a workbook with further parts."""
    target = BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()
