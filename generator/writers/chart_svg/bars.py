"""Bars, grouped columns and stacked columns, each value written at its bar."""

from __future__ import annotations

from generator.model.document import Chart, Series
from generator.writers.chart_svg.canvas import SMALL, UNKNOWN, Canvas, legend, number, scale, spread, wrap
from generator.writers.typeface import width

_TINTS = (1.0, 0.45, 0.75, 0.25)


def _value(series: Series, index: int) -> float | None:
    return series.values[index] if index < len(series.values) else None


def _fill(canvas: Canvas, chart: Chart, index: int) -> str:
    """Return the ground of a series: a lighter tint for each further one, so that they differ in grey as well."""
    return canvas.tint(canvas.tone(chart.series[index].tone), _TINTS[index % len(_TINTS)])


def _keys(canvas: Canvas, chart: Chart, y: float) -> float:
    if len(chart.series) < 2:
        return y

    def key(x: float, at: float, index: int) -> None:
        canvas.rect(x, at - 4, 18, 8, fill=_fill(canvas, chart, index), stroke=canvas.tone(chart.series[index].tone))

    return legend(canvas, [(series.name, index) for index, series in enumerate(chart.series)], y, key)


def bars(canvas: Canvas, chart: Chart) -> None:
    """Draw horizontal bars, one group a category; `highlight` stands in the accent, the others paler."""
    room = min(170.0, max(width(name, 9) for name in chart.categories) + 8)
    left, right = room + 6, canvas.width - 46
    low, high, ticks = scale((v for s in chart.series for v in s.values), chart.maximum)

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    thick = 11.0 if len(chart.series) == 1 else 8.0
    labels = [wrap(name, 9, room) for name in chart.categories]
    heights = [max(thick * len(chart.series) + 7, 10.5 * len(lines) + 5) for lines in labels]
    top = _keys(canvas, chart, 8) if len(chart.series) > 1 else 4.0
    bottom = top + sum(heights)
    for tick in ticks:
        canvas.line(at(tick), top, at(tick), bottom)
        canvas.text(at(tick), bottom + 10, number(tick), anchor="middle", fill=canvas.grey)
    y = top
    for index, (lines, height) in enumerate(zip(labels, heights, strict=True)):
        own = chart.highlight == chart.categories[index]
        canvas.text_block(room, y + height / 2, lines, anchor="end", size=9, bold=own)
        for place, series in enumerate(chart.series):
            bar = y + height / 2 + (place - len(chart.series) / 2) * thick
            value = _value(series, index)
            fill = _fill(canvas, chart, place)
            if chart.highlight and not own:
                fill = canvas.tint(fill, 0.55)
            if value is not None:
                start, end = sorted((at(0), at(value)))
                canvas.rect(start, bar + 0.5, end - start, thick - 1.5, fill=fill, stroke=canvas.tone(series.tone))
            label = UNKNOWN if value is None else number(value)
            canvas.text(at(max(value or 0, 0)) + 4, bar + thick / 2 + 2.6, label, bold=own)
        y += height
    canvas.line(at(0), top, at(0), bottom, stroke=canvas.grey, thick=0.9)
    if chart.unit:
        canvas.text(right, bottom + 21, chart.unit, anchor="end", fill=canvas.grey)
    canvas.height = bottom + (26 if chart.unit else 14)


def _axes(
    canvas: Canvas, chart: Chart, low: float, high: float, ticks: list[float], right: float
) -> tuple[float, float, float, float]:
    """Draw a value scale on the left and the categories below; return left, top, base of the plot and slot width."""
    top = _keys(canvas, chart, 8) + 6 if chart.kind == "columns" else 8.0
    if chart.unit:
        canvas.text(0, top + 2, chart.unit, fill=canvas.grey)
        top += 14
    bottom = top + 150
    left = max(width(number(tick), SMALL) for tick in ticks) + 8
    for tick in ticks:
        y = bottom - (tick - low) / (high - low) * (bottom - top)
        canvas.line(left, y, right, y, stroke=canvas.grey if tick == 0 else "", thick=0.9 if tick == 0 else 0.6)
        canvas.text(left - 5, y + 3, number(tick), anchor="end", fill=canvas.grey)
    slot = (right - left) / len(chart.categories)
    deepest = 1
    for index, name in enumerate(chart.categories):
        lines = wrap(name, SMALL, slot - 4)
        deepest = max(deepest, len(lines))
        middle = bottom + 9 + (len(lines) - 1) * 4.9
        own = chart.highlight == name
        canvas.text_block(left + (index + 0.5) * slot, middle, lines, anchor="middle", bold=own)
    canvas.height = bottom + 8 + deepest * 10
    return left, top, bottom, slot


def columns(canvas: Canvas, chart: Chart) -> None:
    """Draw grouped columns with their values on top."""
    low, high, ticks = scale((v for s in chart.series for v in s.values), chart.maximum)
    left, top, bottom, slot = _axes(canvas, chart, low, high, ticks, canvas.width)

    def at(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    thick = min(36.0, slot * 0.74 / len(chart.series))
    for index in range(len(chart.categories)):
        start = left + (index + 0.5) * slot - thick * len(chart.series) / 2
        for place, series in enumerate(chart.series):
            value = _value(series, index)
            x = start + place * thick
            if value is not None:
                upper, lower = sorted((at(0), at(value)))
                fill = _fill(canvas, chart, place)
                canvas.rect(x + 1, upper, thick - 2, lower - upper, fill=fill, stroke=canvas.tone(series.tone))
            canvas.text(x + thick / 2, at(max(value or 0, 0)) - 3, number(value), anchor="middle", size=8)


def stacked(canvas: Canvas, chart: Chart) -> None:
    """Draw stacked columns: values inside, the total on top, series named beside the last column."""
    names = [wrap(series.name, SMALL, 104) for series in chart.series]
    right = canvas.width - min(112.0, max(width(line, SMALL) for lines in names for line in lines) + 16)
    totals = [sum((max(_value(s, i) or 0.0, 0.0) for s in chart.series), 0.0) for i in range(len(chart.categories))]
    low, high, ticks = scale(totals, chart.maximum)
    left, top, bottom, slot = _axes(canvas, chart, low, high, ticks, right)
    per = (bottom - top) / (high - low)
    thick = min(64.0, slot * 0.7)
    middles = [bottom] * len(chart.series)
    for index, total in enumerate(totals):
        x = left + (index + 0.5) * slot - thick / 2
        y = bottom
        for place, series in enumerate(chart.series):
            size = max(_value(series, index) or 0.0, 0.0) * per
            y -= size
            middles[place] = y + size / 2
            canvas.rect(x, y, thick, size, fill=canvas.tone(series.tone), stroke="#FFFFFF", thick=0.8)
            label = number(_value(series, index))
            if size >= 10 and width(label, 8) < thick - 4:
                canvas.text(x + thick / 2, y + size / 2 + 2.8, label, anchor="middle", size=8, fill="#FFFFFF")
        if total:
            canvas.text(x + thick / 2, y - 3, number(total), anchor="middle", bold=True)
    edge = left + (len(totals) - 0.5) * slot + thick / 2
    gap = max(len(lines) for lines in names) * 10.0 + 1.0
    room = max(bottom, top + gap * len(names))
    places = spread([-middle for middle in middles], gap, -room + 4, -top)
    for series, lines, middle, spot in zip(chart.series, names, middles, places, strict=True):
        canvas.path(
            ((edge + 1, middle), (right + 4, -spot), (right + 8, -spot)), stroke=canvas.tone(series.tone), thick=0.7
        )
        canvas.text_block(right + 11, -spot, lines, fill=canvas.tone(series.tone), bold=True)
    canvas.height = max(canvas.height, room + 8)
