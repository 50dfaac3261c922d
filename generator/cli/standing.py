"""`masterplan status`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.failing import tell
from generator.cli.places import find_cities, find_output, find_workspace, resolved
from generator.cli.show import console, print_diagnostics, print_json
from generator.kept import write_kept
from generator.model.diagnostics import Diagnostic
from generator.model.status import CityStatus, DraftStatus, ReviewStatus
from generator.sources.cohort import cohort_slugs
from generator.status import ContentError, gather
from generator.storage import StorageError


def run(
    cities: Sequence[str], day: date | None, out: Path | None, sheet: Path | None, workspace: Path | None, as_json: bool
) -> int:
    """Print where cities stand, all of the cohort where none is named; return the exit code."""
    root = find_workspace(workspace)
    folder = find_output(root, out)
    place = _sheet(sheet)
    found: tuple[Diagnostic, ...] = ()
    if cities:
        slugs: Sequence[str] = find_cities(root, cities)
    else:
        slugs, found = cohort_slugs(root)
    today = day or date.today()
    try:
        rows = gather(root, slugs, folder, today)
        if place is not None:
            write_kept(place, _workbook(rows, today), folder)
    except ContentError as error:
        print_diagnostics(error.diagnostics)
        return DATA
    except StorageError as error:
        tell(error)
        return DATA
    if as_json:
        print_json({"date": today.isoformat(), "cities": [_data(row) for row in rows]})
        return DONE
    print_diagnostics(found)
    _print(rows, today)
    if sheet is not None:
        console().print(escape(str(sheet)))
    return DONE


def _sheet(given: Path | None) -> Path | None:
    """Return where the workbook goes; a name that no workbook has would be a slip that costs a file."""
    if given is None:
        return None
    place = resolved(given, "--xlsx")
    if place.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{given}: the name of a workbook ends in .xlsx", param_hint="--xlsx")
    return place


# --- words -----------------------------------------------------------------------------------------------------------


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


def _drafted(draft: DraftStatus) -> str:
    if draft.state == "none" or draft.built is None:
        return "none"
    day = draft.built.astimezone().date().isoformat()
    if draft.state == "current":
        return f"{day} current"
    if draft.state == "unfinished":
        return f"{day} not whole"
    some = draft.changed[0] if len(draft.changed) == 1 else f"{len(draft.changed)} files"
    return f"{day} before {some}"


def _edits(draft: DraftStatus) -> str:
    """Return what waits of the city's edits: files to be pulled, pulled edits to be built, clashes to be settled."""
    counts = ((draft.edited, "to pull"), (draft.pulled, "to build"), (draft.conflicts, "to settle"))
    return ", ".join(f"{len(names)} {words}" for names, words in counts if names) or "–"


def _reviewed(review: ReviewStatus | None) -> str:
    if review is None:
        return "–"
    return f"{review.score:.0f}/{review.points:.0f}" + ("" if review.of_this_draft else " (older)")


def _due(row: CityStatus, today: date) -> str:
    if row.stage.due is None:
        return "–" if not row.known.steps else "nothing more"
    days = (row.stage.due - today).days
    return f"{row.stage.due.isoformat()} ({days} d) {_brief(row.stage.what, row)}"


def _now(row: CityStatus) -> str:
    if not row.known.steps:
        return "–"
    if not row.stage.now:
        return "not begun"
    now = _brief(row.stage.now, row)
    return now if row.stage.running else f"after {now}"


def _brief(words: str, row: CityStatus) -> str:
    """Return words with the names of steps cut to what stands before the colon ('Bimtek II')."""
    for step in row.known.steps:
        words = words.replace(step.name, step.name.partition(":")[0])
    return words


# --- the screen ------------------------------------------------------------------------------------------------------


def _areas(rows: Sequence[CityStatus]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(area for row in rows for area in row.known.completeness))


def _short(areas: Sequence[str]) -> Mapping[str, str]:
    """Return the shortest beginnings of at least two letters that tell the areas apart."""
    length = 2
    while len({area[:length] for area in areas}) < len(areas):
        length += 1
    return {area: area[:length] for area in areas}


def _print(rows: Sequence[CityStatus], today: date) -> None:
    out = console()
    areas = _areas(rows)
    short = _short(areas)
    head = ("city", "data", *short.values(), "sure", "errors", "now", "next", "draft", "edits", "review")
    right = range(1, len(areas) + 4)
    lines = [head, *(_cells(row, areas, today) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for number, line in enumerate(lines):
        text = "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        style = "bold" if not number else "red" if rows[number - 1].known.errors else None
        out.print(escape(text), style=style)
    words = ", ".join(f"{beginning} {area}" for area, beginning in short.items())
    broken = [row for row in rows if row.known.errors]
    late = sum(row.draft.state != "current" for row in rows)
    out.print(f"data: % of the indicators answered; {escape(words)}; sure: confidence in %", style="dim")
    out.print(f"{len(rows)} cities on {today.isoformat()}: {len(broken)} with errors, {late} to be built")
    for row in broken:
        out.print(escape(f"{row.known.slug}: {row.known.first_error}"))


def _cells(row: CityStatus, areas: Sequence[str], today: date) -> tuple[str, ...]:
    known = row.known
    return (
        known.slug,
        _percent(known.complete),
        *(_percent(known.completeness.get(area)) for area in areas),
        _percent(known.confidence),
        str(known.errors),
        _cut(_now(row)),
        _cut(_due(row, today), 56),
        _drafted(row.draft),
        _edits(row.draft),
        _reviewed(row.review),
    )


def _cut(text: str, longest: int = 34) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


# --- for other programs ----------------------------------------------------------------------------------------------


def _data(row: CityStatus) -> dict[str, Any]:
    known = asdict(row.known)
    known["steps"] = [
        {**step, **{name: _iso(step[name]) for name in ("start", "end", "inputs_due")}} for step in known["steps"]
    ]
    draft = {**asdict(row.draft), "built": row.draft.built.isoformat() if row.draft.built else None}
    return {
        **known,
        "stage": {**asdict(row.stage), "due": _iso(row.stage.due)},
        "draft": draft,
        "review": asdict(row.review) if row.review is not None else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _workbook(rows: Sequence[CityStatus], today: date) -> bytes:
    from generator.writers.status_sheet import write

    return write(rows, _areas(rows), today)
