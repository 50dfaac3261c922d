"""All checks of the content as a whole: what no schema can see because it lies between files.

`check_content` returns diagnostics with file, line and column; `content_stats` counts what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.model.content import Content
from generator.model.diagnostics import Diagnostic
from generator.sources.check_costs import check_costs
from generator.sources.check_references import check_references
from generator.sources.check_rules import check_rules
from generator.sources.check_sentences import check_sentences
from generator.sources.check_text import check_text
from generator.sources.locate import Checking


def check_content(content: Content, workspace: Path) -> tuple[Diagnostic, ...]:
    """Return everything that is amiss between the files of `content/` (MP202-MP220), sorted by place."""
    checking = Checking(content, workspace)
    for check in (check_references, check_rules, check_costs, check_sentences, check_text):
        check(checking)
    found = dict.fromkeys(checking.found.found)
    return tuple(
        sorted(found, key=lambda item: (item.place.file, item.place.line or 0, item.place.column or 0, item.code))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStats:
    """Counts of one sub-dimension, or component of a readiness element."""

    dimension: str
    subdimension: str
    indicators: int
    values: int
    """Indicators that are measured."""
    rules: int
    programs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentStats:
    """Counts of the whole content."""

    indicators: int
    readiness_indicators: int
    rules: int
    programs: int
    regulations: int
    facts: int
    quick_wins: int
    """Programmes that can be quick wins."""
    quoting: float
    """Share of the gap rules whose finding quotes a figure, level or fact of the city, 0-1."""
    areas: tuple[AreaStats, ...]


def content_stats(content: Content) -> ContentStats:
    """Return how much there is of what."""
    readiness = {element.id for element in content.framework.readiness}
    gaps = [rule for rule in content.rules.values() if rule.kind in ("gap", "threat")]
    quoting = [rule for rule in gaps if any(word in rule.finding for word in ("fact.", "level(", "value(", "score("))]
    areas = tuple(
        AreaStats(
            dimension=area.id,
            subdimension=part.id,
            indicators=sum(1 for item in content.indicators.values() if _in(item, area.id, part.id)),
            values=sum(
                1 for item in content.indicators.values() if _in(item, area.id, part.id) and item.kind == "value"
            ),
            rules=sum(1 for rule in content.rules.values() if _in(rule, area.id, part.id)),
            programs=sum(1 for program in content.programs.values() if _in(program, area.id, part.id)),
        )
        for area in content.framework.areas
        for part in area.subdimensions
    )
    return ContentStats(
        indicators=len(content.indicators),
        readiness_indicators=sum(1 for item in content.indicators.values() if item.dimension in readiness),
        rules=len(content.rules),
        programs=len(content.programs),
        regulations=len(content.regulations),
        facts=len(content.facts),
        quick_wins=sum(1 for program in content.programs.values() if program.quick_win is not None),
        quoting=len(quoting) / len(gaps) if gaps else 1.0,
        areas=areas,
    )


def _in(item: object, dimension: str, subdimension: str) -> bool:
    return (getattr(item, "dimension", None), getattr(item, "subdimension", None)) == (dimension, subdimension)
