"""`masterplan content check|docs` and `masterplan rules test`."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from generator.analysis.rules import run_examples
from generator.cli.app import DATA, DONE
from generator.cli.places import find_workspace
from generator.cli.show import as_data, console, counted, print_diagnostics, print_json
from generator.model.content import Content
from generator.model.diagnostics import Diagnostic, Severity
from generator.sources.check import check_content, stats
from generator.sources.content import load_content


def check(workspace: Path | None, with_stats: bool, as_json: bool) -> int:
    """Check the content; return the exit code."""
    root = find_workspace(workspace)
    content, found = load_content(root)
    diagnostics: tuple[Diagnostic, ...] = found
    if content is not None:
        diagnostics = (*found, *check_content(content, root))
    numbers = stats(content) if content is not None else {}
    failed = content is None or any(item.severity is Severity.ERROR for item in diagnostics)
    if as_json:
        print_json({"stats": numbers, "diagnostics": [as_data(item) for item in diagnostics]})
        return DATA if failed else DONE
    print_diagnostics(diagnostics)
    if with_stats:
        table = Table("what", "count", box=None)
        for name, count in numbers.items():
            table.add_row(name, str(count))
        console().print(table)
    console().print(f"content: {counted(diagnostics)}")
    return DATA if failed else DONE


def _content(root: Path) -> Content | None:
    content, found = load_content(root)
    print_diagnostics(item for item in found if item.severity is Severity.ERROR or content is None)
    return content
