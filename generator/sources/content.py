"""All of `content/` as one frozen value; every fault of every file is collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from generator.model.alignment import Alignment
from generator.model.content import Content
from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.evaluation import Evaluation
from generator.model.framework import Books, Framework
from generator.model.instrument import FactFile, Glossary, Instrument, OpdFile, RegulationFile, RoleFile
from generator.model.mentoring import MentoringProcess
from generator.model.planning import Planning, QuickWinRules
from generator.model.priorities import Priorities
from generator.model.programs import Program
from generator.model.region import Region
from generator.model.rules import Rule
from generator.sources.files import MAX_DEPTH, files_below, is_folder, is_there, name_below, read_text
from generator.sources.regions import parse_regions
from generator.sources.schema import validate
from generator.sources.yaml import DataPath, YamlFile, read_yaml

T = TypeVar("T")
MAX_FILES = 5_000
"""YAML files of one folder."""
REGIONS = "regions/kabupaten_kota.csv"


@dataclass(slots=True)
class _Reading:
    root: Path
    found: Collector = field(default_factory=Collector)
    places: dict[str, Place] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """`content/` of the workspace."""
        return self.root / "content"

    def value(self, path: Path, kind: type[T], *, conditions: tuple[str, ...] = ()) -> tuple[YamlFile, T | None]:
        """Read one file as a value of `kind`."""
        file = read_yaml(path, self.root)
        self.files[file.name] = file.sha256
        self.found.extend(file.diagnostics)
        if file.data is None:
            return file, None
        value, diagnostics = validate(kind, file, conditions=conditions)
        self.found.extend(diagnostics)
        return file, value

    def needed(self, name: str, kind: type[T]) -> T | None:
        """Read a file that must be there, and note where its entries with an id stand."""
        file, value = self.value(self.folder / name, kind)
        if value is not None:
            self.note(file.data, (), file)
        return value

    def note(self, data: object, path: DataPath, file: YamlFile) -> None:
        """Remember the places of entries of lists that have an id: 'steps:ID', 'dimensions:ID', 'books:ID', …"""
        if isinstance(data, dict):
            for key, part in data.items():
                self.note(part, (*path, key), file)
        elif isinstance(data, list):
            for index, part in enumerate(data):
                if isinstance(part, dict) and isinstance(part.get("id"), str):
                    place = file.positions.value((*path, index, "id"))
                    self.places.setdefault(f"{path[-1] if path else 'entry'}:{part['id']}", place)
                self.note(part, (*path, index), file)

    def wanted(self, name: str, kind: type[T], default: T) -> T | None:
        """Read a file that may be absent; None where it is there and faulty."""
        path = self.folder / name
        return self.needed(name, kind) if is_there(path) else default

    def item(self, value: Any, file: YamlFile, path: DataPath, label: str, into: dict[str, Any]) -> None:
        """Put one value into a mapping by id; a second one of the same id is a fault (MP201)."""
        place = file.positions.value((*path, "id"))
        if value.id in into:
            first = self.places[f"{label}:{value.id}"]
            self.found.error("MP201", place, f"{label} '{value.id}' stands here a second time, first in {first}")
            return
        into[value.id] = value
        self.places[f"{label}:{value.id}"] = place

    def yaml_files(self, folder: str, deep: bool) -> Iterator[Path]:
        """Yield the YAML files of a folder by name; reading reports those that are links out of the workspace."""
        top = self.folder / folder
        names = files_below(top, self.root, (".yaml", ".yml"), self.found, MAX_DEPTH if deep else 0)
        if len(names) > MAX_FILES:
            self.found.error("MP204", Place(name_below(top, self.root)), f"more than {MAX_FILES} files in one folder")
            return
        yield from names


def _lists(reading: _Reading, paths: Iterable[Path], kind: type[Any], key: str, label: str) -> dict[str, Any]:
    into: dict[str, Any] = {}
    for path in paths:
        file, value = reading.value(path, kind)
        if value is not None:
            for index, entry in enumerate(getattr(value, key)):
                reading.item(entry, file, (key, index), label, into)
    return into


def _one_each(reading: _Reading, folder: str, kind: type[T], label: str, condition: str) -> dict[str, T]:
    into: dict[str, T] = {}
    for path in reading.yaml_files(folder, deep=True):
        file, value = reading.value(path, kind, conditions=(condition,))
        if value is not None:
            reading.item(value, file, (), label, into)
    return into


def _present(reading: _Reading, name: str) -> tuple[Path, ...]:
    path = reading.folder / name
    return (path,) if is_there(path) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Singles:
    """The files that hold one value each."""

    framework: Framework
    books: Books
    planning: Planning
    priorities: Priorities
    mentoring: MentoringProcess
    quickwin: QuickWinRules
    evaluation: Evaluation
    glossary: Glossary
    alignment: Alignment


def _singles(reading: _Reading) -> _Singles | None:
    framework = reading.needed("framework.yaml", Framework)
    books = reading.needed("books.yaml", Books)
    planning = reading.needed("planning.yaml", Planning)
    priorities = reading.needed("priorities.yaml", Priorities)
    mentoring = reading.needed("mentoring.yaml", MentoringProcess)
    quickwin = reading.wanted("quickwin.yaml", QuickWinRules, QuickWinRules())
    evaluation = reading.wanted("evaluation.yaml", Evaluation, Evaluation())
    glossary = reading.wanted("glossary.yaml", Glossary, Glossary(terms=()))
    alignment = reading.wanted("alignment.yaml", Alignment, Alignment())
    if framework is None or books is None or planning is None or priorities is None or mentoring is None:
        return None
    if quickwin is None or evaluation is None or glossary is None or alignment is None:
        return None
    return _Singles(
        framework=framework,
        books=books,
        planning=planning,
        priorities=priorities,
        mentoring=mentoring,
        quickwin=quickwin,
        evaluation=evaluation,
        glossary=glossary,
        alignment=alignment,
    )


def load_content(workspace: Path) -> tuple[Content | None, tuple[Diagnostic, ...]]:
    """Return all content of a workspace, or None where a file has errors; with every diagnostic found (MP0xx-MP3xx).

    Needed are `framework.yaml`, `books.yaml`, `opd.yaml`, `planning.yaml`, `priorities.yaml`, `mentoring.yaml` and
    `roles.yaml`; the folders `instrument`, `facts`, `rules` and `programs`; the rest may be absent.
    """
    reading = _Reading(workspace)
    if not is_folder(reading.folder):
        hint = "lay a workspace with 'masterplan init DIR'"
        reading.found.error("MP001", Place("content"), "the workspace has no folder 'content'", hint)
        return None, tuple(reading.found.found)
    single = _singles(reading)
    collections: dict[str, Any] = {
        "opd": _lists(reading, [reading.folder / "opd.yaml"], OpdFile, "opd", "opd"),
        "roles": _lists(reading, [reading.folder / "roles.yaml"], RoleFile, "roles", "role"),
        "regulations": _lists(
            reading, _present(reading, "regulations.yaml"), RegulationFile, "regulations", "regulation"
        ),
        "facts": _lists(reading, reading.yaml_files("facts", deep=False), FactFile, "facts", "fact"),
        "indicators": _lists(
            reading, reading.yaml_files("instrument", deep=False), Instrument, "indicators", "indicator"
        ),
        "rules": _one_each(reading, "rules", Rule, "rule", "when"),
        "programs": _one_each(reading, "programs", Program, "program", "fits"),
        "regions": _regions(reading),
    }
    diagnostics = tuple(reading.found.found)
    if reading.found.has_errors or single is None:
        return None, diagnostics
    content = Content(
        framework=single.framework,
        books=single.books,
        planning=single.planning,
        priorities=single.priorities,
        mentoring=single.mentoring,
        quickwin=single.quickwin,
        evaluation=single.evaluation,
        glossary=single.glossary,
        alignment=single.alignment,
        places=reading.places,
        files=dict(sorted(reading.files.items())),
        **collections,
    )
    return content, diagnostics


def _regions(reading: _Reading) -> dict[str, Region]:
    rows: dict[str, Region] = {}
    for path in _present(reading, REGIONS):
        table = read_text(path, reading.root)
        reading.found.extend(table.diagnostics)
        reading.files[table.name] = table.sha256
        rows = parse_regions(table, reading.found)
    return rows
