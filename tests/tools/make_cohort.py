"""Write the sample cohort of 75 real regions: `python -m tests.tools.make_cohort`.

Reads `cohort_regions.yaml` beside this file and writes, below `cities/`, `cohort.yaml` and for each region a
`city.yaml` with its identity and plan period (public figures come from the table when it is loaded) and a sample
`assessment.yaml` by the method of `sample_assessment.py`. Same content, same files. A `city.yaml` that this tool did
not write is left as it is, and so is an assessment that is no sample; Kota Medan keeps all of its files. The APBD, the
leaders, the vision and the missions stay open: they need a source for each region.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from generator.model.content import Content
from generator.model.region import Region, RegionDefaults
from generator.sources.content import load_content
from generator.sources.new_city import identity_lines, rpjmd_lines, scalar
from generator.sources.regions import load_defaults
from tests.tools.sample_assessment import WORKSPACE, write_sample

REGIONS = Path(__file__).with_name("cohort_regions.yaml")
MARK = "made by tests/tools/make_cohort.py"
KEPT = ("kota-medan",)
DATE, FIRST_START = date(2026, 2, 27), date(2026, 3, 2)
WAVES, APART = 3, timedelta(weeks=2)
"""Mentors cannot be everywhere at once: the sample starts in three waves."""
_HEAD = f"""\
# The sample cohort: 75 real regions, {MARK} from tests/tools/cohort_regions.yaml.
# standing: confirmed-2018 and confirmed-2017 are participants according to public reports; filler only fills the cohort
# up and says nothing about participation. 'Magelang', reported for 2018 without its type, is not among them.
name: Kohort contoh 75 daerah
source: Daftar acuan proyek, dirangkum dari laporan publik Gerakan Menuju 100 Smart City 2017 dan 2018; sisanya pengisi
members:
"""


def entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield standing and entry of every region in the order of the list."""
    for standing, regions in yaml.safe_load(REGIONS.read_text(encoding="utf-8")).items():
        for entry in regions:
            yield standing, entry


def city_text(region: Region, entry: Mapping[str, Any], start: date, defaults: RegionDefaults) -> str:
    """Return the text of `city.yaml`."""
    traits = entry.get("traits", {})
    lines = [
        f"# {region.full_name}, {MARK}. Public figures come from content/regions;",
        "# what is not known (leaders, vision, missions, APBD, …) is left out and becomes a visible fill-in.",
        *identity_lines(region, defaults),
        *(["traits:"] if traits else []),
        *(f"  - {trait}  # {why}" for trait, why in traits.items()),
        *rpjmd_lines(defaults),
        "mentoring:",
        f"  start: {start.isoformat()}  # a date of the sample",
        "version: contoh-1",
        f"date: {DATE.isoformat()}",
    ]
    return "\n".join(lines) + "\n"


def write_city(
    region: Region, entry: Mapping[str, Any], start: date, content: Content, defaults: RegionDefaults
) -> None:
    """Write the files of one region."""
    folder = WORKSPACE / "cities" / region.slug
    path = folder / "city.yaml"
    if not path.exists() or MARK in path.read_text(encoding="utf-8"):
        folder.mkdir(exist_ok=True)
        path.write_text(city_text(region, entry, start, defaults), encoding="utf-8")
    write_sample(region.slug, content, entry.get("answers", "partial"))


def main() -> int:
    """Write all; return the exit code."""
    content, found = load_content(WORKSPACE)
    defaults, faults = load_defaults(WORKSPACE)
    if content is None or defaults is None:
        print(*found, *faults, sep="\n")
        return 1
    members = []
    for count, (standing, entry) in enumerate(entries()):
        region = content.regions[entry["region"]]
        name = scalar(region.full_name)
        members.append(f'  - {{city: {region.slug}, code: "{region.code}", name: {name}, standing: {standing}}}\n')
        if region.slug not in KEPT:
            write_city(region, entry, FIRST_START + count % WAVES * APART, content, defaults)
    (WORKSPACE / "cities" / "cohort.yaml").write_text(_HEAD + "".join(members), encoding="utf-8")
    print(f"{len(members)} regions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
