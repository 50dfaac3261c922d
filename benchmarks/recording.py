"""Putting measured tables into `docs/benchmarks.md`, with the machine that they come from."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
TITLE = "# Benchmarks\n"


PROCESSOR_SECONDS = "Seconds are processor time of the process and its children, since other work shared the machine."


def machine(*packages: str) -> str:
    """Return the machine with its load, and the versions of packages."""
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        named = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = named[0] if named else model
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"{platform.system()}, {os.cpu_count()} × {model}{load}; Python {platform.python_version()}, {versions}."


def record(heading: str, text: str) -> None:
    """Put text under a heading ('## …') of the page in place of what stood there."""
    before = PAGE.read_text("utf-8") if PAGE.exists() else TITLE
    head, _, rest = before.partition(f"{heading}\n")
    following = rest.find("\n## ")
    tail = rest[following:] if following >= 0 else ""
    PAGE.write_text(f"{head.rstrip()}\n\n{heading}\n\n{text.strip()}\n{tail}", "utf-8")
