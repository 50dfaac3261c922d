"""Tables in the city's shape: its columns, its order of rows, and the generator's new figures in what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.compose.edits import Merging
from generator.model.diagnostics import Collector
from generator.model.document import Block, Caption, Cell, Chapter, Column, Document, Paragraph, Row, Table
from generator.model.edits import Edit
from generator.model.walks import plain, walk
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.sources.edits import _edit, edit_yaml_text
from generator.taking import Taking
from generator.writers.docx import write
from tests.writers.sample_document import sample_document
from tests.writers.sample_pieces import words

Grid = Sequence[Sequence[str]]
BASE: Grid = (
    ("Program", "Pagu", "Tahun"),
    ("Jalan", "10", "2026"),
    ("Air", "20", "2027"),
    ("Taman", "30", "2028"),
    ("Pasar", "40", "2029"),
)


def table(grid: Grid) -> Table:
    rows = [Row(tuple(Cell((words(text),)) if text else Cell(((),)) for text in row)) for row in grid]
    return Table(
        id="tabel",
        columns=tuple(Column() for _ in grid[0]),
        header=(rows[0],),
        body=tuple(rows[1:]),
        caption=Caption("Tabel", words("Program kota"), "1.1"),
    )


def book(grid: Grid, *more: Block) -> Document:
    chapter = Chapter(id="bab", title=words("Bab"), children=(table(grid), *more), number="I")
    return replace(sample_document(), front=(), body=(chapter,), sources=(), with_cover=False)


def edits_of(before: Grid, after: Grid, workspace: Path) -> tuple[Edit, ...]:
    """Return the edits of a city that made one grid of another, as they are read from their files."""
    import yaml

    base = book(before)
    found = compare(base, read(write(book(after), workspace), "x.docx", base), Author("Siti", "2026-12-01", "x.docx"))
    assert not found.remarks
    return tuple(_edit(yaml.safe_load(edit_yaml_text(edit))) for edit in found.edits)


def merged(edits: tuple[Edit, ...], now: Grid, workspace: Path) -> tuple[list[list[str]], Merging]:
    """Return the grid that the book shows, and that a pull of it finds nothing new."""
    merging = Merging(edits)
    base = book(now)
    made = replace(base, body=merging.merge(base.body))
    shown = next(block for block in walk(made.body) if isinstance(block, Table))
    reading = read(write(made, workspace), "x.docx", made)
    assert compare(made, reading, Author("", "", "")).edits == []
    rows = (*shown.header, *shown.body)
    return [[plain(cell.paragraphs[0]) if cell.paragraphs else "" for cell in row.cells] for row in rows], merging


def grid(text: str) -> list[list[str]]:
    """Return rows of a text: cells between bars."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


NEW_FIGURES = grid("""
Program | Pagu | Tahun
Jalan   | 11   | 2026
Air     | 20   | 2027
Taman   | 33   | 2028
Pasar   | 40   | 2029
""")


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        (
            """
            Program | Pagu | Tahun | Dinas
            Jalan   | 10   | 2026  | PU
            Air     | 20   | 2027  | PAM
            Taman   | 30   | 2028  |
            Pasar   | 40   | 2029  | Dagang
            """,
            """
            Program | Pagu | Tahun | Dinas
            Jalan   | 11   | 2026  | PU
            Air     | 20   | 2027  | PAM
            Taman   | 33   | 2028  |
            Pasar   | 40   | 2029  | Dagang
            """,
        ),
        (
            """
            Program | Pagu
            Jalan   | 10
            Air     | 20
            Taman   | 30
            Pasar   | 40
            """,
            """
            Program | Pagu
            Jalan   | 11
            Air     | 20
            Taman   | 33
            Pasar   | 40
            """,
        ),
        (
            """
            No | Program | Pagu | Tahun
            1  | Pasar   | 40   | 2029
            2  | Taman   | 30   | 2028
            3  | Air     | 25   | 2027
            4  | Jalan   | 10   | 2026
            """,
            """
            No | Program | Pagu | Tahun
            1  | Pasar   | 40   | 2029
            2  | Taman   | 33   | 2028
            3  | Air     | 25   | 2027
            4  | Jalan   | 11   | 2026
            """,
        ),
        (
            """
            Program | Pagu | Tahun
            Pasar   | 40   | 2029
            Sampah  | 5    | 2026
            Jalan   | 10   | 2026
            Taman   | 30   | 2028
            """,
            """
            Program | Pagu | Tahun
            Pasar   | 40   | 2029
            Sampah  | 5    | 2026
            Jalan   | 11   | 2026
            Taman   | 33   | 2028
            """,
        ),
        (
            """
            Program | Sumber dana | Pagu
            Air     | APBD        | 20
            Jalan   | APBN        | 10
            Taman   | CSR         | 30
            Pasar   | KPBU        | 40
            """,
            """
            Program | Sumber dana | Pagu
            Air     | APBD        | 20
            Jalan   | APBN        | 11
            Taman   | CSR         | 33
            Pasar   | KPBU        | 40
            """,
        ),
    ],
    ids=["column added", "column deleted", "column added and sorted", "sorted, row added and deleted", "all"],
)
def test_the_citys_shape_holds_the_generators_new_figures(workspace: Path, city: str, expected: str) -> None:
    edits = edits_of(BASE, grid(city), workspace)
    unchanged, merging = merged(edits, BASE, workspace)
    assert unchanged == grid(city)
    assert not merging.conflicts
    shown, merging = merged(edits, NEW_FIGURES, workspace)
    assert shown == grid(expected)
    assert all(conflict.edit.op == "column-remove" for conflict in merging.conflicts)


def test_a_new_row_of_the_generator_stands_behind_the_one_before_it(workspace: Path) -> None:
    city = (BASE[0], BASE[4], BASE[3], BASE[2], BASE[1])
    now = (*BASE[:3], ("Halte", "7", "2027"), *BASE[3:])
    shown, _ = merged(edits_of(BASE, city, workspace), now, workspace)
    assert [row[0] for row in shown] == ["Program", "Pasar", "Taman", "Air", "Halte", "Jalan"]


def test_a_deleted_column_that_changed_since_is_a_conflict(workspace: Path) -> None:
    edits = edits_of(BASE, [row[:1] + row[2:] for row in BASE], workspace)
    shown, merging = merged(edits, NEW_FIGURES, workspace)
    assert [row[1] for row in shown] == ["Tahun", "2026", "2027", "2028", "2029"]
    (conflict,) = merging.conflicts
    assert "11" in conflict.new


def test_words_of_a_column_whose_row_is_gone_stay(workspace: Path) -> None:
    city = [(*row, extra) for row, extra in zip(BASE, ("Dinas", "PU", "PAM", "Hutan", "Dagang"), strict=True)]
    edits = edits_of(BASE, city, workspace)
    merging = Merging(edits)
    body = merging.merge(book((*BASE[:3], BASE[4])).body)
    texts = [plain(block.content) for block in walk(body) if isinstance(block, Paragraph)]
    assert texts == ["Taman: Hutan"]
    assert [conflict.new for conflict in merging.conflicts] == [""]
    assert "Dagang" in repr(body)


def test_a_table_is_edited_again_and_again(workspace: Path) -> None:
    """Each version is made of the one before it, as a city does that gets a new book between."""
    steps = [
        grid("""
        No | Program | Pagu | Tahun
        1  | Jalan   | 10   | 2026
        2  | Air     | 20   | 2027
        3  | Taman   | 30   | 2028
        4  | Pasar   | 40   | 2029
        """),
        grid("""
        No | Program | Pagu | Tahun
        1  | Jalan   | 10   | 2026
        2  | Air     | 25   | 2027
        3  | Taman   | 30   | 2028
        3a | Halte   | 7    | 2027
        3b | Lampu   | 8    | 2027
        4  | Pasar   | 40   | 2029
        """),
        grid("""
        No | Program | Pagu | Tahun | Dinas
        4  | Pasar   | 40   | 2030  | Dagang
        3a | Halte   | 9    | 2027  | Dishub
        3b | Lampu   | 8    | 2027  | PU
        3  | Taman   | 30   | 2028  | Hutan
        2  | Air     | 25   | 2027  | PAM
        """),
        grid("""
        Program | Pagu | Tahun | Dinas
        Pasar   | 40   | 2030  | Dagang
        Lampu   | 8    | 2027  | PU
        Taman   | 30   | 2028  | Hutan
        Air     | 25   | 2027  | PAM
        """),
    ]
    edits: dict[Path, Edit] = {}
    before: Document = book(BASE)
    for step in steps:
        reading = read(write(book(step), workspace), "x.docx", before)
        found = compare(before, reading, Author("Siti", "2026-12-01", "x.docx"))
        storing = Taking(workspace.parent / "edits", edits, Collector())
        for edit in found.edits:
            storing.take(edit)
        edits = storing.known
        shown, merging = merged(tuple(edits.values()), BASE, workspace)
        assert shown == step
        assert not merging.conflicts
        base = book(BASE)
        before = replace(base, body=Merging(tuple(edits.values())).merge(base.body))
    shown, _ = merged(tuple(edits.values()), NEW_FIGURES, workspace)
    assert [row[1] for row in shown] == ["Pagu", "40", "8", "33", "25"]
