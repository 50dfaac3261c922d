"""Many cities: a pool of workers in which one city's fault is its own, and a stop at any moment loses nothing.

Whatever has the interface of `concurrent.futures.Executor` can do the work. A city whose worker died is tried again at
the end, alone: where a pool breaks as a whole, the one to blame is known then and the others get built.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast, get_args

from generator import likeness, peers, worker
from generator.build import Engine, Format, Run, left_alone
from generator.pools import BEGINNING, KilledError, LocalPool, Pool, PoolError
from generator.records import FAULTS, is_text, read_entries
from generator.sources.cities import slugs
from generator.storage import BusyError, StorageError, locked, remove_leftovers, remove_leftovers_of, write_whole
from generator.warm import announce
from generator.worker import GOOD, Outcome, Task

FILE = "batch.json"
FORMAT = 1
_STATES: tuple[Any, ...] = get_args(worker.State)
POLL = 0.2
_ABANDONED = 3600.0
"""Seconds after which a half written file of the folder of all cities, which has no lock, is nobody's."""
_REFUSALS = 3
"""How often in a row a pool may take no work before the batch gives up."""
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
    """Cities side by side at most; 0 takes as many as there are workers, one a processor of this machine."""
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
_Running = dict[Future[Outcome], tuple[Task, float]]
"""Work under way -> the task and when it was given away."""


def process_pool(workers: int) -> Executor:
    """Return processes of this machine."""
    return LocalPool(workers, worker.start)


@dataclass(slots=True)
class _Batch:
    order: Order
    watch: Watcher
    make_pool: PoolMaker
    build: Callable[[Task], Outcome]
    started: float = field(default_factory=time.monotonic)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    hung: set[str] = field(default_factory=set)
    stopped: bool = False
    most: int = 0
    """Cities that were side by side at most."""

    def run(self) -> None:
        """Build every city; those whose worker died are tried again, each alone."""
        todo = deque(self._changed())
        suspects = self._work(todo, self.order.workers) if todo else []
        for task in suspects:
            if self.stopped:
                break
            for victim in self._work(deque([task]), 1):
                self._killed(victim, "its worker was killed, twice (out of memory?)")

    def close(self, state: worker.State, message: str) -> None:
        """Give every city that has no outcome yet one of `state`."""
        for slug in self.order.slugs:
            self.outcomes.setdefault(slug, Outcome(slug=slug, state=state, message=message))

    def _changed(self) -> list[Task]:
        """Return the tasks of cities in which there may be something to do; the others are finished at once."""
        order = self.order
        batch = f"{os.getpid()}-{self.started}"
        run = Run(order.workspace, order.out)
        announce(batch, order.workspace, order.out, order.slugs[0], order.limit)
        tasks = []
        for slug in order.slugs:
            result = None if order.force else left_alone(run, slug, order.formats, order.engine)
            if result is not None:
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
                )
            )
        return tasks

    def _work(self, todo: deque[Task], most: int) -> list[Task]:
        """Work on tasks, so many at once at most, until none is left; return those whose worker died under them."""
        seats = min(most or os.cpu_count() or 1, len(todo))
        pool = self.make_pool(seats)
        running: _Running = {}
        broken: list[Task] = []
        refused = 0
        try:
            while running or (todo and not self.stopped):
                try:
                    self._fill(pool, running, todo, min(most or sys.maxsize, max(1, _size(pool, seats))))
                    refused = 0
                except BrokenExecutor as error:
                    refused += 1
                    if refused > _REFUSALS:
                        raise PoolError(str(error)) from error
                    pool.shutdown(wait=True, cancel_futures=True)
                    pool = self.make_pool(seats)
                done, _ = wait(running, POLL, FIRST_COMPLETED)
                broken += self._collect(running, done, pool)
                late = self._overdue(running)
                if late and isinstance(pool, Pool):
                    pool.end(late)
                self._report(running, pool)
        except BaseException:
            if isinstance(pool, Pool):
                pool.abort()
            self._tidy(running)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return broken

    def _fill(self, pool: Executor, running: _Running, todo: deque[Task], most: int) -> None:
        """Give work to whoever has none; raises `BrokenExecutor` where the pool takes no more."""
        while todo and len(running) < most and not self.stopped:
            task = todo.popleft()
            if isinstance(pool, Pool):
                task = replace(task, tell=pool.teller(task.slug))
            try:
                running[pool.submit(self.build, task)] = (task, time.monotonic())
            except BrokenExecutor:
                todo.appendleft(task)
                raise
            self.most = max(self.most, len(running))
            self._report(running, pool)

    def _collect(self, running: _Running, done: Iterable[Future[Outcome]], pool: Executor) -> list[Task]:
        """Take finished work in; return the tasks whose worker died and that are to be tried again."""
        broken = []
        for future in done:
            task, started = running.pop(future)
            error = future.exception()
            if error is None:
                self._finish(future.result())
            elif isinstance(error, BrokenExecutor):
                if not self._is_hung(task):
                    broken.append(task)
            elif isinstance(error, KilledError):
                self._killed(task, str(error))
            else:
                message = f"internal fault: {type(error).__name__}: {error}"
                seconds = time.monotonic() - started
                self._finish(Outcome(slug=task.slug, state="fault", seconds=seconds, message=message))
        if done:
            self._report(running, pool)
        return broken

    def _overdue(self, running: _Running) -> list[Future[Outcome]]:
        now = time.monotonic()
        late = [future for future, (_, started) in running.items() if now - started > self.order.limit]
        self.hung |= {running[future][0].slug for future in late}
        return late

    def _is_hung(self, task: Task) -> bool:
        if task.slug not in self.hung:
            return False
        message = f"stopped after {self.order.limit:.0f} s without an end"
        self._finish(Outcome(slug=task.slug, state="hung", seconds=self.order.limit, message=message))
        return True

    def _killed(self, task: Task, message: str) -> None:
        self._finish(Outcome(slug=task.slug, state="killed", message=message))

    def _finish(self, outcome: Outcome) -> None:
        self.outcomes[outcome.slug] = outcome
        if self.order.fail_fast and outcome.state not in GOOD:
            self.stopped = True

    def _tidy(self, running: _Running) -> None:
        for task, _ in running.values():
            folder = self.order.out / task.slug
            with suppress(BusyError, StorageError), locked(folder):
                remove_leftovers(folder)
                likeness.tidy(self.order.out, task.slug)

    def _report(self, running: _Running, pool: Executor) -> None:
        total = len(self.order.slugs)
        built = sum(outcome.state == "built" for outcome in self.outcomes.values())
        spent = time.monotonic() - self.started
        left = spent / built * (total - len(self.outcomes)) if built else None
        ask = pool.stage_of if isinstance(pool, Pool) else lambda _: BEGINNING
        under_way = tuple((task.slug, ask(task.slug)) for task, _ in running.values())
        outcomes = tuple(self.outcomes.values())
        self.watch(Standing(total=total, outcomes=outcomes, under_way=under_way, seconds_left=left))


def _size(pool: Executor, seats: int) -> int:
    return pool.size() if isinstance(pool, Pool) else seats


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
    batch = _Batch(order, watch, make_pool, build)
    interrupted = False
    for name in (FILE, peers.FILE, likeness.REPORT):
        remove_leftovers_of(order.out / name, _ABANDONED)
    try:
        batch.run()
        batch.close("skipped", "not begun after the first failure")
    except PoolError as error:
        batch.close("skipped", f"{error}; the next build goes on here")
    except KeyboardInterrupt:
        interrupted = True
        batch.close("stopped", "stopped by hand; the next build goes on here")
    outcomes = tuple(batch.outcomes[slug] for slug in order.slugs)
    result = BatchResult(outcomes=outcomes, seconds=time.monotonic() - batch.started, interrupted=interrupted)
    try:
        write_whole(order.out / FILE, _as_json(order, batch.most, result))
    except KeyboardInterrupt:  # without a record the next batch would not know what failed
        result = replace(result, interrupted=True)
        write_whole(order.out / FILE, _as_json(order, batch.most, result))
    return result


def _as_json(order: Order, workers: int, result: BatchResult) -> bytes:
    asked = {outcome.slug for outcome in result.outcomes}
    others = set(slugs(order.workspace)) - asked
    data: dict[str, Any] = {
        "format": FORMAT,
        "engine": order.engine,
        "formats": list(order.formats),
        "workers": workers,
        "seconds": round(result.seconds, 1),
        "interrupted": result.interrupted,
        "counts": dict(sorted(result.counts.items())),
        "cities": [_city(outcome) for outcome in result.outcomes],
        "others": [entry for entry in _entries(order.out) if entry["slug"] in others],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _city(outcome: Outcome) -> dict[str, Any]:
    names = ("slug", "state", "files", "written", "pages", "size", "open_items", "peak_mb", "engine", "why", "message")
    data = {name: getattr(outcome, name) for name in names}
    told = [str(item) for item in outcome.diagnostics]
    return {**data, "seconds": round(outcome.seconds, 2), "diagnostics": told}


def _entries(out: Path) -> list[dict[str, Any]]:
    """Return what the last record tells of each city, of this batch or one before; what is not understood is left out.

    Each entry has the fields of `_city`; those that the record lacks or that are of another type are empty.
    """
    try:
        data = read_entries(out / FILE)
        told = [*data["cities"], *data.get("others", [])]
    except FAULTS:
        return []
    found: dict[str, dict[str, Any]] = {}
    for entry in told:
        slug, state = (entry.get("slug"), entry.get("state")) if isinstance(entry, dict) else (None, None)
        if isinstance(slug, str) and is_text(slug) and slug not in found and state in _STATES:
            blank = _city(Outcome(slug=slug, state=cast("worker.State", state)))
            found[slug] = {
                name: entry[name] if _is_like(entry.get(name), empty) else empty for name, empty in blank.items()
            }
    return list(found.values())


def _is_like(value: Any, empty: Any) -> bool:
    if isinstance(value, list):
        return isinstance(empty, list) and all(isinstance(item, str) and is_text(item) for item in value)
    if isinstance(value, str) and not is_text(value):
        return False
    return type(value) is type(empty) and (not isinstance(value, float) or math.isfinite(value))


def states_of(out: Path) -> dict[str, str]:
    """Return city -> state of the last batch in which it was; empty where there was none or no record can be read."""
    return {entry["slug"]: entry["state"] for entry in _entries(out)}
