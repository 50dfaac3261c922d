"""What holds for every test, whatever machine, shell and load it runs on."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# No example is a fault for being slow on a busy machine; with CI set, hypothesis draws the same ones each time.
settings.register_profile("patient", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("patient")

# A shell that runs the tests in the background has Ctrl-C ignored, and what is ignored is handed down.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What would colour or narrow the output of every command.
for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES"):
    os.environ.pop(name, None)
if os.environ.get("TERM") == "dumb":
    os.environ["TERM"] = "xterm"
