"""Builds that go wrong in ways that a real one could; top-level functions, so that a fresh process finds them."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.worker import Outcome, Task, build


def _first_time(task: Task) -> bool:
    mark = task.out / f"{task.slug}.tried"
    if mark.exists():
        return False
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    return True


def quick(task: Task) -> Outcome:
    """Build nothing at once."""
    note = task.out / f"{task.slug}.built"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(str(os.getpid()), encoding="utf-8")
    return Outcome(slug=task.slug, state="built")


def dies_always(task: Task) -> Outcome:
    """The second city kills its worker whenever it is tried, as one would that runs out of memory."""
    if task.slug.endswith("-1"):
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.3)
    return quick(task)


def dies_once(task: Task) -> Outcome:
    """The second city's worker is killed from outside the first time."""
    if task.slug.endswith("-1") and _first_time(task):
        os.kill(os.getpid(), signal.SIGKILL)
    return quick(task)


def _die_when_writing(stage: str) -> None:
    if stage.startswith("writing"):
        os.kill(os.getpid(), signal.SIGKILL)


SHOWN = "composing"
"""The stage at which a city waits until somebody has seen it there."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """Tells each stage and waits at one of them: a small city is built in the time between two looks at it."""

    tell: Callable[[str], None]
    mark: Path

    def __call__(self, stage: str) -> None:
        self.tell(stage)
        end = time.monotonic() + 120
        while stage == SHOWN and not self.mark.exists() and time.monotonic() < end:
            time.sleep(0.01)


def mark_of(out: Path) -> Path:
    """Return the file that lets a city go on that waits to be seen."""
    return out.with_name(f"{out.name}.seen")


def waits_to_be_seen(task: Task) -> Outcome:
    """A real build; the first city stays at `SHOWN` until the mark is there."""
    if task.tell is None or task.slug.endswith(("-1", "-2")):
        return build(task)
    return build(replace(task, tell=_Shown(task.tell, mark_of(task.out))))


def killed_while_writing(task: Task) -> Outcome:
    """As above, and the second city's worker is killed the first time, between the stages of the build."""
    if task.slug.endswith("-1") and _first_time(task):
        return build(replace(task, tell=_die_when_writing))
    return waits_to_be_seen(task)


def raises(task: Task) -> Outcome:
    """A defect that even the worker does not catch."""
    if task.slug.endswith("-1"):
        raise ZeroDivisionError("defect")
    return quick(task)


def hungry(task: Task) -> Outcome:
    """The second city wants more memory than its worker is given."""
    if task.slug.endswith("-1"):
        resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, resource.RLIM_INFINITY))
        task = replace(task, tell=_eat)
    return build(task)


def _eat(_: str) -> None:
    bytearray(10_000_000_000)


def hangs(task: Task) -> Outcome:
    """The second city never comes to an end."""
    while task.slug.endswith("-1"):
        time.sleep(0.05)
    return quick(task)


def slow(task: Task) -> Outcome:
    """A city of some seconds."""
    time.sleep(0.5)
    return quick(task)


def fails(task: Task) -> Outcome:
    """The first city has errors in its data, the others take a while."""
    if not task.slug.endswith(("-1", "-2", "-3")):
        return Outcome(slug=task.slug, state="failed", message="data")
    return slow(task)


def pid_of(out: Path, slug: str) -> str:
    """Return the id of the process that built a city."""
    return (out / f"{slug}.built").read_text(encoding="utf-8")


__all__ = [
    "SHOWN",
    "build",
    "dies_always",
    "dies_once",
    "fails",
    "hangs",
    "hungry",
    "killed_while_writing",
    "mark_of",
    "quick",
    "raises",
    "slow",
    "waits_to_be_seen",
]
