"""Costs, KPIs, quick wins, SWOT and the thread, each on its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.costs import Purse, bases_of, funds_of_life, life_of, open_funds, spread, units_of
from generator.analysis.kpis import Baselines, plan_kpi, plan_year
from generator.analysis.planning import plan_city, score_city
from generator.analysis.quickwins import quick_wins
from generator.analysis.swot import swot
from generator.analysis.trace import tree
from generator.model.plan import Plan, PlannedProgram, QuickWin, Reason
from generator.model.planning import Fund
from generator.model.programs import Baseline, CostModel, Kpi
from generator.model.trace import TraceTree
from tests.analysis import invented

MILLION = invented.MILLION
PURSE = Purse(planning=invented.planning(), money=invented.parameters().money, facts=invented.FACTS)


# --- costs -----------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**13), st.integers(1, 10), st.sampled_from([1, 1000, MILLION]))
def test_spreading_over_years_adds_up_to_the_rupiah(whole: int, years: int, step: int) -> None:
    parts = spread(whole, years, step)
    assert sum(parts) == whole
    assert len(parts) == years
    assert max(parts) - min(parts) <= 2 * step


def test_costs_follow_the_units_of_the_region() -> None:
    model = CostModel(
        one_off=invented.cost(400, 800), yearly=invented.cost(10, 21, per="district", share=0.5), source="s"
    )
    one_off, yearly = bases_of(model, PURSE)
    assert (one_off.units, one_off.factor, one_off.amount.planned) == (1, 1.0, 600 * MILLION)
    assert (yearly.units, yearly.amount.low, yearly.amount.planned, yearly.amount.high) == (
        5, 50 * MILLION, 78 * MILLION, 105 * MILLION,
    )  # fmt: skip


def test_a_small_region_pays_less_for_what_is_bought_once() -> None:
    small = replace(PURSE, facts={"population": invented.fact(100_000), "kecamatan": invented.fact(10)})
    (one_off,) = bases_of(CostModel(one_off=invented.cost(400, 800), source="s"), small)
    (per_district,) = bases_of(CostModel(yearly=invented.cost(10, 20, per="district"), source="s"), small)
    assert one_off.amount.planned == 300 * MILLION
    assert per_district.amount.planned == 150 * MILLION


def test_an_assumption_stands_in_for_a_missing_fact_and_is_marked() -> None:
    schools = units_of("school", PURSE)
    assert (schools.assumed, schools.note) == (True, "assumed")
    assert schools.count == pytest.approx(500_000 / 1500)
    assert not units_of("school", replace(PURSE, facts={"schools": invented.fact(12)})).assumed
    assert units_of("district", replace(PURSE, facts={})) == replace(schools, count=1, note="")


def test_building_comes_before_running() -> None:
    bases = bases_of(CostModel(one_off=invented.cost(400, 800), yearly=invented.cost(50, 150), source="s"), PURSE)
    planned = [amount.planned // MILLION for amount in life_of(bases, 2, MILLION)]
    assert planned == [300, 300, 100, 100, 100, 100, 100, 100, 100, 100]
    running = bases_of(CostModel(yearly=invented.cost(50, 150), source="s"), PURSE)
    assert {amount.planned for amount in life_of(running, 2, MILLION)} == {100 * MILLION}


def test_a_grant_builds_and_the_region_runs() -> None:
    planning = invented.planning()
    assert funds_of_life(("grant", "own"), 2, planning) == ("grant", "grant", *("own",) * 8)
    assert funds_of_life(("grant",), 2, planning) == ("grant",) * 10
    assert funds_of_life(("own", "grant"), 2, planning) == ("own",) * 10


def test_a_fund_is_closed_to_a_region_that_has_nothing_of_what_it_pays_for() -> None:
    planning = invented.planning()
    funds = {**planning.funds, "village": Fund(name="village", under_ceiling=False, needs="villages")}
    purse = replace(PURSE, planning=replace(planning, funds=funds))
    assert open_funds(("village", "own"), purse) == ("village", "own")
    without = replace(purse, facts={"villages": invented.fact(0)})
    assert open_funds(("village", "own"), without) == ("own",)
    assert open_funds(("village", "own"), replace(purse, facts={"villages": invented.fact(3)})) == ("village", "own")


# --- KPIs ------------------------------------------------------------------------------------------------------------

CARD = score_city(invented.dossier(level=2), invented.content())
KNOWN = Baselines(
    rated=CARD.rated, facts=invented.FACTS, indicators=invented.indicators(), kinds=invented.content().facts
)


def kpi(unit: str, targets: dict[int, str], **baseline: str) -> Kpi:
    return Kpi(kpi="k", unit=unit, measure="m", baseline=Baseline(**baseline), targets=targets)


@pytest.mark.parametrize(
    ("unit", "baseline", "text", "value"),
    [
        ("%", {"fact": "yield"}, "+10", 45.0),
        ("%", {"fact": "yield"}, "-50", 0.0),
        ("%", {"fact": "yield"}, "+80", 100.0),
        ("%", {"fact": "yield"}, "55.5", 55.5),
        ("%", {"fact": "yield"}, "20", 35.0),
        ("%", {"fact": "yield"}, "all", None),
        ("%", {"indicator": "yield"}, "+5", 40.0),
        ("level 0–4", {"indicator": "desk-0"}, "+1", 3.0),
        ("days", {"indicator": "desk-0"}, "+1", None),
        ("things", {}, "+5", None),
        ("things", {}, "5", 5.0),
        ("%", {"fact": "nowhere"}, "+5", None),
    ],
)
def test_targets_start_from_the_baseline(unit: str, baseline: dict[str, str], text: str, value: float | None) -> None:
    (target,) = plan_kpi(kpi(unit, {1: text}, **baseline), "outcome", 1, KNOWN).targets
    assert (target.value, target.text) == (value, text)


def test_a_baseline_carries_its_year_and_source_or_is_open() -> None:
    known = plan_kpi(kpi("%", {1: "1"}, fact="yield"), "impact", 1, KNOWN)
    assert (known.baseline, known.baseline_year, known.baseline_source) == (35.0, 2025, "invented")
    assert plan_kpi(kpi("things", {1: "1"}), "impact", 1, KNOWN).baseline is None


def test_changes_lead_up_to_the_fixed_target_and_do_not_run_past_it() -> None:
    rising = plan_kpi(kpi("%", {1: "+2", 3: "+40", 5: "60"}, fact="yield"), "impact", 1, KNOWN)
    assert [target.value for target in rising.targets] == [37.0, 60.0, 60.0]
    reached = plan_kpi(kpi("%", {1: "+2", 3: "+4", 5: "20"}, fact="yield"), "impact", 1, KNOWN)
    assert [target.value for target in reached.targets] == [35.0, 35.0, 35.0]
    free = plan_kpi(kpi("%", {1: "+2", 3: "+4"}, fact="yield"), "impact", 1, KNOWN)
    assert [target.value for target in free.targets] == [37.0, 39.0]


def test_targets_move_with_the_start_of_the_programme() -> None:
    planned = plan_kpi(kpi("things", {1: "1", 3: "3", 5: "5", 10: "10"}), "output", 2, KNOWN)
    assert [(target.year, target.text) for target in planned.targets] == [(2, "1"), (4, "3"), (10, "10")]
    assert [plan_year(year, 3) for year in (1, 3, 4, 10)] == [3, 5, 10, 10]


# --- quick wins ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_city(invented.dossier(levels={"desk-0": 3, "books-0": 3}, traits=("coastal",)), invented.content())


def judged(plan: Plan, **changes: object) -> QuickWin:
    """The verdict on one programme whose quick-win answers, or whose place in the plan, are changed."""
    program = next(program for program in plan.programs if program.quick_win)
    assert program.catalogue is not None
    place = {key: changes.pop(key) for key in ("status", "start") if key in changes}
    entry = replace(program.catalogue, quick_win=invented.quick_win(**changes))
    changed: PlannedProgram = replace(program, catalogue=entry, **place)  # type: ignore[arg-type]
    (verdict,) = quick_wins([changed], invented.quick_win_rules(), invented.parameters().quick_wins)
    return verdict


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, ()),
        ({"new_infrastructure": True}, ("new-infrastructure",)),
        ({"existing_service": " "}, ("no-running-service",)),
        ({"items": {"benefit": 1, "resources": 4}}, ("benefit",)),
        ({"items": {"benefit": 2, "resources": 1}}, ("least-score",)),
        ({"start": 3}, ("starts-late",)),
        ({"status": "unfunded", "start": None}, ("not-scheduled",)),
    ],
)
def test_a_quick_win_is_refused_with_what_failed(
    plan: Plan, changes: dict[str, object], failed: tuple[str, ...]
) -> None:
    verdict = judged(plan, **changes)
    assert (verdict.failed, verdict.accepted) == (failed, not failed)


def test_items_that_only_the_city_can_answer_stay_open(plan: Plan) -> None:
    verdict = judged(plan)
    assert [(item.item, item.basis) for item in verdict.items] == [
        ("benefit", "catalogue"),
        ("resources", "catalogue"),
        ("older", "open"),
    ]
    assert (verdict.open_items, verdict.score) == (1, 3.0)


def test_the_best_are_shown_and_come_from_different_dimensions_first(plan: Plan) -> None:
    accepted = [win for win in plan.quick_wins if win.accepted]
    choice = replace(invented.parameters().quick_wins, most=2)
    two = [win for win in quick_wins(plan.programs, invented.quick_win_rules(), choice) if win.accepted]
    assert [win.rank for win in accepted] == list(range(1, len(accepted) + 1))
    assert len(two) == 2
    by_id = {program.id: program for program in plan.programs}
    assert len({by_id[win.program].dimension for win in two}) == 2
    assert {program.id for program in plan.programs if program.quick_win} == {win.program for win in accepted}


# --- SWOT ------------------------------------------------------------------------------------------------------------


def test_quadrants_hold_findings_of_their_kind(plan: Plan) -> None:
    kinds = {finding.id: finding.kind for finding in plan.findings}
    assert {kinds[id] for id in plan.swot.strengths} == {"strength"}
    assert {kinds[id] for id in plan.swot.weaknesses} == {"gap"}
    assert plan.swot.opportunities == ("sea",)
    assert {kinds[id] for id in plan.swot.threats} <= {"threat"}


def test_strategies_cross_inner_with_outer_and_name_scheduled_programmes(plan: Plan) -> None:
    scheduled = {program.id for program in plan.scheduled}
    assert {strategy.kind for strategy in plan.swot.strategies} == {"WO", "ST", "WT"}  # no strength is near the sea
    for strategy in plan.swot.strategies:
        inner = plan.swot.strengths if strategy.kind[0] == "S" else plan.swot.weaknesses
        outer = plan.swot.opportunities if strategy.kind[1] == "O" else plan.swot.threats
        assert strategy.inner in inner
        assert strategy.outer in outer
        assert strategy.programs
        assert set(strategy.programs) <= scheduled
    codes = [strategy.code for strategy in plan.swot.strategies]
    assert len(set(codes)) == len(codes)


def test_findings_that_have_nothing_in_common_are_not_crossed(plan: Plan) -> None:
    by_id = {finding.id: finding for finding in plan.findings}
    assert plan.swot.strategies
    for strategy in plan.swot.strategies:
        inner, outer = by_id[strategy.inner], by_id[strategy.outer]
        asked = any({inner.id, outer.id} <= set(program.findings) for program in plan.scheduled)
        assert asked or inner.dimension == outer.dimension
    lone = replace(by_id["sea"], id="far", dimension="elsewhere", subdimension="elsewhere")
    others = [finding for finding in plan.findings if finding.kind in ("gap", "strength")]
    assert swot([*others, lone], plan.scheduled, invented.parameters().swot).strategies == ()


# --- the thread ------------------------------------------------------------------------------------------------------


def names(branch: TraceTree) -> set[str]:
    return {branch.node.id}.union(*(names(child) for child in branch.children))


def test_the_thread_reads_from_programme_to_answer_and_back(plan: Plan) -> None:
    back = names(tree(plan.trace, "program:prg-crops-2", "causes"))
    assert {"finding:crops-low-2", "indicator:crops-2", "answer:crops-2", "fact:yield"} <= back
    forth = names(tree(plan.trace, "answer:crops-2", "effects"))
    assert {"indicator:crops-2", "finding:crops-low-2", "program:prg-crops-2", "opd:bureau", "fund:own"} <= forth
    assert any(name.startswith("year:") for name in forth)


def test_a_score_rests_on_its_indicators(plan: Plan) -> None:
    assert {"score:fields/crops", "indicator:crops-1"} <= names(tree(plan.trace, "finding:crops-score", "causes"))


def test_every_edge_joins_two_nodes_and_stands_in_both_directions(plan: Plan) -> None:
    edges = {edge for group in plan.trace.causes.values() for edge in group}
    assert edges == {edge for group in plan.trace.effects.values() for edge in group}
    assert {end for edge in edges for end in (edge.source, edge.target)} <= set(plan.trace.nodes)


def test_things_are_found_by_full_id_bare_id_or_code(plan: Plan) -> None:
    program = plan.scheduled[0]
    for name in (f"program:{program.id}", program.id, program.code):
        node = plan.trace.find(name)
        assert node is not None
        assert node.ref == program.id
    assert plan.trace.find("nothing") is None
    with pytest.raises(KeyError):
        tree(plan.trace, "nothing", "causes")


def test_what_is_asked_for_only_as_a_prerequisite_ties_findings_loosely(plan: Plan) -> None:
    """Where nothing but foundations joins them, two crossings a kind stand in, however many there could be."""
    gap = next(finding for finding in plan.findings if finding.kind == "gap")
    program = plan.scheduled[0]
    gaps = [replace(gap, id=f"gap-{at}", dimension=f"d{at}", subdimension=f"d{at}/a") for at in range(5)]
    outer = [
        replace(gap, id=f"sea-{at}", kind="opportunity", dimension=f"o{at}", subdimension=f"o{at}/a") for at in range(5)
    ]
    names = tuple(finding.id for finding in (*gaps, *outer))
    served = replace(program, dimension="d0", reasons=tuple(Reason(kind="finding", id=name) for name in names))
    inherited = replace(served, reasons=(), findings=names)
    asked = tuple(replace(served, id=f"p{at}", dimension=f"d{at}", findings=names) for at in range(5))
    foundations = tuple(replace(one, reasons=(Reason(kind="finding", id=f"gap-{at}"),)) for at, one in enumerate(asked))
    rules = invented.parameters().swot
    assert len(swot([*gaps, *outer], asked, rules).strategies) == min(rules.strategies, 5)
    assert len(swot([*gaps, *outer], [inherited, *foundations], rules).strategies) == 2
