"""A city's plan from end to end, on an invented world."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.planning import first_year, peer_of, plan_city
from generator.analysis.rules import rises_with
from generator.model.city import Budget, Mission, Period
from generator.model.plan import PLAN_YEARS, Amount, BudgetTable, Plan
from generator.model.programs import Kpi, OwnProgram
from generator.model.rules import about
from tests.analysis import invented

MILLION = invented.MILLION
RUBRIC = [item.id for item in invented.indicators().values() if item.kind == "level"]
LEVELS = st.dictionaries(st.sampled_from(RUBRIC), st.one_of(st.none(), st.integers(0, 4)))
APBD = st.integers(0, 2_000_000).map(lambda millions: millions * MILLION)


def budget(apbd: int) -> Budget:
    return Budget(apbd=apbd, year=2025, source="invented")


def plan(**changes: object) -> Plan:
    return plan_city(invented.dossier(**changes), invented.content())  # type: ignore[arg-type]


def own(id: str, **more: object) -> OwnProgram:
    given: dict[str, object] = {
        "name": "Own programme",
        "dimension": "order",
        "subdimension": "desk",
        "kind": "application",
        "lead": "office",
        "funds": ("own",),
    }
    return OwnProgram(id=id, **given | more)  # type: ignore[arg-type]


# --- properties ------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(LEVELS, APBD)
def test_every_table_and_every_programme_adds_up_to_the_rupiah(levels: dict[str, int | None], apbd: int) -> None:
    found = plan(levels=levels, budget=budget(apbd))
    tables: list[BudgetTable] = [getattr(found.budgets, by) for by in ("dimension", "opd", "fund", "kind")]
    planned = sum(program.first_five.planned for program in found.scheduled)
    later = sum(program.later.planned for program in found.scheduled)
    for table in tables:
        assert (table.total.total, table.total.later) == (planned, later)
        assert table.total.programs == len(found.scheduled)
        for row in (*table.rows, table.total):
            assert row.total == sum(row.years.values())
        for year in PLAN_YEARS:
            assert table.total.years[year] == sum(row.years[year] for row in table.rows)
    for program in found.scheduled:
        assert sum(program.budget.values(), Amount()) == program.first_five
        for year in PLAN_YEARS:
            assert sum(years[year] for years in program.funds.values()) == program.budget[year].planned
        assert sum(program.funds_later.values()) == program.later.planned
        assert program.first_five.low <= program.first_five.planned <= program.first_five.high


@settings(max_examples=60, deadline=None)
@given(LEVELS, APBD)
def test_the_money_under_the_ceiling_is_what_the_programmes_cost(levels: dict[str, int | None], apbd: int) -> None:
    found = plan(levels=levels, budget=budget(apbd))
    ceiling = found.roadmap.ceiling
    for year in PLAN_YEARS:
        spent = sum(program.funds.get("own", {}).get(year, 0) for program in found.scheduled)
        assert spent == ceiling.used[year] <= ceiling.by_year[year] == ceiling.yearly


@settings(max_examples=60, deadline=None)
@given(LEVELS, APBD, APBD)
def test_more_budget_never_removes_a_programme(levels: dict[str, int | None], one: int, other: int) -> None:
    small = plan(levels=levels, budget=budget(min(one, other)))
    large = plan(levels=levels, budget=budget(max(one, other)))
    assert {program.id for program in small.scheduled} <= {program.id for program in large.scheduled}


@settings(max_examples=80, deadline=None)
@given(LEVELS, st.sampled_from(RUBRIC), st.integers(0, 3), st.integers(1, 4))
def test_a_better_level_never_adds_a_finding_about_it(
    levels: dict[str, int | None], raised: str, before: int, step: int
) -> None:
    low = plan(levels={**levels, raised: before})
    high = plan(levels={**levels, raised: min(4, before + step)})

    def of(found: Plan) -> set[str]:
        return {finding.id for finding in found.findings if raised in finding.about}

    assert of(high) <= of(low)


def test_the_rules_of_the_invented_world_are_of_the_kind_that_the_property_asks_for() -> None:
    for rule in invented.rules().values():
        for indicator in about(rule):
            assert not rises_with(rule, indicator, lambda _: False)


@settings(max_examples=30, deadline=None)
@given(LEVELS, APBD)
def test_the_same_input_gives_the_same_plan(levels: dict[str, int | None], apbd: int) -> None:
    assert plan(levels=levels, budget=budget(apbd)) == plan(levels=levels, budget=budget(apbd))


@settings(max_examples=60, deadline=None)
@given(LEVELS, APBD)
def test_the_golden_thread_holds(levels: dict[str, int | None], apbd: int) -> None:
    found = plan(levels=levels, budget=budget(apbd), own=(own("own-1", start_year=2, budget={2028: 5 * MILLION}),))
    content = invented.content()
    for program in found.programs:
        assert program.findings or program.source == "city"
        assert all(found.finding(id) is not None for id in program.findings)
        assert program.lead in content.opd
        assert program.funds
        assert program.status != "scheduled" or program.start in PLAN_YEARS
        assert program.status == "scheduled" or program.why is not None
    for finding in found.findings:
        assert (
            any(subject.kind in ("indicator", "fact", "score") for subject in finding.subjects) or finding.id == "sea"
        )
    for program in found.scheduled:
        for number, kpi in enumerate(program.kpis, 1):
            node = found.trace.nodes[f"kpi:{program.id}#{number}"]
            assert ("to be filled in" in node.label) is (kpi.baseline is None)
    assert {row.program for row in found.trace.matrix} == {program.id for program in found.scheduled}


@settings(max_examples=40, deadline=None)
@given(LEVELS, APBD)
def test_codes_are_unique_and_nothing_asked_for_is_dropped(levels: dict[str, int | None], apbd: int) -> None:
    found = plan(levels=levels, budget=budget(apbd))
    codes = [program.code for program in found.programs]
    assert len(set(codes)) == len(codes)
    asked = {id for finding in found.findings for id in finding.remedies}
    assert asked <= {program.id for program in found.programs}


# --- what the city says ----------------------------------------------------------------------------------------------


def test_several_findings_that_ask_for_one_programme_are_merged_with_all_reasons() -> None:
    program = plan().program("prg-crops-2")
    assert program is not None
    assert {"crops-low-1", "crops-low-2", "yield-low"} <= set(program.findings)
    assert len({reason.id for reason in program.reasons}) == len(program.reasons)


def test_a_prerequisite_comes_along_with_the_findings_of_what_needs_it() -> None:
    law = plan().program("prg-law")
    assert law is not None
    assert law.status == "scheduled"
    assert {reason.kind for reason in law.reasons} == {"prerequisite"}
    assert set(law.findings) >= {"crops-low-0"}
    assert set(law.needed_by) >= {"prg-crops-0"}


def test_a_programme_that_the_city_switches_off_is_kept_with_its_reason_and_no_longer_waited_for() -> None:
    found = plan(own=(OwnProgram(id="prg-law", action="off", reason="is in force since 2020"),))
    law = found.program("prg-law")
    assert law is not None
    assert law.why is not None
    assert (law.status, law.why.code, law.why.detail) == ("off", "own-decision", "is in force since 2020")
    crops = found.program("prg-crops-0")
    assert crops is not None
    assert (crops.waived, crops.requires) == (("prg-law",), ())
    assert "prg-law" not in {row.program for row in found.trace.matrix}


def test_an_override_changes_what_it_names_and_keeps_the_rest() -> None:
    entry = OwnProgram(
        id="prg-crops-0", action="override", reason="already contracted", name="Our crops", lead="office",
        start_year=3, budget={2029: 700 * MILLION, 2030: 300 * MILLION}, rpjmd="Programme 7",
    )  # fmt: skip
    found = plan(own=(entry,)).program("prg-crops-0")
    assert found is not None
    assert (found.source, found.name, found.lead, found.rpjmd) == ("override", "Our crops", "office", "Programme 7")
    assert found.catalogue is invented.content().programs["prg-crops-0"]
    assert found.aim == "…"
    assert (found.start, found.first_five.planned) == (3, 1000 * MILLION)
    assert found.costs == ()


def test_a_city_programme_is_taken_in_with_its_own_budget_and_year() -> None:
    kpi = Kpi(kpi="Own", unit="x", measure="m", targets={1: "1"})
    entry = own(
        "own-1", addresses=("desk-low-0", "water-1"), budget={2028: 10 * MILLION, 2029: 4 * MILLION}, outputs=(kpi,)
    )
    found = plan(own=(entry,)).program("own-1")
    assert found is not None
    assert (found.status, found.start, found.source) == ("scheduled", 2, "city")
    assert {year: amount.planned for year, amount in found.budget.items() if amount.planned} == {
        2: 10 * MILLION,
        3: 4 * MILLION,
    }
    assert {"desk-low-0", "water-low-1"} <= set(found.findings)
    assert [kpi.kpi for kpi in found.kpis] == ["Own"]


def test_a_city_programme_raises_the_ceiling_where_the_city_has_budgeted_more() -> None:
    entry = own("own-1", start_year=1, budget={2027: 9_000 * MILLION})
    ceiling = plan(own=(entry,)).roadmap.ceiling
    assert ceiling.by_year[1] == 9_000 * MILLION > ceiling.yearly
    assert ceiling.by_year[2] == ceiling.yearly


# --- money and people ------------------------------------------------------------------------------------------------


def test_an_unknown_apbd_is_an_assumption_that_says_so() -> None:
    found = plan(budget=None)
    ceiling = found.roadmap.ceiling
    assert (ceiling.basis, ceiling.apbd, ceiling.share_from) == ("assumption", None, "none")
    assert ceiling.yearly == 500_000 * invented.parameters().money.ceiling_per_resident
    assert "MP604" in [item.code for item in found.diagnostics]


def test_the_city_sets_its_own_share_or_takes_the_default() -> None:
    default = plan().roadmap.ceiling
    assert (default.share, default.share_from, default.yearly) == (0.01, "default", 4_000 * MILLION)
    chosen = replace(budget(400_000 * MILLION), smart_city_share=0.02)
    assert plan(budget=chosen).roadmap.ceiling.yearly == 8_000 * MILLION


def test_a_poor_and_unready_region_gets_a_smaller_plan_for_stated_reasons() -> None:
    rich = plan(levels={"people-0": 4, "money-0": 4}, budget=budget(2_000_000 * MILLION))
    poor = plan(levels={"people-0": 0, "money-0": 0}, budget=budget(30_000 * MILLION))
    assert len(poor.scheduled) < len(rich.scheduled)
    assert poor.roadmap.capacity.starts_per_year < rich.roadmap.capacity.starts_per_year
    short = [program.why for program in poor.unfunded if program.why is not None and program.why.code == "ceiling"]
    assert short
    assert all(why.needed is not None and why.needed > poor.roadmap.ceiling.yearly for why in short)


def test_a_city_with_better_scores_gets_another_plan() -> None:
    weak, strong = plan(level=0), plan(level=3, levels={"desk-0": 1})
    assert {finding.id for finding in weak.findings} != {finding.id for finding in strong.findings}
    assert {program.id for program in strong.scheduled} < {program.id for program in weak.scheduled}


def test_plan_years_are_anchored_on_the_rpjmd() -> None:
    years = plan().roadmap.years
    assert [(year.number, year.calendar) for year in years] == [
        (1, 2027),
        (2, 2028),
        (3, 2029),
        (4, 2030),
        (5, 2031),
        (10, 2036),
    ]
    assert [year.in_rpjmd for year in years] == [True, True, True, False, False, False]
    assert first_year(invented.dossier(rpjmd=Period(start=2030, end=2034))) == 2030


def test_findings_without_a_mission_link_are_neutral_and_say_so() -> None:
    linked = {finding.id: finding for finding in plan().findings}
    assert linked["crops-low-0"].missions == ("m1",)
    part = {part.id: part for part in linked["desk-low-0"].parts}["mission"]
    assert (part.value, part.known) == (0.0, True)
    blank = plan(missions=(Mission(id="m", text="…"),)).findings[0]
    part = {part.id: part for part in blank.parts}["mission"]
    assert (part.value, part.known) == (invented.parameters().neutral, False)


def test_scores_are_the_sum_of_their_parts_and_rank_the_findings() -> None:
    found = plan().findings
    assert [finding.rank for finding in found] == list(range(1, len(found) + 1))
    for finding in found:
        assert abs(finding.score - sum(part.points for part in finding.parts)) < 1e-9
        assert 0 <= finding.score <= 100
    assert [finding.score for finding in found] == sorted((finding.score for finding in found), reverse=True)


def test_sensitivity_moves_every_weight_both_ways() -> None:
    shifts = plan().sensitivity.shifts
    assert len(shifts) == 2 * len(invented.parameters().parts)
    for shift in shifts:
        assert len(shift.left) == len(shift.entered)
        assert shift.stay + len(shift.left) == len(plan().sensitivity.top)


def test_the_cohort_shows_where_the_city_stands() -> None:
    content = invented.content()
    me = invented.dossier(level=2)
    others = [
        peer_of(invented.dossier(level=level, slug=f"kota-{level}", name=f"L{level}"), content) for level in (1, 3, 4)
    ]
    position = plan_city(me, content, others).scorecard.positions["fields"]
    assert (position.rank, position.count) == (3, 4)
    assert position.best is not None
    assert position.best.name == "Kota L4"
    assert plan_city(me, content).scorecard.positions == {}
