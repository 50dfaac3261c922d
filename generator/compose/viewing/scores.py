"""Builds the views of scores, of their place in the cohort, and of indicators."""

from __future__ import annotations

from generator.compose.said import Speaker
from generator.compose.tokens import NOTHING, clean, counted, told
from generator.compose.typography import lower_first, number, percent, polish
from generator.compose.views.scores import IndicatorView, PositionView, ScoreView, Standing
from generator.model.instrument import Indicator
from generator.model.scorecard import Score

_EVIDENCE = {"verified": "dokumen", "statement": "pernyataan", "none": "tanpa bukti"}
_HIGH, _LOW = 2.5, 1.5
"""A score of 2.5 rounds to 'terpadu', one under 1.5 to 'rintisan' or less."""
_SURE, _FAIR = 0.75, 0.45
_THIN = 0.5
"""Coverage below which a score says more about the questionnaire than about the region."""
LEAST_COHORT = 5
"""Cities with a score below which a rank says nothing."""


def score_view(speaker: Speaker, area: str) -> ScoreView:
    """Return the view of a score."""
    score = speaker.plan.scorecard.scores.get(area)
    value = score.value if score is not None else None
    levels = {level.level: level for level in speaker.content.framework.levels}
    standing, word = standing_of(value)
    level = levels.get(level_word(value)) if value is not None else None
    reason = f"score:{area}"
    gap = told(number(4 - round(value, 1), 1, fixed=True), reason, raw=4 - value) if value is not None else NOTHING
    confidence = _confidence(score)
    return ScoreView(
        known=value is not None,
        value=speaker.score(area),
        gap=gap,
        standing=standing,
        is_high=standing == "high",
        is_middle=standing == "middle",
        is_low=standing == "low",
        word=word,
        level_name=level.name if level else "belum ternilai",
        level_meaning=level.meaning if level else "",
        answered=counted(score.n_answered if score else 0),
        total=counted(score.n_total if score else 0),
        coverage=told(percent(100 * (score.coverage if score else 0.0), 0), reason),
        complete=bool(score and score.n_answered == score.n_total),
        thin=is_thin(score),
        confidence=told(confidence, reason),
        is_sure=confidence == "tinggi",
        is_unsure=confidence == "rendah",
        position=_position(speaker, area),
    )


def is_thin(score: Score | None) -> bool:
    """Return whether too few questions were answered for a score to be compared with those of other regions."""
    return score is None or score.coverage < _THIN


def _position(speaker: Speaker, area: str) -> PositionView:
    position = speaker.plan.scorecard.positions.get(area)
    thin = is_thin(speaker.plan.scorecard.scores.get(area))
    if position is None or position.count < LEAST_COHORT or thin:
        return PositionView(False, NOTHING, NOTHING, NOTHING, False, NOTHING, NOTHING)
    best = position.best
    return PositionView(
        known=True,
        rank=counted(position.rank),
        count=counted(position.count),
        median=told(number(position.median, 1, fixed=True), raw=position.median),
        above_median=position.to_median > 0,
        best_name=told(clean(best.name)) if best else NOTHING,
        best=told(number(best.value, 1, fixed=True)) if best else NOTHING,
    )


def indicator_view(speaker: Speaker, indicator: Indicator) -> IndicatorView:
    """Return the view of an indicator."""
    rated = speaker.plan.scorecard.rated.get(indicator.id)
    level = rated.level if rated else None
    reason = f"indicator:{indicator.id}"
    measured = indicator.kind == "value"
    following = indicator.levels.get(level + 1) if level is not None else None
    return IndicatorView(
        id=indicator.id,
        name=told(indicator.name, reason),
        definition=told(indicator.definition, reason),
        answered=level is not None,
        level=speaker.level(indicator.id),
        rubric=speaker.rubric(indicator.id),
        next_rubric=told(polish(lower_first(following.rstrip(". "))), reason) if following else NOTHING,
        value=speaker.value(indicator.id) if measured else NOTHING,
        is_measured=measured and level is not None and rated is not None and rated.value is not None,
        is_low=level is not None and level <= 1,
        is_high=level is not None and level >= 3,
        evidence=_EVIDENCE[rated.evidence] if rated and level is not None else "–",
        year=str(rated.year) if rated and rated.year and level is not None else "–",
        supplied_by=speaker.opd_names(indicator.supplied_by),
    )


def level_word(value: float) -> int:
    """Return the level that a score is called by; from the printed figure, so that 1,5 has one name on every page."""
    return int(round(value, 1) + 0.5)


def standing_of(value: float | None) -> tuple[Standing, str]:
    """Return the class of a score 0-4 and its word; from the printed figure, as `level_word`."""
    if value is None:
        return "missing", "belum ternilai"
    value = round(value, 1)
    if value >= _HIGH:
        return "high", "tinggi"
    return ("low", "rendah") if value < _LOW else ("middle", "sedang")


def _confidence(score: Score | None) -> str:
    if score is None or score.value is None:
        return "belum ada"
    if score.confidence >= _SURE:
        return "tinggi"
    return "sedang" if score.confidence >= _FAIR else "rendah"
