"""Many cities: a pool of workers in which one city's fault is its own, and a stop at any moment loses nothing.

Whatever has the interface of `concurrent.futures.Executor` can do the work. A worker that dies takes its pool with it;
the cities that were under way are then tried again, each alone, so that the one to blame is known and the others get
built.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import worker
from generator.build import Engine, Format, Run, build_city, choose_engine
from generator.shelf import untouched
from generator.storage import BusyError, StorageError, locked, remove_leftovers, write_whole
from generator.worker import GOOD, Outcome, Task

FILE = "batch.json"
FORMAT = 1
POLL = 0.2
RENEW = 16
"""Cities after which a worker is replaced by a fresh one: libraries keep a little of every book."""
LIMIT = 900.0
"""Seconds after which a city counts as hung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a batch is asked to do."""

    workspace: Path
    out: Path
    slugs: Sequence[str]
    formats: tuple[Format, ...]
    engine: Engine = "auto"
    force: bool = False
    workers: int = 0
    """0 takes one a processor."""
    limit: float = LIMIT
    fail_fast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a batch is, for whoever shows it."""

    total: int
    outcomes: tuple[Outcome, ...]
    """In the order in which they came."""
    under_way: tuple[tuple[str, str], ...]
    """(city, stage)."""
    seconds_left: float | None
    """None until a city has been built."""


Watcher = Callable[[Standing], None]
PoolMaker = Callable[[int], Executor]


def process_pool(workers: int) -> Executor:
    """Return a pool of fresh processes; nothing of this one is shared with them."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=worker.start)


@dataclass(slots=True)
class _Batch:
    order: Order
    watch: Watcher
    make_pool: PoolMaker
    build: Callable[[Task], Outcome]
    stages: Path
    started: float = field(default_factory=time.monotonic)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    hung: set[str] = field(default_factory=set)
    stopped: bool = False

    @property
    def workers(self) -> int:
        """How many cities are built at the same time."""
        return self.order.workers or os.cpu_count() or 1

    def run(self) -> None:
        """Build every city; those that were under way when a worker died are tried again, each alone."""
        todo = deque(self._changed())
        suspects: list[Task] = []
        while todo and not self.stopped:
            part = deque(todo.popleft() for _ in range(min(len(todo), self.workers * RENEW)))
            suspects += self._round(part, min(self.workers, len(part)))
            todo.extendleft(reversed(part))  # what a broken pool left
        for task in suspects:
            if self.stopped:
                break
            for victim in self._round(deque([task]), 1):
                self._finish(
                    Outcome(slug=victim.slug, state="killed", message="its worker was killed, twice (out of memory?)")
                )

    def close(self, state: worker.State, message: str) -> None:
        """Give every city that has no outcome yet one of `state`."""
        for slug in self.order.slugs:
            self.outcomes.setdefault(slug, Outcome(slug=slug, state=state, message=message))

    def _changed(self) -> list[Task]:
        """Return the tasks of cities in which there may be something to do; the others are finished at once."""
        order = self.order
        batch = f"{os.getpid()}-{self.started}"
        run = Run(order.workspace, order.out)
        label = choose_engine(order.engine)[0] if "pdf" in order.formats else ""
        tasks = []
        for slug in order.slugs:
            known = not order.force and untouched(
                order.out / slug, run.basis(slug, label, order.formats), order.workspace
            )
            if known:
                result = build_city(
                    order.workspace, slug, order.out, formats=order.formats, engine=order.engine, run=run
                )
                self._finish(worker.outcome_of(result, 0.0))
                continue
            tasks.append(
                Task(
                    workspace=order.workspace,
                    slug=slug,
                    out=order.out,
                    formats=order.formats,
                    engine=order.engine,
                    force=order.force,
                    batch=batch,
                    stages=self.stages,
                )
            )
        return tasks

    def _round(self, todo: deque[Task], workers: int) -> list[Task]:
        """Work on tasks until none is left or the pool broke; return those that were under way when it broke."""
        before = set(multiprocessing.active_children())
        pool = self.make_pool(workers)
        running: dict[Future[Outcome], tuple[Task, float]] = {}
        try:
            while running or (todo and not self.stopped):
                broken = self._fill(pool, running, todo, workers)
                done, _ = wait(running, POLL, FIRST_COMPLETED)
                broken += self._collect(running, done)
                if broken:
                    # The pool is gone with all that ran in it.
                    broken += self._collect(running, wait(running).done)
                    return [task for task in broken if not self._is_hung(task)]
                if self._overdue(running):
                    _kill(set(multiprocessing.active_children()) - before)
                self._report(running)
        except BaseException:
            _kill(set(multiprocessing.active_children()) - before)
            self._tidy(running)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return []

    def _fill(
        self, pool: Executor, running: dict[Future[Outcome], tuple[Task, float]], todo: deque[Task], workers: int
    ) -> list[Task]:
        while todo and len(running) < workers and not self.stopped:
            task = todo.popleft()
            try:
                running[pool.submit(self.build, task)] = (task, time.monotonic())
            except BrokenExecutor:
                return [task]
        return []

    def _collect(
        self, running: dict[Future[Outcome], tuple[Task, float]], done: Iterable[Future[Outcome]]
    ) -> list[Task]:
        """Take finished work in; return the tasks whose worker died."""
        broken = []
        for future in done:
            task, started = running.pop(future)
            error = future.exception()
            if error is None:
                self._finish(future.result())
            elif isinstance(error, BrokenExecutor):
                broken.append(task)
            else:
                message = f"internal fault: {type(error).__name__}: {error}"
                seconds = time.monotonic() - started
                self._finish(Outcome(slug=task.slug, state="fault", seconds=seconds, message=message))
        if done:
            self._report(running)
        return broken

    def _overdue(self, running: dict[Future[Outcome], tuple[Task, float]]) -> bool:
        now = time.monotonic()
        late = {task.slug for task, started in running.values() if now - started > self.order.limit}
        self.hung |= late
        return bool(late)

    def _is_hung(self, task: Task) -> bool:
        if task.slug not in self.hung:
            return False
        message = f"stopped after {self.order.limit:.0f} s without an end"
        self._finish(Outcome(slug=task.slug, state="hung", seconds=self.order.limit, message=message))
        return True

    def _finish(self, outcome: Outcome) -> None:
        self.outcomes[outcome.slug] = outcome
        if self.order.fail_fast and outcome.state not in GOOD:
            self.stopped = True

    def _tidy(self, running: dict[Future[Outcome], tuple[Task, float]]) -> None:
        for task, _ in running.values():
            folder = self.order.out / task.slug
            with suppress(BusyError, StorageError), locked(folder):
                remove_leftovers(folder)

    def _report(self, running: dict[Future[Outcome], tuple[Task, float]]) -> None:
        total = len(self.order.slugs)
        built = sum(outcome.state == "built" for outcome in self.outcomes.values())
        spent = time.monotonic() - self.started
        left = spent / built * (total - len(self.outcomes)) if built else None
        under_way = tuple((task.slug, self._stage(task)) for task, _ in running.values())
        outcomes = tuple(self.outcomes.values())
        self.watch(Standing(total=total, outcomes=outcomes, under_way=under_way, seconds_left=left))

    def _stage(self, task: Task) -> str:
        try:
            return (self.stages / task.slug).read_text(encoding="utf-8")
        except (OSError, UnicodeError):
            return "starting"


def _kill(processes: Iterable[multiprocessing.process.BaseProcess]) -> None:
    """End workers of ours at once; files are whole at every moment, so nothing is lost."""
    for process in processes:
        process.kill()
    for process in processes:
        process.join(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What came of a batch, cities in the order in which they were asked for."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    interrupted: bool = False

    @property
    def failed(self) -> bool:
        """Whether any city is not what it should be."""
        return self.interrupted or any(outcome.state not in GOOD for outcome in self.outcomes)

    @property
    def counts(self) -> Counter[str]:
        """State -> number of cities."""
        return Counter(outcome.state for outcome in self.outcomes)


def run_batch(
    order: Order,
    watch: Watcher,
    *,
    make_pool: PoolMaker = process_pool,
    build: Callable[[Task], Outcome] = worker.build,
) -> BatchResult:
    """Build many cities and write `out`/batch.json; return what came of each.

    `watch` is told how far the batch is, several times a second. Ctrl-C ends the workers at once; the result then says
    `interrupted`, and the next batch goes on where this one stopped. Raises `StorageError` where `out` cannot be
    written.
    """
    stages = Path(tempfile.mkdtemp(prefix="masterplan-"))
    batch = _Batch(order, watch, make_pool, build, stages)
    interrupted = False
    try:
        batch.run()
        batch.close("skipped", "not begun after the first failure")
    except KeyboardInterrupt:
        interrupted = True
        batch.close("stopped", "stopped by hand; the next build goes on here")
    finally:
        shutil.rmtree(stages, ignore_errors=True)
    outcomes = tuple(batch.outcomes[slug] for slug in order.slugs)
    result = BatchResult(outcomes=outcomes, seconds=time.monotonic() - batch.started, interrupted=interrupted)
    write_whole(order.out / FILE, _as_json(order, batch.workers, result))
    return result


def _as_json(order: Order, workers: int, result: BatchResult) -> bytes:
    data: dict[str, Any] = {
        "format": FORMAT,
        "engine": order.engine,
        "formats": list(order.formats),
        "workers": workers,
        "seconds": round(result.seconds, 1),
        "interrupted": result.interrupted,
        "counts": dict(sorted(result.counts.items())),
        "cities": [_city(outcome) for outcome in result.outcomes],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _city(outcome: Outcome) -> dict[str, Any]:
    names = ("slug", "state", "files", "written", "pages", "size", "open_items", "peak_mb", "engine", "why", "message")
    data = {name: getattr(outcome, name) for name in names}
    told = [str(item) for item in outcome.diagnostics]
    return {**data, "seconds": round(outcome.seconds, 2), "diagnostics": told}


def states_of(out: Path) -> dict[str, str]:
    """Return city -> state of the last batch; empty where there was none or its record cannot be read."""
    try:
        data = json.loads((out / FILE).read_bytes())
        return {str(city["slug"]): str(city["state"]) for city in data["cities"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
