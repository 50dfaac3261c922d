"""A picture that somebody put in the place of another in LibreOffice is told; one that was only saved again is not."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from generator.model.document import Figure
from generator.own_pictures import own_pictures
from generator.roundtrip.compare import Author, compare
from generator.roundtrip.reader import read
from generator.writers.docx import write
from tests.tools.office import Task, needs_office, work
from tests.writers.sample_document import sample_document

pytestmark = [*needs_office(), pytest.mark.xdist_group("office")]


def test_a_picture_replaced_in_libreoffice_is_one_edit(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "foto.png"
    Image.new("RGB", (300, 200), (10, 120, 60)).save(other)
    base = sample_document()
    book = tmp_path / "book.docx"
    book.write_bytes(write(base, workspace))
    content = book.read_bytes()
    replaced = {"do": "picture", "title": "Peta wilayah Kota Contoh.", "path": str(other)}
    # Through ODT: without a view LibreOffice drops the charts of the sample from a DOCX.
    same, new = work(tmp_path / "session", [Task(content, [], odt=True), Task(content, [replaced], odt=True)])
    ours = own_pictures(tmp_path, base, (book, sha256(content).hexdigest()))
    told = [
        compare(base, read(data, "x.docx", base, ours=ours), Author("Budi", "", "x.docx")).edits for data in (same, new)
    ]
    assert told[0] == []
    (edit,) = told[1]
    assert (edit.op, edit.block) == ("picture", "gambar-peta")
    assert isinstance(edit.value, Figure)
