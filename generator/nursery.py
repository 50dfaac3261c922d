"""Imported by the fork server of a batch and nobody else: makes ready what its workers share.

Whatever goes wrong here goes wrong again in the worker that needs it, and is told there. What never ends is ended by
the system's alarm, whatever it hangs in, with the server; the batch then starts another one that makes nothing ready.
"""

from __future__ import annotations

import signal
from contextlib import suppress

# Ctrl-C is the matter of the process that gives out the work; what is forked from here begins with this as well.
signal.signal(signal.SIGINT, signal.SIG_IGN)

from generator.warm import make_ready, practice_limit  # noqa: E402  # takes a while, in which Ctrl-C would end it

signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.setitimer(signal.ITIMER_REAL, practice_limit())
with suppress(Exception):
    make_ready()
signal.setitimer(signal.ITIMER_REAL, 0)
