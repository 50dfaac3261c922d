"""Word files that would take for ever: tables in one another, thousands of paragraphs or rows, nothing equal."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pulling
from generator.build import build_city
from generator.model.document import Cell, Column, Document, Paragraph, Row, Table, Text
from generator.model.walks import plain, walk
from generator.pulling import pull
from generator.roundtrip import matching
from generator.roundtrip.compare import Author, Compared, compare
from generator.roundtrip.reader import Reading, UnreadableDocumentError, book, package, read
from tests.compose.small import SLUG, lay
from tests.faults.test_other_loaders import MAIN, packed, part
from tests.writers.sample_document import sample_document

pytestmark = pytest.mark.timeout(300)  # what would not end fails; how soon it ends is no test's matter
WORDS = (
    "kota",
    "layanan",
    "warga",
    "data",
    "jalan",
    "air",
    "sampah",
    "sekolah",
    "pasar",
    "dinas",
    "rencana",
    "program",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("endless") / "workspace")


@pytest.fixture(scope="module")
def written(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("book")
    assert not build_city(workspace, SLUG, out, formats=("docx",)).failed
    return (out / SLUG / "Buku-Kecil.docx").read_bytes()


def longer(written: bytes, xml: str) -> bytes:
    """Return a book with more at its end."""
    body = part(written, MAIN)
    at = body.rindex(b"<w:sectPr")
    return packed(written, {MAIN: body[:at] + xml.encode() + body[at:]})


def tables(depth: int, inside: str) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + inside + "</w:tc></w:tr></w:tbl>" * depth


def para(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(UnreadableDocumentError) as fault:
        action()
    return fault.value.diagnostic.code


def test_tables_in_one_another_are_read_once_each(written: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    table = book._Body._table

    def counted(self: book._Body, node: package.Element) -> object:
        nonlocal asked
        asked += 1
        return table(self, node)

    before = len([block for block in walk(read(written, "x.docx").body) if isinstance(block, Table)])
    monkeypatch.setattr(book._Body, "_table", counted)
    reading = read(longer(written, tables(book.MAX_TABLES, para("Isi terdalam."))), "x.docx")
    found = [block for block in walk(reading.body) if isinstance(block, Table)]
    assert "Isi terdalam." in repr(found[-1])
    assert len(found) == before + 1
    assert asked <= before + 10 + book.MAX_TABLES


def test_words_of_a_box_in_a_cell_of_a_box_are_kept(written: bytes) -> None:
    box = '<w:tbl><w:tblPr><w:tblStyle w:val="X"/></w:tblPr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>'
    two = f"<w:tbl><w:tr><w:tc>{box.format(tables(3, para('Paling dalam.')))}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    assert "Paling dalam." in repr(read(longer(written, two), "x.docx").body)


def test_tables_nested_too_deep_are_told(written: bytes) -> None:
    deep = longer(written, tables(book.MAX_TABLES + 1, "<w:p/>"))
    assert code_of(lambda: read(deep, "x.docx")) == "MP804"


def test_too_many_paragraphs_or_elements_are_told(written: bytes) -> None:
    many = longer(written, "<w:p/>" * (book.MAX_PARAGRAPHS + 1))
    assert code_of(lambda: read(many, "x.docx")) == "MP804"
    swollen = longer(written, "<w:p/>" * (package.MAX_TAGS + 1))
    assert code_of(lambda: read(swollen, "x.docx")) == "MP804"


def test_a_file_of_too_many_changes_is_told_before_any_is_stored(
    workspace: Path, written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "MAX_EDITS", 50)
    path = tmp_path / "e.docx"
    path.write_bytes(longer(written, para("abc def") * 51))
    result = pull(workspace, SLUG, path)
    assert [item.code for item in result.diagnostics] == ["MP804"]
    assert not (workspace / "cities" / SLUG / "edits").exists()


# --- comparing --------------------------------------------------------------------------------------------------------


def _reading(blocks: tuple[Paragraph | Table, ...]) -> Reading:
    return Reading(book="b", build_id="", version="", front=(), body=blocks)


def _compared(old: tuple[Paragraph | Table, ...], new: tuple[Paragraph | Table, ...]) -> Compared:
    base = replace(sample_document(), front=(), body=old, comments=())
    assert isinstance(base, Document)
    return compare(base, _reading(new), Author("", "", "x.docx"))


def _shuffled(count: int, length: int, seed: int) -> tuple[Paragraph, ...]:
    chosen = random.Random(seed)
    return tuple(Paragraph(id="", content=(Text(" ".join(chosen.choices(WORDS, k=length))),)) for _ in range(count))


def _named(blocks: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    return tuple(replace(block, id=f"a/p{at}") for at, block in enumerate(blocks))


def test_likeness_is_looked_at_within_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_LETTERS", 100_000)
    letters = matching.Likeness()
    assert letters.of("abcd", "abce") == 0.75
    letters.spent = 100_000
    assert letters.of("satu dua tiga empat", "satu dua tiga lima") == 0.75
    assert letters.of("abcd", "abce") == 0.0
    letters.spent = 200_000
    assert letters.of("sama", "sama") == 0.0


def test_a_book_without_anchors_and_without_an_equal_word_is_compared_in_time() -> None:
    found = _compared(_named(_shuffled(800, 400, 1)), _shuffled(800, 400, 2))
    assert found.edits


def test_the_same_words_thousands_of_times_on_both_sides_are_compared_in_time() -> None:
    same = Paragraph(id="", content=(Text("Belum ada."),))
    found = _compared(_named((same,) * 2000), (same,) * 6000)
    assert found.edits


def test_thousands_of_strange_rows_in_a_table_are_compared_in_time() -> None:
    def rows(count: int, seed: int) -> tuple[Row, ...]:
        return tuple(Row((Cell((block.content,)),)) for block in _shuffled(count, 60, seed))

    old = Table(id="a/t1", columns=(Column(),), header=(), body=rows(60, 1))
    found = _compared((old,), (replace(old, body=rows(4000, 2)),))
    assert any(edit.op == "row-new" for edit in found.edits)


def test_changed_passages_without_anchors_are_still_found() -> None:
    old = _named(_shuffled(30, 40, 3))
    new = tuple(replace(block, id="", content=(Text(plain(block.content) + " sungai"),)) for block in old)
    found = _compared(old, new)
    assert [(edit.op, edit.block) for edit in found.edits] == [("text", block.id) for block in old]


# --- text boxes -------------------------------------------------------------------------------------------------------

BOX = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"


@pytest.mark.parametrize("depth", [1, 3, 40])
def test_text_boxes_in_one_another_are_read_once_each(written: bytes, depth: int) -> None:
    """Each was read with every one around it: twelve took seconds and said the words 46,368 times."""
    data = longer(written, BOX[0] * depth + para("Dalam kotak.") + BOX[1] * depth)
    assert repr(read(data, "x.docx").body).count("Dalam kotak.") == 1


def test_words_of_a_text_box_and_of_one_in_it_are_kept(written: bytes) -> None:
    inner = f"{BOX[0]}{para('Di dalam.')}{BOX[1]}"
    data = longer(written, BOX[0] + para("Di luar.") + inner + para("Di luar juga.") + BOX[1])
    said = repr(read(data, "x.docx").body)
    assert [said.count(words) for words in ("Di luar.", "Di dalam.", "Di luar juga.")] == [1, 1, 1]
