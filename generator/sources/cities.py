"""Finding a city of the workspace, and reading all that it handed in."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from generator.model.city import Assessment, City
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.programs import OwnPrograms
from generator.sources.city_checks import check_answers, check_city, check_day, check_figures, check_programs
from generator.sources.edits import load_edits
from generator.sources.files import files_below, is_inside, is_there, read_text
from generator.sources.profile import fill_facts
from generator.sources.schema import validate
from generator.sources.yaml import YamlFile, read_yaml

T = TypeVar("T")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OUTPUT_FOLDERS = frozenset({"portfolio", "shortlist"})
"""Folders of the output that belong to no city; one of this name would have its books taken for theirs."""
MAX_TEXT_BYTES = 1_000_000
MAX_TEXTS = 200


@dataclass(frozen=True, slots=True)
class CityName:
    """How a city of the workspace is called; `code` and `name` are '' where its file cannot be read."""

    slug: str
    code: str = ""
    name: str = ""
    """With the type ('Kota Medan')."""


def slugs(workspace: Path) -> tuple[str, ...]:
    """Return the slugs of all cities of a workspace (folders with a `city.yaml`), sorted."""
    folder = workspace / "cities"
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:
        return ()
    return tuple(name for name in sorted(names) if SLUG.fullmatch(name) and _is_city(folder / name, workspace))


def _is_city(folder: Path, workspace: Path) -> bool:
    """Return whether a folder is that of a city. One that cannot be looked into is: reading it says what is amiss."""
    try:
        is_file = stat.S_ISREG((folder / "city.yaml").stat().st_mode)
    except PermissionError:
        is_file = True
    except (OSError, ValueError):
        return False
    return is_file and is_inside(folder, workspace)


def _is_closed(folder: Path) -> bool:
    try:
        next(folder.iterdir(), None)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def city_names(workspace: Path) -> tuple[CityName, ...]:
    """Return slug, code and name of every city; reads each `city.yaml` but does not validate it."""
    return tuple(name_of(workspace, slug) for slug in slugs(workspace))


def name_of(workspace: Path, slug: str) -> CityName:
    """Return how one city is called, as its `city.yaml` says it, validated or not."""
    data = read_yaml(workspace / "cities" / slug / "city.yaml", workspace).data
    if not isinstance(data, dict):
        return CityName(slug)
    parts = [data.get("type"), data.get("name"), data.get("code")]
    kind, name, code = (part if isinstance(part, str) else "" for part in parts)
    return CityName(slug, code, f"{kind.capitalize()} {name}".strip())


def find_city(workspace: Path, query: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the slug of the city meant by slug, code ('12.71') or name, or None with a diagnostic (MP004, MP311…)."""
    found = Collector()
    known = slugs(workspace)
    wanted = " ".join(query.split()).casefold()
    place = Place("cities")
    if not known and _is_closed(workspace / "cities"):
        found.error("MP004", place, "the folder cannot be read: permission denied", "give back the right to read it")
        return None, tuple(found.found)
    if not known:
        hint = "lay a workspace with 'masterplan init DIR', or go to its folder"
        found.error("MP311", place, "the workspace has no cities", hint)
        return None, tuple(found.found)
    if wanted in known:
        return wanted, ()
    names = city_names(workspace)
    matching = [city for city in names if wanted in names_of(city)]
    if len(matching) == 1:
        return matching[0].slug, ()
    if matching:
        found.error(
            "MP313", place, f"'{_cut(query)}' may be {' or '.join(city.name for city in matching)}", "name the type too"
        )
        return None, tuple(found.found)
    close = get_close_matches(wanted[:80], [key for city in names for key in names_of(city)], 3, 0.6)
    meant = list(dict.fromkeys(city.slug for key in close for city in names if key in names_of(city)))
    some = ", ".join(known[:8]) + (f" and {len(known) - 8} more" if len(known) > 8 else "")
    hint = f"did you mean {' or '.join(meant)}?" if meant else f"known cities: {some}"
    found.error("MP312", place, f"there is no city '{_cut(query)}'", hint)
    return None, tuple(found.found)


def names_of(city: CityName) -> tuple[str, ...]:
    """Return everything that a city is called by, in lower case: slug, code, name with, without and with short type."""
    full = city.name.casefold()
    bare = full.split(" ", 1)[1] if " " in full else full
    short = full.replace("kabupaten ", "kab. ", 1)
    return tuple(key for key in (city.slug, city.code, full, bare, short, short.replace(". ", " ")) if key)


def _cut(text: str) -> str:
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 60 else shown[:59] + "…"


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    root: Path
    folder: Path
    found: Collector = field(default_factory=Collector)
    places: dict[str, Place] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, kind: type[T]) -> tuple[YamlFile, T | None]:
        """Read one YAML file of the city as a value of `kind`."""
        file = read_yaml(self.folder / name, self.root)
        self.files[file.name] = file.sha256
        self.found.extend(file.diagnostics)
        if file.data is None:
            return file, None
        value, diagnostics = validate(kind, file)
        self.found.extend(diagnostics)
        return file, value

    def is_there(self, name: str) -> bool:
        """Whether a file of the city exists (a dangling link counts, so that it is reported)."""
        return is_there(self.folder / name)

    def texts(self) -> dict[str, str]:
        """Read `text/*.md`."""
        folder = self.folder / "text"
        texts: dict[str, str] = {}
        for count, path in enumerate(files_below(folder, self.root, (".md",), self.found)):
            if count == MAX_TEXTS:
                self.found.error("MP204", Place(f"cities/{self.folder.name}/text"), f"more than {MAX_TEXTS} text files")
                break
            file = read_text(path, self.root, MAX_TEXT_BYTES)
            self.files[file.name] = file.sha256
            self.found.extend(file.diagnostics)
            if file.text is not None:
                texts[path.stem] = file.text.replace("\r\n", "\n")
                self.places[f"text:{path.stem}"] = Place(file.name, 1, 1)
        return texts


def load_city(workspace: Path, slug: str, content: Content) -> tuple[CityDossier | None, tuple[Diagnostic, ...]]:
    """Return all that a city handed in, or None where a file has errors; with every diagnostic (MP0xx-MP3xx).

    `city.yaml` has to be there. Without `assessment.yaml` every indicator is open; `programs.yaml` and `text/` may be
    absent.
    """
    if not SLUG.fullmatch(slug):
        fault = Collector()
        fault.error("MP312", Place("cities"), f"'{_cut(slug)}' cannot be the name of a city", "such as 'kota-medan'")
        return None, tuple(fault.found)
    if slug in OUTPUT_FOLDERS:
        fault = Collector()
        message = f"'{slug}' cannot be the name of a city, since output/{slug} is the folder of something else"
        fault.error("MP312", Place(f"cities/{slug}"), message, "rename the folder, such as 'kota-medan'")
        return None, tuple(fault.found)
    reading = _Reading(workspace, workspace / "cities" / slug)
    city_file, city = reading.value("city.yaml", City)
    assessment, assessment_file = _assessment(reading, city)
    programs = OwnPrograms()
    programs_file: YamlFile | None = None
    if reading.is_there("programs.yaml"):
        programs_file, own = reading.value("programs.yaml", OwnPrograms)
        programs = own if own is not None else programs
    texts = reading.texts()
    edits = load_edits(workspace, slug)
    reading.files.update(edits.files)
    reading.found.extend(edits.found.found)
    region = content.regions.get(city.code) if city is not None else None
    if city is not None:
        check_city(city, city_file, region, content, reading.folder, reading.found)
    if assessment is not None and assessment_file is not None:
        check_answers(assessment, assessment_file, content, reading.found)
        check_day(assessment.date, (assessment_file.positions, ("date",)), reading.found)
        if city is not None:
            check_figures(assessment, assessment_file, city, city_file, content, reading.found)
    if programs_file is not None:
        check_programs(programs, programs_file, content, reading.found)
    diagnostics = tuple(reading.found.found)
    if city is None or assessment is None or reading.found.has_errors:
        return None, diagnostics
    _note_places(reading, city, city_file, assessment, assessment_file, programs, programs_file)
    dossier = CityDossier(
        slug=slug,
        city=city,
        assessment=assessment,
        programs=programs,
        facts=fill_facts(city, region, content),
        texts=texts,
        edits=tuple(edits.edits.values()),
        region=region,
        places=reading.places,
        files=dict(sorted(reading.files.items())),
    )
    return dossier, diagnostics


def _assessment(reading: _Reading, city: City | None) -> tuple[Assessment | None, YamlFile | None]:
    if reading.is_there("assessment.yaml"):
        file, assessment = reading.value("assessment.yaml", Assessment)
        return assessment, file
    place = Place(f"cities/{reading.folder.name}/assessment.yaml")
    reading.found.warning("MP314", place, "no assessment yet: every indicator is open", "write assessment.yaml")
    return (Assessment(status="draft", date=city.date) if city is not None else None), None


def _note_places(
    reading: _Reading,
    city: City,
    city_file: YamlFile,
    assessment: Assessment,
    assessment_file: YamlFile | None,
    programs: OwnPrograms,
    programs_file: YamlFile | None,
) -> None:
    places, spots = reading.places, city_file.positions
    places |= {f"fact:{name}": spots.key(("facts", name)) for name in city.facts}
    places |= {f"mission:{item.id}": spots.value(("missions", index)) for index, item in enumerate(city.missions)}
    places |= {f"document:{item.id}": spots.value(("documents", index)) for index, item in enumerate(city.documents)}
    if assessment_file is not None:
        spots = assessment_file.positions
        places |= {f"answer:{name}": spots.key(("answers", name)) for name in assessment.answers}
    if programs_file is not None:
        spots = programs_file.positions
        entries = enumerate(programs.programs)
        places |= {f"program:{item.id}": spots.value(("programs", index)) for index, item in entries}
