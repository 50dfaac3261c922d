"""`output/<slug>/manifest.json`: every input and output of a build with its hash, and what made it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
    diagnostics: int = 0

    def to_json(self) -> bytes:
        """Return the manifest as JSON with sorted keys."""
        data = {
            "format": FORMAT,
            "city": self.city,
            "generator": self.generator,
            "engine": self.engine,
            "build_id": self.build_id,
            "open_items": self.open_items,
            "diagnostics": self.diagnostics,
            "inputs": dict(sorted(self.inputs.items())),
            "outputs": {
                name: {"sha256": output.sha256, "size": output.size, "pages": output.pages, "reason": output.reason}
                for name, output in sorted(self.outputs.items())
            },
        }
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read_outputs(folder: Path) -> Mapping[str, str] | None:
    """Return file name -> hash of the last build, None where there is no manifest or it cannot be understood."""
    try:
        data = json.loads((folder / FILE).read_bytes())
        return {str(name): str(entry["sha256"]) for name, entry in data["outputs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
