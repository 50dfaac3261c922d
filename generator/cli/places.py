"""Where the workspace is, and which city is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from generator.cli.show import print_diagnostics
from generator.model.diagnostics import Diagnostic

MARK = Path("content") / "framework.yaml"


def find_workspace(given: Path | None) -> Path:
    """Return the workspace: the folder given, else the nearest one upwards that holds `content/framework.yaml`.

    Raises `typer.BadParameter` (exit code 2) where there is none.
    """
    start = (given or Path.cwd()).resolve()
    candidates = [start] if given else [start, *start.parents]
    for folder in candidates:
        if (folder / MARK).is_file():
            return folder
    raise typer.BadParameter(
        f"no workspace at {start}: there is no {MARK.as_posix()}. Lay one with 'masterplan init DIR'.",
        param_hint="--workspace",
    )


def find_cities(workspace: Path, queries: Sequence[str]) -> list[str]:
    """Return the slugs of the cities named; each unknown one is reported and the command ends with code 2."""
    from generator.sources.cities import find_city

    slugs: list[str] = []
    unknown: list[Diagnostic] = []
    for query in queries:
        slug, diagnostics = find_city(workspace, query)
        if slug is None:
            unknown.extend(diagnostics)
        elif slug not in slugs:
            slugs.append(slug)
    if unknown:
        print_diagnostics(unknown)
        raise typer.Exit(2)
    return slugs
