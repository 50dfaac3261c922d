"""What the commands print: diagnostics, tables, trees; no colour where there is no terminal or NO_COLOR is set."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment

from generator.cli.screen import OBEYED, json_text, visible
from generator.model.diagnostics import Diagnostic, Severity
from generator.model.trace import TraceTree

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Screen(Console):
    """A console that prints nothing but what is to be seen, and the colours and movements of Rich itself."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments of what is printed; those that steer the terminal come from Rich and pass."""
        for segment in super().render(renderable, options):
            if segment.control or not OBEYED.search(segment.text):
                yield segment
            else:
                yield Segment(visible(segment.text), segment.style)


@lru_cache(maxsize=2)
def console(stderr: bool = False) -> Console:
    """Return the console.

    Control characters are shown and not obeyed. Rich itself honours NO_COLOR and leaves colour away when output is
    piped.
    """
    return Screen(stderr=stderr, highlight=False, soft_wrap=True)


def print_json(data: Any) -> None:
    """Print JSON to standard output."""
    typer.echo(json_text(data))


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to standard error, one block each."""
    out = console(stderr=True)
    for item in diagnostics:
        colour = _COLOURS[item.severity]
        out.print(
            f"[bold]{escape(str(item.place))}[/bold]: [{colour}]{item.severity.value} {item.code}[/{colour}]: "
            f"{escape(item.message)}"
        )
        if item.hint:
            out.print(f"  [dim]hint:[/dim] {escape(item.hint)}")


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """Return '2 errors, 1 warning'."""
    found = list(diagnostics)
    parts = []
    for severity in (Severity.ERROR, Severity.WARNING):
        count = sum(1 for item in found if item.severity is severity)
        if count:
            parts.append(f"{count} {severity.value}{'s' if count > 1 else ''}")
    return ", ".join(parts) or "no errors"


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic for JSON."""
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def tree_lines(tree: TraceTree, prefix: str = "", root: bool = True) -> Iterable[str]:
    """Yield the lines of a chain as a tree."""
    yield tree.node.label if root else f"{prefix}{tree.via}: {tree.node.label}"
    below = prefix.replace("├── ", "│   ").replace("└── ", "    ")
    for index, child in enumerate(tree.children):
        last = index == len(tree.children) - 1
        yield from tree_lines(child, f"{below}{'└── ' if last else '├── '}", root=False)


def tree_data(tree: TraceTree) -> dict[str, Any]:
    """Return a chain for JSON."""
    return {
        "id": tree.node.id,
        "kind": tree.node.kind,
        "label": tree.node.label,
        "via": tree.via,
        "children": [tree_data(child) for child in tree.children],
    }


LOG_NOTE = "log: "
"""What opens the note on an exception that tells in which log its stack stands already."""


def report_fault(error: BaseException) -> None:
    """Say that something broke inside, in two lines; the stack goes to a log, or to the screen where asked for."""
    trace = "".join(traceback.format_exception(error))
    out = console(stderr=True)
    if os.environ.get("MASTERPLAN_DEBUG"):
        out.print(escape(trace))
        return
    log = next(
        (note.removeprefix(LOG_NOTE) for note in getattr(error, "__notes__", ()) if note.startswith(LOG_NOTE)), ""
    )
    if not log:
        with suppress(OSError):  # the folder may be read-only, or gone
            path = Path.cwd() / "masterplan-error.log"
            path.write_text(trace, encoding="utf-8")
            log = str(path)
    where = f"The details are in {log}." if log else "Set MASTERPLAN_DEBUG=1 to see the details."
    out.print(f"[bold red]internal fault[/bold red]: {escape(type(error).__name__)}: {escape(str(error))}")
    out.print(f"This is a defect of masterplan, not of your data. {escape(where)}")
