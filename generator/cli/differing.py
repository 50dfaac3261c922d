"""`masterplan diff`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rich.markup import escape

from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_output, find_workspace
from generator.cli.show import console, print_diagnostics, print_json
from generator.differing import Changed, Difference, difference, write_redlines
from generator.model.diagnostics import Diagnostic
from generator.model.document import Row
from generator.model.edits import Edit, row_text
from generator.model.walks import inlines_of, plain

_WIDTH = 400
_UNSAFE = re.compile(r"[^a-z0-9]+")


def run(
    city: str, before: str, after: str, workspace: Path | None, as_json: bool, *, docx: bool = False, out: Path | None
) -> int:
    """Print what changed between two versions, and write it as DOCX if asked; return the exit code."""
    root = find_workspace(workspace)
    slug = find_cities(root, [city])[0]
    result = difference(root, slug, before, after)
    print_diagnostics(result.diagnostics)
    if result.failed:
        return DATA
    written, faults = _written(result, root, slug, out) if docx else ((), ())
    print_diagnostics(faults)
    code = DATA if faults else DONE
    if as_json:
        print_json({**_data(result), "docx": [path.as_posix() for path in written]})
        return code
    _print(result, slug)
    for path in written:
        console().print(escape(f"written: {path}"))
    return code


def _written(
    result: Difference, root: Path, slug: str, out: Path | None
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    span = _UNSAFE.sub("-", f"{result.before}-{result.after}".lower()).strip("-")
    folder = find_output(root, out) / slug / f"perubahan-{span}"
    return write_redlines(result, root, folder)


def _print(result: Difference, slug: str) -> None:
    out = console()
    for book in result.books:
        out.print(f"[bold]{escape(book.title)}[/bold]" + ("" if book.state == "changed" else f" ({book.state})"))
        chapter = ""
        for title, edit in book.changes:
            if title != chapter:
                chapter = title
                out.print(f"  {escape(title)}")
            was, now = words(edit)
            if was:
                out.print(f"    [red]- {escape(was)}[/red]")
            if now:
                out.print(f"    [green]+ {escape(now)}[/green]")
    count = sum(len(book.changes) for book in result.books)
    out.print(escape(f"{slug}: from {result.before} to {result.after}: {count} changes in {len(result.books)} books"))


def words(edit: Edit) -> tuple[str, str]:
    """Return what stood there before and what stands there now, each in one line, '' for nothing."""
    was, now = edit.was, plain(edit.text)
    if isinstance(edit.value, Row):
        now = plain(row_text(edit.value)).replace("\x1f", " | ")
    elif edit.op == "new" and edit.value is not None:
        value: Any = edit.value
        now = plain(value.content) if hasattr(value, "content") else plain(tuple(inlines_of(value)))
        now = now or getattr(value, "title", "")
    elif edit.op == "move":
        now = f"(moved) {was}"
        was = ""
    if edit.op == "cell" and edit.row is not None:
        was, now = f"{edit.row.label} … {was}", f"{edit.row.label} … {now}"
    return _line(was), _line(now)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _data(result: Difference) -> dict[str, Any]:
    return {"from": result.before, "to": result.after, "books": [_book(book) for book in result.books]}


def _book(book: Changed) -> dict[str, Any]:
    changes = []
    for chapter, edit in book.changes:
        was, now = words(edit)
        changes.append({"chapter": chapter, "block": edit.block, "op": edit.op, "was": was, "now": now})
    return {"book": book.book, "title": book.title, "state": book.state, "changes": changes}
