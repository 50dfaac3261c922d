"""The command line `masterplan` and its exit codes: 0 done, 1 the data has errors, 2 usage, 3 internal fault.

The commands stand in `*_commands`, each in a few lines: what one does is in a module imported when it is called, so
that the help comes at once.
"""

from __future__ import annotations

import gc
import sys
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


def main() -> None:
    """Run the command line; an internal fault prints a short message and exits with 3."""
    # A command lives for seconds and holds what it reads to its end: looking for garbage at Python's pace of every
    # seven hundred objects finds none and takes a tenth of a build.
    gc.set_threshold(100_000, 50, 100)
    try:
        app()
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # the last line of defence: nobody sees a stack unasked
        from generator.cli.show import report_fault

        report_fault(error)
        sys.exit(FAULT)
