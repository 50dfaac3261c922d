"""What Word, WPS and Google Docs save, untouched or edited, is pulled as if they had saved nothing but the words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.document import Document
from generator.model.walks import plain
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.roundtrip.editors import as_google_docs, as_word, as_wps
from tests.roundtrip.test_foreign_xml import changed
from tests.roundtrip.test_pull import END, with_new, without
from tests.writers.sample_document import sample_document

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
