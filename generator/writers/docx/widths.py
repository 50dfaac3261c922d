"""How wide the columns of a table are: their weights, corrected so that words and numbers are not broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.document import Row, Table
from generator.model.walks import plain

_CHARACTER = {"matrix": 90, "data": 112}  # mean width of a character in 1/20 pt, at 8 and at 10 pt
_LONGEST_WORD = 16
_PADDING = 190
_MOST_LINES = 4
_NARROW = 4  # characters in the cells of a column whose header may be turned
_TURNED_WIDTH = (400, 600)  # one and two upright lines of 8 pt, in 1/20 pt
_LONGEST_HEADER = 26


@dataclass(frozen=True, slots=True)
class Layout:
    """The widths of the columns, and the height of a header row whose cells of the `turned` columns stand upright."""

    widths: list[int]
    turned: frozenset[int] = frozenset()
    height: int = 0


def lay_out(table: Table, width: int) -> Layout:
    """Return how wide the columns are in 1/20 pt; the widths add up to `width`.

    Weights that the table gives are kept as far as its longest words (up to 16 characters) and unbroken numbers fit and
    no cell runs over more than four lines while others have room; where all weights are equal the columns follow the
    amount of text in them. Where the words of a matrix do not fit beside each other, the headers over narrow columns
    are turned.
    """
    character = _CHARACTER["matrix" if table.look == "matrix" else "data"]
    padding = 110 if table.look == "matrix" else _PADDING
    count = len(table.columns)
    words, text = _measure((*table.header, *table.body), count)
    needed = [min(longest, _LONGEST_WORD) * character + padding for longest in words]
    turned: frozenset[int] = frozenset()
    height = 0
    if table.look == "matrix" and len(table.header) == 1 and sum(needed) > width:
        below, text_below = _measure(table.body, count)
        turned = frozenset(index for index in range(1, count) if below[index] <= _NARROW < words[index])
        for index in turned:
            needed[index] = max(below[index] * character + padding, _TURNED_WIDTH[text[index] > _LONGEST_HEADER])
            height = max(height, min(text[index], _LONGEST_HEADER) * character + padding)
            text[index] = text_below[index]
    return Layout(_widths(table, width, needed, text, character), turned, height)


def column_widths(table: Table, width: int) -> list[int]:
    """Return the widths of `lay_out` alone."""
    return lay_out(table, width).widths


def _widths(table: Table, width: int, needed: list[int], text: list[int], character: int) -> list[int]:
    weights = [max(column.weight, 0.0) for column in table.columns]
    if len(set(weights)) == 1 and table.look not in ("form", "plain"):
        weights = [max(amount, 1) ** 0.5 for amount in text]
    total = sum(weights) or 1.0
    wanted = [width * weight / total for weight in weights]
    if sum(needed) >= width:
        return _rounded([width * need / sum(needed) for need in needed], width)
    fitted = _fit(wanted, needed)
    if table.look not in ("form", "plain"):
        _even_out(fitted, needed, [amount * character for amount in text])
    return _rounded(fitted, width)


def _even_out(widths: list[float], needed: list[int], lengths: list[int]) -> None:
    """Give columns whose fullest cell would run over many lines some width of those that have few, in place."""
    step = sum(widths) / 80
    for _ in range(80):
        lines = [length / max(width - _PADDING, 1) for length, width in zip(lengths, widths, strict=True)]
        tallest = max(range(len(lines)), key=lines.__getitem__)
        givers = [
            index
            for index, width in enumerate(widths)
            if width - step >= needed[index] and lengths[index] / max(width - step - _PADDING, 1) < lines[tallest] - 1
        ]
        if lines[tallest] <= _MOST_LINES or not givers:
            return
        giver = min(givers, key=lines.__getitem__)
        widths[giver] -= step
        widths[tallest] += step


def _measure(rows: Sequence[Row], count: int) -> tuple[list[int], list[int]]:
    """Return for each column the length of its longest word and of its longest cell; spanning cells are left out."""
    words, text = [1] * count, [1] * count
    covered = [0] * count
    for row in rows:
        column = 0
        for cell in row.cells:
            while column < count and covered[column] > 0:
                covered[column] -= 1
                column += 1
            if column >= count:
                break
            if cell.colspan == 1:
                content = " ".join(plain(paragraph) for paragraph in cell.paragraphs)
                text[column] = max(text[column], len(content))
                for word in content.split(" ") if len(content) > words[column] else ():
                    words[column] = max(words[column], len(word))
            for spanned in range(column, min(column + cell.colspan, count)):
                covered[spanned] = cell.rowspan - 1
            column += max(cell.colspan, 1)
        for rest in range(column, count):
            covered[rest] = max(covered[rest] - 1, 0)
    return words, text


def _fit(wanted: list[float], needed: list[int]) -> list[float]:
    """Raise columns to what they need and take it from those that have more, in proportion to what they can spare."""
    spare = [max(want - need, 0.0) for want, need in zip(wanted, needed, strict=True)]
    lack = sum(max(need - want, 0.0) for want, need in zip(wanted, needed, strict=True))
    share = lack / sum(spare) if sum(spare) else 0.0
    return [
        need if want < need else want - extra * share
        for want, need, extra in zip(wanted, needed, spare, strict=True)
    ]  # fmt: skip


def _rounded(widths: list[float], total: int) -> list[int]:
    whole = [int(width) for width in widths]
    if whole:
        whole[-1] += total - sum(whole)
    return whole
