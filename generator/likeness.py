"""The fingerprints of texts, kept beside the cities' folders, and the report of regions that read too alike."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compose.alike import Fingerprint, Pair, alike, fingerprint
from generator.inputs import digest_of, generator_digest
from generator.model.content import CityDossier, Content
from generator.model.document import Document
from generator.records import FAULTS, MAX_BYTES, number, parse_record, read_record, whole, word
from generator.sources.cities import SLUG
from generator.sources.files import is_inside
from generator.storage import read_whole, remove_leftovers_of, sha256, write_whole

FOLDER = ".alike"
"""Holds the fingerprint of each city; below the folder of all cities, so that a city's own holds its books only."""
REPORT = "alike.json"
"""In the folder of all cities."""


def place(out: Path, slug: str) -> Path:
    """Return where the fingerprint of a city lies."""
    return out / FOLDER / f"{slug}.json"


def note_text(out: Path, documents: Sequence[Document], dossier: CityDossier, content: Content) -> str:
    """Keep the fingerprint of a city's text for the report and return its hash; call under the city's lock."""
    tidy(out, dossier.slug)
    data = to_json(fingerprint(documents, dossier, content))
    write_whole(place(out, dossier.slug), data, within=out)
    return sha256(data)


def tidy(out: Path, slug: str) -> None:
    """Remove what a killed build left of a fingerprint half written; call under the city's lock."""
    remove_leftovers_of(place(out, slug))


def to_json(found: Fingerprint) -> bytes:
    """Return a fingerprint as JSON."""
    shingles = {f"{key:016x}": count for key, count in sorted(found.shingles.items())}
    return json.dumps({"slug": found.slug, "kind": found.kind, "shingles": shingles}).encode()


def from_json(data: bytes) -> Fingerprint | None:
    """Return a fingerprint, None where the data are not one."""
    try:
        found = parse_record(data)
        shingles = Counter({int(key, 16): whole(count, 1) for key, count in found["shingles"].items()})
        return Fingerprint(word(found["slug"]), shingles, word(found["kind"]))
    except FAULTS:
        return None


def report(out: Path, slugs: Iterable[str]) -> tuple[Pair, ...]:
    """Return the pairs of built cities that read too alike, and write them to `out`/alike.json.

    The report tells of no other cities than `slugs`, so give all that are to stand in it. Cities whose fingerprint is
    not there are left out. Raises `StorageError` where `out` cannot be written.
    """
    texts = {slug: sha256(data) for slug in slugs if (data := _read(place(out, slug))) is not None}
    key = digest_of({"program": generator_digest(), **texts})
    kept = _kept(out, key)
    if kept is not None:
        return kept
    prints = _Prints(out, tuple(texts))
    pairs = _rounded(prints)
    rows = [{"first": pair.first, "second": pair.second, "share": pair.share} for pair in pairs]
    told = {"cities": prints.read, "key": key, "pairs": rows}
    write_whole(out / REPORT, (json.dumps(told, indent=2) + "\n").encode())
    return pairs


def pairs_of(out: Path, slugs: Iterable[str]) -> tuple[Pair, ...]:
    """Return the pairs among some built cities that read too alike, as `report` would; writes nothing."""
    return _rounded(_Prints(out, tuple(slugs)))


def _rounded(prints: _Prints) -> tuple[Pair, ...]:
    return tuple(replace(pair, share=round(pair.share, 3)) for pair in alike(prints))


def drop_gone(out: Path, slugs: Collection[str]) -> None:
    """Remove fingerprints of cities that have neither data, `slugs` being those that have, nor an output folder.

    Where the output folder is still there the fingerprint belongs to it: should the data come back, the city counts as
    built, and the report needs what was noted then.
    """
    folder = out / FOLDER
    if not is_inside(folder, out):
        return
    with suppress(OSError):
        for path in sorted(folder.glob("*.json")):
            if SLUG.fullmatch(path.stem) and path.stem not in slugs and not (out / path.stem).exists():
                path.unlink(missing_ok=True)


@dataclass(slots=True)
class _Prints:
    """The fingerprints of cities, read anew whenever they are gone through: the cohort may have hundreds."""

    out: Path
    slugs: tuple[str, ...]
    read: int = 0
    """How many were there the last time."""

    def __iter__(self) -> Iterator[Fingerprint]:
        self.read = 0
        for slug in self.slugs:
            data = _read(place(self.out, slug))
            found = from_json(data) if data is not None else None
            if found is not None:
                self.read += 1
                yield found


def _read(path: Path) -> bytes | None:
    try:
        return read_whole(path, MAX_BYTES)
    except OSError:
        return None


def _kept(out: Path, key: str) -> tuple[Pair, ...] | None:
    """Return the pairs of the last report where it was made of the same texts, None otherwise."""
    try:
        told = read_record(out / REPORT)
        if told["key"] != key:
            return None
        return tuple(Pair(word(row["first"]), word(row["second"]), number(row["share"], 0, 1)) for row in told["pairs"])
    except FAULTS:
        return None
