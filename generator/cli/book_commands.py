"""Commands about the books of a city: build them, look at what they rest on, and judge them."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.app import app
from generator.cli.options import Cities, City, Engine, EngineName, Json, Out, SomeCities, Workspace


class FormatName(StrEnum):
    """File formats."""

    docx = "docx"
    pdf = "pdf"


class Only(StrEnum):
    """Which cities of a batch are considered."""

    changed = "changed"
    failed = "failed"


Limit = Annotated[
    float,
    typer.Option("--limit", min=1, max=604_800, help="Seconds after which a city counts as hung and is ended."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help="Build on a Dask cluster: tcp://host:8786 (extra masterplan[cluster])."
    ),
]


@app.command(epilog="Examples: `masterplan build kota-medan --format docx,pdf`, `masterplan build --all -j 2`")
def build(
    cities: SomeCities = None,
    every: Annotated[
        bool, typer.Option("--all", help="Build the whole cohort (cities/cohort.yaml), else every city.")
    ] = False,
    formats: Annotated[str, typer.Option("--format", help="Formats, separated by commas.")] = "docx,pdf",
    out: Out = None,
    engine: Engine = None,
    workers: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, max=256, help="Cities side by side; with --all one a processor."),
    ] = None,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast/--keep-going", help="Whether the first failure ends the batch.")
    ] = False,
    only: Annotated[
        Only | None,
        typer.Option("--only", case_sensitive=False, help="Of all cities those that changed, or failed last time."),
    ] = None,
    limit: Limit = 900,
    scheduler: Scheduler = None,
    force: Annotated[bool, typer.Option("--force", help="Make every file anew, changed or not.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tell each stage and why; show the stack of an internal fault.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Write the books of one, several or all cities; what is unchanged is left alone."""
    if bool(cities) == every:
        raise typer.BadParameter("name cities, or give --all", param_hint="CITIES")
    wanted, asked = _formats(formats), engine.value if engine else None
    if verbose:
        os.environ["MASTERPLAN_DEBUG"] = "1"
    if every or workers is not None:
        from generator.cli.batching import run as run_many

        code = run_many(
            cities or [],
            wanted,
            out,
            asked,
            workspace,
            workers=workers or 0,
            fail_fast=fail_fast,
            only=only.value if only else None,
            limit=limit,
            force=force,
            verbose=verbose,
            scheduler=scheduler,
        )
        raise typer.Exit(code)
    if only is not None or fail_fast or scheduler is not None:
        raise typer.BadParameter("it goes with --all or -j", param_hint="--only, --fail-fast, --scheduler")
    from generator.cli.building import run

    raise typer.Exit(run(cities or [], wanted, out, asked, workspace, force=force, verbose=verbose))


@app.command(epilog="Example: `masterplan watch kota-medan`, then edit and save; Ctrl-C ends it")
def watch(
    city: City,
    formats: Annotated[str, typer.Option("--format", help="Formats, separated by commas.")] = "pdf",
    out: Out = None,
    engine: Annotated[
        EngineName | None,
        typer.Option("--engine", help="PDF engine; default: that of masterplan.yaml, else typst.", show_default=False),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Build a city again whenever its data, the content or a template is saved; errors do not end it."""
    from generator.cli.watching import run

    raise typer.Exit(run(city, _formats(formats), out, engine.value if engine else None, workspace))


@app.command(epilog="Example: `masterplan check kota-medan 33.74 --json`")
def check(cities: Cities, workspace: Workspace = None, as_json: Json = False) -> None:
    """Say what is wrong or missing in the data of one or more cities."""
    from generator.cli.checking import run

    raise typer.Exit(run(cities, workspace, as_json))


@app.command(epilog="Examples: `masterplan explain kota-medan`, `masterplan explain kota-medan G-01`")
def explain(
    city: City,
    thing: Annotated[
        str | None,
        typer.Argument(help="Programme (code or id), finding, indicator, fact or block id.", show_default=False),
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Tell why something is in the plan: indicator, finding, programme, year and KPI as a chain."""
    from generator.cli.explaining import run

    raise typer.Exit(run(city, thing, workspace, as_json))


@app.command(epilog="Example: `masterplan review kota-medan --json`")
def review(
    city: City,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the sheet; default: output/ of the workspace.")
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Score the draft as an evaluator would, and say what would raise each item."""
    from generator.cli.reviewing import run

    raise typer.Exit(run(city, out, workspace, as_json))


def _formats(text: str) -> tuple[str, ...]:
    names = [part.strip().lower() for part in text.split(",") if part.strip()]
    unknown = [name for name in names if name not in FormatName.__members__]
    if unknown or not names:
        known = ", ".join(FormatName.__members__)
        raise typer.BadParameter(
            f"unknown format '{', '.join(unknown)}'; known formats: {known}", param_hint="--format"
        )
    return tuple(dict.fromkeys(names))
