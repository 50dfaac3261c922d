"""LibreOffice at work on DOCX files: `work` edits them as people do and saves them, as DOCX or through ODT."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SESSION = Path(__file__).with_name("office_session.py")
PYTHON = "/usr/bin/python3"  # UNO is a module of the system's Python alone
TIME = 240  # seconds for one session
AUTHOR = "Siti Rahma"
"""Who works at LibreOffice, and whose the tracked changes are."""
_NAME = '<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="{}"><value>{}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_NAME.format(*part) for part in zip(("givenname", "sn"), AUTHOR.split(), strict=True))
    + "</oor:items>"
)

Verb = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One file, what is done to it, and whether it travels through ODT, as a book with charts must."""

    content: bytes
    edits: Sequence[Verb]
    odt: bool = False


@cache
def missing() -> str:
    """Return why LibreOffice cannot be scripted here, '' where it can."""
    if shutil.which("soffice") is None:
        return "soffice is not on the PATH"
    if not Path(PYTHON).exists():
        return f"{PYTHON} is not there"
    tried = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False, timeout=60)
    return "" if tried.returncode == 0 else "python3-uno is not installed"


def needs_office() -> list[pytest.MarkDecorator]:
    """Return the marks of tests that script LibreOffice: they skip where it is missing, and fail in CI."""
    skip = bool(missing()) and not os.environ.get("CI")
    return [pytest.mark.libreoffice, pytest.mark.slow, pytest.mark.skipif(skip, reason=missing() or "there")]


def work(folder: Path, tasks: Sequence[Task]) -> list[bytes]:
    """Do the tasks in one session of LibreOffice; return each file as it was saved."""
    assert not missing(), missing()
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    jobs, saved = [], []
    for number, task in enumerate(tasks):
        source = folder / f"{number}.docx"
        source.write_bytes(task.content)
        out = folder / (f"{number}-saved.odt" if task.odt else f"{number}-saved.docx")
        jobs.append({"source": str(source), "edits": list(task.edits), "odt" if task.odt else "docx": str(out)})
        saved.append(folder / "converted" / f"{out.stem}.docx" if task.odt else out)
    job = {"soffice": shutil.which("soffice"), "profile": str(folder / "profile"), "tasks": jobs}
    done = subprocess.run(
        [PYTHON, str(SESSION)], input=json.dumps(job), capture_output=True, text=True, check=False, timeout=TIME
    )
    assert done.returncode == 0, done.stderr[-2000:]
    travelled = [job["odt"] for job in jobs if "odt" in job]
    if travelled:
        # Whoever works in ODT sends a DOCX in the end.
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "converted")]
        subprocess.run([*command, *map(str, travelled)], check=True, capture_output=True, timeout=TIME)
    return [path.read_bytes() for path in saved]
