"""Charts as SVG text: the same numbers that the tables show, drawn without a plotting library in about a millisecond.

`draw` returns one `<svg>` element that stands alone (inline in HTML, or as an image file). Text stays text. No chart
needs its colours to be read: series are told apart by labels beside them, by place, by dashes and by markers.
"""

from __future__ import annotations

import math
from dataclasses import replace

from generator.model.document import Chart, Palette, Series
from generator.writers.chart_svg.bars import bars, columns, stacked
from generator.writers.chart_svg.canvas import Canvas
from generator.writers.chart_svg.grid import heatmap
from generator.writers.chart_svg.lines import lines
from generator.writers.chart_svg.points import scatter, strip
from generator.writers.chart_svg.radar import radar

__all__ = ["draw"]

_DRAWERS = {
    "radar": radar,
    "bars": bars,
    "columns": columns,
    "stacked": stacked,
    "lines": lines,
    "scatter": scatter,
    "strip": strip,
    "heatmap": heatmap,
}


def draw(chart: Chart, palette: Palette, *, font: str) -> str:
    """Return the chart as an `<svg>` element, 155 mm wide, its text in the family `font`, its `alt` as `<title>`.

    A chart without categories or series becomes an empty frame that says so; nothing is raised on odd numbers.
    """
    canvas = Canvas(palette, font)
    if chart.categories and chart.series:
        _DRAWERS[chart.kind](canvas, replace(chart, series=tuple(map(_finite, chart.series))))
    else:
        canvas.height = 60
        canvas.rect(0.5, 0.5, canvas.width - 1, 59, fill="none", stroke=canvas.grey)
        canvas.text(canvas.width / 2, 33, "Belum ada data untuk grafik ini", anchor="middle")
    return canvas.svg(chart.alt)


def _finite(series: Series) -> Series:
    """Return the series with what is no finite number taken as not known."""
    values = tuple(value if value is not None and math.isfinite(value) else None for value in series.values)
    return replace(series, values=values)
