"""Files that a person may go on writing in and that no manifest holds: overwritten only as the program left them.

What was written last is remembered by hash in `output/.cache/kept.json`. A file that is not remembered there is
somebody's, whoever made it: it costs its owner one move of a file, where the other way round would cost the work.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.model.diagnostics import Collector
from generator.sources.files import read_bytes
from generator.storage import StorageError, sha256, write_whole

MEMORY = ".cache/kept.json"
"""Below the output folder: absolute path -> SHA-256 of what was written there last."""
_MAX_BYTES = 5_000_000


class EditedError(StorageError):
    """A file holds something else than what was written there last."""


def write_kept(path: Path, data: bytes, out: Path, *, within: Path | None = None) -> None:
    """Write a file unless somebody wrote in it; `out` is the output folder, `within` as in `storage.write_whole`.

    Raises `EditedError` for a file that is not as the program left it, `StorageError` where one cannot be written.
    """
    name, own = str(path.absolute()), sha256(data)
    known = _remembered(out)
    present = _present(path)
    if present not in (None, own, known.get(name)):
        raise EditedError(f"{path} is not as it was written last and is not overwritten")
    if present != own:
        write_whole(path, data, within=within)
    if known.get(name) != own:
        text = json.dumps({**known, name: own}, ensure_ascii=True, indent=1, sort_keys=True)
        write_whole(out / MEMORY, text.encode(), within=out)


def _present(path: Path) -> str | None:
    """Return the hash of what lies there, None for nothing, '' for what is not to be read: a link out, a device."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror or error}") from error
    data = read_bytes(path, path.parent.resolve(), Collector(), _MAX_BYTES)
    return "" if data is None else sha256(data)


def _remembered(out: Path) -> dict[str, str]:
    data = read_bytes(out / MEMORY, out, Collector(), _MAX_BYTES)
    try:
        found = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: own for name, own in found.items() if isinstance(own, str)}
