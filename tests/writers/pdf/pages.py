"""What is wrong with the pages of a PDF, as words: text in the margins, text on text, pages without any."""

from __future__ import annotations

from collections.abc import Iterator

from tests.writers.pdf.reading import MM, Word

Sheet = tuple[float, float, list[Word]]
# The narrowest that running heads and feet come to the edge.
EDGE = 8


def outside(sheets: list[Sheet], *, inner: float = 30, outer: float = 25, mirrored: bool = True) -> Iterator[str]:
    """Yield each word that stands in a margin, page 1 (the cover) left out.

    `inner` and `outer` are the margins in mm; odd pages are right-hand ones. A turned page has the narrower one at
    least. Without `mirrored` a page may be of either hand, but all of its words have to agree on it.
    """
    for number, (width, height, words) in enumerate(sheets, start=1):
        if number == 1:
            continue
        hands = [(inner, outer), (outer, inner)] if width < height else [(min(inner, outer),) * 2]
        if mirrored and width < height:
            hands = hands[:1] if number % 2 else hands[1:]
        faults = [
            [word for word in words if _is_outside(word, width, height, left * MM, right * MM)] for left, right in hands
        ]
        yield from (f"page {number}: {word}" for word in min(faults, key=len))


def _is_outside(word: Word, width: float, height: float, left: float, right: float) -> bool:
    across = left - 2 <= word.left and word.right <= width - right + 2
    return not across or word.top < EDGE * MM or word.bottom > height - EDGE * MM


def overlapping(sheets: list[Sheet]) -> Iterator[str]:
    """Yield each pair of words that lie on each other."""
    for number, (_, _, words) in enumerate(sheets, start=1):
        placed: list[Word] = []
        for word in sorted(words, key=lambda word: word.top):
            placed = [other for other in placed if other.bottom > word.top]
            yield from (f"page {number}: {word} {other}" for other in placed if _covers(word, other))
            placed.append(word)


def _covers(word: Word, other: Word) -> bool:
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    # poppler's boxes are as high as the font's ascent and descent, so lines touch a little
    return across > 1 and down > 0.45 * min(word.bottom - word.top, other.bottom - other.top)


def empty(sheets: list[Sheet]) -> Iterator[str]:
    """Yield each page that holds no word but running head and foot, and does not say that it is left blank."""
    for number, (_, height, words) in enumerate(sheets, start=1):
        inner = [word for word in words if 22 * MM < word.top < height - 22 * MM]
        if not inner and not any(word.text == "dikosongkan" for word in words):
            yield f"page {number}"
