"""A running `masterplan watch`, for tests and benchmarks."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.compose.small import ROOT

END = "Ctrl-C ends the watch"
PATIENCE = 300


class Watch:
    """A running watch, and what it has said."""

    def __init__(self, workspace: Path, city: str, log: Path, *options: str) -> None:
        self.workspace = workspace
        self.log = log
        self.turns = 0
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "generator", "watch", city, *options],
                cwd=workspace,
                env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
                stderr=stream,
                stdout=stream,
            )

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait(self, mark: str = END) -> tuple[str, float]:
        """Wait for the end of the next build; return what it said and the seconds."""
        before = "".join(re.split(f"({re.escape(END)})", self.said())[: 2 * self.turns])
        started = time.monotonic()
        while mark not in self.said()[len(before) :]:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() - started < PATIENCE, self.said()[len(before) :]
            time.sleep(0.02)
        self.turns += mark == END
        return self.said()[len(before) :], time.monotonic() - started

    def used(self) -> float:
        """Return the processor seconds of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)
