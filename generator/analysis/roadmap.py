"""When each programme starts: prerequisites, foundations first, load of agencies, readiness, and the yearly ceiling.

The ceiling works as a *ladder* of rungs (a first ceiling, times a factor, and so on), the same for every region.
On each rung the programmes not yet placed are tried in order of priority, each at its earliest year that fits; those
placed on lower rungs stay, and move to earlier years where the rung allows. A region stands on the highest rung that
its ceiling reaches, and takes from the next rung's additions the longest beginning that it can still pay. So a larger
ceiling only adds programmes: between two rungs the beginning grows, and the next rung holds all of it.
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
    early: bool = False
    """A possible quick win: may take the starts of year 1 that are kept for such."""
    score: float = 0.0
    fixed: int | None = None
    """Start year that the city has set for its own programme; such a job always stays."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many programmes may start in one year, how many one agency may build at once, and the overlap of chains."""

    starts: int
    per_opd: int
    overlap: int = 0
    """Years by which a programme may begin before a prerequisite that takes several years stands; it never begins in
    the year in which its prerequisite begins."""
    reserved: int = 0
    """Starts of year 1 that are kept for possible quick wins."""


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
    first_plain: int = 0
    """Starts of year 1 that are no possible quick wins."""
    load: dict[str, list[int]] = field(default_factory=dict)
    start: dict[str, int] = field(default_factory=dict)
    opens: dict[str, int] = field(default_factory=dict)
    """Id -> first year in which programmes that need it may begin."""

    def copy(self) -> _Board:
        """Return a board of its own with the same jobs."""
        load = {lead: list(years) for lead, years in self.load.items()}
        return _Board(
            limits=self.limits,
            money=list(self.money),
            begun=list(self.begun),
            first_plain=self.first_plain,
            load=load,
            start=dict(self.start),
            opens=dict(self.opens),
        )

    def put(self, job: Job, year: int, sign: int = 1) -> None:
        """Place a job in a year, or take it away with sign -1."""
        for age, amount in enumerate(job.need[: LAST_YEAR + 1 - year]):
            self.money[year + age] += sign * amount
        self.begun[year] += sign
        if year == 1 and not job.early:
            self.first_plain += sign
        load = self.load.setdefault(job.lead, [0] * (LAST_YEAR + 1))
        for busy in range(year, min(year + job.duration, LAST_YEAR + 1)):
            load[busy] += sign
        if sign > 0:
            self.start[job.id] = year
            self.opens[job.id] = year + max(1, job.duration - self.limits.overlap)

    def blocked(self, job: Job, year: int) -> str:
        """Return 'capacity' or 'opd-load' where people stand in the way of a start in `year`, else ''."""
        if self.begun[year] >= self.limits.starts:
            return "capacity"
        if year == 1 and not job.early and self.first_plain >= self.limits.starts - self.limits.reserved:
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
        """Return the first year that all prerequisites allow, None where one is not placed."""
        year = job.earliest
        for other in job.requires:
            opens = self.opens.get(other)
            if opens is None:
                return None
            year = max(year, opens)
        return year


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A rung of the ladder: from the ceiling `floor` on `base` is in; `additions` come in up to the next rung."""

    floor: int
    base: Mapping[str, int]
    """Id -> start year."""
    additions: tuple[tuple[Job, int], ...]
    spare: bool = False
    """Whether the additions take only places that remain when all is in that people can carry in order of priority."""


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
    loose = [job for job in order if job.fixed is None]
    start = _with_fixed(fixed, limits)
    committed = tuple(start.money)
    rungs = _rungs(loose, start.copy(), money)
    own = next(rung for rung in reversed(rungs) if rung.floor <= ceiling)
    board = _on_rung(start, loose, own)
    ceilings = [max(ceiling, sum_) for sum_ in committed]
    for job, year in own.additions:
        if not board.affords(job, year, ceilings):
            break
        board.put(job, year)
    left_out = _left_out(loose, rungs, board, start)
    _move_forward([job for job in loose if job.id in board.start], board, ceilings)
    return Schedule(
        starts=dict(board.start),
        left_out=left_out,
        ceilings={year: ceilings[year] for year in YEARS},
        used={year: board.money[year] for year in YEARS},
    )


def _left_out(loose: Sequence[Job], rungs: Sequence[Rung], board: _Board, start: _Board) -> dict[str, Why]:
    """Return why each job that is not on the board is left out: money, with the ceiling that it takes, or people.

    A job that only spare places would take waits for people: its ceiling would tell of the others, not of itself.
    """
    reasons: dict[str, Why] = {}
    for rung in rungs:
        if rung.spare or all(job.id in board.start for job, _ in rung.additions):
            continue
        climbing = _on_rung(start, loose, rung)
        for job, year in rung.additions:
            climbing.put(job, year)
            if job.id not in board.start:
                needed = max(rung.floor, _ceiling_for(climbing.money, start.money))
                reasons[job.id] = Why(code="ceiling", needed=needed)
    carried = _on_rung(start, loose, next((rung for rung in rungs if rung.spare), rungs[-1]))
    return reasons | {
        job.id: _stuck(job, carried) for job in loose if job.id not in board.start and job.id not in reasons
    }


def _on_rung(start: _Board, loose: Sequence[Job], rung: Rung) -> _Board:
    board = start.copy()
    for job in loose:
        if job.id in rung.base:
            board.put(job, rung.base[job.id])
    return board


def _with_fixed(fixed: Sequence[Job], limits: Limits) -> _Board:
    board = _Board(limits)
    for job in fixed:
        board.put(job, job.fixed or 1)
    return board


def _ceiling_for(needed: Sequence[int], committed: Sequence[int]) -> int:
    """Return the least ceiling that covers `needed`; years in which only fixed jobs spend raise their own ceiling."""
    return max((sum_ for sum_, own in zip(needed, committed, strict=True) if sum_ > own), default=0)


def _carried(loose: Sequence[Job], board: _Board) -> set[str]:
    """Return the jobs that find a year when each takes its first free one in order of priority, money apart."""
    for job in loose:
        ready = board.ready(job)
        years = range(ready, LAST_START + 1) if ready is not None else ()
        year = next((year for year in years if not board.blocked(job, year)), None)
        if year is not None:
            board.put(job, year)
    return set(board.start)


def _stuck(job: Job, board: _Board) -> Why:
    """Return why a job finds no year, money apart."""
    missing = next((other for other in job.requires if other not in board.opens), None)
    if missing is not None:
        return Why(code="prerequisite", detail=missing)
    ready = board.ready(job) or job.earliest
    if ready > LAST_START:
        last = max(job.requires, key=lambda other: (board.opens[other], other), default="")
        return Why(code="duration", detail=last)
    blocked = {board.blocked(job, year) for year in range(ready, LAST_START + 1)}
    return Why(code="opd-load", detail=job.lead) if "opd-load" in blocked else Why(code="capacity")


def _rungs(loose: Sequence[Job], board: _Board, money: MoneyRules) -> list[Rung]:
    """Return the ladder; `board` holds the fixed jobs and is filled.

    First come the jobs that people could carry if money were no matter: readiness decides how many there can be. The
    others follow on higher rungs and take the places that remain.
    """
    committed = tuple(board.money)
    carried = _carried(loose, board.copy())
    enough = sum(max(job.need, default=0) for job in loose) + max(committed)
    rungs: list[Rung] = []
    floor, step = 0, float(money.first_ceiling)
    for group in (True, False):
        waiting = [job for job in loose if (job.id in carried) is group]
        idle = 0
        while waiting and idle < 2:
            ceilings = [max(int(step), sum_) for sum_ in committed]
            base = dict(board.start)
            additions = _add(waiting, board, ceilings)
            rungs.append(Rung(floor=floor, base=base, additions=tuple(additions), spare=not group))
            _move_forward([job for job in loose if job.id in board.start], board, ceilings)
            waiting = [job for job in waiting if job.id not in board.start]
            idle = idle + 1 if step >= enough and not additions else 0
            floor = int(step)
            step *= money.ceiling_step
    return [*rungs, Rung(floor=floor, base=dict(board.start), additions=())]


def _add(waiting: Sequence[Job], board: _Board, ceilings: Sequence[int]) -> list[tuple[Job, int]]:
    """Place what fits in order of priority, and return it in that order."""
    added = []
    for job in waiting:
        year = _first_fit(job, board, ceilings)
        if year is not None:
            board.put(job, year)
            added.append((job, year))
    return added


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
        ready = board.ready(job) or now
        if ready >= now:
            continue
        board.put(job, now, sign=-1)
        years = range(ready, now)
        better = (year for year in years if board.affords(job, year, ceilings) and not board.blocked(job, year))
        board.put(job, next(better, now))
