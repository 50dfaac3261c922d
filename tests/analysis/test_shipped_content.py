"""The promises of planning, held on the content that the project ships and on cities with drawn answers."""

from __future__ import annotations

import random
from datetime import date
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.planning import plan_city
from generator.analysis.rules import rises_with
from generator.model.city import Answer, Assessment, Budget
from generator.model.content import CityDossier, Content
from generator.model.plan import PLAN_YEARS
from generator.model.rules import about
from generator.model.schema import YEARS
from generator.model.scorecard import OVERALL, READINESS, area_key
from generator.sources.content import load_content
from tests.analysis import invented

BILLION = 1_000_000_000
FACTS = {"population": 800_000.0, "kecamatan": 12.0, "villages": 90.0, "service_apps": 40.0}


@lru_cache(maxsize=1)
def loaded() -> tuple[Content | None, str]:
    """The shipped content, read once also where it has faults."""
    content, diagnostics = load_content(invented.ROOT)
    return content, "\n".join(str(item) for item in diagnostics)


def shipped() -> Content:
    content, faults = loaded()
    assert content is not None, faults
    return content


def drawn(seed: int, worst: int, best: int, apbd: int) -> CityDossier:
    """A city whose levels lie between `worst` and `best`; one answer in ten is missing, some are unproven."""
    dice = random.Random(seed)
    answers = {
        id: Answer(
            level=dice.randint(worst, best),
            year=dice.randint(2020, 2026),
            evidence=dice.choice(["verified", "statement", "none"]),
            source="drawn",
        )
        for id, item in shipped().indicators.items()
        if item.kind != "value" and dice.random() < 0.9
    }
    for id, item in shipped().indicators.items():
        if item.thresholds is not None and dice.random() < 0.9:
            bounds = item.thresholds.bounds
            answers[id] = Answer(value=dice.uniform(min(bounds), max(bounds)), year=2025, evidence="verified")
    return CityDossier(
        slug="kota-drawn",
        city=invented.city(budget=Budget(apbd=apbd, year=2025, source="drawn")),
        assessment=Assessment(status="sample", date=date(2026, 3, 1), answers=answers),
        facts={id: invented.fact(value) for id, value in FACTS.items()},
    )


def test_raising_a_level_can_never_make_a_rule_about_it_true() -> None:
    content = shipped()
    rising = []
    for rule in content.rules.values():
        for id in about(rule):
            item = content.indicators[id]
            own = {item.dimension, item.subdimension, area_key(item.dimension, item.subdimension), OVERALL, READINESS}
            if rises_with(rule, id, own.__contains__):
                rising.append((rule.id, id))
    assert rising == []


@settings(max_examples=25, deadline=None)
@given(st.integers(), st.integers(0, 2), st.integers(2, 4), st.integers(100, 8000))
def test_every_plan_keeps_the_thread_and_adds_up(seed: int, worst: int, best: int, billions: int) -> None:
    plan = plan_city(drawn(seed, worst, best, billions * BILLION), shipped())
    starts = {program.id: program for program in plan.scheduled}
    ceiling = plan.roadmap.ceiling
    assert plan.scheduled
    for year in PLAN_YEARS:
        assert ceiling.used[year] <= ceiling.by_year[year]
        assert (
            len({table.total.years[year] for table in (plan.budgets.dimension, plan.budgets.opd, plan.budgets.fund)})
            == 1
        )
    for program in plan.programs:
        assert program.findings
        assert program.lead in shipped().opd
        assert program.funds
    for program in plan.scheduled:
        assert program.kpis
        assert all((starts[other].start or 0) < (program.start or 0) for other in program.requires)
        assert sum(amount.planned for amount in program.budget.values()) == program.first_five.planned


@settings(max_examples=15, deadline=None)
@given(st.integers(), st.integers(10, 6000), st.integers(10, 6000))
def test_more_budget_never_removes_a_programme(seed: int, one: int, other: int) -> None:
    small = plan_city(drawn(seed, 0, 3, min(one, other) * BILLION), shipped())
    large = plan_city(drawn(seed, 0, 3, max(one, other) * BILLION), shipped())
    assert {program.id for program in small.scheduled} <= {program.id for program in large.scheduled}


def test_two_different_cities_get_different_plans_for_reasons_that_can_be_read() -> None:
    weak, strong = (
        plan_city(drawn(1, 0, 1, 700 * BILLION), shipped()),
        plan_city(drawn(2, 2, 4, 6000 * BILLION), shipped()),
    )
    one, other = ({program.id for program in plan.scheduled} for plan in (weak, strong))
    assert len(one ^ other) >= 20
    assert len(weak.findings) > len(strong.findings)
    for program in (*weak.unfunded, *strong.unfunded):
        assert program.why is not None
    assert {why.code for program in weak.unfunded if (why := program.why) is not None} & {
        "ceiling",
        "capacity",
        "opd-load",
    }


def test_every_kpi_states_targets_for_every_plan_year() -> None:
    open_years = {
        (program.id, kpi.kpi): sorted(set(YEARS) - set(kpi.targets))
        for program in shipped().programs.values()
        for kpi in (*program.outputs, *program.outcomes, *program.impacts)
        if set(YEARS) - set(kpi.targets)
    }
    assert open_years == {}
