"""Quick wins: scheduled programmes that sharpen a running service within months, scored on the official items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model.plan import ItemScore, PlannedProgram, QuickWin
from generator.model.planning import QuickWinItem, QuickWinRules
from generator.model.priorities import QuickWinChoice
from generator.model.programs import QuickWinPotential

TOP = 4
NOT_SCHEDULED, LATE, MONTHS, INFRASTRUCTURE, NO_SERVICE, LEAST_SCORE, SURPLUS = (
    "not-scheduled",
    "starts-late",
    "months",
    "new-infrastructure",
    "no-running-service",
    "least-score",
    "surplus",
)
"""Conditions that a candidate can fail besides the items; 'surplus' passes all but others are better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    program: PlannedProgram
    win: QuickWinPotential
    failed: tuple[str, ...]


def quick_wins(
    programs: Sequence[PlannedProgram], rules: QuickWinRules, choice: QuickWinChoice
) -> tuple[QuickWin, ...]:
    """Return all candidates: accepted ones by rank, then refused ones with what failed.

    The order weighs the official items and the priority of the programme in this city alike.
    """
    cases = [
        _Case(program=program, win=program.catalogue.quick_win, failed=_failed(program, rules))
        for program in programs
        if program.status != "off" and program.catalogue is not None and program.catalogue.quick_win is not None
    ]
    scored = [_judge(case, rules) for case in cases]
    dimension = {program.id: program.dimension for program in programs}
    priority = {program.id: program.score for program in programs}

    def key(win: QuickWin) -> tuple[float, str]:
        return (-(win.score / TOP + priority[win.program] / 100), win.program)

    scored.sort(key=key)
    passing = [win for win in scored if not win.failed]
    chosen = _diverse(passing, dimension, choice.most)
    accepted = [replace(win, accepted=True, rank=place) for place, win in enumerate(chosen, 1)]
    taken = {win.program for win in chosen}
    surplus = [replace(win, failed=(SURPLUS,)) for win in passing if win.program not in taken]
    refused = sorted([*surplus, *(win for win in scored if win.failed)], key=key)
    return (*accepted, *refused)


def _failed(program: PlannedProgram, rules: QuickWinRules) -> tuple[str, ...]:
    win = program.catalogue.quick_win if program.catalogue is not None else None
    if win is None:
        return (NO_SERVICE,)
    checks = {
        NOT_SCHEDULED: program.status == "scheduled",
        LATE: program.start is None or program.start == 1,
        MONTHS: win.months <= rules.max_months,
        INFRASTRUCTURE: rules.new_infrastructure or not win.new_infrastructure,
        NO_SERVICE: bool(win.existing_service.strip()),
    }
    return tuple(name for name, passed in checks.items() if not passed)


def _judge(case: _Case, rules: QuickWinRules) -> QuickWin:
    items = tuple(_score(item, case.win) for item in rules.items)
    known = [
        (item.weight, scored.score) for item, scored in zip(rules.items, items, strict=True) if scored.score is not None
    ]
    weight = sum(part for part, _ in known)
    score = sum(part * value for part, value in known) / weight if weight else 0.0
    low = tuple(
        item.id
        for item, scored in zip(rules.items, items, strict=True)
        if item.least is not None and scored.score is not None and scored.score < item.least
    )
    failed = (*case.failed, *low)
    if not failed and score < rules.least_score:
        failed = (LEAST_SCORE,)
    return QuickWin(
        program=case.program.id,
        items=items,
        score=score,
        open_items=sum(1 for item in items if item.score is None),
        accepted=False,
        failed=failed,
    )


def _score(item: QuickWinItem, win: QuickWinPotential) -> ItemScore:
    stated = win.items.get(item.id)
    return ItemScore(item=item.id, score=stated, basis="open" if stated is None else "catalogue")


def _diverse(passing: Sequence[QuickWin], dimension: dict[str, str], most: int) -> list[QuickWin]:
    """Return the best of each dimension, then the next best of any, `most` in all, by score."""
    first: dict[str, QuickWin] = {}
    for win in passing:
        first.setdefault(dimension[win.program], win)
    leaders = list(first.values())[:most]
    names = {win.program for win in leaders}
    more = [win for win in passing if win.program not in names]
    chosen = {win.program for win in [*leaders, *more][:most]}
    return [win for win in passing if win.program in chosen]
