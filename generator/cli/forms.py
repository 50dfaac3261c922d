"""`masterplan form` and `masterplan import`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape
from rich.table import Table

from generator.cli.app import DATA, DONE
from generator.cli.places import find_cities, find_output, find_workspace, resolved
from generator.cli.schemas import told_to_editors
from generator.cli.show import as_data, console, counted, print_diagnostics, print_json
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.form import Change
from generator.sources.cities import city_names, load_city, slugs
from generator.sources.content import load_content
from generator.sources.files import read_bytes
from generator.sources.workbook.apply import apply_changes
from generator.sources.workbook.changes import FormReading, propose, read_form, told_value
from generator.sources.workbook.package import MAX_BYTES
from generator.sources.workbook.reading import Reading
from generator.storage import StorageError, write_whole


@dataclass(slots=True)
class _Session:
    """The workspace at work, and everything found so far."""

    root: Path
    content: Content
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def load(self, slug: str) -> CityDossier | None:
        """Load a city; its errors are collected, its warnings belong to `check`."""
        dossier, found = load_city(self.root, slug, self.content)
        self.diagnostics += [item for item in found if item.severity is Severity.ERROR]
        return dossier

    def unwritten(self, path: Path, error: OSError | StorageError) -> None:
        """Note a file that cannot be written."""
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        fault = Diagnostic("MP505", Severity.ERROR, Place(str(path)), f"not written: {words}", "choose another place")
        self.diagnostics.append(fault)

    @property
    def failed(self) -> bool:
        """Whether any error was found."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


def _session(workspace: Path | None) -> _Session:
    root = find_workspace(workspace)
    content, found = load_content(root)
    if content is None:
        print_diagnostics(found)
        raise typer.Exit(DATA)
    return _Session(root, content)


# --- form ------------------------------------------------------------------------------------------------------------


def form(cities: Sequence[str], every: bool, out: Path | None, force: bool, workspace: Path | None) -> int:
    """Write the forms of cities; return the exit code."""
    if bool(cities) == every:
        raise typer.BadParameter("name cities, or give --all", param_hint="CITIES")
    session = _session(workspace)
    place = resolved(out, "--out") if out is not None else None
    folder = find_output(session.root, None) if place is None else place
    chosen = list(slugs(session.root)) if every else find_cities(session.root, cities)
    single = len(chosen) == 1 and not every and place is not None and place.suffix.lower() == ".xlsx"
    written = 0
    for slug in chosen:
        path = place if single and place is not None else _path(folder, slug, below=place is None)
        written += _write(session, slug, path, folder if place is None else path.parent, force)
    print_diagnostics(session.diagnostics)
    if len(chosen) > 1:
        console().print(f"{written} of {len(chosen)} forms written, {counted(session.diagnostics)}")
    return DATA if session.failed else DONE


def _path(folder: Path, slug: str, *, below: bool) -> Path:
    from generator.writers.form import file_name

    return (folder / slug if below else folder) / file_name(slug)


def _write(session: _Session, slug: str, path: Path, within: Path, force: bool) -> bool:
    from generator.writers.form import write_form

    dossier = session.load(slug)
    if dossier is None:
        return False
    data = write_form(dossier, session.content)
    try:
        if not force and _holds_answers(path, data, dossier, session):
            return False
        write_whole(path, data, within=within)
    except (OSError, StorageError) as error:
        session.unwritten(path, error)
        return False
    console().print(escape(str(path)))
    return True


def _holds_answers(path: Path, data: bytes, dossier: CityDossier, session: _Session) -> bool:
    """Report a form at `path` that somebody filled in and nobody imported."""
    if not path.is_file():
        return False  # nothing, or what is not replaced
    unread = Collector()
    old = read_bytes(path, path.parent.resolve(), unread, MAX_BYTES)
    if old is None:
        session.diagnostics += unread.found
        return True
    if old == data:
        return False
    reading = read_form(old, path.name, dossier, session.content)
    refused = [item for item in reading.diagnostics if item.severity is Severity.ERROR]
    if not reading.changes and not refused:
        return False
    found = Collector()
    count = len(reading.changes) + len(refused)
    hint = "import it first, choose another place with --out, or overwrite it with --force"
    found.error("MP720", Place(str(path)), f"the form holds {count} entries that were not imported", hint)
    session.diagnostics += found.found
    return True


# --- import ----------------------------------------------------------------------------------------------------------


def take(city: str, file: Path, dry: bool, workspace: Path | None, as_json: bool) -> int:
    """Import one workbook; return the exit code."""
    session = _session(workspace)
    (slug,) = find_cities(session.root, [city])
    dossier = session.load(slug)
    data = _bytes(file, session)
    results: list[dict[str, Any]] = []
    if dossier is not None and data is not None:
        reading = read_form(data, file.name, dossier, session.content)
        results.append(_finish(session, dossier, reading, dry, as_json))
    return _end(session, results, as_json)


def take_cohort(file: Path, dry: bool, workspace: Path | None, as_json: bool) -> int:
    """Import a table of the whole cohort; return the exit code."""
    from generator.sources.workbook.cohort import read_cohort

    session = _session(workspace)
    data = _bytes(file, session)
    results: list[dict[str, Any]] = []
    if data is not None:
        table = read_cohort(data, file.name, session.content, city_names(session.root))
        session.diagnostics += table.diagnostics
        for slug, statements in table.statements.items():
            dossier = session.load(slug)
            if dossier is not None:
                reading = Reading(content=session.content, statements=list(statements))
                results.append(_finish(session, dossier, propose(reading, dossier), dry, as_json))
    return _end(session, results, as_json)


def _bytes(file: Path, session: _Session) -> bytes | None:
    found = Collector()
    # The file may lie anywhere: it is named by the person at the keyboard, not by data.
    data = read_bytes(file, resolved(file, "FILE").parent, found, MAX_BYTES)
    session.diagnostics += found.found
    return data


def _finish(session: _Session, dossier: CityDossier, reading: FormReading, dry: bool, as_json: bool) -> dict[str, Any]:
    session.diagnostics += reading.diagnostics
    edited = apply_changes(session.root, dossier, session.content, reading.changes)
    session.diagnostics += edited.diagnostics
    refused = any(item.severity is Severity.ERROR for item in edited.diagnostics)
    written = [] if dry else _store(session, dossier.slug, edited.texts)
    refused = refused or (not dry and len(written) < len(edited.texts))
    if not as_json:
        _print_changes(reading.changes, dossier.slug)
        outcome = "nothing was written" if refused or not reading.changes else ", ".join(edited.texts)
        verb = "would change" if dry else "changed"
        done = outcome if refused or not reading.changes else f"{verb} {outcome}"
        console().print(f"[bold]{escape(dossier.slug)}[/bold]: {len(reading.changes)} changes; {escape(done)}")
    return {
        "city": dossier.slug,
        "written": sorted(written),
        "changes": [_change_data(change) for change in reading.changes],
    }


def _store(session: _Session, slug: str, texts: Mapping[str, str]) -> list[str]:
    """Write the new texts of a city's files; return the names of those that were written."""
    written = []
    for name, text in texts.items():
        path = session.root / "cities" / slug / name
        whole = text if path.exists() else told_to_editors(text, path, session.root)
        try:
            write_whole(path, whole.encode("utf-8"), within=session.root)
        except (OSError, StorageError) as error:
            session.unwritten(path, error)
            break
        written.append(name)
    return written


def _print_changes(changes: Sequence[Change], slug: str) -> None:
    if not changes:
        return
    table = Table(title=slug, title_justify="left")
    for name in ("what", "old", "new", "place"):
        table.add_column(name, overflow="fold")
    for change in changes:
        cells = (change.label, told_value(change.old), told_value(change.new), change.place)
        table.add_row(*map(escape, cells))
    console().print(table)


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "table": change.address.table,
        "row": change.address.row,
        "column": change.address.column,
        "old": None if change.old is None else told_value(change.old),
        "new": None if change.new is None else told_value(change.new),
        "place": change.place,
    }


def _end(session: _Session, results: list[dict[str, Any]], as_json: bool) -> int:
    if as_json:
        print_json({"cities": results, "diagnostics": [as_data(item) for item in session.diagnostics]})
    else:
        print_diagnostics(session.diagnostics)
        taken = sum(len(result["changes"]) for result in results)
        console().print(f"{taken} changes, {counted(session.diagnostics)}")
    return DATA if session.failed else DONE
