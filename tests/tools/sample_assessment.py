"""Write a sample assessment for a city: `python -m tests.tools.sample_assessment kota-medan`.

The levels are invented and say so (`status: sample`, source 'DATA CONTOH'). They are drawn around the place that the
region holds among all regions of the public table, so that the sample looks plausible: a region with a high human
development index, high access to sanitation and high expenditure is drawn higher. Each indicator has its own seed
(city and indicator id): adding an indicator changes no other answer, unless it asks for the same profile fact, which
is drawn once. Indicators that a known profile fact supplies are
left out, because there the true figure is better than an invented one. A third of the answers are unproven, and one in
eight is old.

About eight in a hundred answers are missing where nothing else is said. A member of the cohort (see `make_cohort`)
leaves a share of 5-35 % of the indicators asked open, drawn by the city; the holes lie together where an agency did not
answer, and measured values are missing more often than levels. `answers: complete` leaves none out, `answers:
nearly-empty` leaves out 94 %.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from statistics import median

from generator.model.content import CityDossier, Content
from generator.model.instrument import Indicator, Thresholds
from generator.model.region import Region
from generator.sources.cities import load_city
from generator.sources.city_checks import unit_range
from generator.sources.content import load_content

WORKSPACE = Path(__file__).resolve().parents[2]
STANDING = ("hdi_2021", "sanitation_access_pct_2021", "adjusted_expenditure_kIDR_2021", "mean_years_schooling_2021")
MISSING, OLD, RECENT = 0.08, 0.12, 0.30
LOWEST, RISE = 0.4022, 1.8
"""Mean level of a region that leaves nobody behind, and how much higher that of one is that leaves all behind."""
LEAST_HOLES, MOST_HOLES, NEARLY_ALL = 0.05, 0.35, 0.94
YEAR = 2025
KNOWN = {
    "kota-medan": {
        "liv-he-06": "value: 97.3, year: 2023, "
        'source: "Dinas Kesehatan Kota Medan, 1 Juli 2023 (bicaranews.com)", evidence: statement, by: Penyusun contoh',
        "gov-pp-04": 'value: 2.94, year: 2024, source: "BPS, Anugerah Hari Statistik Nasional, 26 September 2024", '
        "evidence: statement, by: Penyusun contoh",
        "gov-ps-06": "value: 95.89, year: 2023, source: Pemerintah Kota Medan (capaian SPM 2023), "
        'link: "https://diskominfo.pemkomedan.go.id/berita/detail_berita/'
        'Capaian-SPM-Pemko-Medan-Tahun-2023-Naik-1205-Persen__baca623.html", evidence: statement, by: Penyusun contoh',
    }
}
"""Published figures of indicators that no profile fact carries: true ones are better than invented ones."""
DATE = "2026-02-16"


def standing(region: Region, regions: list[Region]) -> float:
    """Return the share of regions (0-1) that this one leaves behind, the median of four public figures."""
    shares = []
    for column in STANDING:
        own = region.figures.get(column)
        others = [other.figures[column] for other in regions if column in other.figures]
        if own is not None and others:
            shares.append(sum(value < own for value in others) / len(others))
    return median(shares) if shares else 0.5


def draw_level(indicator: Indicator, slug: str, place: float) -> int:
    """Return a level 0-4 around the place of the region, with a lasting lean for each sub-dimension."""
    # One official figure can stand in two dimensions: the same name has to give the same value.
    measured = indicator.thresholds is not None
    area = indicator.name if measured else f"{indicator.dimension}/{indicator.subdimension}"
    lean = Random(f"{slug}/{area}").gauss(0, 0.45)
    own = Random(f"{slug}/{indicator.name if measured else indicator.id}").gauss(0, 0.75)
    return min(4, max(0, round(LOWEST + RISE * place + lean + own)))


def draw_value(indicator: Indicator, thresholds: Thresholds, slug: str, level: int) -> float:
    """Return a measured value inside the band of a level, within the range that the unit allows."""
    bounds = list(thresholds.bounds)
    edges = [2 * bounds[0] - bounds[1], *bounds, 2 * bounds[3] - bounds[2]]
    low, high = unit_range(indicator.unit)
    # An index has no range in its unit; the usual scales end at 1, 5 and 100.
    top = next((end for end in (1.0, 5.0, 100.0) if bounds[3] <= end), float("inf"))
    is_index = not indicator.unit or indicator.unit.startswith(("nilai", "indeks", "skor"))
    least, most = (0.0 if low is None else low), (high if high is not None else top if is_index else float("inf"))
    edges = [min(most, max(least, edge)) for edge in edges]
    start, end = edges[level], edges[level + 1]
    value = start + (end - start) * Random(f"{slug}/{indicator.name}/value").uniform(0.1, 0.9)
    digits = 0 if max(abs(edge) for edge in edges) >= 1000 else 2
    return round(value, digits)


def hole_share(slug: str, answers: str) -> float:
    """Return the share of indicators that a member of the cohort leaves open."""
    fixed = {"complete": 0.0, "nearly-empty": NEARLY_ALL}
    drawn = Random(f"{slug}/holes").uniform(LEAST_HOLES, MOST_HOLES)
    return fixed.get(answers, drawn)


def holes(asked: list[Indicator], slug: str, share: float) -> set[str]:
    """Return the ids of the indicators that stay open: those of the same sub-dimension together, figures first."""

    def proneness(indicator: Indicator) -> float:
        area = Random(f"{slug}/{indicator.dimension}/{indicator.subdimension}/open").random()
        own = Random(f"{slug}/{indicator.id}/open").random()
        return 0.55 * area + 0.45 * own + (0.12 if indicator.kind == "value" else 0.0)

    most_prone = sorted(asked, key=lambda indicator: (-proneness(indicator), indicator.id))
    return {indicator.id for indicator in most_prone[: round(share * len(asked))]}


def by_chance(asked: list[Indicator], slug: str) -> set[str]:
    """Return the ids of the indicators that stay open where no share is set: each with the same chance."""
    return {item.id for item in asked if Random(f"{slug}/{item.id}/kind").random() < MISSING}


def answer_line(indicator: Indicator, slug: str, place: float, drawn: Indicator) -> str:
    """Return the line of one answer, drawn as that of another indicator where both state the same fact."""
    known = KNOWN.get(slug, {}).get(indicator.id)
    if known is not None:
        return f"  {indicator.id}: {{{known}}}  # a published figure, no sample"
    chance = Random(f"{slug}/{drawn.id}/kind")
    chance.random()  # the draw of `by_chance`
    level = draw_level(drawn, slug, place)
    if drawn.thresholds is None:
        said = f"level: {level}"
    else:
        value = draw_value(drawn, drawn.thresholds, slug, level)
        said = f"value: {value:g}" if abs(value) < 1e6 else f"value: {value:.0f}"
    age = chance.random()
    year = YEAR - chance.choice((3, 4)) if age < OLD else YEAR - 1 if age < RECENT else YEAR
    evidence = chance.choices(("verified", "statement", "none"), (62, 28, 10))[0]
    return f"  {indicator.id}: {{{said}, year: {year}, source: DATA CONTOH, evidence: {evidence}, by: Penilai contoh}}"


def assessment_text(dossier: CityDossier, content: Content, answers: str | None = None) -> str:
    """Return the text of `assessment.yaml`; `answers` is how a member of the cohort answers, None for other cities."""
    region = dossier.region
    place = standing(region, list(content.regions.values())) if region is not None else 0.5
    lines = [
        f"# DATA CONTOH: invented answers for {dossier.city.full_name}, made by tests/tools/sample_assessment.py.",
        "# They say nothing about the real city and are replaced by its own answers. Indicators that a profile fact of",
        "# city.yaml or of the public table supplies are not listed here.",
        "status: sample",
        f"date: {DATE}",
        "by: Penilai contoh",
        "answers:",
    ]
    asked = [item for item in content.indicators.values() if item.fact is None or item.fact not in dossier.facts]
    slug = dossier.slug
    left_open = by_chance(asked, slug) if answers is None else holes(asked, slug, hole_share(slug, answers))
    left_open -= KNOWN.get(slug, {}).keys()
    area = ""
    first: dict[str, Indicator] = {}
    for indicator in asked:
        if indicator.id in left_open:
            continue
        # A fact is drawn once: two dimensions may ask for it, and a city cannot state it with two values.
        drawn = first.setdefault(indicator.fact, indicator) if indicator.fact is not None else indicator
        if area != f"{indicator.dimension}/{indicator.subdimension}":
            area = f"{indicator.dimension}/{indicator.subdimension}"
            lines.append(f"  # {area}")
        lines.append(answer_line(indicator, slug, place, drawn))
    return "\n".join(lines) + "\n"


def write_sample(slug: str, content: Content, answers: str | None = None) -> str:
    """Write the sample of a city and return what came of it; answers that are no sample are never overwritten."""
    path = WORKSPACE / "cities" / slug / "assessment.yaml"
    if path.exists() and "status: sample" not in path.read_text(encoding="utf-8"):
        return f"{path}: not a sample, left as it is"
    path.unlink(missing_ok=True)
    dossier, found = load_city(WORKSPACE, slug, content)
    if dossier is None:
        raise SystemExit("\n".join(map(str, found)))
    path.write_text(assessment_text(dossier, content, answers), encoding="utf-8")
    return str(path)


def main(slugs: list[str]) -> int:
    """Write the sample of each city named."""
    content, diagnostics = load_content(WORKSPACE)
    if content is None:
        print(*diagnostics, sep="\n")
        return 1
    for slug in slugs:
        print(write_sample(slug, content))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
