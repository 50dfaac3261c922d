"""Numbers of chapters, sections, annexes, captions and citations; references that lead nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import Draft
from generator.compose.numbering import SOURCE_LIST, letter, number_blocks, resolve, roman
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Caption,
    Chapter,
    Chart,
    Citation,
    Landscape,
    ListBlock,
    Origin,
    Paragraph,
    Reference,
    Section,
    Source,
    Table,
    Text,
)
from generator.model.walks import plain, walk
from tests.compose.small import blocks_of, words


@pytest.mark.parametrize(
    ("value", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (49, "XLIX"), (58, "LVIII")]
)
def test_roman(value: int, text: str) -> None:
    assert roman(value) == text


@given(st.integers(1, 89))
def test_roman_numbers_can_be_read_back(value: int) -> None:
    sizes = {"I": 1, "V": 5, "X": 10, "L": 50}
    digits = [sizes[mark] for mark in roman(value)]
    assert sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True)) == value
    assert not re.search(r"(.)\1\1\1", roman(value))


@pytest.mark.parametrize(("value", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA")])
def test_letters(value: int, text: str) -> None:
    assert letter(value) == text


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_letters_are_different(one: int, other: int) -> None:
    assert (letter(one) == letter(other)) == (one == other)


def _table(name: str, kind: str = "Tabel") -> Table:
    return Table(id=name, columns=(), header=(), body=(), caption=Caption(kind, (Text("Judul"),)))  # type: ignore[arg-type]


def _section(name: str, level: int, *children: Block) -> Section:
    return Section(id=name, level=level, title=(Text(name),), children=children)


def _chapter(name: str, *children: Block, numbered: bool = True) -> Chapter:
    return Chapter(id=name, title=(Text(name),), children=children, numbered=numbered)


def _book() -> tuple[Block, ...]:
    chart = Chart(id="c1", kind="bars", categories=(), series=(), alt="", caption=Caption("Bagan", (Text("x"),)))
    return (
        _chapter("preface", _section("pre", 2), _table("t0"), numbered=False),
        _chapter(
            "one",
            _section("a", 2, _section("a1", 3), _section("a2", 3, _section("a21", 4)), _table("t1")),
            _section("b", 2, _section("b1", 3), Landscape(id="l", children=(_table("t2"), chart))),
            Callout(id="box", kind="temuan", title="", children=(_table("t3", "Gambar"),)),
            Table(id="silent", columns=(), header=(), body=()),
        ),
        _chapter("two", _table("t4"), _section("c", 2)),
        Annex(id="first", title=(), children=(_section("d", 2), _table("t5"))),
        Annex(id="second", title=(), children=(_table("t6"),)),
    )


def test_everything_is_counted_within_its_chapter() -> None:
    blocks, labels = number_blocks(_book())
    assert labels == {
        "t0": "Tabel 1",
        "one": "Bab I",
        "a": "Subbab 1.1",
        "a1": "Subbab 1.1.1",
        "a2": "Subbab 1.1.2",
        "a21": "Subbab 1.1.2.1",
        "b": "Subbab 1.2",
        "b1": "Subbab 1.2.1",
        "t1": "Tabel 1.1",
        "t2": "Tabel 1.2",
        "c1": "Bagan 1.1",
        "t3": "Gambar 1.1",
        "two": "Bab II",
        "t4": "Tabel 2.1",
        "c": "Subbab 2.1",
        "first": "Lampiran A",
        "d": "Subbab A.1",
        "t5": "Tabel A.1",
        "second": "Lampiran B",
        "t6": "Tabel B.1",
    }
    numbers = {block.id: block.number for block in walk(blocks) if isinstance(block, Chapter | Annex | Section)}
    assert numbers["preface"] == numbers["pre"] == ""
    assert (numbers["one"], numbers["a21"], numbers["first"]) == ("I", "1.1.2.1", "A")


def _says(*runs: object, name: str = "p", line: int = 7) -> Paragraph:
    return Paragraph(id=name, origin=Origin("templates/x.md.j2", line), content=tuple(runs))  # type: ignore[arg-type]


def test_references_take_the_label_of_their_block() -> None:
    section = _section("a", 2, _table("t"), _says(Reference("t"), Reference("a")))
    blocks, labels = number_blocks((_chapter("one", section),))
    resolved, _, lost = resolve(blocks, labels, {})
    paragraph = next(block for block in walk(resolved) if isinstance(block, Paragraph))
    assert words(paragraph) == "Tabel 1.1Subbab 1.1"
    assert lost == ()


def test_a_lost_reference_is_an_error_at_its_line_and_reads_on() -> None:
    resolved, _, lost = resolve((_says(Text("lihat "), Reference("tbl-gone")),), {}, {})
    assert [(item.code, str(item.place)) for item in lost] == [("MP405", "templates/x.md.j2:7")]
    assert "tbl-gone" in lost[0].message
    assert words(resolved[0]) == "lihat bagian terkait"


def test_sources_are_numbered_in_order_of_first_citation() -> None:
    known = {name: Source(name, f"Sumber {name}") for name in ("x", "y", "z")}
    room = ListBlock(id=SOURCE_LIST, ordered=True, items=())
    blocks: tuple[Block, ...] = (
        _says(Citation("z"), Citation("x")),
        _says(Citation("x"), Citation("z"), name="q"),
        room,
    )
    resolved, sources, _ = resolve(blocks, {}, known)
    assert [source.id for source in sources] == ["z", "x"]
    assert [words(block) for block in resolved[:2]] == ["[1][2]", "[2][1]"]
    assert isinstance(resolved[2], ListBlock)
    assert [plain(item.content) for item in resolved[2].items] == ["Sumber z", "Sumber x"]


def test_a_citation_of_an_unknown_source_is_lost() -> None:
    resolved, sources, lost = resolve((_says(Text("angka"), Citation("gone")),), {}, {})
    assert (words(resolved[0]), sources) == ("angka", ())
    assert [item.code for item in lost] == ["MP405"]


def test_numbering_changes_nothing_but_numbers() -> None:
    blocks, _ = number_blocks(_book())
    again, labels = number_blocks(blocks)
    assert again == blocks
    assert [block.id for block in walk(blocks)] == [block.id for block in walk(_book())]
    assert labels


def test_the_list_of_sources_of_a_book_is_what_it_cites(draft: Draft) -> None:
    document = draft.composed.documents[0]
    listed = blocks_of(draft)[SOURCE_LIST]
    assert isinstance(listed, ListBlock)
    assert [plain(item.content) for item in listed.items] == [source.text for source in document.sources]
    text = "".join(words(block) for block in walk((*document.front, *document.body)))
    assert set(re.findall(r"\[(\d+)\]", text)) == {str(index) for index, _ in enumerate(document.sources, 1)}
