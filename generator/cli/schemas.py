"""`masterplan schema`, and the schemas of a fresh workspace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.failing import tell
from generator.cli.places import find_workspace
from generator.cli.show import console
from generator.sources.json_schema import FOLDER, kind_of, schemas, with_editor_comment
from generator.storage import StorageError, write_whole


def run(workspace: Path | None) -> int:
    """Write the schemas to schema/ of the workspace; return the exit code."""
    root = find_workspace(workspace)
    try:
        for path in write_schemas(root):
            console().print(escape(str(path)))
    except StorageError as error:
        tell(error)
        return DATA
    return DONE


def write_schemas(root: Path) -> list[Path]:
    """Write every schema below `root`; return their paths."""
    written = []
    for name, schema in schemas().items():
        path = root / FOLDER / name
        write_whole(path, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode("utf-8"), within=root)
        written.append(path)
    return written


def lay_schemas(root: Path, parts: Sequence[str] = (".",)) -> None:
    """Write the schemas of a fresh workspace, and into the YAML files of its `parts` the line by which editors find
    them."""
    write_schemas(root)
    below = [path for part in parts for path in (root / part).rglob("*.yaml")]
    for path in sorted([*below, *(root / part for part in parts if part.endswith(".yaml"))]):
        name = path.relative_to(root).as_posix()
        if kind_of(name) is not None:
            text = path.read_text(encoding="utf-8")
            write_whole(path, with_editor_comment(text, name).encode("utf-8"), within=root)


def told_to_editors(text: str, path: Path, root: Path) -> str:
    """Return the text of a new YAML file with the line for editors, where the workspace has its schemas."""
    name = path.relative_to(root).as_posix()
    return with_editor_comment(text, name) if (root / FOLDER).is_dir() else text
