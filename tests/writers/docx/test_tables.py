"""Tables: whole grids, repeated heads, widths that fit, grounds that can be read."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.model.document import Cell, Column, Row, Table, Text
from generator.writers.docx.widths import column_widths
from tests.writers.docx.package import Package, text_of, w
from tests.writers.docx.test_styles import contrast
from tests.writers.sample_document import PALETTE, level_table


def tables(package: Package) -> list[etree._Element]:
    return list(package.body.iter(w("tbl")))


def grid_of(table: etree._Element) -> list[list[str]]:
    """Each row as the texts of its grid columns; a cell spanned from above repeats the text above it."""
    rows: list[list[str]] = []
    for row in table.iter(w("tr")):
        texts: list[str] = []
        for cell in row.iter(w("tc")):
            properties = cell.find(w("tcPr"))
            span = properties.find(w("gridSpan"))
            merge = properties.find(w("vMerge"))
            columns = 1 if span is None else int(span.get(w("val")))
            continued = merge is not None and merge.get(w("val")) == "continue"
            texts += [rows[-1][len(texts)] if continued else text_of(cell)] * columns
        rows.append(texts)
    return rows


def test_spans_fill_the_grid(written: Package) -> None:
    table = next(table for table in tables(written) if "Gabungan" in text_of(table))
    grid = grid_of(table)
    assert grid[0] == ["Dimensi", "Tahun", "Tahun", "Level", "Catatan"]
    assert grid[1] == ["Dimensi", "2025", "2026", "Level", "Catatan"]
    assert grid[8] == ["Gabungan", "1,0", "2,0", "–", "baris satu"]
    assert grid[9] == ["Gabungan", "3,0", "3,0", "–", "baris dua"]
    assert {len(row) for row in grid} == {5}


def test_head_rows_repeat_and_short_rows_hold_together(written: Package) -> None:
    table = next(table for table in tables(written) if "Program 60" in text_of(table))
    rows = list(table.iter(w("tr")))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True] + [False] * 60
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_a_row_longer_than_a_third_of_a_page_may_break(write_blocks: Callable[..., Package]) -> None:
    table = Table(id="t", columns=(Column(),), header=(), body=(Row((Cell(((Text("kata " * 400),),)),)),))
    assert list(write_blocks(table).body.iter(w("cantSplit"))) == []


def test_a_short_table_stays_on_one_page_and_a_long_one_may_break(written: Package) -> None:
    def kept(word: str) -> list[bool]:
        table = next(table for table in tables(written) if word in text_of(table))
        rows = [row for row in table.iter(w("tr")) if row.find(f"{w('trPr')}/{w('tblHeader')}") is None]
        return [all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in row.iter(w("p"))) for row in rows]

    assert kept("prg-001") == [True, True, False]
    assert kept("Program 60") == [False] * 60
    assert kept("Gabungan")[-1]  # with its source


def test_levels_have_a_ground_and_their_number(written: Package) -> None:
    table = next(table for table in tables(written) if "Gabungan" in text_of(table))
    rows = list(table.iter(w("tr")))[2:8]
    found = []
    for row in rows:
        cell = list(row.iter(w("tc")))[3]
        found.append((text_of(cell), cell.find(f"{w('tcPr')}/{w('shd')}").get(w("fill"))))
    assert found == [(str(level % 5), PALETTE.levels[level % 5]) for level in range(6)]


def test_text_on_any_ground_can_be_read(written: Package) -> None:
    light = {style for style, name in written.style_names().items() if name == "Teks Terang"}
    seen = 0
    for cell in written.body.iter(w("tc")):
        shading = cell.find(f"{w('tcPr')}/{w('shd')}")
        if shading is None or not text_of(cell):
            continue
        white = any(style.get(w("val")) in light for style in cell.iter(w("rStyle")))
        assert contrast(shading.get(w("fill")), "FFFFFF" if white else "1B2433") >= 4.5
        seen += 1
    assert seen > 30


def test_numbers_stand_at_the_right(written: Package) -> None:
    table = next(table for table in tables(written) if "Program 60" in text_of(table))
    for row in table.iter(w("tr")):
        cell = list(row.iter(w("tc")))[1]
        assert [node.get(w("val")) for node in cell.iter(w("jc"))] == ["right"]


def test_a_total_at_the_end_is_the_last_row_of_the_look(written: Package) -> None:
    table = next(table for table in tables(written) if "Gabungan" in text_of(table))
    look = table.find(f"{w('tblPr')}/{w('tblLook')}")
    assert (look.get(w("firstRow")), look.get(w("lastRow")), look.get(w("val"))) == ("1", "1", "0660")
    names = written.style_names()
    last = list(table.iter(w("tr")))[-1]
    assert {names[style.get(w("val"))] for style in last.iter(w("pStyle"))} == {"Sel Jumlah"}


def test_no_two_tables_touch(written: Package) -> None:
    for table in tables(written):
        following = table.getnext()
        assert following is not None
        assert following.tag == w("p")


def test_every_cell_ends_with_a_paragraph(written: Package) -> None:
    assert all(cell[-1].tag == w("p") for cell in written.body.iter(w("tc")))


words = st.text("abcde 1.,", max_size=40)
weights = st.floats(0, 50, allow_nan=False)


@given(st.lists(weights, min_size=1, max_size=14), st.lists(words, min_size=1, max_size=8), st.integers(3000, 14000))
def test_widths_are_positive_and_add_up(columns: list[float], texts: list[str], width: int) -> None:
    row = Row(tuple(Cell(((Text(texts[index % len(texts)]),),)) for index in range(len(columns))))
    table = Table(id="t", columns=tuple(Column(weight=weight) for weight in columns), header=(), body=(row,))
    widths = column_widths(table, width)
    assert sum(widths) == width
    assert len(widths) == len(columns)
    assert min(widths) > 0


def test_a_narrow_column_widens_for_its_longest_word() -> None:
    row = Row((Cell(((Text("1.250.000.000"),),)), Cell(((Text("teks " * 60),),))))
    table = Table(id="t", columns=(Column(weight=0.1), Column(weight=9.9)), header=(), body=(row,))
    assert column_widths(table, 8788)[0] >= 13 * 112


def test_a_column_of_long_text_takes_room_from_a_short_one() -> None:
    row = Row((Cell(((Text("pendek"),),)), Cell(((Text("teks yang panjang " * 12),),))))
    table = Table(id="t", columns=(Column(weight=3.0), Column(weight=1.0)), header=(), body=(row,))
    first, second = column_widths(table, 8788)
    assert first >= 6 * 112
    assert second > first


def test_headers_over_many_narrow_columns_are_turned(write_blocks: Callable[..., Package]) -> None:
    heads = ("Tahap", *(f"Kementerian Dalam Negeri {index}" for index in range(12)))
    table = Table(
        id="t",
        columns=tuple(Column() for _ in heads),
        header=(Row(tuple(Cell(((Text(head),),)) for head in heads)),),
        body=(Row(tuple(Cell(((Text("R" if index else "Bimtek pertama"),),)) for index in range(13))),),
        look="matrix",
    )
    package = write_blocks(table)
    cells = list(package.body.iter(w("tc")))
    turned = [cell.find(f"{w('tcPr')}/{w('textDirection')}") is not None for cell in cells]
    assert turned == [False] + [True] * 12 + [False] * 13
    assert int(next(package.body.iter(w("trHeight"))).get(w("val"), "")) > 2000
    widths = [int(column.get(w("w"), "")) for column in package.body.iter(w("gridCol"))]
    assert sum(widths) == 8788
    assert widths[0] > 2 * widths[1]
    assert package.errors() == []


def test_weights_hold_where_the_text_fits() -> None:
    table = level_table()
    widths = column_widths(table, 8788)
    assert abs(widths[0] - widths[4]) <= 4
    assert abs(widths[0] / widths[1] - 2.0) < 0.2


span = st.integers(1, 4)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 6), st.lists(st.lists(st.tuples(span, span, st.integers(-1, 9)), max_size=7), max_size=6))
def test_even_wrong_spans_give_a_whole_grid(
    write_blocks: Callable[..., Package], columns: int, rows: list[list[tuple[int, int, int]]]
) -> None:
    body = tuple(
        Row(tuple(Cell(((Text("x"),),), colspan=across, rowspan=down, level=level) for across, down, level in row))
        for row in rows
    )
    table = Table(id="t", columns=tuple(Column() for _ in range(columns)), header=(), body=body)
    written = tables(write_blocks(table))[0]
    assert {len(row) for row in grid_of(written)} == {columns}
    for row in written.iter(w("tr")):
        widths = [int(cell.find(f"{w('tcPr')}/{w('tcW')}").get(w("w"))) for cell in row.iter(w("tc"))]
        assert sum(widths) == 8788
