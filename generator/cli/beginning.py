"""`masterplan new`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE, USAGE
from generator.cli.failing import tell
from generator.cli.places import find_workspace
from generator.cli.schemas import told_to_editors
from generator.cli.show import console, print_diagnostics
from generator.model.diagnostics import Collector, Place
from generator.sources.content import load_content
from generator.sources.new_city import Beginning, find_region, new_city
from generator.sources.regions import load_defaults
from generator.storage import StorageError, write_whole

_LEAD = timedelta(days=28)
"""Least time until a mentoring starts that nobody has dated yet."""


def run(words: Sequence[str], start: date | None, day: date | None, workspace: Path | None) -> int:
    """Begin a city of the public table; return the exit code."""
    root = find_workspace(workspace)
    content, found = load_content(root)
    defaults, faults = load_defaults(root)
    if content is None or defaults is None:
        print_diagnostics((*found, *faults))
        return DATA
    region, unknown = find_region(" ".join(words), content.regions)
    if region is None:
        print_diagnostics(unknown)
        return USAGE
    folder = root / "cities" / region.slug
    if folder.is_symlink() or (folder.exists() and any(folder.iterdir())):
        taken = Collector()
        taken.error(
            "MP316",
            Place(f"cities/{region.slug}"),
            f"{region.full_name} has been begun already; nothing was changed",
            f"go on with 'masterplan check {region.slug}'",
        )
        print_diagnostics(taken.found)
        return USAGE
    today = day or date.today()
    beginning = Beginning(date=today, start=start or _monday(today + _LEAD), defaults=defaults)
    out = console()
    try:
        for name, text in new_city(region, content, beginning).items():
            write_whole(folder / name, told_to_editors(text, folder / name, root).encode(), within=root)
            out.print(escape(str(folder / name)))
    except StorageError as error:
        tell(error)
        return DATA
    out.print(f"Next: fill them in, then masterplan check {region.slug}")
    return DONE


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
