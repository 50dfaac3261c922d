"""`masterplan resolve`."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE, USAGE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import console, print_diagnostics, print_json
from generator.model.walks import plain
from generator.resolving import Open, settle


def run(city: str, keep: list[str], take: list[str], edit: list[str], workspace: Path | None, as_json: bool) -> int:
    """List or settle conflicts; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    words = dict(one.split("=", 1) for one in edit if "=" in one)
    if len(words) != len(edit):
        console(stderr=True).print("--edit takes NAME=WORDS, each name once")
        return USAGE
    result = settle(root, slug, keep=tuple(keep), take=tuple(take), edit=words)
    if result.unknown:
        names = ", ".join(result.unknown)
        known = ", ".join(one.name for one in result.open) or "none"
        console(stderr=True).print(escape(f"not an open conflict, or named twice: {names}; open: {known}"))
        return USAGE
    print_diagnostics(result.diagnostics if result.failed else ())
    if as_json:
        print_json({"city": slug, "open": [_data(one) for one in result.open]})
        return DATA if result.failed else DONE
    out = console()
    for one in result.kept:
        out.print(escape(f"{one.name}: the city's words stand"))
    for one in result.taken:
        out.print(escape(f"{one.name}: the generator's words are taken"))
    for one in result.open:
        data = _data(one)
        out.print(
            f"[bold]{escape(one.name)}[/bold]  {escape(one.conflict.edit.book)}: {escape(one.conflict.edit.block)}"
        )
        out.print(escape(f"  before     {data['before']}"))
        out.print(escape(f"  the city   {data['city']}"))
        out.print(escape(f"  generator  {data['generator']}"))
    if not result.failed:
        out.print(escape(f"{slug}: {len(result.open)} conflicts are open"))
    return DATA if result.failed else DONE


def _data(one: Open) -> dict[str, str]:
    edit = one.conflict.edit
    return {
        "name": one.name,
        "book": edit.book,
        "block": edit.block,
        "before": edit.was,
        "city": plain(edit.text) or "(removed)",
        "generator": one.conflict.new or "(no longer written)",
        "who": edit.who,
        "when": edit.when,
    }
