"""Tables and charts that templates ask for by name: `{{ table("gap", sub.id) }}`, `{{ chart("sub-bars") }}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.compose.tables import (
    alignment,
    analysis,
    annexes,
    brief,
    charts,
    gaps,
    money,
    plan,
    profile,
    results,
    sheets,
)
from generator.model.document import Block

Maker = Callable[..., Block | None]

TABLES: Mapping[str, Maker] = {
    "identity": profile.identity,
    "population": profile.population,
    "government": profile.government,
    "welfare": profile.welfare,
    "plans": profile.plans,
    "missions": profile.missions,
    "open-facts": profile.open_facts,
    "facts": lambda bench, name, title, *names: profile.facts(bench, names, name, title),
    "readiness-scores": analysis.readiness_scores,
    "dimension-scores": analysis.dimension_scores,
    "indicators": analysis.indicators,
    "gap": analysis.gap,
    "other-gaps": gaps.other_gaps,
    "solutions": gaps.solutions,
    "worked-example": gaps.worked_example,
    "gap-summary": analysis.gap_summary,
    "swot": analysis.swot,
    "strategies": analysis.strategies,
    "priorities": analysis.priorities,
    "parameters": analysis.parameters,
    "sensitivity": analysis.sensitivity,
    "quality": analysis.quality,
    "goals": plan.goals,
    "global-goals": alignment.goals,
    "cooperation": alignment.cooperation,
    "strategy-brief": brief.strategy_brief,
    "starts": brief.starts,
    "strategy": plan.strategy,
    "actions": plan.actions,
    "first-year": plan.first_year,
    "sheet": plan.sheet,
    "gantt": plan.gantt,
    "horizons": plan.horizons,
    "budget-dimension": money.budget_dimension,
    "budget-opd": money.budget_opd,
    "budget-fund": money.budget_fund,
    "unfunded": money.unfunded,
    "quick-win-scores": results.quick_win_scores,
    "quick-win-refused": results.quick_win_refused,
    "quick-win-weeks": sheets.quick_win_weeks,
    "quick-win-items": sheets.quick_win_items,
    "quick-win-risks": sheets.quick_win_risks,
    "quick-win-kpis": sheets.quick_win_kpis,
    "open-owners": sheets.open_owners,
    "sign-off": sheets.sign_off,
    "kpis": results.kpis,
    "matrix": plan.matrix,
    "risks": results.risks,
    "calendar": annexes.calendar,
    "mentoring-gantt": annexes.mentoring_gantt,
    "raci": annexes.raci,
    "roles": annexes.bodies,
    "agencies": annexes.agencies,
    "commitment": annexes.commitment,
    "form": annexes.blank,
    "survey": annexes.survey,
    "evaluation": annexes.evaluation,
    "traceability": annexes.traceability,
    "glossary": annexes.glossary,
    "regulations": annexes.regulations,
    "checklist": annexes.checklist,
}

CHARTS: Mapping[str, Maker] = {
    "dimension-radar": charts.dimension_radar,
    "readiness-radar": charts.readiness_radar,
    "sub-bars": charts.sub_bars,
    "area-bars": charts.area_bars,
    "budget-years": charts.budget_years,
    "quadrant": charts.quadrant,
    "cohort": charts.cohort,
    "heatmap": charts.heatmap,
}


def names() -> dict[str, Any]:
    """Return every name with the first line of its documentation, for `docs/templates.md`."""
    return {
        **{f'table("{name}")': maker.__doc__ for name, maker in TABLES.items()},
        **{f'chart("{name}")': maker.__doc__ for name, maker in CHARTS.items()},
    }
