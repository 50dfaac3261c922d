"""Scores follow the instrument; what is missing shows as coverage and never as a number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.planning import peer_of, score_city
from generator.analysis.scoring import level_of, place
from generator.model.city import Answer, Assessment
from generator.model.scorecard import OVERALL, READINESS, Peer
from tests.analysis import invented


@pytest.mark.parametrize(("value", "level"), [(0, 0), (19.9, 0), (20, 1), (59, 2), (60, 3), (80, 4), (100, 4)])
def test_a_rising_value_becomes_a_level(value: float, level: int) -> None:
    assert level_of(invented.indicators()["yield"], value) == level


@pytest.mark.parametrize(("value", "level"), [(50, 0), (40, 1), (20.1, 2), (20, 3), (5, 4)])
def test_a_falling_value_becomes_a_level(value: float, level: int) -> None:
    assert level_of(invented.indicators()["loss"], value) == level


def test_an_indicator_without_thresholds_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="no thresholds"):
        level_of(invented.indicators()["crops-0"], 1.0)


def test_a_sub_dimension_is_the_weighted_mean_of_what_is_answered() -> None:
    card = score_city(invented.dossier(level=1, levels={"desk-2": 4, "desk-1": None}), invented.content())
    score = card.scores["order/desk"]
    assert score.value == pytest.approx((1.0 * 1 + 2.0 * 4) / 3.0)
    assert score.coverage == pytest.approx(3.0 / 4.5)
    assert (score.n_answered, score.n_total) == (2, 3)


def test_nothing_answered_has_no_score_and_does_not_pull_the_dimension_down() -> None:
    levels = {"desk-0": None, "desk-1": None, "desk-2": None, "books-0": 4, "books-1": 4, "books-2": 4}
    card = score_city(invented.dossier(levels=levels), invented.content())
    assert card.scores["order/desk"].value is None
    assert card.scores["order/desk"].confidence == 0
    assert card.scores["order"].value == pytest.approx(4.0)
    assert card.scores["order"].coverage == pytest.approx(0.5)


def test_readiness_stands_apart_from_the_dimensions() -> None:
    levels = {f"{sub}-{number}": 4 for sub in ("people", "money") for number in range(3)}
    card = score_city(invented.dossier(level=0, levels=levels, facts={}), invented.content())
    assert card.value(READINESS) == pytest.approx(4.0)
    assert card.value(OVERALL) == pytest.approx(0.0)


def test_a_fact_supplies_the_value_that_nobody_answered() -> None:
    rated = score_city(invented.dossier(), invented.content()).rated["yield"]
    assert (rated.origin, rated.level, rated.value, rated.year, rated.evidence) == ("fact", 1, 35.0, 2025, "verified")
    assert score_city(invented.dossier(facts={}), invented.content()).rated["yield"].origin == "none"


@pytest.mark.parametrize(
    ("evidence", "year", "confidence"),
    [("verified", 2026, 1.0), ("verified", 2024, 1.0), ("verified", 2022, 0.7), ("statement", 2026, 0.6),
     ("none", 2010, 0.3 * 0.3), ("verified", None, 0.6)],
)  # fmt: skip
def test_confidence_falls_with_evidence_and_age(evidence: str, year: int | None, confidence: float) -> None:
    city = invented.dossier()
    answer = Answer(level=2, year=year, evidence=evidence)  # type: ignore[arg-type]
    assessment = Assessment(status="sample", date=city.assessment.date, answers={"desk-0": answer})
    card = score_city(replace(city, assessment=assessment), invented.content())
    assert card.rated["desk-0"].confidence == pytest.approx(confidence)


def _peer(slug: str, value: float | None, type_: str = "kota", size: str = "medium") -> Peer:
    return Peer(slug=slug, name=slug.title(), type=type_, size=size, scores={"a": value})


def test_a_city_stands_among_its_cohort() -> None:
    own = _peer("me", 2.0)
    cohort = [
        own,
        _peer("one", 3.0),
        _peer("two", 1.0),
        _peer("three", 2.0),
        _peer("far", 4.0, "kabupaten"),
        _peer("x", None),
    ]
    position = place(own, cohort)["a"]
    assert (position.rank, position.count, position.quartile) == (3, 5, 2)
    assert position.median == 2.0
    assert position.best is not None
    assert (position.best.name, position.to_best) == ("One", -1.0)
    assert [value for _, value in position.values] == [4.0, 3.0, 2.0, 2.0, 1.0]


def test_without_others_there_is_no_position() -> None:
    own = peer_of(invented.dossier(), invented.content())
    assert place(own, [own]) == {}


@given(st.lists(st.floats(0, 4), min_size=1, max_size=80), st.floats(0, 4))
def test_rank_and_quartile_stay_in_range(values: list[float], mine: float) -> None:
    own = _peer("me", mine)
    position = place(own, [_peer(f"c{number}", value) for number, value in enumerate(values)])["a"]
    assert 1 <= position.rank <= position.count == len(values) + 1
    assert 1 <= position.quartile <= 4
    assert position.values[position.rank - 1][1] == mine
