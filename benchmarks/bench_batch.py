"""How long all cities take with one command: anew, with one and two workers, unchanged, and ten times as many.

`python -m benchmarks.bench_batch [--full]` writes a section of `docs/benchmarks.md`. Without `--full` it measures 8 and
80 synthetic cities of the small framework of the tests (minutes); with it the cohort of the workspace with each engine,
and 750 cities that are copies of the cohort in folders of other names (an hour on two cores). A failed city ends it.

Each row is the command itself in a process of its own, with records and portfolio; seconds are those of the clock, so
the machine must have nothing else to do.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.recording import record
from generator.batch import FILE
from generator.sources.cohort import cohort_slugs
from generator.worker import GOOD
from tests.compose.small import lay

ROOT = Path(__file__).resolve().parent.parent
HEADING = "## Batch"
DAILY = "## Batch of the small framework"
GROWTH = 1.1
"""How much more memory a batch of ten times as many cities may take and still count as not grown."""
_LOOK = 0.5
"""Seconds between two looks at the memory of all processes, which takes milliseconds for each."""


@dataclass(frozen=True, slots=True)
class Measured:
    what: str
    cities: int
    workers: int
    seconds: float
    worker_mb: int
    """Most that any worker held."""
    parent_mb: int
    """Most that the process held which gives out the work and lays the portfolio."""
    together_mb: int
    """Most that all processes of the batch held at one time, what they share counted once."""

    @property
    def row(self) -> str:
        numbers = (self.cities, self.workers, f"{self.seconds:.1f}", self.worker_mb, self.parent_mb, self.together_mb)
        return f"| {self.what} | {' | '.join(map(str, numbers))} |"


@dataclass(frozen=True, slots=True)
class Aim:
    what: str
    found: float
    most: float
    unit: str = ""
    least: bool = False
    """Whether the aim is a least value, not a most."""

    @property
    def reached(self) -> bool:
        return self.found >= self.most if self.least else self.found <= self.most

    @property
    def row(self) -> str:
        sign = "≥" if self.least else "≤"
        verdict = "yes" if self.reached else "**no**"
        return f"| {self.what} | {sign} {self.most:g}{self.unit} | {self.found:.2f}{self.unit} | {verdict} |"


def measure(what: str, workspace: Path, out: Path, *, workers: int, engine: str = "typst") -> Measured:
    """Run `masterplan build --all` and watch its memory."""
    words = ["build", "--all", "-w", str(workspace), "--out", str(out), "--engine", engine, "-j", str(workers)]
    started, most, together, looked = time.perf_counter(), 0, 0, 0.0
    with tempfile.TemporaryFile() as said:
        call = subprocess.Popen(
            [sys.executable, "-m", "generator", *words],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        while call.poll() is None:
            most = max(most, _held_mb(call.pid, "status", "VmHWM:"))
            if time.perf_counter() - looked > _LOOK:
                looked = time.perf_counter()
                together = max(together, _together_mb(call.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - started
        if not (out / FILE).exists():
            said.seek(0)
            raise SystemExit(said.read().decode("utf-8", "replace"))
    cities = json.loads((out / FILE).read_bytes())["cities"]
    worker = max((city["peak_mb"] for city in cities if city["state"] == "built"), default=0)
    failed = sum(city["state"] not in GOOD for city in cities)
    if failed:
        raise SystemExit(f"{what}: {failed} of {len(cities)} cities failed; nothing was recorded")
    found = Measured(what, len(cities), workers, seconds, worker, most, together)
    print(found.row, flush=True)
    return found


def _held_mb(process: int, page: str, entry: str) -> int:
    """Return what a page of /proc tells of a process, in MB; 0 once it is gone or where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/{page}").read_text(encoding="ascii", errors="replace")
        return next((int(line.split()[1]) for line in told.splitlines() if line.startswith(entry)), 0) // 1000
    except OSError:
        return 0


def _together_mb(process: int) -> int:
    """Return what a process and all that descend from it hold now, in MB; a page that several share counts once."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name stands in brackets and may hold anything; state and parent follow it.
            parents[int(status.parent.name)] = int(status.read_text(errors="replace").rpartition(")")[2].split()[1])
    family = {process}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(_held_mb(member, "smaps_rollup", "Pss:") for member in family)


def multiply(workspace: Path, count: int) -> None:
    """Copy the cities of a workspace in turn, into folders of other names, until there are so many."""
    (workspace / "cities" / "cohort.yaml").unlink(missing_ok=True)
    originals = sorted(path.parent for path in (workspace / "cities").glob("*/city.yaml"))
    for number in range(count - len(originals)):
        source = originals[number % len(originals)]
        # The name stays: it has to be the one of the public table.
        shutil.copytree(source, source.with_name(f"{source.name}-{len(originals) + number}"))


def copy_of(workspace: Path, folder: Path, count: int) -> Path:
    """Return a copy of a workspace with so many cities."""
    folder.mkdir()
    for name in ("content", "templates", "cities"):
        shutil.copytree(workspace / name, folder / name)
    multiply(folder, count)
    return folder


def ten_times(
    folder: Path, workspace: Path, few: int, base: Measured | None = None
) -> tuple[list[Measured], list[Aim]]:
    """Measure `few` cities and ten times as many."""
    name = "synthetic cities, Typst"
    found = []
    if base is None:
        base = measure(name, copy_of(workspace, folder / "few", few), folder / "few-out", workers=2)
        found.append(base)
    many = measure(name, copy_of(workspace, folder / "many", 10 * few), folder / "many-out", workers=2)
    aims = [
        Aim(f"{10 * few} cities against {few}", many.seconds / base.seconds, 10.5, " times"),
        Aim(f"memory of a worker, {10 * few} cities against {few}", many.worker_mb / base.worker_mb, GROWTH, " times"),
        Aim(
            f"memory of all processes together, {10 * few} cities against {few}",
            many.together_mb / base.together_mb,
            GROWTH,
            " times",
        ),
        Aim("memory of a worker", float(max(many.worker_mb, base.worker_mb)), 400, " MB"),
    ]
    return [*found, many], aims


def speed(folder: Path, workspace: Path, what: str) -> tuple[list[Measured], list[Aim]]:
    """Measure all cities with one and with two workers, and unchanged."""
    one = measure(f"{what}, Typst, one worker", workspace, folder / "one", workers=1)
    two = measure(f"{what}, Typst, two workers", workspace, folder / "two", workers=2)
    same = measure(f"{what}, unchanged", workspace, folder / "two", workers=2)
    aims = [
        Aim("two workers against one", one.seconds / two.seconds, 1.7, " times", least=True),
        Aim(f"{same.cities} cities unchanged", same.seconds, 5, " s"),
    ]
    return [one, two, same], aims


def small(folder: Path) -> tuple[list[Measured], list[Aim]]:
    """Measure the small framework of the tests: 8 and 80 cities."""
    workspace = copy_of(lay(folder / "small"), folder / "eight", 8)
    found, aims = speed(folder, workspace, "small framework")
    more, further = ten_times(folder, workspace, 8, found[1])
    return [*found, *more], [*aims, *further]


def full(folder: Path) -> tuple[list[Measured], list[Aim]]:
    """Measure the cohort of this workspace, and ten times as many."""
    few = len(cohort_slugs(ROOT)[0])
    found, aims = speed(folder, ROOT, "cohort")
    slow = measure("cohort, WeasyPrint", ROOT, folder / "slow", workers=2, engine="weasyprint")
    more, further = ten_times(folder, ROOT, few, found[1])
    engines = [
        Aim(f"{few} cities, Typst", found[1].seconds, 150, " s"),
        Aim(f"{few} cities, WeasyPrint", slow.seconds, 900, " s"),
    ]
    return [*found, slow, *more], [*engines, *aims, *further]


def section(found: Sequence[Measured], aims: Sequence[Aim], load: float) -> str:
    """Return the text of the page."""
    return "\n".join(
        (
            f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}, load average "
            f"{load:.1f} at the beginning; `masterplan build --all` with all books in DOCX and PDF, records and "
            "portfolio, seconds of the clock.",
            "",
            "| aim | | found | reached |",
            "|---|--:|--:|---|",
            *(aim.row for aim in aims),
            "",
            "| what | cities | workers | s | worker MB | parent MB | together MB |",
            "|---|--:|--:|--:|--:|--:|--:|",
            *(measured.row for measured in found),
        )
    )


def main() -> None:
    """Measure and write the page."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="masterplan-bench-") as folder:
        whole = "--full" in sys.argv[1:]
        found, aims = (full if whole else small)(Path(folder))
    record(HEADING if whole else DAILY, section(found, aims, load))
    for aim in aims:
        print(aim.row)


if __name__ == "__main__":
    main()
