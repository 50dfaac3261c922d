"""Commands about who takes part: begin a city, choose a cohort, see where everybody stands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.app import app
from generator.cli.options import Json, Workspace

_FIRST, _LAST = 2000, 2199
"""Years that a mentoring can lie in."""


@app.command(epilog="Examples: `masterplan new kota bogor`, `masterplan new 72.06 --start 2027-03-01`")
def new(
    region: Annotated[
        list[str], typer.Argument(help="Name or code of a region of the public table.", show_default=False)
    ],
    start: Annotated[
        datetime | None,
        typer.Option("--start", formats=["%Y-%m-%d"], help="First day of the mentoring.", show_default=False),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Date of the draft; default: today.", show_default=False),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Begin a city: its folder with all that the public table knows, the rest open."""
    from generator.cli.beginning import run

    raise typer.Exit(run(region, _day(start), _day(day), workspace))


@app.command(epilog="Example: `masterplan shortlist content/examples/shortlist-2018.csv --take 75`")
def shortlist(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="CSV with one candidate a row; see content/shortlist.yaml.",
            show_default=False,
        ),
    ],
    take: Annotated[
        int | None, typer.Option("--take", min=1, max=100_000, help="Places; default: those of content/shortlist.yaml.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; default: output/shortlist/ of the workspace.")
    ] = None,
    use: Annotated[
        bool, typer.Option("--use", help="Replace cities/cohort.yaml: --all then means the chosen ones.")
    ] = False,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Date of the minutes; default: today.", show_default=False),
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Choose whom to mentor: eligibility, ranking, quotas, waiting list, and how firm each place is."""
    from generator.cli.shortlisting import run

    raise typer.Exit(run(file, take, out, use, _day(day), workspace, as_json))


@app.command(epilog="Examples: `masterplan status`, `masterplan status kota-medan --json`")
def status(
    cities: Annotated[
        list[str] | None,
        typer.Argument(help="Slug, code or name; all of the cohort where none is given.", show_default=False),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option("--xlsx", dir_okay=False, help="Write the overview as a workbook too.", show_default=False),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The day to look from; default: today.", show_default=False),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the drafts; default: output/.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Show where every city stands: data, calendar, draft, edits and review, one row a city."""
    from generator.cli.standing import run

    raise typer.Exit(run(cities or [], _day(day), out, sheet, workspace, as_json))


def _day(moment: datetime | None) -> date | None:
    """Return the day; what is a slip of the keyboard and no day of a mentoring would break calendars and documents."""
    if moment is not None and not _FIRST <= moment.year <= _LAST:
        raise typer.BadParameter(
            f"the year {moment.year} is not between {_FIRST} and {_LAST}", param_hint="--date, --start"
        )
    return moment.date() if moment is not None else None
