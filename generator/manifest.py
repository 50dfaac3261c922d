"""`output/<slug>/manifest.json`: every input and output of a build with its hash, what made it, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.records import FAULTS, is_below, read_record, whole, words

FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file that a build wrote."""

    sha256: str
    size: int
    pages: int | None = None
    reason: str = ""
    """Why it was written in this build or left as it was."""
    key: str = ""
    """Hash of all that the file follows from; '' where it is written in every build."""
    tree: str = ""
    """Hash of the text and structure of a book; '' for other files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a build read and wrote. Paths have slashes; inputs are below the workspace, outputs below the folder."""

    city: str
    generator: str
    engine: str
    build_id: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Output] = field(default_factory=dict)
    open_items: int = 0
    conflicts: tuple[str, ...] = ()
    """Files of edits whose place says something else by now; the books show both."""
    diagnostics: int = 0
    why: str = ""
    """What changed since the build before."""
    basis: Mapping[str, str] = field(default_factory=dict)
    """Parts of the basis (`generator.inputs.Basis`) -> hash; empty while files are being written."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    """Hash of the fingerprint of its text (`generator.likeness`), which lies beside the folder."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the portfolio shows of the city (`generator.model.portfolio.CityRow`)."""
    pending: Mapping[str, str] = field(default_factory=dict)
    """File -> hash that is about to be written; a build that was killed leaves either it or the old one."""

    def to_json(self) -> bytes:
        """Return the manifest as JSON with sorted keys."""
        data: dict[str, Any] = {
            "format": FORMAT,
            "city": self.city,
            "generator": self.generator,
            "engine": self.engine,
            "build_id": self.build_id,
            "open_items": self.open_items,
            "conflicts": list(self.conflicts),
            "diagnostics": self.diagnostics,
            "why": self.why,
            "basis": dict(sorted(self.basis.items())),
            "inputs": dict(sorted(self.inputs.items())),
            "pictures": dict(sorted(self.pictures.items())),
            "text": self.text,
            "facts": self.facts,
            "outputs": {name: _entry(output) for name, output in sorted(self.outputs.items())},
        }
        if self.pending:
            data["pending"] = dict(sorted(self.pending.items()))
        # Never escaped: a manifest that its reader refuses would make all files of the build somebody's work.
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _entry(output: Output) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "sha256": output.sha256,
        "size": output.size,
        "pages": output.pages,
        "reason": output.reason,
    }
    more = {"key": output.key, "tree": output.tree}
    return entry | {name: value for name, value in more.items() if value}


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the last build, None where there is none or it cannot be understood.

    Outputs whose names lead elsewhere, or are none that a file can have, are left out: no build wrote them.
    """
    try:
        data = read_record(folder / FILE)
        return Manifest(
            city=str(data["city"]),
            generator=str(data["generator"]),
            engine=str(data["engine"]),
            build_id=str(data["build_id"]),
            inputs=_words(data.get("inputs", {})),
            outputs={str(name): _output(entry) for name, entry in data["outputs"].items() if is_below(str(name))},
            open_items=whole(data.get("open_items", 0)),
            conflicts=words(data.get("conflicts", [])),
            diagnostics=whole(data.get("diagnostics", 0)),
            why=str(data.get("why", "")),
            basis=_words(data.get("basis", {})),
            pictures=_words(data.get("pictures", {})),
            text=str(data.get("text", "")),
            facts=dict(data.get("facts", {})),
            pending=_words(data.get("pending", {})),
        )
    except FAULTS:
        return None


def _words(data: Mapping[Any, Any]) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in data.items()}


def _output(entry: Mapping[str, Any]) -> Output:
    pages = entry.get("pages")
    return Output(
        sha256=str(entry["sha256"]),
        size=whole(entry.get("size", 0)),
        pages=whole(pages) if pages is not None else None,
        reason=str(entry.get("reason", "")),
        key=str(entry.get("key", "")),
        tree=str(entry.get("tree", "")),
    )
