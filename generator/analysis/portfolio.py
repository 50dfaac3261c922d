"""Cities side by side: rows from plans, and counts and means over rows. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.model.content import CityDossier, Content
from generator.model.plan import Plan
from generator.model.portfolio import Absent, Alike, CityRow, Frequent, Group, Portfolio
from generator.model.scorecard import OVERALL, area_key

MOST = 20
"""Entries of a list of frequent things."""


def row_of(dossier: CityDossier, plan: Plan, open_items: int) -> CityRow:
    """Return one city as a row; it holds the dates of the mentoring, so that whoever looks can tell the stage."""
    city, card = dossier.city, plan.scorecard
    overall = card.scores.get(OVERALL)
    scheduled = plan.scheduled
    return CityRow(
        slug=dossier.slug,
        code=city.code,
        name=city.full_name,
        type=city.type,
        province=city.province,
        islands=city.island_group,
        assessment=dossier.assessment.status,
        day=city.date.isoformat(),
        scores={area: score.value for area, score in card.scores.items()},
        complete=overall.coverage if overall is not None else 0.0,
        gaps=tuple(finding.id for finding in plan.findings if finding.kind == "gap"),
        programs=tuple(program.id for program in scheduled if program.catalogue is not None),
        own_programs=sum(1 for program in scheduled if program.catalogue is None),
        quick_wins=sum(1 for program in scheduled if program.quick_win),
        budget=plan.budgets.dimension.total.total,
        unfunded=plan.budgets.unfunded,
        open_items=open_items,
        calendar=tuple((event.name, event.start.isoformat(), event.end.isoformat()) for event in plan.mentoring.events),
    )


def portfolio_of(
    rows: Iterable[CityRow], content: Content, alike: Iterable[Alike] = (), missing: Sequence[Absent] = ()
) -> Portfolio:
    """Return the cohort side by side."""
    rows = tuple(rows)
    framework = content.framework
    gaps = Counter(gap for row in rows for gap in row.gaps)
    programs = Counter(program for row in rows for program in row.programs)
    return Portfolio(
        title=f"Portofolio {framework.programme}",
        rows=rows,
        areas=tuple(
            (area_key(dimension.id, part.id), part.name, dimension.name)
            for dimension in framework.dimensions
            for part in dimension.subdimensions
        ),
        types=_groups(rows, lambda row: row.type.capitalize()),
        islands=_groups(rows, lambda row: row.islands or row.province),
        gaps=_frequent(gaps, {id: rule.title for id, rule in content.rules.items()}),
        programs=_frequent(programs, {id: program.name for id, program in content.programs.items()}),
        alike=tuple(sorted(alike, key=lambda pair: (-pair.share, pair.first, pair.second))),
        missing=tuple(missing),
    )


def _groups(rows: Sequence[CityRow], name: Callable[[CityRow], str]) -> tuple[Group, ...]:
    members: dict[str, list[float | None]] = {}
    for row in rows:
        members.setdefault(name(row), []).append(row.scores.get(OVERALL))
    return tuple(_group(key, scores) for key, scores in sorted(members.items()))


def _group(name: str, scores: Sequence[float | None]) -> Group:
    known = [score for score in scores if score is not None]
    return Group(
        name=name,
        cities=len(scores),
        mean=sum(known) / len(known) if known else None,
        lowest=min(known, default=None),
        highest=max(known, default=None),
    )


def _frequent(counts: Counter[str], names: Mapping[str, str]) -> tuple[Frequent, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Frequent(id=id, name=names.get(id, id), cities=count) for id, count in ordered[:MOST])
