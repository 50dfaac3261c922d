"""Which engine a command takes: the one asked for, else the one of `masterplan.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import typer

from generator.cli.show import print_diagnostics
from generator.model.settings import EngineChoice, Occasion


def engine_for(workspace: Path, occasion: Occasion, asked: str | None) -> EngineChoice:
    """Return the PDF engine; faults of `masterplan.yaml` are told and end the command with code 1."""
    if asked is not None:
        return cast("EngineChoice", asked)
    from generator.sources.settings import load_settings

    settings, diagnostics = load_settings(workspace)
    print_diagnostics(diagnostics)
    if settings is None:
        raise typer.Exit(1)
    return settings.engine.on(occasion)
