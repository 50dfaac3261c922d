"""`masterplan pull`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_workspace
from generator.cli.show import as_data, console, print_diagnostics, print_json
from generator.model.edits import Edit
from generator.model.walks import plain
from generator.pulling import PullResult, pull

_WORDS = {
    "text": "edited",
    "new": "new",
    "remove": "removed",
    "move": "moved",
    "cell": "cells edited",
    "row-new": "new rows",
    "row-remove": "removed rows",
    "row-order": "sorted tables",
    "column-new": "new columns",
    "column-remove": "removed columns",
    "picture": "replaced pictures",
    "restyle": "restyled",
    "comment": "comments",
}
_SHOWN = 60


def run(city: str, path: Path, version: str, workspace: Path | None, as_json: bool) -> int:
    """Take an edited DOCX back; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    errors = console(stderr=True)
    result = pull(root, slug, path, version=version, progress=lambda stage: errors.print(f"{slug}: {stage}"))
    if as_json:
        print_json(_data(result, root))
        return DATA if result.failed else DONE
    print_diagnostics(result.diagnostics)
    out = console()
    if result.failed:
        out.print(f"[red]{slug}[/red]: nothing was taken")
        return DATA
    for edit in result.edits:
        out.print(f"  {_WORDS[edit.op]:<17} {escape(edit.block)}  [dim]{escape(_shown(edit))}[/dim]")
    for what, where, text, entered in result.filled:
        place = f" ({'entered as' if entered else 'kept as text; belongs to'} {where})" if where else ""
        out.print(escape(f"  filled in     {what}: {text}{place}"))
    for answer in result.settled:
        words = "the generator's words are taken" if answer.choice == "take" else "the city's words stand"
        out.print(escape(f"  settled       {answer.about}: {words}"))
    for remark in result.remarks:
        out.print(escape(f"  [not taken]   {remark}"))
    counts = Counter(_WORDS[edit.op] for edit in result.edits)
    told = ", ".join(f"{count} {word}" for word, count in counts.items()) or "nothing was changed"
    out.print(
        escape(
            f"{slug}: {result.book} against {result.base}: {told}; {len(result.fresh)} files written, "
            f"{len(result.withdrawn)} taken back"
        )
    )
    return DONE


def _shown(edit: Edit) -> str:
    text = " ".join((plain(edit.text) or edit.was).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _data(result: PullResult, root: Path) -> dict[str, object]:
    return {
        "city": result.slug,
        "book": result.book,
        "base": result.base,
        "edits": [
            {"op": edit.op, "block": edit.block, "part": edit.part, "was": edit.was, "text": plain(edit.text),
             "who": edit.who, "when": edit.when}
            for edit in result.edits
        ],
        "written": [path.relative_to(root).as_posix() for path in result.fresh],
        "withdrawn": [path.relative_to(root).as_posix() for path in result.withdrawn],
        "filled": [
            {"what": what, "where": where, "text": text, "entered": entered}
            for what, where, text, entered in result.filled
        ],
        "settled": [{"conflict": one.about, "choice": one.choice, "who": one.who} for one in result.settled],
        "not_taken": list(result.remarks),
        "comments": result.comments,
        "diagnostics": [as_data(item) for item in result.diagnostics],
    }  # fmt: skip
