"""Commands about what the books are made from: a workspace, forms, schemas, and the content with its rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.app import app, content_app, rules_app
from generator.cli.options import Json, SomeCities, Workspace


@app.command(epilog="Example: `masterplan init perencanaan && cd perencanaan && masterplan build kota-medan`")
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to lay the workspace in; it is made.", show_default=False)],
) -> None:
    """Lay a workspace: content, templates and the example city."""
    from generator.cli.laying import run

    raise typer.Exit(run(folder))


@app.command(epilog="Examples: `masterplan form kota-medan --out medan.xlsx`, `masterplan form --all --out forms`")
def form(
    cities: SomeCities = None,
    every: Annotated[bool, typer.Option("--all", help="All cities of the workspace.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File (.xlsx) for one city, or folder; default: output/<slug>/ of the workspace."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a form that was filled in and not imported.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Write the workbook that a city fills in, with everything in it that is known."""
    from generator.cli.forms import form as run

    raise typer.Exit(run(cities or [], every, out, force, workspace))


@app.command(
    "import",
    epilog="Examples: `masterplan import kota-medan medan.xlsx --dry-run`, `masterplan import --cohort answers.csv`",
)
def import_(
    city: Annotated[str | None, typer.Argument(help="Slug, code or name.", show_default=False)] = None,
    file: Annotated[
        Path | None, typer.Argument(help="Workbook sent back (.xlsx, .xlsm, .xls, .ods).", show_default=False)
    ] = None,
    cohort: Annotated[
        Path | None, typer.Option("--cohort", help="CSV with the answers of many cities instead.", show_default=False)
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show the changes and write nothing.")] = False,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Take a filled-in form into the city's files; everything that cannot be taken is listed by sheet and cell."""
    if cohort is not None and city is None and file is None:
        from generator.cli.forms import take_cohort

        raise typer.Exit(take_cohort(cohort, dry, workspace, as_json))
    if cohort is not None or city is None or file is None:
        raise typer.BadParameter("give CITY and FILE, or --cohort FILE.csv", param_hint="CITY FILE")
    from generator.cli.forms import take

    raise typer.Exit(take(city, file, dry, workspace, as_json))


@app.command(epilog="Example: `masterplan schema`")
def schema(workspace: Workspace = None) -> None:
    """Write JSON Schema of every kind of YAML file to schema/ of the workspace, for editors that complete and check."""
    from generator.cli.schemas import run

    raise typer.Exit(run(workspace))


@content_app.command("check", epilog="Example: `masterplan content check --stats`")
def content_check(
    workspace: Workspace = None,
    stats: Annotated[bool, typer.Option("--stats", help="Print the numbers of the content.")] = False,
    as_json: Json = False,
) -> None:
    """Check that everything that content refers to exists, is reachable, and is written cleanly."""
    from generator.cli.contents import check as run

    raise typer.Exit(run(workspace, stats, as_json))


@content_app.command("docs")
def content_docs(workspace: Workspace = None) -> None:
    """Write docs/content/ from the data: one page a dimension."""
    from generator.cli.contents import docs as run

    raise typer.Exit(run(workspace))


@rules_app.command("test")
def rules_test(workspace: Workspace = None, as_json: Json = False) -> None:
    """Run the pass and fail examples of every rule and report coverage over the cities."""
    from generator.cli.contents import test as run

    raise typer.Exit(run(workspace, as_json))
