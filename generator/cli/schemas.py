"""`masterplan schema`, and the schemas of a fresh workspace."""

from __future__ import annotations

import json
from pathlib import Path

from rich.markup import escape

from generator.cli.app import DONE
from generator.cli.places import find_workspace
from generator.cli.show import console
from generator.sources.json_schema import FOLDER, kind_of, schemas, with_editor_comment
from generator.storage import write_whole


def run(workspace: Path | None) -> int:
    """Write the schemas to schema/ of the workspace; return the exit code."""
    root = find_workspace(workspace)
    for path in write_schemas(root):
        console().print(escape(str(path)))
    return DONE


def write_schemas(root: Path) -> list[Path]:
    """Write every schema below `root`; return their paths."""
    written = []
    for name, schema in schemas().items():
        path = root / FOLDER / name
        write_whole(path, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
        written.append(path)
    return written


def lay_schemas(root: Path) -> None:
    """Write the schemas of a fresh workspace, and into its YAML files the line by which editors find them."""
    write_schemas(root)
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        if kind_of(name) is not None:
            text = path.read_text(encoding="utf-8")
            write_whole(path, with_editor_comment(text, name).encode("utf-8"))


def told_to_editors(text: str, path: Path, root: Path) -> str:
    """Return the text of a new YAML file with the line for editors, where the workspace has its schemas."""
    name = path.relative_to(root).as_posix()
    return with_editor_comment(text, name) if (root / FOLDER).is_dir() else text
