"""Points: the priority quadrant and the strip of a cohort. Labels stand beside their points and never on each other."""

from __future__ import annotations

from statistics import median

from generator.model.document import Chart
from generator.writers.chart_svg.canvas import SMALL, Box, Canvas, clash, number, scale, wrap
from generator.writers.typeface import width

_MOST_NAMED = 24


def place_label(x: float, y: float, text_width: float, height: float, taken: list[Box], frame: Box) -> tuple[Box, bool]:
    """Return the free place nearest to the point (x, y) for a label, and whether it needs a line to its point.

    Rings of eight places, each ring farther out, are tried until one is free and inside `frame`; if none is, the
    place that covers least is taken.
    """
    best: tuple[float, Box, bool] | None = None
    for ring in range(9):
        away = 5 + ring * 8
        for across, down in ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (-0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)):
            left = x + across * away - (text_width if across < 0 else text_width / 2 if across == 0 else 0)
            upper = y + down * away - (height if down < 0 else height / 2 if down == 0 else 0)
            box = (left, upper, left + text_width, upper + height)
            outside = sum(
                max(0.0, d) for d in (frame[0] - box[0], frame[1] - box[1], box[2] - frame[2], box[3] - frame[3])
            )
            cost = clash(box, taken) + outside * 100
            if cost == 0:
                return box, ring > 0
            if best is None or cost < best[0]:
                best = (cost, box, ring > 0)
    assert best is not None  # noqa: S101 - the loops above run
    return best[1], best[2]


def scatter(canvas: Canvas, chart: Chart) -> None:
    """Draw the points on two scales with the middle lines of the quadrants; points without a value are named below."""
    across, up = chart.series[0], chart.series[1] if len(chart.series) > 1 else chart.series[0]
    low_x, high_x, ticks_x = scale(across.values, chart.maximum, from_zero=False)
    low_y, high_y, ticks_y = scale(up.values, chart.maximum, from_zero=False)
    left, right, top, bottom = 40.0, canvas.width - 8, 8.0, 248.0

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + (x - low_x) / (high_x - low_x) * (right - left),
            bottom - (y - low_y) / (high_y - low_y) * (bottom - top),
        )

    canvas.rect(left, top, right - left, bottom - top, fill="none", stroke=canvas.rule)
    for tick in ticks_x:
        canvas.text(at(tick, low_y)[0], bottom + 11, number(tick), anchor="middle", fill=canvas.grey)
    for tick in ticks_y:
        canvas.text(left - 5, at(low_x, tick)[1] + 3, number(tick), anchor="end", fill=canvas.grey)
    middle = at((low_x + high_x) / 2, (low_y + high_y) / 2)
    canvas.rect(middle[0], top, right - middle[0], middle[1] - top, fill=canvas.tint(canvas.accent, 0.06))
    canvas.line(middle[0], top, middle[0], bottom, stroke=canvas.grey, dash="3 2")
    canvas.line(left, middle[1], right, middle[1], stroke=canvas.grey, dash="3 2")
    canvas.text((left + right) / 2, bottom + 24, across.name, anchor="middle", bold=True)
    canvas.text(10, (top + bottom) / 2, up.name, anchor="middle", bold=True, turn=-90)
    pairs = list(zip(chart.categories, across.values, up.values, strict=False))
    points = [(name, *at(x, y)) for name, x, y in pairs if x is not None and y is not None]
    key = _named(canvas, chart, points, (left + 2, top + 2, right - 2, bottom - 2))
    unknown = [name for name, x, y in pairs if x is None or y is None]
    canvas.height = bottom + 30
    if key:
        _key(canvas, key)
    if unknown:
        for line in wrap(f"Belum ada nilai: {', '.join(unknown)}", SMALL, canvas.width):
            canvas.text(0, canvas.height + 8, line, fill=canvas.grey)
            canvas.height += 11
        canvas.height += 3


def _named(canvas: Canvas, chart: Chart, points: list[tuple[str, float, float]], frame: Box) -> list[tuple[str, str]]:
    """Draw the points with their names beside them, or numbered where names have no room; return the key then."""
    labels = {name: name for name, _, _ in points}
    placed = _placed(chart, points, labels, frame) if len(points) <= _MOST_NAMED else None
    if placed is None:
        labels = {name: str(order) for order, (name, _, _) in enumerate(points, start=1)}
        placed = _placed(chart, points, labels, frame) or []
    for name, x, y, box, far in placed:
        if far:
            end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
            canvas.line(x, y, *end, stroke=canvas.grey, thick=0.4)
        canvas.text(box[0], box[3] - 2, labels[name], size=8, bold=name == chart.highlight)
    for name, x, y in points:
        own = name == chart.highlight
        canvas.marker(x, y, 3 if own else 0, fill=canvas.accent if own else canvas.grey, radius=4 if own else 3)
    return [] if all(name == label for name, label in labels.items()) else [(v, k) for k, v in labels.items()]


def _placed(
    chart: Chart, points: list[tuple[str, float, float]], labels: dict[str, str], frame: Box
) -> list[tuple[str, float, float, Box, bool]] | None:
    """Return a place for each label, or None if names, not yet shortened to numbers, would touch."""
    taken: list[Box] = [(x - 3.5, y - 3.5, x + 3.5, y + 3.5) for _, x, y in points]
    found = []
    for name, x, y in sorted(points, key=lambda point: point[0] != chart.highlight):
        wide = width(labels[name], 8.0) * (1.06 if name == chart.highlight else 1)
        box, far = place_label(x, y, wide, 8.8, taken, frame)
        if labels[name] == name and clash(box, taken):
            return None
        taken.append(box)
        found.append((name, x, y, box, far))
    return found


def _key(canvas: Canvas, key: list[tuple[str, str]]) -> None:
    """Write the numbers and names below the plot, in columns read downwards."""
    widest = max(width(name, SMALL) for _, name in key) + 26
    across = max(1, min(3, int(canvas.width // widest)))
    deep = -(-len(key) // across)
    column = canvas.width / across
    y = canvas.height
    heights = [10.0] * deep
    lines = [wrap(name, SMALL, column - 24) for _, name in key]
    for order, block in enumerate(lines):
        heights[order % deep] = max(heights[order % deep], 10.0 * len(block))
    for order, ((number_text, _), block) in enumerate(zip(key, lines, strict=True)):
        top = y + sum(heights[: order % deep]) + 8
        left = (order // deep) * column
        canvas.text(left + 12, top, number_text, anchor="end", bold=True)
        for down, line in enumerate(block):
            canvas.text(left + 17, top + 10 * down, line)
    canvas.height = y + sum(heights) + 4


_RADII = (3.2, 2.6, 2.1, 1.7, 1.4, 1.2)
"""Of the dots of a strip, in points; the first that leaves every pile on the sheet is taken."""


def strip(canvas: Canvas, chart: Chart) -> None:
    """Draw one dot a category on one scale, equal ones piled up; the own one, the ends and the median are named."""
    series = chart.series[0]
    values = [(name, v) for name, v in zip(chart.categories, series.values, strict=False) if v is not None]
    low, high, ticks = scale((value for _, value in values), chart.maximum)
    left, right, base = 8.0, canvas.width - 14, 84.0

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    canvas.line(left, base + 6, right, base + 6, stroke=canvas.grey, thick=0.9)
    for tick in ticks:
        canvas.line(at(tick), base + 6, at(tick), base + 9, stroke=canvas.grey)
        canvas.text(at(tick), base + 19, number(tick), anchor="middle", fill=canvas.grey)
    unit = f"{series.name} ({chart.unit})" if chart.unit else series.name
    canvas.text(right, base + 31, unit, anchor="end", bold=True)
    canvas.height = base + 36
    if not values:
        return
    dots, radius = _piled([(name, at(value), value) for name, value in values], base, 18.0)
    reach = radius + 0.8
    taken: list[Box] = [(x - reach, y - reach, x + reach, y + reach) for _, x, y, _ in dots]
    centre = at(median(value for _, value in values))
    canvas.line(centre, 14, centre, base + 6, stroke=canvas.grey, dash="3 2")
    label = f"Median {number(median(value for _, value in values))}"
    canvas.text(centre, 9, label, anchor="middle", fill=canvas.grey)
    half = width(label, SMALL) / 2
    taken += [(centre - half, 0, centre + half, 11), (centre - 0.5, 12, centre + 0.5, base)]
    ends = {min(dots, key=lambda dot: dot[3])[0], max(dots, key=lambda dot: dot[3])[0], chart.highlight}
    named: set[str] = set()
    for name, x, y, value in sorted(dots, key=lambda dot: dot[0] != chart.highlight):
        own = name == chart.highlight
        if (own or name in ends or len(dots) <= 8) and name not in named:
            named.add(name)
            text = f"{name} {number(value)}"
            box, far = place_label(x, y - 3, width(text, SMALL) * 1.05, 10, taken, (0, 12, canvas.width, base + 4))
            taken.append(box)
            if far:
                canvas.line(
                    x, y, min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]), stroke=canvas.grey, thick=0.4
                )
                canvas.rect(box[0], box[1], box[2] - box[0], box[3] - box[1], fill="#FFFFFF")
            canvas.text(box[0], box[3] - 2.5, text, bold=own)
    for name, x, y, _ in sorted(dots, key=lambda dot: dot[0] == chart.highlight):  # the own one lies on top
        if name == chart.highlight:
            canvas.marker(x, y, 3, fill=canvas.accent, radius=max(radius, 2.2) + 1.3)
        else:
            fill = canvas.tint(canvas.grey, 0.7)
            canvas.marker(x, y, 0, fill=fill, stroke="#FFFFFF" if radius > 3 else "none", radius=radius)
    unknown = len(chart.categories) - len(values)
    if unknown:
        canvas.text(left, base + 31, f"{unknown} daerah belum ada nilai", fill=canvas.grey)


def _piled(
    dots: list[tuple[str, float, float]], base: float, top: float
) -> tuple[list[tuple[str, float, float, float]], float]:
    """Return (name, x, y, value) with dots that would touch lifted one above the other, and the radius of a dot.

    The more there are the smaller they are, so that no pile grows beyond `top`; where the smallest do not fit either,
    they overlap.
    """
    for radius in _RADII:
        placed = _pile(sorted(dots, key=lambda dot: (dot[1], dot[0])), base, radius)
        highest = min(y for _, _, y, _ in placed)
        if highest >= top:
            return placed, radius
    squeeze = (base - top) / (base - highest)
    return [(name, x, base - (base - y) * squeeze, value) for name, x, y, value in placed], radius


def _pile(dots: list[tuple[str, float, float]], base: float, radius: float) -> list[tuple[str, float, float, float]]:
    wide = 2 * radius
    placed: list[tuple[str, float, float, float]] = []
    near: list[tuple[float, float]] = []
    for name, x, value in dots:
        near = [other for other in near if x - other[0] < wide]
        y = base
        while any(abs(y - other[1]) < wide for other in near):
            y -= wide + 0.2
        near.append((x, y))
        placed.append((name, x, y, value))
    return placed
