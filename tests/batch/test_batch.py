"""One city's fault is its own: exceptions, killed and hung workers, failures, Ctrl-C, and what is told of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from generator import pools
from generator.batch import Order, Standing, run_batch, states_of
from generator.storage import file_hash
from generator.worker import Outcome, State, Task
from tests.batch import workers
from tests.batch.conftest import Clock
from tests.compose.small import ROOT, SLUG, edit

Lay = Callable[[int], Path]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def order(workspace: Path, count: int, **told: object) -> Order:
    slugs = [SLUG, *(f"{SLUG}-{number}" for number in range(1, count))]
    settings: dict[str, object] = {"formats": ("docx",), "workers": 2, "slugs": slugs, **told}
    return Order(workspace=workspace, out=workspace / "output", **settings)  # type: ignore[arg-type]


def states(asked: Order, build: Callable[[Task], Outcome]) -> dict[str, str]:
    result = run_batch(asked, lambda _: None, build=build)
    assert [outcome.slug for outcome in result.outcomes] == list(asked.slugs)
    assert states_of(asked.out) == {outcome.slug: outcome.state for outcome in result.outcomes}
    return {outcome.slug.removeprefix(SLUG): outcome.state for outcome in result.outcomes}


def test_a_worker_that_dies_whenever_a_city_is_tried_costs_that_city_alone(lay_cities: Lay) -> None:
    asked = order(lay_cities(4), 4)
    assert states(asked, workers.dies_always) == {"": "built", "-1": "killed", "-2": "built", "-3": "built"}


def test_a_worker_killed_once_from_outside_costs_nothing(lay_cities: Lay) -> None:
    asked = order(lay_cities(4), 4)
    assert set(states(asked, workers.dies_once).values()) == {"built"}
    assert (asked.out / f"{SLUG}-1.tried").exists()


def test_an_exception_is_told_and_the_others_go_on_in_the_same_processes(
    lay_cities: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pools.RENEW", 3)
    asked = order(lay_cities(3), 3, workers=1)
    result = run_batch(asked, lambda _: None, build=workers.raises)
    assert [outcome.state for outcome in result.outcomes] == ["built", "fault", "built"]
    assert "ZeroDivisionError: defect" in result.outcomes[1].message
    assert workers.pid_of(asked.out, SLUG) == workers.pid_of(asked.out, f"{SLUG}-2") != str(os.getpid())


def test_a_city_that_finds_no_memory_is_a_fault_of_its_own(lay_cities: Lay) -> None:
    asked = order(lay_cities(3), 3, workers=1)
    result = run_batch(asked, lambda _: None, build=workers.hungry)
    assert [outcome.state for outcome in result.outcomes] == ["built", "fault", "built"]
    assert "MemoryError" in result.outcomes[1].message


def test_workers_are_renewed_so_that_memory_does_not_grow(lay_cities: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pools.RENEW", 2)
    asked = order(lay_cities(5), 5, workers=1)
    assert set(states(asked, workers.quick).values()) == {"built"}
    pids = [workers.pid_of(asked.out, slug) for slug in asked.slugs]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_a_city_that_hangs_is_ended_and_named(lay_cities: Lay, clock: Clock) -> None:
    asked = order(lay_cities(3), 3)
    result = run_batch(asked, clock.run_ahead_after(2), build=workers.hangs)
    assert [outcome.state for outcome in result.outcomes] == ["built", "hung", "built"]
    assert result.outcomes[1].message == "stopped after 900 s without an end"


def test_fail_fast_begins_nothing_after_the_first_failure(lay_cities: Lay) -> None:
    workspace = lay_cities(4)
    kept = states(order(workspace, 4, workers=1), workers.fails)
    assert kept == {"": "failed", "-1": "built", "-2": "built", "-3": "built"}
    ended = states(order(workspace, 4, workers=1, fail_fast=True), workers.fails)
    assert ended == {"": "failed", "-1": "skipped", "-2": "skipped", "-3": "skipped"}


def test_what_a_killed_batch_left_half_written_goes(lay_cities: Lay) -> None:
    asked = order(lay_cities(2), 2)
    asked.out.mkdir(exist_ok=True)
    old, new = asked.out / ".batch.json.old.tmp", asked.out / ".peers.json.new.tmp"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert run_batch(asked, lambda _: None, build=workers.quick).counts == {"built": 2}
    assert not old.exists()
    assert new.exists(), "another batch may be writing it"


def test_any_executor_can_do_the_work(lay_cities: Lay) -> None:
    def threads(workers: int) -> Executor:
        return ThreadPoolExecutor(workers)

    asked = order(lay_cities(3), 3)
    result = run_batch(asked, lambda _: None, make_pool=threads, build=workers.quick)
    assert result.counts == {"built": 3}
    assert not result.failed


def test_the_watcher_learns_city_stage_and_time_left(lay_cities: Lay) -> None:
    asked = order(lay_cities(3), 3, workers=1)
    seen: list[Standing] = []

    def look(standing: Standing) -> None:
        seen.append(standing)
        if standing.under_way == ((SLUG, workers.SHOWN),):
            workers.mark_of(asked.out).touch()

    result = run_batch(asked, look, build=workers.waits_to_be_seen)
    assert result.counts == {"built": 3}
    assert workers.mark_of(asked.out).exists(), "the stage did not arrive"
    assert seen[0].under_way[0][0] == SLUG
    assert seen[0].seconds_left is None
    last = seen[-1]
    assert (len(last.outcomes), last.under_way, last.seconds_left) == (3, (), 0)


def test_one_broken_city_does_not_keep_the_others_from_being_built(lay_cities: Lay) -> None:
    workspace = lay_cities(3)
    edit(workspace, f"cities/{SLUG}-1/city.yaml", "value: 80000", "value: banyak")
    asked = order(workspace, 3)
    result = run_batch(asked, lambda _: None)
    assert [outcome.state for outcome in result.outcomes] == ["built", "failed", "built"]
    assert f"cities/{SLUG}-1/city.yaml" in result.outcomes[1].message
    assert result.failed
    again = run_batch(asked, lambda _: None)
    assert [outcome.state for outcome in again.outcomes] == ["unchanged", "failed", "unchanged"]


def test_the_record_tells_of_each_city(lay_cities: Lay) -> None:
    asked = order(lay_cities(2), 2)
    run_batch(asked, lambda _: None)
    data = json.loads((asked.out / "batch.json").read_bytes())
    assert data["counts"] == {"built": 2}
    first = data["cities"][0]
    assert (first["slug"], first["state"], first["why"]) == (SLUG, "built", "first build")
    assert 0 < first["peak_mb"] < 400
    assert first["written"] == first["files"] > 1
    lines = (asked.out / SLUG / "build.log").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert next(event["event"] for event in events if event["event"] != "library") == "start"
    assert events[-1]["event"] == "end"
    assert len({event["build"] for event in events}) == 1


# --- as a command ----------------------------------------------------------------------------------------------------


def command(workspace: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "--all", "-w", str(workspace), "--format", "docx", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.slow
def test_two_batches_at_once_share_the_work_or_say_why_not(lay_cities: Lay) -> None:
    workspace = lay_cities(3)
    both = [command(workspace, "-j", "2"), command(workspace, "-j", "2")]
    for call in both:
        out, err = call.communicate(timeout=120)
        assert call.returncode == 0 or "MP504" in out + err, err
        assert "Traceback" not in err
    last = command(workspace)
    _, err = last.communicate(timeout=120)
    assert last.returncode == 0, err
    assert not list((workspace / "output").rglob(".*.tmp"))
    clean = run_batch(replace(order(workspace, 3), out=workspace.parent / "clean"), lambda _: None)
    assert clean.counts == {"built": 3}
    for outcome in clean.outcomes:
        one, other = (
            folder / outcome.slug / "Buku-Kecil.docx" for folder in (workspace / "output", workspace.parent / "clean")
        )
        assert one.read_bytes() == other.read_bytes()


def is_gone(group: int) -> bool:
    """Whether every process of a group ends within a minute; those left are killed."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return False


def test_ctrl_c_waits_until_a_worker_is_started() -> None:
    """Broken off half way, a worker would read half of its orders and say so on the screen."""
    done: list[str] = []

    def start() -> None:
        with pools._uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            done.append("started")
        done.append("gone on")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert done == ["started"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.slow
def test_ctrl_c_ends_all_and_the_next_run_goes_on(lay_cities: Lay) -> None:
    workspace = lay_cities(12)  # enough to be far from done when the first is seen
    call = command(workspace, "-j", "2")
    while not list((workspace / "output").glob("*/manifest.json")):
        assert call.poll() is None
        time.sleep(0.02)
    os.killpg(call.pid, signal.SIGINT)
    out, err = call.communicate(timeout=60)
    assert call.returncode == 130, err
    assert "Traceback" not in err
    assert "stopped by hand" in out
    assert is_gone(call.pid)
    assert not list((workspace / "output").rglob(".*.tmp"))
    done = {slug for slug, state in states_of(workspace / "output").items() if state == "built"}
    before = {slug: file_hash(workspace / "output" / slug / "Buku-Kecil.docx") for slug in done}
    call = command(workspace)
    _, err = call.communicate(timeout=120)
    assert call.returncode == 0, err
    assert before == {slug: file_hash(workspace / "output" / slug / "Buku-Kecil.docx") for slug in done}
    assert set(states_of(workspace / "output").values()) <= {"built", "unchanged"}


@pytest.mark.slow
def test_without_the_parent_no_worker_stays(lay_cities: Lay) -> None:
    call = command(lay_cities(5), "-j", "2")
    time.sleep(1.5)
    os.kill(call.pid, signal.SIGKILL)
    call.wait(10)
    assert is_gone(call.pid)


def test_progress_is_plain_lines_where_there_is_no_terminal(lay_cities: Lay) -> None:
    workspace = lay_cities(2)
    call = command(workspace)
    out, err = call.communicate(timeout=120)
    lines = [line for line in err.splitlines() if line.startswith("[")]
    assert [line.split("]")[0] for line in lines] == ["[1/2", "[2/2"]
    assert "\x1b" not in err + out
    assert "2 cities done in" in out
    assert not re.search(rf"^{SLUG}: ", err, re.MULTILINE)
    _, err = command(workspace, "--force", "--verbose").communicate(timeout=120)
    assert re.search(rf"^{SLUG}(-1)?: [a-z]", err, re.MULTILINE), err


def test_only_what_changed_or_failed_is_considered(lay_cities: Lay) -> None:
    workspace = lay_cities(3)

    def cities(*words: str) -> tuple[int, dict[str, str]]:
        call = command(workspace, *words)
        _, err = call.communicate(timeout=120)
        assert "Traceback" not in err
        return call.returncode, states_of(workspace / "output")

    edit(workspace, f"cities/{SLUG}-1/city.yaml", "value: 80000", "value: banyak")
    code, found = cities()
    assert (code, found) == (1, {SLUG: "built", f"{SLUG}-1": "failed", f"{SLUG}-2": "built"})
    edit(workspace, f"cities/{SLUG}-1/city.yaml", "value: banyak", "value: 70000")
    code, found = cities("--only", "FAILED")
    assert (code, found) == (0, {SLUG: "built", f"{SLUG}-1": "built", f"{SLUG}-2": "built"})
    record = json.loads((workspace / "output" / "batch.json").read_bytes())
    assert [city["slug"] for city in record["cities"]] == [f"{SLUG}-1"]
    edit(workspace, f"cities/{SLUG}-2/city.yaml", "value: 80000", "value: 70000")
    code, found = cities("--only", "CHANGED")
    # The first city was built while the second could not be scored; that it can be now is a change for the first.
    assert (code, found) == (0, {SLUG: "built", f"{SLUG}-1": "built", f"{SLUG}-2": "built"})
    record = json.loads((workspace / "output" / "batch.json").read_bytes())
    assert [city["slug"] for city in record["cities"]] == [SLUG, f"{SLUG}-2"]


@pytest.mark.parametrize(
    "words", [(), (SLUG, "--all"), (SLUG, "--only", "changed"), ("--all", "-j", "0"), ("--all", "--only", "x")]
)
def test_what_cannot_be_meant_is_refused(lay_cities: Lay, words: tuple[str, ...]) -> None:
    call = [sys.executable, "-m", "generator", "build", *words, "-w", str(lay_cities(1))]
    done = subprocess.run(call, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_page_tells_every_field_and_state_of_the_record(lay_cities: Lay) -> None:
    asked = order(lay_cities(1), 1)
    run_batch(asked, lambda _: None, build=workers.quick)
    data = json.loads((asked.out / "batch.json").read_bytes())
    lines = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8").splitlines()
    told = [line.split("|")[1].strip(" `") for line in lines if re.match(r"\| `\w", line)]
    assert sorted(told) == sorted([*data, *data["cities"][0], *get_args(State)])
