"""Imported by the fork server of a batch and nobody else: makes ready what its workers share.

Whatever goes wrong here goes wrong again in the worker that needs it, and is told there. What never ends is ended by
the system's alarm, whatever it hangs in, with the server; the batch then starts another one that makes nothing ready.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress

# Ctrl-C is the matter of the process that gives out the work; what is forked from here begins with this as well.
signal.signal(signal.SIGINT, signal.SIG_IGN)
_parent = os.getppid()

from generator.warm import make_ready, practice_limit  # noqa: E402  # takes a while, in which Ctrl-C would end it


def _leave_with_parent(done: threading.Event) -> None:
    while not done.wait(0.1):
        if os.getppid() != _parent:
            os._exit(1)


def _watched() -> None:
    done = threading.Event()
    watch = threading.Thread(target=_leave_with_parent, args=(done,), daemon=True)
    watch.start()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, practice_limit())
    try:
        with suppress(Exception):
            make_ready()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        done.set()
        watch.join()  # what is forked from here must find no thread at work


_watched()
