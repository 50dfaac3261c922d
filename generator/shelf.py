"""The output folder of one city: what lies there, what somebody edited, what a build may leave and what it replaces.

A build announces in the manifest which files it is about to write. Killed at any moment it leaves each file old or
new, and the next build knows both as its own; anything else in their place is somebody's work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.inputs import Basis, fingerprint
from generator.manifest import FILE, Manifest, Output, read_manifest
from generator.model.diagnostics import Diagnostic, Place, Severity
from generator.sources.files import is_file, is_inside
from generator.storage import StorageError, file_hash, read_whole, sha256, write_whole


@dataclass(frozen=True, slots=True)
class Made:
    """A file to be stored below the city's folder; `data` None keeps the file that lies there."""

    name: str
    data: bytes | None
    pages: int | None = None
    key: str = ""
    tree: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file of a build."""

    path: Path
    pages: int | None
    size: int
    changed: bool = True
    """Whether this build wrote it."""


def own_hash(path: Path) -> str | None:
    """Return the hash of a file, None where it is not there; raises `StorageError` where it cannot be read."""
    try:
        return file_hash(path)
    except OSError as error:
        raise StorageError(f"cannot read {path}: {error.strerror or error}") from error


def untouched(folder: Path, basis: Basis, workspace: Path, text: Path | None = None) -> Manifest | None:
    """Return the last build's manifest where it rests on the same basis and all of its files lie as it left them.

    `text` is where the fingerprint of its text lies, which is a file of the build like others.
    """
    manifest = read_manifest(folder)
    if manifest is None or manifest.pending or not manifest.basis or dict(manifest.basis) != dict(basis.parts):
        return None
    if text is not None and fingerprint(text, text.parent) != manifest.text:
        return None
    if any(fingerprint(workspace / path, workspace) != own for path, own in manifest.pictures.items()):
        return None
    for name, output in manifest.outputs.items():
        # The size is asked first: it tells most edits without reading the file.
        path = folder / name
        try:
            if path.stat().st_size != output.size or file_hash(path) != output.sha256:
                return None
        except OSError:
            return None
    return manifest


def missing(folder: Path, manifest: Manifest | None) -> tuple[str, ...]:
    """Return the files of the last build that are not there any more."""
    return tuple(sorted(name for name in (manifest.outputs if manifest else ()) if not is_file(folder / name)))


def settle(folder: Path, manifest: Manifest) -> tuple[Written, ...]:
    """Note in the manifest that nothing had to be done; return the files that lie there."""
    outputs = {name: replace(output, reason="unchanged") for name, output in manifest.outputs.items()}
    settled = replace(manifest, outputs=outputs, why="")
    if settled != manifest:
        write_whole(folder / FILE, settled.to_json())
    return tuple(
        Written(path=folder / name, pages=output.pages, size=output.size, changed=False)
        for name, output in manifest.outputs.items()
    )


def edited(
    folder: Path, names: Iterable[str], manifest: Manifest | None, pulled: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return an error for every file that differs from what the last build wrote: somebody's work.

    `pulled` are the hashes of files whose changes were taken back already; these are ours again.
    """
    outputs = manifest.outputs if manifest is not None else {}
    pending = manifest.pending if manifest is not None else {}
    found = []
    for name in names:
        path = folder / name
        present = own_hash(path)
        known = {outputs[name].sha256 if name in outputs else None, pending.get(name)}
        if present is not None and present not in known and present not in pulled:
            found.append(
                Diagnostic(
                    "MP501",
                    Severity.ERROR,
                    Place(path.as_posix()),
                    "this file was edited since the last build and is not overwritten",
                    f"take its edits with 'masterplan pull {folder.name} {name}', or keep it under another name",
                )
            )
    return tuple(found)


def drop_stale(folder: Path, current: Collection[str], manifest: Manifest | None) -> None:
    """Remove files of the last build that are no longer made (a quick win that left the plan), unless edited.

    `current` are the names of all files that this build makes or, in another format, would make.
    """
    if manifest is None:
        return
    for name, output in manifest.outputs.items():
        path = folder / name
        # A folder or a pipe is not what a build wrote there.
        if name in current or not is_inside(path, folder) or not is_file(path):
            continue
        if own_hash(path) in (output.sha256, manifest.pending.get(name)):
            path.unlink(missing_ok=True)


def reusable(folder: Path, name: str, key: str, manifest: Manifest | None) -> Made | None:
    """Return the file that lies there where it follows from the same things and nobody touched it."""
    output = manifest.outputs.get(name) if manifest is not None else None
    if output is None or not key or output.key != key or own_hash(folder / name) != output.sha256:
        return None
    return Made(name, None, output.pages, key, output.tree)


def store(
    folder: Path, made: Iterable[Made], manifest: Manifest, before: Manifest | None, *, force: bool = False
) -> tuple[Written, ...]:
    """Write files that changed, then the manifest; entries of files that this build did not make are kept."""
    known = before.outputs if before is not None else {}
    outputs: dict[str, Output] = {}
    todo: dict[str, bytes] = {}
    for item in made:
        old = known.get(item.name)
        if item.data is None:
            assert old is not None, f"{item.name} is kept but was never written"  # noqa: S101  # `reusable` checked
            outputs[item.name] = replace(old, reason="unchanged")
            continue
        own, present = sha256(item.data), own_hash(folder / item.name)
        if force or present != own:
            todo[item.name] = item.data
        reason = _reason(item, own, present, old, _moved(manifest, before))
        reason = "forced" if force and reason == "unchanged" else reason
        outputs[item.name] = Output(
            sha256=own, size=len(item.data), pages=item.pages, reason=reason, key=item.key, tree=item.tree
        )
    kept = {
        name: replace(output, reason="kept")
        for name, output in known.items()
        if name not in outputs and is_file(folder / name)
    }
    if todo:
        pending = {name: outputs[name].sha256 for name in todo}
        announced = replace(before if before is not None else manifest, pending=pending, basis={})
        write_whole(folder / FILE, announced.to_json())
        for name, data in todo.items():
            write_whole(folder / name, data, within=folder)
    final = replace(manifest, outputs={**kept, **outputs}).to_json()
    if not _holds(folder / FILE, final):
        write_whole(folder / FILE, final)
    return tuple(
        Written(path=folder / name, pages=output.pages, size=output.size, changed=name in todo)
        for name, output in outputs.items()
    )


def _moved(manifest: Manifest, before: Manifest | None) -> str:
    """Return what shapes a book beside its text and is not as it was the last time."""
    if before is None or not before.basis:
        return "made anew after a build that was broken off"
    if manifest.engine != before.engine:
        return "engine changed"
    if manifest.basis.get("generator") != before.basis.get("generator"):
        return "program changed"
    return "picture changed" if manifest.pictures != before.pictures else "style changed"


def _reason(item: Made, own: str, present: str | None, old: Output | None, moved: str) -> str:
    """Return why a file that was made is written or left."""
    if old is None:
        return "new"
    if present is None:
        return "missing"
    if present == own:
        return "unchanged"
    if old.sha256 == own:
        return "edited by hand"
    return moved if item.tree and item.tree == old.tree else "content changed"


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_whole(path, len(data)) == data
    except OSError:
        return False
