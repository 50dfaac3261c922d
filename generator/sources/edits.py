"""Edits of a city as small files: `cities/<slug>/edits/<book>/<place>.yaml`, one a change, fit for review in git."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from generator.model.diagnostics import Collector, Place
from generator.model.document import Block, Inline, ListItem, Row
from generator.model.document_json import TreeError, from_data, to_data
from generator.model.edits import Edit, Op, Part, RowRef
from generator.sources.files import FORBIDDEN, files_below, read_text
from generator.sources.yaml import read_yaml

FOLDER = "edits"
PULLED = "pulled.txt"
MEDIA = "media"
"""The folder of pictures that a city put into its books, below that of edits."""
MAX_EDITS = 20_000
_UNSAFE = re.compile(r"[^a-z0-9]+")
_KEYS = frozenset(
    {
        "book",
        "op",
        "block",
        "part",
        "base",
        "was",
        "text",
        "value",
        "row",
        "cell",
        "near",
        "who",
        "when",
        "file",
        "replaced",
        "done",
        "answers",
        "column",
    }
)
_WORDS = ("base", "was", "who", "when", "file", "answers", "column")


@dataclass(slots=True)
class ReadEdits:
    """The edits of a city, the file that each stands in, and what was read."""

    edits: dict[Path, Edit] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    found: Collector = field(default_factory=Collector)


def edit_path(edit: Edit) -> Path:
    """Return where an edit goes, below the folder of edits: the same for every edit of the same place."""
    digest = blake2b("\0".join(edit.place).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    words = _UNSAFE.sub("-", edit.block.lower()).strip("-")[:60] or "baru"
    book = _UNSAFE.sub("-", edit.book.lower()).strip("-") or "buku"
    part = "-komentar" if edit.op == "comment" else "" if edit.part in ("text", "table") else f"-{edit.part}"
    return Path(book) / f"{words}{part}-{digest}.yaml"


def edit_yaml_text(edit: Edit) -> bytes:
    """Return the file of an edit; plain text stands as such, runs with weight or references as a list."""
    data: dict[str, Any] = {"book": edit.book, "op": edit.op, "block": edit.block, "part": edit.part}
    if edit.row is not None:
        data["row"] = {"label": edit.row.label, "index": edit.row.index, "base": edit.row.base}
    if edit.op in ("cell", "row-new", "column-new"):
        data["cell"] = edit.cell
    if edit.column:
        data["column"] = edit.column
    data |= {"base": edit.base, "was": edit.was}
    if edit.op in ("text", "cell", "comment"):
        runs = to_data(edit.text)
        data["text"] = runs[0] if len(runs) == 1 and isinstance(runs[0], str) else runs
    if edit.value is not None:
        data["value"] = to_data(edit.value)
    data |= {"near": list(edit.near), "who": edit.who, "when": edit.when, "file": edit.file}
    if edit.answers:
        data["answers"] = edit.answers
    if edit.done:
        data["done"] = True
    if edit.replaced:
        data["replaced"] = list(edit.replaced)
    kept = {key: value for key, value in _printable(data).items() if value not in ("", [])}
    text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def _printable(value: Any) -> Any:
    """Return data without the characters that no data file may hold; they become U+FFFD."""
    if isinstance(value, str):
        return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return value


def load_edits(workspace: Path, slug: str) -> ReadEdits:
    """Return the edits of a city in order of their file names; one that cannot be read is an error (MP821)."""
    read = ReadEdits()
    folder = workspace / "cities" / slug / FOLDER
    paths = files_below(folder, workspace, (".yaml",), read.found, depth=1)
    for count, path in enumerate(path for path in paths if path.parent != folder):
        if count == MAX_EDITS:
            read.found.error("MP821", Place(f"cities/{slug}/{FOLDER}"), f"more than {MAX_EDITS} edits")
            break
        file = read_yaml(path, workspace)
        read.files[file.name] = file.sha256
        read.found.extend(file.diagnostics)
        if file.data is None:
            continue
        try:
            read.edits[path] = _edit(file.data)
        except TreeError as error:
            hint = "restore the file from git, or pull the edited DOCX again"
            read.found.error("MP821", Place(file.name, 1, 1), f"this is no edit: {error}", hint)
    return read


def pulled_hashes(workspace: Path, slug: str) -> frozenset[str]:
    """Return the SHA-256 of every file whose changes were taken wholly, so that a build may write over it."""
    file = read_text(workspace / "cities" / slug / FOLDER / PULLED, workspace)
    lines = (file.text or "").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines if line and not line.startswith("#"))


def with_pulled(hashes: frozenset[str], digest: str) -> bytes:
    """Return the list of pulled files with another."""
    return ("# SHA-256 of files whose changes stand here\n" + "\n".join(sorted({*hashes, digest})) + "\n").encode()


def _edit(data: Any) -> Edit:
    if not isinstance(data, Mapping):
        raise TreeError("a mapping is expected")
    unknown = [str(key) for key in data if key not in _KEYS]
    if unknown:
        raise TreeError(f"unknown {', '.join(unknown)}")
    words = {key: from_data(data.get(key, ""), str, key) for key in _WORDS}
    text = data.get("text", [])
    value = data.get("value")
    row = data.get("row")
    return Edit(
        book=from_data(data.get("book"), str, "book"),
        op=from_data(data.get("op"), Op, "op"),
        block=from_data(data.get("block"), str, "block"),
        part=from_data(data.get("part", "text"), Part, "part"),
        text=from_data([text] if isinstance(text, str) else text, tuple[Inline, ...], "text"),
        value=None if value is None else from_data(value, Block | ListItem | Row, "value"),
        row=None if row is None else _row(row),
        cell=from_data(data.get("cell", 0), int, "cell"),
        near=from_data(data.get("near", []), tuple[str, ...], "near"),
        replaced=from_data(data.get("replaced", []), tuple[str, ...], "replaced"),
        done=from_data(data.get("done", False), bool, "done"),
        **words,
    )


def _row(data: Any) -> RowRef:
    if not isinstance(data, Mapping):
        raise TreeError("row: a mapping is expected")
    return RowRef(
        from_data(data.get("base", ""), str, "row.base"),
        from_data(data.get("label", ""), str, "row.label"),
        from_data(data.get("index", 0), int, "row.index"),
    )
