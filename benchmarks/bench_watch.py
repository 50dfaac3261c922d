"""How soon a saved template is in its book: `masterplan watch` beside a build of the city in a fresh process.

`python -m benchmarks.bench_watch` saves the longest template of each book of kota-medan, in a copy of this checkout,
five times, and writes the best and the worst to `docs/benchmarks.md`. Linux only: it reads `/proc`.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.recording import machine, record
from tests.watching.process import Watch

ROOT = Path(__file__).resolve().parent.parent
HEADING = "## Watch"
CITY = "kota-medan"
TURNS = 5
AIM = "The aim: a saved file is in its book within 2 s with the fast engine, by the clock."


def longest_template(workspace: Path, part: str) -> Path:
    """Return the longest template of a book."""
    return max((workspace / "templates" / part).glob("*.md.j2"), key=lambda path: path.stat().st_size)


def saved(watch: Watch, page: Path, turn: int) -> tuple[float, float]:
    """Save a template with one sentence more; return seconds of the clock and of the processor until it is built."""
    used = watch.used()
    page.write_text(page.read_text("utf-8") + f"\n\nKalimat nomor {turn} yang baru disimpan.\n", encoding="utf-8")
    _, waited = watch.wait()
    return waited, watch.used() - used


def whole_build(workspace: Path, out: Path) -> tuple[float, float]:
    """Build every book in a fresh process; return seconds of the clock and of the processor."""
    call = [sys.executable, "-m", "generator", "build", CITY, "--engine", "typst", "--force", "--out", str(out)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(call, cwd=workspace, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, used


def main() -> None:
    """Measure and record."""
    lines = [AIM, "", machine("watchfiles", "typst"), ""]
    lines += ["| what | clock, best | clock, worst | processor, best |", "|---|--:|--:|--:|"]
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name) / "workspace"
        for part in ("content", "templates", f"cities/{CITY}"):
            shutil.copytree(ROOT / part, workspace / part)
        found = [whole_build(workspace, Path(name) / "out") for _ in range(TURNS)]
        lines.append(_row("all books, fresh process", found))
        watch = Watch(workspace, CITY, Path(name) / "said.txt")
        watch.wait()
        try:
            for part in sorted(path.name for path in (workspace / "templates").glob("buku-*") if path.is_dir()):
                page = longest_template(workspace, part)
                found = [saved(watch, page, turn) for turn in range(TURNS)]
                lines.append(_row(f"`{part}/{page.name}` saved", found))
        finally:
            watch.end()
    print("\n".join(lines))
    record(HEADING, "\n".join(lines))


def _row(what: str, found: list[tuple[float, float]]) -> str:
    clock, processor = zip(*found, strict=True)
    return f"| {what} | {min(clock):.2f} | {max(clock):.2f} | {min(processor):.2f} |"


if __name__ == "__main__":
    main()
