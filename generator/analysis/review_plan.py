"""Measures on the plan, on the answers and on what the city handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.analysis.alignment import served
from generator.analysis.review_books import share
from generator.model.content import CityDossier, Content
from generator.model.evaluation import Measure
from generator.model.plan import Plan, PlannedProgram
from generator.model.review import Measured

_SHOWN = 8
PlanMeasure = Callable[[Measure, Plan, CityDossier, Content], Measured]


def _of(measure: Measure, good: Iterable[str], everything: Iterable[str]) -> Measured:
    """Return the share of `good` among everything; nothing to look at is a share of 0."""
    have = dict.fromkeys(good)
    total = list(everything)
    return Measured(
        kind=measure.kind,
        share=share(len(have) / len(total), measure.full) if total else 0.0,
        note=f"{len(have)}/{len(total)}",
        evidence=tuple(have)[:_SHOWN],
        lacking=tuple(name for name in total if name not in have)[:_SHOWN],
    )


def _count(measure: Measure, found: Iterable[str]) -> Measured:
    """Return how much of the number `full` was found."""
    have = tuple(dict.fromkeys(found))
    return Measured(
        kind=measure.kind,
        share=share(len(have), measure.full),
        note=f"{len(have)}/{measure.full:.0f}",
        evidence=have[:_SHOWN],
    )


# --- findings and programmes -----------------------------------------------------------------------------------------


def _findings_answered(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    scheduled = {program.id for program in plan.scheduled}
    gaps = [finding for finding in plan.findings if finding.kind == "gap"]
    return _of(measure, (gap.id for gap in gaps if scheduled & set(gap.remedies)), (gap.id for gap in gaps))


def _has(program: PlannedProgram, part: str) -> bool:
    catalogue = program.catalogue
    parts: Mapping[str, object] = {
        "lead": program.lead,
        "support": program.support,
        "budget": program.first_five.planned,
        "risks": catalogue.risks if catalogue else (),
        "activities": program.activities,
        "kpis": program.kpis,
        "findings": program.findings,
        "missions": program.missions,
        "rpjmd": program.rpjmd,
        "nomenclature": catalogue.nomenclature if catalogue else "",
    }
    return bool(parts.get(part))


def _programs_with(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    whole = (program.id for program in plan.scheduled if all(_has(program, part) for part in measure.of))
    return _of(measure, whole, (program.id for program in plan.scheduled))


def _program_kinds(measure: Measure, plan: Plan, _dossier: CityDossier, content: Content) -> Measured:
    used = {program.kind for program in plan.scheduled}
    kinds = measure.of or tuple(content.framework.kinds)
    return _of(measure, (kind for kind in kinds if kind in used), kinds)


def _kind_share(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    chosen = (program.id for program in plan.scheduled if program.kind in measure.of)
    return _of(measure, chosen, (program.id for program in plan.scheduled))


def _prerequisites(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    """Programmes that start no earlier than what they stand on, among those that stand on something."""
    start = {program.id: program.start for program in plan.scheduled if program.start is not None}
    waiting = [program for program in plan.scheduled if program.requires]
    good = [
        program.id
        for program in waiting
        if all(start.get(name, 99) <= start.get(program.id, 0) for name in program.requires)
    ]
    return _of(measure, good, (program.id for program in waiting))


def _funds(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    return _count(measure, (fund for program in plan.scheduled for fund in (*program.funds, *program.other_funds)))


def _kpis_with(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    kpis = [(f"{program.code} {kpi.kpi}", kpi) for program in plan.scheduled for kpi in program.kpis]
    good = [
        name
        for name, kpi in kpis
        if all(
            {"baseline": kpi.baseline is not None, "measure": bool(kpi.measure), "targets": bool(kpi.targets)}[part]
            for part in measure.of
        )
    ]
    return _of(measure, good, dict.fromkeys(name for name, _ in kpis))


def _kpi_years(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    """Plan years of which at least one KPI of the plan states a target."""
    stated = {str(target.year) for program in plan.scheduled for kpi in program.kpis for target in kpi.targets}
    return _of(measure, (year for year in measure.of if year in stated), measure.of)


def _missions_served(measure: Measure, plan: Plan, dossier: CityDossier, _content: Content) -> Measured:
    served = {mission for program in plan.scheduled for mission in program.missions}
    missions = [mission.id for mission in dossier.city.missions]
    return _of(measure, (mission for mission in missions if mission in served), missions)


def _goals_served(measure: Measure, plan: Plan, _dossier: CityDossier, content: Content) -> Measured:
    """Goals outside of the framework that a scheduled programme serves, among all of them."""
    by_goal = {str(goal.number): programs for goal, programs in served(plan.programs, content.alignment).items()}
    return _of(measure, (number for number, programs in by_goal.items() if programs), by_goal)


# --- quick wins and mentoring ----------------------------------------------------------------------------------------


def _accepted(plan: Plan) -> list[PlannedProgram]:
    programs = {program.id: program for program in plan.programs}
    return [programs[win.program] for win in plan.quick_wins if win.accepted and win.program in programs]


def _quick_wins(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    return _count(measure, (program.id for program in _accepted(plan)))


def _quick_win_dimensions(measure: Measure, plan: Plan, _dossier: CityDossier, content: Content) -> Measured:
    dimensions = [dimension.id for dimension in content.framework.dimensions]
    having = {program.dimension for program in _accepted(plan)}
    return _of(measure, (name for name in dimensions if name in having), dimensions)


def _quick_wins_with(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    def has(program: PlannedProgram, part: str) -> bool:
        potential = program.catalogue.quick_win if program.catalogue else None
        if part in ("risks", "kpis"):
            return _has(program, part)
        return bool(getattr(potential, part, None))

    accepted = _accepted(plan)
    whole = (program.id for program in accepted if all(has(program, part) for part in measure.of))
    return _of(measure, whole, (program.id for program in accepted))


def _workshops(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    return _count(measure, (event.id for event in plan.mentoring.events if event.kind == "workshop"))


# --- facts and answers -----------------------------------------------------------------------------------------------


def _indicators_answered(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    rated = plan.scorecard.rated
    return _of(measure, (name for name, item in rated.items() if item.level is not None), rated)


def _indicators_verified(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    rated = plan.scorecard.rated
    good = (name for name, item in rated.items() if item.level is not None and item.evidence == "verified")
    return _of(measure, good, rated)


def _areas_scored(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    scores = {name: score for name, score in plan.scorecard.scores.items() if score.kind == "subdimension"}
    return _of(measure, (name for name, score in scores.items() if score.value is not None), scores)


def _areas_compared(measure: Measure, plan: Plan, _dossier: CityDossier, _content: Content) -> Measured:
    scores = {name: score for name, score in plan.scorecard.scores.items() if score.kind == "subdimension"}
    return _of(measure, (name for name in scores if name in plan.scorecard.positions), scores)


def _facts_known(measure: Measure, _plan: Plan, dossier: CityDossier, content: Content) -> Measured:
    wanted = measure.of or tuple(content.facts)
    good = (name for name in wanted if name in dossier.facts and dossier.facts[name].source)
    return _of(measure, good, wanted)


def _city_states(measure: Measure, _plan: Plan, dossier: CityDossier, _content: Content) -> Measured:
    city = dossier.city
    stated: Mapping[str, object] = {
        "vision": city.vision,
        "missions": city.missions,
        "documents": city.documents,
        "budget": city.budget,
        "head": city.leaders.head,
        "mentors": city.mentoring.mentors,
        "programs": dossier.programs.programs,
    }
    return _of(measure, (part for part in measure.of if stated.get(part)), measure.of)


PLAN_MEASURES: Mapping[str, PlanMeasure] = {
    "findings-answered": _findings_answered,
    "programs-with": _programs_with,
    "program-kinds": _program_kinds,
    "kind-share": _kind_share,
    "prerequisites": _prerequisites,
    "funds": _funds,
    "kpis-with": _kpis_with,
    "kpi-years": _kpi_years,
    "missions-served": _missions_served,
    "goals-served": _goals_served,
    "quick-wins": _quick_wins,
    "quick-win-dimensions": _quick_win_dimensions,
    "quick-wins-with": _quick_wins_with,
    "workshops": _workshops,
    "indicators-answered": _indicators_answered,
    "indicators-verified": _indicators_verified,
    "areas-scored": _areas_scored,
    "areas-compared": _areas_compared,
    "facts-known": _facts_known,
    "city-states": _city_states,
}
