"""To what item of the form a row belongs, by its hidden id or its name; and what a row shows but does not ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from generator.model.content import Content
from generator.model.diagnostics import Place
from generator.model.form import COVER, IDENTITY, LEVELS, TableId
from generator.sources.schema import nearest
from generator.sources.workbook.cells import Raw, is_blank, told
from generator.sources.workbook.grid import Grid
from generator.sources.workbook.reading import Head, Reading

MOST_ALTERED = 10
"""Cells of a sheet that only inform and differ from the form, up to which each is told."""


def fold(raw: Raw) -> str:
    """Return a heading or name in the form in which two are compared."""
    return " ".join(unicodedata.normalize("NFKC", str(raw)).casefold().split()) if raw is not None else ""


def known_ids(table: TableId, content: Content) -> dict[str, str]:
    """Return the ids that rows of a table may have -> the name of each."""
    match table:
        case "answers":
            return {id: item.name for id, item in content.indicators.items()}
        case "facts":
            return {id: item.name for id, item in content.facts.items()}
        case "opd":
            return {id: item.name for id, item in content.opd.items()}
        case "cover":
            return {item.id: item.label for item in COVER}
        case "identity":
            return {item.id: item.label for item in IDENTITY}
        case "overrides":
            return {id: item.name for id, item in content.programs.items()}
        case _:
            return {}


def row_id(grid: Grid, row: int, head: Head, given: Raw, reading: Reading) -> str | None:
    """Return the id of the item that a row belongs to, None with a diagnostic where there is none (MP706, MP709)."""
    table = head.table
    id = "" if is_blank(given) else str(given).strip()
    place = grid.place(row, head.id_column if head.id_column is not None else min(head.columns))
    if table.adds:
        return id or _new_id(grid, row, head, place, reading)
    known = known_ids(table.id, reading.content)
    name = fold(_name(grid, row, head))
    if id in known and name in ("", fold(known[id])):
        return id
    meant = [candidate for candidate, words in known.items() if name and fold(words) == name]
    if id in known:
        # Sorting what is seen leaves the hidden column behind; who filled in the row went by its name.
        if len(meant) == 1:
            reading.strayed.setdefault(grid.name, []).append(place)
        return meant[0] if len(meant) == 1 else id
    if len(meant) == 1:
        if not id and head.id_column is not None:
            reading.found.info("MP709", Place(place), f"the row has lost its id; by its name it is '{meant[0]}'")
        return meant[0]
    what = f"there is no '{told(id)}' in this table" if id else "the row belongs to no item of the form"
    hint = nearest(id, list(known)) if id else "write into the rows of the form; put remarks into the column of notes"
    reading.error("MP706", place, f"{what}: not read", hint)
    return None


def _name(grid: Grid, row: int, head: Head) -> Raw:
    names = ("name", "label", "usual", "text") if head.table.id != "opd" else ("usual",)
    return next((grid.cell(row, at) for at, column in head.columns.items() if column.key in names), None)


def _new_id(grid: Grid, row: int, head: Head, place: str, reading: Reading) -> str | None:
    name = _name(grid, row, head)
    what, prefix, longest = _NEW[head.table.id]
    slug = own_id(str(name), prefix, longest) if not is_blank(name) else ""
    if not slug:
        reading.error("MP706", place, f"a {what}: the row is not read", "write it")
        return None
    return slug


_NEW: Mapping[TableId, tuple[str, str, int]] = {
    "programs": ("programme without a name", "own", 60),
    "missions": ("mission without its text", "misi", 32),
    "documents": ("document without a name", "dok", 60),
}
"""Table that grows -> what its row lacks where it has no id, how new ids begin, letters of the name in them."""


def own_id(name: str, prefix: str = "own", longest: int = 60) -> str:
    """Return the id of a new row by its name, cut between words; '' where the name has no letters or digits."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = "-".join(words)
    if len(slug) > longest:
        slug = slug[:longest].rpartition("-")[0] or slug[:longest]
    return f"{prefix}-{slug}" if slug else ""


# --- what only informs -----------------------------------------------------------------------------------------------


def fixed_texts(table: TableId, id: str, content: Content) -> Mapping[str, str]:
    """Return what the cells of a row that are not for input show, as far as content alone says it: column -> words."""
    match table:
        case "answers":
            item = content.indicators[id]
            unit = item.unit if item.thresholds is not None else LEVELS
            rubric = {f"rubric-{level}": words for level, words in item.levels.items()}
            return {"name": item.name, "definition": item.definition, "unit": unit, **rubric}
        case "facts":
            return {"name": content.facts[id].name, "unit": content.facts[id].unit}
        case "opd":
            return {"function": content.opd[id].function}
        case "overrides":
            return {"name": content.programs[id].name}
        case _:
            return {}


def note_altered(grid: Grid, row: int, id: str, head: Head, reading: Reading) -> None:
    """Note the cells of a row that are not for input and say something else than the form does."""
    fixed = fixed_texts(head.table.id, id, reading.content)
    for at, column in head.columns.items():
        cell = grid.cell(row, at)
        if column.key in fixed and not is_blank(cell) and fold(cell) != fold(fixed[column.key]):
            reading.altered.setdefault(grid.name, []).append(grid.place(row, at))


def report_rows(reading: Reading) -> None:
    """Report rows that were read by their name, and cells that are not for input but were written into."""
    for places in reading.strayed.values():
        message = f"{len(places)} rows of the sheet have the hidden id of another row: they are read by their names"
        reading.found.warning("MP709", Place(places[0]), message, "check the rows, or sort with all columns chosen")
    for places in reading.altered.values():
        if len(places) > MOST_ALTERED:
            # So many changes are those of another edition of the content, not of a person.
            message = f"{len(places)} cells that only inform differ from the form of today"
            reading.found.info("MP714", Place(places[0]), message)
            continue
        for place in places:
            message = "the cell is not for input and was changed: not read"
            reading.found.warning("MP714", Place(place), message, "put it into the column of notes")
