"""One city of a batch, built in a process of its own: every fault comes back as a value."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.build import BuildResult, Engine, Format, build_city
from generator.journal import journal, note, note_fault
from generator.model.diagnostics import Diagnostic, Severity
from generator.warm import FORKS, live_lean, run_of

State = Literal["built", "unchanged", "failed", "fault", "killed", "hung", "skipped", "stopped"]
GOOD: tuple[State, ...] = ("built", "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A city to be built."""

    workspace: Path
    slug: str
    out: Path
    formats: tuple[Format, ...]
    engine: Engine
    force: bool = False
    batch: str = ""
    """Name of the batch: its tasks share what is read once."""
    tell: Callable[[str], None] | None = None
    """Is called with each stage that the worker comes to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one city."""

    slug: str
    state: State
    seconds: float = 0.0
    files: int = 0
    written: int = 0
    pages: int = 0
    size: int = 0
    open_items: int = 0
    peak_mb: int = 0
    """Most memory that the worker has held so far."""
    engine: str = ""
    why: str = ""
    message: str = ""
    """What went wrong, in one line."""
    diagnostics: tuple[Diagnostic, ...] = ()


def start() -> None:
    """Prepare a worker process: Ctrl-C is the parent's matter, and without the parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    live_lean()
    if FORKS:
        gc.disable()  # the process ends with its city
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


def build(task: Task) -> Outcome:
    """Build one city; never raises for what goes wrong with it."""
    started = time.monotonic()
    with journal(task.out / task.slug) as log:
        note("start", city=task.slug, engine=task.engine, formats=task.formats, force=task.force)
        try:
            result = build_city(
                task.workspace,
                task.slug,
                task.out,
                formats=task.formats,
                engine=task.engine,
                progress=lambda stage: _at(task, stage),
                run=run_of(task.batch, task.workspace, task.out),
                force=task.force,
            )
        except Exception as error:  # noqa: BLE001  # one city's defect must not end the others
            note_fault(error)
            where = f"; the details are in {log}" if log else ""
            message = f"internal fault: {type(error).__name__}: {error}{where}"
            return Outcome(
                slug=task.slug, state="fault", seconds=time.monotonic() - started, message=message, peak_mb=peak_mb()
            )
        outcome = outcome_of(result, time.monotonic() - started)
        note("end", city=task.slug, state=outcome.state, seconds=round(outcome.seconds, 3), written=outcome.written)
    return outcome


def outcome_of(result: BuildResult, seconds: float) -> Outcome:
    """Return the outcome of a build that came to its end."""
    errors = [str(item).split("\n")[0] for item in result.diagnostics if item.severity is Severity.ERROR]
    return Outcome(
        slug=result.slug,
        state="failed" if result.failed else "unchanged" if result.unchanged else "built",
        seconds=seconds,
        files=len(result.files),
        written=sum(file.changed for file in result.files),
        pages=sum(file.pages or 0 for file in result.files),
        size=sum(file.size for file in result.files),
        open_items=result.open_items,
        peak_mb=peak_mb(),
        engine=result.engine,
        why=result.why,
        message="; ".join(errors[:3]),
        diagnostics=result.diagnostics,
    )


def _at(task: Task, stage: str) -> None:
    note("stage", city=task.slug, stage=stage)
    if task.tell is not None:
        task.tell(stage)


def peak_mb() -> int:
    """Return the most memory that this process has held, in MB; 0 where the system does not tell.

    Linux is asked for the mark of this very program: what `getrusage` tells there counts the process that it was
    forked from too, before it became a worker.
    """
    with suppress(OSError, ValueError, StopIteration):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // 1_000
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)
