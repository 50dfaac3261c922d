"""What templates see of scores and of the indicators below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.compose.tokens import Told

Standing = Literal["high", "middle", "low", "missing"]


@dataclass(frozen=True, slots=True)
class PositionView:
    """Place in the cohort."""

    known: bool
    rank: Told
    count: Told
    median: Told
    above_median: bool
    best_name: Told
    best: Told


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score with how sure it is."""

    known: bool
    value: Told
    """'1,8', or a fill-in."""
    gap: Told
    """Distance to 4: '2,2'."""
    standing: Standing
    is_high: bool
    is_middle: bool
    is_low: bool
    word: str
    """'tinggi', 'sedang', 'rendah', or 'belum ternilai'."""
    level_name: str
    """Name of the rounded level: 'rintisan'."""
    level_meaning: str
    answered: Told
    """Number of indicators answered."""
    total: Told
    coverage: Told
    """'83 %'."""
    complete: bool
    thin: bool
    """Whether it rests on less than half of the weight of its indicators."""
    confidence: Told
    """'tinggi', 'sedang', or 'rendah'."""
    is_sure: bool
    """Whether the confidence is high: most answers are proven by fresh documents."""
    is_unsure: bool
    """Whether the confidence is low."""
    position: PositionView


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator as this city stands on it."""

    id: str
    name: Told
    definition: Told
    answered: bool
    level: Told
    """'2', or a fill-in."""
    rubric: Told
    """Words of the level, or a fill-in."""
    next_rubric: Told
    """Words of the next level; nothing at level 4."""
    value: Told
    """Measured value with unit, only for indicators of kind 'value'."""
    is_measured: bool
    is_low: bool
    """Level 0 or 1."""
    is_high: bool
    """Level 3 or 4."""
    evidence: str
    """'dokumen', 'pernyataan', or 'tanpa bukti'."""
    year: str
    supplied_by: Told
