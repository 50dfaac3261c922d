"""Candidates to programmes of this city: its names and figures, a cost, a place in the schedule, a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.analysis.candidates import Candidate
from generator.analysis.costs import Life, Purse, bases_of, funds_of_life, life_of, life_of_budget, open_funds
from generator.analysis.kpis import Baselines, plan_kpi, plan_year
from generator.analysis.roadmap import Job, Schedule
from generator.model.city import Mission
from generator.model.framework import Framework
from generator.model.plan import (
    LAST_YEAR,
    PLAN_YEARS,
    Amount,
    CostBasis,
    PlannedKpi,
    PlannedProgram,
    Reason,
    Why,
)
from generator.model.programs import Kpi, OwnProgram, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A candidate with what the city changes in it, its cost of each year of life and who pays it."""

    candidate: Candidate
    source: Literal["catalogue", "override", "city"]
    name: str
    dimension: str
    subdimension: str
    kind: str
    aim: str
    description: str
    lead: str
    duration: int
    foundation: bool
    early: bool
    """A possible quick win: free to start in year 1 although it is no foundation."""
    earliest: int
    fixed: int | None
    bases: tuple[CostBasis, ...]
    life: Life
    payers: tuple[str, ...]
    """Fund of each year of life."""
    other_funds: tuple[str, ...]
    rpjmd: str
    score: float
    rank: int


def draft(candidate: Candidate, score: float, rank: int, purse: Purse, first_year: int) -> Draft:
    """Return a candidate ready for scheduling. `first_year` is the calendar year of plan year 1."""
    program, own = candidate.program, candidate.own
    duration = _duration(program, own)
    bases, life, earliest = _money(program, own, duration, purse, first_year)
    funds = (own.funds if own is not None else ()) or (program.funds if program is not None else _own_money(purse))
    funds = open_funds(funds, purse) or _own_money(purse)
    payers = funds_of_life(funds, duration, purse.planning)

    def pick(changed: str | None, given: str) -> str:
        return changed if changed is not None else given

    return Draft(
        candidate=candidate,
        source="catalogue" if own is None else "override" if program is not None else "city",
        name=pick(own.name if own else None, program.name if program else candidate.id),
        dimension=pick(own.dimension if own else None, program.dimension if program else ""),
        subdimension=pick(own.subdimension if own else None, program.subdimension if program else ""),
        kind=pick(own.kind if own else None, program.kind if program else ""),
        aim=pick(own.aim if own else None, program.aim if program else ""),
        description=pick(own.description if own else None, program.description if program else ""),
        lead=pick(own.lead if own else None, program.lead if program else ""),
        duration=duration,
        foundation=program.foundation if program is not None else False,
        early=program is not None and _early(program),
        earliest=earliest,
        fixed=earliest if program is None else None,
        bases=bases,
        life=life,
        payers=payers,
        other_funds=tuple(fund for fund in funds if fund not in payers),
        rpjmd=own.rpjmd if own is not None else "",
        score=score,
        rank=rank,
    )


def _duration(program: Program | None, own: OwnProgram | None) -> int:
    stated = own.duration_years if own is not None else None
    return min(LAST_YEAR, max(1, stated or (program.duration_years if program is not None else 1)))


def _early(program: Program) -> bool:
    win = program.quick_win
    return win is not None and not win.new_infrastructure and not program.requires


def _own_money(purse: Purse) -> tuple[str, ...]:
    """Return the region's own fund, for a programme of the city that names none."""
    funds = purse.planning.funds
    return (next((id for id, fund in funds.items() if fund.under_ceiling), next(iter(funds))),)


def _money(
    program: Program | None, own: OwnProgram | None, duration: int, purse: Purse, first_year: int
) -> tuple[tuple[CostBasis, ...], Life, int]:
    """Return cost parts, cost of each year of life, and the earliest plan year of the start."""
    stated = own.start_year if own is not None else None
    if own is not None and (own.budget or program is None):
        years = [year - first_year + 1 for year, amount in own.budget.items() if amount and year >= first_year]
        earliest = max(1, stated if stated is not None else min(years, default=1))
        return (), life_of_budget(own.budget, first_year + earliest - 1), earliest
    if program is None:
        return (), (Amount(),) * LAST_YEAR, max(1, stated or 1)
    bases = bases_of(program.cost, purse)
    return bases, life_of(bases, duration, purse.money.rounding), max(1, stated or 1)


def jobs_of(drafts: Sequence[Draft], purse: Purse, others_from: int) -> list[Job]:
    """Return the drafts as jobs. Where there are foundations to lay, other programmes wait until `others_from`."""
    founded = any(item.foundation for item in drafts)
    funds = purse.planning.funds

    def earliest(item: Draft) -> int:
        waits = founded and not item.foundation and not item.early
        return max(item.earliest, others_from) if waits else item.earliest

    return [
        Job(
            id=item.candidate.id,
            need=tuple(
                amount.planned if funds[fund].under_ceiling else 0
                for amount, fund in zip(item.life, item.payers, strict=True)
            ),
            duration=item.duration,
            lead=item.lead,
            requires=item.candidate.requires,
            earliest=earliest(item),
            foundation=item.foundation,
            early=item.early,
            score=item.score,
            fixed=item.fixed,
        )
        for item in drafts
        if item.fixed is None or item.fixed <= PLAN_YEARS[-1]
    ]


# --- after scheduling ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every programme of one city is finished with."""

    framework: Framework
    missions: tuple[Mission, ...]
    baselines: Baselines


def finish(drafts: Sequence[Draft], plan: Schedule, setting: Setting) -> list[PlannedProgram]:
    """Return the programmes with start, budget, targets and code: scheduled by code, then unfunded by rank."""
    done = [_finish(item, plan, setting) for item in drafts]
    codes = {dimension.id: dimension.code for dimension in setting.framework.areas}
    place = {dimension.id: index for index, dimension in enumerate(setting.framework.areas)}

    def key(program: PlannedProgram) -> tuple[int, int, int, int]:
        waits = program.status != "scheduled"
        return (waits, place.get(program.dimension, len(place)), program.start or 0, program.rank)

    count: dict[str, int] = {}
    coded = []
    for program in sorted(done, key=key):
        code = codes.get(program.dimension, "X")
        count[code] = count.get(code, 0) + 1
        coded.append(replace(program, code=f"{code}-{count[code]:02d}"))
    scheduled = [program for program in coded if program.status == "scheduled"]
    unfunded = sorted((program for program in coded if program.status != "scheduled"), key=lambda item: item.rank)
    return [*scheduled, *unfunded]


def _finish(item: Draft, plan: Schedule, setting: Setting) -> PlannedProgram:
    candidate, start = item.candidate, plan.starts.get(item.candidate.id)
    end = start + item.duration - 1 if start is not None else None
    budget, later = _by_plan_year(item.life, start)
    funds, funds_later = _by_fund(item, start)
    return PlannedProgram(
        code="",
        id=candidate.id,
        name=item.name,
        dimension=item.dimension,
        subdimension=item.subdimension,
        kind=item.kind,
        aim=item.aim,
        description=item.description,
        source=item.source,
        catalogue=candidate.program,
        own=candidate.own,
        reasons=candidate.reasons,
        findings=candidate.findings,
        requires=candidate.requires,
        waived=candidate.waived,
        needed_by=candidate.needed_by,
        missions=tuple(mission.id for mission in setting.missions if item.dimension in mission.dimensions),
        rpjmd=item.rpjmd,
        lead=item.lead,
        support=tuple(opd for opd in (candidate.program.support if candidate.program else ()) if opd != item.lead),
        foundation=item.foundation,
        score=item.score,
        rank=item.rank,
        status="scheduled" if start is not None else "unfunded",
        why=None if start is not None else plan.left_out.get(candidate.id, Why(code="outside-period")),
        start=start,
        end=end,
        duration=item.duration,
        horizon=_horizon(end, setting.framework),
        activities=_activities(candidate.program, start),
        budget=budget,
        later=later,
        first_five=_sum(item.life[: len(PLAN_YEARS)] if start is None else list(budget.values())),
        funds=funds,
        funds_later=funds_later,
        other_funds=item.other_funds,
        costs=item.bases,
        kpis=_kpis(candidate, start or item.earliest, setting.baselines),
    )


def _sum(amounts: Sequence[Amount]) -> Amount:
    return sum(amounts, Amount())


def _by_plan_year(life: Life, start: int | None) -> tuple[dict[int, Amount], Amount]:
    if start is None:
        return {}, Amount()
    years = {year: life[year - start] if year >= start else Amount() for year in PLAN_YEARS}
    return years, _sum(life[PLAN_YEARS[-1] + 1 - start : LAST_YEAR + 1 - start])


def _by_fund(item: Draft, start: int | None) -> tuple[dict[str, dict[int, int]], dict[str, int]]:
    """Return planned rupiah by fund and plan year, and by fund for years 6-10; the usual fund is always named."""
    funds: dict[str, dict[int, int]] = {}
    later: dict[str, int] = {}
    if start is None:
        return {item.payers[0]: {}}, {}
    for age, (amount, fund) in enumerate(zip(item.life, item.payers, strict=True)):
        year = start + age
        if year in PLAN_YEARS:
            funds.setdefault(fund, dict.fromkeys(PLAN_YEARS, 0))[year] += amount.planned
        elif year <= LAST_YEAR and amount.planned:
            funds.setdefault(fund, dict.fromkeys(PLAN_YEARS, 0))
            later[fund] = later.get(fund, 0) + amount.planned
    return funds, later


def _horizon(end: int | None, framework: Framework) -> str:
    if end is None:
        return ""
    horizons = sorted(framework.horizons, key=lambda horizon: horizon.years)
    return next((horizon.id for horizon in horizons if end <= horizon.years), horizons[-1].id if horizons else "")


def _activities(program: Program | None, start: int | None) -> dict[int, tuple[str, ...]]:
    if program is None or start is None:
        return {}
    found: dict[int, tuple[str, ...]] = {}
    for year, activities in sorted(program.activities.items()):
        at = plan_year(year, start)
        found[at] = (*found.get(at, ()), *activities)
    return found


def _kpis(candidate: Candidate, start: int, known: Baselines) -> tuple[PlannedKpi, ...]:
    own, program = candidate.own, candidate.program
    outputs = (own.outputs if own is not None else ()) or (program.outputs if program is not None else ())
    outcomes: tuple[Kpi, ...] = program.outcomes if program is not None else ()
    impacts: tuple[Kpi, ...] = program.impacts if program is not None else ()
    return (
        *(plan_kpi(kpi, "output", start, known) for kpi in outputs),
        *(plan_kpi(kpi, "outcome", start, known) for kpi in outcomes),
        *(plan_kpi(kpi, "impact", start, known) for kpi in impacts),
    )


def switched_off(entry: OwnProgram, program: Program | None, asked: Sequence[str]) -> PlannedProgram:
    """Return a programme that the city switched off, with its reason; `asked` are the findings that ask for it."""
    return PlannedProgram(
        code="",
        id=entry.id,
        name=entry.name or (program.name if program is not None else entry.id),
        dimension=entry.dimension or (program.dimension if program is not None else ""),
        subdimension=entry.subdimension or (program.subdimension if program is not None else ""),
        kind=entry.kind or (program.kind if program is not None else ""),
        aim=program.aim if program is not None else "",
        description=program.description if program is not None else "",
        source="catalogue" if program is not None else "city",
        catalogue=program,
        own=entry,
        reasons=(*(Reason(kind="finding", id=id) for id in asked), Reason(kind="city", id=entry.id)),
        findings=tuple(asked),
        lead=entry.lead or (program.lead if program is not None else ""),
        score=0.0,
        rank=0,
        status="off",
        why=Why(code="own-decision", detail=entry.reason),
        duration=program.duration_years if program is not None else 1,
        horizon="",
    )


def load_of(programs: Sequence[PlannedProgram]) -> Mapping[str, Mapping[int, int]]:
    """Return agency -> plan year 1-5 -> programmes that it builds then, the busiest agency first."""
    load: dict[str, dict[int, int]] = {}
    for program in programs:
        if program.start is not None and program.end is not None:
            row = load.setdefault(program.lead, dict.fromkeys(PLAN_YEARS, 0))
            for year in range(program.start, min(program.end, PLAN_YEARS[-1]) + 1):
                row[year] += 1
    return dict(sorted(load.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])))
