"""Columns keep their weights and never break a word that fits; cells know their column under spans."""

from __future__ import annotations

import pytest

from generator.model.document import Cell, Column, Missing, Row, Table, Text
from generator.model.walks import walk
from generator.writers.grid import alignment, placed, shares, turned
from tests.writers.sample_document import row, sample_document


def table(*rows: Row, weights: tuple[float, ...]) -> Table:
    return Table(id="t", columns=tuple(Column(weight=weight) for weight in weights), header=(), body=rows)


def test_weights_rule_where_every_word_fits() -> None:
    assert shares(table(row("a", "b", "c"), weights=(1, 2, 1)), landscape=False) == pytest.approx((0.25, 0.5, 0.25))


def test_a_narrow_column_grows_to_its_longest_word_and_the_rest_gives_way() -> None:
    widths = shares(table(row("100", "Kata", "Penyelenggaraan"), weights=(0.01, 5, 0.01)), landscape=False)
    assert sum(widths) == pytest.approx(1)
    assert widths[0] * 439 > 25
    assert widths[2] * 439 > 70
    assert widths[1] > 0.7


def test_a_fill_in_gets_room_to_be_read() -> None:
    asked = Row((Cell(((Missing("pagu", "Bappeda"),),)), Cell(((Text("x"),),))))
    assert shares(table(asked, weights=(0.1, 9)), landscape=False)[0] * 439 > 60


def test_too_many_long_words_share_what_there_is() -> None:
    widths = shares(table(row(*["Pertanggungjawaban"] * 12), weights=(1,) * 12), landscape=False)
    assert widths == pytest.approx((1 / 12,) * 12)


def test_landscape_tables_have_more_room() -> None:
    words = table(row(*["Pertanggungjawaban"] * 4, "x"), weights=(0.1, 0.1, 0.1, 0.1, 9))
    assert shares(words, landscape=True)[4] > shares(words, landscape=False)[4]
    assert turned(sample_document()) == {"tabel-gantt"}


def test_cells_below_a_row_span_stand_in_the_columns_that_are_left() -> None:
    levels = next(block for block in walk(sample_document().body) if block.id == "tabel-level")
    assert isinstance(levels, Table)
    heads = list(placed(levels.header))
    assert [column for column, _ in heads[0][1]] == [0, 1, 3, 4]
    assert [column for column, _ in heads[1][1]] == [1, 2]
    assert [tied for _, _, tied in heads] == [True, False]
    last = list(placed(levels.body))[-2]
    assert [column for column, _ in last[1]] == [1, 3, 4]
    assert alignment(levels, 1, last[1][0][1]) == "right"
