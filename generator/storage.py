"""Files appear whole or not at all: temporary file in the same folder, flushed to disk, renamed; one build a city."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from io import BufferedReader
from pathlib import Path

from generator.sources.files import MAX_DEPTH


class BusyError(Exception):
    """Another build of the same city is running."""


class StorageError(Exception):
    """A file could not be written; says which and why."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_hash(path: Path) -> str | None:
    """Return the SHA-256 of a regular file, None where nothing is there; raises `OSError` for anything else."""
    try:
        with open_regular(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file to read it, without waiting for whoever holds the other end of a pipe.

    Raises `OSError` for what is not there or is no regular file, also for a name that no file can have.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error), str(path)) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file but a folder, device or pipe", str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_whole(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file; raises `OSError` for any other, and for one of more than `limit` bytes."""
    with open_regular(path) as stream:
        # Not more room than the file needs; one that grows meanwhile is not whole and will not be understood.
        data = stream.read(min(os.fstat(stream.fileno()).st_size, limit) + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"more than {limit:,} bytes", str(path))
    return data


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
    """Remove temporary files that a killed build left behind; call only under the folder's lock.

    What is no file was not left by a build and stays. Raises `StorageError` where one cannot be removed.
    """
    for here, folders, names in os.walk(folder):
        if len(Path(here).relative_to(folder).parts) >= MAX_DEPTH:
            folders.clear()
        for name in names:
            path = Path(here) / name
            if name.startswith(".") and name.endswith(".tmp") and not _is_special(path):
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise StorageError(f"cannot remove {path}: {error.strerror or error}") from error


def remove_leftovers_of(path: Path, age: float = 0.0) -> None:
    """Remove temporary files that a killed build left beside one file.

    Call only under the lock of its writers, or with an `age` in seconds that no file is in the writing for.
    """
    if path.parent.is_symlink():
        return  # nothing is written there either
    for left in path.parent.glob(f"{escape(_temporary_prefix(path))}*.tmp"):
        with suppress(OSError):
            if not _is_special(left) and (age <= 0 or time.time() - left.stat().st_mtime > age):
                left.unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    """Return whether something other than a regular file lies there itself, such as a link, a pipe or a device."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True


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
