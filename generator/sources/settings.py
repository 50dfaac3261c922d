"""The settings of a workspace: `masterplan.yaml`."""

from __future__ import annotations

from pathlib import Path

from generator.model.diagnostics import Diagnostic
from generator.model.settings import Settings
from generator.sources.files import is_there
from generator.sources.schema import validate
from generator.sources.yaml import read_yaml

FILE = "masterplan.yaml"


def load_settings(workspace: Path) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Return the settings, the defaults where there is no file, None where the file has errors (MP0xx, MP1xx)."""
    path = workspace / FILE
    if not is_there(path):
        return Settings(), ()
    file = read_yaml(path, workspace)
    if file.data is None:
        return None, file.diagnostics
    settings, faults = validate(Settings, file)
    return settings, (*file.diagnostics, *faults)
