"""The workers of a Dask cluster as the pool of a batch: `masterplan build --all --scheduler tcp://…`.

Workspace and output folder must lie under the same path on every machine of the cluster (a shared file system), and
the workers must run this very version of the program; both are looked at before work begins. A worker builds one city
at a time, however many threads it has: give it one.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from generator.inputs import generator_digest
from generator.pools import BEGINNING, KilledError, Pool, PoolError

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Remote

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 10
"""Seconds within which the scheduler must answer and have a worker."""
_one_city = threading.Lock()


class MissingExtraError(Exception):
    """The optional libraries for clusters are not installed."""


@dataclass(frozen=True, slots=True)
class _Event:
    """Sends the stage to the scheduler, which passes it on to whoever listens."""

    topic: str
    name: str

    def __call__(self, stage: str) -> None:
        from distributed import get_worker

        get_worker().log_event(self.topic, {"name": self.name, "stage": stage})


def _unfit(digest: str, folders: tuple[Path, ...]) -> str:
    """Return why this worker cannot do the work, '' where it can."""
    if generator_digest() != digest:
        return "it runs another version of the program or its libraries"
    unseen = [str(folder) for folder in folders if not folder.is_dir()]
    return f"it does not see {', '.join(unseen)}" if unseen else ""


def _there(fn: Callable[..., T], digest: str, folders: tuple[Path, ...], args: Any, kwargs: Any) -> T:
    """Do a piece of work on a worker; workers that came later are looked at as well."""
    reason = _unfit(digest, folders)
    if reason:
        raise PoolError(f"a worker cannot build: {reason}")
    with _one_city:
        return fn(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is there and fit to build from these folders."""

    client: Client
    address: str
    folders: tuple[Path, ...]

    def pool(self, _: int) -> Executor:
        """Return the cluster as the executor of a batch."""
        return ClusterPool(self)


@contextmanager
def connect(address: str, folders: tuple[Path, ...]) -> Iterator[Cluster]:
    """Connect to the scheduler at `address` ('tcp://host:port' or 'tls://host:port') and look at its workers.

    `folders` are those that every worker must see. Raises `MissingExtraError` without the extra, `PoolError` where no
    scheduler answers in time, it has no worker, or a worker cannot build.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtraError(f"--scheduler needs the extra: pip install 'masterplan[cluster]' ({error})") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is amiss is told as a message of ours
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PoolError(f"no Dask scheduler answers at {address}: {error}") from error
    try:
        _look(client, address, folders)
        yield Cluster(client, address, folders)
    finally:
        with suppress(OSError):
            client.close(timeout=PATIENCE)


def _look(client: Client, address: str, folders: tuple[Path, ...]) -> None:
    """Raise `PoolError` where there is no worker, or one is not fit."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        found: dict[str, str] = client.run(_unfit, generator_digest(), folders)
    except TimeoutError as error:
        raise PoolError(f"the scheduler at {address} has no workers") from error
    except ImportError as error:
        raise PoolError(f"a worker of {address} does not have the program: {error}") from error
    except OSError as error:
        raise PoolError(f"the scheduler at {address} does not answer any more: {error}") from error
    for worker, reason in sorted(found.items()):
        if reason:
            raise PoolError(f"worker {worker} of {address} cannot build: {reason}")


class ClusterPool(Pool):
    """An executor on a cluster. Dask itself gives work of a worker that died to another one, three times at most."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._digest = generator_digest()
        self._topic = f"masterplan-{uuid.uuid4().hex}"
        self._stages: dict[str, str] = {}
        self._remote: dict[Future[Any], Remote[Any]] = {}
        cluster.client.subscribe_topic(self._topic, self._heard)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give work to the scheduler; raises `PoolError` where it is gone."""
        client = self._cluster.client
        if client.status != "running":
            raise PoolError(f"the scheduler at {self._cluster.address} is gone")
        own: Future[T] = Future()
        own.set_running_or_notify_cancel()
        folders = self._cluster.folders
        remote = client.submit(
            _there, fn, self._digest, folders, args, kwargs, pure=False, key=f"masterplan-{uuid.uuid4()}"
        )
        self._remote[own] = remote
        remote.add_done_callback(lambda done: self._hand_over(done, own))
        return own

    def _hand_over(self, remote: Remote[Any], own: Future[Any]) -> None:
        from distributed import KilledWorker

        if self._remote.pop(own, None) is None:  # ended by us meanwhile
            return
        if remote.status == "finished":
            own.set_result(remote.result())
            return
        error = remote.exception() if remote.status == "error" else None
        if isinstance(error, KilledWorker):
            own.set_exception(KilledError("every worker that tried it was killed (out of memory?)"))
        elif isinstance(error, Exception):
            own.set_exception(error)
        else:
            own.set_exception(BrokenExecutor(f"the scheduler at {self._cluster.address} let the work go"))

    def size(self) -> int:
        """Return how many workers the scheduler knows; they come and go. 0 where it does not answer."""
        if self._cluster.client.status != "running":
            return 0
        try:
            return len(self._cluster.client.scheduler_info(n_workers=-1)["workers"])
        except OSError:  # `submit` tells
            return 0

    def _heard(self, event: tuple[float, Any]) -> None:
        _, told = event
        self._stages[str(told["name"])] = str(told["stage"])

    def teller(self, name: str) -> Callable[[str], None]:
        """Return what sends a stage through the scheduler, so that no folder need be shared for it."""
        return _Event(self._topic, name)

    def stage_of(self, name: str) -> str:
        """Return the last stage that arrived."""
        return self._stages.get(name, BEGINNING)

    def end(self, futures: Collection[Future[Any]]) -> None:
        """Restart the workers that are at this work: nothing else ends what already runs on one."""
        client = self._cluster.client
        remote = {future: self._remote.pop(future) for future in futures if future in self._remote}
        if not remote or client.status != "running":
            return
        keys = {item.key for item in remote.values()}
        busy = [worker for worker, held in client.processing().items() if keys.intersection(held)]
        client.cancel(list(remote.values()), force=True)
        # A worker without a nanny cannot be restarted: it goes on to the end of its city, whose files are whole anyway.
        with suppress(ValueError, OSError, AssertionError):
            client.restart_workers(busy, timeout=PATIENCE, raise_for_error=False)
        for future in remote:
            future.set_exception(BrokenExecutor("ended"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # nothing to wait for
        """Let the work go that nobody waits for; the cluster itself is somebody else's and goes on."""
        client = self._cluster.client
        if client.status == "running":
            if cancel_futures and self._remote:
                client.cancel(list(self._remote.values()), force=True)
            client.unsubscribe_topic(self._topic)
