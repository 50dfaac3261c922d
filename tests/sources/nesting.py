"""Folders below one another, as deep as no tool of Python removes them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def nested(folder: Path, levels: int) -> Iterator[None]:
    """Have folders below one another, more than Python could remove."""
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        for _ in range(levels):
            os.mkdir("d")  # noqa: PTH102  # a path from the root would be too long
            os.chdir("d")
    finally:
        os.fchdir(before)
        os.close(before)
    try:
        yield
    finally:
        subprocess.run(["rm", "-rf", str(folder / "d")], check=True)
