"""The trees of files that were pulled without having been issued, so that others can be pulled that were written alike.

A pull changes what the data of today give; the tree that its file was written from would be gone. It is kept below
`cities/<slug>/edits/bases/`, packed.
"""

from __future__ import annotations

import gzip
import re
import zlib
from io import BytesIO
from pathlib import Path

from generator.model.diagnostics import Collector
from generator.model.document import Document
from generator.model.document_json import document_from_json, document_to_json
from generator.records import FAULTS, parse_record
from generator.sources.edits import FOLDER
from generator.sources.files import files_below, is_file, read_bytes
from generator.storage import sha256, write_whole

BASES = "bases"
_NAME = re.compile(r"[0-9a-f]{16}")
_MAX_PACKED, _MAX_TREE = 20_000_000, 60_000_000


def keep_base(workspace: Path, slug: str, document: Document) -> None:
    """Keep the tree of a book under its build id and its own hash; raises `StorageError`."""
    if not _NAME.fullmatch(document.build_id):
        return
    data = document_to_json(document)
    path = _folder(workspace, slug) / f"{document.build_id}-{sha256(data)[:16]}.json.gz"
    if not is_file(path):
        write_whole(path, gzip.compress(data, mtime=0), within=workspace)


def kept_base(workspace: Path, slug: str, build_id: str) -> Document | None:
    """Return the tree of a build id; None where none is kept or what is kept was changed since."""
    if not _NAME.fullmatch(build_id):
        return None
    for path in files_below(_folder(workspace, slug), workspace, (".json.gz",), Collector()):
        if not path.name.startswith(f"{build_id}-"):
            continue
        packed = read_bytes(path, workspace, Collector(), _MAX_PACKED)
        data = _unpacked(packed) if packed is not None else b""
        if data and path.name == f"{build_id}-{sha256(data)[:16]}.json.gz":
            try:
                parse_record(data)
                return document_from_json(data)
            except FAULTS:
                continue
    return None


def _unpacked(packed: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=BytesIO(packed)) as stream:
            return stream.read(_MAX_TREE)
    except (OSError, EOFError, zlib.error):
        return b""


def _folder(workspace: Path, slug: str) -> Path:
    return workspace / "cities" / slug / FOLDER / BASES
