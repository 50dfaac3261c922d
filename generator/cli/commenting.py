"""`masterplan comments`."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import console, print_diagnostics, print_json
from generator.model.edits import Edit
from generator.model.margin import comment_key
from generator.model.walks import plain
from generator.sources.edits import load_edits


def run(city: str, workspace: Path | None, as_json: bool) -> int:
    """List the open comments of a city's reviewers; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    read = load_edits(root, slug)
    threads = _threads([edit for edit in read.edits.values() if edit.op == "comment"])
    if as_json:
        print_json([{**_data(thread[0]), "answers": [_data(edit) for edit in thread[1:]]} for thread in threads])
        return DATA if read.found.has_errors else DONE
    print_diagnostics(read.found.found)
    out = console()
    for first, *answers in threads:
        out.print(
            f"[bold]{escape(first.book)}[/bold] {escape(first.block)}  {escape(first.who)}, {escape(first.when[:10])}"
        )
        out.print(f"  [dim]{escape(' '.join(first.was.split())[:100])}[/dim]")
        out.print(escape(f"  {plain(first.text)}"))
        for edit in answers:
            out.print(escape(f"    {edit.who}, {edit.when[:10]}: {plain(edit.text)}"))
    out.print(escape(f"{slug}: {len(threads)} comments are open"))
    return DATA if read.found.has_errors else DONE


def _threads(edits: list[Edit]) -> list[list[Edit]]:
    """Return the open comments, each with its answers behind it; an answer to the generator's stands alone."""
    edits.sort(key=lambda edit: (edit.book, edit.block, edit.when))
    keys = {_key(edit): edit for edit in edits if not edit.answers}
    threads: dict[str, list[Edit]] = {key: [edit] for key, edit in keys.items()}
    for edit in edits:
        if edit.answers:
            threads.setdefault(edit.answers if edit.answers in keys else _key(edit), []).append(edit)
    return [thread for thread in threads.values() if not thread[0].done]


def _key(edit: Edit) -> str:
    return comment_key(edit.who, edit.when, tuple(plain(edit.text).split("\n")))


def _data(edit: Edit) -> dict[str, str]:
    return {"book": edit.book, "block": edit.block, "who": edit.who, "when": edit.when, "at": edit.was,
            "text": plain(edit.text)}  # fmt: skip
