"""Commands about what people change in the books: issue a version, take edits back, settle and compare them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.app import app
from generator.cli.options import City, EngineName, Json, Out, Workspace


@app.command(epilog="Example: `masterplan issue kota-medan`")
def issue(
    city: City,
    out: Out = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="PDF engine.")] = EngineName.auto,
    workspace: Workspace = None,
) -> None:
    """Freeze the books that are handed out, so that a later merge has its base."""
    from generator.cli.issuing import run

    raise typer.Exit(run(city, out, engine.value, workspace))


@app.command(epilog="Example: `masterplan pull kota-medan Buku-1-disunting.docx`")
def pull(
    city: City,
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
    city: City,
    keep: Annotated[
        list[str] | None, typer.Option("--keep", help="Conflict in which the city's words stand.", show_default=False)
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option("--take", help="Conflict in which the generator's words are taken.", show_default=False),
    ] = None,
    edit: Annotated[
        list[str] | None,
        typer.Option("--edit", metavar="NAME=WORDS", help="Conflict that these words settle.", show_default=False),
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """List where a city's edits and the generator's newer words differ, and settle it."""
    from generator.cli.resolving import run

    raise typer.Exit(run(city, keep or [], take or [], edit or [], workspace, as_json))


@app.command(epilog="Example: `masterplan comments kota-medan`")
def comments(
    city: City,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """List the open comments that reviewers left in the files that were pulled."""
    from generator.cli.commenting import run

    raise typer.Exit(run(city, workspace, as_json))


@app.command(epilog="Examples: `masterplan diff kota-medan`, `masterplan diff kota-medan --from 1 --to 2`")
def diff(
    city: City,
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
