"""Lines over categories (years), named at their last known point."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from generator.model.document import Chart
from generator.writers.chart_svg.canvas import SMALL, Box, Canvas, clash, number, scale, spread, wrap
from generator.writers.typeface import width

_DASHES = ("", "5 2.5", "1.2 2", "6 2 1.2 2")


def lines(canvas: Canvas, chart: Chart) -> None:
    """Draw one line a series, broken where a value is not known; dashes and markers tell them apart."""
    low, high, ticks = scale((v for s in chart.series for v in s.values), chart.maximum)
    names = [wrap(series.name, SMALL, 96) for series in chart.series]
    right = canvas.width - min(112.0, max(width(line, SMALL) for block in names for line in block) + 16)
    top = 22.0 if chart.unit else 8.0
    bottom = top + 150
    left = max(width(number(tick), SMALL) for tick in ticks) + 8
    if chart.unit:
        canvas.text(0, 9, chart.unit, fill=canvas.grey)

    def at(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    for tick in ticks:
        canvas.line(left, at(tick), right, at(tick), stroke=canvas.grey if tick == 0 else "")
        canvas.text(left - 5, at(tick) + 3, number(tick), anchor="end", fill=canvas.grey)
    inset = 12.0
    slot = (right - left - 2 * inset) / max(len(chart.categories) - 1, 1)
    deepest = 1
    for index, name in enumerate(chart.categories):
        block = wrap(name, SMALL, max(slot - 4, 20))
        deepest = max(deepest, len(block))
        canvas.text_block(left + inset + index * slot, bottom + 10 + 4.9 * (len(block) - 1), block, anchor="middle")
    taken: list[Box] = []
    ends = [_one(canvas, chart, place, at, left + inset, slot, taken) for place in range(len(chart.series))]
    gap = max(len(block) for block in names) * 10.0 + 1
    for series, block, (x, y), place in zip(
        chart.series, names, ends, spread([end[1] for end in ends], gap, top + 4, bottom), strict=True
    ):
        colour = canvas.tone(series.tone)
        canvas.path(((x + 5, y), (right + 3, place), (right + 7, place)), stroke=colour, thick=0.5, dash="1 1.5")
        canvas.text_block(right + 10, place, block, fill=colour, bold=True)
    canvas.height = bottom + 10 + deepest * 10


def _one(
    canvas: Canvas,
    chart: Chart,
    place: int,
    at: Callable[[float], float],
    left: float,
    slot: float,
    taken: list[Box],
) -> tuple[float, float]:
    """Draw one series and return its last known point; a value whose place is taken is left to the table."""
    series = chart.series[place]
    colour = canvas.tone(series.tone)
    points = [
        (left + index * slot, at(value)) if value is not None else None
        for index, value in enumerate(series.values[: len(chart.categories)])
    ]
    for first, second in pairwise(points):
        if first and second:
            canvas.path((first, second), stroke=colour, thick=1.6, dash=_DASHES[place % 4])
    end = (left, at(0.0))
    for point, value in zip(points, series.values, strict=False):
        if point is None:
            continue
        canvas.marker(*point, place, fill=colour)
        half = width(number(value), 8) / 2
        for drop in (-6, 12) if place % 2 == 0 else (12, -6):
            box = (point[0] - half, point[1] + drop - 7, point[0] + half, point[1] + drop + 2)
            if not clash(box, taken):
                taken.append(box)
                canvas.text(point[0], point[1] + drop, number(value), anchor="middle", size=8, fill=colour)
                break
        end = point
    return end
