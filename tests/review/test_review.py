"""The self-review is computed: what is taken out of a draft lowers the items that ask for it, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from generator.analysis.alignment import served
from generator.analysis.review import review
from generator.analysis.review_books import BOOK_MEASURES
from generator.analysis.review_plan import PLAN_MEASURES
from generator.build import Draft, prepare
from generator.cli.app import app
from generator.compose.summary import sentences, summarise
from generator.model.alignment import Alignment, Goal
from generator.model.document import Chapter, Missing, Paragraph, Placeholder, Section, Table, Text
from generator.model.evaluation import Measure, MeasureKind
from generator.model.plan import Amount
from generator.model.review import BlockFacts, BookFacts, ItemReview, Measured, Review
from generator.sources.check import check_content
from generator.writers.review_page import page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def draft() -> Draft:
    found, diagnostics = prepare(ROOT, "kota-medan")
    assert found is not None, [str(item) for item in diagnostics][:5]
    return found


@pytest.fixture(scope="module")
def books(draft: Draft) -> tuple[BookFacts, ...]:
    return tuple(summarise(document) for document in draft.composed.documents)


@pytest.fixture(scope="module")
def whole(draft: Draft, books: tuple[BookFacts, ...]) -> Review:
    return review(books, draft.plan, draft.dossier, draft.content)


def _lower(before: Review, after: Review) -> set[str]:
    scores = {item.item: item.score for item in after.items}
    return {item.item for item in before.items if (item.score or 0) > (scores[item.item] or 0)}


def _without(books: tuple[BookFacts, ...], book: str, prefix: str) -> tuple[BookFacts, ...]:
    return tuple(
        replace(item, blocks=tuple(fact for fact in item.blocks if not fact.id.startswith(prefix)))
        if item.id == book
        else item
        for item in books
    )


def test_every_kind_of_measure_is_computed_in_one_place() -> None:
    assert set(BOOK_MEASURES) | set(PLAN_MEASURES) == set(get_args(MeasureKind))
    assert not set(BOOK_MEASURES) & set(PLAN_MEASURES)


def test_scores_stay_within_their_points_and_families_add_up(whole: Review, draft: Draft) -> None:
    assert [item.item for item in whole.items] == [item.id for item in draft.content.evaluation.items]
    for item in whole.items:
        assert item.score is None or 0 <= item.score <= item.points
        assert all(0 <= result.share <= 1 for result in item.measured)
    for family in whole.families:
        own = [item for item in whole.items if item.family == family.family]
        assert family.score == pytest.approx(sum(item.score or 0 for item in own), abs=0.01)
        assert family.open_items == sum(1 for item in own if item.score is None)
    quality = [family for family in whole.families if family.family not in draft.content.evaluation.weights]
    assert (len(quality), sum(family.points for family in quality)) == (8, 80)


def test_every_item_says_what_would_raise_it_and_every_score_its_evidence(whole: Review, draft: Draft) -> None:
    improve = {item.id: item.improve for item in draft.content.evaluation.items}
    assert all(improve.values())
    for item in whole.items:
        if item.score:
            assert any(result.evidence for result in item.measured), item.item


def test_block_evidence_exists_in_the_books(whole: Review, books: tuple[BookFacts, ...]) -> None:
    known = {fact.id for book in books for fact in book.blocks}
    stated = {
        name
        for item in whole.items
        for result in item.measured
        if result.kind in ("blocks", "figures", "filled")
        for name in result.evidence
    }
    assert stated
    assert stated <= known


@pytest.mark.parametrize(
    ("book", "chapter", "items"),
    [
        ("masterplan", "funding", {"im-03", "pr-01"}),
        ("masterplan", "monitoring", {"me-02", "me-03", "me-04", "me-05", "pr-01"}),
        ("masterplan", "participation", {"fb-05", "pa-04", "pa-06", "co-04"}),
        ("masterplan", "draft-council", {"co-01"}),
        ("masterplan", "draft-regulation", {"im-05"}),
        ("analysis", "vision", {"go-01", "pr-01"}),
        ("analysis", "gaps", {"fb-02", "pr-01"}),
        ("summary", "budget", {"pr-04"}),
    ],
)
def test_removing_a_chapter_lowers_what_asks_for_it(
    draft: Draft, books: tuple[BookFacts, ...], whole: Review, book: str, chapter: str, items: set[str]
) -> None:
    after = review(_without(books, book, chapter), draft.plan, draft.dossier, draft.content)
    assert _lower(whole, after) == items
    assert after.score < whole.score


def test_removing_the_budget_lowers_implementation(draft: Draft, books: tuple[BookFacts, ...], whole: Review) -> None:
    programs = tuple(replace(program, first_five=Amount(), budget={}) for program in draft.plan.programs)
    after = review(books, replace(draft.plan, programs=programs), draft.dossier, draft.content)
    assert _lower(whole, after) == {"im-02"}
    city = replace(draft.dossier.city, budget=None)
    again = review(books, draft.plan, replace(draft.dossier, city=city), draft.content)
    assert _lower(whole, again) == {"im-02"}


def test_answers_that_are_taken_away_lower_the_fact_base(
    draft: Draft, books: tuple[BookFacts, ...], whole: Review
) -> None:
    rated = {name: replace(item, level=None, evidence="none") for name, item in draft.plan.scorecard.rated.items()}
    plan = replace(draft.plan, scorecard=replace(draft.plan.scorecard, rated=rated))
    after = review(books, plan, draft.dossier, draft.content)
    assert _lower(whole, after) == {"fb-02", "bl-01"}
    bare = review(books, draft.plan, replace(draft.dossier, facts={}), draft.content)
    assert _lower(whole, bare) >= {"fb-01", "fb-05"}


def test_findings_without_programmes_lower_the_strategies(
    draft: Draft, books: tuple[BookFacts, ...], whole: Review
) -> None:
    programs = tuple(program for program in draft.plan.programs if program.status != "scheduled")
    after = review(books, replace(draft.plan, programs=programs), draft.dossier, draft.content)
    assert {"st-01", "st-02", "st-03", "im-01", "im-02", "im-04", "me-01", "co-03"} <= _lower(whole, after)


def test_filling_the_participation_in_raises_it(draft: Draft, books: tuple[BookFacts, ...], whole: Review) -> None:
    filled = tuple(
        replace(
            book,
            blocks=tuple(
                replace(fact, fill_ins=0) if fact.id.startswith("participation") else fact for fact in book.blocks
            ),
        )
        for book in books
    )
    after = review(filled, draft.plan, draft.dossier, draft.content)
    raised = _lower(after, whole)
    assert raised >= {"pa-01", "pa-02", "pa-03"}
    assert all(name.startswith("pa-") for name in raised - {"fb-05", "co-04"})


def test_goals_outside_count_when_a_scheduled_programme_serves_them(
    draft: Draft, books: tuple[BookFacts, ...], whole: Review
) -> None:
    item = whole.item("go-05")
    assert item is not None
    assert item.score is not None
    assert item.score > 1
    serving = {program.id for program in served(draft.plan.programs, draft.content.alignment)[_goal(draft, 7)]}
    assert serving
    others = tuple(program for program in draft.plan.programs if program.id not in serving)
    fewer = review(books, replace(draft.plan, programs=others), draft.dossier, draft.content).item("go-05")
    assert fewer is not None
    assert "7" in fewer.measured[1].lacking
    assert "7" not in item.measured[1].lacking
    unmapped = replace(draft.content, alignment=Alignment())
    assert (review(books, draft.plan, draft.dossier, unmapped).item("go-05") or item).score < item.score
    assert "go-05" in _lower(
        whole, review(_without(books, "masterplan", "direction/sdg"), draft.plan, draft.dossier, draft.content)
    )


def _goal(draft: Draft, number: int) -> Goal:
    return next(goal for goal in draft.content.alignment.goals if goal.number == number)


def test_cooperation_counts_twice_once_it_says_what_is_signed(
    draft: Draft, books: tuple[BookFacts, ...], whole: Review
) -> None:
    filled = tuple(
        replace(
            book,
            blocks=tuple(
                replace(fact, fill_ins=0) if fact.id == "participation/cooperation" else fact for fact in book.blocks
            ),
        )
        for book in books
    )
    item = whole.item("co-04")
    after = review(filled, draft.plan, draft.dossier, draft.content).item("co-04")
    without = review(
        _without(books, "masterplan", "participation/cooperation"), draft.plan, draft.dossier, draft.content
    ).item("co-04")
    assert item is not None
    assert after is not None
    assert without is not None
    assert (after.score, item.score) == (2.0, 1.0)
    assert (without.score or 0) < 1.0


# --- single measures on invented values ------------------------------------------------------------------------------


def _book(*facts: BlockFacts, **more: object) -> tuple[BookFacts, ...]:
    return (BookFacts(id="b", blocks=facts, sources=3, **more),)  # type: ignore[arg-type]


def _fact(name: str, **more: object) -> BlockFacts:
    return BlockFacts(**{"id": name, "kind": "Section", "words": 50, **more})  # type: ignore[arg-type]


def _measure(books: tuple[BookFacts, ...], kind: MeasureKind, *of: str, full: float = 1.0) -> Measured:
    return BOOK_MEASURES[kind](Measure(kind=kind, of=of, full=full), books)


def test_a_block_counts_when_it_says_something() -> None:
    books = _book(
        _fact("a"),
        _fact("short", words=3),
        _fact("t", kind="Table", rows=0, words=90),
        _fact("u", kind="Table", rows=1, words=2),
    )
    found = _measure(books, "blocks", "b:a", "b:short", "b:t", "b:u", "b:none", "c:a")
    assert (found.evidence, found.lacking) == (("a", "u"), ("b:short", "b:t", "b:none", "c:a"))
    assert found.share == pytest.approx(2 / 6)
    assert _measure(books, "blocks", "b:a", full=2).share == 0.5


def test_figures_fill_ins_captions_and_sources_are_counted() -> None:
    books = _book(
        _fact("x/1", has_figure=True),
        _fact("x/2", fill_ins=2),
        _fact("t1", kind="Table"),
        _fact("t2", kind="Table", captioned=False),
        _fact("t3", kind="Chart", sourced=False),
    )
    assert _measure(books, "figures", "b:x/*").note == "1/2"
    assert _measure(books, "filled", "b:x/1", "b:x/2", "b:y").note == "1/3"
    assert _measure(books, "captions", "b").evidence == ("t1",)
    assert _measure(books, "citations", "b", full=6).share == 0.5


def test_sums_of_money_have_to_stand_in_the_other_books() -> None:
    one = BookFacts(id="one", blocks=(), sources=0, amounts=frozenset({"Rp 1", "Rp 2"}))
    two = BookFacts(id="two", blocks=(), sources=0, amounts=frozenset({"Rp 2", "Rp 3"}))
    found = _measure((one, two), "shared-figures", "one", "two")
    assert (found.note, found.lacking) == ("1/2", ("Rp 1",))


def test_a_book_is_reduced_to_what_can_be_counted(draft: Draft) -> None:
    table = Table(id="t", columns=(), header=(), body=())
    section = Section(
        id="s",
        level=2,
        title=(Text("Judul"),),
        children=(
            Paragraph(id="p", content=(Text("Nilainya 3 dari 4. Biayanya Rp\u00a01,2\u00a0miliar."),)),
            Paragraph(id="q", content=(Text("Lihat Tabel 2.1. "), Missing("nama"))),
            Placeholder(id="h", what="visi"),
            table,
        ),
    )
    document = replace(draft.composed.documents[0], front=(), body=(Chapter(id="c", title=(), children=(section,)),))
    facts = summarise(document)
    blocks = {fact.id: fact for fact in facts.blocks}
    assert [fact.id for fact in facts.blocks] == ["c", "s", "p", "q", "h", "t"]
    assert blocks["p"].has_figure
    assert not blocks["q"].has_figure
    assert (blocks["s"].fill_ins, blocks["p"].fill_ins) == (2, 0)
    assert (blocks["t"].captioned, blocks["t"].rows) == (False, 0)
    assert facts.amounts == frozenset({"Rp\u00a01,2\u00a0miliar"})
    assert facts.sentence_words[:2] == (4, 4)


def test_a_sentence_ends_before_a_capital_letter() -> None:
    assert sentences("Satu dua s.d. tiga. Empat lima! Enam?") == ["Satu dua s.d. tiga.", "Empat lima!", "Enam?"]


# --- sheet and command -----------------------------------------------------------------------------------------------


def test_the_sheet_shows_every_item_and_city_text_is_no_markup(whole: Review, draft: Draft) -> None:
    text = page(whole, draft.content.evaluation, "Kota | `x` [y](z)\n# Judul")
    assert text.splitlines()[0].startswith("# Penilaian mandiri draf Kota \\| \\`x\\`")
    assert "\n# Judul" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Butir")]
    assert [row.split(" | ")[0].strip("| ") for row in rows] == [item.item for item in _in_sheet_order(whole)]
    for item in whole.items:
        if item.score is None:
            assert f"| {item.item} |" in text
    assert text.count("diisi daerah") == sum(1 for item in whole.items if item.score is None)


def _in_sheet_order(found: Review) -> Iterator[ItemReview]:
    for family in found.families:
        yield from (item for item in found.items if item.family == family.family)


def test_the_command_writes_the_sheet_beside_the_books(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["review", "kota-medan", "-w", str(ROOT), "--out", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    sheet = tmp_path / "kota-medan" / "penilaian-mandiri.md"
    assert data["sheet"] == str(sheet)
    assert sheet.read_text(encoding="utf-8").startswith("# Penilaian mandiri draf Kota Medan")
    assert data["score"] == pytest.approx(sum(family["score"] for family in data["families"]), abs=0.01)
    assert not list(tmp_path.rglob("*.docx"))


@pytest.mark.parametrize(
    ("kind", "name", "known"),
    [
        ("programs-with", "risk", "risks"),
        ("captions", "masterplant", "masterplan"),
        ("facts-known", "povertyrate", "poverty_rate"),
    ],
)
def test_a_measure_of_something_unknown_is_told(draft: Draft, kind: MeasureKind, name: str, known: str) -> None:
    evaluation = draft.content.evaluation
    item = replace(evaluation.items[0], measures=(Measure(kind=kind, of=(name,)),))
    content = replace(draft.content, evaluation=replace(evaluation, items=(item,)))
    found = [diagnostic for diagnostic in check_content(content, ROOT) if f"'{name}'" in diagnostic.message]
    assert [diagnostic.code for diagnostic in found] == ["MP203"]
    assert f"'{known}'" in (found[0].hint or "")
    assert found[0].place.file == "content/evaluation.yaml"
