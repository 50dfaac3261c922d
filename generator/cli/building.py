"""`masterplan build`."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from generator.build import BuildResult, Engine, Format, build_city
from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import console, counted, print_diagnostics


def run(cities: Sequence[str], formats: Sequence[str], out: Path | None, engine: str, workspace: Path | None) -> int:
    """Build cities one after the other; return the exit code."""
    root = find_workspace(workspace)
    folder = (out or root / "output").resolve()
    slugs = find_cities(root, cities)
    failed = 0
    for slug in slugs:
        started = time.monotonic()
        _log_to(folder / slug)
        result = _build(root, slug, folder, formats, engine)
        print_diagnostics(result.diagnostics)
        _print_files(result, time.monotonic() - started)
        failed += result.failed
    return DATA if failed else DONE


def _build(root: Path, slug: str, folder: Path, formats: Sequence[str], engine: str) -> BuildResult:
    out = console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=out, transient=True
    ) as bar:
        task = bar.add_task(slug, total=None)

        def progress(stage: str) -> None:
            bar.update(task, description=f"{slug}: {stage}")
            if not out.is_terminal:
                out.print(f"{slug}: {stage}")

        return build_city(
            root,
            slug,
            folder,
            formats=tuple(cast("Format", name) for name in formats),
            engine=cast("Engine", engine),
            progress=progress,
        )


def _print_files(result: BuildResult, seconds: float) -> None:
    out = console()
    for file in result.files:
        pages = f", {file.pages} pages" if file.pages else ""
        out.print(f"{escape(str(file.path))}  [dim]({file.size / 1024:.0f} kB{pages})[/dim]")
    if result.files:
        open_items = f"; {result.open_items} fill-ins wait for the city" if result.open_items else ""
        engine = f" with {result.engine}" if result.engine else ""
        out.print(
            f"[green]{result.slug}[/green]: {len(result.files)} files in {seconds:.1f} s{engine}, "
            f"{counted(result.diagnostics)}{open_items}"
        )
    else:
        out.print(f"[red]{result.slug}[/red]: nothing was written, {counted(result.diagnostics)}")


def _log_to(folder: Path) -> None:
    """Send the words of libraries into the city's log file, never to the screen."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(folder / "build.log", mode="w", encoding="utf-8")
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
