"""What Word, WPS and Google Docs save, untouched or edited, is pulled as if they had saved nothing but the words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.diagnostics import Severity
from generator.model.document import Document
from generator.model.walks import plain
from generator.pulling import pull
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.compose.small import ROOT
from tests.roundtrip.editors import as_google_docs, as_word, as_wps
from tests.roundtrip.handing import hand_out
from tests.roundtrip.test_foreign_xml import changed
from tests.roundtrip.test_pull import END, with_new, without
from tests.writers.sample_document import sample_document

MEDAN, OTHER = "kota-medan", "kota-binjai"
Editor = Callable[[bytes], bytes]
EDITORS: list[Editor] = [as_word, as_wps, as_google_docs]
Told = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def written(workspace: Path) -> bytes:
    return write(sample_document(), workspace)


def told(data: bytes, base: Document | None = None) -> Told:
    document = base or sample_document()
    found = compare(document, read(data, "x.docx", document), Author("Budi", "", "x.docx"))
    assert found.remarks == []
    return [(edit.op, edit.block, plain(edit.text)) for edit in found.edits]


@pytest.mark.parametrize("editor", EDITORS)
def test_a_file_that_an_editor_saved_holds_no_edit(written: bytes, editor: Editor) -> None:
    assert told(editor(written)) == []


CHANGES: dict[str, Callable[[str], str]] = {
    "a paragraph": with_new("Awal bab dua.", "Kalimat baru dari kota."),
    "a heading": with_new(f"Maksud dan tujuan{END}", f"Sasaran{END}"),
    "words": lambda xml: xml.replace("Awal bab dua.", "Awal bab kedua."),
    "a list item": lambda xml: xml.replace("langkah dua", "langkah kedua"),
    "a cell": lambda xml: xml.replace("Program 7<", "Program tujuh<"),
    "a caption": lambda xml: xml.replace(f"Wilayah kota{END}", f"Wilayah kota kita{END}"),
    "a paragraph deleted": without("Setelah halaman mendatar."),
    "a list item deleted": without("langkah satu"),
}


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_is_the_same_whoever_saved_it(written: bytes, editor: Editor, name: str) -> None:
    data = changed(written, CHANGES[name])
    expected = told(data)
    assert len(expected) == 1
    assert told(editor(data)) == expected


@pytest.mark.parametrize("editor", EDITORS)
def test_all_edits_at_once_are_the_same_whoever_saved_them(written: bytes, editor: Editor) -> None:
    data = written
    for change in CHANGES.values():
        data = changed(data, change)
    expected = told(data)
    assert len(expected) == len(CHANGES)
    assert sorted(told(editor(data))) == sorted(expected)


@pytest.fixture(scope="module")
def medan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A workspace with two cities, and the first book of one as it was handed out."""
    workspace = tmp_path_factory.mktemp("editors") / "workspace"
    for name in ("content", "templates", f"cities/{MEDAN}", f"cities/{OTHER}"):
        shutil.copytree(ROOT / name, workspace / name)
    shutil.copy(ROOT / "masterplan.yaml", workspace)
    book, _ = hand_out(workspace, MEDAN)
    return workspace, book.docx.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("editor", EDITORS)
def test_a_real_book_that_an_editor_saved_is_known_and_holds_no_edit(
    medan: tuple[Path, bytes], tmp_path: Path, editor: Editor
) -> None:
    workspace, data = medan
    path = tmp_path / "x.docx"
    path.write_bytes(editor(data))
    result = pull(workspace, MEDAN, path)
    assert not result.failed, "\n".join(map(str, result.diagnostics))
    assert (result.edits, result.fresh, result.remarks) == ((), (), ())


@pytest.mark.slow
@pytest.mark.parametrize("editor", EDITORS)
def test_a_book_of_another_city_is_refused_whoever_saved_it(
    medan: tuple[Path, bytes], tmp_path: Path, editor: Editor
) -> None:
    workspace, data = medan
    path = tmp_path / "x.docx"
    path.write_bytes(editor(data))
    result = pull(workspace, OTHER, path)
    assert {item.code for item in result.diagnostics if item.severity is Severity.ERROR} <= {"MP805", "MP806"}
    assert result.failed
    assert not (workspace / "cities" / OTHER / "edits").exists()
