"""When each programme starts: prerequisites, foundations first, load of agencies, readiness, and the yearly ceiling.

The ceiling works as a *ladder*: at each step (first ceiling, times a factor, and so on) the programmes not yet placed
are tried in order of priority, each at its earliest year that fits; what was placed on a lower step stays. This gives
one sequence of (programme, year) that does not depend on the region's ceiling. The plan takes the longest beginning of
that sequence which fits under the ceiling, so a larger ceiling can only add programmes. Last, each programme moves to
an earlier year where the money left over allows.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.plan import LAST_YEAR, PLAN_YEARS, Why
from generator.model.priorities import MoneyRules

Need = tuple[int, ...]
"""Planned rupiah under the ceiling for each of ten years."""
YEARS = range(1, LAST_YEAR + 1)
LAST_START = PLAN_YEARS[-1]
ENDLESS = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A programme as the schedule sees it."""

    id: str
    need: Need
    """By year of life, from the start."""
    duration: int
    lead: str
    requires: tuple[str, ...] = ()
    earliest: int = 1
    foundation: bool = False
    score: float = 0.0
    fixed: int | None = None
    """Start year that the city has set for its own programme; such a job always stays."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many programmes may start in one year, and how many one agency may build at once."""

    starts: int
    per_opd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Start years, and why the others are left out."""

    starts: Mapping[str, int]
    left_out: Mapping[str, Why]
    ceilings: Mapping[int, int]
    """Plan year (1-10) -> ceiling, raised where fixed jobs take more."""
    used: Mapping[int, int]
    """Plan year (1-10) -> rupiah."""


@dataclass(slots=True)
class _Board:
    """What is placed so far."""

    limits: Limits
    money: list[int] = field(default_factory=lambda: [0] * (LAST_YEAR + 1))
    begun: list[int] = field(default_factory=lambda: [0] * (LAST_YEAR + 1))
    load: dict[str, list[int]] = field(default_factory=dict)
    start: dict[str, int] = field(default_factory=dict)
    end: dict[str, int] = field(default_factory=dict)

    def put(self, job: Job, year: int, sign: int = 1) -> None:
        """Place a job in a year, or take it away with sign -1."""
        for age, amount in enumerate(job.need[: LAST_YEAR + 1 - year]):
            self.money[year + age] += sign * amount
        self.begun[year] += sign
        load = self.load.setdefault(job.lead, [0] * (LAST_YEAR + 1))
        for busy in range(year, min(year + job.duration, LAST_YEAR + 1)):
            load[busy] += sign
        if sign > 0:
            self.start[job.id], self.end[job.id] = year, year + job.duration - 1

    def blocked(self, job: Job, year: int) -> str:
        """Return 'capacity' or 'opd-load' where people stand in the way of a start in `year`, else ''."""
        if self.begun[year] >= self.limits.starts:
            return "capacity"
        load = self.load.get(job.lead)
        if load is not None and max(load[year : year + job.duration], default=0) >= self.limits.per_opd:
            return "opd-load"
        return ""

    def affords(self, job: Job, year: int, ceilings: Sequence[int]) -> bool:
        """Return whether the money of every year covers the job as well."""
        money = self.money
        return all(
            not amount or money[year + age] + amount <= ceilings[year + age]
            for age, amount in enumerate(job.need[: LAST_YEAR + 1 - year])
        )

    def ready(self, job: Job) -> int | None:
        """Return the first year after all prerequisites stand, None where one is not placed."""
        year = job.earliest
        for other in job.requires:
            end = self.end.get(other)
            if end is None:
                return None
            year = max(year, end + 1)
        return year


def order_of(jobs: Iterable[Job]) -> list[Job]:
    """Return jobs by score with prerequisites before what needs them; among equals foundations first, then by id."""
    by_id = {job.id: job for job in jobs}
    waiting = {id: sum(1 for other in job.requires if other in by_id) for id, job in by_id.items()}
    heirs: dict[str, list[str]] = {}
    for job in by_id.values():
        for other in job.requires:
            heirs.setdefault(other, []).append(job.id)
    heap = [_key(by_id[id]) for id, count in waiting.items() if not count]
    heapq.heapify(heap)
    order = []
    while heap:
        *_, id = heapq.heappop(heap)
        order.append(by_id[id])
        for heir in heirs.get(id, ()):
            waiting[heir] -= 1
            if not waiting[heir]:
                heapq.heappush(heap, _key(by_id[heir]))
    return order


def _key(job: Job) -> tuple[float, bool, str]:
    return (-job.score, not job.foundation, job.id)


def schedule(jobs: Sequence[Job], ceiling: int, limits: Limits, money: MoneyRules) -> Schedule:
    """Return the start years of the jobs under a yearly `ceiling` in rupiah. Jobs must be free of cycles."""
    order = order_of(jobs)
    fixed = [job for job in order if job.fixed is not None]
    loose, left_out = _release([job for job in order if job.fixed is None], fixed, limits)
    committed = _with_fixed(fixed, limits).money
    sequence = _ladder(loose, fixed, limits, money, committed)
    board = _with_fixed(fixed, limits)
    ceilings = [max(ceiling, sum_) for sum_ in committed]
    needed = list(committed)
    closed = False
    for job, year in sequence:
        closed = closed or not board.affords(job, year, ceilings)
        for age, amount in enumerate(job.need[: LAST_YEAR + 1 - year]):
            needed[year + age] += amount
        if closed:
            left_out[job.id] = Why(code="ceiling", needed=_ceiling_for(needed, committed))
        else:
            board.put(job, year)
    placed = {job.id for job, _ in sequence}
    for job in loose:
        if job.id not in placed:
            left_out[job.id] = _stuck(job, board, left_out)
    _move_forward([job for job in loose if job.id in board.start], board, ceilings)
    return Schedule(
        starts=dict(board.start),
        left_out=left_out,
        ceilings={year: ceilings[year] for year in YEARS},
        used={year: board.money[year] for year in YEARS},
    )


def _with_fixed(fixed: Sequence[Job], limits: Limits) -> _Board:
    board = _Board(limits)
    for job in fixed:
        board.put(job, job.fixed or 1)
    return board


def _ceiling_for(needed: Sequence[int], committed: Sequence[int]) -> int:
    """Return the least ceiling that covers `needed`; years in which only fixed jobs spend raise their own ceiling."""
    return max((sum_ for sum_, own in zip(needed, committed, strict=True) if sum_ > own), default=0)


def _release(loose: Sequence[Job], fixed: Sequence[Job], limits: Limits) -> tuple[list[Job], dict[str, Why]]:
    """Return the jobs that people could carry if money were no matter, and why the others are left out.

    Readiness decides here how many programmes there can be; what it cannot carry does not compete for money.
    """
    board = _with_fixed(fixed, limits)
    kept: list[Job] = []
    left_out: dict[str, Why] = {}
    for job in loose:
        ready = board.ready(job)
        if ready is None or ready > LAST_START:
            left_out[job.id] = _stuck(job, board, left_out)
            continue
        year = next((year for year in range(ready, LAST_START + 1) if not board.blocked(job, year)), None)
        if year is None:
            left_out[job.id] = _stuck(job, board, left_out)
            continue
        board.put(job, year)
        kept.append(job)
    return kept, left_out


def _stuck(job: Job, board: _Board, left_out: Mapping[str, Why]) -> Why:
    """Return why a job finds no year apart from money."""
    missing = next((other for other in job.requires if other not in board.end), None)
    if missing is not None:
        return Why(
            code="prerequisite", detail=missing, needed=left_out[missing].needed if missing in left_out else None
        )
    if (board.ready(job) or 1) > LAST_START:
        last = max(job.requires, key=lambda other: (board.end[other], other), default="")
        return Why(code="duration", detail=last)
    busy = {board.blocked(job, year) for year in range(board.ready(job) or 1, LAST_START + 1)}
    if "opd-load" in busy:
        return Why(code="opd-load", detail=job.lead)
    return Why(code="capacity")


def _ladder(
    loose: Sequence[Job], fixed: Sequence[Job], limits: Limits, money: MoneyRules, committed: Sequence[int]
) -> list[tuple[Job, int]]:
    """Return the sequence of (job, start year) that does not depend on the region's own ceiling."""
    board = _with_fixed(fixed, limits)
    sequence: list[tuple[Job, int]] = []
    waiting = list(loose)
    enough = sum(max(job.need, default=0) for job in loose) + max(committed)
    step = float(money.first_ceiling)
    while waiting:
        ceilings = [max(int(step), sum_) for sum_ in committed]
        last = step >= enough
        left = []
        for job in waiting:
            year = _first_fit(job, board, ceilings)
            if year is None:
                left.append(job)
            else:
                board.put(job, year)
                sequence.append((job, year))
        if last and len(left) == len(waiting):
            break
        waiting = left
        step *= money.ceiling_step
    return sequence


def _first_fit(job: Job, board: _Board, ceilings: Sequence[int]) -> int | None:
    ready = board.ready(job)
    if ready is None:
        return None
    for year in range(ready, LAST_START + 1):
        if board.affords(job, year, ceilings) and not board.blocked(job, year):
            return year
    return None


def _move_forward(placed: Sequence[Job], board: _Board, ceilings: Sequence[int]) -> None:
    """Move each job, prerequisites first, to its earliest year that fits what the others leave."""
    for job in placed:
        now = board.start[job.id]
        board.put(job, now, sign=-1)
        ready = board.ready(job) or now
        years = range(ready, now)
        better = (year for year in years if board.affords(job, year, ceilings) and not board.blocked(job, year))
        board.put(job, next(better, now))
