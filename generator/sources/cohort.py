"""The cohort of a workspace: which cities `--all` means."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.model.cohort import Cohort
from generator.model.diagnostics import Collector, Diagnostic
from generator.sources.cities import SLUG, slugs
from generator.sources.files import is_there
from generator.sources.schema import validate
from generator.sources.yaml import YamlFile, read_yaml

FILE = "cities/cohort.yaml"


def load_cohort(workspace: Path) -> tuple[Cohort | None, tuple[Diagnostic, ...]]:
    """Return the cohort, None where there is no file or it has errors (MP0xx, MP1xx, MP318).

    A member whose folder is missing is a warning (MP317): its data have not come yet.
    """
    path = workspace / FILE
    if not is_there(path):
        return None, ()
    file = read_yaml(path, workspace)
    if file.data is None:
        return None, file.diagnostics
    cohort, faults = validate(Cohort, file)
    if cohort is None:
        return None, (*file.diagnostics, *faults)
    found = Collector(list(faults))
    _check(cohort, file, set(slugs(workspace)), found)
    return (None if found.has_errors else cohort), tuple(found.found)


def _check(cohort: Cohort, file: YamlFile, present: Collection[str], found: Collector) -> None:
    seen: set[str] = set()
    for index, member in enumerate(cohort.members):
        place = file.positions.value(("members", index, "city"))
        if not SLUG.fullmatch(member.city) or member.city in seen:
            found.error("MP318", place, f"'{member.city[:60]}' stands here twice or cannot be the name of a city")
        elif member.city not in present:
            hint = f"masterplan new {member.code}"
            found.warning("MP317", place, f"{member.name[:80]} has no folder cities/{member.city} yet", hint)
        seen.add(member.city)


def cohort_slugs(workspace: Path) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the cities that `--all` means: the members of the cohort that have a folder, in the order of the file.

    Without a cohort file these are all cities of the workspace. A faulty file is an error and means none.
    """
    cohort, diagnostics = load_cohort(workspace)
    present = slugs(workspace)
    if cohort is None:
        return ((), diagnostics) if diagnostics else (present, ())
    return tuple(member.city for member in cohort.members if member.city in present), diagnostics
