"""Commands of `masterplan`, their options and exit codes: 0 done, 1 the data has errors, 2 usage, 3 internal fault."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator import __version__

DONE, DATA, USAGE, FAULT = 0, 1, 2, 3

app = typer.Typer(
    name="masterplan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=(
        "Write draft smart-city masterplans for kabupaten and kota from their data.\n\n"
        "Examples:\n\n"
        "- `masterplan init perencanaan` lays a workspace to work in\n"
        "- `masterplan check kota-medan` says what is wrong in a city's data, with line and column\n"
        "- `masterplan build kota-medan` writes its books as DOCX and PDF\n"
        "- `masterplan explain kota-medan G-01` tells why a programme is in the plan"
    ),
)
content_app = typer.Typer(no_args_is_help=True, help="Check and document the content: instrument, rules, catalogue.")
rules_app = typer.Typer(no_args_is_help=True, help="Test the gap rules.")
app.add_typer(content_app, name="content")
app.add_typer(rules_app, name="rules")


class FormatName(StrEnum):
    """File formats."""

    docx = "docx"
    pdf = "pdf"


class EngineName(StrEnum):
    """PDF engines."""

    auto = "auto"
    weasyprint = "weasyprint"
    typst = "typst"


Cities = Annotated[
    list[str], typer.Argument(help="Slug (kota-medan), code (12.71) or name (Medan).", show_default=False)
]
Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        envvar="MASTERPLAN_WORKSPACE",
        help="Folder with content/, templates/ and cities/; found upwards from here when not given.",
        show_default=False,
    ),
]
Engine = Annotated[
    EngineName | None,
    typer.Option("--engine", help="PDF engine; default: that of masterplan.yaml, else auto.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"masterplan {__version__}")
        raise typer.Exit(DONE)


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Hold what stands before the commands."""


class Only(StrEnum):
    """Which cities of a batch are considered."""

    changed = "changed"
    failed = "failed"


@app.command(epilog="Examples: `masterplan build kota-medan --format docx,pdf`, `masterplan build --all -j 2`")
def build(
    cities: Annotated[
        list[str] | None, typer.Argument(help="Slug (kota-medan), code (12.71) or name (Medan).", show_default=False)
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Build the whole cohort (cities/cohort.yaml), else every city.")
    ] = False,
    formats: Annotated[str, typer.Option("--format", help="Formats, separated by commas.")] = "docx,pdf",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; default: output/ of the workspace.")
    ] = None,
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
    limit: Annotated[
        float, typer.Option("--limit", min=1, help="Seconds after which a city counts as hung and is ended.")
    ] = 900,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Build on a Dask cluster: tcp://host:8786 (extra masterplan[cluster]).",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make every file anew, changed or not.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tell each stage and why; show the stack of an internal fault.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Write the books of one, several or all cities; what is unchanged is left alone."""
    if bool(cities) == every:
        raise typer.BadParameter("name cities, or give --all", param_hint="CITIES")
    wanted = _formats(formats)
    if verbose:
        os.environ["MASTERPLAN_DEBUG"] = "1"
    if every or workers is not None:
        from generator.cli.batching import run as run_many

        code = run_many(
            cities or [],
            wanted,
            out,
            engine.value if engine else None,
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

    asked = engine.value if engine else None
    raise typer.Exit(run(cities or [], wanted, out, asked, workspace, force=force, verbose=verbose))


@app.command(epilog="Example: `masterplan watch kota-medan`, then edit and save; Ctrl-C ends it")
def watch(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    formats: Annotated[str, typer.Option("--format", help="Formats, separated by commas.")] = "pdf",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; default: output/ of the workspace.")
    ] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option("--engine", help="PDF engine; default: that of masterplan.yaml, else typst.", show_default=False),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Build a city again whenever its data, the content or a template is saved; errors do not end it."""
    from generator.cli.watching import run

    raise typer.Exit(run(city, _formats(formats), out, engine.value if engine else None, workspace))


def _formats(text: str) -> tuple[str, ...]:
    names = [part.strip().lower() for part in text.split(",") if part.strip()]
    unknown = [name for name in names if name not in FormatName.__members__]
    if unknown or not names:
        known = ", ".join(FormatName.__members__)
        raise typer.BadParameter(
            f"unknown format '{', '.join(unknown)}'; known formats: {known}", param_hint="--format"
        )
    return tuple(dict.fromkeys(names))


@app.command(epilog="Example: `masterplan check kota-medan 33.74 --json`")
def check(cities: Cities, workspace: Workspace = None, as_json: Json = False) -> None:
    """Say what is wrong or missing in the data of one or more cities."""
    from generator.cli.checking import run

    raise typer.Exit(run(cities, workspace, as_json))


@app.command(epilog="Examples: `masterplan explain kota-medan`, `masterplan explain kota-medan G-01`")
def explain(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
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
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the sheet; default: output/ of the workspace.")
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Score the draft as an evaluator would, and say what would raise each item."""
    from generator.cli.reviewing import run

    raise typer.Exit(run(city, out, workspace, as_json))


@app.command(epilog="Example: `masterplan init perencanaan && cd perencanaan && masterplan build kota-medan`")
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to lay the workspace in; it is made.", show_default=False)],
) -> None:
    """Lay a workspace: content, templates and the example city."""
    from generator.cli.laying import run

    raise typer.Exit(run(folder))


@app.command(epilog="Examples: `masterplan form kota-medan --out medan.xlsx`, `masterplan form --all --out forms`")
def form(
    cities: Annotated[
        list[str] | None, typer.Argument(help="Slug (kota-medan), code (12.71) or name (Medan).", show_default=False)
    ] = None,
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


@app.command(epilog="Example: `masterplan issue kota-medan`")
def issue(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; default: output/ of the workspace.")
    ] = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="PDF engine.")] = EngineName.auto,
    workspace: Workspace = None,
) -> None:
    """Freeze the books that are handed out, so that a later merge has its base."""
    from generator.cli.issuing import run

    raise typer.Exit(run(city, out, engine.value, workspace))


@app.command(epilog="Example: `masterplan pull kota-medan Buku-1-disunting.docx`")
def pull(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    edited: Annotated[Path, typer.Argument(help="The DOCX that somebody edited.", show_default=False)],
    base: Annotated[
        str, typer.Option("--base", help="Issued version to compare with, where the file does not say it.")
    ] = "",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Take the changes of an edited DOCX into the workspace, as small files below edits/."""
    from generator.cli.pulling import run

    raise typer.Exit(run(city, edited, base, workspace, as_json))


@app.command(epilog="Example: `masterplan resolve kota-medan --keep profil-p3-1f2e3d4c`")
def resolve(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    keep: Annotated[
        list[str] | None, typer.Option("--keep", help="Conflict in which the city's words stand.", show_default=False)
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option("--take", help="Conflict in which the generator's words are taken.", show_default=False),
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """List where a city's edits and the generator's newer words differ, and settle it."""
    from generator.cli.resolving import run

    raise typer.Exit(run(city, keep or [], take or [], workspace, as_json))


@app.command(epilog="Example: `masterplan comments kota-medan`")
def comments(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """List the open comments that reviewers left in the files that were pulled."""
    from generator.cli.commenting import run

    raise typer.Exit(run(city, workspace, as_json))


@app.command(epilog="Examples: `masterplan diff kota-medan`, `masterplan diff kota-medan --from 1 --to 2`")
def diff(
    city: Annotated[str, typer.Argument(help="Slug, code or name.", show_default=False)],
    before: Annotated[str, typer.Option("--from", help="Issued version; default: the last one.")] = "",
    after: Annotated[str, typer.Option("--to", help="Issued version; default: the books of today.")] = "",
    docx: Annotated[
        bool, typer.Option("--docx", help="Write each changed book as a DOCX with tracked changes, too.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for these files; default: output/ of the workspace.")
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Tell what changed between two versions of a city's books, by chapter."""
    from generator.cli.differing import run

    raise typer.Exit(run(city, before, after, workspace, as_json, docx=docx, out=out))


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


def main() -> None:
    """Run the command line; an internal fault prints a short message and exits with 3."""
    try:
        app()
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # the last line of defence: nobody sees a stack unasked
        from generator.cli.show import report_fault

        report_fault(error)
        sys.exit(FAULT)
