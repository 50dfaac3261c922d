"""The other cities that a city is compared with, remembered between runs.

A city's books state its place among the others, so their scores are an input of its build. To score 75 cities takes
seconds; each is therefore kept in `output/.peers.json` under the hash of all that its score follows from.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from generator.analysis.planning import peer_of
from generator.inputs import Shared, digest_of, generator_digest, scan_city
from generator.journal import note_fault
from generator.model.content import Content
from generator.model.scorecard import MOST, Peer
from generator.records import FAULTS, number, read_record, word
from generator.sources.cities import load_city, slugs
from generator.storage import StorageError, write_whole

FILE = ".peers.json"
FORMAT = 1
LONGEST = 60.0
"""Seconds after which a city counts as one that cannot be scored; it takes some hundredths."""


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Every city of the workspace that can be scored, and what each city's folder holds."""

    peers: Mapping[str, Peer]
    files: Mapping[str, Mapping[str, str]]
    """Slug -> path -> SHA-256, also of cities that cannot be scored."""
    _told: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """Slug -> hash of what others are compared with; made once, for every city asks for those of all others."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_told", {slug: _hash_of(peer) for slug, peer in sorted(self.peers.items())})

    def others(self, slug: str) -> tuple[Peer, ...]:
        """Return the cities that `slug` is compared with."""
        return tuple(peer for name, peer in sorted(self.peers.items()) if name != slug)

    def digest(self, slug: str) -> str:
        """Return the hash of all that `slug` is compared with."""
        told = "".join(own for name, own in self._told.items() if name != slug)
        return hashlib.sha256(told.encode()).hexdigest()


def _hash_of(peer: Peer) -> str:
    told = (peer.slug, peer.name, peer.type, peer.size, sorted(peer.scores.items()))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def cohort_of(workspace: Path, shared: Shared, out: Path, content: Callable[[], Content | None]) -> PeerGroup:
    """Return the cohort; `content` is called only where a city has to be scored anew. Writes `out`/.peers.json."""
    base = digest_of({"content": digest_of(shared.content), "generator": generator_digest()})
    files = {slug: scan_city(workspace, slug) for slug in slugs(workspace)}
    if len(files) == 1:
        return PeerGroup({}, files)
    known = _remembered(out / FILE, base)
    keys = {slug: digest_of(names) for slug, names in files.items()}
    found: dict[str, tuple[str, Peer | None]] = {}
    loaded: Content | None = None
    for slug, key in keys.items():
        if slug in known and known[slug][0] == key:
            found[slug] = known[slug]
            continue
        loaded = loaded or content()
        if loaded is None:
            return PeerGroup({}, files)
        found[slug] = (key, _scored(workspace, slug, loaded))
    if found != known:
        _remember(out / FILE, base, found)
    return PeerGroup({slug: peer for slug, (_, peer) in found.items() if peer is not None}, files)


def _scored(workspace: Path, slug: str, content: Content) -> Peer | None:
    """Return a city's scores, None where it cannot be scored: its own build says why, others go on without it."""
    try:
        with _limited(LONGEST):
            dossier, _ = load_city(workspace, slug, content)
            return peer_of(dossier, content) if dossier is not None else None
    except Exception as error:  # noqa: BLE001  # one city's defect must not end the others
        note_fault(error)
        return None


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in what takes longer; where the system has no alarm, or it is taken, nothing happens."""
    free = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
    if not free or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def late(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"not done after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _remember(path: Path, base: str, found: Mapping[str, tuple[str, Peer | None]]) -> None:
    entries = {
        slug: {"files": key, "peer": None if peer is None else {**asdict(peer), "scores": dict(peer.scores)}}
        for slug, (key, peer) in found.items()
    }
    data = {"format": FORMAT, "base": base, "cities": entries}
    # Only speed is lost where the folder cannot be written; that it cannot is told when a book is.
    with contextlib.suppress(StorageError):
        write_whole(path, (json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _remembered(path: Path, base: str) -> dict[str, tuple[str, Peer | None]]:
    try:
        data = read_record(path)
        if data["format"] != FORMAT or data["base"] != base:
            return {}
        return {slug: (word(entry["files"]), _peer(slug, entry["peer"])) for slug, entry in data["cities"].items()}
    except FAULTS:
        return {}


def _peer(slug: str, data: Any) -> Peer | None:
    if data is None:
        return None
    if data["slug"] != slug:
        raise ValueError(f"scores of {data['slug']} stand under {slug}")
    scores = {area: None if value is None else number(value, 0, MOST) for area, value in data["scores"].items()}
    name, kind, size = (word(data[part]) for part in ("name", "type", "size"))
    return Peer(slug=slug, name=name, type=kind, size=size, scores=scores)
