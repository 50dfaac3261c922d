"""Heat map: one row a series, one column a category, the number in every cell."""

from __future__ import annotations

from generator.model.document import Chart
from generator.writers.chart_svg.canvas import SMALL, Canvas, known, number, wrap
from generator.writers.typeface import width


def heatmap(canvas: Canvas, chart: Chart) -> None:
    """Draw the cells on the five grounds of the palette; a value not known is an empty cell with a dash."""
    top_value = chart.maximum or max(known(v for s in chart.series for v in s.values), default=0.0) or 1.0
    room = min(140.0, max(width(series.name, 9) for series in chart.series) + 10)
    cell = (canvas.width - room) / len(chart.categories)
    turned = cell < 34
    heads = [[name] if turned else wrap(name, SMALL, cell - 4) for name in chart.categories]
    head = max(width(name, SMALL) for name in chart.categories) + 8 if turned else max(map(len, heads)) * 10.0 + 4
    for index, lines in enumerate(heads):
        x = room + (index + 0.5) * cell
        if turned:
            canvas.text(x + 3, head - 4, lines[0], turn=-90)
        else:
            canvas.text_block(x, head - 5 - (len(lines) - 1) * 4.9, lines, anchor="middle")
    y = head
    for series in chart.series:
        lines = wrap(series.name, 9, room - 8)
        height = max(20.0, 10.5 * len(lines) + 6)
        own = chart.highlight == series.name
        canvas.text_block(0, y + height / 2, lines, size=9, bold=own, fill=canvas.tone(series.tone))
        for index in range(len(chart.categories)):
            value = series.values[index] if index < len(series.values) else None
            present = value is not None
            level = min(4, max(0, round((value or 0) / top_value * 4)))
            fill = f"#{canvas.palette.levels[level]}" if present else "#FFFFFF"
            x = room + index * cell
            canvas.rect(
                x + 0.8, y + 0.8, cell - 1.6, height - 1.6, fill=fill, stroke="none" if present else canvas.rule
            )
            canvas.text(x + cell / 2, y + height / 2 + 3, number(value), anchor="middle", size=9)
        y += height
    canvas.height = y + 2
