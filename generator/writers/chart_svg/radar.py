"""Radar of levels: the first series filled, the others as dashed outlines; the value stands under each category."""

from __future__ import annotations

import math
from collections.abc import Callable

from generator.model.document import Chart
from generator.writers.chart_svg.canvas import SMALL, Canvas, legend, number, scale, wrap

Point = tuple[float, float]

_DASHES = ("", "4 2.5", "1.2 2", "6 2 1.2 2")


def radar(canvas: Canvas, chart: Chart) -> None:
    """Draw one spoke a category from the top clockwise; an unknown value leaves the outline open at its spoke."""
    count = len(chart.categories)
    _, high, ticks = scale((v for s in chart.series for v in s.values), chart.maximum)
    radius, cx, cy = 78.0, canvas.width / 2, 108.0

    def at(index: int, share: float) -> tuple[float, float]:
        angle = 2 * math.pi * index / count
        return cx + math.sin(angle) * radius * share, cy - math.cos(angle) * radius * share

    for tick in ticks[1:]:
        ring = [at(index, tick / high) for index in range(count)]
        canvas.path(ring, stroke=canvas.rule, thick=0.6, close=True)
        canvas.text(cx + 4, cy - radius * tick / high + 8, number(tick), size=7.5, fill=canvas.grey)
    for index, name in enumerate(chart.categories):
        canvas.line(cx, cy, *at(index, 1))
        x, y = at(index, 1.1)
        sideways = math.sin(2 * math.pi * index / count)
        anchor = "middle" if abs(sideways) < 0.2 else "start" if sideways > 0 else "end"
        value = chart.series[0].values[index] if index < len(chart.series[0].values) else None
        lines = wrap(name, SMALL, 110)
        lines[-1] = f"{lines[-1]}: {number(value)}"
        lift = -4 * (len(lines) - 1) - 2 if y < cy - radius * 0.9 else 4 * len(lines) if y > cy + radius * 0.9 else 0
        canvas.text_block(x, y + lift, lines, anchor=anchor, bold=chart.highlight == name)
    for place in reversed(range(len(chart.series))):
        _outline(canvas, chart, place, high, at)

    def key(x: float, y: float, place: int) -> None:
        colour = canvas.tone(chart.series[place].tone)
        canvas.line(x, y, x + 18, y, stroke=colour, thick=1.6, dash=_DASHES[place % 4])
        canvas.marker(x + 9, y, place, fill=colour)

    names = [(series.name, place) for place, series in enumerate(chart.series)]
    canvas.height = legend(canvas, names, cy + radius + 32, key)


def _outline(canvas: Canvas, chart: Chart, place: int, high: float, at: Callable[[int, float], Point]) -> None:
    series = chart.series[place]
    colour = canvas.tone(series.tone)
    points = [
        at(index, max(value, 0) / high) if value is not None else None
        for index, value in enumerate(series.values[: len(chart.categories)])
    ]
    whole = [point for point in points if point]
    if len(whole) == len(chart.categories):
        fill = colour if place == 0 else "none"
        canvas.path(whole, stroke=colour, thick=1.6, dash=_DASHES[place % 4], fill=fill, opacity=0.12, close=True)
    else:
        for first, second in zip(points, [*points[1:], points[0]] if points else [], strict=True):
            if first and second:
                canvas.path((first, second), stroke=colour, thick=1.6, dash=_DASHES[place % 4])
    for x, y in whole:
        canvas.marker(x, y, place, fill=colour, radius=2.6)
