"""What is said of ranks and of what is left out: counted by cause, compared only where enough is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.portfolio import row_of
from generator.build import Draft
from generator.compose.book import bench_of
from generator.compose.environment import TemplateEnvironment
from generator.compose.tables.bench import Bench
from generator.compose.typography import joined, some
from generator.compose.viewing.refusals import causes
from generator.compose.viewing.scores import LEAST_COHORT, score_view
from generator.model.plan import Why
from generator.model.scorecard import Position
from tests.compose.small import SMALL, compose, lay


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    return compose(lay(tmp_path_factory.mktemp("small") / "workspace"))


@given(st.lists(st.text("ab", min_size=1, max_size=3), max_size=12), st.integers(1, 6))
def test_of_many_the_first_are_named_and_the_others_counted(items: list[str], most: int) -> None:
    told = some(items, most)
    if len(items) <= most + 1:
        assert told == joined(items)
    else:
        assert told == joined([*items[:most], f"{len(items) - most} lainnya"])


def test_programmes_that_are_left_out_are_counted_by_cause(draft: Draft) -> None:
    program = draft.plan.programs[0]

    def left(*codes: str) -> str:
        return str(causes(replace(program, why=Why(code=code)) for code in codes))  # type: ignore[arg-type]

    assert left() == ""
    assert left("ceiling", "ceiling") == "seluruhnya karena pagu"
    assert left("ceiling", "capacity", "opd-load", "prerequisite", "duration", "capacity") == (
        "3 karena kemampuan memulai, 2 karena prasyaratnya belum siap, dan 1 karena pagu"
    )


def test_a_gap_is_numbered_among_the_gaps(draft: Draft) -> None:
    gaps = [finding for finding in draft.plan.findings if finding.kind == "gap"]
    assert len(gaps) > 1
    strong = replace(gaps[0], kind="strength")
    findings = (strong, *gaps[1:])
    viewing = bench(replace(draft, plan=replace(draft.plan, findings=findings))).viewing
    assert [viewing.finding(finding).rank.raw for finding in findings] == [1, *range(1, len(gaps))]


@pytest.mark.parametrize(("coverage", "known"), [(0.13, False), (0.5, True), (1.0, True)])
def test_few_answers_give_no_rank(draft: Draft, coverage: float, known: bool) -> None:
    card = draft.plan.scorecard
    area = next(name for name, score in card.scores.items() if score.value is not None)
    position = Position(
        area=area, rank=1, count=LEAST_COHORT, quartile=1, median=2.0, to_median=0.0, best=None, to_best=None, values=()
    )
    scored = replace(
        card,
        scores={**card.scores, area: replace(card.scores[area], coverage=coverage)},
        positions={**card.positions, area: position},
    )
    view = score_view(bench(replace(draft, plan=replace(draft.plan, scorecard=scored))).speaker, area)
    assert view.position.known is known
    assert view.thin is not known


def bench(draft: Draft) -> Bench:
    return bench_of(draft.dossier, draft.content, draft.plan, TemplateEnvironment(SMALL / "templates"))


def test_the_portfolio_counts_the_gaps_that_the_books_count(draft: Draft) -> None:
    findings = draft.plan.findings
    mixed = (*findings, replace(findings[0], id="own-strength", kind="strength"))
    row = row_of(draft.dossier, replace(draft.plan, findings=mixed), 0)
    assert set(row.gaps) == {finding.id for finding in findings if finding.kind == "gap"}
    assert len(row.gaps) == bench(draft).whole.plan().n_findings.raw
