"""Where a part of a content item stands: its file is parsed again, and only when there is something to report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.model.content import Content
from generator.model.diagnostics import Collector, Place
from generator.sources.schema import nearest
from generator.sources.yaml import DataPath, YamlFile, read_yaml


@dataclass(slots=True)
class Checking:
    """The content under examination and what was found in it."""

    content: Content
    workspace: Path
    found: Collector = field(default_factory=Collector)
    files: dict[str, YamlFile] = field(default_factory=dict)

    def place(self, kind: str, id: str, path: DataPath = ()) -> Place:
        """Return the place of `path` inside an item, or of the item, or of the content folder.

        The kind 'file' takes the name of a file of `content/` as id.
        """
        if kind == "file":
            return self._file(f"content/{id}").positions.value(path)
        item = self.content.place(kind, id)
        if item.line is None or not path:
            return item
        file = self._file(item.file)
        base = _base(file.data, id, (), 0)
        return file.positions.value((*base, *path)) if base is not None else item

    def _file(self, name: str) -> YamlFile:
        if name not in self.files:
            self.files[name] = read_yaml(self.workspace / name, self.workspace)
        return self.files[name]

    def known(
        self, what: str, name: str, among: Collection[str], at: tuple[str, str], path: DataPath, *, warn: bool = False
    ) -> bool:
        """Report an id that does not exist (MP203), with the nearest that does; return whether it exists."""
        if name in among:
            return True
        report = self.found.warning if warn else self.found.error
        report("MP203", self.place(*at, path), f"there is no {what} '{name[:80]}'", nearest(name, list(among)))
        return False


def _base(data: Any, id: str, path: DataPath, depth: int) -> DataPath | None:
    """Return the path of the mapping with this id."""
    if isinstance(data, dict):
        if data.get("id") == id:
            return path
        parts: list[tuple[str | int, Any]] = list(data.items())
    elif isinstance(data, list):
        parts = list(enumerate(data))
    else:
        return None
    if depth < 6:
        for key, part in parts:
            found = _base(part, id, (*path, key), depth + 1)
            if found is not None:
                return found
    return None
