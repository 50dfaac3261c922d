"""Nothing typed is ever lost: a unique word in every paragraph, cell, heading, item, caption, source and comment."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.compose.edits import Merging
from generator.issued import issue_city
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Chapter,
    Document,
    Landscape,
    ListBlock,
    Paragraph,
    Section,
    Table,
    Text,
)
from generator.model.edits import Edit
from generator.pulling import pull
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.sources.edits import _edit, edit_path, edit_yaml_text
from generator.writers.docx import write
from tests.compose.small import lay
from tests.roundtrip.test_foreign_xml import changed
from tests.writers.sample_document import sample_document

CITY = "kota-contoh"
MOMENT = "2026-11-26T09:00:00Z"
NOTE = f'<w:comment w:id="{{0}}" w:author="Budi" w:date="{MOMENT}"><w:p><w:r><w:t>{{1}}</w:t></w:r></w:p></w:comment>'


def typed_over(data: bytes, typed: list[str]) -> bytes:
    """Return a file in which each passage and cell got a word of its own, and every tenth a comment with one."""
    notes: list[str] = []

    def body(xml: str) -> str:
        start = xml.index("Kata Pengantar</w:t></w:r><w:bookmarkEnd")  # behind the cover

        def mark(match: re.Match[str]) -> str:
            typed.append(f"kata{len(typed)}x")
            text = f"{match.group(1)} {typed[-1]}</w:t></w:r>"
            if len(typed) % 10 == 0:
                number = 5000 + len(notes)
                typed.append(f"komentar{len(typed)}x")
                notes.append(NOTE.format(number, typed[-1]))
                text += f'<w:r><w:commentReference w:id="{number}"/></w:r>'
            return text + match.group(2)

        return xml[:start] + re.sub(r"([^<>]+)</w:t></w:r>(<w:bookmarkEnd|</w:p></w:tc>)", mark, xml[start:])

    data = changed(data, body)
    return changed(
        data, lambda xml: xml.replace("</w:comments>", "".join(notes) + "</w:comments>"), "word/comments.xml"
    )


def stored(edits: list[Edit]) -> tuple[Edit, ...]:
    """Return edits as they come back from their files, in the order of these."""
    files = {edit_path(edit): edit_yaml_text(edit) for edit in edits}
    return tuple(_edit(yaml.safe_load(files[path])) for path in sorted(files))


def same(block: Block) -> tuple[Block, ...]:
    return (block,)


def reworded(block: Block) -> tuple[Block, ...]:
    """The generator says everything otherwise."""
    match block:
        case Paragraph():
            return (replace(block, content=(Text("Kalimat generator yang baru."),)),)
        case ListBlock():
            items = (replace(item, content=(Text("Butir generator."),)) for item in block.items)
            return (replace(block, items=tuple(items)),)
        case _:
            return (block,)


def halved(block: Block) -> tuple[Block, ...]:
    """The generator writes half of the rows of every table, and no list, box or draft law any more."""
    match block:
        case Table():
            return (replace(block, body=block.body[::2]),) if not _spanned(block) else (block,)
        case ListBlock() | Callout() | Annex():
            return ()
        case _:
            return (block,)


def emptied(block: Block) -> tuple[Block, ...]:
    """The generator writes the chapters alone."""
    return (replace(block, children=()),) if isinstance(block, Chapter) else ()


def _spanned(table: Table) -> bool:
    return any(cell.rowspan > 1 for row in (*table.header, *table.body) for cell in row.cells)


def newer(change: Callable[[Block], tuple[Block, ...]], document: Document) -> Document:
    def through(block: Block) -> tuple[Block, ...]:
        made = change(block)
        return tuple(
            replace(one, children=tuple(new for child in one.children for new in through(child)))
            if isinstance(one, Chapter | Section | Annex | Callout | Landscape) else one
            for one in made
        )  # fmt: skip

    return replace(
        document,
        front=tuple(new for block in document.front for new in through(block)),
        body=tuple(new for block in document.body for new in through(block)),
    )


@pytest.mark.parametrize("change", [same, reworded, halved, emptied])
def test_every_word_stands_in_the_next_book(workspace: Path, change: Callable[[Block], tuple[Block, ...]]) -> None:
    base = sample_document()
    typed: list[str] = []
    data = typed_over(write(base, workspace), typed)
    assert len(typed) > 250
    found = compare(base, read(data, "x.docx", base), Author("Siti", "2026-12-01", "x.docx"))
    merging = Merging(stored(found.edits), date="2026-12-02")
    now = newer(change, base)
    both = merging.merge((*now.front, *now.body))
    book = replace(now, front=(), body=both, comments=tuple(merging.comments))
    reading = read(write(book, workspace), "y.docx", book)
    text = "\n".join((repr(reading.body), *("\n".join(one.lines) for one in reading.remarks), *found.remarks))
    assert [word for word in typed if word not in text] == []
    assert bool(merging.conflicts) == (change is not same)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:4000] + bytes(len(data) - 4000),
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file",
        lambda data: changed(data, lambda xml: xml.replace("w:body>", "w:nobody>")),
        lambda data: changed(data, lambda xml: re.sub("MasterplanBuild", "Lain", xml), "docProps/custom.xml")[:-50],
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_changes_nothing(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    city = lay(tmp_path / "workspace")
    data = issue_city(city, CITY, city / "output", engine="typst").books[0].docx.read_bytes()
    path = tmp_path / "x.docx"
    path.write_bytes(spoil(data))
    before = {file: file.read_bytes() for file in (city / "cities").rglob("*") if file.is_file()}
    result = pull(city, CITY, path)
    assert result.failed
    assert all(item.hint for item in result.diagnostics)
    assert {file: file.read_bytes() for file in (city / "cities").rglob("*") if file.is_file()} == before
