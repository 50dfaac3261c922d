"""What holds for every test: Ctrl-C means something in the processes that tests start."""

from __future__ import annotations

import signal

# A shell that runs the tests in the background has Ctrl-C ignored, and what is ignored is handed down.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
