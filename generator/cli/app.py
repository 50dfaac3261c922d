"""The command line `masterplan` and its exit codes: 0 done, 1 the data has errors, 2 usage, 3 internal fault.

The commands stand in `*_commands`, each in a few lines: what one does is in a module imported when it is called, so
that the help comes at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from generator import __version__
from generator.cli.screen import OutputError, give_up, prepare, visible

DONE, DATA, USAGE, FAULT = 0, 1, 2, 3


class _Group(TyperGroup):
    """The commands; what is said of a wrong call quotes its words, which may hold what a terminal obeys."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the options that stand before the command."""
        with _seen():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Read the words of the command and run it."""
        with _seen():
            return super().invoke(ctx)


@contextmanager
def _seen() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        for name in ("message", "param_hint", "option_name"):
            if isinstance(said := getattr(error, name, None), str):
                with suppress(AttributeError):
                    setattr(error, name, visible(said))
        raise


app = typer.Typer(
    name="masterplan",
    cls=_Group,
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
    prepare()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # the last line of defence: nobody sees a stack unasked
        _end(error)


def _end(error: BaseException) -> NoReturn:
    """Tell of an exception that a command ended with, and end the program."""
    code = FAULT
    try:
        if isinstance(error, OutputError):
            raise error
        from generator.cli.failing import tell
        from generator.cli.show import report_fault

        if tell(error):
            code = DATA
        else:
            report_fault(error)
        sys.stderr.flush()
    except OutputError as gone:
        give_up(gone)
        sys.exit(DATA)
    sys.exit(code)
