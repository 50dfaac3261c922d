"""Each kind of edit that LibreOffice can do, alone: pulled as what it is, built in, and then no change any more."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build import prepare
from generator.issued import with_build_id
from generator.model.anchors import anchor
from generator.model.document import Block, Document, Table
from generator.model.edits import row_text, units
from generator.model.runs import marked
from generator.pulling import pull
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.handing import hand_out
from tests.tools.office import AUTHOR, Task, Verb, needs_office, work

pytestmark = [*needs_office(), pytest.mark.xdist_group("office")]

CITY = "kota-contoh"
P, ITEM, HEAD = "state/service/p1", "state/counter/i4", "state/counter"
TABLE = "tbl-indikator-counter"
CAPTION = anchor(TABLE, "caption")
MOVED = (
    "state/trade",
    "state/trade/p1",
    "state/markets",
    "state/markets/p1",
    "tbl-indikator-markets",
    "state/markets/p6",
)
TRACK: Verb = {"do": "track", "on": True}


@dataclass(frozen=True)
class Case:
    """What is done, and the changes that a pull tells: kind and block ('+' for a new one)."""

    edits: Sequence[Verb]
    told: Sequence[tuple[str, str]]
    odt: bool = False
    who: str = ""


def at(do: str, block: str, **values: object) -> Verb:
    return {"do": do, "mark": anchor(block), **values}


def table(do: str, **values: object) -> Verb:
    return {"do": do, "mark": CAPTION, **values}


NOTE = at("comment", P, find="segala hal", text="Apa dasarnya?", author="Budi Santoso")
CASES = {
    "nothing": Case([], []),
    "nothing through ODT": Case([], [], odt=True),
    "typing": Case([at("type", P, text=" Kalimat kota.")], [("text", P)]),
    "typing in the middle": Case([at("insert", P, find="segala hal", text=" yang penting")], [("text", P)]),
    "words": Case([at("replace", P, find="segala hal", text="semua hal")], [("text", P)]),
    "words through ODT": Case([at("replace", P, find="segala hal", text="semua hal")], [("text", P)], odt=True),
    "a whole paragraph": Case([at("reword", P, text="Loket melayani semua warga.")], [("new", "+"), ("remove", P)]),
    "weight": Case([at("bold", P, find="segala hal")], [("text", P)]),
    "a link": Case([at("link", P, find="segala hal", url="https://www.bps.go.id/a")], [("text", P)]),
    "a footnote": Case([at("footnote", P, find="segala hal", text="Menurut warga.")], [("text", P)]),
    "a paragraph": Case([at("paragraph", P, text="Paragraf kota.")], [("new", "+")]),
    "two paragraphs": Case(
        [at("paragraph", P, text="Paragraf kedua."), at("paragraph", P, text="Paragraf kesatu.")],
        [("new", "+"), ("new", "+")],
    ),
    "a heading": Case([at("paragraph", P, text="Judul kota", style="Heading 2")], [("new", "+")]),
    "a heading through ODT": Case([at("paragraph", P, text="Judul kota", style="Heading 2")], [("new", "+")], odt=True),
    "a heading reworded": Case([at("type", HEAD, text=" warga")], [("text", HEAD)]),
    "a list item": Case([at("paragraph", ITEM, text="Butir kota")], [("new", "+")]),
    "a list item deleted": Case([at("delete", ITEM)], [("remove", ITEM)]),
    "a paragraph split": Case([at("split", P, find="layanan.")], [("text", P), ("new", "+")]),
    "paragraphs joined": Case([at("join", "foreword/p1")], [("text", "foreword/p1"), ("remove", "foreword/p2")]),
    "a paragraph deleted": Case([at("delete", P)], [("remove", P)]),
    "a paragraph moved": Case(
        [at("move", "foreword/p1", last=anchor("foreword/p1"), after=anchor(P))], [("move", "foreword/p1")]
    ),
    "a section moved": Case(
        [at("move", "state/trade", last=anchor("state/markets/p6"), after=anchor("state/learning-groups/i4"))],
        [("move", block) for block in MOVED],
    ),
    "a cell": Case([table("cell", cell="B3", text=" (kota)")], [("cell", TABLE)]),
    "a cell typed over": Case([table("retype", cell="B2", text="Kata kota")], [("cell", TABLE)]),
    "a row deleted": Case([table("row_delete", row=2)], [("row-remove", TABLE)]),
    "a row deleted, through ODT": Case([table("row_delete", row=2)], [("row-remove", TABLE)], odt=True),
    "a row inserted": Case([table("row_insert", row=2, texts=["Baris kota", "4"])], [("row-new", TABLE)]),
    "a table sorted": Case([table("sort", column=0, ascending=False)], [("row-order", TABLE)]),
    "a caption": Case([{"do": "type", "mark": CAPTION, "text": " kota"}], [("text", TABLE)]),
    "a source": Case([{"do": "type", "mark": anchor(TABLE, "source"), "text": " Diperiksa."}], [("text", TABLE)]),
    "a comment": Case([NOTE], [("comment", P)], who="Budi Santoso"),
    "a comment through ODT": Case([NOTE], [("comment", P)], odt=True, who="Budi Santoso"),
    "a comment settled": Case([NOTE, {"do": "settle", "text": "Apa dasarnya?"}], [("comment", P)]),
    "words, tracked": Case([TRACK, at("replace", P, find="segala", text="semua")], [("text", P)], who=AUTHOR),
    "words, tracked, through ODT": Case(
        [TRACK, at("replace", P, find="segala", text="semua")], [("text", P)], odt=True, who=AUTHOR
    ),
    "a paragraph deleted, tracked": Case([TRACK, at("delete", P)], [("remove", P)]),
    "a paragraph, tracked": Case([TRACK, at("paragraph", P, text="Paragraf kota.")], [("new", "+")]),
    "a row deleted, tracked": Case([TRACK, table("row_strike", row=2)], [("row-remove", TABLE)]),
}


@dataclass(frozen=True)
class Place:
    """The issued city, its first book as tree, and the file of each case as it was saved."""

    workspace: Path
    base: Document
    saved: dict[str, bytes]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("office")
    workspace = lay(folder / "workspace")
    book, base = hand_out(workspace, CITY)
    content = book.docx.read_bytes()
    saved = work(folder / "session", [Task(content, case.edits, case.odt) for case in CASES.values()])
    return Place(workspace, base, dict(zip(CASES, saved, strict=True)))


def said(blocks: tuple[Block, ...]) -> list[str]:
    """Return the words of every passage and row in reading order, without what stands behind the body."""
    found = []
    for unit in units(blocks):
        if unit.id.startswith("daftar-sumber"):
            break
        rows = (*unit.block.header, *unit.block.body) if isinstance(unit.block, Table) and unit.part == "table" else ()
        found += [marked(row_text(row)) for row in rows] or [marked(unit.inlines)]
    return [words for words in found if words]


@pytest.mark.parametrize("name", CASES)
def test_an_edit_of_libreoffice_comes_back_and_stays(place: Place, tmp_path: Path, name: str) -> None:
    case, data = CASES[name], place.saved[name]
    workspace = tmp_path / "workspace"
    shutil.copytree(place.workspace, workspace)
    path = tmp_path / "disunting.docx"
    path.write_bytes(data)
    result = pull(workspace, CITY, path)
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    known = {unit.id for unit in units((*place.base.front, *place.base.body))}
    told = [(edit.op, edit.block if edit.block in known else "+") for edit in result.edits]
    assert told == list(case.told)
    assert result.remarks == ()
    if case.who:
        assert {edit.who for edit in result.edits} == {case.who}
    draft, diagnostics = prepare(workspace, CITY)
    assert draft is not None, "\n".join(map(str, diagnostics))
    assert draft.composed.conflicts == ()
    book = with_build_id(draft.composed.documents[0])
    # The new book says passage by passage what the edited file says.
    assert said(book.body) == said(read(data, "x.docx", place.base).body)
    # And what is built from it holds no change any more.
    again = compare(book, read(write(book, workspace), "x.docx", book), Author("", "", ""))
    assert (again.edits, again.remarks, again.deleted) == ([], [], [])
