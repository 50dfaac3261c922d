"""Who does the work of a batch: executors that also tell how far a city is, and that can end one at once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any, ParamSpec, TypeVar

from generator.warm import FORKS, begin, context

P = ParamSpec("P")
T = TypeVar("T")
RENEW = 1 if FORKS else 16
"""Cities after which a worker is replaced by a fresh one: libraries keep a little of every book."""
BEGINNING = "starting"
"""The stage of a city that has told none yet."""


LONGEST_TEMPORARY = 70
"""Letters that the path of the folder for temporary files may have: workers are reached through sockets below it, whose
names add 33, and systems take 103 in all."""


def is_cramped() -> bool:
    """Return whether no worker could be reached, the folder for temporary files (TMPDIR) having too long a path."""
    return FORKS and len(os.fsencode(tempfile.gettempdir())) > LONGEST_TEMPORARY


class PoolError(Exception):
    """Nobody is there to do the work; says who was looked for and what was amiss."""


class KilledError(Exception):
    """A worker died over this very work, again and again; says how."""


class Pool(Executor):
    """An executor of which a batch asks more than the interface of the standard library holds.

    Work whose worker died fails with `BrokenExecutor`; the pool itself stays fit for more.
    """

    @abstractmethod
    def size(self) -> int:
        """Return how many workers there are now."""

    @abstractmethod
    def teller(self, name: str) -> Callable[[str], None]:
        """Return what the worker calls with each stage of the work `name`; it can be pickled."""

    @abstractmethod
    def stage_of(self, name: str) -> str:
        """Return the last stage that was told of the work `name`."""

    @abstractmethod
    def end(self, futures: Collection[Future[Any]]) -> None:
        """End work that is under way, whatever it does; its futures then fail with `BrokenExecutor`."""

    @abstractmethod
    def abort(self) -> None:
        """End all work that is under way, also what was given away in this very moment."""


@dataclass(frozen=True, slots=True)
class _Note:
    """Writes the stage into a file, which the parent reads."""

    path: Path

    def __call__(self, stage: str) -> None:
        with suppress(OSError):
            self.path.write_text(stage, encoding="utf-8")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off: a worker half started would tell of its half told orders, and nobody would know of it to end it.

    The same holds for SIGTERM where it means Ctrl-C. Off the main thread nothing happens, since neither comes there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    stops = [number for number in (signal.SIGINT, signal.SIGTERM) if callable(signal.getsignal(number))]
    before = {number: signal.signal(number, lambda number, frame: came.append((number, frame))) for number in stops}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)
        for number, frame in came[-1:]:
            handler = before[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)


@dataclass(slots=True)
class _Seat:
    """One process at a time and what it is at."""

    pool: ProcessPoolExecutor | None = None
    process: BaseProcess | None = None
    used: int = 0
    pending: list[Future[Any]] = field(default_factory=list)

    @property
    def load(self) -> int:
        """How much work is not done yet."""
        self.pending = [future for future in self.pending if not future.done()]
        return len(self.pending)


class LocalPool(Pool):
    """Processes of this machine, each in a pool of its own: one that dies costs the work that it held, nothing else.

    `start` is called in each process first. Each is replaced by a fresh one after `RENEW` pieces of work.
    """

    def __init__(self, workers: int, start: Callable[[], None]) -> None:
        if not begin():
            raise PoolError("this system starts no worker processes")
        self._start = start
        self._seats = [_Seat() for _ in range(workers)]
        self._stages = Path(tempfile.mkdtemp(prefix="masterplan-"))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give work to the process that has least to do."""
        seat = min(self._seats, key=lambda seat: seat.load)
        if seat.used >= RENEW and not seat.load:
            self._clear(seat)
        try:
            return self._give(seat, fn, *args, **kwargs)
        except BrokenExecutor:
            self._clear(seat)
            return self._give(seat, fn, *args, **kwargs)

    def _give(self, seat: _Seat, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with _uninterrupted():
            if seat.pool is not None:
                future = seat.pool.submit(fn, *args, **kwargs)
            else:
                before = set(multiprocessing.active_children())
                seat.pool = ProcessPoolExecutor(1, mp_context=context(), initializer=self._start)
                try:
                    future = seat.pool.submit(fn, *args, **kwargs)
                except (EOFError, OSError) as error:
                    raise BrokenExecutor(f"no worker could be started: {error}") from error
                seat.process = next(iter(set(multiprocessing.active_children()) - before), None)
            seat.used += 1
            seat.pending.append(future)
        return future

    def _clear(self, seat: _Seat) -> None:
        if seat.pool is not None:
            seat.pool.shutdown(wait=True, cancel_futures=True)
        seat.pool, seat.process, seat.used = None, None, 0

    def size(self) -> int:
        """Return the number of seats, taken or not."""
        return len(self._seats)

    def teller(self, name: str) -> Callable[[str], None]:
        """Return what notes a stage in a file of its own."""
        return _Note(self._stages / name)

    def stage_of(self, name: str) -> str:
        """Return what the worker noted last."""
        try:
            return (self._stages / name).read_text(encoding="utf-8") or BEGINNING
        except (OSError, UnicodeError):
            return BEGINNING

    def end(self, futures: Collection[Future[Any]]) -> None:
        """Kill the processes that hold this work; files are whole at every moment, so nothing is lost."""
        self._kill([seat for seat in self._seats if any(future in futures for future in seat.pending)])

    def abort(self) -> None:
        """Kill every process."""
        self._kill(self._seats)

    def _kill(self, held: Collection[_Seat]) -> None:
        for seat in held:
            if seat.process is not None:
                seat.process.kill()
        for seat in held:
            if seat.process is not None:
                seat.process.join(5)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes go."""
        for seat in self._seats:
            if seat.pool is not None:
                seat.pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        shutil.rmtree(self._stages, ignore_errors=True)
