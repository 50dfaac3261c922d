"""What the shipped fonts can show, and how wide a text is in them.

The engines get only these fonts. A character that none of them holds would print as an empty box (and break PDF/A and
PDF/UA), so the writers pass every text through `printable`, the one door, which puts U+FFFD in its place.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.writers.assets import package_templates

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

LOGGER = logging.getLogger(__name__)
# Without a handler of their own, warnings of a library would reach the user's screen.
for _library in ("generator.writers", "fontTools"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

TEXT_FONT = "Carlito-Regular.ttf"
SYMBOL_FONT = "DejaVuSans.ttf"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Same in print, or no ink at all: hints for line breaking, joiners and variation selectors, often pasted along unseen.
_EQUIVALENT = str.maketrans(
    {"\N{NON-BREAKING HYPHEN}": "-", "\N{SOFT HYPHEN}": None, "\N{WORD JOINER}": None, "\ufeff": None}
    | dict.fromkeys(map(chr, (*range(0x200B, 0x200E), *range(0xFE00, 0xFE10))))
)
# Direction marks would reorder what stands around them, so they show as replaced.
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PLAIN = re.compile(r"[\n\t -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u202f]*")


def _open(name: str) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(package_templates() / "fonts" / name, lazy=True)


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Return the code points that the text font or the symbol font holds."""
    with _open(TEXT_FONT) as text, _open(SYMBOL_FONT) as symbols:
        return frozenset(text.getBestCmap()) | frozenset(symbols.getBestCmap())


def printable(text: str) -> str:
    """Return `text` with each character that the fonts cannot show replaced by U+FFFD, controls included.

    Direction marks are replaced as well: what a reader cannot see must not change what stands beside it. Time is linear
    in the text; a plain Latin text costs one match.
    """
    return text if _PLAIN.fullmatch(text) else _replaced(text)


@lru_cache(maxsize=4096)  # a book says the same things often, and the log once
def _replaced(text: str) -> str:
    known = covered()
    text = _DIRECTION.sub(REPLACEMENT, text.replace("\r\n", "\n")).translate(_EQUIVALENT)
    shown = "".join(sign if _shows(ord(sign), known) else REPLACEMENT for sign in text)
    lost = shown.count(REPLACEMENT) - text.count(REPLACEMENT)
    if lost:
        LOGGER.warning("%d characters are in no shipped font and print as %s: %r", lost, REPLACEMENT, text[:60])
    return shown


def _shows(code: int, known: frozenset[int]) -> bool:
    return code in (0x0A, 0x09) or (code >= 0x20 and not 0x7F <= code <= 0x9F and code in known)


@lru_cache(maxsize=1)
def _advances() -> tuple[dict[int, float], float]:
    with _open(TEXT_FONT) as font:
        em = float(font["head"].unitsPerEm)
        metrics = font["hmtx"]
        widths = {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items() if code < 0x2100}
    return widths, 0.6


def width(text: str, size: float) -> float:
    """Return the width of `text` set in the text font, in the unit of `size`; kerning is left out (under 2 %)."""
    widths, other = _advances()
    return size * sum(widths.get(ord(sign), other) for sign in text)
