"""The single entry of analysis: what a city handed in, and the content, to its plan. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.analysis.budget import budgets
from generator.analysis.candidates import Selection, select
from generator.analysis.costs import Purse
from generator.analysis.gaps import judge
from generator.analysis.kpis import Baselines
from generator.analysis.mentoring import calendar
from generator.analysis.priorities import Yardstick, ranking, score_findings, score_programs, sensitivity
from generator.analysis.programs import Setting, draft, finish, jobs_of, load_of, switched_off
from generator.analysis.quickwins import quick_wins
from generator.analysis.roadmap import Limits, Schedule, schedule
from generator.analysis.rules import state_of
from generator.analysis.scoring import POPULATION, number_of, peer, place, scorecard
from generator.analysis.swot import swot
from generator.analysis.trace import weave
from generator.model.content import CityDossier, Content
from generator.model.diagnostics import Collector, Place
from generator.model.findings import Finding, Silent
from generator.model.plan import (
    LAST_YEAR,
    PLAN_YEARS,
    Capacity,
    Ceiling,
    Plan,
    PlannedProgram,
    PlanYear,
    QuickWin,
    Roadmap,
)
from generator.model.priorities import Priorities
from generator.model.scorecard import READINESS, Peer, Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class _Programs:
    """Programmes and the schedule that they come from."""

    programs: tuple[PlannedProgram, ...]
    schedule: Schedule
    selection: Selection


def score_city(dossier: CityDossier, content: Content) -> Scorecard:
    """Return where a city stands, without its place among others."""
    rules = content.priorities
    return scorecard(
        dossier.assessment, dossier.facts, content.framework, content.indicators, rules.confidence, rules.sizes
    )


def peer_of(dossier: CityDossier, content: Content) -> Peer:
    """Return a city as one member of a cohort, to be handed to `plan_city` of the others."""
    return peer(dossier.slug, dossier.city, score_city(dossier, content))


def plan_city(dossier: CityDossier, content: Content, cohort: Iterable[Peer] = ()) -> Plan:
    """Return the plan of a city. `cohort` are the other cities; the city itself among them is passed over."""
    found = Collector()
    card = score_city(dossier, content)
    card = replace(card, positions=place(peer(dossier.slug, dossier.city, card), cohort))
    findings = _findings(dossier, content, card)
    ceiling = _ceiling(dossier, content, found)
    limits = _limits(card, content.priorities)
    made = _programs(dossier, content, card, findings.fired, ceiling.yearly, limits)
    wins = quick_wins(made.programs, content.quickwin, content.priorities.quick_wins)
    programs = _mark(made.programs, wins)
    roadmap = _roadmap(dossier, ceiling, card, limits, made.schedule, programs)
    mentoring, amiss = calendar(
        dossier.city.mentoring.start, content.mentoring, dossier.places.get("mentoring", _file(dossier))
    )
    found.extend(amiss.found)
    _few_quick_wins(wins, dossier, content, found)
    return Plan(
        slug=dossier.slug,
        scorecard=card,
        findings=findings.fired,
        silent=findings.silent,
        swot=swot(findings.fired, programs, content.priorities.swot),
        programs=programs,
        roadmap=roadmap,
        budgets=budgets(programs, _order(content)),
        quick_wins=wins,
        mentoring=mentoring,
        sensitivity=sensitivity(findings.fired, made.selection.demands, content.priorities),
        trace=weave(
            content, dossier, card, findings.fired, programs, {year.number: year.calendar for year in roadmap.years}
        ),
        diagnostics=tuple(found.found),
    )


def _file(dossier: CityDossier) -> Place:
    return Place(f"cities/{dossier.slug}/city.yaml")


# --- findings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Findings:
    fired: tuple[Finding, ...]
    silent: tuple[Silent, ...]


def _findings(dossier: CityDossier, content: Content, card: Scorecard) -> _Findings:
    state = state_of(dossier.city, dossier.facts, card, dossier.assessment.date.year)
    judged = judge(content.rules.values(), state)
    yardstick = Yardstick(
        city=dossier.city,
        facts=dossier.facts,
        card=card,
        framework=content.framework,
        indicators=content.indicators,
        programs=content.programs,
        parameters=content.priorities,
    )
    return _Findings(score_findings(judged.fired, yardstick), judged.silent)


# --- money and people ------------------------------------------------------------------------------------------------


def _ceiling(dossier: CityDossier, content: Content, found: Collector) -> Ceiling:
    """Return the yearly ceiling: a share of the APBD, or a marked assumption per resident where that is not known."""
    budget, money = dossier.city.budget, content.priorities.money
    if budget is not None:
        own = budget.smart_city_share
        share = own if own is not None else content.planning.default_smart_city_share
        return Ceiling(
            yearly=int(budget.apbd * share),
            basis="apbd",
            share=share,
            share_from="city" if own is not None else "default",
            apbd=budget.apbd,
            apbd_year=budget.year,
            source=budget.source,
        )
    residents = number_of(dossier.facts.get(POPULATION)) or 0
    found.warning(
        "MP604",
        _file(dossier),
        "the APBD is not known; the ceiling is an assumption per resident, marked as such in the books",
        "fill in 'budget' with apbd, year and source",
    )
    return Ceiling(
        yearly=int(residents * money.ceiling_per_resident),
        basis="assumption",
        per_resident=money.ceiling_per_resident,
    )


def _limits(card: Scorecard, parameters: Priorities) -> Limits:
    """Return how many programmes the region carries, from its readiness; the reserve is for the wanted quick wins."""
    rules = parameters.capacity
    readiness = card.value(READINESS)
    level = rules.neutral_readiness if readiness is None else readiness
    return Limits(
        starts=rules.starts_base + int(rules.starts_per_level * level),
        per_opd=rules.opd_base + int(rules.opd_per_level * level),
        overlap=rules.overlap_years,
        reserved=parameters.quick_wins.least,
    )


def first_year(dossier: CityDossier) -> int:
    """Return the calendar year of plan year 1: the year after the mentoring starts, not before the RPJMD."""
    return max(dossier.city.rpjmd.start, dossier.city.mentoring.start.year + 1)


def _years(dossier: CityDossier) -> tuple[PlanYear, ...]:
    first, period = first_year(dossier), dossier.city.rpjmd
    return tuple(
        PlanYear(number, first + number - 1, period.start <= first + number - 1 <= period.end)
        for number in (*PLAN_YEARS, LAST_YEAR)
    )


# --- programmes ------------------------------------------------------------------------------------------------------


def _programs(
    dossier: CityDossier,
    content: Content,
    card: Scorecard,
    findings: Sequence[Finding],
    ceiling: int,
    limits: Limits,
) -> _Programs:
    parameters = content.priorities
    state = state_of(dossier.city, dossier.facts, card, dossier.assessment.date.year)
    selection = select(findings, content.programs, dossier.programs.programs, state)
    scores = score_programs(selection.demands, {finding.id: finding.score for finding in findings}, parameters)
    purse = Purse(planning=content.planning, money=parameters.money, facts=dossier.facts)
    drafts = [
        draft(selection.candidates[id], scores[id], rank, purse, first_year(dossier))
        for rank, id in enumerate(ranking(scores), 1)
    ]
    plan = schedule(jobs_of(drafts, purse, parameters.capacity.others_from), ceiling, limits, parameters.money)
    setting = Setting(
        framework=content.framework,
        missions=dossier.city.missions,
        baselines=Baselines(rated=card.rated, facts=dossier.facts, indicators=content.indicators, kinds=content.facts),
    )
    off = [
        switched_off(
            entry,
            content.programs.get(entry.id),
            [finding.id for finding in findings if entry.id in finding.remedies],
        )
        for entry in selection.off
    ]
    return _Programs(programs=(*finish(drafts, plan, setting), *off), schedule=plan, selection=selection)


def _mark(programs: Sequence[PlannedProgram], wins: Sequence[QuickWin]) -> tuple[PlannedProgram, ...]:
    accepted = {win.program for win in wins if win.accepted}
    return tuple(replace(program, quick_win=True) if program.id in accepted else program for program in programs)


def _few_quick_wins(wins: Sequence[QuickWin], dossier: CityDossier, content: Content, found: Collector) -> None:
    count, least = sum(1 for win in wins if win.accepted), content.priorities.quick_wins.least
    if count < least:
        found.warning(
            "MP605",
            Place(f"cities/{dossier.slug}"),
            f"{count} programmes qualify as quick wins, {least} are expected",
            "'masterplan explain' shows what the refused ones fail",
        )


def _roadmap(
    dossier: CityDossier,
    ceiling: Ceiling,
    card: Scorecard,
    limits: Limits,
    plan: Schedule,
    programs: Sequence[PlannedProgram],
) -> Roadmap:
    scheduled = [program for program in programs if program.start is not None]
    starts = dict.fromkeys(PLAN_YEARS, 0)
    for program in scheduled:
        starts[program.start or 1] += 1
    return Roadmap(
        years=_years(dossier),
        ceiling=replace(
            ceiling,
            by_year={year: plan.ceilings[year] for year in PLAN_YEARS},
            used={year: plan.used[year] for year in PLAN_YEARS},
        ),
        capacity=Capacity(
            readiness=card.value(READINESS),
            starts_per_year=limits.starts,
            per_opd=limits.per_opd,
            starts=starts,
            load=load_of(scheduled),
        ),
        order=tuple(
            program.id for program in sorted(scheduled, key=lambda program: (program.start or 0, program.rank))
        ),
    )


def _order(content: Content) -> Mapping[str, Sequence[str]]:
    return {
        "dimension": [dimension.id for dimension in content.framework.areas],
        "opd": list(content.opd),
        "fund": list(content.planning.funds),
        "kind": list(content.framework.kinds),
    }
