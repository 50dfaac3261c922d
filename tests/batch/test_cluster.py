"""The same batch on a Dask cluster: equal bytes, a worker killed in the middle, deadly and hung cities."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster
from typer.testing import CliRunner

from generator import cluster
from generator.batch import BatchResult, Order, Standing, run_batch, states_of
from generator.cli.app import app
from generator.pools import PoolError
from generator.worker import Outcome, Task
from tests.batch import workers
from tests.batch.conftest import Clock
from tests.batch.test_incremental import bytes_of
from tests.compose.small import ROOT, SLUG

Lay = Callable[[int], Path]
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals"),
    pytest.mark.xdist_group("cluster"),  # one cluster for all
]
CLOSED = "tcp://127.0.0.1:9"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Two workers of one thread, each a process of its own that is started again when it dies."""
    with (
        # A cluster gives up a nanny whose worker is away 15 s after any earlier loss, though it came back meanwhile.
        dask.config.set(
            {
                "distributed.scheduler.allowed-failures": 1,
                "distributed.comm.timeouts.connect": "10s",
                "distributed.deploy.lost-worker-timeout": "1h",
            }
        ),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            host="127.0.0.1",
            local_directory=str(tmp_path_factory.mktemp("dask")),
        ) as found,
    ):
        yield found


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Collect clients that never connected here: in a thread of the next client that would wait for that one."""
    yield
    gc.collect()


@pytest.fixture
def address(started: LocalCluster) -> str:
    """Where the scheduler answers, once both workers are there again."""
    started.wait_for_workers(2, timeout=120)
    return str(started.scheduler_address)


def order(workspace: Path, count: int, out: str = "output", **told: object) -> Order:
    slugs = [SLUG, *(f"{SLUG}-{number}" for number in range(1, count))]
    (workspace / out).mkdir(exist_ok=True)
    settings: dict[str, object] = {"formats": ("docx", "pdf"), "engine": "typst", "slugs": slugs, **told}
    return Order(workspace=workspace, out=workspace / out, **settings)  # type: ignore[arg-type]


def on_cluster(
    address: str, asked: Order, build: Callable[[Task], Outcome], watch: Callable[[Standing], None] = lambda _: None
) -> BatchResult:
    with cluster.connect(address, (asked.workspace, asked.out)) as found:
        return run_batch(asked, watch, make_pool=found.pool, build=build)


def test_a_hung_city_is_ended_and_its_worker_freed(address: str, lay_cities: Lay, clock: Clock) -> None:
    # Before the tests that kill workers: beside a worker that is starting again, another city waits behind this one.
    workspace = lay_cities(3)
    result = on_cluster(address, order(workspace, 3), workers.hangs, clock.run_ahead_after(2))
    assert [outcome.state for outcome in result.outcomes] == ["built", "hung", "built"]
    assert on_cluster(address, order(workspace, 3), workers.quick).counts == {"built": 3}


def test_equal_bytes_though_a_worker_is_killed_in_the_middle(address: str, lay_cities: Lay) -> None:
    workspace = lay_cities(3)
    here, there = order(workspace, 3, "here"), order(workspace, 3, "there")
    seen: list[Standing] = []

    def look(standing: Standing) -> None:
        seen.append(standing)
        side_by_side = any(len(earlier.under_way) == 2 for earlier in seen)
        if side_by_side and (SLUG, workers.SHOWN) in standing.under_way:
            workers.mark_of(there.out).touch()

    result = on_cluster(address, there, workers.killed_while_writing, look)
    assert result.counts == {"built": 3}, result.outcomes
    assert (there.out / f"{SLUG}-1.tried").exists(), "no worker was killed"
    (there.out / f"{SLUG}-1.tried").unlink()
    assert run_batch(here, lambda _: None).counts == {"built": 3}
    assert len([name for name in bytes_of(here.out) if name.endswith((".docx", ".pdf"))]) >= 6
    (here.out / "batch.json").unlink()  # the record tells seconds
    (there.out / "batch.json").unlink()
    assert bytes_of(there.out) == bytes_of(here.out)
    assert workers.mark_of(there.out).exists(), "no stage arrived, or one worker was enough"
    assert max(len(standing.under_way) for standing in seen) == 2


def test_a_deadly_city_costs_itself_alone(address: str, lay_cities: Lay) -> None:
    result = on_cluster(address, order(lay_cities(3), 3), workers.dies_always)
    assert [outcome.state for outcome in result.outcomes] == ["built", "killed", "built"]
    assert "killed" in result.outcomes[1].message


def test_a_defect_is_told(address: str, lay_cities: Lay) -> None:
    result = on_cluster(address, order(lay_cities(3), 3), workers.raises)
    assert [outcome.state for outcome in result.outcomes] == ["built", "fault", "built"]
    assert "ZeroDivisionError: defect" in result.outcomes[1].message


def test_ctrl_c_ends_the_work_and_the_next_run_goes_on(address: str, lay_cities: Lay) -> None:
    workspace = lay_cities(12)  # enough to be far from done when the first is seen
    words = ["build", "--all", "-w", str(workspace), "--format", "docx", "--scheduler", address]
    call = subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list((workspace / "output").glob("*/manifest.json")):
        assert call.poll() is None, call.communicate()
        time.sleep(0.02)
    call.send_signal(signal.SIGINT)
    out, err = call.communicate(timeout=60)
    assert call.returncode == 130, err
    assert "Traceback" not in err
    assert "stopped by hand" in out
    assert not list((workspace / "output").rglob(".*.tmp"))
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert set(states_of(workspace / "output").values()) == {"built", "unchanged"}


def test_a_scheduler_that_goes_leaves_the_rest_for_the_next_run(
    address: str, lay_cities: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = order(lay_cities(4), 4, workers=1)
    with cluster.connect(address, (asked.workspace, asked.out)) as found:

        def leave(standing: Standing) -> None:
            if standing.outcomes:
                found.client.close()

        result = run_batch(asked, leave, make_pool=found.pool, build=workers.slow)
    assert result.counts == {"built": 1, "skipped": 3}
    assert "is gone; the next build goes on here" in result.outcomes[-1].message
    assert result.failed


def test_a_worker_that_cannot_build_is_refused_before_work_begins(
    address: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PoolError, match="does not see /nowhere"), cluster.connect(address, (Path("/nowhere"),)):
        pytest.fail("connected")
    monkeypatch.setattr(cluster, "generator_digest", lambda: "another")
    with pytest.raises(PoolError, match="another version"), cluster.connect(address, (workspace,)):
        pytest.fail("connected")


@pytest.mark.parametrize("wrong", [CLOSED, "tcp://", "http://127.0.0.1", "x", ""])
def test_where_no_scheduler_answers_it_is_told(workspace: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    done = CliRunner().invoke(app, ["build", "--all", "-w", str(workspace), "--scheduler", wrong])
    assert done.exit_code == 1, done.output
    assert "MP506" in done.output
    assert not (workspace / "output" / SLUG).exists()


def test_without_the_extra_it_is_told_how_to_get_it(workspace: Path) -> None:
    script = "import sys\nsys.modules['distributed'] = None\nfrom generator.cli import main\nmain()\n"
    words = ["build", "--all", "-w", str(workspace), "--scheduler", CLOSED]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "masterplan[cluster]" in done.stderr
    assert "Traceback" not in done.stderr
