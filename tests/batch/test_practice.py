"""The city that the fork server practises on, and the scoring of all, are no single point at which a batch breaks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import peers, warm
from generator.batch import states_of
from generator.build import Run
from tests.batch.test_batch import is_gone
from tests.compose.small import ROOT, SLUG

Lay = Callable[[int], Path]
pytestmark = [
    pytest.mark.skipif(not warm.FORKS, reason="this system has no fork server"),
    pytest.mark.slow,
]
FAULTY = """
import os, signal, time
import generator.analysis.planning as planning
from pathlib import Path
real = planning.plan_city
def plan_city(dossier, *more, **told):
    if dossier.slug == os.environ["FAULTY_CITY"]:
        with open(os.environ["FAULTY_MARK"], "a") as mark:
            mark.write("x")
        match os.environ["FAULT"]:
            case "hangs":
                time.sleep(10_000)
            case "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            case "raises":
                raise ZeroDivisionError("defect")
    return real(dossier, *more, **told)
planning.plan_city = plan_city
"""


def faulty(workspace: Path, fault: str, *words: str) -> subprocess.Popen[str]:
    """Build all with a program whose planning of the first city goes wrong, in whichever process it is planned."""
    own = workspace.parent / "own"
    own.mkdir(exist_ok=True)
    (own / "sitecustomize.py").write_text(FAULTY, encoding="utf-8")
    told = {"FAULT": fault, "FAULTY_CITY": SLUG, "FAULTY_MARK": str(mark_of(workspace))}
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "--all", "-w", str(workspace), "--format", "docx", "-j1", *words],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(own), str(ROOT))), **told},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def mark_of(workspace: Path) -> Path:
    return workspace.parent / "planned"


@pytest.mark.parametrize(("fault", "state"), [("hangs", "hung"), ("killed", "killed"), ("raises", "fault")])
def test_a_fault_of_the_first_city_is_its_own(lay_cities: Lay, fault: str, state: str) -> None:
    workspace = lay_cities(3)
    call = faulty(workspace, fault, "--limit", "20")
    out, err = call.communicate(timeout=300)
    assert states_of(workspace / "output") == {SLUG: state, f"{SLUG}-1": "built", f"{SLUG}-2": "built"}, out + err
    assert call.returncode in (1, 3)
    assert "Traceback" not in err
    assert len(mark_of(workspace).read_text()) >= 2, "nobody practised on it"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_while_the_fork_server_practises_is_heard_at_once(lay_cities: Lay, number: signal.Signals) -> None:
    workspace = lay_cities(2)
    call = faulty(workspace, "hangs")
    while not mark_of(workspace).exists():
        assert call.poll() is None, call.communicate()
        time.sleep(0.02)
    os.killpg(call.pid, number)
    out, err = call.communicate(timeout=0.8 * warm.LONGEST)  # the practice itself goes on longer
    assert call.returncode == 130, err
    assert "Traceback" not in err
    assert "stopped by hand" in out
    assert set(states_of(workspace / "output").values()) == {"stopped"}
    assert is_gone(call.pid)


@pytest.mark.timeout(0)  # it takes the alarm that the limit needs
def test_a_city_that_cannot_be_scored_is_left_out_of_the_comparison(
    lay_cities: Lay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workspace, real = lay_cities(3), peers.peer_of

    def raises(dossier, content):  # type: ignore[no-untyped-def]
        if dossier.slug == f"{SLUG}-1":
            raise ZeroDivisionError("defect")
        return real(dossier, content)

    def hangs(dossier, content):  # type: ignore[no-untyped-def]
        if dossier.slug == f"{SLUG}-1":
            time.sleep(60)
        return real(dossier, content)

    for number, wrong in enumerate((raises, hangs)):
        monkeypatch.setattr(peers, "peer_of", wrong)
        monkeypatch.setattr(peers, "LONGEST", 1.0)
        group = Run(workspace, tmp_path / str(number)).cohort
        assert set(group.peers) == {SLUG, f"{SLUG}-2"}
        assert set(group.files) == {SLUG, f"{SLUG}-1", f"{SLUG}-2"}
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
