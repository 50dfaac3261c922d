"""What LibreOffice opens and saves again says the same, as DOCX and on the way through ODT."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.document import Block, Table
from generator.model.walks import inlines_of, plain, walk
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import Reading, read
from generator.writers.docx import write
from tests.roundtrip.test_foreign_xml import changed
from tests.roundtrip.test_pull import END, with_new, without
from tests.writers.sample_document import sample_document

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None and not os.environ.get("CI"), reason="soffice is not on the PATH"),
]


def convert(folder: Path, content: bytes, *formats: str) -> bytes:
    """Return a file that LibreOffice read and saved, from format to format."""
    assert SOFFICE, "soffice is not on the PATH"
    source = folder / "book.docx"
    source.write_bytes(content)
    for number, to in enumerate(formats):
        out = folder / f"step{number}"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        source = out / f"book.{to}"
    return source.read_bytes()


@pytest.fixture(scope="module")
def written(workspace: Path) -> bytes:
    return write(sample_document(), workspace)


@pytest.fixture(scope="module", params=[("docx",), ("odt", "docx")], ids=["docx", "odt"])
def saved(request: pytest.FixtureRequest, written: bytes, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    content = convert(tmp_path_factory.mktemp("saved"), written, *request.param)
    return read(content, "saved.docx", sample_document())


def facts(reading: Reading) -> list[tuple[str, str, str]]:
    """Kind, id and words of every block in reading order."""
    blocks: tuple[Block, ...] = (*reading.front, *reading.body)
    return [(type(block).__name__, block.id, plain(tuple(inlines_of(block)))) for block in walk(blocks)]


def test_a_file_saved_again_has_the_same_blocks_words_and_anchors(written: bytes, saved: Reading) -> None:
    before = read(written, "book.docx", sample_document())
    assert facts(saved) == facts(before)
    assert saved.anchors == before.anchors


def test_a_file_saved_again_has_the_same_cells_and_fill_ins(written: bytes, saved: Reading) -> None:
    def tables(reading: Reading) -> list[list[list[tuple[tuple[object, ...], ...]]]]:
        found = [block for block in walk(reading.body) if isinstance(block, Table)]
        return [[[cell.paragraphs for cell in row.cells] for row in (*table.header, *table.body)] for table in found]

    before = read(written, "book.docx", sample_document())
    assert tables(saved) == tables(before)
    assert (saved.filled, saved.remarks) == ((), ())


def test_a_file_saved_again_is_the_same_tree_but_for_two_habits_of_libreoffice(written: bytes, saved: Reading) -> None:
    def seen(reading: Reading) -> str:
        text = repr((reading.front, reading.body))
        text = re.sub(r"(Chart\(id='[^']*'.*?alt=)'[^']*'", r"\1''", text)  # it drops the alternative text of charts
        return re.sub(r"(url='[^']*?)/'", r"\1'", text)  # it ends addresses of hosts with a slash

    assert seen(saved) == seen(read(written, "book.docx", sample_document()))


def edited(data: bytes) -> bytes:
    """Return the book with changes of every kind, one of them tracked."""
    tracked = (
        '<w:del w:id="901" w:author="Siti" w:date="2026-11-25T08:00:00Z"><w:r><w:delText>Data sementara.</w:delText>'
        '</w:r></w:del><w:ins w:id="902" w:author="Siti" w:date="2026-11-25T08:00:00Z">'
        "<w:r><w:t>Data tetap.</w:t></w:r></w:ins>"
    )
    changes: tuple[Callable[[str], str], ...] = (
        lambda xml: xml.replace("Awal bab dua.", "Awal bab kedua."),
        lambda xml: xml.replace("langkah dua", "langkah kedua"),
        lambda xml: xml.replace("Program 7<", "Program tujuh<"),
        lambda xml: xml.replace("<w:r><w:t>Data sementara.</w:t></w:r>", tracked),
        lambda xml: re.sub(r"<w:tr>(?:(?!</w:tr>).)*Program 9<.*?</w:tr>", "", xml),
        with_new("Setelah halaman mendatar.", "Kalimat baru dari kota."),
        with_new(f"Maksud dan tujuan{END}", f"Sasaran{END}"),
        without("langkah satu"),
    )
    for change in changes:
        data = changed(data, change)
    return data


@pytest.mark.parametrize("formats", [("docx",), ("odt", "docx")], ids=["docx", "odt"])
def test_edits_are_the_same_after_libreoffice_saved_them(
    written: bytes, formats: tuple[str, ...], tmp_path: Path
) -> None:
    def told(data: bytes) -> list[tuple[str, str, str, str]]:
        reading = read(data, "x.docx", sample_document())
        edits = compare(sample_document(), reading, Author("Budi", "", "x.docx")).edits
        return [(edit.op, edit.block, plain(edit.text), edit.who) for edit in edits]

    data = edited(written)
    before = told(data)
    assert len(before) == 8
    assert ("text", "kotak-catatan-p", "Data tetap.", "Siti") in before
    assert told(convert(tmp_path, data, *formats)) == before
