"""Files appear whole or not at all: temporary file in the same folder, flushed to disk, renamed; one build a city."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path


class BusyError(Exception):
    """Another build of the same city is running."""


class StorageError(Exception):
    """A file could not be written; says which and why."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_hash(path: Path) -> str | None:
    """Return the SHA-256 of a file, None where it is not there."""
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return None


def stay_within(folder: Path, root: Path) -> None:
    """Raise `StorageError` where `folder`, all links followed, lies outside of `root`, which may itself be a link."""
    try:
        if folder.resolve().is_relative_to(root.resolve()):
            return
        why = f"a link on the way leads out of {root}; put a folder in its place"
    except RuntimeError:  # what Python 3.11 raises for links in a loop
        why = "its links lead in a circle"
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
    raise StorageError(f"cannot write to {folder}: {why}")


def write_whole(path: Path, data: bytes, *, within: Path | None = None) -> None:
    """Write a file so that readers see the old or the new one, never a part.

    `within` is the folder that no link on the way to the file may lead out of. A link in the place of the file itself
    is replaced, not followed; a device, pipe or folder there is not.

    Raises `StorageError` for a full disk, a read-only folder, a file held open elsewhere, or a place that leaves
    `within`; the old file stays.
    """
    if within is not None:
        stay_within(path.parent, within)
    try:
        if not _replaceable(path):
            raise StorageError(f"cannot write {path}: not a regular file but a folder, device or pipe")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=_temporary_prefix(path), suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror or error}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise StorageError(f"cannot write {path}: {error.strerror or error}") from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _replaceable(path: Path) -> bool:
    """Return whether nothing lies there, a regular file, or a link; as root one could rename a file over /dev/null."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return True
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def make_folder(folder: Path) -> None:
    """Make a folder where it is not there yet; raises `StorageError` where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot write to {folder}: {error.strerror or error}") from error


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that a killed build left behind; call only under the folder's lock."""
    for path in folder.rglob(".*.tmp"):
        path.unlink(missing_ok=True)


def remove_leftovers_of(path: Path, age: float = 0.0) -> None:
    """Remove temporary files that a killed build left beside one file.

    Call only under the lock of its writers, or with an `age` in seconds that no file is in the writing for.
    """
    if path.parent.is_symlink():
        return  # nothing is written there either
    for left in path.parent.glob(f"{escape(_temporary_prefix(path))}*.tmp"):
        with suppress(OSError):
            if age <= 0 or time.time() - left.stat().st_mtime > age:
                left.unlink(missing_ok=True)


def _temporary_prefix(path: Path) -> str:
    return f".{path.name[:40]}."


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a city's output folder.

    Raises `BusyError` at once if another process has it, `StorageError` where the folder cannot be made or is a link
    that leads out of the folder in which it lies.
    """
    stay_within(folder, folder.parent)
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise BusyError(f"another build is writing to {folder}") from error
    except OSError as error:
        raise StorageError(f"cannot write to {folder}: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
