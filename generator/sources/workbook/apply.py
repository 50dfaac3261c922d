"""Proposed changes to new texts of a city's files; what would not load again is refused before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.model.city import Assessment, City
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Collector, Diagnostic, Place, Severity
from generator.model.form import BUDGET, Address, Change, TableId, Value
from generator.model.programs import OwnPrograms
from generator.sources.city_checks import check_answers, check_city, check_programs
from generator.sources.files import read_text
from generator.sources.schema import validate
from generator.sources.workbook.known import known_values
from generator.sources.yaml import YamlFile, parse_yaml
from generator.sources.yaml_edit import DELETE, EditError, Entries, edit_yaml

_FILE = {
    "cover": "assessment.yaml",
    "answers": "assessment.yaml",
    "identity": "city.yaml",
    "missions": "city.yaml",
    "documents": "city.yaml",
    "facts": "city.yaml",
    "opd": "city.yaml",
    "programs": "programs.yaml",
    "overrides": "programs.yaml",
}
_LISTS: Mapping[TableId, str] = {
    "missions": "missions",
    "documents": "documents",
    "programs": "programs",
    "overrides": "programs",
}
"""Table whose rows are entries of a list -> the key of the list."""
_NEW_FILES = {
    "assessment.yaml": "# Answers of the assessment, taken from the form that the city filled in.\n",
    "programs.yaml": "# Programmes that the city itself adds, changes or switches off.\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """New texts by file name ('assessment.yaml'); empty where a fault keeps all of them from being written."""

    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()


def apply_changes(workspace: Path, dossier: CityDossier, content: Content, changes: Iterable[Change]) -> Edited:
    """Return the texts of the files that the changes touch; nothing is written here (MP717, MP718)."""
    found = Collector()
    patches = _patches(changes, dossier)
    texts: dict[str, str] = {}
    for name, patch in patches.items():
        path = workspace / "cities" / dossier.slug / name
        label = f"cities/{dossier.slug}/{name}"
        if path.exists() or path.is_symlink():
            source = read_text(path, workspace)
            found.extend(source.diagnostics)
            # The mark of byte order and the line ends are the file's own.
            text = source.text if source.text is not None else ""
        else:
            text = _NEW_FILES.get(name, "")
            patch = _whole(name, patch, dossier)
        if found.has_errors:
            continue
        try:
            texts[name] = edit_yaml(text, patch)
        except EditError as fault:
            found.error("MP717", Place(label), f"the file cannot be edited: {fault}", "make the changes by hand")
    if not found.has_errors:
        _loads_again(workspace, dossier, content, texts, found)
    return Edited(texts={} if found.has_errors else texts, diagnostics=tuple(found.found))


def _whole(name: str, patch: Mapping[str, Any], dossier: CityDossier) -> dict[str, Any]:
    """Add what a new file has to hold."""
    if name == "assessment.yaml":
        head = {"status": dossier.assessment.status, "date": dossier.assessment.date}
        return {**head, **patch}
    return dict(patch)


# --- patches ---------------------------------------------------------------------------------------------------------


def _patches(changes: Iterable[Change], dossier: CityDossier) -> dict[str, dict[str, Any]]:
    known = known_values(dossier)
    patches: dict[str, dict[str, Any]] = {}
    rows: dict[tuple[TableId, str], dict[Any, Any]] = {}
    after = dict(known)
    for change in changes:
        table, row, _ = change.address
        after[change.address] = change.new
        if table in _LISTS:
            _entry(rows.setdefault((table, row), {}), change)
        else:
            _put(patches.setdefault(_FILE[table], {}), _path(change.address), _plain(change))
    full = {(address.table, address.row) for address, value in after.items() if value is not None}
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    for (table, row), patch in rows.items():
        # An entry of which nothing is left goes as a whole.
        entries.setdefault((_FILE[table], _LISTS[table]), {})[row] = patch if (table, row) in full else DELETE
    for (name, key), several in entries.items():
        patches.setdefault(name, {})[key] = Entries(several)
    _drop_empty(patches, after)
    return patches


def _path(address: Address) -> tuple[str, ...]:
    match address.table:
        case "cover" | "identity":
            return tuple(address.row.split("."))
        case "opd":
            return ("opd", address.row)
        case _:
            return (address.table, address.row, address.column)


def _plain(change: Change) -> Any:
    new = change.new
    if new is None:
        return DELETE
    if isinstance(new, tuple):
        old = dict(change.old) if isinstance(change.old, tuple) else {}
        wanted = dict(new)
        return {year: wanted.get(year, DELETE) for year in sorted({*old, *wanted}) if old.get(year) != wanted.get(year)}
    return new


def _put(patch: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        patch = patch.setdefault(step, {})
    patch[path[-1]] = value


def _entry(patch: dict[Any, Any], change: Change) -> None:
    column, new = change.address.column, change.new
    if column.startswith(BUDGET):
        patch.setdefault("budget", {})[int(column[len(BUDGET) :])] = DELETE if new is None else new
    elif column == "place":
        dimension, _, part = str(new).partition("/") if new is not None else ("", "", "")
        patch["dimension"], patch["subdimension"] = (dimension, part) if dimension else (DELETE, DELETE)
    elif column in ("funds", "dimensions") and new is not None:
        patch[column] = [part.strip() for part in str(new).split(",")]
    else:
        patch[column] = DELETE if new is None else new


def _drop_empty(patches: dict[str, dict[str, Any]], after: Mapping[Address, Value]) -> None:
    """Let an answer, fact or group of which nothing is left go as a whole."""
    full = {(_FILE[address.table], *_path(address)[:-1]) for address, value in after.items() if value is not None}
    full |= {path[:length] for path in full for length in range(1, len(path))}
    for name, patch in patches.items():
        for section in ("answers", "facts"):
            for id, part in patch.get(section, {}).items():
                if isinstance(part, dict) and (name, section, id) not in full:
                    patch[section][id] = DELETE
        groups = [("vision",), ("budget",), ("leaders", "head"), ("leaders", "deputy"), ("leaders", "secretary")]
        for group in groups if name == "city.yaml" else ():
            parent: Any = patch
            for step in group[:-1]:
                parent = parent.get(step, {})
            if isinstance(parent.get(group[-1]), dict) and (name, *group) not in full:
                parent[group[-1]] = DELETE


# --- checking --------------------------------------------------------------------------------------------------------


def _loads_again(
    workspace: Path, dossier: CityDossier, content: Content, texts: Mapping[str, str], found: Collector
) -> None:
    for name, text in texts.items():
        file = parse_yaml(text, f"cities/{dossier.slug}/{name}")
        check = Collector()
        check.extend(file.diagnostics)
        _check(name, file, workspace / "cities" / dossier.slug, dossier, content, check)
        for item in check.found:
            if item.severity is Severity.ERROR:
                found.error("MP718", item.place, f"the file would not load any more: {item.message}", item.hint)


def _check(name: str, file: YamlFile, folder: Path, dossier: CityDossier, content: Content, check: Collector) -> None:
    kinds: dict[str, type[Any]] = {"assessment.yaml": Assessment, "city.yaml": City, "programs.yaml": OwnPrograms}
    value, diagnostics = validate(kinds[name], file)
    check.extend(diagnostics)
    match value:
        case Assessment():
            check_answers(value, file, content, check)
        case City():
            check_city(value, file, dossier.region, content, folder, check)
        case OwnPrograms():
            check_programs(value, file, content, check)
