"""The files of a city that begins: what the public table knows is filled in with its year and source, the rest is open.

Pure: a row of the table and the content in, texts of files out. The commands write them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from generator.model.content import Content
from generator.model.diagnostics import Collector, Diagnostic, Place
from generator.model.instrument import FactKind, Indicator
from generator.model.region import Region, RegionDefaults
from generator.sources.cities import CityName, names_of

_TABLE = Place("content/regions/kabupaten_kota.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the one who begins a city decides."""

    date: dt.date
    """Of the draft, printed on it; figures must not be younger."""
    start: dt.date
    """First day of the mentoring."""
    defaults: RegionDefaults


def find_region(query: str, regions: Mapping[str, Region]) -> tuple[Region | None, tuple[Diagnostic, ...]]:
    """Return the region of the table meant by code, slug or name, or None with a diagnostic (MP313, MP315)."""
    found = Collector()
    wanted = " ".join(query.split()).casefold()
    named = {code: names_of(CityName(row.slug, code, row.full_name)) for code, row in regions.items()}
    matching = [regions[code] for code, names in named.items() if wanted in names]
    if len(matching) == 1:
        return matching[0], ()
    shown = "".join(character if character.isprintable() else "?" for character in query)[:60]
    if matching:
        choices = " or ".join(f"{row.full_name} ({row.code}, {row.province})" for row in matching)
        found.error("MP313", _TABLE, f"'{shown}' may be {choices}", "name the type too, or give the code")
        return None, tuple(found.found)
    close = get_close_matches(wanted[:80], [name for names in named.values() for name in names], 4, 0.75)
    meant = dict.fromkeys(regions[code].full_name for code, names in named.items() if set(close) & set(names))
    hint = f"did you mean {' or '.join(meant)}?" if meant else "names and codes stand in the table"
    found.error("MP315", _TABLE, f"the public table has no region '{shown}'", hint)
    return None, tuple(found.found)


def new_city(region: Region, content: Content, beginning: Beginning) -> dict[str, str]:
    """Return the texts of `city.yaml`, `assessment.yaml` and `programs.yaml` of a region by file name."""
    return {
        "city.yaml": city_text(region, content, beginning),
        "assessment.yaml": assessment_text(region, content, beginning),
        "programs.yaml": programs_text(content),
    }


def scalar(value: str) -> str:
    """Return a text as a YAML scalar on one line, in quotes where it needs them."""
    plain = yaml.safe_dump(" ".join(value.split()), allow_unicode=True, width=float("inf"), default_style=None)
    return plain.removesuffix("\n").removesuffix("\n...")


def number(value: float) -> str:
    """Return a figure as YAML, whole ones without a point."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def identity_lines(region: Region, defaults: RegionDefaults) -> list[str]:
    """Return the lines that say which region it is, in the words of the table."""
    group = defaults.island_group(region.province_code)
    lines = [
        f'code: "{region.code}"',
        f"name: {scalar(region.name)}",
        f"type: {region.type}",
        f"province: {scalar(region.province)}",
    ]
    return [*lines, f"island_group: {scalar(group)}"] if group else lines


def rpjmd_lines(defaults: RegionDefaults) -> list[str]:
    """Return the lines of the plan period, which is the same for all regions; the regulation stays open."""
    period = defaults.rpjmd
    return ["rpjmd:", f"  start: {period.start}", f"  end: {period.end}", f"  source: {scalar(period.source)}"]


# --- city.yaml -------------------------------------------------------------------------------------------------------


def city_text(region: Region, content: Content, beginning: Beginning) -> str:
    """Return the text of `city.yaml`; what nobody has supplied yet stands as a comment that shows its form."""
    lines = [
        f"# {region.full_name}: identity, plans and profile facts. Every figure names its year and its source.",
        "# What is not known stays away and becomes a visible fill-in of the document. Lines that begin with '#' and a",
        "# key show how it is written: take the '#' away and put the region's own words in place of '…'.",
        *identity_lines(region, beginning.defaults),
        *(["#capital: …"] if region.type == "kabupaten" else []),
        "#traits:  # keep those that are true",
        *(f"#  - {name}  # {about}" for name, about in content.framework.traits.items()),
        "#leaders:",
        "#  head: {name: …, since: 20 Februari 2025, source: …}",
        "#  deputy: {name: …, source: …}",
        "#  secretary: {name: …, source: …}",
        *rpjmd_lines(beginning.defaults),
        "#  regulation: Peraturan Daerah …",
        "#vision: {text: …, source: …}",
        "#missions:",
        f"#  - {{id: misi-1, text: …, dimensions: [{_first(area.id for area in content.framework.dimensions)}], "
        "source: …}",
        "#documents:  # RPJPD, RPJMD, RTRW, …",
        "#  - {id: rtrw, name: …, regulation: …, direction: …, source: …}",
        *_facts(region, content),
        "#opd:  # the region's own names; an agency that is not listed keeps the usual name, which stands here",
        *(f"#  {name}: {scalar(agency.name)}" for name, agency in content.opd.items()),
        "#budget: {apbd: 1_000_000_000_000, year: 2026, source: …}  # belanja daerah, whole rupiah",
        "mentoring:",
        f"  start: {beginning.start.isoformat()}  # a planning date: replace it by the agreed one",
        'version: "1"',
        f"date: {beginning.date.isoformat()}",
    ]
    return "\n".join(lines) + "\n"


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")


def _facts(region: Region, content: Content) -> list[str]:
    known = [_known(kind, region) for kind in content.facts.values()]
    filled = [line for line in known if line is not None]
    head = ["facts:" if filled else "#facts:"]
    if filled:
        head.append("  # from the public table; a younger figure of the region replaces it")
    return [*head, *filled, *_open_facts(content, region)]


def _known(kind: FactKind, region: Region) -> str | None:
    figure = region.figures.get(kind.column) if kind.column is not None else None
    if figure is None:
        return None
    year = f", year: {kind.column_year}" if kind.column_year is not None else ""
    about = f"{kind.name}, {kind.unit}" if kind.unit else kind.name
    return f"  {kind.id}: {{value: {number(figure)}{year}, source: {_flow(kind.column_source)}}}  # {about}"


def _flow(text: str) -> str:
    """Return a text for a flow mapping, where commas and brackets end a plain one."""
    plain = scalar(text)
    return plain if plain[:1] in "'\"" or not set(plain) & set(",[]{}") else "'" + plain.replace("'", "''") + "'"


def _open_facts(content: Content, region: Region) -> list[str]:
    lines = []
    for kind in content.facts.values():
        if kind.derive is not None or (kind.column is not None and kind.column in region.figures):
            continue
        who = kind.publisher or ", ".join(content.opd[name].short for name in kind.supplied_by if name in content.opd)
        about = "; ".join(part for part in (f"{kind.name}, {kind.unit}" if kind.unit else kind.name, who) if part)
        lines.append(f"#  {kind.id}: {{value: …, year: 2025, source: …}}  # {about}")
    return lines


# --- assessment.yaml -------------------------------------------------------------------------------------------------


def assessment_text(region: Region, content: Content, beginning: Beginning) -> str:
    """Return the text of `assessment.yaml`: every indicator by its area, open, with its name and how it is answered."""
    lines = [
        f"# {region.full_name}: the self-assessment. Fill in behind the braces' first bracket:",
        "#   {level: 2, year: 2025, source: …, evidence: verified, link: …}  for an indicator judged by its rubric",
        "#   {value: 71.5, year: 2025, source: …, evidence: statement}       for a measured one",
        "# evidence: verified (a document proves it), statement (an agency says so) or none. The rubrics stand in",
        "# docs/content/. An indicator that stays {} is open; {note: …} says why.",
        "status: draft",
        f"date: {beginning.date.isoformat()}",
        "answers:" if content.indicators else "answers: {}",
    ]
    names = {area.id: area for area in content.framework.areas}
    heading = ""
    for indicator in content.indicators.values():
        area = f"{indicator.dimension}/{indicator.subdimension}"
        if area != heading:
            heading = area
            top = names.get(indicator.dimension)
            below = [sub.name for sub in top.subdimensions if sub.id == indicator.subdimension] if top else []
            lines.append(f"  # {' · '.join([top.name if top else indicator.dimension, *below])}")
        lines.append(_question(indicator, region, content))
    return "\n".join(lines) + "\n"


def _question(indicator: Indicator, region: Region, content: Content) -> str:
    measured = f"value in {indicator.unit}" if indicator.unit else "value"
    how = measured if indicator.thresholds is not None else "level 0–4"
    kind = content.facts.get(indicator.fact) if indicator.fact is not None else None
    supplied = kind is not None and kind.column is not None and kind.column in region.figures
    note = "; the public table has it, a younger figure is better" if supplied else ""
    return f"  {indicator.id}: {{}}  # {' '.join(indicator.name.split())} ({how}{note})"


# --- programs.yaml ---------------------------------------------------------------------------------------------------


def programs_text(content: Content) -> str:
    """Return the text of `programs.yaml`: no entry, and the form of each kind of entry as comments."""
    dimension = next(iter(content.framework.dimensions), None)
    sub = dimension.subdimensions[0].id if dimension is not None and dimension.subdimensions else "…"
    example = _first(content.programs) or "prg-…"
    return "\n".join(
        [
            "# Programmes that the region itself adds, changes or switches off. Take '[]' and '#' away to write one.",
            "programs: []",
            "#  - id: own-1",
            "#    name: …",
            f"#    dimension: {dimension.id if dimension is not None else '…'}",
            f"#    subdimension: {sub}",
            f"#    kind: {_first(content.framework.kinds) or '…'}",
            f"#    lead: {_first(content.opd) or '…'}",
            "#    budget: {2026: 500_000_000}",
            "#    rpjmd: …",
            "#    source: …",
            f"#  - {{id: {example}, action: override, reason: …, start_year: 2}}",
            f'#  - {{id: {example}, action: "off", reason: …}}',
            "",
        ]
    )
