"""The workers of a Dask cluster as the pool of a batch: `masterplan build --all --scheduler tcp://…`.

Workspace and output folder must lie under the same path on every machine of the cluster (a shared file system), and
the workers must run this very version of the program; both are looked at before work begins. A worker builds one city
at a time, however many threads it has: give it one.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
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
_ADDRESS = re.compile(r"(tcp|tls|wss?)://(?:[\w.-]+|\[[\w.%:]+\])(?::(?P<port>[0-9]{1,5}))?/?", re.ASCII)
"""What a scheduler in another process can be reached at. Given anything else, Dask tries for half a minute and ends in
a stack."""
_LAST_PORT = 65_535
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


def _leave() -> None:
    """End this worker as soon as the answer is on its way."""
    threading.Timer(0.1, os._exit, (1,)).start()


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
    form = _ADDRESS.fullmatch(address)
    if form is None or int(form["port"] or 1) > _LAST_PORT:
        raise PoolError(f"'{address}' is no address of a scheduler, such as tcp://host:8786 or tls://host:8786")
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise MissingExtraError(f"--scheduler needs the extra: pip install 'masterplan[cluster]' ({error})") from error
    scheme = form[1]
    if scheme in ("tls", "wss") and Security().get_connection_args("client").get("ssl_context") is None:
        raise PoolError(f"{scheme}:// needs certificates: set them in Dask's configuration, distributed.comm.tls")
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
            _there,
            fn,
            self._digest,
            folders,
            args,
            kwargs,
            pure=False,
            key=f"masterplan-{uuid.uuid4()}",
        )
        self._remote[own] = remote
        # Not a callback of Dask: these share one thread, which waits where a result went down with its worker.
        threading.Thread(target=self._hand_over, args=(remote, own), daemon=True).start()
        return own

    def _hand_over(self, remote: Remote[Any], own: Future[Any]) -> None:
        from distributed import KilledWorker

        value, error = None, None
        try:
            value = remote.result()
        except BaseException as found:  # noqa: BLE001  # whatever the work raised is for whoever waits for it
            error = found if remote.status == "error" else BrokenExecutor("the scheduler let the work go")
        if self._remote.pop(own, None) is None:  # ended by us meanwhile
            return
        if isinstance(error, KilledWorker):
            own.set_exception(KilledError("every worker that tried it was killed (out of memory?)"))
        elif error is not None:
            own.set_exception(error)
        else:
            own.set_result(value)

    def size(self) -> int:
        """Return how many workers the scheduler knows; they come and go. 0 where it does not answer."""
        return len(self._workers())

    def _workers(self) -> Collection[str]:
        client = self._cluster.client
        if client.status != "running":
            return ()
        try:
            return tuple(client.scheduler_info(n_workers=-1)["workers"])
        except OSError:  # `submit` tells
            return ()

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
        """End the workers at this work, since nothing else ends what runs on one; their nannies start others."""
        client = self._cluster.client
        remote = {future: self._remote.pop(future) for future in futures if future in self._remote}
        if not remote or client.status != "running":
            return
        busy = self._busy(remote.values())
        client.cancel(list(remote.values()), force=True)
        # The scheduler hears of it a little later. Ended before that, a worker would leave the work to another one.
        end = time.monotonic() + PATIENCE
        while self._busy(remote.values()) and time.monotonic() < end:
            time.sleep(0.02)
        known = client.scheduler_info(n_workers=-1)["workers"]
        # A worker without a nanny would be gone for good: it goes on to the end of its city, if there is one.
        watched = [worker for worker in busy if known.get(worker, {}).get("nanny")]
        if watched:
            # No restart by the scheduler, which asks politely first and gives up when the worker does not answer.
            with suppress(OSError):  # gone already
                client.run(_leave, workers=watched)
            # Whoever tidies up must find them gone: until then they write, and hold the locks of folders.
            end = time.monotonic() + PATIENCE
            while set(watched).intersection(self._workers()) and time.monotonic() < end:
                time.sleep(0.02)
        for future in remote:
            future.set_exception(BrokenExecutor("ended"))

    def abort(self) -> None:
        """End the workers at anything of this batch."""
        self.end(list(self._remote))

    def _busy(self, work: Collection[Remote[Any]]) -> list[str]:
        """Return the workers that the scheduler has put this work to."""
        keys = {item.key for item in work}
        return [worker for worker, held in self._cluster.client.processing().items() if keys.intersection(held)]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # nothing to wait for
        """Let the work go that nobody waits for; the cluster itself is somebody else's and goes on."""
        client = self._cluster.client
        if client.status == "running":
            if cancel_futures and self._remote:
                client.cancel(list(self._remote.values()), force=True)
            client.unsubscribe_topic(self._topic)
