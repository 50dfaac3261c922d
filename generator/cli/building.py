"""`masterplan build`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from generator.build import BuildResult, Engine, Format, Run, build_city
from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_output, find_workspace
from generator.cli.settings import engine_for
from generator.cli.show import LOG_NOTE, console, counted, print_diagnostics
from generator.journal import journal, note, note_fault


def run(
    cities: Sequence[str],
    formats: Sequence[str],
    out: Path | None,
    engine: str | None,
    workspace: Path | None,
    *,
    force: bool = False,
    verbose: bool = False,
) -> int:
    """Build cities one after the other; return the exit code."""
    root = find_workspace(workspace)
    folder = find_output(root, out)
    slugs = find_cities(root, cities)
    chosen = engine_for(root, "build", engine)
    shared = Run(root, folder)
    failed = 0
    for slug in slugs:
        started = time.monotonic()
        with journal(folder / slug) as log:
            note("start", city=slug, engine=chosen, formats=list(formats), force=force)
            try:
                result = _build(shared, slug, formats, chosen, force, verbose)
            except Exception as error:
                note_fault(error)
                if log is not None:
                    error.add_note(f"{LOG_NOTE}{log}")
                raise
            seconds = time.monotonic() - started
            note("end", city=slug, failed=result.failed, unchanged=result.unchanged, seconds=round(seconds, 3))
        print_diagnostics(result.diagnostics)
        _print_files(result, seconds, verbose)
        failed += result.failed
    return DATA if failed else DONE


def _build(shared: Run, slug: str, formats: Sequence[str], engine: str, force: bool, verbose: bool) -> BuildResult:
    out = console(stderr=True)
    started = time.monotonic()
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=out, transient=True
    ) as bar:
        task = bar.add_task(slug, total=None)

        def progress(stage: str) -> None:
            note("stage", city=slug, stage=stage)
            bar.update(task, description=f"{slug}: {stage}")
            if verbose:
                out.print(f"{slug}: {time.monotonic() - started:6.2f} s  {stage}")
            elif not out.is_terminal:
                out.print(f"{slug}: {stage}")

        return build_city(
            shared.workspace,
            slug,
            shared.out,
            formats=tuple(cast("Format", name) for name in formats),
            engine=cast("Engine", engine),
            progress=progress,
            run=shared,
            force=force,
        )


def _print_files(result: BuildResult, seconds: float, verbose: bool) -> None:
    out = console()
    if result.unchanged:
        out.print(f"[green]{result.slug}[/green]: nothing changed, {len(result.files)} files are up to date")
        return
    for file in result.files:
        pages = f", {file.pages} pages" if file.pages else ""
        kept = "" if file.changed else ", unchanged"
        out.print(f"{escape(str(file.path))}  [dim]({file.size / 1024:.0f} kB{pages}{kept})[/dim]")
    if verbose and result.why:
        out.print(f"{result.slug}: {escape(result.why)}")
    if result.files:
        open_items = f"; {result.open_items} fill-ins wait for the city" if result.open_items else ""
        engine = f" with {result.engine}" if result.engine else ""
        out.print(
            f"[green]{result.slug}[/green]: {len(result.files)} files in {seconds:.1f} s{engine}, "
            f"{counted(result.diagnostics)}{open_items}"
        )
    else:
        out.print(f"[red]{result.slug}[/red]: nothing was written, {counted(result.diagnostics)}")
