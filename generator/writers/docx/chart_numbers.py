"""What of a chart's numbers can be drawn."""

from __future__ import annotations

import math

from generator.model.document import Chart


def number(value: float | None) -> float | None:
    """Return a value that a chart can hold; what is not finite is not known."""
    return value if value is not None and math.isfinite(value) else None


def has_numbers(chart: Chart) -> bool:
    """Whether there is anything to draw."""
    return any(number(value) is not None for series in chart.series for value in series.values)
