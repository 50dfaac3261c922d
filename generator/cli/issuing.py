"""`masterplan issue`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from rich.markup import escape

from generator.build import Engine
from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_output, find_workspace
from generator.cli.show import console, print_diagnostics
from generator.issued import issue_city


def run(city: str, out: Path | None, engine: str, workspace: Path | None) -> int:
    """Issue a version of a city's books; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    errors = console(stderr=True)
    result = issue_city(
        root,
        slug,
        find_output(root, out),
        engine=cast("Engine", engine),
        progress=lambda stage: errors.print(f"{slug}: {stage}"),
    )
    print_diagnostics(result.diagnostics)
    if result.failed:
        console().print(f"[red]{slug}[/red]: nothing was issued")
        return DATA
    words = "was issued before, unchanged" if result.unchanged else f"issued: {len(result.books)} books"
    console().print(escape(f"{slug} {result.version}: {words}, in {result.folder}"))
    return DONE
