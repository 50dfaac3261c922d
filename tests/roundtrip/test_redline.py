"""Two versions as one file with tracked changes: accepted it is the newer text, rejected the older."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

from generator.cli.app import app
from generator.issued import issue_city
from generator.model.document import (
    Annex,
    Block,
    Callout,
    Cell,
    Chapter,
    Document,
    Landscape,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from generator.model.edits import units
from generator.model.walks import plain
from generator.roundtrip.reader import Reading, read
from generator.writers.docx import write
from generator.writers.docx.redline import redline
from tests.compose.small import lay
from tests.roundtrip.documents import documents
from tests.roundtrip.test_diff import CITY, NEW, OLD, rewrite
from tests.roundtrip.test_libreoffice import SOFFICE, convert
from tests.writers.docx.package import Package, w
from tests.writers.sample_document import sample_document
from tests.writers.sample_pieces import words

MOMENT = "2026-12-01T00:00:00Z"


def changed(block: Block) -> tuple[Block, ...]:
    """Return what a newer version holds in place of a block of the sample."""
    match block:
        case Paragraph(id="bab2-p"):
            added = Paragraph(id="baru", content=words("Paragraf tambahan."))
            return replace(block, content=words("Awal bab yang kedua.")), added
        case Paragraph(id="bab1-latar-p2"):
            return ()
        case Table(id="tabel-panjang"):
            rows = list(block.body)
            rows[3] = replace(rows[3], cells=(Cell((words("Program 3 baru"),)), *rows[3].cells[1:]))
            del rows[7]
            rows.insert(10, Row(tuple(Cell((words("baris baru"),)) for _ in block.columns)))
            return (replace(block, body=tuple(rows)),)
        case Chapter() | Section() | Annex() | Callout() | Landscape():
            children = tuple(made for child in block.children for made in changed(child))
            return (replace(block, children=children),)
        case _:
            return (block,)


def newer() -> Document:
    document = sample_document()
    return replace(document, body=tuple(made for block in document.body for made in changed(block)))


def said(reading: Reading) -> list[str]:
    """Return the words of all passages and rows in reading order."""
    found = []
    for unit in units((*reading.front, *reading.body)):
        found.append(plain(unit.inlines))
        if isinstance(unit.block, Table) and unit.part == "table":
            rows = (*unit.block.header, *unit.block.body)
            found += [" | ".join("\n".join(map(plain, cell.paragraphs)) for cell in row.cells) for row in rows]
    return [text for text in found if text.strip(" |\n")]


def agree(old: bytes, new: bytes) -> bytes:
    """Assert that both texts stand in the file with tracked changes, which is returned."""
    data = redline(old, new, author="Generator Masterplan", date=MOMENT)
    assert said(read(data, "x.docx", changes="accepted")) == said(read(new, "x.docx"))
    assert said(read(data, "x.docx", changes="rejected")) == said(read(old, "x.docx"))
    return data


@pytest.fixture(scope="module")
def both(workspace: Path) -> tuple[bytes, bytes]:
    return write(sample_document(), workspace), write(newer(), workspace)


def test_both_versions_stand_in_it_and_it_is_valid(both: tuple[bytes, bytes]) -> None:
    data = agree(*both)
    assert Package(data).errors() == []
    assert agree(*both) == data
    assert Package(agree(both[1], both[0])).errors() == []


def test_words_rows_and_paragraphs_are_marked_one_by_one(both: tuple[bytes, bytes]) -> None:
    root = Package(redline(*both, author="Generator Masterplan", date=MOMENT)).document
    texts = {
        kind: [
            "".join(leaf.text or "" for leaf in node.iter(w("t"), w("delText")))
            for node in root.iter(w(kind))
            if len(node)
        ]
        for kind in ("ins", "del")
    }
    assert "yang kedua" in texts["ins"]
    assert "dua" in texts["del"]
    assert "Paragraf tambahan." in texts["ins"]
    assert not any("Awal bab" in text for text in (*texts["ins"], *texts["del"]))
    marks = {kind: root.findall(f".//{w('trPr')}/{w(kind)}") for kind in ("ins", "del")}
    assert (len(marks["ins"]), len(marks["del"])) == (1, 1)
    assert root.findall(f".//{w('pPr')}/{w('rPr')}/{w('del')}")
    authors = {node.get(w("author")) for node in root.iter(w("ins"), w("del"))}
    assert authors == {"Generator Masterplan"}
    numbers = [node.get(w("id")) for node in root.iter(w("ins"), w("del"))]
    assert len(numbers) == len(set(numbers))


def test_equal_versions_hold_no_change(both: tuple[bytes, bytes]) -> None:
    root = Package(redline(both[0], both[0], author="G", date=MOMENT)).document
    assert not list(root.iter(w("ins"), w("del"), w("pPrChange")))


def test_anchors_stay_unique(both: tuple[bytes, bytes]) -> None:
    for pair in (both, both[::-1]):
        root = etree.fromstring(Package(redline(*pair, author="G", date=MOMENT)).parts["word/document.xml"])
        names = [node.get(w("name")) for node in root.iter(w("bookmarkStart"))]
        assert len(names) == len(set(names))
        opened = [node.get(w("id")) for node in root.iter(w("bookmarkStart"))]
        closed = [node.get(w("id")) for node in root.iter(w("bookmarkEnd"))]
        assert sorted(map(str, opened)) == sorted(map(str, closed))


def varied(block: Block, chance: Random) -> tuple[Block, ...]:
    """Return what a random newer version holds in place of a block: less, more, or other words."""
    luck = chance.random()
    match block:
        case Chapter() | Section() | Annex() | Callout() | Landscape():
            made = tuple(made for child in block.children for made in varied(child, chance))
            return (replace(block, children=made),)
        case _ if luck < 0.2:
            return ()
        case Paragraph():
            texts = [run.text for run in block.content if isinstance(run, Text)]
            return (
                (replace(block, content=(*block.content, *words(f" lagi {len(texts)}"))),) if luck < 0.6 else (block,)
            )
        case Table():
            rows = tuple(row for row in block.body if chance.random() < 0.7)
            return (replace(block, body=rows or block.body),) if luck < 0.6 and not _spanned(block) else (block,)
        case _:
            return (block,)


def _spanned(table: Table) -> bool:
    return any(cell.rowspan > 1 for row in (*table.header, *table.body) for cell in row.cells)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(documents(), st.integers())
def test_any_two_versions(workspace: Path, old: Document, seed: int) -> None:
    chance = Random(seed)
    new = replace(old, body=tuple(made for block in old.body for made in varied(block, chance)))
    agree(write(old, workspace), write(new, workspace))


def test_the_command_writes_each_changed_book(tmp_path: Path) -> None:
    city = lay(tmp_path / "workspace")
    assert not issue_city(city, CITY, city / "output", engine="typst").failed
    rewrite(city)
    result = CliRunner().invoke(app, ["diff", CITY, "--docx", "--workspace", str(city)])
    assert result.exit_code == 0, result.output
    (path,) = (city / "output" / CITY).glob("perubahan-*/*.docx")
    assert re.sub(r"\s", "", path.name) in re.sub(r"\s", "", result.output)
    data = path.read_bytes()
    assert any(NEW in text for text in said(read(data, "x.docx", changes="accepted")))
    assert any(OLD in text for text in said(read(data, "x.docx", changes="rejected")))
    assert Package(data).errors() == []


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="soffice is not on the PATH")
def test_libreoffice_keeps_both_versions(both: tuple[bytes, bytes], tmp_path: Path) -> None:
    saved = convert(tmp_path, redline(*both, author="Generator Masterplan", date=MOMENT), "docx")
    for changes, document in (("accepted", newer()), ("rejected", sample_document())):
        kept = read(saved, "x.docx", document, changes=changes)  # type: ignore[arg-type]  # one of the two
        assert said(kept) == said(read(both[changes == "accepted"], "y.docx", document))
