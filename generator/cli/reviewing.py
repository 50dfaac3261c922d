"""`masterplan review`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from generator.build import prepare
from generator.cli.app import DATA, DONE
from generator.cli.failing import tell
from generator.cli.places import find_cities, find_output, find_workspace
from generator.cli.show import console, print_diagnostics, print_json
from generator.model.diagnostics import Severity
from generator.model.evaluation import Evaluation
from generator.model.review import Review
from generator.reviewing import review_draft, write_sheet
from generator.storage import BusyError, StorageError
from generator.writers.errors import WriterError


def run(city: str, out: Path | None, workspace: Path | None, as_json: bool) -> int:
    """Review the draft of a city, write the sheet and return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    draft, diagnostics = prepare(root, slug)
    errors = [item for item in diagnostics if item.severity is Severity.ERROR]
    print_diagnostics(errors)
    if draft is None:
        return DATA
    found = review_draft(draft)
    folder = find_output(root, out)
    try:
        path = write_sheet(draft, found, folder)
    except (BusyError, StorageError, WriterError) as error:
        tell(error)
        return DATA
    if as_json:
        print_json({**asdict(found), "score": round(found.score, 2), "points": found.points, "sheet": str(path)})
    else:
        _print(found, draft.content.evaluation, path)
    return DATA if errors else DONE


def _print(found: Review, evaluation: Evaluation, path: Path) -> None:
    out = console()
    table = Table("family", "score", "of", "open", "weakest items", box=None)
    for family in found.families:
        known = [item for item in found.items if item.family == family.family and item.score is not None]
        weak = sorted(
            (item for item in known if (item.score or 0) < item.points),
            key=lambda item: (item.score or 0) / item.points,
        )
        table.add_row(
            family.family,
            f"{family.score:.1f}",
            f"{family.points:.0f}",
            str(family.open_items),
            ", ".join(f"{item.item} {item.score:g}/{item.points:g}" for item in weak[:3]),
        )
    out.print(table)
    quality = [family for family in found.families if family.family not in evaluation.weights]
    reached, points = sum(family.score for family in quality), sum(family.points for family in quality)
    out.print(f"plan quality {reached:.1f} of {points:.0f}; evidence and what would raise it: {escape(str(path))}")
