"""What the workers of a batch share: read once, in the process from which they are forked where the system has one.

A worker builds one city and goes, so that what libraries keep of a book never adds up. Reading the content and
compiling the templates anew for each would cost a second a city; so the fork server (see `multiprocessing`) makes them
ready first, and each worker begins with what lies in it, on top of which it needs only what its own city takes.
"""

from __future__ import annotations

import ctypes
import gc
import json
import multiprocessing
import os
import threading
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path

from generator.build import Draft, Run, silent
from generator.model.document import Chart
from generator.model.walks import walk
from generator.rendering import plan_files

ORDER = "MASTERPLAN_READY"
"""Environment variable by which a batch tells the fork server, which takes no arguments, what to make ready."""
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
"""Whether a fresh worker costs next to nothing here."""
LONGEST = 60.0
"""Seconds after which the fork server gives its practice up, with itself: the city may be one that never ends."""
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
_LARGE_BLOCK = 128 * 1024
_runs: dict[str, Run] = {}


def context() -> BaseContext:
    """Return how workers are started: from the fork server where the system has one, else from nothing."""
    if not FORKS:
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["__main__", "generator.nursery"])
    return server


def announce(batch: str, workspace: Path, out: Path, slug: str, limit: float = LONGEST) -> None:
    """Say what a fork server that starts from here on shall make ready; `slug` is a city to practise on."""
    os.environ[ORDER] = json.dumps([batch, str(workspace), str(out), slug, min(limit, LONGEST)])


def begin() -> bool:
    """Start the fork server and wait until it is ready, open to Ctrl-C; return whether workers can be started.

    Practice on a city can hang or cost the server its life: it is started anew then, to make nothing ready.
    """
    if not FORKS or _tried():
        return True
    os.environ.pop(ORDER, None)
    return _tried()


def _tried() -> bool:
    """Return whether a process that has nothing to do comes and goes."""
    done: list[int | None] = []
    thread = threading.Thread(target=lambda: done.append(_come_and_go()), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.05)  # a wait without an end could not be broken off
    return done == [0]


def _come_and_go() -> int | None:
    process = context().Process(target=_nothing, daemon=True)  # type: ignore[attr-defined]  # every context has it
    try:
        process.start()
        process.join()
    except (EOFError, OSError):  # the fork server is gone
        return None
    code: int | None = process.exitcode
    return code


def _nothing() -> None:
    pass


def run_of(batch: str, workspace: Path, out: Path) -> Run:
    """Return what the cities of a batch share: what lies ready as far as it still holds, else made now."""
    key = f"{batch} {workspace} {out}"
    if key not in _runs:
        ready = next(iter(_runs.values()), None)
        fits = ready is not None and (ready.workspace, ready.out) == (workspace, out)
        _runs.clear()
        _runs[key] = ready.again() if fits and ready is not None else Run(workspace, out)
    return _runs[key]


def live_lean() -> None:
    """Have this process hold no more memory than it needs, before it makes anything.

    The layout engine keeps to one thread: the workers share the processors out, and each thread holds memory of its
    own. The C library maps large blocks one by one, so that they go back when they are freed; left alone, glibc raises
    the size from which it does so as it goes, and keeps what the tables of a layout grew out of.
    """
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)


def make_ready() -> None:
    """Do what `announce` asked for: read content and cohort, think a city through, which compiles the templates, and
    write a little of it, which imports the libraries."""
    live_lean()
    batch, workspace, out, slug, _ = json.loads(os.environ[ORDER])
    run = run_of(batch, Path(workspace), Path(out))
    draft, _ = run.prepare(slug, silent)
    if draft is not None:
        _practise(draft, run.workspace)
    gc.collect()
    gc.freeze()  # looking for garbage would copy pages that all workers share


def practice_limit() -> float:
    """Return how many seconds `make_ready` may take, 0 where nothing was asked for."""
    with suppress(KeyError, ValueError):
        return float(json.loads(os.environ[ORDER])[-1])
    return 0.0


def _practise(draft: Draft, workspace: Path) -> None:
    """Write what is short for the libraries that it takes: all but a PDF, whose engine would start threads."""
    import filelock  # noqa: F401  # every city's folder is locked

    from generator.writers import docx, typst  # noqa: F401

    books = draft.composed.documents
    drawn = [book for book in books if any(isinstance(block, Chart) for block in walk(book.body))]
    docx.write(min(drawn or books, key=lambda book: sum(1 for _ in walk(book.body))), workspace)
    plan_files(draft.dossier, draft.content, draft.plan, silent)
