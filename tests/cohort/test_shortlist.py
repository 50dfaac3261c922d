"""The choice of whom to mentor: eligibility, ranking, ties, quotas, waiting list, firmness, and the file it reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.shortlist import points, shortlist
from generator.compose.minutes import minutes, reason
from generator.model.content import Content
from generator.model.region import RegionDefaults
from generator.model.shortlist import (
    Candidate,
    Criterion,
    Eligibility,
    Field,
    Quota,
    Shortlist,
    ShortlistRules,
    Stage,
    TieBreak,
)
from generator.model.walks import plain, walk
from generator.sources.content import load_content
from generator.sources.regions import load_defaults
from generator.sources.shortlist import load_rules, read_candidates
from generator.writers import docx, typst

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "content" / "examples" / "shortlist-2018.csv"


@pytest.fixture(scope="module")
def content() -> Content:
    found, _ = load_content(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def defaults() -> RegionDefaults:
    found, _ = load_defaults(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rules(content: Content, defaults: RegionDefaults) -> ShortlistRules:
    found, diagnostics, _ = load_rules(ROOT, defaults, content.regions)
    assert found is not None
    assert diagnostics == ()
    return found


@pytest.fixture(scope="module")
def example(rules: ShortlistRules, content: Content, defaults: RegionDefaults) -> Field:
    found, diagnostics, _ = read_candidates(EXAMPLE, rules, content.regions, defaults)
    assert found is not None
    assert diagnostics == ()
    return found


@pytest.fixture(scope="module")
def result(example: Field, rules: ShortlistRules) -> Shortlist:
    return shortlist(example, rules, 75)


# --- a small choice --------------------------------------------------------------------------------------------------


def someone(code: str, *, group: str = "A", kind: str = "kota", **figures: float) -> Candidate:
    return Candidate(
        code=code,
        name=f"Kota {code}",
        slug=f"kota-{code}",
        type="kota" if kind == "kota" else "kabupaten",
        province=group,
        island_group=group,
        figures=figures,
        line=1,
    )


def small(rules: ShortlistRules, **changes: object) -> ShortlistRules:
    """One stage with one criterion, no quota, few draws."""
    one = Stage(id="only", name="Satu", criteria=(Criterion(column="x", name="X", weight=1),))
    base = replace(rules, stages=(one,), ties=(), quotas=(), draws=20, waiting=2)
    return replace(base, **changes)  # type: ignore[arg-type]


def chosen(found: Shortlist) -> list[str]:
    return [placing.candidate.code for placing in found.of("selected")]


def test_the_best_are_chosen_and_the_next_wait(rules: ShortlistRules) -> None:
    field = Field(candidates=tuple(someone(str(n), x=float(n)) for n in range(1, 8)))
    found = shortlist(field, small(rules), 3)
    assert chosen(found) == ["7", "6", "5"]
    assert [(item.candidate.code, item.waiting) for item in found.of("waiting")] == [("4", 1), ("3", 2)]
    assert [item.candidate.code for item in found.of("ranked")] == ["2", "1"]
    assert [item.rank for item in found.placings] == [1, 2, 3, 4, 5, 6, 7]


def test_who_breaks_a_rule_or_lacks_a_figure_is_not_ranked_and_the_reason_is_kept(rules: ShortlistRules) -> None:
    stage = Stage(
        id="only",
        name="Satu",
        eligibility=(
            Eligibility(column="letter", reason="tanpa surat"),
            Eligibility(column="x", at_least=10, reason="rendah"),
        ),
        criteria=(Criterion(column="x", name="X", weight=1), Criterion(column="y", name="Ye", weight=1)),
    )
    field = Field(
        candidates=(
            someone("1", letter=1, x=50, y=50),
            someone("2", letter=0, x=99, y=99),
            someone("3", x=99, y=99),
            someone("4", letter=1, x=9, y=99),
            someone("5", letter=1, x=90),
        )
    )
    found = shortlist(field, small(rules, stages=(stage,)), 5)
    assert chosen(found) == ["1"]
    why = {item.candidate.code: (item.outcome, item.reason, item.about) for item in found.placings}
    assert why["2"] == why["3"] == ("ineligible", "rule", "tanpa surat")
    assert why["4"] == ("ineligible", "rule", "rendah")
    assert why["5"] == ("ineligible", "no-figure", "Ye")
    assert all(item.firmness == 0 for item in found.of("ineligible"))


def test_a_missing_figure_may_count_as_the_lowest(rules: ShortlistRules) -> None:
    stage = Stage(id="s", name="S", criteria=(
        Criterion(column="x", name="X", weight=1), Criterion(column="y", name="Y", weight=1, missing="lowest"),
    ))  # fmt: skip
    found = shortlist(Field(candidates=(someone("1", x=50), someone("2", x=50, y=1))), small(rules, stages=(stage,)), 2)
    assert [(item.candidate.code, item.score) for item in found.placings] == [("2", 25.5), ("1", 25.0)]


def test_points_follow_scale_and_direction() -> None:
    item = Criterion(column="x", name="X", weight=1, low=50, high=150)
    assert [points(item, figure) for figure in (None, 40, 50, 100, 150, 160)] == [0, 0, 0, 50, 100, 100]
    assert points(replace(item, direction="lower"), 75) == 75


def test_equals_are_told_apart_by_the_ties_in_order_and_then_by_code(rules: ShortlistRules) -> None:
    ties = (TieBreak(column="a", words="a"), TieBreak(column="b", direction="lower", words="b"))
    field = Field(
        candidates=(
            someone("5", x=10, a=1, b=2),
            someone("4", x=10, a=1, b=2),
            someone("3", x=10, a=1, b=1),
            someone("2", x=10, a=2, b=9),
            someone("1", x=10.001),
        )
    )
    found = shortlist(field, small(rules, ties=ties), 5)
    # 10.001 and 10 agree to two decimals, and who has no figure for the tie comes last.
    assert chosen(found) == ["2", "3", "4", "5", "1"]


def test_a_stage_carries_a_share_of_the_one_before(rules: ShortlistRules) -> None:
    first = Stage(id="one", name="Satu", take=2, criteria=(Criterion(column="x", name="X", weight=1),))
    second = Stage(id="two", name="Dua", carry=0.4, criteria=(Criterion(column="y", name="Y", weight=1),))
    field = Field(candidates=(someone("1", x=80, y=10), someone("2", x=60, y=50), someone("3", x=40, y=100)))
    found = shortlist(field, small(rules, stages=(first, second)), 1)
    assert chosen(found) == ["2"]
    assert {item.candidate.code: item.score for item in found.placings} == {"2": 54.0, "1": 38.0, "3": 40.0}
    dropped = found.of("dropped")[0]
    assert (dropped.candidate.code, dropped.stage, dropped.reason, dropped.about) == (
        "3",
        "one",
        "earlier-stage",
        "Satu",
    )
    assert [(count.entered, count.eligible, count.passed) for count in found.counts] == [(3, 3, 2), (2, 2, 1)]


# --- quotas ----------------------------------------------------------------------------------------------------------


def ten(**group_of: str) -> Field:
    return Field(candidates=tuple(someone(str(n), group=group_of.get(f"c{n}", "A"), x=100.0 - n) for n in range(1, 10)))


def test_a_least_number_reserves_the_last_places(rules: ShortlistRules) -> None:
    quotas = (Quota(by="island_group", least={"B": 2}),)
    found = shortlist(ten(c7="B", c9="B"), small(rules, quotas=quotas), 4)
    assert chosen(found) == ["1", "2", "7", "9"]
    why = {item.candidate.code: (item.reason, item.about) for item in found.placings}
    assert why["1"] == ("rank", "")
    assert why["7"] == why["9"] == ("quota-least", "B")
    assert why["3"] == why["4"] == ("reserved", "B")
    assert found.unmet == ()


def test_a_most_number_passes_over_the_full_group(rules: ShortlistRules) -> None:
    quotas = (Quota(by="type", most={"kota": 2}),)
    field = Field(
        candidates=tuple(someone(str(n), kind="kota" if n < 5 else "kabupaten", x=100.0 - n) for n in range(1, 8))
    )
    found = shortlist(field, small(rules, quotas=quotas), 4)
    assert chosen(found) == ["1", "2", "5", "6"]
    why = {item.candidate.code: (item.outcome, item.reason, item.about) for item in found.placings}
    assert why["3"] == ("waiting", "quota-most", "kota")


def test_a_quota_without_enough_candidates_is_told_and_leaves_no_place_empty(rules: ShortlistRules) -> None:
    quotas = (Quota(by="province", least={"B": 3, "C": 1}),)
    found = shortlist(ten(c9="B"), small(rules, quotas=quotas), 3)
    assert chosen(found) == ["1", "2", "9"]
    assert [(item.group, item.wanted, item.got) for item in found.unmet] == [("B", 3, 1), ("C", 1, 0)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.booleans(), st.integers(0, 100)), min_size=1, max_size=25),
    st.integers(1, 12),
    st.dictionaries(st.sampled_from("ABC"), st.integers(0, 4)),
    st.dictionaries(st.sampled_from("ABC"), st.integers(4, 9)),
)
def test_whatever_the_quotas_nobody_is_placed_twice_and_limits_hold(
    rows: list[tuple[str, bool, int]], take: int, least: dict[str, int], most: dict[str, int]
) -> None:
    loaded_defaults, _ = load_defaults(ROOT)
    assert loaded_defaults is not None
    base, _, _ = load_rules(ROOT, loaded_defaults, {})
    assert base is not None
    field = Field(
        candidates=tuple(
            someone(f"{n:02}", group=group, kind="kota" if kota else "kabupaten", x=float(figure))
            for n, (group, kota, figure) in enumerate(rows)
        )
    )
    found = shortlist(field, small(base, quotas=(Quota(by="island_group", least=least, most=most),), draws=1), take)
    assert sorted(item.candidate.code for item in found.placings) == [item.code for item in field.candidates]
    got = Counter(item.candidate.island_group for item in found.of("selected"))
    assert got.total() <= take
    assert all(got[group] <= limit for group, limit in most.items())
    there = Counter(group for group, _, _ in rows)
    if sum(least.values()) <= take:
        assert all(got[group] >= min(number, there[group]) for group, number in least.items())
    full = all(got[group] >= most[group] for group in there if group in most and got[group] < there[group])
    open_groups = [group for group in there if group not in most and got[group] < there[group]]
    if got.total() < min(take, len(rows)):
        assert full
        assert not open_groups


# --- firmness --------------------------------------------------------------------------------------------------------


def test_a_place_that_no_weight_can_move_is_firm_and_a_close_one_is_not(rules: ShortlistRules) -> None:
    stage = Stage(id="s", name="S", criteria=(
        Criterion(column="x", name="X", weight=1), Criterion(column="y", name="Y", weight=1),
    ))  # fmt: skip
    field = Field(
        candidates=(
            someone("1", x=90, y=90),
            someone("2", x=80, y=20),
            someone("3", x=20, y=80),
            someone("4", x=5, y=5),
        )
    )
    found = shortlist(field, small(rules, stages=(stage,), draws=400), 2)
    firm = {item.candidate.code: item.firmness for item in found.placings}
    assert firm["1"] == 1.0
    assert firm["4"] == 0.0
    assert 0.35 < firm["2"] < 0.65
    assert firm["2"] + firm["3"] == pytest.approx(1.0)


def test_without_spread_every_draw_agrees(example: Field, rules: ShortlistRules) -> None:
    found = shortlist(example, replace(rules, spread=0.0, draws=3), 75)
    assert {item.firmness for item in found.of("selected")} == {1.0}
    assert {item.firmness for item in found.of("waiting", "ranked", "dropped")} == {0.0}


def test_the_same_file_gives_the_same_result(example: Field, rules: ShortlistRules) -> None:
    few = replace(rules, draws=30)
    backwards = Field(candidates=tuple(reversed(example.candidates)), sample=True)
    assert shortlist(example, few, 75) == shortlist(example, few, 75) == shortlist(backwards, few, 75)


# --- the example -----------------------------------------------------------------------------------------------------


def test_the_example_is_the_funnel_165_117_75_and_says_that_it_is_invented(result: Shortlist) -> None:
    assert [(count.entered, count.passed) for count in result.counts] == [(165, 117), (117, 75)]
    assert len(result.placings) == 165
    assert len(result.of("selected")) == 75
    assert len(result.of("waiting")) == 10
    assert result.sample
    text = EXAMPLE.read_text(encoding="utf-8").splitlines()[1:]
    assert all("DATA CONTOH" in line for line in text)


def test_everybody_has_a_reason_in_words(result: Shortlist, rules: ShortlistRules) -> None:
    for placing in result.placings:
        words = reason(placing, rules, result.take)
        assert words != placing.reason
        assert "{" not in words
        assert "  " not in words


def test_the_sum_of_firmness_is_the_number_of_places(result: Shortlist) -> None:
    assert sum(placing.firmness for placing in result.placings) == pytest.approx(75)


# --- the minutes -----------------------------------------------------------------------------------------------------


def test_the_minutes_have_two_pages_and_name_all_chosen_ones(
    result: Shortlist, rules: ShortlistRules, content: Content
) -> None:
    document = minutes(result, rules, content.framework, date(2026, 11, 24), "abc")
    made = typst.write(document, ROOT, source_date_epoch=0)
    assert made.page_count == 2
    cells = {
        plain(paragraph)
        for block in walk(document.body)
        for one in getattr(block, "body", ())
        for cell in one.cells
        for paragraph in cell.paragraphs
    }
    for placing in result.of("selected"):
        assert placing.candidate.name.replace("Kabupaten", "Kab.", 1) in cells
    words = " ".join(plain(block.content) for block in walk(document.body) if hasattr(block, "content"))
    assert "{" not in words
    assert "24\u00a0November\u00a02026" in words
    assert document.mark == "DATA CONTOH"
    assert docx.write(document, ROOT) == docx.write(document, ROOT)


def test_minutes_of_real_figures_carry_no_mark(result: Shortlist, rules: ShortlistRules, content: Content) -> None:
    real = replace(result, sample=False)
    assert minutes(real, rules, content.framework, date(2026, 11, 24), "abc").mark == ""
