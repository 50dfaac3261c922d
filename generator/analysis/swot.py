"""Findings by quadrant, and the strategies that cross an inner with an outer finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.model.findings import Finding, Strategy, Swot
from generator.model.plan import PlannedProgram
from generator.model.priorities import SwotRules

_LOOSE = 2
"""Crossings that share but an area or a foundation stand in where a kind of strategy has fewer than this."""
_FAR = 1
"""Closeness up to which a crossing is loose."""
_OUTER_USES = 2
"""How often one opportunity or threat may serve in one kind of strategy, so that they do not all name the same."""


@dataclass(frozen=True, slots=True)
class _Pair:
    inner: Finding
    outer: Finding
    programs: tuple[str, ...]
    closeness: int
    """4 same sub-dimension and a programme that both ask for, 3 such a programme of their dimensions, 2 but the
    sub-dimension, 1 but a dimension, a foundation or a prerequisite of what they ask for, 0 nothing.

    Foundations, such as the data or the bodies that everything rests on, are asked for by findings of every kind.
    """


def swot(findings: Sequence[Finding], programs: Sequence[PlannedProgram], rules: SwotRules) -> Swot:
    """Return the quadrants, most urgent first, and the strategies. `findings` come by rank."""
    strengths = [finding for finding in findings if finding.kind == "strength"][: rules.entries]
    weaknesses = [finding for finding in findings if finding.kind == "gap"][: rules.entries]
    opportunities = [finding for finding in findings if finding.kind == "opportunity"][: rules.entries]
    threats = [finding for finding in findings if finding.kind == "threat"][: rules.entries]
    scheduled = sorted((program for program in programs if program.status == "scheduled"), key=lambda item: item.rank)
    crossings: tuple[tuple[Literal["SO", "WO", "ST", "WT"], list[Finding], list[Finding]], ...] = (
        ("SO", strengths, opportunities),
        ("WO", weaknesses, opportunities),
        ("ST", strengths, threats),
        ("WT", weaknesses, threats),
    )
    strategies: list[Strategy] = []
    for kind, inner, outer in crossings:
        pairs = _choose([_pair(one, other, scheduled, rules) for one in inner for other in outer], rules.strategies)
        strategies += [
            Strategy(
                kind=kind,
                code=f"{kind}-{number}",
                inner=pair.inner.id,
                outer=pair.outer.id,
                programs=pair.programs,
            )
            for number, pair in enumerate(pairs, 1)
        ]
    return Swot(
        strengths=tuple(finding.id for finding in strengths),
        weaknesses=tuple(finding.id for finding in weaknesses),
        opportunities=tuple(finding.id for finding in opportunities),
        threats=tuple(finding.id for finding in threats),
        strategies=tuple(strategies),
    )


def _pair(inner: Finding, outer: Finding, scheduled: Sequence[PlannedProgram], rules: SwotRules) -> _Pair:
    """Return a crossing with its programmes: those asked for by both, by one of them, then others of the area."""

    asked = {program.id: {reason.id for reason in program.reasons if reason.kind == "finding"} for program in scheduled}

    def tie(program: PlannedProgram) -> int:
        same = (program.dimension, program.subdimension) == (inner.dimension, inner.subdimension)
        return 2 * len({inner.id, outer.id} & asked[program.id]) + same

    tied = [(tie(program), program) for program in scheduled]
    best = sorted((pair for pair in tied if pair[0]), key=lambda pair: (-pair[0], pair[1].rank))
    both = [program for _, program in best if {inner.id, outer.id} <= asked[program.id]]
    same = (inner.dimension, inner.subdimension) == (outer.dimension, outer.subdimension)
    if any(program.dimension in (inner.dimension, outer.dimension) for program in both):
        closeness = 4 if same else 3
    elif same:
        closeness = 2
    else:
        inherited = any({inner.id, outer.id} <= set(program.findings) for program in scheduled)
        closeness = int(inherited or inner.dimension == outer.dimension)
    return _Pair(inner, outer, tuple(program.id for _, program in best[: rules.programs]), closeness)


def _choose(pairs: Sequence[_Pair], limit: int) -> list[_Pair]:
    """Return the best crossings that a programme answers: each inner finding once, each outer at most twice.

    Findings that have nothing in common are not crossed: long lives do not help against a full landfill.
    """
    order = sorted(
        (pair for pair in pairs if pair.programs and pair.closeness),
        key=lambda pair: (-pair.closeness, -(pair.inner.score + pair.outer.score), pair.inner.id, pair.outer.id),
    )
    inner: set[str] = set()
    outer: dict[str, int] = {}
    chosen: list[_Pair] = []
    for pair in order:
        full = len(chosen) >= (limit if pair.closeness > _FAR else min(limit, _LOOSE))
        if pair.inner.id in inner or outer.get(pair.outer.id, 0) >= _OUTER_USES or full:
            continue
        inner.add(pair.inner.id)
        outer[pair.outer.id] = outer.get(pair.outer.id, 0) + 1
        chosen.append(pair)
    return chosen
