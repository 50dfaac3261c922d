"""One row a city: data, calendar, draft, edits and review. Fast where nothing changed.

What follows from the data is kept in `output/.cache/status.json` under the hash of all that it follows from (content,
program, files of the city); the rest is read from the output folders each time. Whether a draft is current is told by
the files that it was made of; that other cities moved, which changes its comparisons, is not looked at.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from generator.analysis.status import stage_at
from generator.inputs import UNREAD, Shared, digest_of, fingerprint, generator_digest, scan_city, scan_shared
from generator.manifest import FILE as MANIFEST
from generator.manifest import Manifest, read_manifest
from generator.model.city import Status
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic
from generator.model.status import CityStatus, DraftStatus, Known, ReviewStatus, Stage, Step
from generator.records import FAULTS, number, read_record, whole, word, words
from generator.sources.edits import FOLDER as EDITS
from generator.sources.edits import pulled_hashes
from generator.sources.files import is_inside
from generator.storage import StorageError, write_whole

CACHE = ".cache/status.json"
REVIEW = "review.json"
FORMAT = 1
_MOST_POINTS = 100_000


class ContentError(Exception):
    """The content has errors, so that no city can be judged; holds the diagnostics."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("the content has errors")
        self.diagnostics = tuple(diagnostics)


def gather(workspace: Path, slugs: Sequence[str], out: Path, day: date) -> tuple[CityStatus, ...]:
    """Return the rows of cities on a day. Writes the cache; raises `ContentError` where the content has errors."""
    shared = scan_shared(workspace)
    files = {slug: scan_city(workspace, slug) for slug in slugs}
    known = _known(workspace, shared, files, out)
    return tuple(_row(known[slug], shared, files[slug], workspace, out / slug, day) for slug in slugs)


def _row(
    known: Known, shared: Shared, files: Mapping[str, str], workspace: Path, folder: Path, day: date
) -> CityStatus:
    manifest = read_manifest(folder)
    draft = _draft(manifest, {**shared.content, **shared.templates, **files}, folder)
    if draft.edited:
        taken = pulled_hashes(workspace, known.slug)
        waiting = tuple(name for name in draft.edited if fingerprint(folder / name, folder) not in taken)
        draft = replace(draft, edited=waiting)
    return CityStatus(
        known=known,
        stage=stage_at(known.steps, day) if known.steps else Stage(),
        draft=draft,
        review=_review(folder, manifest),
    )


# --- what follows from the data --------------------------------------------------------------------------------------


def _known(workspace: Path, shared: Shared, files: Mapping[str, Mapping[str, str]], out: Path) -> dict[str, Known]:
    base = digest_of({"content": digest_of(shared.content), "generator": generator_digest()})
    cached = _remembered(out / CACHE, base)
    found: dict[str, tuple[str, Known]] = {}
    content: Content | None = None
    for slug, names in files.items():
        key = digest_of(names)
        if slug in cached and cached[slug][0] == key:
            found[slug] = cached[slug]
            continue
        content = content or _content(workspace)
        found[slug] = (key, _judge(workspace, slug, content))
    if any(cached.get(slug) != entry for slug, entry in found.items()):
        _remember(out / CACHE, base, {**cached, **found})
    return {slug: known for slug, (_, known) in found.items()}


def _content(workspace: Path) -> Content:
    from generator.sources.content import load_content

    content, diagnostics = load_content(workspace)
    if content is None:
        raise ContentError(diagnostics)
    return content


def _judge(workspace: Path, slug: str, content: Content) -> Known:
    from generator.analysis.completeness import known_of, unknown
    from generator.sources.cities import load_city, name_of

    dossier, diagnostics = load_city(workspace, slug, content)
    if dossier is None:
        name = name_of(workspace, slug)
        return unknown(slug, name.code, name.name, diagnostics)
    return known_of(dossier, content, diagnostics)


def _remember(path: Path, base: str, found: Mapping[str, tuple[str, Known]]) -> None:
    cities = {slug: {"files": key, "known": asdict(known)} for slug, (key, known) in found.items()}
    data = {"format": FORMAT, "base": base, "cities": cities}
    # Only speed is lost where the folder cannot be written.
    with contextlib.suppress(StorageError):
        text = json.dumps(data, ensure_ascii=False, default=date.isoformat) + "\n"
        write_whole(path, text.encode("utf-8", "replace"), within=path.parents[1])


def _remembered(path: Path, base: str) -> dict[str, tuple[str, Known]]:
    try:
        data = read_record(path)
        if data["format"] != FORMAT or data["base"] != base:
            return {}
        entries = data["cities"].items()
    except FAULTS:
        return {}
    found = {}
    for slug, entry in entries:
        # One entry that is not understood costs the time to judge one city anew.
        with contextlib.suppress(*FAULTS):
            found[slug] = (word(entry["files"]), _read(slug, entry["known"]))
    return found


def _read(slug: str, data: Mapping[str, Any]) -> Known:
    if data["slug"] != slug or data["assessment"] not in ("", *get_args(Status)):
        raise ValueError(f"no row of {slug}")
    complete, confidence = data["complete"], data["confidence"]
    return Known(
        slug=slug,
        code=word(data["code"]),
        name=word(data["name"]),
        assessment=data["assessment"],
        completeness={area: number(share, 0, 1) for area, share in data["completeness"].items()},
        complete=None if complete is None else number(complete, 0, 1),
        confidence=None if confidence is None else number(confidence, 0, 1),
        errors=whole(data["errors"]),
        warnings=whole(data["warnings"]),
        first_error=word(data["first_error"]),
        steps=tuple(_step(step) for step in data["steps"]),
    )


def _step(data: Mapping[str, Any]) -> Step:
    due = data["inputs_due"]
    return Step(
        id=word(data["id"]),
        name=word(data["name"]),
        start=date.fromisoformat(data["start"]),
        end=date.fromisoformat(data["end"]),
        inputs_due=date.fromisoformat(due) if due is not None else None,
        inputs=words(data["inputs"]),
    )


# --- what lies in the output folder ----------------------------------------------------------------------------------


def _draft(manifest: Manifest | None, files: Mapping[str, str], folder: Path) -> DraftStatus:
    if manifest is None:
        return DraftStatus(pulled=tuple(sorted(name for name in files if _is_edit(name))))
    readable = {name: own for name, own in files.items() if own not in UNREAD}
    moved = [name for name in {**readable, **manifest.inputs} if readable.get(name) != manifest.inputs.get(name)]
    if manifest.basis.get("generator", generator_digest()) != generator_digest():
        moved.append("the program")
    written = [_written(folder / name) for name in manifest.outputs]
    return DraftStatus(
        state="unfinished" if manifest.pending or not manifest.basis else "outdated" if moved else "current",
        built=_moment(max(written, default=0.0)),
        build_id=manifest.build_id,
        files=len(manifest.outputs),
        open_items=manifest.open_items,
        changed=tuple(sorted(moved)),
        edited=tuple(sorted(name for name in manifest.outputs if _edited(folder, name, manifest))),
        pulled=tuple(sorted(name for name in moved if _is_edit(name))),
        conflicts=tuple(name for name in manifest.conflicts if name in readable and name not in moved),
    )


def _is_edit(name: str) -> bool:
    """Return whether a path below the workspace is that of an edit: 'cities/SLUG/edits/BOOK/PLACE.yaml'."""
    parts = name.split("/")
    return len(parts) == 5 and (parts[0], parts[2]) == ("cities", EDITS) and name.endswith(".yaml")


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _moment(seconds: float) -> datetime | None:
    """Return a time of a file; None where there is none, or one that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def _edited(folder: Path, name: str, manifest: Manifest) -> bool:
    """Return whether a file of the draft is not the one that the build wrote; a file that is gone was not edited."""
    path, output = folder / name, manifest.outputs[name]
    if not is_inside(path, folder):
        return False
    try:
        state = path.stat()
        if state.st_size != output.size:
            return True
        # The manifest is written last: a file that is older than it was not touched, and need not be read.
        if state.st_mtime <= (folder / MANIFEST).stat().st_mtime:
            return False
    except OSError:
        return False
    return fingerprint(path, folder) != output.sha256


def _review(folder: Path, manifest: Manifest | None) -> ReviewStatus | None:
    try:
        data = read_record(folder / REVIEW)
        same = manifest is not None and word(data["build_id"]) == manifest.build_id
        return ReviewStatus(
            score=number(data["score"], 0, _MOST_POINTS),
            points=number(data["points"], 0, _MOST_POINTS),
            of_this_draft=same,
        )
    except FAULTS:
        return None


def review_json(score: float, points: float, build_id: str) -> bytes:
    """Return what a review leaves behind for the overview."""
    return (json.dumps({"score": round(score, 2), "points": points, "build_id": build_id}) + "\n").encode()
