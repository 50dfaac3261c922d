"""A sheet to draw on: SVG shapes from numbers, Indonesian number format, round scales, wrapped and placed labels.

Lengths are points; the sheet is 440 points (155 mm) wide, the height is what the drawing needs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape

from generator.model.document import Palette
from generator.writers.typeface import printable, width

Box = tuple[float, float, float, float]  # left, top, right, bottom

SMALL = 8.5
UNKNOWN = "–"


class Canvas:
    """Collects shapes. `height` grows by what the drawers set; `svg` closes the sheet."""

    def __init__(self, palette: Palette, font: str) -> None:
        self.palette = palette
        self.font = font
        self.width = 440.0
        self.height = 0.0
        self.ink = f"#{palette.tone('ink')}"
        self.grey = f"#{palette.tone('grey')}"
        self.accent = f"#{palette.tone('accent')}"
        self.rule = "#C9CFD6"
        self._parts: list[str] = []

    def tone(self, key: str) -> str:
        """Return a tone of the palette as '#RRGGBB'."""
        return f"#{self.palette.tone(key)}"

    def tint(self, colour: str, share: float) -> str:
        """Return `colour` ('#RRGGBB') mixed with white; `share` 1 leaves it, 0 is white."""
        channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return "#" + "".join(f"{round(255 + (channel - 255) * share):02X}" for channel in channels)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: float = SMALL,
        bold: bool = False,
        fill: str = "",
        turn: float = 0,
    ) -> None:
        """Write `text` with its baseline at `y`; `turn` rotates it by degrees about its own point."""
        weight = ' font-weight="700"' if bold else ""
        rotate = f' transform="rotate({turn:g} {x:.1f} {y:.1f})"' if turn else ""
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}"{weight}'
            f' fill="{fill or self.ink}"{rotate}>{escape(printable(text))}</text>'
        )

    def text_block(
        self,
        x: float,
        middle: float,
        lines: Sequence[str],
        *,
        anchor: str = "start",
        size: float = SMALL,
        bold: bool = False,
        fill: str = "",
    ) -> None:
        """Write `lines` one below the other, centred on the height `middle`."""
        leading = size * 1.15
        top = middle - leading * (len(lines) - 1) / 2 + size * 0.34
        for number, line in enumerate(lines):
            self.text(x, top + number * leading, line, anchor=anchor, size=size, bold=bold, fill=fill)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "", thick: float = 0.6, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            f' stroke="{stroke or self.rule}" stroke-width="{thick:g}"{dashes}/>'
        )

    def rect(
        self, x: float, y: float, w: float, h: float, *, fill: str, stroke: str = "none", thick: float = 0.6
    ) -> None:
        """Draw a rectangle."""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(w, 0):.1f}" height="{max(h, 0):.1f}"'
            f' fill="{fill}" stroke="{stroke}" stroke-width="{thick:g}"/>'
        )

    def path(
        self,
        points: Iterable[tuple[float, float]],
        *,
        stroke: str,
        thick: float = 1.4,
        dash: str = "",
        fill: str = "none",
        opacity: float = 1,
        close: bool = False,
    ) -> None:
        """Draw a line through points, closed to an area if asked."""
        data = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + (" Z" if close else "")
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="{data}" fill="{fill}" fill-opacity="{opacity:g}" stroke="{stroke}"'
            f' stroke-width="{thick:g}" stroke-linejoin="round"{dashes}/>'
        )

    def marker(self, x: float, y: float, shape: int, *, fill: str, stroke: str = "#FFFFFF", radius: float = 3) -> None:
        """Draw a point: circle, square, triangle or diamond by `shape`, so that series differ without colour."""
        r = radius
        if shape % 4 == 0:
            self._parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" fill="{fill}" stroke="{stroke}" stroke-width="0.8"/>'
            )
            return
        outlines = {
            1: ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
            2: ((x, y - r * 1.2), (x + r * 1.1, y + r), (x - r * 1.1, y + r)),
            3: ((x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)),
        }
        self.path(outlines[shape % 4], stroke=stroke, thick=0.8, fill=fill, close=True)

    def svg(self, title: str) -> str:
        """Return the whole element; `title` is the alternative text."""
        mm = 155 / self.width
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:.0f}"'
            f' width="{self.width * mm:.2f}mm" height="{round(self.height) * mm:.2f}mm"'
            f' font-family="{escape(self.font)}">'
            f"<title>{escape(printable(title))}</title>{''.join(self._parts)}</svg>"
        )


def number(value: float | None) -> str:
    """Return a value as Indonesians write it: '1.234,5', '2', '0,25'; a dash if it is not known."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    digits = 0 if abs(value - round(value)) < 0.005 else 2 if abs(value) < 1 else 1
    text = f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))
    return text.rstrip("0").rstrip(",") if "," in text else text


def known(values: Iterable[float | None]) -> list[float]:
    """Return the finite values."""
    return [value for value in values if value is not None and math.isfinite(value)]


def scale(
    values: Iterable[float | None], maximum: float | None, *, from_zero: bool = True
) -> tuple[float, float, list[float]]:
    """Return (lowest, highest, ticks) of a round scale from 0 (or below, for negative values) over `values`.

    `maximum` fixes the upper end, unless a value lies above it. Without `from_zero` and `maximum` the scale spans the
    values alone, for points whose distance to 0 says nothing.
    """
    present = known(values)
    top = max([*present, maximum or 0.0] if present else [maximum or 0.0, 0.0])
    bottom = min(present, default=0.0) if not from_zero and maximum is None else min([*present, 0.0])
    if top <= bottom:
        top, bottom = max(top, bottom + 1.0), min(bottom, 0.0)
    span = top - bottom
    step = 10 ** math.floor(math.log10(span / 4))
    step = next(step * factor for factor in (1, 2, 2.5, 5, 10) if span / (step * factor) <= 5.01)
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    return first * step, last * step, [index * step for index in range(first, last + 1)]


def wrap(text: str, size: float, room: float) -> list[str]:
    """Return `text` in lines that fit into `room`; a single word that is too long stays whole if no break helps."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        trial = f"{current} {word}".strip()
        if not current or width(trial, size) <= room:
            current = trial
        else:
            lines.append(current)
            current = word
    return [*lines, current] if current else lines or [""]


def clash(box: Box, others: Iterable[Box]) -> float:
    """Return the area that `box` shares with the others."""
    left, top, right, bottom = box
    shared = 0.0
    for other in others:
        across = min(right, other[2]) - max(left, other[0])
        if across > 0:
            down = min(bottom, other[3]) - max(top, other[1])
            if down > 0:
                shared += across * down
    return shared


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions near `wanted`, in the same order, at least `gap` apart and, if they fit, within low..high."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [0.0] * len(wanted)
    previous = -math.inf
    for index in order:
        previous = placed[index] = max(wanted[index], previous + gap, low)
    following = math.inf
    for index in reversed(order):
        if placed[index] > min(high, following - gap):
            placed[index] = min(high, following - gap)
        following = placed[index]
    return placed


def legend(
    canvas: Canvas, names: Sequence[tuple[str, int]], y: float, draw_key: Callable[[float, float, int], None]
) -> float:
    """Write keys and names in rows from height `y`; return the height below. `draw_key(x, y, index)` draws a key."""
    x = 0.0
    for name, index in names:
        need = 24 + width(name, SMALL) + 14
        if x and x + need > canvas.width:
            x, y = 0.0, y + 13
        draw_key(x, y, index)
        canvas.text(x + 22, y + 3, name)
        x += need
    return y + 10
