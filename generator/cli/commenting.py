"""`masterplan comments`."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import console, print_diagnostics, print_json
from generator.model.walks import plain
from generator.sources.edits import load_edits


def run(city: str, workspace: Path | None, as_json: bool) -> int:
    """List the open comments of a city's reviewers; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    read = load_edits(root, slug)
    found = [edit for edit in read.edits.values() if edit.op == "comment" and not edit.done]
    found.sort(key=lambda edit: (edit.book, edit.block, edit.when))
    if as_json:
        print_json(
            [
                {"book": edit.book, "block": edit.block, "who": edit.who, "when": edit.when, "at": edit.was,
                 "text": plain(edit.text)}
                for edit in found
            ]
        )  # fmt: skip
        return DATA if read.found.has_errors else DONE
    print_diagnostics(read.found.found)
    out = console()
    for edit in found:
        out.print(
            f"[bold]{escape(edit.book)}[/bold] {escape(edit.block)}  {escape(edit.who)}, {escape(edit.when[:10])}"
        )
        out.print(f"  [dim]{escape(' '.join(edit.was.split())[:100])}[/dim]")
        out.print(escape(f"  {plain(edit.text)}"))
    out.print(escape(f"{slug}: {len(found)} comments are open"))
    return DATA if read.found.has_errors else DONE
